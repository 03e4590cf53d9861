"""The sentence of this room: text + thread -> Question, and the thread after it."""

import re
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from bot.question import cues
from bot.question.amounts import NAME, Amounts, read_amounts
from bot.question.filters import SUPERLATIVE, filters_of, wants_catalog
from bot.question.model import Kind, Problem, Question, Said, Span, exact
from bot.question.naming import COMMON, Mention, Names, read_names
from bot.question.text import plain
from bot.question.thread import Edit, Thread, choices_of, chosen, edited
from bot.question.usage import changed, workload
from catalog.lookup import Catalog, benchmark_words
from catalog.names import Ambiguous, Named, Unknown, UnknownHost

MOST_MODELS = 6
NEEDS_TWO = ("compare", "difference", "better", "upgrade")
NEEDS_MODELS = (*NEEDS_TWO, "cheapest", "cost", "budget", "savings", "breakeven", "performance", "choose", "profile",
                "attribute", "alternatives", "history")
COST_LIKE = ("compare", "cheapest", "cost", "savings", "budget", "breakeven")
NOT_ABOUT_MODELS: tuple[Kind, ...] = ("help", "method", "changes", "watch", "check", "mistakes", "unsupported")
COMMAND = re.compile(r"^/(?:compare|model)\b ?")
GREETING = re.compile(r"^(?:hi|hey|hello|ok|okay|so|well|please|pls|yo)[,!.]? (?=\S)")


@dataclass
class _Reading:
    """Everything found in one text."""

    text: str
    """Plain, with NAME where a model is named."""
    command: str
    names: Names
    thread: Thread
    catalog: Catalog
    today: date
    amounts: Amounts = field(default_factory=Amounts)
    cue: Kind | None = None
    on: str | None = None
    need: str | None = None
    benchmark: str | None = None
    attribute: str | None = None
    span: Span | None = None
    filters: dict[str, str] = field(default_factory=dict)
    is_catalog_wide: bool = False
    models: list[str] = field(default_factory=list)
    slots: list[str | None] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def cue_is_telling(self) -> bool:
        """Whether the words ask something other than a plain comparison."""
        return self.cue not in (None, "compare")


def read_question(text: str, thread: Thread, catalog: Catalog, today: date) -> tuple[Question, Thread]:
    """What a text asks, in its thread, and the thread after it. Never fails: what is not understood is said."""
    reading = _read(plain(text), thread, catalog, today)
    _resolve(reading)
    _strangers(reading)
    before = thread.question
    edit = _edit(reading)
    follows = edit is not None
    kind = _kind(reading, before if follows or not reading.names.mentions else None)
    if before is not None and edit is not None and edit.completes:
        kind = before.kind
    if before is not None and not follows and not reading.names.mentions and kind not in NOT_ABOUT_MODELS:
        follows = not (reading.is_catalog_wide and not _is_wide(before) and kind in ("cheapest", "list") and _stands_alone(reading, before))
        edit = Edit(before.models) if follows else None
    models = _models(reading, edit)
    question = _question(reading, kind, models, before if follows else None)
    if question.kind in NOT_ABOUT_MODELS:
        if question.kind == "method" and before is not None:
            question = question.model_copy(update={"models": before.models, "said": before.said, "workload": before.workload})
        return question, thread
    pending = question.models != () or any(slot is None for slot in reading.slots) or bool(question.filters)
    is_open = any(each.kind in ("ambiguous_model", "unknown_model", "missing_model", "unknown_host")
                  for each in question.problems)
    slots = tuple(reading.slots) or tuple(models)
    if edit is not None and edit.asks_which:
        return question, thread.model_copy(update={"replacement": reading.models[0]})
    if is_open and not follows and any(slot is None for slot in slots):
        return question, Thread(question=question, slots=slots, choices=reading.choices)
    return question, Thread(question=question, slots=() if pending else (None,) * is_open)


# --- finding ---


def _read(text: str, thread: Thread, catalog: Catalog, today: date) -> _Reading:
    command = COMMAND.match(text)
    body = text[command.end():] if command else text if cues.SMALL_TALK.fullmatch(text) else GREETING.sub("", text)
    names = read_names(body, catalog.names)
    reading = _Reading(names.text, command[0].strip() if command else "", names, thread, catalog, today)
    dated = cues.date_of(names.text, today)
    undated = names.text
    if dated:
        reading.on = dated[0]
        undated = undated[:dated[1][0]] + " " + undated[dated[1][1]:]
    _families_as_filters(reading)
    reading.cue = cues.kind_of(f"{reading.command} {reading.text}".strip() if reading.command else reading.text)
    goes_on = thread.question is not None and _is_wide(thread.question) and reading.cue in (None, "list", "cheapest")
    reading.is_catalog_wide = not reading.names.mentions and (goes_on or wants_catalog(reading.text, reading.cue, names.host))
    reading.amounts = read_amounts(_unnamed(reading, undated), wants_limits=reading.is_catalog_wide and reading.cue != "budget")
    rest = reading.amounts.rest
    reading.span = cues.span_of(rest)
    reading.benchmark = _benchmark(reading)
    reading.attribute = cues.first_of(cues.ATTRIBUTES, rest)
    reading.need = cues.first_of(cues.NEEDS, rest)
    reading.filters = filters_of(reading.text, reading.amounts.limits, names.host, is_wide=reading.is_catalog_wide)
    return reading


def _unnamed(reading: _Reading, undated: str) -> str:
    return undated if reading.text == reading.names.text else reading.text


def _families_as_filters(reading: _Reading) -> None:
    """"claude models", "the cheapest claude": a family that is looked through, not a model that is asked about."""
    mentions = reading.names.mentions
    if any(isinstance(each.resolution, Named) or re.search(r"\d", each.text) for each in mentions) or not mentions:
        return
    text = reading.names.text
    wide = re.search(rf"{NAME}(?:'s)? (?:ai )?(?:models?|family|lineup|range|offerings?)\b|\b(?:cheapest|least expensive|most affordable|"
                     rf"lowest.priced|priciest|most expensive) (?:of (?:the )?)?{NAME}", text)
    if wide and all(isinstance(each.resolution, Ambiguous) for each in mentions):
        for each in mentions:
            text = text.replace(NAME, each.text, 1)
        reading.names = Names(text, [], reading.names.host)
        reading.text = text


def _benchmark(reading: _Reading) -> str | None:
    """The benchmark that is asked about, as the catalog names it, or as the asker does where it has none such."""
    text = reading.text
    words, known = benchmark_words(text), reading.catalog.benchmark_aliases
    for size in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            if name := known.get(tuple(words[start:start + size])):
                return name
    if cues.HALLUCINATION.search(text):
        return "Vectara hallucination rate"
    unknown = cues.UNKNOWN_BENCHMARK.search(text)
    return unknown[1] if unknown and unknown[1] not in ("benchmark", "eval", "bench", "evaluation", "arena") else None


# --- models ---


def _resolve(reading: _Reading) -> None:
    """Sort the names into understood ones and problems."""
    for mention in reading.names.mentions:
        offering, problem = _resolved(mention, reading)
        reading.slots.append(offering)
        if offering and offering not in reading.models:
            reading.models.append(offering)
        if problem:
            reading.problems.append(problem)
            reading.choices = reading.choices or choices_of(mention.resolution) or problem.suggestions


def _resolved(mention: Mention, reading: _Reading) -> tuple[str | None, Problem | None]:
    match mention.resolution:
        case Named(offering, assumed):
            if assumed:
                reading.assumed.append("model")
                label = reading.catalog.display_name(reading.catalog.offerings[offering])
                reading.notes.append(f"Read “{mention.text}” as {label}.")
            return offering, None
        case Ambiguous(choices):
            return None, Problem(kind="ambiguous_model", text=mention.text, suggestions=choices)
        case UnknownHost(suggestions):
            return None, Problem(kind="unknown_host", text=mention.text, suggestions=suggestions)
        case Unknown(suggestions, nearest):
            problem = Problem(kind="unknown_model", text=mention.text, suggestions=suggestions)
            if nearest:
                reading.assumed.append("model")
                label = reading.catalog.display_name(reading.catalog.offerings[nearest])
                reading.notes.append(f"There is no “{mention.text}”; read as {label}.")
            return nearest, problem


BESIDE = re.compile(rf"{NAME} ?(?:vs\.?|versus|or|against|->) ?([a-z][\w.-]*)(?: |[?.,!]|$)|(?:^| )([a-z][\w.-]*) (?:vs\.?|versus) ?{NAME}")


def _strangers(reading: _Reading) -> None:
    """Words that stand where a name should, and are none that is known: "gpt-5.4 vs blorp"."""
    found = [word for match in BESIDE.finditer(reading.text) for word in match.groups() if word]
    if reading.command == "/compare" and reading.names.mentions and not reading.cue_is_telling:
        found += re.findall(r"[a-z][\w.-]{2,}", FILLER_WORDS.sub(" ", reading.amounts.rest))
    for word in dict.fromkeys(found):
        if word.strip(".-") in COMMON or cues.is_known_word(word) or tuple(benchmark_words(word)) in reading.catalog.benchmark_aliases:
            continue
        meant = reading.catalog.names.find(word)
        suggestions = meant.suggestions if isinstance(meant, Unknown) else ()
        reading.problems.append(Problem(kind="unknown_model", text=word, suggestions=suggestions))
        reading.slots.append(None)


def _edit(reading: _Reading) -> Edit | None:
    """What the names of a follow-up do to the thread's models; None for a question of its own."""
    thread, before = reading.thread, reading.thread.question
    if before is None or reading.command:
        return None
    if None in thread.slots and (completed := _completed(reading)):
        return completed
    if thread.replacement and len(reading.models) == 1 and reading.models[0] in before.models and not _words(reading):
        return Edit(tuple(dict.fromkeys(thread.replacement if each == reading.models[0] else each for each in before.models)))
    if not reading.names.mentions or (reading.cue == "savings" and len(reading.models) > 1):
        return None
    if not before.models:
        return None
    labels = {each: reading.catalog.display_name(reading.catalog.offerings[each]) for each in reading.models}
    edit = edited(reading.text, before.models, tuple(reading.models), labels)
    if edit and edit.asks_which:
        reading.problems.append(Problem(kind="ambiguous_model", text=f"{reading.names.mentions[0].text} instead of which one", suggestions=before.models))
    return edit


def _completed(reading: _Reading) -> Edit | None:
    """The pending question's models when this text names what was asked back, and hardly anything else."""
    thread = reading.thread
    named = list(reading.models)
    picked = None if reading.names.mentions else chosen(reading.text, thread)
    if picked:
        named = [picked]
    elif not reading.names.mentions and reading.names.host:
        named = [each for each in thread.choices if each.startswith(f"{reading.names.host}/")][:1]
    words = re.sub(rf"{NAME}|\b(?:i mean|i meant|the|and|vs|or|sorry|yes|no|please|pls|make it|use|on|via|it's|its|with|"
                   r"against|compare|to|then|that|one)\b|[^\w]", " ", reading.text if named else "x").strip()
    if not named or (words and not picked and not reading.amounts.said.has_volume and not set(words.split()) <= set(
            str(reading.names.host).split())):
        return None
    waiting = iter(named)
    filled = [slot or next(waiting, None) for slot in thread.slots]
    return Edit(tuple(dict.fromkeys(each for each in (*filled, *waiting) if each)), completes=True)


def _models(reading: _Reading, edit: Edit | None) -> tuple[str, ...]:
    models = edit.models if edit is not None else tuple(reading.models)
    if edit is not None:
        reading.notes += edit.notes
    if len(models) > MOST_MODELS:
        left = ", ".join(reading.catalog.display_name(reading.catalog.offerings[each]) for each in models[MOST_MODELS:])
        reading.problems.append(Problem(kind="too_many_models", text=left))
    return models[:MOST_MODELS]


# --- kinds ---


def _stands_alone(reading: _Reading, before: Question) -> bool:
    """Whether a catalog-wide question is one of its own, not "which is cheapest?" about the thread's models."""
    return bool(reading.filters) or not before.models or reading.cue == "list" or bool(
        re.search(r"\bmodels?\b|\boverall\b|\bof all\b", reading.text))


def _kind(reading: _Reading, before: Question | None) -> Kind:
    """The kind, from the words and from what is there; a follow-up keeps its thread's unless it asks another."""
    text = reading.text
    bare = text.strip(" ?!.,:;-'\"")
    if not bare or (cues.SMALL_TALK.fullmatch(text.strip()) and not _asks_something(reading)):
        return "help"
    if cues.FOREIGN.search(text) or cues.FOREIGN_VERB.search(text):
        return "unsupported"
    cue = _checked_cue(reading, before)
    if cue in NOT_ABOUT_MODELS:
        return cue
    if cue is not None and cue not in ("compare", "profile") and (cue != "list" or reading.amounts.limits):
        return cue
    return _plain_kind(reading, cue, before)


def _asks_something(reading: _Reading) -> bool:
    said = reading.amounts.said
    return bool(reading.names.mentions or said.has_volume or _has_usage(said) or reading.span or reading.attribute
                or reading.need or reading.amounts.money or said.input_share is not None)


def _checked_cue(reading: _Reading, before: Question | None) -> Kind | None:
    """The cue's kind where the text has what that kind needs."""
    cue, text, said = reading.cue, reading.text, reading.amounts.said
    count = len(reading.names.mentions) or (len(before.models) if before else 0)
    money = reading.amounts.money is not None
    if cue in ("changes", "history"):
        if not count and cue == "history" and not before:
            return "changes"
        return "history" if count and not said.has_volume else (cue if cue == "changes" else None)
    if cue in ("watch", "check", "mistakes", "method"):
        return cue if cue != "method" or not reading.names.mentions or "assum" in text else None
    if reading.on and count and not said.has_volume and (cues.COST.search(text) or (before and before.kind == "history")):
        return "history"
    if cue == "savings" and count < 2 and not (said.tier or said.cached_share is not None) and not before:
        return "savings"
    if cue == "budget" and not money:
        cue = cues.kind_of(re.sub(r"\bhow (?:many|much|far)\b|\bbudget\b", " ", text))
    if cue == "breakeven" and not money and count < 2 and not reading.names.mentions:
        return cue if before is None else None
    if (reading.benchmark or cues.SPEED.search(text)) and cue not in ("savings", "breakeven", "budget", "list", "upgrade"):
        return "performance" if cue != "cheapest" or not reading.is_catalog_wide else cue
    if cue == "cheapest" and re.search(r"\b(?:how many|how much|\d+) ?(?:times|x)\b|\btimes (?:as|more)\b", text) and (
            reading.attribute in cues.PRICES):
        return "attribute"
    if cue == "cheapest" and reading.is_catalog_wide and reading.amounts.limits and not SUPERLATIVE.search(text):
        return "list"
    if cue == "difference" and said.has_volume and cues.COST.search(text):
        return "cheapest"
    if cue == "better" and money and cues.COST.search(text):
        return None
    return cue


def _plain_kind(reading: _Reading, cue: Kind | None, before: Question | None) -> Kind:
    """Where no telling word is there: by names, volume and what is asked of them."""
    text, said = reading.text, reading.amounts.said
    named = len(reading.slots)
    if reading.command == "/model" or (cue == "profile" and named):
        return "profile"
    if cue == "list" and not named and reading.is_catalog_wide:
        return "list"
    if before is not None and (kind := _follow_up_kind(reading, before)):
        return kind
    if cue == "compare" and (named > 1 or reading.command):
        only = named == 1 and len(reading.models) < 2
        return "profile" if only else "compare" if named else _commanded(reading)
    if reading.amounts.money is not None and named and not said.has_volume and re.search(r"\$|dollars?", text):
        if len(re.sub(r"[^a-z]", "", reading.amounts.rest)) < 20:
            return "budget"
    if named and reading.attribute and not said.has_volume and not reading.amounts.bad and (
            reading.attribute != "price" or named == 1) and said.requests is None and not _sized_for_cost(said):
        return "attribute"
    if named and (said.has_volume or _has_usage(said) or reading.amounts.bad):
        return "compare" if named > 1 and not cues.COST.search(text) else "cost"
    if named > 1 and (cue == "compare" or not _words(reading)):
        return "compare"
    if named > 1 and cues.COST.search(text):
        return "compare"
    if cue == "compare" and named:
        return "compare"
    if named == 1 and not _words(reading):
        return "profile"
    if cues.COST.search(text) and (said.has_volume or named or _has_usage(said)):
        return "cost"
    if reading.is_catalog_wide and reading.filters:
        return "list"
    return "unsupported"


def _commanded(reading: _Reading) -> Kind:
    """/compare without a name that is known."""
    return "cost" if reading.amounts.said.has_volume else "compare"


def _has_usage(said: Said) -> bool:
    return any(each is not None for each in (said.requests, said.request_input, said.request_output, said.request_total,
                                             said.cached_share, said.tier))


def _sized_for_cost(said: Said) -> bool:
    """Whether the size of a request is there to be priced, not to pick a band."""
    return said.request_output is not None or said.request_total is not None


FILLER_WORDS = re.compile(r"\b(?:the|a|an|please|pls|plz|for|me|us|my|our|of|on|and|or|in|with|to|at|is|are|it|what|whats|what's|how|about|"
                    r"then|now|ok|so|hey|hi|vs|versus|models?|can|you|do|does|we|i|just|show|give|see|look|up|thx|thanks|"
                    r"between|both|each|all|these|this|s|today|currently|right|api|llm|ai)\b")


def _words(reading: _Reading) -> str:
    """The words of a text that carry something that was not understood."""
    return re.sub(r"[^a-z]", "", FILLER_WORDS.sub("", reading.amounts.rest))


def _follow_up_kind(reading: _Reading, before: Question) -> Kind | None:
    """What a follow-up without a telling word asks."""
    text, said = reading.text, reading.amounts.said
    named = bool(reading.names.mentions)
    asks_cost = said.has_volume or _has_usage(said) or said.input_share is not None or reading.amounts.bad
    money = reading.amounts.money is not None
    if _is_wide(before) and (reading.filters or asks_cost):
        return before.kind
    if money and before.kind in ("budget", "breakeven"):
        return before.kind
    if money and not asks_cost:
        return "budget"
    if asks_cost or reading.span:
        if before.kind in (*COST_LIKE, "list", "alternatives"):
            return before.kind
        return "cost" if before.models else None
    if reading.attribute and not named and not (reading.attribute == "price" and before.kind in COST_LIKE):
        return "attribute"
    if reading.need and not named:
        return "choose"
    if named or cues.COST.search(text) or reading.names.host:
        if before.kind == "profile" and named and not re.search(r"\binstead\b", text):
            return "compare"
        return before.kind
    return None


# --- the whole ---


def _question(reading: _Reading, kind: Kind, models: tuple[str, ...], before: Question | None) -> Question:
    amounts = reading.amounts
    about = kind not in NOT_ABOUT_MODELS
    said = changed(before.said, amounts.said) if before else amounts.said
    filters = _filters(reading, before) if about else {}
    if before and _is_wide(before) and kind in ("cheapest", "list"):
        models = ()
    problems = list(reading.problems) if about else []
    if about:
        problems += [Problem(kind="bad_amount", text=each[:60]) for each in amounts.bad]
    kind, missing = _with_enough(kind, models, problems, reading, is_wide=not models and (
        bool(filters) or reading.is_catalog_wide or bool(before and not before.models)))
    problems += missing
    if amounts.has_foreign_money and about:
        problems.append(Problem(kind="not_understood", text="another currency"))
    money = amounts.money if amounts.money is not None else Fraction(before.money) if before and before.money else None
    counted = workload(said)
    carried = before if before and kind == before.kind else None
    if reading.thread.is_taken_up and before is not None:
        names = ", ".join(reading.catalog.display_name(reading.catalog.offerings[each]) for each in before.models)
        reading.notes.insert(0, f"Taking up your last comparison here: {names}.")
    return Question(
        kind=kind, models=models, filters=filters, as_of=reading.today.isoformat(), problems=tuple(problems), said=said,
        workload=counted.model_copy(update={"assumed": (*counted.assumed, *dict.fromkeys(reading.assumed))}),
        money=exact(money) if money is not None and kind in ("budget", "breakeven", "mistakes") else None,
        need=reading.need or (carried.need if carried else None),
        benchmark=reading.benchmark or (carried.benchmark if carried and kind == "performance" and not reading.need else None),
        attribute=_attribute(reading, kind), on=reading.on if kind in ("history", "changes") else None,
        span=reading.span or (before.span if before else "month"), notes=tuple(reading.notes))


def _filters(reading: _Reading, before: Question | None) -> dict[str, str]:
    """What is looked through: a follow-up's filters beside the thread's, a new maker or host instead of the old one."""
    if before is None or not _is_wide(before):
        return reading.filters
    kept = {name: value for name, value in before.filters.items()
            if not ("maker" in reading.filters and name in ("maker", "family", "provider"))}
    return kept | reading.filters


def _is_wide(question: Question) -> bool:
    """Whether a question looked through the catalog."""
    return question.kind in ("cheapest", "list") and not question.models and not any(
        each.kind == "missing_model" for each in question.problems)


def _attribute(reading: _Reading, kind: Kind) -> str | None:
    if kind == "performance" and cues.SPEED.search(reading.text):
        return "speed"
    return reading.attribute if kind == "attribute" else None


def _with_enough(kind: Kind, models: tuple[str, ...], problems: list[Problem], reading: _Reading, *,
                 is_wide: bool) -> tuple[Kind, list[Problem]]:
    """The kind that this many models allow, and the problem if there are too few."""
    if kind == "compare" and not models and not problems:
        words = re.sub(r"[^\w./ -]", " ", reading.amounts.rest if reading.command else "").strip()
        if words:
            return kind, [Problem(kind="unknown_model", text=words[:60])]
        return "help", []
    if kind not in NEEDS_MODELS or (is_wide and kind in ("cheapest", "list", "choose")):
        return kind, []
    open_names = sum(each.kind in ("unknown_model", "ambiguous_model", "unknown_host") for each in problems)
    count = len(models) + sum(slot is None for slot in reading.slots)
    if not count and not open_names:
        return kind, [Problem(kind="missing_model", text=reading.text.replace(NAME, "")[:60].strip() or "no model")]
    if kind == "compare" and count == 1:
        return "profile", [Problem(kind="missing_model", text="a second model")]
    if kind == "profile" and reading.command == "/compare" and count == 1:
        return kind, [Problem(kind="missing_model", text="a second model")]
    two = kind in NEEDS_TWO or (kind == "cheapest" and not is_wide)
    one_is_enough = kind == "savings" and (reading.amounts.said.tier or reading.amounts.said.cached_share is not None)
    if (two or (kind == "savings" and not one_is_enough)) and count == 1:
        return kind, [Problem(kind="missing_model", text="a second model")]
    return kind, []
