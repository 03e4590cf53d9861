"""Amounts as people type them into the fields of a modal, where the name of the field says half of it."""

import re

from bot.question.amounts import Amounts, read_amounts
from bot.question.text import plain

FILLER = re.compile(r"\b(?:at|and|each|a|per|month|plus|in|of|tokens?)\b|[^\w^]")
NUMBER = re.compile(r"[^\s/]+(?: ?(?:thousand|million|billion|trillion|[kmbt])\b)?", re.IGNORECASE)
PERIODS = ("month", "day", "week", "year", "hour", "minute", "/")


def volume_words(typed: str) -> str:
    """A volume as the bot reads it: tokens and the month are understood."""
    number, rest = _apart(typed)
    words = typed.casefold()
    unit = "" if "tok" in words or " in" in words or " out" in words else " tokens"
    return f"at {number}{unit}{rest}{_period(words)}"


def request_words(typed: str, size: str) -> str:
    """Requests, and the size of one, as the bot reads them."""
    number, rest = _apart(typed)
    words = typed.casefold()
    unit = "" if any(each in words for each in ("request", "call", "message")) else " requests"
    return f"at {number}{unit}{rest}{_period(words)}, {size} each"


def is_volume(words: str) -> bool:
    """Whether words say a volume that can be used, and nothing else."""
    amounts = _read(words)
    return amounts.said.has_volume and not amounts.bad and not FILLER.sub("", amounts.rest)


def is_requests(typed: str) -> bool:
    """Whether words say how many requests there are."""
    amounts = _read(request_words(typed, "1k in, 1k out"))
    return amounts.said.requests is not None and not amounts.bad


def _read(words: str) -> Amounts:
    return read_amounts(plain(words))


def _apart(typed: str) -> tuple[str, str]:
    """The number, and what comes after it."""
    found = NUMBER.match(typed)
    number = found[0] if found else ""
    return number, typed[len(number) :].replace("/", " per ")


def _period(words: str) -> str:
    return "" if any(each in words for each in PERIODS) else " a month"
