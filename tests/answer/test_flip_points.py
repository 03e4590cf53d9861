"""What flips the cheaper of two, against a plain scan of every axis: true where it is said, and nowhere else."""

import random
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from bot.answer.costing import REQUESTS
from bot.reply import Reply
from catalog.lookup import Catalog
from catalog.models import STANDARD, Offering
from tests.conftest import AS_OF, Say

PAIRS = 200
NEAR = 15
"""Models this many places apart by price are compared."""
STEPS = 200
NAMED_TIERS = (STANDARD, "batch", "flex", "priority", "fast")
ROUNDING = Fraction(1, 2000)
"""Shares are said to a tenth of a percent."""
SHARE = re.compile(
    r"(?P<name>.+) becomes the cheaper (?:when (?P<side>more|less) than (?P<at>[\d.]+)%|as soon as (?P<edge>any|not all)) "
    r"of the (?P<axis>tokens are input|input is cached)\."
)
SIZE = re.compile(
    r"(?P<name>.+) becomes the cheaper for requests of (?:more than (?P<over>[\d.,]+[KM]?))?(?: and )?"
    r"(?:up to (?P<up_to>[\d.,]+[KM]?))? input tokens\."
)
TIER = re.compile(r"On the (?P<tier>\w+) tier (?P<name>.+) is the cheaper\.")


class Load(NamedTuple):
    """A place on all axes at once."""

    share: Fraction
    cached: Fraction
    tier: str = STANDARD
    size: int = 0
    per_request: Fraction = Fraction(0)
    """Tokens of one request, in and out; 0 where no requests are stated. It stays when the rest moves."""

    @property
    def words(self) -> str:
        """As people write it."""
        split = f"{float(self.share * 100):g}% input"
        if self.size:
            made = self.size * (1 - self.share) / self.share
            split = f"1000 requests a month, {self.size} tokens in and {made} out each"
        tier = "fast mode" if self.tier == "fast" else self.tier
        return f"{split}, {self.cached * 100}% cached, {tier}"


class Pair(NamedTuple):
    """Two models and the usage that they are compared at; the second costs more there, or the same."""

    cheap: Offering
    other: Offering
    load: Load


def cost(catalog: Catalog, offering: Offering, load: Load) -> Fraction:
    """USD per million tokens, from the prices alone."""

    def price(word: str) -> Fraction:
        rate = catalog.price(offering, word, AS_OF, load.tier) or catalog.price(offering, "input", AS_OF, load.tier)
        assert rate is not None
        return Fraction(rate.at(load.size))

    fee = next((each.rates[REQUESTS] for each in offering.lists if REQUESTS in each.rates), None)
    fees = Fraction(fee.at(load.size)) * 1000 / load.per_request if fee and load.per_request else Fraction(0)
    given = (1 - load.cached) * price("input") + load.cached * price("cached_input")
    return load.share * given + (1 - load.share) * price("output") + fees


def has_fees(pair: "Pair") -> bool:
    """Whether one of the two is paid by the request too, where requests are stated."""
    every = (listed.rates for each in pair[:2] for listed in each.lists)
    return pair.load.per_request > 0 and any(REQUESTS in each for each in every)


class Claim(NamedTuple):
    """What is said to make the second of two the cheaper, and all that is said."""

    pair: Pair
    found: list[re.Match[str]]
    said: tuple[str, ...]

    def of(self, kind: re.Pattern[str]) -> list[re.Match[str]]:
        """The sentences of one kind."""
        return [each for each in self.found if each.re is kind]


def is_tied(catalog: Catalog, pair: Pair) -> bool:
    """Whether both cost the same."""
    return cost(catalog, pair.cheap, pair.load) == cost(catalog, pair.other, pair.load)


def other_is_cheaper(catalog: Catalog, pair: Pair, load: Load) -> bool:
    """Whether the second has become the cheaper somewhere."""
    return cost(catalog, pair.other, load) < cost(catalog, pair.cheap, load)


@pytest.fixture(scope="module")
def pairs(catalog: Catalog) -> list[Pair]:
    """Models of about the same price, where something flips often, at every kind of usage, some of them tied."""
    chance = random.Random(26)
    every = sorted(
        (each for each in catalog.offerings.values() if catalog.is_own(each) and catalog.has_text_prices(each, AS_OF)),
        key=lambda each: (catalog.blend(each, AS_OF), each.id),
    )
    tiered = [each for each in every if len(each.tiers) > 1]
    found: list[Pair] = []
    while len(found) < PAIRS:
        pool = chance.choice((every, tiered))
        at = chance.randrange(len(pool) - NEAR)
        chosen = chance.sample(pool[at : at + NEAR], 2)
        share, size = Fraction(chance.choice((20, 50, 50, 80, 96)), 100), chance.choice((0, 0, 1200, 300_000))
        cached = Fraction(chance.choice((0, 0, 40, 90)), 100)
        tier = chance.choice((STANDARD, STANDARD, "batch", "flex", "fast"))
        load = Load(share, cached, tier, size, size / share)
        cheap, other = sorted(chosen, key=lambda each: (cost(catalog, each, load), each.id))
        if catalog.display_name(cheap) != catalog.display_name(other):
            found.append(Pair(cheap, other, load))
    return found


@pytest.fixture(scope="module")
def replies(say: Say, pairs: list[Pair]) -> list[Reply]:
    """Each pair compared."""
    return [say(f"/compare {each.other.id} {each.cheap.id}, {each.load.words}")[0] for each in pairs]


@pytest.fixture(scope="module")
def claims(catalog: Catalog, pairs: list[Pair], replies: list[Reply]) -> list[Claim]:
    """What is said of each pair to flip it; of one that is tied, in both directions."""
    every = []
    for pair, made in zip(pairs, replies, strict=True):
        said = next(each.lines for each in made.answer.sections if each.title == "What would flip it")
        found = [match for line in said for each in (SHARE, SIZE, TIER) if (match := each.fullmatch(line))]
        others = [pair, *([Pair(pair.other, pair.cheap, pair.load)] if is_tied(catalog, pair) else [])]
        assert {each["name"] for each in found} <= {catalog.display_name(each.other) for each in others}, said
        every += [
            Claim(each, [match for match in found if match["name"] == catalog.display_name(each.other)], said)
            for each in others
        ]
    return every


def on_shares(load: Load, axis: str) -> list[tuple[Fraction, Load]]:
    """Every step from none to all on one of the two shares."""
    steps = [Fraction(step, STEPS) for step in range(STEPS + 1)]
    if axis == "tokens are input":
        return [(each, load._replace(share=each)) for each in steps]
    return [(each, load._replace(cached=each)) for each in steps]


def is_past(found: re.Match[str], share: Fraction) -> bool:
    """Whether a share lies where the sentence says that the cheaper one changes."""
    if found["edge"]:
        return share > 0 if found["edge"] == "any" else share < 1
    point = Fraction(found["at"]) / 100
    return share > point if found["side"] == "more" else share < point


@pytest.mark.parametrize(("axis", "fewest"), [("tokens are input", 50), ("input is cached", 15)])
def test_a_share_flips_the_cheaper_on_the_side_that_is_named_and_nowhere_else(
    catalog: Catalog, claims: list[Claim], axis: str, fewest: int
) -> None:
    """At every step of the split and of the cached share; without a sentence nowhere."""
    seen = 0
    for pair, every, said in claims:
        found = [match for match in every if match.re is SHARE and match["axis"] == axis]
        assert len(found) <= 1
        seen += len(found)
        for share, load in on_shares(pair.load, axis):
            if found and found[0]["at"] and abs(share - Fraction(found[0]["at"]) / 100) <= ROUNDING:
                continue
            expected = bool(found) and is_past(found[0], share)
            assert other_is_cheaper(catalog, pair, load) == expected, (pair.cheap.id, pair.other.id, load, said)
    assert seen >= fewest


def tokens_of(text: str) -> Decimal:
    """A number of tokens as it is shown."""
    scale = {"K": 10**3, "M": 10**6}.get(text[-1], 1)
    return Decimal(text.rstrip("KM").replace(",", "")) * scale


def test_a_request_size_flips_the_cheaper_where_it_is_named_and_nowhere_else(
    catalog: Catalog, claims: list[Claim]
) -> None:
    """At every threshold of both, one token below and above, smaller or larger than asked, as far as both hold it."""
    seen = Counter[str]()
    for claim in claims:
        pair, found = claim.pair, claim.of(SIZE)
        seen["fees"] += has_fees(pair)
        if has_fees(pair):
            assert not any("request size" in line or "for requests of" in line for line in claim.said)
            continue
        ranges = [(tokens_of(each["over"] or "0"), tokens_of(each["up_to"] or "1000M")) for each in found]
        seen.update(f"{bool(each['over'])} {bool(each['up_to'])}" for each in found)
        thresholds = {
            threshold
            for each in pair[:2]
            for listed in each.lists
            for rate in listed.rates.values()
            for threshold, _ in rate.bands
        }
        most = min(catalog.number(each, "context_window") or 10**7 for each in pair[:2])
        sizes = {1, *thresholds, *(each + 1 for each in thresholds), most}
        assert all(over < most and (up_to <= most or up_to == 10**9) for over, up_to in ranges), claim.said
        for size in (each for each in sizes if each <= most):
            expected = any(over < size <= up_to for over, up_to in ranges)
            load = pair.load._replace(size=size)
            assert other_is_cheaper(catalog, pair, load) == expected, (pair.cheap.id, pair.other.id, load, claim.said)
    assert seen["True False"] >= 5
    assert seen["False True"] >= 1
    assert seen["fees"] >= 1


def test_a_service_tier_that_flips_the_cheaper_is_named_and_no_other(catalog: Catalog, claims: list[Claim]) -> None:
    """Of those that both sell; where one has a fast price and the other a priority price, fast is one."""
    seen = Counter[str]()
    for claim in claims:
        pair = claim.pair
        named = [match["tier"] for match in claim.of(TIER)]
        both = pair.cheap.tiers & pair.other.tiers
        one = pair.cheap.tiers | pair.other.tiers
        quick = all({"fast", "priority"} & each.tiers for each in pair[:2]) and "fast" in one
        wanted = [
            tier
            for tier in NAMED_TIERS
            if tier in both or (tier == "fast" and quick)
            if other_is_cheaper(catalog, pair, pair.load._replace(tier=tier))
        ]
        assert sorted(named) == sorted(wanted), (pair.cheap.id, pair.other.id, pair.load, claim.said)
        seen.update(named)
    assert seen.total() >= 5


def test_where_nothing_flips_it_that_is_said_instead(catalog: Catalog, claims: list[Claim]) -> None:
    """Of the one that stays the cheaper, or, of a tie, that both cost the same; with the tiers that were tried."""
    for pair, _, said in claims:
        start = (
            "Both cost the same at every split"
            if is_tied(catalog, pair)
            else f"{catalog.display_name(pair.cheap)} stays the cheaper at every split"
        )
        is_flipped = any(each.fullmatch(line) for line in said for each in (SHARE, SIZE, TIER))
        unflipped = [line for line in said if line.startswith(start)]
        assert len(unflipped) == (not is_flipped), said
        for tier in NAMED_TIERS[1:] if unflipped else ():
            if tier in pair.cheap.tiers & pair.other.tiers and tier != pair.load.tier:
                assert tier in unflipped[0]


def test_models_that_cost_the_same_are_not_said_to_need_once_the_output(say: Say) -> None:
    """Nor does a model that costs 4% more."""
    for pair in ("gemini-3.1-pro-preview gpt-5.6-terra", "gpt-5.6-luna gpt-5.4-nano"):
        made = say(f"/compare {pair}")[0]
        said = next(each.lines for each in made.answer.sections if "flip" in each.title)
        assert "1.0 times" not in str(said)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "google/gemini-3.1-pro-preview anthropic/claude-sonnet-4-0, "
            "1000 requests a month, 300000 tokens in and 12500 out each, 90% cached",
            "Gemini 3.1 Pro (Preview) becomes the cheaper for requests of up to 200K input tokens.",
        ),
        (
            "gemini-3.1-pro-preview gpt-5.6-terra",
            "GPT-5.6 Terra becomes the cheaper for requests of more than 200K and up to 272K input tokens.",
        ),
    ],
)
def test_a_range_of_request_sizes_is_named_with_both_its_ends(say: Say, text: str, sentence: str) -> None:
    """Smaller ones than asked too."""
    said = next(each.lines for each in say(f"/compare {text}")[0].answer.sections if "flip" in each.title)
    assert sentence in said


def test_hidden_reasoning_evens_the_costs_at_the_factor_that_is_noted(
    catalog: Catalog, pairs: list[Pair], replies: list[Reply]
) -> None:
    """So many times the output on the cheaper one, its input as it is, costs what the other does."""
    for pair, made in zip(pairs, replies, strict=True):
        factor = next(each for each in made.answer.figures if each.name == "flip_reasoning_factor")
        assert factor.models == (pair.cheap.id, pair.other.id)
        output = (1 - pair.load.share) * cost(
            catalog, pair.cheap, pair.load._replace(share=Fraction(0), per_request=Fraction(0))
        )
        reached = cost(catalog, pair.cheap, pair.load) + (factor.fraction - 1) * output
        wanted = cost(catalog, pair.other, pair.load)
        assert abs(reached - wanted) <= wanted / 10**9, (pair.cheap.id, pair.other.id, pair.load, factor.value)


def test_asked_on_either_side_of_a_split_the_reply_names_the_winner_that_it_foretold(
    say: Say, claims: list[Claim]
) -> None:
    """The sentence, taken at its word and asked."""
    asked = 0
    for claim in claims:
        pair = claim.pair
        found = next((match for match in claim.of(SHARE) if "cached" not in match["axis"]), None)
        if not found or not found["at"] or pair.load.size:
            continue
        for step in (-1, 1):
            share = Fraction(found["at"]) / 100 + Fraction(step, 500)
            if 0 <= share <= 1:
                load = pair.load._replace(share=share)
                made = say(f"which is cheaper, {pair.cheap.id} or {pair.other.id}? {load.words}")[0]
                expected = pair.other if is_past(found, share) else pair.cheap
                assert made.answer.winner == expected.id, (pair.cheap.id, pair.other.id, load.words)
                asked += 1
    assert asked >= 40
