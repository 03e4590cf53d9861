"""Which models cannot be used for what is asked: switched off, too small a context window, or without the ability."""

from typing import Literal, NamedTuple

from bot.answer.draft import Draft
from bot.answer.faq import ability, limit
from bot.wording import listed, tokens
from catalog.models import Offering

Why = Literal["off", "small", "vision"]
"""Why a model cannot be used: switched off, a context window that cannot hold one of the requests, no such ability."""


class Out(NamedTuple):
    """A model that cannot be used for what was asked."""

    offering: Offering
    why: Why


def outs(draft: Draft, offerings: list[Offering]) -> list[Out]:
    """The models that cannot be used, the gravest reason first; one that has several comes several times."""
    usage = draft.question.workload
    size = (usage.request_input_tokens or 0) + (usage.request_output_tokens or 0)
    found = [Out(each, "off") for each in offerings if draft.catalog.is_retired(each, draft.today)]
    for each in offerings:
        window = draft.catalog.number(each, "context_window")
        if window is not None and size > window:
            limit(draft, each, "context_window")
            found.append(Out(each, "small"))
    if draft.question.need == "vision":
        found += [Out(each, "vision") for each in offerings if lacks_vision(draft, each)]
    return found


def lacks_vision(draft: Draft, offering: Offering) -> bool:
    """Whether the catalog says that a model takes no images."""
    stated = ability(draft, offering, "vision")
    return stated is not None and stated.value == "false"


def usable_of(offerings: list[Offering], out: list[Out]) -> tuple[list[Offering], list[Out]]:
    """The models that are not out, and each that is once, with its gravest reason."""
    first = list({each.offering.id: each for each in reversed(out)}.values())[::-1]
    gone = {each.offering.id for each in first}
    return [each for each in offerings if each.id not in gone], first


def reasons(draft: Draft, out: list[Out], of: int) -> str:
    """Why models are out, those that are so for the same reason together; `of` is how many are looked at."""
    parts = []
    for why in ("off", "small", "vision"):
        names = [draft.name(each.offering) for each in out if each.why == why]
        if names:
            parts.append(_reason(draft, why, names, of))
    return listed(parts)


def _reason(draft: Draft, why: str, names: list[str], of: int) -> str:
    every, has = len(names) == of > 1, "has" if len(names) == 1 else "have"
    if why == "small":
        usage = draft.question.workload
        given, made = usage.request_input_tokens or 0, usage.request_output_tokens or 0
        size = f"{tokens(given)} input and {tokens(made)} output tokens" if made else f"{tokens(given)} tokens"
        return f"{listed(names)} cannot hold requests of {size}"
    if why == "vision":
        nobody = "neither" if of == 2 else "none of them"
        return f"{nobody} has vision" if every else f"{listed(names)} {has} no vision"
    everybody = "both" if of == 2 else "all"
    return f"{everybody if every else listed(names)} {has} been switched off"
