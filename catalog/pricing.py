"""What a usage costs: arithmetic only, exact to the last digit."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from catalog.models import STANDARD, Offering, PriceList, Rate, Rates, Unit

Usage = Mapping[str, int]
"""How much of each kind was used, by `Unit.usage`: totals, so that input_tokens holds the cached ones too."""


class DayRates(NamedTuple):
    """An offering's rates on one day: the highest of the day, and the lower ones with their hours if there are any."""

    tier: str
    """The service tier that the rates belong to; standard where the asked one is not sold."""
    rates: Rates
    own: frozenset[str]
    """The units that the tier has prices of its own for; the rest are the standard tier's."""
    starts: date | None
    """The day since when the standard list has been in force."""
    lower: Rates | None = None
    lower_hours: tuple[tuple[time, time], ...] = ()


def _in_force(price_list: PriceList, instant: datetime) -> bool:
    if price_list.hours:
        start, end = price_list.hours
        now = instant.timetz().replace(tzinfo=None)
        return start <= now < end if start <= end else now >= start or now < end
    return price_list.starts is None or price_list.starts <= instant.date()


def _own_rates(offering: Offering, tier: str, instant: datetime) -> dict[str, Rate]:
    own: dict[str, Rate] = {}
    for each in offering.lists:
        if each.tier == tier and _in_force(each, instant):
            own = {**each.rates, **own}
    return own


@lru_cache(maxsize=16384)
def rates_on(offering: Offering, day: date, tier: str = STANDARD) -> DayRates:
    """The rates of a UTC day: its highest, where they change within the day.

    "fast" is the offering's fast price, else its priority price. A tier that is not sold gives the standard rates.
    """
    midnight = datetime.combine(day, time(), UTC)
    current, windows = _standard_lists(offering, day)
    rates: Rates = current.rates
    lower: Rates | None = None
    hours: tuple[tuple[time, time], ...] = ()
    if windows:
        named = [each.hours for each in windows if each.hours]
        rates = {unit: _highest(rate, unit, windows) for unit, rate in current.rates.items()}
        lower, hours = (current.rates, _gaps(named)) if rates != current.rates else (windows[0].rates, tuple(named))
    for sold in (tier, "priority") if tier == "fast" else (tier,):
        own = _own_rates(offering, sold, midnight) if sold != STANDARD else {}
        if own:
            return DayRates(sold, {**rates, **own}, frozenset(own), current.starts)
    return DayRates(STANDARD, rates, frozenset(rates), current.starts, lower, hours)


def _standard_lists(offering: Offering, day: date) -> tuple[PriceList, list[PriceList]]:
    """The dated list in force on a day and, of that list's own, the ones for some hours of the day."""
    current, windows = None, []
    for each in offering.lists:
        if each.tier != STANDARD:
            continue
        if each.hours:
            windows.append(each)
        elif current is None or each.starts is None or each.starts <= day:
            current, windows = each, []
        else:
            break
    if current is None:
        raise ValueError(f"{offering.id} has no price list")
    return current, windows


def _highest(rate: Rate, unit: str, windows: Iterable[PriceList]) -> Rate:
    return max((rate, *(each.rates[unit] for each in windows if unit in each.rates)), key=lambda each: each.base)


def _gaps(windows: list[tuple[time, time]]) -> tuple[tuple[time, time], ...]:
    """The hours of a day outside of the windows, in order."""
    ordered = sorted(windows)
    following = ordered[1:] + ordered[:1]
    return tuple((end, start) for (_, end), (start, _) in zip(ordered, following, strict=True) if end != start)


def cost(rates: Rates, usage: Usage, units: Mapping[str, Unit], prompt_tokens: int) -> Decimal:
    """What a usage costs in USD, each request having `prompt_tokens` of input, which picks the long-context band.

    A unit's count leaves out what is priced as one of its parts: cached input is not billed as input again.

    Raises ValueError when the parts exceed the whole.
    """
    counts: dict[str, int] = {}
    total = Decimal(0)
    for unit, parts in _from_the_parts_up(tuple(units[each] for each in rates)):
        count = counts[unit.id] = usage.get(unit.usage, 0) - sum(counts[part] for part in parts)
        if count < 0:
            raise ValueError(f"more of the parts of {unit.usage} than of the whole: {usage!r}")
        if count:
            total += rates[unit.id].at(prompt_tokens) * count / unit.per
    return total


@lru_cache(maxsize=512)
def _from_the_parts_up(priced: tuple[Unit, ...]) -> tuple[tuple[Unit, tuple[str, ...]], ...]:
    """The priced units, each after all of its parts, with the ids of these."""
    ordered = sorted(priced, key=lambda unit: -len(unit.dimensions))
    return tuple((unit, tuple(other.id for other in ordered if unit.dimensions < other.dimensions)) for unit in ordered)
