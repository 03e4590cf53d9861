"""What a follow-up does to the models of its thread: it adds, drops, swaps, moves, or answers an ask-back."""

import re

from bot.question.amount_words import NAME
from bot.question.kinds import (
    COST_LIKE,
)
from bot.question.model import Problem, Question
from bot.question.naming import ON_HOST
from bot.question.reading import Reading
from bot.question.resolving import not_there
from bot.question.thread import (
    INSTEAD,
    JUST,
    REVERSED,
    SWAP,
    TURNED_TO,
    WHAT_ABOUT,
    Edit,
    chosen,
    edited,
    told_apart,
    without,
)
from bot.question.words import FILLER_WORDS
from catalog.names import Named, UnknownHost, tokens


def edit_of(reading: Reading) -> Edit | None:
    """What the names of a follow-up do to the thread's models; None for a question of its own."""
    thread, before = reading.thread, reading.thread.question
    if before is None or reading.command:
        return None
    if reading.is_of_shown and reading.models and (not before.models or before.kind == "alternatives"):
        return Edit(tuple(reading.models))
    if None in thread.slots and (completed := _completed(reading)):
        return completed
    if reading.tiers and set(reading.tiers) <= set(before.models):
        return Edit(before.models)
    if thread.replacement and (old := _given_up(reading, before.models)):
        return Edit(tuple(dict.fromkeys(thread.replacement if each == old else each for each in before.models)))
    if before.models and not reading.names.mentions:
        if REVERSED.search(reading.text) and len(before.models) == 2 and before.kind in OF_AN_ORDER:
            return Edit(before.models[::-1])
        if dropped := without(reading.text, before.models):
            reading.cue, reading.is_catalog_wide, reading.filters = None, False, {}
        return dropped or _moved(reading, before.models)
    if not reading.names.mentions or (reading.cue == "savings" and len(reading.models) > 1):
        return None
    if not before.models:
        return Edit(tuple(reading.models)) if WHAT_ABOUT.search(reading.text) and before.said.has_volume else None
    if len(reading.models) == 1 and (edit := _with_one(reading, before)):
        return edit
    labels = {each: reading.catalog.display_name(reading.catalog.offerings[each]) for each in reading.models}
    if MEANT.fullmatch(reading.text) and len(reading.models) == 1:
        return _meant(reading, before)
    edit = edited(reading.text, before.models, tuple(reading.models), labels)
    if edit and len(before.models) == 1 and before.kind == "breakeven" and before.money and len(reading.models) == 1:
        edit = Edit(tuple(reading.models))  # a second one would make it the amount between two
    return _finished(edit, reading, before) if edit else None


def _finished(edit: Edit, reading: Reading, before: Question) -> Edit:
    """An edit with what else the text drops, and with what has to be asked noted."""
    if not edit.asks_which and (rest := without(reading.text, edit.models)):
        edit = edit._replace(models=rest.models)
    if edit.asks_which:
        reading.problems.append(
            Problem(
                kind="ambiguous_model",
                text=reading.names.mentions[0].text,
                suggestions=before.models,
            )
        )
    return edit


def _with_one(reading: Reading, before: Question) -> Edit | None:
    """What a single name does to the thread's models, where it is one of them or is set against one of them."""
    if TURNED_TO.search(reading.text) and reading.models[0] not in before.models:
        return Edit((*reading.models, before.models[0]))
    return _elsewhere(reading, before.models) or _of_the_pair(reading, before) or _paired(reading, before)


GIVEN_UP = re.compile(r"\b(?:replace|swap|switch|drop|remove|instead|out|one)\b")


def _given_up(reading: Reading, before: tuple[str, ...]) -> str | None:
    """Which of the thread's models is to be replaced, where that was asked back and this text hardly says more."""
    if not reading.names.mentions:
        return chosen(reading.text, reading.thread.model_copy(update={"choices": before}))
    words = GIVEN_UP.sub("", FILLER_WORDS.sub("", reading.amounts.rest))
    if len(reading.models) != 1 or re.search(r"[a-z]", words):
        return None
    return reading.models[0] if reading.models[0] in before else None


MEANT = re.compile(
    rf"(?:(?:sorry|oops|no|ah|oh|hm+|wait),? )*(?:(?:(?:i|we) (?:actually )?mean[t]?|actually|rather|sorry|oops|correction:?),? ){NAME}\W*"
)
"""Says what a name should have been."""


def _meant(reading: Reading, before: Question) -> Edit:
    """A name put right: what was not known, else the one of its family that the thread has instead."""
    (new,) = reading.models
    if any(each.kind == "unknown_model" for each in before.problems):
        return Edit(tuple(dict.fromkeys((*before.models, new))))
    words = [{each for each in tokens(name) if not each.isdigit()} for name in (new, *before.models)]
    alike = [old for old, spelled in zip(before.models, words[1:], strict=True) if spelled == words[0]]
    wrong = alike[-1] if alike else before.models[-1]
    return Edit(tuple(dict.fromkeys(new if each == wrong else each for each in before.models)))


def _moved(reading: Reading, before: tuple[str, ...]) -> Edit | None:
    """The thread's models at another host: "on azure?"."""
    host = reading.names.host
    if host is None or reading.is_catalog_wide or (reading.cue is not None and reading.cue not in COST_LIKE):
        return None
    moved: list[str] = []
    for each in before:
        found = reading.catalog.names.at(each, host)
        if isinstance(found, Named):
            moved.append(found.offering)
        elif isinstance(found, UnknownHost):
            label = reading.catalog.display_name(reading.catalog.offerings[each])
            reading.problems.append(not_there(label, found, reading))
    return Edit(tuple(moved))


def _elsewhere(reading: Reading, before: tuple[str, ...]) -> Edit | None:
    """One of the thread's models, named again at another host: it takes the old one's place."""
    (new,) = reading.models
    offerings = reading.catalog.offerings
    if new in before or not reading.names.host or reading.cue in ("compare", "profile", "cheapest"):
        return None
    if not any(offerings[each].model == offerings[new].model for each in before):
        return None
    return Edit(tuple(new if offerings[each].model == offerings[new].model else each for each in before))


OF_AN_ORDER = ("savings", "upgrade", "breakeven", "better", "difference")
OF_TWO = ("better", "upgrade", "savings", "cheapest", "difference", "compare", "choose", "performance", "breakeven")
MORE_THAN = re.compile(r"\b(?:more|less|cheaper|dearer|difference|gap|apart|than)\b")
"""Asks for an amount between two, not for one that is passed."""
TO_NAME = re.compile(
    rf"\b(?:is|are|would) {NAME}(?: be)? worth|{NAME} worth|\b(?:to|onto) {NAME}|\bhow much (?:cheaper|less) (?:is|does|would) {NAME}"
)


def _of_the_pair(reading: Reading, before: Question) -> Edit | None:
    """A question about the thread's two models that names only one of them, which comes first unless it is moved to."""
    (named,) = reading.models
    if len(before.models) != 2 or named not in before.models or reading.cue not in OF_TWO:
        return None
    if INSTEAD.search(reading.text) or JUST.search(reading.text):
        return None
    if reading.cue == "breakeven" and not MORE_THAN.search(reading.text):
        return None
    (other,) = (each for each in before.models if each != named)
    return Edit((other, named) if TO_NAME.search(reading.text) else (named, other))


COMPARED_WITH = re.compile(
    rf"^(?:(?:and|so|but) )?(?:is|are|would) {NAME} (?:be )?(?:any )?(?:cheaper|better|faster|dearer|more expensive|smarter|worse)\??$"
)
"""Asks how a new model does against the thread's."""
PAIRED = ("savings", "upgrade", "breakeven")


def _paired(reading: Reading, before: Question) -> Edit | None:
    """The first of the thread's models against a new one, where the question is about two."""
    (new,) = reading.models
    if len(before.models) == 1 and new not in before.models and COMPARED_WITH.search(reading.text):
        return Edit((before.models[0], new))
    goes_on = reading.cue is None and not (before.kind == "breakeven" and len(before.models) == 1)
    of_one = before.said.tier is not None or before.said.cached_share is not None
    if before.kind == "savings" and len(before.models) == 1 and of_one and reading.cue is None:
        return Edit((new,))
    asks = reading.cue if reading.cue in PAIRED else before.kind if goes_on else None
    if asks not in PAIRED or new in before.models or INSTEAD.search(reading.text) or SWAP.search(reading.text):
        return None
    return Edit((before.models[0], new))


def _completed(reading: Reading) -> Edit | None:
    """The pending question's models when this text names what was asked back, and hardly anything else."""
    thread = reading.thread
    named = list(reading.models)
    spelled = reading.text
    for each in reading.names.mentions:
        spelled = spelled.replace(NAME, each.text, 1)
    picked = None if named else chosen(reading.text, thread) or told_apart(spelled, thread.choices)
    if not named and not picked and reading.amounts.said.has_volume:
        rest = reading.amounts.rest
        for each in reading.names.mentions:
            rest = rest.replace(NAME, each.text, 1)
        picked = told_apart(re.sub(r"\b(?:at|for|with|and|make it)\b", " ", rest), thread.choices)
    if (
        not named
        and not picked
        and thread.choices
        and re.fullmatch(r"(?:the )?(?:cheapest|cheaper)(?: one)?[.!]?", reading.text)
    ):
        offerings = [reading.catalog.offerings[each] for each in thread.choices]
        picked = min(offerings, key=lambda each: (reading.catalog.blend(each, reading.today), each.id)).id
    if picked:
        reading.problems.clear()
        reading.slots.clear()
        named = [picked]
    elif not reading.names.mentions and reading.names.host and thread.choices:
        named = _at_the_host(reading, reading.names.host, thread.choices)
    words = re.sub(
        rf"{NAME}|\b(?:i mean|i meant|the|and|vs|or|sorry|yes|no|please|pls|make it|use|on|via|it's|its|with|"
        r"against|compare|to|than|from|then|that|one|for|or|it is|ok|oh|we're|we are|i'm|i am|currently|now|right|at the moment|already|using|running|run|coming|moving|our|current|model|is|of course|well|actually|just|what about|how about|what if|maybe|say|say it's)\b|[^\w]",
        " ",
        ON_HOST.sub(" ", reading.text) if named or reading.names.mentions else "x",
    ).strip()
    narrower = [each for each in reading.problems if each.kind == "ambiguous_model"]
    if not named and narrower and not words and thread.question is not None:
        return Edit(thread.question.models, completes=True)
    if not named or (words and not picked and not reading.amounts.said.has_volume):
        return None
    return _filled(reading, named)


def _at_the_host(reading: Reading, host: str, choices: tuple[str, ...]) -> list[str]:
    """What was asked back, at a host: one of the choices, or the same model there."""
    there = next((each for each in choices if each.startswith(f"{host}/")), None)
    found = Named(there) if there else reading.catalog.names.at(choices[0], host)
    if isinstance(found, UnknownHost):
        label = reading.catalog.display_name(reading.catalog.offerings[choices[0]])
        reading.problems.append(not_there(label, found, reading))
    return [found.offering] if isinstance(found, Named) else []


def _filled(reading: Reading, named: list[str]) -> Edit:
    """The open names of a pending question filled in, each where it is a choice, else in turn; what stays open is
    asked back again."""
    thread = reading.thread
    slots, gaps = list(thread.slots), [place for place, slot in enumerate(thread.slots) if slot is None]
    asked = list(zip(gaps, thread.open, strict=True)) if len(gaps) == len(thread.open) else []
    for each in named:
        fitting = next((place for place, problem in asked if each in problem.suggestions), gaps[0] if gaps else None)
        if fitting is None:
            slots.append(each)
            continue
        slots[fitting] = each
        gaps.remove(fitting)
        asked = [pair for pair in asked if pair[0] != fitting]
    still_open = [problem for _, problem in asked]
    if still_open:
        reading.problems += still_open
        reading.slots = slots
        reading.choices = still_open[0].suggestions
    return Edit(tuple(dict.fromkeys(filter(None, slots))), completes=True, slots=tuple(slots) if still_open else ())
