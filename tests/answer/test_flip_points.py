"""What flips the cheaper of two, against a plain scan of every axis: true where it is said, and nowhere else."""

import random
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from bot.reply import Reply
from catalog.lookup import Catalog
from catalog.models import STANDARD, Offering
from tests.conftest import AS_OF, Say

PAIRS = 200
NEAR = 15
"""Models this many places apart by price are compared."""
STEPS = 200
NAMED_TIERS = (STANDARD, "batch", "flex", "priority")
ROUNDING = Fraction(1, 2000)
"""Shares are said to a tenth of a percent."""
SHARE = re.compile(
    r"(?P<name>.+) becomes the cheaper (?:when (?P<side>more|less) than (?P<at>[\d.]+)%|as soon as (?P<edge>any|not all)) "
    r"of the (?P<axis>tokens are input|input is cached)\."
)
SIZE = re.compile(
    r"(?P<name>.+) becomes the cheaper for requests of more than (?P<at>[\d.,]+)(?P<unit>[KM]?) input tokens\."
)
TIER = re.compile(r"On the (?P<tier>\w+) tier (?P<name>.+) is the cheaper\.")


class Load(NamedTuple):
    """A place on all axes at once."""

    share: Fraction
    cached: Fraction
    tier: str = STANDARD
    size: int = 0

    @property
    def words(self) -> str:
        """As people write it."""
        split = f"{float(self.share * 100):g}% input"
        if self.size:
            made = self.size * (1 - self.share) / self.share
            split = f"1000 requests a month, {self.size} tokens in and {made} out each"
        return f"{split}, {self.cached * 100}% cached, {self.tier}"


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

    given = (1 - load.cached) * price("input") + load.cached * price("cached_input")
    return load.share * given + (1 - load.share) * price("output")


def other_is_cheaper(catalog: Catalog, pair: Pair, load: Load) -> bool:
    """Whether the second has become the cheaper somewhere."""
    return cost(catalog, pair.other, load) < cost(catalog, pair.cheap, load)


@pytest.fixture(scope="module")
def pairs(catalog: Catalog) -> list[Pair]:
    """Models of about the same price, where something flips often, at every kind of usage, some of them tied.

    Only those that are paid by the token alone.
    """
    chance = random.Random(26)
    every = sorted(
        (each for each in catalog.offerings.values() if catalog.is_own(each) and catalog.has_text_prices(each, AS_OF)),
        key=lambda each: (catalog.blend(each, AS_OF), each.id),
    )
    every = [each for each in every if not any("requests_kcount" in listed.rates for listed in each.lists)]
    tiered = [each for each in every if len(each.tiers) > 1]
    found: list[Pair] = []
    while len(found) < PAIRS:
        pool = chance.choice((every, tiered))
        at = chance.randrange(len(pool) - NEAR)
        chosen = chance.sample(pool[at : at + NEAR], 2)
        load = Load(
            Fraction(chance.choice((20, 50, 50, 80, 96)), 100),
            Fraction(chance.choice((0, 0, 40, 90)), 100),
            chance.choice((STANDARD, STANDARD, "batch", "flex")),
            chance.choice((0, 0, 1200, 300_000)),
        )
        cheap, other = sorted(chosen, key=lambda each: (cost(catalog, each, load), each.id))
        if catalog.display_name(cheap) != catalog.display_name(other):
            found.append(Pair(cheap, other, load))
    return found


@pytest.fixture(scope="module")
def replies(say: Say, pairs: list[Pair]) -> list[Reply]:
    """Each pair compared."""
    return [say(f"/compare {each.other.id} {each.cheap.id}, {each.load.words}")[0] for each in pairs]


@pytest.fixture(scope="module")
def flips(catalog: Catalog, pairs: list[Pair], replies: list[Reply]) -> list[tuple[str, ...]]:
    """What is said of each pair to flip it: always the second one that would become the cheaper."""
    every = []
    for pair, made in zip(pairs, replies, strict=True):
        said = next(each.lines for each in made.answer.sections if each.title == "What would flip it")
        named = {match["name"] for line in said for each in (SHARE, SIZE, TIER) if (match := each.fullmatch(line))}
        assert named <= {catalog.display_name(pair.other)}, (pair.cheap.id, pair.other.id, pair.load, said)
        every.append(said)
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
    catalog: Catalog, pairs: list[Pair], flips: list[tuple[str, ...]], axis: str, fewest: int
) -> None:
    """At every step of the split and of the cached share; without a sentence nowhere."""
    seen = 0
    for pair, said in zip(pairs, flips, strict=True):
        found = [match for line in said if (match := SHARE.fullmatch(line)) and match["axis"] == axis]
        assert len(found) <= 1
        seen += len(found)
        for share, load in on_shares(pair.load, axis):
            if found and found[0]["at"] and abs(share - Fraction(found[0]["at"]) / 100) <= ROUNDING:
                continue
            expected = bool(found) and is_past(found[0], share)
            assert other_is_cheaper(catalog, pair, load) == expected, (pair.cheap.id, pair.other.id, load, said)
    assert seen >= fewest


def test_a_request_size_flips_the_cheaper_where_it_is_named_and_not_before(
    catalog: Catalog, pairs: list[Pair], flips: list[tuple[str, ...]]
) -> None:
    """At every threshold of both, one token below and above, from the size that was asked about on."""
    seen = 0
    for pair, said in zip(pairs, flips, strict=True):
        found = [match for line in said if (match := SIZE.fullmatch(line))]
        assert len(found) <= 1
        seen += len(found)
        thresholds = {
            threshold
            for each in (pair.cheap, pair.other)
            for listed in each.lists
            for rate in listed.rates.values()
            for threshold, _ in rate.bands
        }
        sizes = {1, *thresholds, *(each + 1 for each in thresholds), 10**7}
        for size in (each for each in sizes if each >= pair.load.size):
            scale = {"": 1, "K": 10**3, "M": 10**6}
            point = Decimal(found[0]["at"].replace(",", "")) * scale[found[0]["unit"]] if found else None
            load = pair.load._replace(size=size)
            expected = point is not None and size > point
            assert other_is_cheaper(catalog, pair, load) == expected, (pair.cheap.id, pair.other.id, load, said)
    assert seen >= 10


def test_a_service_tier_that_flips_the_cheaper_is_named_and_no_other(
    catalog: Catalog, pairs: list[Pair], flips: list[tuple[str, ...]]
) -> None:
    """Of those that both sell."""
    seen = Counter[str]()
    for pair, said in zip(pairs, flips, strict=True):
        named = [match["tier"] for line in said if (match := TIER.fullmatch(line))]
        wanted = [
            tier
            for tier in NAMED_TIERS
            if tier in pair.cheap.tiers & pair.other.tiers
            if other_is_cheaper(catalog, pair, pair.load._replace(tier=tier))
        ]
        assert sorted(named) == sorted(wanted), (pair.cheap.id, pair.other.id, pair.load, said)
        seen.update(named)
    assert seen.total() >= 5


def test_where_nothing_flips_it_that_is_said_instead(
    catalog: Catalog, pairs: list[Pair], flips: list[tuple[str, ...]]
) -> None:
    """Of the one that stays the cheaper, or, from a tie, of the one that never is."""
    for pair, said in zip(pairs, flips, strict=True):
        cheap, other = (catalog.display_name(each) for each in pair[:2])
        is_tied = cost(catalog, pair.cheap, pair.load) == cost(catalog, pair.other, pair.load)
        start = f"{other} is not the cheaper at any" if is_tied else f"{cheap} stays the cheaper at every"
        is_flipped = any(each.fullmatch(line) for line in said for each in (SHARE, SIZE, TIER))
        assert is_flipped != any(line.startswith(start) for line in said), said


def test_hidden_reasoning_evens_the_costs_at_the_factor_that_is_noted(
    catalog: Catalog, pairs: list[Pair], replies: list[Reply]
) -> None:
    """So many times the output on the cheaper one, its input as it is, costs what the other does."""
    for pair, made in zip(pairs, replies, strict=True):
        factor = next(each for each in made.answer.figures if each.name == "flip_reasoning_factor")
        assert factor.models == (pair.cheap.id, pair.other.id)
        output = (1 - pair.load.share) * cost(catalog, pair.cheap, pair.load._replace(share=Fraction(0)))
        reached = cost(catalog, pair.cheap, pair.load) + (factor.fraction - 1) * output
        wanted = cost(catalog, pair.other, pair.load)
        assert abs(reached - wanted) <= wanted / 10**9, (pair.cheap.id, pair.other.id, pair.load, factor.value)


def test_asked_on_either_side_of_a_split_the_reply_names_the_winner_that_it_foretold(
    say: Say, pairs: list[Pair], flips: list[tuple[str, ...]]
) -> None:
    """The sentence, taken at its word and asked."""
    asked = 0
    for pair, said in zip(pairs, flips, strict=True):
        found = next((match for line in said if (match := SHARE.fullmatch(line)) and "cached" not in line), None)
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
