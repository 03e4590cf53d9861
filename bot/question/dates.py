"""The days and stretches of time that a text names."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = (
    {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
    | {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
    | {"sept": 9}
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO_DATE = re.compile(r"\b(20\d\d)-(\d\d)(?:-(\d\d))?\b")
DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b\.?,?(?: (20\d\d))?")
MONTH_DAY = re.compile(rf"\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (20\d\d))?")
MONTH_ONLY = re.compile(
    rf"\b(?:in |since |during |of |last |this |from )({_MONTH})\b\.?(?: (20\d\d))?|\b({_MONTH}) (20\d\d)\b"
)

COMING = re.compile(r"\b(?:will|going to|gonna|next|from)\b")
YEAR_ONLY = re.compile(
    r"\b(?:in|during|since|back in|for|of) (20[12]\d)\b(?! ?(?:tokens?|requests?|calls?|users?|input|output|in\b|out\b|per\b|[km]\b|[.,]\d))"
)
BOUND_MONTH = re.compile(
    rf"\b(?P<word>in|since|after|before|by|until|till|during|from|this|next|last) (?P<month>{_MONTH})\b\.?(?: (?P<year>20\d\d))?"
)
SINCE = re.compile(r"\b(?:since|after|from|newer than|later than|starting)\W*$")
AFTER = re.compile(r"\b(?:after|than)\W*$")
BEFORE = re.compile(r"\b(?:before|older than|earlier than|prior to)\W*$")
UNTIL = re.compile(r"\b(?:until|till|by)\W*$")
STRETCH = re.compile(
    r"\b(?:(?:in |within |over |during )?(?:the )?(?P<side>next|last|past|coming)|(?:in|within)) (?P<count>\d{1,3}|two|three|six|twelve|few)"
    r" (?P<unit>day|week|month|year)s?\b"
)
NAMED = re.compile(
    r"\b(?P<which>this|next|last|past|coming) (?P<unit>week|month|quarter|year)\b|\b(?P<year>20[12]\d)\b(?!-)"
)
COUNTS = {"two": 2, "three": 3, "six": 6, "twelve": 12, "few": 3}
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
SOON = 365
LATELY = 90
"""Days that are meant by "soon" and "lately"."""


class Range(NamedTuple):
    """From one day to another, both inclusive, ISO; None where it is open."""

    start: str | None
    end: str | None


def range_of(text: str, today: date, *, is_ahead: bool) -> tuple[Range, tuple[int, int]] | None:
    """The stretch of time that a text names, and where: "this year", "in the next 6 months", "since June"; None where it
    names none.

    `is_ahead`: a month without a year is one that is coming.
    """
    if found := STRETCH.search(text):
        length = timedelta(DAYS[found["unit"]] * (COUNTS.get(found["count"]) or int(found["count"])))
        is_past = found["side"] in ("last", "past")
        return (_iso(today - length, today) if is_past else _iso(today, today + length)), found.span()
    for pattern, day_group, month_group in ((DAY_MONTH, 1, 2), (MONTH_DAY, 2, 1)):
        if found := pattern.search(text):
            named = _nearest(today, MONTHS[found[month_group]], int(found[day_group]), found[3], coming=is_ahead)
            return (_bounded(text[: found.start()], named, named), found.span()) if named else None
    if found := ISO_DATE.search(text):
        named = _iso_day(found)
        last = named if named is None or found[3] else _last_of_month(named)
        return (_bounded(text[: found.start()], named, last), found.span()) if named and last else None
    if found := BOUND_MONTH.search(text):
        named = _nearest(today, MONTHS[found["month"]], 1, found["year"], coming=is_ahead)
        return (_bounded(text[: found.end("word")], named, _last_of_month(named)), found.span()) if named else None
    if found := NAMED.search(text):
        return _bounded(text[: found.start()], *_named(found, today)), found.span()
    if found := re.search(r"\bsoon\b", text):
        return _iso(today, today + timedelta(SOON)), found.span()
    if found := re.search(r"\b(?:recently|lately)\b", text):
        return _iso(today - timedelta(LATELY), today), found.span()
    return None


def _iso(start: date, end: date) -> Range:
    return Range(start.isoformat(), end.isoformat())


def _bounded(before: str, first: date, last: date) -> Range:
    """A stretch, or all time from it or up to it, by the word before it."""
    day = timedelta(1)
    if SINCE.search(before):
        return Range((last + day if AFTER.search(before) else first).isoformat(), None)
    if BEFORE.search(before):
        return Range(None, (first - day).isoformat())
    return Range(None, last.isoformat()) if UNTIL.search(before) else _iso(first, last)


def _named(found: re.Match[str], today: date) -> tuple[date, date]:
    """First and last day of "this month", "next year", "2026"."""
    if found["year"]:
        return date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31)
    step = {"this": 0, "next": 1, "coming": 1, "last": -1, "past": -1}[found["which"]]
    if found["unit"] == "week":
        monday = today - timedelta(today.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    size = {"month": 1, "quarter": 3, "year": 12}[found["unit"]]
    place = (today.year * 12 + today.month - 1) // size * size + step * size
    first = date(place // 12, place % 12 + 1, 1)
    return first, _last_of_month(date((place + size - 1) // 12, (place + size - 1) % 12 + 1, 1))


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def date_of(text: str, today: date) -> tuple[str, tuple[int, int]] | None:
    """A day or month that a text names, ISO, and where; without a year the latest that is not in the future,
    or the next where the text speaks of what will be.

    Empty for a day that there is not. A bare year is its month that is nearest to today.
    """
    if found := ISO_DATE.search(text):
        named = _iso_day(found)
        if named and found[3] and BEFORE.search(text[: found.start()]):
            return (named - timedelta(1)).isoformat(), found.span()
        return (found[0] if named else ""), found.span()
    coming = COMING.search(text) is not None
    for pattern, day_group, month_group in ((DAY_MONTH, 1, 2), (MONTH_DAY, 2, 1)):
        if found := pattern.search(text):
            named = _nearest(today, MONTHS[found[month_group]], int(found[day_group]), found[3], coming=coming)
            if named:
                is_before = BEFORE.search(text[: found.start()]) is not None
                return (named - timedelta(is_before)).isoformat(), found.span()
    if (found := BOUND_MONTH.search(text)) and found["word"] == "before":
        first = _nearest(today, MONTHS[found["month"]], 1, found["year"], coming=False)
        return (first - timedelta(1)).isoformat() if first else "", found.span()
    if found := MONTH_ONLY.search(text):
        named = _nearest(today, MONTHS[found[1] or found[3]], 1, found[2] or found[4], coming=coming)
        return (f"{named:%Y-%m}", found.span()) if named else None
    if found := re.search(r"\b(yesterday|last month|last week|last year)\b", text):
        back = {"yesterday": 1, "last week": 7, "last month": today.day, "last year": 365}[found[1]]
        then = date.fromordinal(today.toordinal() - back)
        return (f"{then:%Y-%m}" if found[1] == "last month" else then.isoformat()), found.span()
    if found := YEAR_ONLY.search(text):
        month = 12 if int(found[1]) < today.year else 1 if int(found[1]) > today.year else today.month
        return f"{found[1]}-{month:02}", found.span()
    return None


def _iso_day(found: re.Match[str]) -> date | None:
    """The day, or the first of the month; None for one that there is not."""
    try:
        return date.fromisoformat(found[0] if found[3] else f"{found[0]}-01")
    except ValueError:
        return None


def _nearest(today: date, month: int, day: int, year: str | None, *, coming: bool) -> date | None:
    """The day of the year that is named, else the latest one that has been, or the next that is coming."""
    try:
        if year:
            return date(int(year), month, day)
        this_year = date(today.year, month, day)
        if coming:
            return (
                this_year
                if (this_year.year, this_year.month) >= (today.year, today.month)
                else date(today.year + 1, month, day)
            )
        return this_year if this_year <= today else date(today.year - 1, month, day)
    except ValueError:
        return None
