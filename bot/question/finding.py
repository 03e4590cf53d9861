"""What is found in one text: names, amounts, dates, filters, and the words that show what is asked."""

import re
from dataclasses import replace
from datetime import date

from bot.question import cues, phrases
from bot.question.amount_words import NAME
from bot.question.amounts import read_amounts
from bot.question.dates import date_of
from bot.question.filters import dates_of, filters_of, unused_words, wants_catalog
from bot.question.kinds import is_wide
from bot.question.model import Problem, Said, exact
from bot.question.naming import COMMON, Mention, read_names
from bot.question.numbers import with_figures_of_money
from bot.question.reading import Reading
from bot.question.spelling import mended
from bot.question.thread import Thread, with_shown
from bot.question.usage import factor_of
from bot.question.words import unkept_words
from catalog.lookup import Catalog, benchmark_words
from catalog.names import HOSTS, Ambiguous, Named, tokens

COMMAND = re.compile(r"^/(?:compare|model)\b ?")
GREETING = re.compile(
    r"^(?:(?:hi|hey|hello|ok|okay|so|well|please|pls|yo|hm+|umm?|ah|oh|cool|now|then|ouch|wow|whoa|damn|oof|haha+|lol|interesting|great|nice|"
    r"thanks|thx|alright|right|sure|yeah|yep|yes|perfect|good|got it|makes sense|fair enough|understood|no worries)[,!. ]+|"
    r"(?:fine|too much|too expensive|too pricey|better|forget that|leave it|not bad|as expected|of course|i see|too bad|never ?mind)[,!.]+ )+(?=\S)"
)

GLUED = re.compile(
    r"-(?=(?:level|class|grade|tier|like|quality)\b)|(?<=\d)(?=s (?:input|output|price|pricing|cost|context|cached|knowledge|release|max))"
)
"""Where a name ends that goes on with a word of its own: "gpt-5.4-level", "opus 5s output price"."""
TIMES = re.compile(r" x ?\((?=\d)")
"""So many requests of the size in brackets."""
SIGN_OFF = re.compile(
    r"(?:(?<=[.!?]) +best,(?: [a-z]+){0,2}|[.!?, ]+(?:all the best|best (?:regards|wishes)|(?:kind |warm )?regards|many thanks|"
    r"(?:thanks?|thank you|thx|cheers)(?: a lot| in advance| so much)?)[,.!]*(?: [a-z]+)?)[.!]*$"
)
"""What closes a letter, with a name or without."""


def find(text: str, thread: Thread, catalog: Catalog, today: date) -> Reading:
    """Everything that a plain text names: models, amounts, dates, a kind, filters, needs, attributes."""
    command = COMMAND.match(text)
    body = text[command.end() :] if command else text
    if not command and not cues.SMALL_TALK.fullmatch(text):
        body = SIGN_OFF.sub("", GREETING.sub("", text))
    body = _with_money(with_figures_of_money(body), thread)
    body = mended(TIMES.sub(" of (", GLUED.sub(" ", body)))
    listed = with_shown(_with_maker(_with_host(body, thread), thread, catalog), thread)
    names = read_names(_with_family(listed, thread, catalog), catalog.names)
    reading = Reading(names.text, command[0].strip() if command else "", names, thread, catalog, today)
    reading.is_of_shown = listed != body
    is_of_family = _families_as_filters(reading)
    reading.cue = phrases.kind_of(f"{reading.command} {reading.text}".strip() if reading.command else reading.text)
    is_of_thread = thread.question is not None and bool(thread.question.models) and reading.text.startswith("why")
    if reading.cue == "method" and names.mentions and "assum" not in reading.text and not is_of_thread:
        reading.cue = phrases.kind_of(reading.text, besides="method")
    if reading.cue == "list" and thread.question is not None and thread.question.models and SHOW_IT.match(reading.text):
        reading.cue = None
    goes_on = (
        thread.question is not None
        and (is_wide(thread.question) or thread.question.kind == "alternatives")
        and reading.cue in (None, "list", "cheapest")
    )
    reading.is_catalog_wide = not reading.names.mentions and (
        goes_on or wants_catalog(reading.text, reading.cue, names.host, is_of_family=is_of_family)
    )
    looks_around = reading.is_catalog_wide or reading.cue == "alternatives"
    bounds, undated = dates_of(reading.text, today) if looks_around else ({}, reading.text)
    if not bounds:
        undated = _read_date(reading)
    undated = _read_factor(reading, undated)
    reading.amounts = read_amounts(undated, wants_limits=looks_around and reading.cue != "budget")
    reading.notes += reading.amounts.notes
    unkept = unkept_words(reading.amounts.rest, reading.cue) if reading.is_catalog_wide else []
    unused = [*reading.amounts.unused, *unused_words(reading.text, is_wide=looks_around)]
    unused += [each for each in unkept if not any(each in other for other in unused)][:MOST_UNKEPT]
    for each in unused:
        reading.problems.append(Problem(kind="not_understood", text=each[:60]))
    rest = reading.amounts.rest
    reading.span = cues.span_of(rest)
    reading.benchmark = _benchmark(reading)
    reading.attribute = cues.first_of(cues.ATTRIBUTES, rest)
    reading.need = cues.first_of(cues.NEEDS, rest)
    reading.filters = filters_of(reading.text, reading.amounts, names.hosts, is_wide=looks_around) | bounds
    _window_as_filter(reading)
    return reading


MOST_UNKEPT = 3
"""So many words that were not understood are said."""
BARE_NUMBER = re.compile(r"(?:(?:and|what about|how about|with|make it) )*\d[\d.,]*\s?[km]?\??")


def _window_as_filter(reading: Reading) -> None:
    """A bare number in a thread that looks for models by their window, and not by a volume, is another window."""
    before, total = reading.thread.question, reading.amounts.said.total
    if before is None or total is None or before.said.has_volume or "min_context" not in before.filters:
        return
    if BARE_NUMBER.fullmatch(reading.text):
        reading.filters["min_context"] = exact(total)
        reading.amounts.said = Said()


BARE_VERSION = re.compile(
    r"(?:(?:and|what about|how about|ok|or|vs|versus|add|then|with|also|no|make it|use|try|oh|i meant|i mean|we meant|actually|sorry|rather|oops),? )*(?:the )?"
    r"(\d{1,2}(?:\.\d{1,2})?|sol|luna|terra)(?: one)?(?: instead| then| too)? ?\??"
)
"""A version or variant alone, in a thread: of the family that was named last."""


SHOW_IT = re.compile(
    r"(?:show|list|give)(?: me| us)? (?:the same|it|that|this|them|those|these|the (?:prices?|costs?|numbers?|table|bill))\b"
)
"""Asks for what the thread is about."""
BARE_MONEY = re.compile(
    r"((?:(?:and|or|what about|how about|with|make it|ok|now|say|for) )*)(\d[\d.,]{0,9}k?)((?: instead| then| a month)?\W*)"
)


def _with_money(text: str, thread: Thread) -> str:
    """A bare number after a budget is another one."""
    question = thread.question
    found = BARE_MONEY.fullmatch(text)
    if question is None or question.kind != "budget" or found is None:
        return text
    return f"{found[1]}${found[2]}{found[3]}"


def _with_maker(text: str, thread: Thread, catalog: Catalog) -> str:
    """A text with the maker of the thread's model for "from them"."""
    question = thread.question
    if question is None or len(question.models) != 1:
        return text
    maker = catalog.model(catalog.offerings[question.models[0]]).maker
    return FROM_THEM.sub(f"from {maker}", text)


FROM_THEM = re.compile(r"\b(?:from|by) (?:them|the same (?:maker|company|vendor|provider|lab))\b")


def _with_host(text: str, thread: Thread) -> str:
    """A text with the host that the thread's models are at for "there"."""
    question = thread.question
    if question is None or not question.models or not THERE.search(text):
        return text
    hosts = {each.partition("/")[0] for each in question.models}
    word = next((word for word, host in HOSTS.items() if hosts == {host}), None)
    return THERE.sub(f" on {word}", text) if word else text


THERE = re.compile(r" there(?=\W*$| too\b| as well\b| instead\b)")


def _with_family(text: str, thread: Thread, catalog: Catalog) -> str:
    """A follow-up that is a bare version or variant, with the family of the thread's last model before it."""
    to = TO_VERSION.search(text)
    alone = thread.question.models if thread.question is not None and len(thread.question.models) == 1 else ()
    if to and alone and (name := _of_family(alone[0], to[1], catalog, drops_variant=True)):
        return f"{text[: to.start(1)]}{name}{text[to.end(1) :]}"
    clause = re.split(r"(?<=[.!?,]) ", text, maxsplit=1)[0]
    found = BARE_VERSION.fullmatch(text) or BARE_VERSION.fullmatch(clause.rstrip(".!?,"))
    if not found or thread.question is None or not thread.question.models or None in thread.slots:
        return text
    is_version = found[1][0].isdigit()
    if is_version and CORRECTS.match(text):
        for each in reversed(thread.question.models):
            if name := _of_family(each, found[1], catalog):
                return f"{text[: found.start(1)]}{name}{text[found.end(1) :]}"
    name = _of_family(thread.question.models[-1], found[1], catalog, drops_variant=is_version)
    return f"{text[: found.start(1)]}{name}{text[found.end(1) :]}" if name else text


TO_VERSION = re.compile(
    r"\b(?:go(?:ing)? to|mov(?:e|ing) to|switch(?:ing)? to|upgrad(?:e|ing) to|vs\.?|versus|than|compared? (?:to|with)|against) (\d{1,2}\.\d{1,2})\b(?! ?(?:%|[kmb]\b|tokens?|x\b))"
)
"""A version that the thread's model is set against."""
CORRECTS = re.compile(r"(?:oh|no|sorry|oops|actually|i meant|we meant|i mean|rather)\b")
"""Begins what puts a version right that was typed before."""


def _of_family(offering: str, version: str, catalog: Catalog, *, drops_variant: bool = False) -> str:
    """The name of another version or variant of a model, empty where there is none."""
    words = tokens(offering.partition("/")[2])
    kept = [each for each in words if not (drops_variant and each in VARIANT_WORDS) and not each.isdigit()]
    if not version[0].isdigit():
        kept = [each for each in words if each not in VARIANT_WORDS]
    name = " ".join([*kept, version])
    return name if isinstance(catalog.names.find(name), Named) else ""


VARIANT_WORDS = ("sol", "luna", "terra", "preview")


def _read_date(reading: Reading) -> str:
    """Note the day or month that a text names; the text without it."""
    text = reading.text
    dated = date_of(text, reading.today)
    if not dated:
        return text
    reading.on, (start, end) = dated[0] or None, dated[1]
    if not dated[0]:
        reading.problems.append(Problem(kind="not_understood", text=text[start:end]))
        reading.notes.append(f"There is no {text[start:end]}, so prices are today's.")
    return f"{text[:start]} {text[end:]}"


_GOODS = r"(?:ai )?(?:models?|ones|family|families|lineup|range|offerings?|versions?|variants?|series)"
_FIRST = (
    r"(?:cheapest|least expensive|most affordable|lowest.priced|priciest|most expensive|dearest|newest|fastest|smartest|strongest|best|biggest|"
    r"largest|longest)"
)
OF_A_FAMILY = (
    re.compile(rf"{NAME}(?:'s)? {_GOODS}\b"),
    re.compile(rf"\b(?:models?|ones?) (?:does|do|did|has) {NAME} (?:have|offer|sell|make|got|provide)\b"),
    re.compile(
        rf"\b(?:models?|llms?|things?|ones?|options?|versions?) (?:of|from|by|that|in|among)? ?(?:the )?{NAME}"
        r"(?:'s\b| (?:sells?|offers?|has|makes?|got|family|lineup|range)\b|$)"
    ),
    re.compile(rf"\b{_FIRST} (?:\w+ )?(?:(?:of|among|in|from|by) (?:(?:all|the) )*)?{NAME}"),
    re.compile(
        rf"\b(?:which|what) {NAME}(?:'s)? (?:one )?(?:is|are|has|have|costs?|would|offers?|gives?|supports?|takes?|can|does|do|under|below|over|"
        r"with|without|for|retires?|came|released|should)\b"
    ),
    re.compile(rf"^{NAME}[:,] ?(?:the |what's the |which is )?{_FIRST}\b|\b{_FIRST} (?:one )?(?:by|from|of|at) {NAME}"),
)
"""What shows that a family or maker is looked through."""


def _read_factor(reading: Reading, text: str) -> str:
    """Note how many times as much a text asks for; the text without it, but for a number that it is followed by."""
    found = factor_of(text)
    if found is None:
        return text
    reading.factor, (start, end) = found
    return f"{text[:start]} {text[end:]}"


def _families_as_filters(reading: Reading) -> bool:
    """Whether a text names a family that is looked through, not a model that is asked about, "the cheapest claude": it is
    a word then."""
    _makers_as_words(reading)
    mentions = reading.names.mentions
    if any(isinstance(each.resolution, Named) or re.search(r"\d", each.text) for each in mentions) or not mentions:
        return False
    text = reading.names.text
    wide = any(pattern.search(text) for pattern in OF_A_FAMILY)
    if wide and all(isinstance(each.resolution, Ambiguous) for each in mentions):
        for each in mentions:
            text = text.replace(NAME, each.text, 1)
        reading.names = replace(reading.names, text=text, mentions=[])
        reading.text = text
        return True
    return False


def _makers_as_words(reading: Reading) -> None:
    """ "a mistral alternative to gpt-5.4", "from deepseek": who should make it, not a model."""
    text = reading.names.text
    kept: list[Mention] = []
    at = -1
    for each in reading.names.mentions:
        at = text.find(NAME, at + 1)
        before = reading.thread.question
        goes_on = before is not None and is_wide(before)
        is_maker = each.text in cues.MAKERS or (goes_on and each.text in cues.FAMILY_MAKERS)
        if (
            is_maker
            and isinstance(each.resolution, Ambiguous)
            and (goes_on or ALTERNATIVE.match(text[at + 1 :]) or MADE_BY.search(text[:at]))
        ):
            text = text[:at] + each.text + text[at + 1 :]
        else:
            kept.append(each)
    if len(kept) < len(reading.names.mentions):
        reading.names = replace(reading.names, text=text, mentions=kept)
        reading.text = text


ALTERNATIVE = re.compile(r" (?:\w+ )?(?:alternatives?|replacements?|substitutes?|equivalents?)\b")
MADE_BY = re.compile(r"\b(?:from|by|made by) $")
WRITER = re.compile(r"\b(?:better|best|stronger) writer\b|\bwrites? (?:the )?(?:better|best)\b")
ON_SOMETHING = re.compile(rf"{NAME}[^{NAME}]*{NAME} on ([a-z][\w-]{{4,}})\??$")
"""What two models are asked about, "A vs B on ZebraLogic": a test, where the word means nothing else."""


def _benchmark(reading: Reading) -> str | None:
    """The benchmark that is asked about, as the catalog names it, or as the asker does where it has none such."""
    text = reading.text
    words, known = benchmark_words(text), reading.catalog.benchmark_aliases
    for size in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            if name := known.get(tuple(words[start : start + size])):
                return name
    if WRITER.search(text) and "code" not in text:
        return known.get(tuple(benchmark_words("creative writing")))
    if cues.HALLUCINATION.search(text):
        return "Vectara hallucination rate"
    unknown = cues.UNKNOWN_BENCHMARK.search(text)
    if (last := ON_SOMETHING.search(text)) and last[1] not in COMMON and not cues.is_known_word(last[1]):
        return last[1]
    return unknown[1] if unknown and unknown[1] not in ("benchmark", "eval", "bench", "evaluation", "arena") else None
