"""What a model cost then and now, and when it changed."""

import calendar
from datetime import date, timedelta
from itertools import pairwise

from bot.answer.draft import Draft
from bot.answer.model import Answer, Figure
from bot.answer.retirement import retirements
from bot.wording import day as shown_day
from bot.wording import listed, rate
from catalog.models import STANDARD, Offering, PriceList

WORDS = ("input", "output")


def history(draft: Draft) -> Answer:
    """The prices on a past day or in a past month beside today's, or all changes on record."""
    if not draft.models:
        return draft.finished("Of which model? Say a name, as in `what did gpt-5.4 cost in June?`.")
    asked = draft.question.on
    said = [line for each in draft.models for line in (_then(draft, each, asked) if asked else _changes(draft, each))]
    retirements(draft, None)
    for each in draft.models:
        draft.upcoming(each)
    headline, *rest = said
    draft.more[:0] = rest
    return draft.finished(headline)


def _dated(offering: Offering) -> list[PriceList]:
    """The standard lists in order of time, without those for some hours of a day."""
    return [each for each in offering.lists if each.tier == STANDARD and not each.hours]


def _prices(draft: Draft, offering: Offering, on: date | None) -> list[Figure]:
    found = [draft.price(offering, word, STANDARD, on=on, shows_on=shown_day(on) if on else None) for word in WORDS]
    return [each for each in found if each]


def _words(figures: list[Figure]) -> str:
    return (
        " and ".join(f"{rate(each.decimal)} {each.name.removesuffix('_price')}" for each in figures)
        or "no price on record"
    )


def _change_figure(draft: Draft, offering: Offering, changed: date) -> Figure:
    return draft.note(
        "price_changed_on",
        shown_day(changed),
        "date",
        (offering.id,),
        (f"price|{offering.id}|input|{STANDARD}|-|{shown_day(changed)}",),
    )


def _real_changes(draft: Draft, offering: Offering) -> list[date]:
    """The past days on which the input or output price really changed."""
    lists = _dated(offering)
    return [
        each.starts
        for before, each in pairwise(lists)
        if each.starts
        and each.starts <= draft.day
        and any(before.rates.get(unit) != each.rates.get(unit) for unit in ("input_mtok", "output_mtok"))
    ]


def _then(draft: Draft, offering: Offering, asked: str) -> list[str]:
    """Each price in force on a day or in a month, then today's."""
    name, now = draft.name(offering), _words(_prices(draft, offering, None))
    first, last = _span(asked)
    released = draft.catalog.release(offering)
    if released and shown_day(last)[: len(released)] < released:
        draft.note("release_date", released, "date", (offering.id,), (f"fact|{offering.model}|release_date|catalog",))
        return [f"{name} had no price on {asked}: it was released on {released}. Today it costs {now} per MTok."]
    changes = _real_changes(draft, offering)
    starts = [max(first, _released_day(released, first))] + [each for each in changes if first < each <= last]
    lines = [
        f"{'on' if len(asked) == 10 else 'from'} {shown_day(start)} {_words(_prices(draft, offering, start))}"
        for start in starts
    ]
    later = [each for each in changes if each > starts[0]]
    for each in later:
        _change_figure(draft, offering, each)
    if not later:
        said = f"{name} cost {_words(_prices(draft, offering, first))} per MTok then ({asked}), as today: no change on record since."
        return [said]
    return [
        f"{name} cost {'; '.join(lines)} per MTok; today {now}.",
        f"Price changed on {listed([shown_day(each) for each in later])}.",
    ]


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
    changes = _real_changes(draft, offering)
    now = _words(_prices(draft, offering, None))
    if not changes:
        return [f"There is no change on record for {name}: {now} per MTok."]
    for each in changes:
        _change_figure(draft, offering, each)
    before = changes[-1] - timedelta(days=1)
    lines = [
        f"{name} changed on {shown_day(changes[-1])}: from {_words(_prices(draft, offering, before))} to {now} per MTok."
    ]
    if len(changes) > 1:
        lines.append(f"Earlier changes: {listed([shown_day(each) for each in changes[:-1]])}.")
    return lines
