"""What a model cost then and now, and when it changed."""

import calendar
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from bot.answer.draft import Draft
from bot.answer.model import Answer, Figure
from bot.answer.retirement import retirements
from bot.wording import day as shown_day
from bot.wording import listed, rate, tokens
from catalog.lookup import PRICE_UNITS
from catalog.models import STANDARD, Offering, PriceList, Rate

WORDS = ("input", "output")


class Changes(NamedTuple):
    """The past days on which a model's prices changed."""

    base: list[date]
    bands: list[date]
    """Those on which the base prices stayed and only the long-context ones changed."""


def history(draft: Draft) -> Answer:
    """The prices on a past or future day or month beside today's, or all changes on record."""
    asked = draft.question.on
    said = [_then(draft, each, asked) if asked else _changes(draft, each) for each in draft.models]
    retirements(draft, None)
    if not asked or _span(asked)[0] <= draft.today:
        for each in draft.models:
            draft.upcoming(each)
    headline, *others = [first for first, *_ in said]
    draft.more[:0] = [*others, *(line for _, *rest in said for line in rest)]
    return draft.finished(headline)


def _dated(offering: Offering) -> list[PriceList]:
    """The standard lists in order of time, without those for some hours of a day."""
    return [each for each in offering.lists if each.tier == STANDARD and not each.hours]


def _prices(draft: Draft, offering: Offering, on: date | None, prompt: int = 0) -> list[Figure]:
    shows_on = shown_day(on) if on else None
    words = (*WORDS, "cached_input") if draft.question.attribute == "cached_input_price" else WORDS
    found = [draft.price(offering, word, STANDARD, prompt=prompt, on=on, shows_on=shows_on) for word in words]
    return [each for each in found if each]


def _words(figures: list[Figure]) -> str:
    named = [f"{rate(each.decimal)} {each.name.removesuffix('_price').replace('_', ' ')}" for each in figures]
    return listed(named) or "no price on record"


def _change_figure(draft: Draft, offering: Offering, changed: date) -> Figure:
    return draft.note(
        "price_changed_on",
        shown_day(changed),
        "date",
        (offering.id,),
        (f"price|{offering.id}|input|{STANDARD}|-|{shown_day(changed)}",),
    )


def _past_changes(draft: Draft, offering: Offering) -> Changes:
    """When the input or output price really changed; what is only announced is no change yet."""
    made = Changes([], [])
    for before, each in pairwise(_dated(offering)):
        if each.starts is None or each.starts > draft.today:
            continue
        old, new = ([found.rates.get(PRICE_UNITS[word]) for word in WORDS] for found in (before, each))
        if [_base(rate) for rate in old] != [_base(rate) for rate in new]:
            made.base.append(each.starts)
        elif old != new:
            made.bands.append(each.starts)
    return made


def _base(found: Rate | None) -> object:
    return found.base if found else None


def _then(draft: Draft, offering: Offering, asked: str) -> list[str]:
    """Each price in force on a day or in a month, then today's; or what is announced for one to come."""
    name, now = draft.name(offering), _words(_prices(draft, offering, None))
    first, last = _span(asked)
    when = f"{'on' if first == last else 'in'} {asked}"
    if first > draft.today:
        return [_ahead(draft, offering, first, last, when)]
    released = draft.catalog.release(offering)
    if released and shown_day(last)[: len(released)] < released:
        draft.note("release_date", released, "date", (offering.id,), (f"fact|{offering.model}|release_date|catalog",))
        return [f"{name} had no price {when}: it was released on {released}. Today it costs {now} per MTok."]
    changes = _past_changes(draft, offering)
    since_when = max(first, _released_day(released, first))
    starts = [since_when, *(each for each in changes.base if since_when < each <= last)]
    later = [each for each in changes.base if each > starts[0]]
    bands = [_band_words(draft, offering, each) for each in changes.bands if each > starts[0]]
    for each in later:
        _change_figure(draft, offering, each)
    if not later:
        price = _words(_prices(draft, offering, starts[0]))
        since = "" if bands else ": no change on record since"
        return [f"{name} cost {price} per MTok then ({asked}), as today{since}.", *bands]
    first_price, *others = [_words(_prices(draft, offering, start)) for start in starts]
    since = f"{'on' if len(asked) == 10 else 'from'} {shown_day(starts[0])}"
    more = "".join(f", from {shown_day(start)} {price}" for start, price in zip(starts[1:], others, strict=True))
    return [
        f"{name} cost {first_price} per MTok {since}{more}; today {now}.",
        f"{name}'s price changed on {listed([shown_day(each) for each in later])}.",
        *bands,
    ]


def _ahead(draft: Draft, offering: Offering, first: date, last: date, when: str) -> str:
    """What is announced for a day or month to come, each price from its first day."""
    name, today = draft.name(offering), _words(_prices(draft, offering, None))
    lists = [each for each in _dated(offering) if each.starts and draft.today < each.starts <= last]
    in_force = [
        each for position, each in enumerate(lists) if position == len(lists) - 1 or (each.starts or first) > first
    ]
    lines = []
    for each in in_force:
        price = _words(_prices(draft, offering, each.starts))
        if price != today and each.starts:
            lines.append((shown_day(each.starts), price))
    if not lines:
        return f"No other price of {name} is announced for then ({when}): today it costs {today} per MTok."
    (start, price), *rest = lines
    later = "".join(f", from {day} {other}" for day, other in rest)
    return f"From {start} {name} will cost {price}{later} per MTok, as announced; today it costs {today}."


def _announced(draft: Draft, offering: Offering) -> str:
    """What is announced for any day to come."""
    if any(each.starts and each.starts > draft.today for each in _dated(offering)):
        return _ahead(draft, offering, draft.today + timedelta(days=1), date.max, "later")
    today = _words(_prices(draft, offering, None))
    return f"No change of {draft.name(offering)}'s price is announced: it costs {today} per MTok."


def _band_words(draft: Draft, offering: Offering, changed: date) -> str:
    """How the long-context prices changed on a day."""
    before = changed - timedelta(days=1)
    draft.note(
        "price_changed_on",
        shown_day(changed),
        "date",
        (offering.id,),
        (f"price|{offering.id}|input|{STANDARD}|-|{shown_day(changed)}",),
    )
    old, new = (_long(draft, offering, on) for on in (before, changed))
    return f"{draft.name(offering)}'s long-context price changed on {shown_day(changed)}: from {old} to {new}."


def _long(draft: Draft, offering: Offering, on: date) -> str:
    """The long-context prices of a day."""
    rates = draft.rates(offering, STANDARD, on).rates
    thresholds = {
        threshold for word in WORDS if (found := rates.get(PRICE_UNITS[word])) for threshold, _ in found.bands
    }
    shown = []
    for threshold in sorted(thresholds):
        prices = _prices(draft, offering, on, threshold + 1)
        draft.note("threshold", threshold, "count", (offering.id,), prices[0].evidence)
        shown.append(f"{_words(prices)} over {tokens(threshold)} input tokens")
    return listed(shown) or "no other than the base price"


def _span(asked: str) -> tuple[date, date]:
    if len(asked) == 10:
        return date.fromisoformat(asked), date.fromisoformat(asked)
    year, month = int(asked[:4]), int(asked[5:7])
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _released_day(released: str, fallback: date) -> date:
    return date.fromisoformat(released) if len(released) == 10 else fallback


def _changes(draft: Draft, offering: Offering) -> list[str]:
    """The changes on record, the latest with the price before it."""
    if early := draft.unreleased(offering):
        return [f"{early}."]
    name = draft.name(offering)
    if draft.question.is_ahead:
        return [_announced(draft, offering)]
    changes = _past_changes(draft, offering)
    now = _words(_prices(draft, offering, None))
    bands = [_band_words(draft, offering, each) for each in changes.bands]
    if not changes.base:
        what = f"the base price of {name}" if bands else name
        return [f"There is no change on record for {what}: {now} per MTok.", *bands]
    for each in changes.base:
        _change_figure(draft, offering, each)
    last = changes.base[-1]
    before, after = (_words(_prices(draft, offering, on)) for on in (last - timedelta(days=1), None))
    lines = [f"{name} changed on {shown_day(last)}: from {before} to {after} per MTok."]
    if len(changes.base) > 1:
        lines.append(f"{name}'s earlier changes: {listed([shown_day(each) for each in changes.base[:-1]])}.")
    return [*lines, *bands]
