"""Numbers in every style that people write them in, exactly."""

import re
from fractions import Fraction
from typing import NamedTuple

FACTORS = {
    "hundred": 100,
    "k": 10**3,
    "thousand": 10**3,
    "ktok": 10**3,
    "m": 10**6,
    "mm": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "million": 10**6,
    "mtok": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bil": 10**9,
    "billion": 10**9,
    "btok": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trillion": 10**12,
    "quadrillion": 10**15,
}
WORDS: dict[str, Fraction | int] = {
    "half": Fraction(1, 2),
    "half of": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "quarter of": Fraction(1, 4),
    "a quarter of": Fraction(1, 4),
    "one quarter of": Fraction(1, 4),
    "three quarters of": Fraction(3, 4),
    "third of": Fraction(1, 3),
    "a third of": Fraction(1, 3),
    "one third of": Fraction(1, 3),
    "two thirds of": Fraction(2, 3),
    "a half of": Fraction(1, 2),
    "one and a half": Fraction(3, 2),
    "two and a half": Fraction(5, 2),
    "three and a half": Fraction(7, 2),
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
    "a hundred": 100,
    "one hundred": 100,
    "two hundred": 200,
    "five hundred": 500,
    "a couple of": 2,
    "a couple": 2,
    "a dozen": 12,
    "a": 1,
    "an": 1,
}
TOO_LARGE = Fraction(10) ** 40
"""Stands for every number with more digits than any answer needs."""

_UNIT = (
    r"(?:k|thousands?|m|mm|mn|mio|mil|millions?|b|bn|bil|billions?|t|tn|trillions?|quadrillions?|(?P<tok>[kmb]tok(?:en)?s?))"
    r"(?![a-z0-9])"
)
NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>-\s?|minus |negative )?(?P<cur>\$|us\$|usd ?|€|£)?\s?(?P<sign2>-)?"
    r"(?:(?P<num>\d{1,3}(?:(?P<sep>[ ,.'_])\d{3})(?:(?P=sep)\d{3})*(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|\.\d+)"
    r"(?P<exp>e[+-]?\d+)?"
    rf"(?:\s?(?P<unit>{_UNIT}))?"
    rf"|(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))})\s(?:a\s)?"
    r"(?P<scale>hundred|thousand|million|billion|trillion|quadrillion)s?)"
    r"(?![a-z\d])"
)
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SPELLED_MONEY = re.compile(
    rf"\b(?:({'|'.join(_TENS)})(?:[ -]({'|'.join(_ONES[:9])}))?|({'|'.join(_ONES)})) (dollars?|bucks|usd|cents?)\b"
)
FIGURES_OF_MONEY = re.compile(r"(?<![\w.,$])(\d[\d.,]{0,24}\s?(?:k|m|thousand|million)?) (?:us )?(?:dollars?|bucks)\b")
CENTS = re.compile(r"\s?(?:us )?(?:cents?\b|¢)")


class Number(NamedTuple):
    """A number found in a text."""

    start: int
    end: int
    value: Fraction
    is_money: bool
    is_foreign: bool
    """In a currency that there are no prices in."""
    counts_tokens: bool
    """Its unit says so: "3 MTok"."""


def with_figures_of_money(text: str) -> str:
    """A text with money that is spelt out in figures: "fifty dollars" as "$50", "2k dollars" as "$2k"."""

    def figure(found: re.Match[str]) -> str:
        tens, ones, small, unit = found.groups()
        value = 10 * (_TENS.index(tens) + 2) if tens else 0
        value += _ONES.index(ones or small) + 1 if ones or small else 0
        return f"{value} {unit}" if unit.startswith("cent") else f"${value}"

    return FIGURES_OF_MONEY.sub(r"$\1", SPELLED_MONEY.sub(figure, text))


def numbers(text: str) -> list[Number]:
    """The numbers of a text, in order."""
    found = []
    for match in NUMBER.finditer(text):
        is_share = re.match(r"\s?(?:%|percent\b|pct\b)", text[match.end() :]) is not None
        value = _value(match, is_share=is_share)
        cents = CENTS.match(text, match.end())
        if cents:
            value /= 100
        if match["sign"] or match["sign2"]:
            value = -value
        found.append(
            Number(
                match.start(),
                cents.end() if cents else match.end(),
                value,
                match["cur"] is not None or cents is not None,
                match["cur"] in ("€", "£"),
                match["tok"] is not None,
            )
        )
    return found


def _value(match: re.Match[str], *, is_share: bool) -> Fraction:
    if match["word"]:
        return Fraction(WORDS[match["word"]]) * FACTORS[match["scale"]]
    unit = match["unit"]
    if len(match["num"]) > 40:
        return TOO_LARGE
    value = _mantissa(match["num"], None if is_share and match["sep"] in (".", ",") else match["sep"], unit)
    exponent = int(match["exp"][1:]) if match["exp"] and len(match["exp"]) < 6 else 0
    if match["exp"] and (len(match["exp"]) >= 6 or abs(exponent) > 40):
        return TOO_LARGE if not match["exp"].startswith("e-") else Fraction(0)
    factor = 1
    if unit:
        unit = re.sub(r"(tok)en|s$", r"\1", unit).removesuffix("s")
        factor = FACTORS[unit]
    return value * Fraction(10) ** exponent * factor


def _mantissa(text: str, separator: str | None, unit: str | None) -> Fraction:
    """A mark before three digits separates groups, unless a unit letter follows or the number starts with 0."""
    letter = unit is not None and len(unit) <= 3
    if separator and separator in ".,":
        groups = text.split(separator)
        ends = re.fullmatch(r"(\d{3})(?:[.,](\d+))?", groups[-1])
        grouped = len(groups) > 2 or bool(ends and ends[2]) or not letter
        if separator == "." and unit and len(groups) == 2:
            grouped = False
        if grouped and not text.startswith("0"):
            whole, _, decimals = text.replace(separator, "").replace(",", ".").partition(".")
            return Fraction(f"{whole}.{decimals or 0}")
    elif separator:
        text = text.replace(separator, "")
    return Fraction(text.replace(",", ".").join(("0", "")) if text.startswith((".", ",")) else text.replace(",", "."))
