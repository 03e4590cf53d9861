"""The sentence of this room: text + thread -> Question, and the thread after it."""

import re
from datetime import date
from fractions import Fraction

from bot.question import cues
from bot.question.amount_words import HOW_MANY_REQUESTS, NAME
from bot.question.amounts import Amounts
from bot.question.carried import said_in
from bot.question.editing import edit_of
from bot.question.filters import DEAREST, count_of, order_of, place_of, without_dropped
from bot.question.finding import find
from bot.question.kinds import (
    FOLLOWS,
    NOT_ABOUT_MODELS,
    SPENT,
    is_wide,
    kind_asked,
    stands_alone,
    unread_words,
)
from bot.question.model import (
    FOREIGN,
    FOREIGN_MONEY,
    MOST_TOKENS,
    PER_MONTH,
    Counted,
    Kind,
    Problem,
    Question,
    Said,
    Span,
    Workload,
    exact,
)
from bot.question.reading import Reading
from bot.question.resolving import resolve
from bot.question.text import plain
from bot.question.thread import Edit, Thread
from bot.question.usage import (
    corrected_period,
    monthly_tokens,
    scaled,
    workload,
)
from catalog.lookup import Catalog

MOST_MODELS = 6
MOST_VOLUMES = 6
NEEDS_TWO = ("compare", "difference", "better", "upgrade")
NEEDS_MODELS = (
    *NEEDS_TWO,
    "cheapest",
    "cost",
    "budget",
    "savings",
    "breakeven",
    "performance",
    "choose",
    "profile",
    "attribute",
    "alternatives",
    "history",
)
BEST_MODEL = re.compile(
    r"\b(?:best|strongest|smartest|top|most (?:capable|intelligent|powerful))\b.*\b(?:models?|llms?)\b|"
    r"\b(?:which|what) (?:models?|llms?)\b.*\b(?:best|strongest|smartest|most (?:capable|intelligent|powerful))\b"
)
"""Asks for the best of all, not of some that are named."""
TO_THE_CHEAPER = re.compile(r"\bcheap(?:er|est)\b(?: (?:one|model|option|of))?")
NEW_FIRST = re.compile(
    rf"\b(?:to|onto|into|with) {NAME}[^{NAME}]*\bfrom {NAME}|{NAME} (?:instead of|rather than|in place of|over) {NAME}|"
    rf"{NAME}[^{NAME}]*\bto from {NAME}|\bwould {NAME} save\b[^{NAME}]*{NAME}|"
    rf"{NAME}[^{NAME}]*\b(?:worth|justif(?:y|ies|ied)|pays? off)\b[^{NAME}]*\b(?:over|than|of|to|with|versus|vs\.?|against) (?:\w+ )?{NAME}|"
    rf"\b(?:less|cheaper)\b.*{NAME} than (?:with |on |for |using )?{NAME}"
)
"""The new model before the old one."""


def read_question(text: str, thread: Thread, catalog: Catalog, today: date) -> tuple[Question, Thread]:
    """What a text asks, in its thread, and the thread after it. Never fails: what is not understood is said."""
    reading = find(plain(text), thread, catalog, today)
    question, after = _understood(reading)
    return _as_typed(question, text), after


def _as_typed(question: Question, text: str) -> Question:
    """What could not be understood in the letters in which it was typed."""
    problems, notes = [], question.notes
    for each in question.problems:
        found = re.search(re.escape(each.text), text, re.IGNORECASE)
        typed = found[0] if found else each.text
        problems.append(each.model_copy(update={"text": typed}))
        notes = tuple(note.replace(f"“{each.text}”", f"“{typed}”") for note in notes)
    return question.model_copy(update={"problems": tuple(problems), "notes": notes}) if problems else question


def _understood(reading: Reading) -> tuple[Question, Thread]:
    """The question of a reading, and the thread after it."""
    thread = reading.thread
    resolve(reading)
    before = thread.question
    edit = edit_of(reading)
    follows = edit is not None
    kind = _kind(reading, edit)
    if before is not None and not follows and not reading.names.mentions and kind not in NOT_ABOUT_MODELS:
        follows = not (
            reading.is_catalog_wide
            and not is_wide(before)
            and kind in ("cheapest", "list")
            and stands_alone(reading, before)
        )
        edit = Edit(before.models) if follows else None
    if kind == "unsupported" and cues.FOREIGN.search(reading.text):
        reading.notes.append(FOREIGN)
    models = _in_order(reading, kind, _models(reading, edit), edit)
    question = _question(reading, kind, models, before if follows else None)
    if question.kind == "help" and RESET.fullmatch(reading.text):
        return question, Thread(defaults=thread.defaults)
    if question.kind in NOT_ABOUT_MODELS:
        if question.kind in OF_THE_THREAD and before is not None:
            question = question.model_copy(
                update={"models": before.models, "said": before.said, "workload": before.workload}
            )
        if models and (question.kind in NOT_YET or (question.kind == "unsupported" and before is None)):
            kind = question.kind if question.kind == "mistakes" else "compare" if len(models) > 1 else "profile"
            held = question.model_copy(update={"kind": kind, "models": models})
            return question, Thread(question=held, defaults=thread.defaults)
        return question, thread
    return _kept(reading, question, models, edit, follows=follows)


def _kind(reading: Reading, edit: Edit | None) -> Kind:
    """The kind that a text asks in its thread, with what an edit of the thread's models makes of it."""
    before = reading.thread.question
    if before is None:
        return kind_asked(reading, None)
    follows = edit is not None
    is_of_list = follows and bool(reading.models) and not before.models
    kind = kind_asked(reading, None if is_of_list or (not follows and reading.names.mentions) else before)
    if is_of_list and kind in ("profile", "unsupported") and before.said.has_volume and not reading.cue_is_telling:
        kind = "cost"
    if follows and kind == "unsupported" and not reading.names.mentions:
        kind = before.kind
    if edit is not None and edit.completes:
        kind = "compare" if before.kind == "profile" and len(edit.models) > 1 else before.kind
    return kind


def _in_order(reading: Reading, kind: Kind, models: tuple[str, ...], edit: Edit | None) -> tuple[str, ...]:
    """The models from the old one to the new one, where a question goes from one to another."""
    catalog, before = reading.catalog, reading.thread.question
    if edit is None and kind in ("savings", "upgrade") and len(models) == 2 and NEW_FIRST.search(reading.text):
        return models[::-1]
    if reading.names.mentions or before is None:
        return models
    if kind == "upgrade" and before.kind != "upgrade":
        return tuple(sorted(models, key=lambda each: catalog.release(catalog.offerings[each])))
    if kind == "savings" and len(models) == 2 and TO_THE_CHEAPER.search(reading.text):
        return tuple(sorted(models, key=lambda each: -catalog.blend(catalog.offerings[each], reading.today)))
    return models


def _kept(
    reading: Reading, question: Question, models: tuple[str, ...], edit: Edit | None, *, follows: bool
) -> tuple[Question, Thread]:
    """A question about models, and what the thread remembers after it: it, and what is asked back."""
    thread, before = reading.thread, reading.thread.question
    pending = question.models != () or any(slot is None for slot in reading.slots) or bool(question.filters)
    is_open = any(
        each.kind in ("ambiguous_model", "unknown_model", "missing_model", "unknown_host") for each in question.problems
    )
    slots = tuple(reading.slots) or tuple(models)
    if any(each.kind == "missing_model" for each in question.problems) and models and None not in slots:
        is_target = question.kind in ("savings", "upgrade") and TARGET.search(reading.text)
        slots = (None, *slots) if is_target else (*slots, None)
    asked_all = question.problems
    asked = tuple(each for each in question.problems if each.kind in ASKED_BACK)
    if edit is not None and edit.completes and is_open:
        return question, thread.model_copy(
            update={
                "slots": edit.slots or thread.slots,
                "choices": reading.choices or thread.choices,
                "open": asked if edit.slots else thread.open,
            }
        )
    if before is not None and before.models and not models and is_open and not follows and _is_a_name_alone(reading):
        return question, thread
    if before is not None and edit is not None and not edit.asks_which and _is_one_of_several(asked):
        kept = edit.slots or (*question.models, *(None for slot in reading.slots if slot is None))
        held = question if question.models else before
        return question, Thread(
            question=held, slots=kept, choices=reading.choices, open=asked, defaults=thread.defaults
        )
    if before is not None and before.models and not models and is_open and follows:
        return question, thread
    if edit is not None and edit.asks_which:
        question = question.model_copy(update={"asks_which": True})
        return question, thread.model_copy(update={"replacement": reading.models[0]})
    if is_open and not follows and any(slot is None for slot in slots):
        return question, Thread(
            question=question, slots=slots, choices=reading.choices, open=asked, defaults=thread.defaults
        )
    if follows and models and question.kind in NEEDS_TWO and any(each.kind == "missing_model" for each in asked_all):
        return question, Thread(question=question, slots=(*models, None), defaults=thread.defaults)
    return question, Thread(question=question, slots=() if pending else (None,) * is_open, defaults=thread.defaults)


RESET = re.compile(r"(?:start over|start again|reset|(?:a )?new question|forget (?:all of it|everything)|clear)\W*")
"""Ends what a thread is about."""
NOT_YET: tuple[Kind, ...] = ("watch", "check", "mistakes")
"""Whose models a thread goes on from all the same."""
OF_THE_THREAD = ("method", "mistakes", "watch")
"""The kinds that are about the thread's models where they name none."""
ASKED_BACK = ("ambiguous_model", "unknown_model", "unknown_host")


TARGET = re.compile(rf"\b(?:to|onto|into|on|for) {NAME}|\b(?:is|are) {NAME} worth|{NAME} worth")
"""What is moved to, where what is moved from is not named."""


def _is_one_of_several(asked: tuple[Problem, ...]) -> bool:
    """Whether all that is asked back is which of several models is meant."""
    return bool(asked) and all(each.kind == "ambiguous_model" for each in asked)


def _is_a_name_alone(reading: Reading) -> bool:
    """Whether a text is nothing but a name that is not known, so that the thread stays what it was."""
    unknown = all(each.kind == "unknown_model" for each in reading.problems)
    return unknown and not (reading.cue_is_telling or reading.amounts.said.has_volume or unread_words(reading))


DATED = (
    "history",
    "changes",
    "compare",
    "cheapest",
    "cost",
    "savings",
    "budget",
    "breakeven",
    "difference",
    "upgrade",
    "list",
)
"""The kinds that a date is part of: the day whose prices count."""

ORDERED = ("list", "cheapest")
"""The kinds whose models may be put in another order than that of their costs."""

# --- models ---


def _models(reading: Reading, edit: Edit | None) -> tuple[str, ...]:
    models = edit.models if edit is not None else tuple(reading.models)
    if edit is not None:
        reading.notes += edit.notes
    if len(models) > MOST_MODELS:
        left = ", ".join(reading.catalog.display_name(reading.catalog.offerings[each]) for each in models[MOST_MODELS:])
        reading.problems.append(Problem(kind="too_many_models", text=left))
    return models[:MOST_MODELS]


# --- the whole ---


def _question(reading: Reading, kind: Kind, models: tuple[str, ...], before: Question | None) -> Question:
    amounts = reading.amounts
    about = kind not in NOT_ABOUT_MODELS
    said = said_in(reading, before)
    if reading.factor is not None:
        if said.has_volume:
            said = scaled(said, reading.factor)
        else:
            reading.problems.append(Problem(kind="not_understood", text=reading.factor.words[:60]))
    if before and monthly_tokens(said) > MOST_TOKENS and not amounts.bad:
        amounts.bad.append(reading.text)
        said = before.said
    filters = _filters(reading, before) if about else {}
    if models and kind != "alternatives":
        filters = {name: value for name, value in filters.items() if name == "provider"}
    if before and is_wide(before) and kind in ("cheapest", "list") and not reading.models:
        models = ()
    problems = list(reading.problems) if about else []
    if about:
        problems += [Problem(kind="bad_amount", text=each[:60]) for each in amounts.bad]
    kind, missing = _with_enough(
        kind,
        models,
        problems,
        reading,
        before,
        is_wide=not models
        and (bool(filters) or reading.is_catalog_wide or bool(before and not before.models and not before.problems)),
    )
    problems += missing
    if amounts.has_foreign_money and about:
        problems.append(Problem(kind="not_understood", text=FOREIGN_MONEY))
    money = amounts.money if amounts.money is not None else Fraction(before.money) if before and before.money else None
    tiers = reading.tiers or (before.tiers if before and not amounts.said.tier else {})
    if tiers:
        said = said.model_copy(update={"tier": None})
    volumes = _volumes(amounts, said) or (before.volumes if before and not amounts.said.has_volume else ())
    if volumes:
        said = said.model_copy(update={"total": None})
    counted = workload(said, reading.thread.defaults.input_share)
    carried = before if before and kind == before.kind else None
    if reading.thread.is_taken_up and before is not None:
        names = ", ".join(reading.catalog.display_name(reading.catalog.offerings[each]) for each in before.models)
        reading.notes.insert(0, f"Taking up your last comparison here: {names}.")
    return Question(
        kind=kind,
        models=models,
        tiers={each: tier for each, tier in tiers.items() if each in models},
        filters=filters,
        as_of=reading.today.isoformat(),
        problems=tuple(problems),
        said=said,
        workload=counted.model_copy(update={"assumed": (*counted.assumed, *dict.fromkeys(reading.assumed))}),
        money=exact(money) if money is not None and _is_part(kind, reading) else None,
        counting=_counting(reading, counted) if kind == "budget" else None,
        need=reading.need or (carried.need if carried else None),
        benchmark=reading.benchmark
        or (carried.benchmark if carried and kind == "performance" and not reading.need else None),
        attribute=_attribute(reading, kind, before),
        attributes=_attributes(reading) if kind == "attribute" else (),
        on=_on(reading, kind, before),
        span=_span(reading, before),
        dearest_first=bool(DEAREST.search(reading.text)),
        order=(order_of(reading.text) or (carried.order if carried else None)) if kind in ORDERED else None,
        volumes=volumes,
        wants_cheaper=bool((CHEAPER if kind == "alternatives" else LESS).search(reading.text))
        or bool(carried and carried.wants_cheaper),
        is_gap=bool(GAP.search(reading.text)),
        is_ahead=bool(AHEAD.search(reading.text)),
        most=count_of(reading.text) or (carried.most if carried else None),
        place=place_of(reading.text),
        defaults=reading.thread.defaults,
        notes=tuple(reading.notes),
    )


CHEAPER = re.compile(
    r"\bche[ae]p|\bless\b|\bnot (?:so|as|that|too|quite as) (?:expensive|pricey|costly|dear)\b|\b(?:save|cut|reduce|lower)\b|\bafford|\btoo (?:expensive|pricey|costly|dear)\b|\bpric(?:e|ey)\b|\bbudget\b|\bcosts?\b"
)
LESS = re.compile(r"\b(?:cheaper|less)\b")
GAP = re.compile(
    r"\b(?:difference|gap|apart|spread|delta|by how much|how much (?:cheaper|less|more|dearer|lower))\b|"
    r"\b(?:ratio|factor|how many times|percentage)\b|"
    r"\b(?:how many|how much|what) ?(?:%|percent\w*)|(?:%|\bpercent) (?:cheaper|less|more|lower|dearer)\b"
)
AHEAD = re.compile(
    r"\b(?:after (?:the|that|its) (?:price )?(?:rise|increase|change|cut|hike|drop)|soon|will|going to|gonna|about to|planned|announced|upcoming)\b"
)


def _span(reading: Reading, before: Question | None) -> Span:
    """What time a cost is asked for: that of the text, else the thread's, but a price per request gives way to usage."""
    if reading.span and not corrected_period(reading.text):
        return reading.span
    said = reading.amounts.said
    if before is None or (before.span == "request" and (said.has_volume or said.requests is not None)):
        return "month"
    return before.span


def _volumes(amounts: Amounts, said: Said) -> tuple[int, ...]:
    """The tokens a month of each volume, where several were named and nothing else is counted."""
    if len(set(amounts.volumes)) < 2 or said.requests is not None or said.input is not None or said.output is not None:
        return ()
    times = PER_MONTH[said.per or "month"] * (said.users or 1)
    return tuple(sorted({int(each * times) for each in amounts.volumes if each}))[:MOST_VOLUMES]


def _on(reading: Reading, kind: Kind, before: Question | None) -> str | None:
    """The day that is asked about, in a follow-up the thread's unless it speaks of today."""
    if kind not in DATED or (kind == "list" and any(each.kind == "not_understood" for each in reading.problems)):
        return None
    is_named = kind == "history" and bool(reading.names.mentions)
    goes_on = before is not None and (before.kind != "history" or is_named) and not TODAY.search(reading.text)
    return reading.on or (before.on if before and goes_on else None)


TODAY = re.compile(r"\b(?:today|now|currently|at the moment)\b")


def _filters(reading: Reading, before: Question | None) -> dict[str, str]:
    """What is looked through: a follow-up's filters beside the thread's, a new maker or host instead of the old one."""
    if reading.names.mentions and not reading.models and not reading.is_catalog_wide:
        return {}
    if before is None or reading.models or not (is_wide(before) or before.kind == "alternatives"):
        return reading.filters
    if (left := without_dropped(reading.text, before.filters)) is not None:
        return left
    kept = {
        name: value
        for name, value in before.filters.items()
        if not ("maker" in reading.filters and name in ("maker", "family", "provider"))
    }
    anew = {f"{name}_inclusive" for name in reading.filters}
    return {name: value for name, value in kept.items() if name not in anew} | reading.filters


def _attribute(reading: Reading, kind: Kind, before: Question | None) -> str | None:
    if kind == "performance" and cues.SPEED.search(reading.text):
        return "speed"
    if kind == "breakeven":
        return cues.shared_axis(reading.text)
    if kind == "method" and SOURCES.search(reading.text):
        return "sources"
    if kind == "history" and (reading.attribute or (before and before.attribute)) == "cached_input_price":
        return "cached_input_price"
    if kind != "attribute":
        return None
    if cues.FITS.search(reading.text) and (reading.amounts.window or reading.amounts.said.request_input):
        return "context_window"
    carried = before.attribute if before and before.kind == "attribute" else None
    return reading.attribute or ("price" if reading.amounts.said.tier else carried)


SOURCES = re.compile(
    r"\bwhere\b|\bsources?\b|\bcome from\b|\bofficial\b|\b(?:updated|refreshed|old|fresh|recent|current|up.to.date)\b"
)
"""Asks whence the figures come, or of when they are."""


def _is_part(kind: Kind, reading: Reading) -> bool:
    """Whether money is part of such a question; of a cost only where it is asked whether it is enough."""
    if kind == "cost":
        return bool(cues.WITHIN.search(reading.text))
    return kind in ("budget", "breakeven", "mistakes") or (kind == "savings" and bool(SPENT.search(reading.text)))


def _counting(reading: Reading, counted: Workload) -> Counted | None:
    """What a budget is counted in beside tokens."""
    if counted.tokens and cues.HOW_MANY_USERS.search(reading.text):
        return "users"
    is_sized = counted.request_input_tokens is not None and counted.requests is None
    return "requests" if is_sized or (counted.requests and HOW_MANY_REQUESTS.search(reading.text)) else None


def _attributes(reading: Reading) -> tuple[str, ...]:
    """All that is asked of a model in one breath; of several prices the one that counts."""
    parts = re.split(r",|&|\b(?:and|plus|or)\b", reading.amounts.rest)
    every = [found for part in parts if (found := cues.first_of(cues.ATTRIBUTES, part))]
    first = reading.attribute or ""
    kept = [each if not (each.endswith("price") and first.endswith("price")) else first for each in every]
    return tuple(dict.fromkeys(kept)) if first in kept else ()


def _with_enough(
    kind: Kind,
    models: tuple[str, ...],
    problems: list[Problem],
    reading: Reading,
    before: Question | None,
    *,
    is_wide: bool,
) -> tuple[Kind, list[Problem]]:
    """The kind that this many models allow, and the problem if there are too few."""
    if kind == "compare" and not models and not problems:
        words = re.sub(r"[^\w./ -]", " ", reading.amounts.rest if reading.command else "").strip()
        if words:
            return kind, [Problem(kind="unknown_model", text=words[:60])]
        if FOLLOWS.match(reading.text):
            return kind, [Problem(kind="missing_model", text=reading.text[:60])]
        return "help", []
    if kind not in NEEDS_MODELS or (is_wide and kind in ("cheapest", "list", "choose")):
        return kind, []
    if (
        kind in ("choose", "better", "performance")
        and not reading.slots
        and not models
        and BEST_MODEL.search(reading.text)
    ):
        return "choose" if reading.need or kind == "better" else kind, []
    open_names = sum(each.kind in ("unknown_model", "ambiguous_model", "unknown_host") for each in problems)
    count = len(models) + sum(slot is None for slot in reading.slots)
    if not count and not open_names:
        return kind, [Problem(kind="missing_model", text=reading.text.replace(NAME, "")[:60].strip() or "no model")]
    if (
        kind == "compare"
        and count == 1
        and before is not None
        and not reading.command
        and (before.said.has_volume or reading.amounts.said.has_volume)
    ):
        return "cost", []
    if kind == "compare" and count == 1:
        return "profile", [Problem(kind="missing_model", text="a second model")]
    if kind == "profile" and reading.command == "/compare" and count == 1:
        return kind, [Problem(kind="missing_model", text="a second model")]
    two = kind in NEEDS_TWO or (kind == "cheapest" and not is_wide)
    said = (reading.amounts.said, before.said if before and before.kind == "savings" else Said())
    one_is_enough = kind == "savings" and any(each.tier or each.cached_share is not None for each in said)
    if (two or (kind == "savings" and not one_is_enough)) and count == 1:
        return kind, [Problem(kind="missing_model", text="a second model")]
    return kind, []
