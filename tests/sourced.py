"""A check of our own that every number a message shows comes from a figure, the question, a name or a date."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.reply import Reply

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_TERMS = re.compile(r"`[^`]*`|“[^”]*”|https?://\S+|\d{4}-\d\d(?:-\d\d)?|\b\d\d:\d\d\b|[A-Za-z][\w./-]*\d[\w./:-]*")
_FACTORS = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
CONSTANTS = {Decimal(each) for each in (0, 1, 2, 3, 4, 5, 6, 12, 22, 30, 50)}


def _shown(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _shown(each)
    elif isinstance(part, dict) and part.get("type") not in ("actions", "data_visualization"):
        for key, value in part.items():
            if isinstance(value, str) and key in ("text", "title"):
                yield value
            else:
                yield from _shown(value)


def _known(made: Reply, said: str) -> set[Decimal]:
    values = CONSTANTS | {Decimal(count) for count in range(len(made.answer.models) + 1)}
    for figure in made.answer.figures:
        for text in (figure.value, figure.tokens, figure.prompt_over):
            if text and re.fullmatch(r"-?\d+(\.\d+)?", text):
                values |= (
                    {abs(Decimal(text)), 100 * abs(Decimal(text))} if figure.unit == "share" else {abs(Decimal(text))}
                )
    workload = made.question.workload
    whole = [
        each
        for each in (
            workload.input_tokens,
            workload.output_tokens,
            workload.tokens,
            workload.requests,
            workload.cached_input_tokens,
            workload.request_input_tokens,
            workload.request_output_tokens,
        )
        if each is not None
    ]
    shares = [workload.input_share, 1 - workload.input_share, workload.cached_share]
    values |= {Decimal(each) for each in whole} | {Decimal(each.numerator) * 100 / each.denominator for each in shares}
    values |= {Decimal(each) for each in made.question.filters.values() if re.fullmatch(r"\d+(\.\d+)?", each)}
    values |= {Decimal(found.replace(",", "")) for found in _NUMBER.findall(said)}
    return values


def strays(made: Reply, said: str, names: set[str]) -> list[str]:
    """The numbers in a message that come from nowhere; `names` are the display names of models."""
    text = "\n".join([made.message.text, *_shown(made.message.blocks)])
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    known, found = _known(made, said), []
    plain = _TERMS.sub(" ", text)
    for match in _NUMBER.finditer(plain):
        number = match[0].replace(",", "")
        factor = _FACTORS.get(plain[match.end() : match.end() + 1], 1)
        value = Decimal(number) * factor
        step = Decimal(1).scaleb(-len(number.partition(".")[2])) * factor
        if all(abs(each - value) > step / 2 for each in known):
            found.append(match[0])
    return found
