"""What flips the cheaper of two, against a plain scan of every axis: true where it is said, and nowhere else."""

import random
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from bot.answer.model import Answer
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
    r"(?P<name>.+) becomes the cheaper when (?P<side>more|less) than (?P<at>[\d.]+)% of the "
    r"(?P<axis>tokens are input|input is cached)\."
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
    """Two models and the usage that they are compared at."""

    one: Offering
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


def gap(catalog: Catalog, pair: Pair, load: Load) -> Fraction:
    """How much more the first costs than the second."""
    return cost(catalog, pair.one, load) - cost(catalog, pair.other, load)


@pytest.fixture(scope="module")
def pairs(catalog: Catalog) -> list[Pair]:
    """Models of about the same price, where something flips often, at every kind of usage; many sell more than one tier."""
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
        one, other = chance.sample(pool[at : at + NEAR], 2)
        load = Load(
            Fraction(chance.choice((20, 50, 80, 96)), 100),
            Fraction(chance.choice((0, 0, 40, 90)), 100),
            chance.choice((STANDARD, STANDARD, "batch", "flex")),
            chance.choice((0, 0, 1200, 300_000)),
        )
        pair = Pair(one, other, load)
        if catalog.display_name(one) != catalog.display_name(other) and gap(catalog, pair, load):
            found.append(pair)
    return found


@pytest.fixture(scope="module")
def flips(say: Say, pairs: list[Pair]) -> list[tuple[str, ...]]:
    """What is said of each pair to flip it."""
    return [lines(say(f"/compare {each.one.id} {each.other.id}, {each.load.words}")[0].answer) for each in pairs]


def lines(answer: Answer) -> tuple[str, ...]:
    """The sentences of the part on what flips the comparison."""
    return next(each.lines for each in answer.sections if each.title == "What would flip it")


def cheaper(catalog: Catalog, pair: Pair, load: Load) -> str:
    """The name of the one that costs less; empty where both cost the same."""
    apart = gap(catalog, pair, load)
    return "" if not apart else catalog.display_name(pair.one if apart < 0 else pair.other)


def on_shares(load: Load, axis: str) -> list[tuple[Fraction, Load]]:
    """Every step from none to all on one of the two shares."""
    steps = [Fraction(step, STEPS) for step in range(STEPS + 1)]
    if axis == "tokens are input":
        return [(each, load._replace(share=each)) for each in steps]
    return [(each, load._replace(cached=each)) for each in steps]


@pytest.mark.parametrize(("axis", "fewest"), [("tokens are input", 50), ("input is cached", 15)])
def test_a_share_flips_the_cheaper_on_the_side_that_is_named_and_nowhere_else(
    catalog: Catalog, pairs: list[Pair], flips: list[tuple[str, ...]], axis: str, fewest: int
) -> None:
    """At every step of the split and of the cached share; without a sentence the same one stays the cheaper."""
    seen = 0
    for pair, said in zip(pairs, flips, strict=True):
        found = [match for line in said if (match := SHARE.fullmatch(line)) and match["axis"] == axis]
        seen += len(found)
        now = cheaper(catalog, pair, pair.load)
        for share, load in on_shares(pair.load, axis):
            allowed = {now, ""}
            if found:
                point = Fraction(found[0]["at"]) / 100
                if abs(share - point) <= ROUNDING:
                    continue
                is_past = share > point if found[0]["side"] == "more" else share < point
                allowed = {found[0]["name"] if is_past else now}
            assert cheaper(catalog, pair, load) in allowed, (pair.one.id, pair.other.id, load, said)
        assert len(found) <= 1

    assert seen >= fewest


def test_a_request_size_flips_the_cheaper_where_it_is_named_and_not_before(
    catalog: Catalog, pairs: list[Pair], flips: list[tuple[str, ...]]
) -> None:
    """At every threshold of both, one token below and above."""
    seen = 0
    for pair, said in zip(pairs, flips, strict=True):
        found = [match for line in said if (match := SIZE.fullmatch(line))]
        seen += len(found)
        now = cheaper(catalog, pair, pair.load)
        point = None
        if found:
            scale = {"": 1, "K": 10**3, "M": 10**6}[found[0]["unit"]]
            point = int(Decimal(found[0]["at"].replace(",", "")) * scale)
        thresholds = {
            threshold
            for each in (pair.one, pair.other)
            for listed in each.lists
            for rate in listed.rates.values()
            for threshold, _ in rate.bands
        }
        sizes = {1, *thresholds, *(each + 1 for each in thresholds), 10**7}
        for size in (each for each in sizes if each >= pair.load.size):
            expected = found[0]["name"] if point is not None and size > point else now
            load = pair.load._replace(size=size)
            assert cheaper(catalog, pair, load) in (expected, ""), (pair.one.id, pair.other.id, load, said)
    assert seen >= 10


def test_a_service_tier_that_flips_the_cheaper_is_named_and_no_other(
    catalog: Catalog, pairs: list[Pair], flips: list[tuple[str, ...]]
) -> None:
    """Of those that both sell."""
    seen = Counter[str]()
    for pair, said in zip(pairs, flips, strict=True):
        now = cheaper(catalog, pair, pair.load)
        named = {match["tier"]: match["name"] for line in said if (match := TIER.fullmatch(line))}
        wanted = {
            tier: winner
            for tier in NAMED_TIERS
            if tier in pair.one.tiers & pair.other.tiers
            if (winner := cheaper(catalog, pair, pair.load._replace(tier=tier))) not in (now, "")
        }
        assert named == wanted, (pair.one.id, pair.other.id, pair.load, said)
        seen.update(list(named))

    assert seen.total() >= 5


def test_where_nothing_is_named_the_same_one_is_said_to_stay_the_cheaper(
    catalog: Catalog, pairs: list[Pair], flips: list[tuple[str, ...]]
) -> None:
    """Either a sentence that flips, or this one, with the right name."""
    for pair, said in zip(pairs, flips, strict=True):
        flipping = [line for line in said if any(each.fullmatch(line) for each in (SHARE, SIZE, TIER))]
        staying = [line for line in said if " stays the cheaper " in line]
        assert bool(flipping) != bool(staying), said
        assert all(line.startswith(f"{cheaper(catalog, pair, pair.load)} stays") for line in staying), said


def test_asked_on_either_side_of_a_split_the_reply_names_the_winner_that_it_foretold(
    catalog: Catalog, say: Say, pairs: list[Pair], flips: list[tuple[str, ...]]
) -> None:
    """The sentence, taken at its word and asked."""
    asked = 0
    for pair, said in zip(pairs, flips, strict=True):
        found = next((match for line in said if (match := SHARE.fullmatch(line)) and "input is" not in line), None)
        if not found or pair.load.size or asked >= 40:
            continue
        for step in (-1, 1):
            share = Fraction(found["at"]) / 100 + Fraction(step, 500)
            if 0 <= share <= 1:
                load = pair.load._replace(share=share)
                made = say(f"which is cheaper, {pair.one.id} or {pair.other.id}? {load.words}")[0]
                is_past = (step > 0) == (found["side"] == "more")
                assert made.answer.winner is not None
                winner = catalog.display_name(catalog.offerings[made.answer.winner])
                assert (winner == found["name"]) == is_past, (pair.one.id, pair.other.id, load.words)
                asked += 1
    assert asked == 40
