"""The usage that is stated, in a follow-up beside what its thread had said before."""

import re
from fractions import Fraction

from bot.question import cues
from bot.question.model import Problem, Question, Said, exact
from bot.question.reading import Reading
from bot.question.thread import REVERSED, WITHOUT_IT
from bot.question.usage import (
    ADDS,
    added,
    as_requests,
    changed,
    corrected_period,
    on_working_days,
    shared,
    turned,
    with_period,
)
from bot.question.words import FILLER_WORDS

OF_ONE = re.compile(
    r"\b(?:they|them|these|those|each|every one|it|prompts?|documents?|docs?|requests?|calls?|chats?|messages?|emails?|tickets?)\b(?:'re| are| is| were| was| to be)?"
    r" (?:each |all |now |about |around |~)*\d[\d.,]*k? ?tokens?(?: long| each| in size)?|\b\d[\d.,]*k? ?tokens? (?:long|each|apiece)\b"
)
"""Says how long one of the thread's requests is, not how much is used in a month."""


def said_in(reading: Reading, before: Question | None) -> Said:
    """The usage that a text states, with what stays of the thread's."""
    amounts = reading.amounts
    if (window := amounts.window) and cues.FITS.search(reading.text):
        amounts.said = amounts.said.model_copy(update={"request_input": window})
    if before is not None and (put := _put_right(reading, before.said)):
        return put
    if amounts.cached:
        reading.problems.append(Problem(kind="not_understood", text=f"{exact(amounts.cached)} cached"))
    if amounts.share is not None:
        if before is not None and amounts.share <= 1 and _is_nothing_but_a_share(reading, before):
            return shared(before.said, amounts.share)
        reading.problems.append(Problem(kind="not_understood", text=f"{exact(amounts.share * 100)}%"))
    return amounts.said if before is None else _gone_on(reading, before)


def _put_right(reading: Reading, kept: Said) -> Said | None:
    """What a follow-up changes that says nothing of how much: a size, a period, what is cached, the way round; else None."""
    amounts, text = reading.amounts, reading.text
    base = kept.request_input or kept.input or (kept.total or Fraction(0)) / 2
    if amounts.cached and base >= amounts.cached:
        return changed(kept, Said(cached_share=amounts.cached / base))
    if amounts.said.total and kept.requests and OF_ONE.search(text):
        return changed(kept, Said(request_input=amounts.said.total))
    if WITHOUT_IT.fullmatch(text):
        return kept.model_copy(update={"tier": None} if kept.tier else {"cached_share": None})
    if kept.has_volume and (period := corrected_period(text)):
        return with_period(kept, period)
    if amounts.is_of_working_days and not amounts.said.has_volume:
        return on_working_days(kept)
    return turned(kept) if REVERSED.search(text) and not amounts.said.has_volume else None


def _is_nothing_but_a_share(reading: Reading, before: Question) -> bool:
    says_more = re.search(r"[a-z]", FILLER_WORDS.sub("", reading.amounts.rest))
    return before.said.has_volume and not says_more and not reading.amounts.said.has_volume


def _gone_on(reading: Reading, before: Question) -> Said:
    """The thread's usage but for what the text says anew."""
    amounts, kept = reading.amounts, before.said
    if before.kind == "attribute" and amounts.said.has_volume:
        kept = kept.model_copy(update={"request_input": None, "request_total": None, "request_output": None})
    if amounts.heads and kept.users:
        kept = kept.model_copy(update={"users": amounts.heads})
    now = as_requests(kept, amounts.said, reading.text)
    return added(kept, now) if ADDS.search(reading.text) else changed(kept, now)
