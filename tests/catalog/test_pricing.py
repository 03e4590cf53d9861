"""Our arithmetic is the price data's own, to the last digit; the highest price of a day is the one that counts."""

import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from genai_prices import Usage
from genai_prices.data_snapshot import get_snapshot
from hypothesis import given
from hypothesis import strategies as st

from catalog.lookup import Catalog
from catalog.models import STANDARD, Offering
from catalog.pricing import cost, rates_on

CONTEXTS = {
    "batch": ({"processing": "batch"},),
    "flex": ({"service_tier": "flex"},),
    "priority": ({"service_tier": "priority"},),
    "fast": ({"service_tier": "fast"}, {"speed": "fast"}),
    STANDARD: ({},),
}
FIRST = date(2024, 6, 1)
THEIRS = {
    f"{provider.id}/{model.id}": (provider, model) for provider in get_snapshot().providers for model in provider.models
}


def _ours(catalog: Catalog, offering: Offering, tier: str, instant: datetime, usage: dict[str, int]) -> Decimal:
    rates = rates_on(offering, instant.date(), tier).rates
    return cost(rates, {**usage, "requests": 1}, catalog.units, usage["input_tokens"])


def _theirs(offering: Offering, tier: str, instant: datetime, usage: dict[str, int]) -> Decimal:
    """The price data's own answer; the highest of the day where there are prices for some hours."""
    provider, model = THEIRS[offering.id]
    whens = [variant.when for variant in model.price_variants or []]
    context = next((each for each in CONTEXTS[tier] if each in whens), None)
    changes = {clock for each in offering.lists for clock in each.hours or ()}
    instants = [datetime.combine(instant.date(), clock, UTC) for clock in changes | {time()}] if changes else [instant]
    return max(
        model.calc_price(Usage(**usage), provider, genai_request_timestamp=each, price_context=context).total_price
        for each in instants
    )


def _usage(chance: random.Random) -> dict[str, int]:
    size = chance.choice(
        [
            chance.randrange(300_000),
            chance.randrange(2_000_000),
            *(band + step for band in (200_000, 272_000) for step in (0, 1)),
        ]
    )
    cached = chance.randrange(size // 2 + 1)
    return {
        "input_tokens": size,
        "output_tokens": chance.randrange(200_000),
        "cache_read_tokens": cached,
        "cache_write_tokens": chance.choice([0, chance.randrange(size // 2 + 1)]),
    }


def test_every_offering_costs_what_the_price_data_says_in_every_tier_and_band(catalog: Catalog) -> None:
    """All offerings, all tiers, cached and not, at random instants of three years."""
    chance = random.Random(4)
    checked = 0
    for offering in catalog.offerings.values():
        if not any("mtok" in unit for unit in offering.lists[0].rates):
            continue
        for tier in CONTEXTS:
            if tier != STANDARD and tier not in offering.tiers:
                continue
            # Prices for some hours of the day belong to the list that is in force now: they are compared from then on.
            timed = any(each.hours for each in offering.lists)
            first = max((each.starts for each in offering.lists if each.starts), default=FIRST) if timed else FIRST
            instant = datetime.combine(first, time(), UTC) + timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
            usage = _usage(chance)
            assert _ours(catalog, offering, tier, instant, usage) == _theirs(offering, tier, instant, usage), (
                offering.id,
                tier,
                instant,
            )
            checked += 1
    assert checked > 2_200


@given(data=st.data())
def test_random_usages_of_the_banded_and_timed_offerings_agree_too(catalog: Catalog, data: st.DataObject) -> None:
    """Where bands, dates and hours meet, at the edges of each."""
    rich = [
        each
        for each in catalog.offerings.values()
        if len(each.lists) > 1 or any(rate.bands for rate in each.lists[0].rates.values())
    ]
    offering = data.draw(st.sampled_from(rich))
    tier = data.draw(st.sampled_from(sorted(offering.tiers & set(CONTEXTS))))
    edges = [each.starts for each in offering.lists if each.starts] or [date(2026, 11, 22)]
    if any(each.hours for each in offering.lists):
        edges = [max(edges) + timedelta(days=1)]
    clock = [moment for each in offering.lists if each.hours for moment in each.hours] or [time(0)]
    instant = datetime.combine(
        data.draw(st.sampled_from(edges)) + timedelta(days=data.draw(st.integers(-1, 1))),
        data.draw(st.sampled_from(clock)),
        UTC,
    ) + timedelta(seconds=data.draw(st.integers(-1, 1)))
    bands = [threshold for each in offering.lists for rate in each.rates.values() for threshold, _ in rate.bands] or [
        1000
    ]
    size = data.draw(st.sampled_from(bands)) + data.draw(st.integers(-1, 1))
    usage = {
        "input_tokens": size,
        "output_tokens": data.draw(st.integers(0, 10**6)),
        "cache_read_tokens": data.draw(st.integers(0, size // 2)),
        "cache_write_tokens": 0,
    }
    assert _ours(catalog, offering, tier, instant, usage) == _theirs(offering, tier, instant, usage)


def test_a_month_of_small_requests_never_pays_the_long_context_price(catalog: Catalog) -> None:
    """50M in and 50M out a month on gpt-5.4 is $875: six calculators say $1,375, as if the month were one prompt."""
    rates = rates_on(catalog.offerings["openai/gpt-5.4"], date(2026, 11, 22))
    month = {"input_tokens": 50_000_000, "output_tokens": 50_000_000}
    assert cost(rates.rates, month, catalog.units, 0) == Decimal(875)
    assert cost(rates.rates, month, catalog.units, 272_000) == Decimal(875)
    assert cost(rates.rates, month, catalog.units, 272_001) == Decimal(1375)


@pytest.mark.parametrize(
    ("day", "price"), [(date(2026, 8, 16), "0.435"), (date(2026, 8, 17), "1.32"), (date(2026, 11, 22), "1.32")]
)
def test_hours_of_the_day_count_from_the_dated_price_that_carries_them(catalog: Catalog, day: date, price: str) -> None:
    """DeepSeek's peak hours came with the price of August; before that day there was one price."""
    rates = rates_on(catalog.offerings["deepseek/deepseek-v4-pro"], day)
    assert rates.rates["input_mtok"].base == Decimal(price)
    assert bool(rates.lower) == (day >= date(2026, 8, 17))


def test_the_lower_price_of_a_day_names_its_hours(catalog: Catalog) -> None:
    """deepseek-chat is cheaper from 16:30 to 00:30 UTC."""
    rates = rates_on(catalog.offerings["deepseek/deepseek-chat"], date(2026, 11, 22))
    assert rates.lower_hours == ((time(16, 30), time(0, 30)),)
    assert rates.lower is not None
    assert rates.lower["output_mtok"].base == Decimal("0.55")
    assert rates.rates["output_mtok"].base == Decimal("1.1")


def test_fast_is_the_fast_price_else_the_priority_price_else_standard(catalog: Catalog) -> None:
    """What "fast" means depends on what an offering sells."""
    day = date(2026, 11, 22)
    assert rates_on(catalog.offerings["anthropic/claude-opus-5-5"], day, "fast").tier == "fast"
    assert rates_on(catalog.offerings["anthropic/claude-haiku-4-5"], day, "fast").tier == STANDARD
    with_priority = [
        each for each in catalog.offerings.values() if "priority" in each.tiers and "fast" not in each.tiers
    ]
    assert all(rates_on(each, day, "fast").tier == "priority" for each in with_priority)


def test_more_cached_tokens_than_input_is_refused(catalog: Catalog) -> None:
    """The parts of a usage cannot exceed the whole."""
    rates = rates_on(catalog.offerings["openai/gpt-5.4"], date(2026, 11, 22)).rates
    with pytest.raises(ValueError, match="more of the parts"):
        cost(rates, {"input_tokens": 1, "cache_read_tokens": 2}, catalog.units, 0)
