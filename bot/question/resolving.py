"""What the names of a text mean, in its thread: offerings, or what has to be asked back."""

import re
from datetime import timedelta

from bot.question import cues
from bot.question.amount_words import NAME, TIERS
from bot.question.model import Problem
from bot.question.naming import COMMON, Mention
from bot.question.reading import Reading
from bot.question.thread import choices_of, told_apart
from bot.question.words import FILLER_WORDS
from catalog.lookup import benchmark_words
from catalog.names import Ambiguous, Named, Unknown, UnknownHost


def resolve(reading: Reading) -> None:
    """Find the offerings that are meant, and note as problems what is not clear or not known."""
    _sort(reading)
    _coming(reading)
    _one_sided(reading)
    _strangers(reading)


def _sort(reading: Reading) -> None:
    """Sort the names into understood ones and problems."""
    for mention in reading.names.mentions:
        offering, problem = _resolved(mention, reading)
        reading.slots.append(offering)
        if offering and offering not in reading.models:
            reading.models.append(offering)
        if problem:
            reading.problems.append(problem)
            reading.choices = reading.choices or choices_of(mention.resolution) or problem.suggestions


def _one_sided(reading: Reading) -> None:
    """Where several tiers are named, each goes with the name that it stands at; of one model, they are its own."""
    text = reading.text
    asked = reading.thread.question
    if asked is not None and len(asked.models) > 1 and len(reading.models) == 1 and reading.models[0] in asked.models:
        if (tier := reading.amounts.said.tier) and ON_A_TIER.search(text):
            reading.tiers[reading.models[0]] = tier
        return
    said = sorted((match.start(), tier) for tier, pattern in TIERS.items() for match in pattern.finditer(text))
    if len({tier for _, tier in said}) < 2 or len(reading.slots) < 2 or NO_TIER.search(text):
        return
    for place, tier in said:
        before = text.count(NAME, 0, place)
        is_next = before == 0 or BETWEEN_NAMES.search(text[text.rindex(NAME, 0, place) : place])
        offering = reading.slots[min(before if is_next else before - 1, len(reading.slots) - 1)]
        if offering is not None and tier != "standard":
            reading.tiers[offering] = tier
    if len(reading.models) == 1:
        reading.tiers.clear()
        reading.cue = "savings"


ON_A_TIER = re.compile(rf"{NAME} (?:runs?|ran|is|were|was|goes|on|in|with|uses?)\b")
"""Puts one of the thread's models on a tier of its own."""
BETWEEN_NAMES = re.compile(r"\b(?:vs\.?|versus|or|and|than|against|to|with)\b|[,/]")
NO_TIER = re.compile(r"\b(?:no|without|not|instead of) (?:batch|flex|priority|fast)\b")


SOON = timedelta(days=120)
"""So far ahead a month without a year may be meant."""


def _coming(reading: Reading) -> None:
    """A day without a year, before which no model of the text had been released, is the next one of that name."""
    before = reading.thread.question
    models = reading.models or (list(before.models) if before else [])
    is_past = re.search(r"\b(?:did|was|were|had|used to)\b", reading.text)
    if (
        reading.on is None
        or is_past
        or not models
        or re.search(r"20\d\d", reading.text)
        or reading.on.endswith("02-29")
    ):
        return
    released = [reading.catalog.release(reading.catalog.offerings[each]) for each in models]
    if all(day and reading.on[: len(day)] < day[: len(reading.on)] for day in released):
        coming = f"{int(reading.on[:4]) + 1}{reading.on[4:]}"
        if coming[:10] <= (reading.today + SOON).isoformat()[: len(coming)]:
            reading.on = coming


def _resolved(mention: Mention, reading: Reading) -> tuple[str | None, Problem | None]:
    match mention.resolution:
        case Named(offering, assumed):
            if assumed:
                reading.assumed.append("model")
                label = reading.catalog.display_name(reading.catalog.offerings[offering])
                reading.notes.append(f"Read “{mention.text}” as {label}.")
            return offering, None
        case Ambiguous(choices):
            if here := _in_thread(mention, reading):
                return here, None
            return None, Problem(kind="ambiguous_model", text=mention.text, suggestions=choices)
        case UnknownHost():
            return None, not_there(mention.text, mention.resolution, reading)
        case Unknown(suggestions, nearest):
            problem = Problem(kind="unknown_model", text=mention.text, suggestions=suggestions, read_as=nearest)
            if nearest:
                reading.assumed.append("model")
                label = reading.catalog.display_name(reading.catalog.offerings[nearest])
                reading.notes.append(f"There is no “{mention.text}”; read as {label}.")
            return nearest, problem


def _in_thread(mention: Mention, reading: Reading) -> str | None:
    """The one model of the thread that a family names, "drop gemini"; not where the text asks after a new one."""
    before = reading.thread.question
    if (
        before is None
        or reading.command
        or len(before.models) < 2
        or None in reading.thread.slots
        or reading.names.host
    ):
        return None
    is_first = reading.names.mentions[0] is mention
    is_old = (
        DROPS.search(reading.text)
        or ONLYS.search(reading.text)
        or (is_first and SWAPS.search(reading.text))
        or (not is_first and INSTEAD_OF.search(reading.text))
    )
    return told_apart(mention.text, before.models) if is_old or not ADDS.search(reading.text) else None


def not_there(name: str, found: UnknownHost, reading: Reading) -> Problem:
    """That a host has no price for what is called so."""
    host = reading.catalog.providers[found.host].name
    return Problem(kind="unknown_host", text=f"{name} on {host}", suggestions=found.suggestions)


DROPS = re.compile(
    rf"\b(?:drop|remove|without|leave out|minus|exclude|lose|kick|kick out|get rid of|forget|scrap|ditch|skip|omit)(?: the| our)? {NAME}"
)
SWAPS = re.compile(
    rf"\b(?:replace|swap|switch|change|exchange|trade)(?: out)?(?: the| our)? {NAME} (?:with|for|to|by|against)\b"
)
ONLYS = re.compile(rf"\b(?:only|just) {NAME}|{NAME} (?:only|alone)\b")
INSTEAD_OF = re.compile(rf"{NAME} (?:instead of|rather than|in place of) (?:the )?{NAME}")
ADDS = re.compile(
    r"(?!^and (?:if|why|when|does|do|is|would|will|can)\b)\b(?:add|and|plus|vs|versus|or|instead|with|what about|how about|compare)\b|^\+"
)
ALONE = re.compile(
    r"\b(?:prices?|pricing|costs?|rates?|context(?: window)?|window|limits?|specs?|details?|profile|benchmarks?|about)"
    r" (?:of|for|on|about) ([a-z][\w.]*-[\w.-]+|[a-z][\w.-]*\d[\w.-]*|[a-z]{3,} \d{1,2}(?:\.\d{1,2})?)(?= at\b| for\b|[?.!,]|$)"
)
"""What a text without a known name asks about, where it is spelt like a name: "price of wizardlord 2"."""
BESIDE = re.compile(
    rf"{NAME}, ([a-z][\w.-]*),? (?:and|or|vs) {NAME}|{NAME}, {NAME},? (?:and|or) ([a-z][\w.-]*)(?=$| at\b|[?.!,])|"
    rf"\b(?:with|against) {NAME} (?:and|or) ([a-z][\w.-]*)(?=$| at\b|[?.!,])|"
    rf"\b(?:is|are) ([a-z]{{3,}}(?:[ -]\d[\w.]*)?) (?:better|cheaper|faster|worse|smarter|dearer|stronger) than {NAME}|"
    rf"\bcompar(?:e|ing|ison of) {NAME} (?:with|to|against|and) ([a-z][\w.-]*)(?: |[?.,!]|$)|(?:moving|switching|migrating|upgrade|upgrading|move|switch) from {NAME} to ([a-z][\w.-]*)(?: |[?.,!]|$)|{NAME} ?(?:vs\.?|versus|or|against|->) ?([a-z][\w.-]*)(?: |[?.,!]|$)|(?:^| )([a-z][\w.-]*) (?:vs\.?|versus) ?{NAME}"
)


def _strangers(reading: Reading) -> None:
    """Words that stand where a name should, and are none that is known: "gpt-5.4 vs blorp"."""
    found = [word for match in BESIDE.finditer(reading.text) for word in match.groups() if word]
    if reading.command == "/compare" and reading.names.mentions and not reading.cue_is_telling:
        found += re.findall(r"[a-z][\w.-]{2,}", FILLER_WORDS.sub(" ", reading.amounts.rest))
    if not reading.names.mentions and not reading.is_catalog_wide:
        found += [match[1] for match in ALONE.finditer(reading.text)]
    if unknown_host := ELSEWHERE.search(reading.text):
        _at_unknown_host(reading, unknown_host[1])
    for word in dict.fromkeys(found):
        if (
            word.strip(".-") in COMMON
            or cues.is_known_word(word)
            or tuple(benchmark_words(word)) in reading.catalog.benchmark_aliases
        ):
            continue
        meant = reading.catalog.names.find(word)
        suggestions = meant.suggestions if isinstance(meant, Unknown) else ()
        reading.problems.append(Problem(kind="unknown_model", text=word, suggestions=suggestions))
        reading.slots.append(None)


ELSEWHERE = re.compile(rf"{NAME} (?:on|via|at) ([a-z][a-z-]*(?:cloud|ai|labs?|hub|compute|stack|infra|inference))\b")


def _at_unknown_host(reading: Reading, word: str) -> None:
    """A host that is none on record: "gpt-5.4 on foobarcloud"; what is named there has no price."""
    if word in COMMON or cues.is_known_word(word) or reading.names.host or len(reading.models) != 1:
        return
    reading.problems.append(
        Problem(
            kind="unknown_host", text=f"{reading.names.mentions[0].text} on {word}", suggestions=tuple(reading.models)
        )
    )
    reading.models, reading.slots = [], [None]
