"""Figures as people write them. The only place that rounds: half up."""

import re
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MOST_PLACES = 9
LARGE = 10**9
_STEPS = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K"))
_COVERED = re.compile(r"(?<![\w$.])[@A-Za-z][\w./-]*\d[\w.-]*")


def number(value: Decimal | Fraction | int, places: int = 0) -> str:
    """A number with thousands separators, rounded half up to so many decimals."""
    if isinstance(value, Fraction):
        scaled = value * 10**places
        whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
        value = Decimal(whole if value >= 0 else -whole).scaleb(-places)
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"


def usd(value: Decimal) -> str:
    """An amount of money: cents below $100, whole dollars from there, two significant digits below $1."""
    amount = abs(value)
    if amount >= Decimal("99.995"):
        shown = number(amount)
    elif amount >= Decimal("0.995") or not amount:
        shown = number(amount, 2)
    else:
        shown = number(amount, 1 - amount.adjusted())
        if len(shown.rstrip("0")) > 4 or shown.endswith("0"):
            shown = shown.rstrip("0") if len(shown) > 4 else shown
    return f"{'-' if value < 0 else ''}${shown}"


def rate(value: Decimal) -> str:
    """A price per million tokens, with all its digits and at least cents."""
    text = f"{value.normalize():,f}"
    whole, _, decimals = text.partition(".")
    return f"${whole}.{decimals.ljust(2, '0')}"


def ratio(value: Fraction) -> str:
    """How many times as much, to one decimal; to two significant digits below one."""
    return number(value, 1 if value >= 1 else 2)


def more(times: Fraction, as_many: str, than: str = "") -> str:
    """How many times as much, or by how much more where that rounds to once: "2.4 times as `as_many`", "4.2% more `than`"."""
    if number(times, 1) == "1.0":
        return f"{percent(times - 1)} more {than}".rstrip()
    return f"{ratio(times)} times as {as_many}"


def percent(share: Fraction) -> str:
    """A share in percent, whole or to one decimal; to more where it would read as none or all without being so."""
    for places in range(1, MOST_PLACES):
        shown = number(share * 100, places)
        if share in (0, 1) or float(shown.replace(",", "")) not in (0, 100):
            return f"{shown.removesuffix('.0')}%"
    return f"almost {100 * round(share)}%"


def tokens(value: int) -> str:
    """A number of tokens: 100M, 2.5B, 30K where that is all of it, else every digit."""
    for step, unit in _STEPS:
        if (
            step <= value
            and (value < 1000 * step or unit == "T")
            and (value * 10 ** (3 if step >= LARGE else 2)) % step == 0
        ):
            return f"{number(Fraction(value, step), 3).rstrip('0').rstrip('.') if value % step else f'{value // step:,}'}{unit}"
    return f"{value:,}"


def hours(spans: tuple[tuple[time, time], ...]) -> str:
    """Parts of a day: 16:30-00:30, in UTC."""
    return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in spans)


def day(value: date | str) -> str:
    """A date, as ISO writes it: nobody takes that for another day."""
    return value if isinstance(value, str) else value.isoformat()


def label(name: str) -> str:
    """A benchmark's name; one with stray numbers is set off as a term."""
    return f"`{name}`" if re.search(r"\d", _COVERED.sub(" ", name)) else name


def listed(items: list[str], last: str = "and") -> str:
    """Items in a row: "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""
