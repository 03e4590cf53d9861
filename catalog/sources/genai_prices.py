"""Prices, from the data objects of the installed genai-prices package (never through its name matching)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from genai_prices.data_snapshot import DataSnapshot, get_snapshot
from genai_prices.data_units import unit_data
from genai_prices.types import (
    ClauseEquals,
    ClauseOr,
    ClauseRegex,
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)

from catalog.models import STANDARD, Source

Row = dict[str, Any]
ID = "genai-prices"
WELL_KNOWN = {
    "processing=batch": "batch",
    "service_tier=flex": "flex",
    "service_tier=priority": "priority",
    "service_tier=fast": "fast",
    "speed=fast": "fast",
}


def installed() -> DataSnapshot:
    """The price data that the installed package carries."""
    return get_snapshot()


def installed_version() -> str:
    """The version of the installed package."""
    return version(ID)


def source(snapshot: DataSnapshot, today: date) -> Source:
    """The source of a snapshot's rows; its data date is the newest price start that is not in the future."""
    starts = [
        conditional.constraint.start_date
        for provider in snapshot.providers
        for model in provider.models
        for conditional in _conditional(model.prices)
        if isinstance(conditional.constraint, StartDateConstraint)
    ]
    newest = max((start for start in starts if start <= today), default=None)
    return Source(
        ID,
        ID,
        installed_version(),
        "https://github.com/pydantic/genai-prices",
        "MIT",
        "Prices: genai-prices by Pydantic Services Inc. and contributors",
        newest.isoformat() if newest else "",
    )


def units() -> Iterator[Row]:
    """What can have a price."""
    for usage, unit in unit_data.items():
        yield {
            "id": unit["price_key"],
            "usage": usage,
            "per": unit["per"],
            "dimensions": " ".join(f"{key}={value}" for key, value in sorted(unit["dimensions"].items())),
        }


def providers(snapshot: DataSnapshot) -> Iterator[Row]:
    """Who sells."""
    for provider in snapshot.providers:
        yield {"id": provider.id, "name": provider.name, "pricing_url": (provider.pricing_urls or [""])[0]}


def offerings(snapshot: DataSnapshot) -> Iterator[Row]:
    """What they sell; `model` is left to the curated facts."""
    for provider in snapshot.providers:
        for model in provider.models:
            yield {
                "id": f"{provider.id}/{model.id}",
                "provider": provider.id,
                "name": model.name or "",
                "context_window": model.context_window,
                "deprecated": int(bool(model.deprecated)),
                "comment": model.price_comments or "",
            }


def aliases(snapshot: DataSnapshot) -> Iterator[Row]:
    """The names that the price data itself lists as equal to an offering, and its patterns for dated ids."""
    for provider in snapshot.providers:
        for model in provider.models:
            for alias, is_pattern in _listed(model.match):
                yield {"alias": alias, "offering": f"{provider.id}/{model.id}", "is_pattern": int(is_pattern)}


def _listed(match: object) -> Iterator[tuple[str, bool]]:
    if isinstance(match, ClauseEquals):
        yield match.equals, False
    elif isinstance(match, ClauseRegex) and re.search(r"\\d|\[0-9\]", match.regex):
        yield match.regex, True
    elif isinstance(match, ClauseOr):
        for clause in match.or_:
            yield from _listed(clause)


def prices(snapshot: DataSnapshot) -> Iterator[Row]:
    """Every price of every offering: a row for each list, unit and band, in the price data's order."""
    for provider in snapshot.providers:
        for model in provider.models:
            for position, (tier, constraint, rates) in enumerate(_lists(model)):
                for unit, amount, prompt_over in _amounts(rates):
                    yield {
                        "offering": f"{provider.id}/{model.id}",
                        "position": position,
                        "tier": tier,
                        "unit": unit,
                        "prompt_over": prompt_over,
                        "usd": format(amount, "f"),
                        **_when(constraint),
                        "source": ID,
                    }


def _conditional(prices: ModelPrice | list[ConditionalPrice]) -> list[ConditionalPrice]:
    return prices if isinstance(prices, list) else [ConditionalPrice(prices=prices)]


def _lists(model: ModelInfo) -> Iterator[tuple[str, StartDateConstraint | TimeOfDateConstraint | None, ModelPrice]]:
    for conditional in _conditional(model.prices):
        yield STANDARD, conditional.constraint, conditional.prices
    for variant in model.price_variants or []:
        when = ",".join(f"{key}={value}" for key, value in sorted(variant.when.items()))
        yield WELL_KNOWN.get(when, when), variant.constraint, variant.prices


def _amounts(rates: ModelPrice) -> Iterator[tuple[str, Decimal, int]]:
    for unit, price in rates.__dict__.items():
        if isinstance(price, TieredPrices):
            yield unit, price.base, 0
            for tier in price.tiers:
                yield unit, tier.price, tier.start
        elif price is not None:
            yield unit, price, 0


def _when(constraint: StartDateConstraint | TimeOfDateConstraint | None) -> Row:
    when: Row = {"starts_on": None, "hours_from": None, "hours_until": None}
    if isinstance(constraint, StartDateConstraint):
        when["starts_on"] = constraint.start_date.isoformat()
    elif constraint is not None:
        when["hours_from"], when["hours_until"] = _utc(constraint.start_time), _utc(constraint.end_time)
    return when


def _utc(moment: time) -> str:
    if moment.tzinfo is not None:
        moment = datetime.combine(date(1970, 1, 1), moment).astimezone(UTC).time()
    return moment.isoformat(timespec="seconds")
