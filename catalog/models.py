"""What is known about models, as frozen values: makers' models, offerings with their prices, facts, scores, sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

STANDARD = "standard"
TIERS = (STANDARD, "batch", "flex", "priority", "fast")


class Source(NamedTuple):
    """Where figures come from, under which licence and of what date."""

    id: str
    name: str
    version: str
    url: str
    licence: str
    credit: str
    data_date: str
    """ISO, perhaps without the day; empty where unknown."""


class Provider(NamedTuple):
    """Who sells calls to models."""

    id: str
    name: str
    pricing_url: str


class Unit(NamedTuple):
    """Something with a price: so many USD for each `per` of what `usage` counts (tokens, requests, hours, …)."""

    id: str
    usage: str
    per: int
    dimensions: frozenset[tuple[str, str]]
    """What the count covers; a unit with all of another's dimensions and more is a part of it."""


class Rate(NamedTuple):
    """The price of one unit, in USD per `Unit.per`, with the long-context bands that replace it."""

    base: Decimal
    bands: tuple[tuple[int, Decimal], ...] = ()
    """(threshold in input tokens of one request, price of the whole request strictly above it), ascending."""

    def band(self, prompt_tokens: int) -> int:
        """The threshold of the band that a request's input falls in, 0 for the base price."""
        return max((threshold for threshold, _ in self.bands if prompt_tokens > threshold), default=0)

    def at(self, prompt_tokens: int) -> Decimal:
        """The price for a request with so many input tokens."""
        price = self.base
        for threshold, banded in self.bands:
            if prompt_tokens > threshold:
                price = banded
        return price


Rates = Mapping[str, Rate]
"""A rate for each unit id."""


class PriceList(NamedTuple):
    """Rates that hold from a day on (None: since before records began) or, with hours, on part of each day."""

    tier: str
    starts: date | None
    hours: tuple[time, time] | None
    """UTC; from, until (exclusive); may pass midnight."""
    rates: Rates


@dataclass(frozen=True, slots=True, eq=False)
class Offering:
    """One model as one provider sells it: the thing that has prices. Compared by identity."""

    id: str
    """provider/id as the price data spells it."""
    provider: str
    name: str
    """As the price data gives it; may be empty."""
    model: str
    """The maker's model that it is: maker/key."""
    context_window: int | None
    """Tokens, as the price data has it."""
    deprecated: bool
    comment: str
    lists: tuple[PriceList, ...]
    """In the price data's order: of the standard lists the last in force counts; of the others the first."""

    @property
    def tiers(self) -> frozenset[str]:
        """The service tiers that it has ever had prices for."""
        return frozenset(each.tier for each in self.lists)


class Fact(NamedTuple):
    """One value of one field of a model, as one source gives it."""

    field: str
    value: str
    source: str


class Score(NamedTuple):
    """One result of one model in one benchmark."""

    model: str
    benchmark: str
    score: Decimal
    unit: str
    higher_is_better: bool
    effort: str
    harness: str
    kind: str
    """vendor (reported by the maker) or independent."""
    url: str
    date: str
    low: Decimal | None
    high: Decimal | None
    votes: int | None
    source: str


class Benchmark(NamedTuple):
    """A named test and what it is evidence for."""

    id: str
    name: str
    needs: frozenset[str]
    aliases: tuple[str, ...]
    is_language: bool


class Retirement(NamedTuple):
    """When a provider switches a model off, and for what."""

    provider: str
    id: str
    status: str
    deprecated_on: date | None
    retires_on: date | None
    replacement: str
    url: str
    checked: date | None


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A maker's model, whoever sells it. Compared by identity."""

    id: str
    maker: str
    name: str
    facts: tuple[Fact, ...]
    scores: tuple[Score, ...]

    def values(self, field: str) -> tuple[Fact, ...]:
        """All that the sources say about one field."""
        return tuple(fact for fact in self.facts if fact.field == field)
