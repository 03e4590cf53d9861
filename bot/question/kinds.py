"""Which kind of question a text asks, from its words and from what is there."""

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.question import cues, phrases
from bot.question.amount_words import NAME
from bot.question.filters import SUPERLATIVE, count_of, without_dropped
from bot.question.model import Kind, Question, Said, Span
from bot.question.reading import Reading
from bot.question.thread import BARE, PRONOUN, REVERSED, WITHOUT_IT
from bot.question.usage import corrected_period
from bot.question.words import FILLER_WORDS, unknown_words

KEPT = (
    "compare",
    "cheapest",
    "cost",
    "savings",
    "budget",
    "breakeven",
    "list",
    "alternatives",
    "upgrade",
    "better",
    "choose",
    "difference",
)
"""The kinds that go on when a follow-up changes the usage."""
LONGEST_DATED = 60
"""Characters of a text that is a name and a day."""
WHICH_ONE = re.compile(r"(?:(?:so|ok|and)[,]? )?(?:which(?: one)?|who wins|what'?s the verdict|verdict)\W*")
NOW = re.compile(r"(?:and |but )?(?:what (?:is|about|does) )?(?:it )?(?:cost )?(?:now|today|currently)\W*")
FOR_A_NEED = re.compile(r"^(?:(?:and|ok|what about|how about) )*for ")
PRICES_OF = re.compile(
    r"^(?:what(?:'s| is| are) (?:the )?)?(?:the )?(?:input and output |output and input )?prices? (?:of|for)\b"
)
ASKED_LAST = re.compile(r"(?:: ?|, )(?:the )?(?:[a-z]+ ){0,2}(?:prices?|context(?: windows?)?|max(?:imum)? output)\??$")
ASKED_FIRST = re.compile(
    r"(?:what(?:'s| is| are|s) )?(?:the )?(?:(?:input|output|cached|cache write|batch)(?: input| token)? prices?|context(?: windows?| sizes?)?|"
    r"(?:max(?:imum)?|longest) output|knowledge cut-?offs?|release dates?) (?:of|for)\b"
)
FOLLOWS = re.compile(
    r"(?:and|what about|how about|now|swap|add|drop|replace|same|double|halve|assume|compare (?:them|these|those|both|it))\b"
)
"""How a follow-up begins that has nothing to follow."""
SPENT = re.compile(
    r"\bsame (?:usage|volume|workload|tokens|traffic|work|load)\b|"
    r"\b(?:bill|spend|spent|paid|pay|paying|spending)\b.*\b(?:what would|how much would|would)\b"
)
"""Asks what is paid for one model on another one."""
SUPPORTS = re.compile(r"\b(?:supports?|accepts?|takes?|has|have|handles?|can (?:see|read|use|do))\b")
NEWER = re.compile(r"\b(?:newer|older|more recent|newest|oldest)\b")
COVERED = re.compile(
    r"\bspend\b.*\b(?:volume|usage)\b|\bwhat volume is (?:that|it)\b|\b(?:volume|usage|traffic)\b.*\b(?:fits?|possible|allows?|gets? (?:us|me|you)|buys?|affords?|covers?|within|available|left)\b|\b(?:max(?:imum)?|most)\b.{0,20}\b(?:volume|usage)\b|\bcan\b.{0,30}\b(?:cover|buy|get|pay for|afford)\b|\bdoes\b.{0,30}\b(?:cover|buy)\b"
)
COMPARED = re.compile(
    r"\bcompare (?:them|these|those|both|all|the two|again)\b|\bside[- ]by[- ]side\b|\bnext to each other\b"
)
AGAINST_ONE = re.compile(rf"(?:and )?(?:vs\.?|versus|against|compared (?:to|with)) {NAME}\W*")
TWO = 2
ABILITY_FIELDS = ("vision", "tools", "reasoning", "structured_output", "open_weights")
EDGES: tuple[Kind, ...] = ("watch", "check", "mistakes", "method")
"""The kinds whose words tell, whatever else a text says."""
OF_MODELS = re.compile(rf"\bmodels?\b|{cues.COST.pattern}")
LATELY = re.compile(r"\bwhat(?:'s| has|s)? (?:changed|new)\b.*\b(?:this (?:week|month|year)|lately|recently)\b")
SOMETHING_ELSE = re.compile(rf"\b(?:instead of|other than|replac\w+|swap\w*|alternative\w*) (?:for |to |out )?{NAME}")
WHAT_IT_COSTS = re.compile(
    r"\bwhat\b.*\b(?:costs?|pay|bill|spend)\b|\bhow much\b|^(?:and )?(?:the |its )?(?:costs?|bill) (?:at|for|of|with)\b"
)
RANKED = re.compile(r"\b(?:rank|order|sort)\b")
SAVES = re.compile(r"\bsav\w+|\bgain|\bhow much (?:less|cheaper)\b|\b(?:what|which) discount\b")
INSTEAD_ASKED = re.compile(
    r"^(?:so |and |then )?(?:what|which)\b.*\b(?:use|take|choose|move to|switch to|pick)\b.*\binstead\b"
)
WHAT_ABOUT_IT = re.compile(rf"\b(?:what|how) about {NAME}")
NARROWED = re.compile(r"(?:(?:only|just|and|but|now|show|ok) )*(?:the )?(?:\w+ ){0,2}(?:ones|models)\b")
"""Narrows a list, be it by what is not known."""
IS_SOLD = re.compile(
    r"^(?:is|are|does|do|can|will)\b.*\b(?:available|offered|sold|supported|exists?|offers?|supports?|have|has|got|come|there)\b|\b(?:available|supported)\W*$"
)
ASKS = re.compile(
    r"(?:ok(?:ay)?|cool|nice|great|perfect|got it|awesome|wow|good|yes|no|sure|thanks?|thx|thank you)\b.*\b(?:which|who|how|when|why|cheap\w*|better|cost)\b"
)
"""Asks something, however it begins: "ok which is cheaper then"."""
ASKS_WHICH = re.compile(r"^(?:so |and )?(?:is|are|would|will|which|what|who|does|do)\b")
TIMES = re.compile(
    r"\b(?:ratio|factor)\b|\bas a (?:multiple|factor)\b|\bby what factor\b|\b(?:how many|how much|\d+) ?(?:times|x)\b|\btimes (?:as|more)\b"
)
NAMES_A_TEST = re.compile(r"\barena\b|bench|eval\b|\bscore|\bmmlu|\bgpqa|\baime\b")
"""Speaks of a test, not only of a use that is tested as well."""
BETWEEN = re.compile(r"\b(?:between|compared (?:to|with)|vs\.?|versus|from)\b")
DATES = ("retires_on", "release_date")
PRICED = ("price", "input_price", "output_price", "cached_input_price")
COST_LIKE = ("compare", "cheapest", "cost", "savings", "budget", "breakeven")
NOT_ABOUT_MODELS: tuple[Kind, ...] = ("help", "method", "changes", "watch", "check", "mistakes", "unsupported")


def is_wide(question: Question) -> bool:
    """Whether a question looked through the catalog."""
    return (
        question.kind in ("cheapest", "list", "choose", "better", "performance")
        and not question.models
        and not any(each.kind == "missing_model" for each in question.problems)
    )


def stands_alone(reading: Reading, before: Question) -> bool:
    """Whether a catalog-wide question is one of its own, not "which is cheapest?" about the thread's models."""
    return (
        bool(reading.filters)
        or not before.models
        or reading.cue == "list"
        or bool(re.search(r"\bmodels?\b|\boverall\b|\bof all\b", reading.text))
    )


def kind_asked(reading: Reading, before: Question | None) -> Kind:
    """The kind, from the words and from what is there; a follow-up keeps its thread's unless it asks another."""
    text = reading.text
    bare = text.strip(" ?!.,:;-'\"")
    if not bare or (cues.SMALL_TALK.fullmatch(text.strip()) and not _asks_something(reading) and not ASKS.match(text)):
        return "help"
    if cues.FOREIGN.search(text) or (
        cues.FOREIGN_VERB.search(text)
        and not (reading.names.mentions and (before or reading.amounts.said.has_volume))
        and not (before and reading.amounts.said.tier)
        and not (len(reading.names.mentions) > 1 and A_COMPARISON.search(reading.text))
    ):
        return "unsupported"
    cue = _checked_cue(reading, before)
    if _is_about_something_else(reading, cue, before):
        return "unsupported"
    if cue in NOT_ABOUT_MODELS:
        return cue
    if cue is not None and cue not in ("compare", "profile") and (cue != "list" or reading.amounts.limits):
        return cue
    return _plain_kind(reading, cue, before)


def _is_about_something_else(reading: Reading, cue: Kind | None, before: Question | None) -> bool:
    """Whether a text that names no model, maker or host has words that have nothing to do with models."""
    if NEXT_ONE.search(reading.text):
        return True
    if reading.command or reading.names.mentions or reading.names.host or (before is not None and cue != "method"):
        return False
    if STRANGE.search(reading.text):
        return True
    if (cue not in LOOSE and not (cue is None and reading.is_catalog_wide)) or (
        cue == "method" and not reading.text.startswith("why")
    ):
        return bool(cue and OTHER_THINGS.search(reading.text))
    text = cues.MAKER.sub(" ", reading.amounts.rest)
    if OF_OTHER_THINGS.search(text) or re.search(r"\b(?:models?|llms?)\b", text):
        return OF_OTHER_THINGS.search(text) is not None
    return bool(unknown_words(reading.amounts.rest, cue)) and not (
        reading.benchmark or reading.filters.keys() - {"family"}
    )


LOOSE = ("list", "cheapest", "choose", "better", "budget", "changes", "method", "attribute")
"""The kinds whose words people use of other things as well."""
A_COMPARISON = re.compile(r"\bcompar|\bside[- ]by[- ]side\b|\boverview\b|\btable\b")
NEXT_ONE = re.compile(rf"\b(?:when|what)\b.*\bnext {NAME}")
"""Asks after a model that is not out."""
STRANGE = re.compile(
    r"\b(?:stock|share|bitcoin|crypto|gold|oil|house|gas) (?:price|market)s?\b|"
    r"^(?:please )?(?:list|show)(?: me)?(?: all)? (?:my|our) (?!models?|watch|usage|costs?|spend|bill|options?|alternatives|choices)[a-z]+|"
    r"\b(?:which|what) (?:car|phone|laptop|book|movie|film|restaurant|hotel|language|stock|database|framework|country|city|dog|cat|game|job)s? (?:should|shall)\b"
)
"""Asks after things that are no models."""
OF_OTHER_THINGS = re.compile(
    r"\bmodels? of (?!the\b|any\b|all\b|openai|anthropic)[a-z]+|\b(?:what|which) model are you\b|\bnext (?:gpt|claude|gemini|grok)\b"
)
OTHER_THINGS = re.compile(
    r"\bhow old are you\b|\bsource of (?:the|this|that) (?!data|prices?|numbers?|figures?|scores?)[a-z]+"
)


def _asks_something(reading: Reading) -> bool:
    said = reading.amounts.said
    return bool(
        reading.names.mentions
        or said.has_volume
        or reading.has_usage
        or reading.span
        or reading.attribute
        or reading.need
        or reading.amounts.money
        or said.input_share is not None
    )


class _Cued(NamedTuple):
    """A text's cue with what is there to bear it out."""

    cue: Kind | None
    reading: Reading
    before: Question | None
    models: int
    """How many models it is about."""

    def asks(self, *kinds: Kind | None) -> bool:
        return self.cue in kinds

    def says(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.reading.text) is not None

    @property
    def said(self) -> Said:
        return self.reading.amounts.said

    @property
    def money(self) -> bool:
        return self.reading.amounts.money is not None

    @property
    def is_past(self) -> bool:
        """Whether it asks for costs of another day."""
        of_costs = self.says(cues.COST) or (self.before is not None and self.before.kind == "history")
        return self.reading.on is not None and self.models > 0 and of_costs


CORRECTED: tuple[tuple[str, Callable[[_Cued], bool], Kind | None], ...] = (
    (
        "what is paid for one on the other",
        lambda it: it.money and len(it.reading.models) == TWO and not it.said.has_volume and it.says(SPENT),
        "savings",
    ),
    (
        "whether a prompt fits",
        lambda it: (
            it.models > 0
            and it.says(cues.FITS)
            and it.said.requests is None
            and (it.said.request_input is not None or it.reading.amounts.window is not None)
        ),
        "attribute",
    ),
    (
        "which is newer",
        lambda it: it.asks(None, "compare", "better") and it.models > 1 and it.says(NEWER),
        "attribute",
    ),
    (
        "what changed between two",
        lambda it: it.asks("changes", "history") and len(it.reading.slots) > 1 and it.says(BETWEEN),
        "difference",
    ),
    (
        "the past of models",
        lambda it: (
            it.asks("changes", "history")
            and it.models > 0
            and not it.said.has_volume
            and (bool(it.reading.names.mentions) or not it.says(LATELY))
        ),
        "history",
    ),
    (
        "the past of no model",
        lambda it: it.asks("history") and not it.models and it.says(PRONOUN) and it.says(cues.COST),
        "history",
    ),
    (
        "the past of the catalog",
        lambda it: (
            it.asks("changes") or (it.asks("history") and not it.models and not it.before and it.says(OF_MODELS))
        ),
        "changes",
    ),
    ("the past of something else", lambda it: it.asks("history"), None),
    ("costs of another day", lambda it: not it.asks(*EDGES) and it.is_past and not it.said.has_volume, "history"),
    (
        "the share at which two meet",
        lambda it: (
            it.asks(None, "breakeven", "cheapest", "better")
            and it.models == TWO
            and cues.shared_axis(it.reading.text) is not None
        ),
        "breakeven",
    ),
    ("the day of something", lambda it: it.asks("breakeven") and not it.money and it.reading.attribute in DATES, None),
    (
        "no amount to pass",
        lambda it: (
            it.asks("breakeven")
            and not it.money
            and it.models < TWO
            and not it.reading.names.mentions
            and it.before is not None
        ),
        None,
    ),
    (
        "a benchmark or speed",
        lambda it: (
            not it.asks(*EDGES, "savings", "breakeven", "list", "upgrade")
            and bool(it.reading.benchmark or it.says(cues.SPEED))
            and not (it.asks("cheapest") and it.reading.is_catalog_wide)
            and not (it.asks("choose") and it.reading.need and not it.says(cues.SPEED) and not it.says(NAMES_A_TEST))
        ),
        "performance",
    ),
    (
        "how many times a price",
        lambda it: it.asks("cheapest") and it.says(TIMES) and it.reading.attribute in cues.PRICES,
        "attribute",
    ),
    (
        "all below a price",
        lambda it: (
            it.asks("cheapest")
            and it.reading.is_catalog_wide
            and bool(it.reading.amounts.limits)
            and not it.says(SUPERLATIVE)
        ),
        "list",
    ),
    (
        "the difference in cost",
        lambda it: (
            it.asks("difference")
            and bool(it.says(cues.COST) or (it.before is not None and it.reading.span))
            and (it.said.has_volume or (it.before is not None and it.before.said.has_volume))
        ),
        "cheapest",
    ),
    (
        "a date that is to be checked",
        lambda it: it.asks("check") and it.models > 0 and it.reading.attribute in DATES and not it.money,
        "attribute",
    ),
    (
        "a list in the order of its costs",
        lambda it: (
            it.asks("performance", "cheapest")
            and it.before is not None
            and is_wide(it.before)
            and it.says(RANKED)
            and not (it.reading.need or it.reading.benchmark)
        ),
        "list",
    ),
    (
        "the cost with a discount",
        lambda it: it.asks("savings") and bool(it.said.tier) and it.says(WHAT_IT_COSTS) and not it.says(SAVES),
        "cost",
    ),
    (
        "what a model knows",
        lambda it: it.asks("profile", None) and it.models > 0 and it.reading.attribute == "knowledge_cutoff",
        "attribute",
    ),
    (
        "what to use instead of what is there",
        lambda it: (
            it.asks("choose", "upgrade", None)
            and it.models == 1
            and it.before is not None
            and not it.reading.names.mentions
            and it.says(INSTEAD_ASKED)
        ),
        "alternatives",
    ),
    (
        "another one after one that is too dear",
        lambda it: (
            it.asks("alternatives")
            and it.before is not None
            and bool(it.reading.names.mentions)
            and it.says(WHAT_ABOUT_IT)
        ),
        None,
    ),
    (
        "whether a tier is sold",
        lambda it: (
            it.asks(None, "list", "profile")
            and it.models > 0
            and it.said.tier not in (None, "standard")
            and not it.said.has_volume
            and it.says(IS_SOLD)
        ),
        "attribute",
    ),
    (
        "something else that costs less",
        lambda it: (
            it.asks("savings")
            and it.models == 1
            and not it.said.tier
            and it.said.cached_share is None
            and it.says(SOMETHING_ELSE)
        ),
        "alternatives",
    ),
    (
        "the cost of one that got cheaper",
        lambda it: (
            it.asks("cheapest")
            and it.models == 1
            and it.before is None
            and it.said.has_volume
            and it.says(cues.COST)
            and not it.says(ASKS_WHICH)
        ),
        "cost",
    ),
    ("better with money", lambda it: it.asks("better") and it.money and it.says(cues.COST), None),
)
"""What a cue is taken for that is not borne out by the rest of the text; the first that fits counts."""


def _checked_cue(reading: Reading, before: Question | None) -> Kind | None:
    """The cue's kind where the text has what that kind needs, else the kind that it shows then."""
    count = len(reading.names.mentions) or (len(before.models) if before else 0)
    cued = _Cued(_cue_of_money(reading, reading.cue, count, before), reading, before, count)
    return next((kind for _, fits, kind in CORRECTED if fits(cued)), cued.cue)


def _cue_of_money(reading: Reading, cue: Kind | None, count: int, before: Question | None) -> Kind | None:
    """What is asked of an amount of money: what it buys, or whether it is enough; without one no budget is asked."""
    text, money = reading.text, reading.amounts.money is not None
    if cue == "budget" and not money and before is not None and before.money is not None:
        return cue
    if count and money and cues.HOW_MANY_USERS.search(text):
        return "budget"
    if cue == "breakeven" and money and COVERED.search(text):
        return "budget"
    if cue != "budget":
        return cue
    if money:
        return "cost" if reading.amounts.said.has_volume and cues.WITHIN.search(text) else cue
    if reading.amounts.has_foreign_money or reading.amounts.bad:
        return cue
    return phrases.kind_of(re.sub(r"\bhow (?:many|much|far)\b|\bbudget\b", " ", text), besides="budget")


def _plain_kind(reading: Reading, cue: Kind | None, before: Question | None) -> Kind:
    """Where no telling word is there: by names, volume and what is asked of them."""
    said = reading.amounts.said
    named = len(reading.slots)
    if reading.command == "/model" or (cue == "profile" and named):
        return "profile"
    if cue == "list" and not named and reading.is_catalog_wide:
        return "list"
    if before is not None and before.kind == "budget" and AGAINST_ONE.fullmatch(reading.text):
        return "budget"
    if before is not None and cue == "profile" and before.models and PRONOUN.search(reading.text):
        return "profile"
    if before is not None and cue == "compare" and (named or COMPARED.search(reading.text)):
        return "compare"
    if before is not None and (kind := _follow_up_kind(reading, before)):
        return kind
    if reading.on and named and not said.has_volume and cue in (None, "profile") and len(reading.text) < LONGEST_DATED:
        return "history"
    if cue is None and named > 1 and reading.need and not said.has_volume and not reading.amounts.money:
        return "attribute" if reading.attribute in ABILITY_FIELDS and SUPPORTS.search(reading.text) else "choose"
    if reading.command == "/compare" and named == 1 and (cues.COST.search(reading.text) or reading.attribute):
        return _kind_by_amounts(reading, None)
    if (
        cue == "compare"
        and named > 1
        and reading.attribute
        and (ASKED_LAST.search(reading.text) or ASKED_FIRST.match(reading.text))
    ):
        return "attribute"
    if cue == "compare" and (named > 1 or reading.command):
        return "profile" if named == 1 else "compare" if named else _commanded(reading)
    kind = _kind_by_amounts(reading, cue)
    follows = FOLLOWS.match(reading.text) or (cue == "compare" and not unknown_words(reading.amounts.rest, cue))
    is_lost = kind == "unsupported" and before is None and not named and follows
    asks = reading.attribute or reading.span
    if asks and kind == "unsupported" and before is None and not named and not unknown_words(reading.amounts.rest, cue):
        return "cost" if reading.span else "attribute"
    return "compare" if is_lost else kind


def _kind_by_amounts(reading: Reading, cue: Kind | None) -> Kind:
    """The kind by what is said of usage, money and attributes."""
    text, said = reading.text, reading.amounts.said
    named = len(reading.slots)
    if (
        named
        and reading.amounts.money is not None
        and not said.has_volume
        and len(re.sub(r"[^a-z]", "", reading.amounts.rest)) < 20
    ):
        return "budget"
    if (
        named
        and reading.attribute
        and not said.has_volume
        and not reading.amounts.bad
        and (reading.attribute != "price" or named == 1 or PRICES_OF.search(text))
        and said.requests is None
        and not _sized_for_cost(said, reading.span)
    ):
        return "attribute"
    if named and (said.has_volume or reading.has_usage or reading.amounts.bad):
        asks_cost = cues.COST.search(text) or (reading.amounts.money is not None and cues.WITHIN.search(text))
        return "compare" if named > 1 and not asks_cost else "cost"
    if named and cue == "compare":
        return "compare"
    if named and not unread_words(reading):
        return "compare" if named > 1 else "profile"
    if named > 1 and cues.COST.search(text):
        return "compare"
    if cues.COST.search(text) and (said.has_volume or named or reading.has_usage):
        return "cost"
    if reading.is_catalog_wide and reading.filters:
        return "list"
    return "unsupported"


def _commanded(reading: Reading) -> Kind:
    """/compare without a name that is known."""
    return "cost" if reading.amounts.said.has_volume else "compare"


def _sized_for_cost(said: Said, span: Span | None) -> bool:
    """Whether the size of a request is there to be priced, not to pick a band."""
    return (
        said.request_output is not None
        or said.request_total is not None
        or (said.request_input is not None and span == "request")
    )


def unread_words(reading: Reading) -> str:
    """The words of a text that carry something that was not understood."""
    return re.sub(r"[^a-z]", "", FILLER_WORDS.sub("", reading.amounts.rest))


def _asks_cost(reading: Reading) -> bool:
    """Whether a follow-up says anything that changes what a model costs."""
    amounts, said = reading.amounts, reading.amounts.said
    return bool(
        said.has_volume
        or reading.has_usage
        or said.input_share is not None
        or amounts.bad
        or reading.factor is not None
        or (amounts.share is not None and not unread_words(reading))
        or amounts.cached is not None
        or amounts.has_foreign_money
        or amounts.is_of_working_days
        or WITHOUT_IT.fullmatch(reading.text)
        or (amounts.heads and reading.thread.question and reading.thread.question.said.users)
        or corrected_period(reading.text)
        or REVERSED.search(reading.text)
    )


def _kind_at_other_usage(reading: Reading, before: Question) -> Kind | None:
    """What a follow-up asks that changes the usage or the time."""
    text, said = reading.text, reading.amounts.said
    if before.kind in ("breakeven", "budget") and said.has_volume and WHAT_IT_COSTS.search(text):
        return "cost"
    if before.kind == "budget" and said.has_volume and cues.WITHIN.search(text):
        return "cost"
    if not said.has_volume and said.requests is None:
        of_a_price = reading.attribute in cues.ALL_PRICES and said.tier and before.kind not in COST_LIKE
        if of_a_price or (before.kind == "attribute" and before.attribute in PRICED):
            return "attribute"
    if before.kind == "difference" and said.has_volume and len(before.models) > 1:
        return "cheapest"
    if before.kind in KEPT and (before.kind in (*COST_LIKE, "list", "alternatives") or not cues.COST.search(text)):
        return before.kind
    return "cost" if before.models else None


def _kind_kept(reading: Reading, before: Question) -> Kind | None:
    """The kind of a follow-up that only names another day, another cost of a mistake, or other conditions of a list."""
    text = reading.text
    if before.kind == "mistakes" and reading.amounts.money is not None:
        return "mistakes"
    says_more = reading.names.mentions or reading.attribute or _asks_cost(reading)
    if reading.on and not says_more and before.kind not in NOT_ABOUT_MODELS:
        return "history" if before.kind in ("history", "attribute", "profile") else before.kind
    if is_wide(before) and (NARROWED.match(text) or without_dropped(text, before.filters) is not None):
        return before.kind
    return None


def _follow_up_kind(reading: Reading, before: Question) -> Kind | None:
    """What a follow-up without a telling word asks."""
    text = reading.text
    named = bool(reading.names.mentions)
    asks_cost = _asks_cost(reading)
    money = reading.amounts.money is not None
    if kept := _kind_kept(reading, before):
        return kept
    if before.kind == "alternatives" and named and BARE.fullmatch(text):
        return "cost" if before.said.has_volume else "profile"
    if (is_wide(before) or before.kind == "alternatives") and (reading.filters or asks_cost or count_of(text)):
        return before.kind
    if WHICH_ONE.fullmatch(text) or (before.kind == "history" and NOW.fullmatch(text)):
        return before.kind
    if reading.need and not named and (before.kind == "choose" or FOR_A_NEED.search(text)):
        return "choose"
    if money and before.kind in ("budget", "breakeven"):
        return before.kind
    if money and not asks_cost:
        return "budget"
    if asks_cost or reading.span:
        return _kind_at_other_usage(reading, before)
    if reading.attribute and not named and not (reading.attribute == "price" and before.kind in COST_LIKE):
        return "attribute"
    if reading.need and not named:
        return "choose"
    if named or cues.COST.search(text) or reading.names.host:
        if before.kind == "profile" and named and not BARE.fullmatch(text) and not re.search(r"\binstead\b", text):
            return "compare"
        return before.kind
    return None
