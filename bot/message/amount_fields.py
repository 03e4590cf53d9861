"""Amounts as people type them into the fields of a modal, where the name of the field says half of it."""

import re

from bot.question.amounts import Amounts, read_amounts
from bot.question.model import Said
from bot.question.text import plain

FILLER = re.compile(r"\b(?:at|and|each|a|per|month|plus|in|of|tokens?)\b|[^\w^]")
NUMBER = re.compile(r"[^\s/]+(?: ?(?:thousand|million|billion|trillion|[kmbt])\b)?", re.IGNORECASE)
MARKS = re.compile(r"[<>]")
DIRECTION = re.compile(r"\b(in(?! (?:an?|one|each|every|the)\b)|out)\b", re.IGNORECASE)
BARE = re.compile(r"\d+(?:[.,]\d+)?")
LEFT_OVER = re.compile(r"(?<!\w)\d")
FEW = 1000
"""So few tokens a month, or fewer, are likely millions."""
PERIODS = ("month", "day", "week", "year", "hour", "minute", "/")


def volume_words(typed: str) -> str:
    """A volume as the bot reads it: tokens and the month are understood."""
    number, rest = _apart(typed)
    words = typed.casefold()
    unit = "" if "tok" in words or DIRECTION.search(words) or "put" in words else " tokens"
    return f"at {number}{unit}{rest}{_period(words)}"


def request_words(typed: str, size: str) -> str:
    """Requests, and the size of one, as the bot reads them."""
    number, rest = _apart(typed)
    words = typed.casefold()
    unit = "" if any(each in words for each in ("request", "call", "message")) else " requests"
    return f"at {number}{unit}{rest}{_period(words)}, {_directed(size)} each"


def is_volume(words: str) -> bool:
    """Whether words say a volume that can be used, and nothing else."""
    amounts = _read(words)
    return amounts.said.has_volume and not amounts.bad and not FILLER.sub("", amounts.rest) and not MARKS.search(words)


def is_split(words: str) -> bool:
    """Whether words of a volume, or of requests, say what is input and what is output."""
    said = _read(words).said
    stated = said.input, said.output, said.request_input, said.request_output, said.input_share
    return any(each is not None for each in stated)


def is_likely_millions(typed: str) -> bool:
    """Whether a volume is a bare number that is hardly one of tokens."""
    return BARE.fullmatch(typed) is not None and (_read(volume_words(typed)).said.total or FEW) < FEW


def is_usage(typed: str) -> bool:
    """Whether a usage of whatever kind is read, with no number of it left over; False also where nothing is read."""
    amounts = _read(typed)
    return bool(amounts.bad) or (amounts.said != Said() and not LEFT_OVER.search(amounts.rest))


def is_requests(typed: str) -> bool:
    """Whether words say how many requests there are."""
    amounts = _read(request_words(typed, "1k in, 1k out"))
    return amounts.said.requests is not None and not amounts.bad and not MARKS.search(typed)


def _read(words: str) -> Amounts:
    return read_amounts(plain(words))


def _apart(typed: str) -> tuple[str, str]:
    """The number, and what comes after it."""
    found = NUMBER.match(typed)
    number = found[0] if found else ""
    return number, _directed(typed[len(number) :].replace("/", " per "))


def _directed(words: str) -> str:
    """The same where no "in" can be taken for the one of "in a month", but that one."""
    return DIRECTION.sub(lambda found: f"{found[1]}put", words)


def _period(words: str) -> str:
    return "" if any(each in words for each in PERIODS) else " a month"
