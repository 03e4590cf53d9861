"""What restricts a question that looks through the whole catalog: maker, host, prices, context, abilities."""

import re
from collections.abc import Iterable
from datetime import date
from math import ceil

from bot.question import cues
from bot.question.amount_words import MONTHLY_MONEY, NAME
from bot.question.amounts import Amounts
from bot.question.dates import range_of
from bot.question.model import Kind, Order, exact
from bot.question.numbers import Number
from catalog.lookup import OWN_API

DEAREST = re.compile(
    r"\bmost expensive\b|\bpriciest\b|\bdearest\b|\bcostliest\b|\bhighest prices?\b|\bleast affordable\b"
)
SUPERLATIVE = re.compile(
    r"\bdearest\b|\bcostliest\b|\bcheapest\b|\bleast (?:expensive|costly)\b|\blowest\b|\bmost affordable\b|\bmost expensive\b|\bpriciest\b"
)
COUNTS = {word: count for count, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_COUNT = rf"([1-9]\d?|{'|'.join(COUNTS)})"
HOW_MANY = re.compile(
    rf"\b(?:top|first|cheapest|best|dearest|most expensive|priciest) {_COUNT}\b(?! ?(?:%|[kmb]\b|tokens?))|"
    rf"\b{_COUNT} (?:of the )?(?:cheapest|least expensive|least costly|most affordable|most expensive|priciest|dearest|lowest)\b"
)
PLACES = ("first", "second", "third", "fourth", "fifth", "1st", "2nd", "3rd", "4th", "5th")
PLACE = re.compile(
    rf"\b({'|'.join(PLACES)})[- ](?:cheapest|least expensive|least costly|most affordable|most expensive|priciest|dearest|lowest)\b"
)
COMPARATIVE = re.compile(r"\b(?:cheaper|less money|less expensive|costs? less|lower|dearer|pricier)\b")
WITHOUT_A_MODEL = (
    "help",
    "method",
    "changes",
    "watch",
    "check",
    "mistakes",
    "history",
    "savings",
    "breakeven",
    "upgrade",
    "difference",
    "budget",
)
_NOT = r"(?:no|not|isn't|never) "
_MORE = (
    r"(?:over|above|beyond|past|north of|upwards? of|exceed(?:s|ing)?|(?:more|greater|larger|bigger|higher|longer|wider|dearer|"
    r"costlier|pricier|more expensive) than)"
)
_LESS = r"(?:under|below|within|short of|(?:less|fewer|smaller|lower|shorter|cheaper|less expensive) than)"
_END = r"\s*(?:of )?\$?\s*$"
BOUNDS: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (
        re.compile(
            rf"\b{_NOT}{_MORE}{_END}|\b(?:at (?:the )?most|max(?:imum)?|up to|capped at|no higher than)(?: of)?{_END}|(?:<=|≤){_END}"
        ),
        "max",
        True,
    ),
    (
        re.compile(
            rf"\b{_NOT}{_LESS}{_END}|\b(?:at (?:the )?least|min(?:imum)?|from|starting (?:at|from))(?: of)?{_END}|(?:>=|≥){_END}"
        ),
        "min",
        True,
    ),
    (re.compile(rf"\b{_MORE}{_END}|>{_END}"), "min", False),
    (re.compile(rf"\b{_LESS}{_END}|<{_END}"), "max", False),
)
"""Words before a number, which side it bounds, and whether it is itself within; the first that fits counts."""
_SIDES = r"^\s*(?:tokens? )?(?:(?:of )?(?:input|output|in|out|context)\s)?"
OR_MORE = re.compile(
    rf"{_SIDES}(?:or|and) (?:more|above|over|up|upwards?|higher|dearer|larger|bigger|longer|greater|beyond)\b(?! ?\$?\d)|^\s*\+|{_SIDES}min(?:imum)?\b"
)
OR_LESS = re.compile(
    rf"{_SIDES}(?:(?:or|and) (?:less|under|below|cheaper|lower|smaller|fewer|shorter)\b(?! ?\$?\d)|max(?:imum)?\b(?! (?:output|completion|context))|at most\b)"
)


UNUSED = re.compile(r"\b(?:from china|chinese|european|us models|american|free|blended|fine.?tun\w+)\b")
"""Conditions on a list that are not known how to keep to: said, not dropped in silence."""
RELEASED = re.compile(r"\b(?:released?|launch(?:ed)?|came out|introduced|published|appeared|new(?:er)?) ?")
RETIRED = re.compile(
    r"\b(?:retir\w+|deprecat\w+|sunset\w*|shut(?:ting)? (?:down|off)|(?:switched|turned) off|going away|go away|end.of.life|eol|discontinu\w+|phased out)\b"
)
STAYING = re.compile(
    rf"\b(?:that|which|who) (?:will )?stay\b|\bstaying\b|\b(?:not|never|isn't|aren't|won't|no|without|non-?)[ -](?:be(?:ing)? |about to |going to (?:be )?|yet )*{RETIRED.pattern}"
)
ORDERS: tuple[tuple[re.Pattern[str], Order], ...] = (
    (
        re.compile(
            r"\b(?:largest|biggest|longest|widest|most|highest|greatest) (?:possible |prompt |input )?(?:context|ctx|window)|"
            r"\b(?:context|ctx|window)s?(?: window| size)?(?: is| are)?(?: the)? (?:largest|biggest|longest)"
        ),
        "context_window",
    ),
    (
        re.compile(
            r"\b(?:longest|largest|biggest|most|highest|greatest|max(?:imum)?) (?:max(?:imum)? )?(?:output(?! prices?)|answers?|responses?|completions?)|"
            r"\bmost tokens (?:out|of output)"
        ),
        "max_output",
    ),
    (re.compile(r"\b(?:newest|latest|most recent(?:ly)?|released last|last released)\b"), "release_date"),
)
"""What a list is put in order by, where that is not its cost."""
_TIERS = r"(batch|flex|priority|fast)"
SOLD_ON = re.compile(
    rf"\b(?:with|support(?:s|ing)?|offer(?:s|ing)?|have|has|having|sell(?:s|ing)?|on) (?:an? )?{_TIERS}\b|"
    rf"\b{_TIERS} (?:pricing|prices?|tiers?|discounts?|modes?|api|support|available)\b"
)
"""Asks for what is sold on a service tier."""
LACKING = re.compile(
    r"\b(?:without|no|not|non|lacks?|lacking|(?:does|do)(?: not|n't) (?:have|support|take|accept|need))(?: any)?[ -]$"
)
"""Before an ability that is not to be there."""
NEGATED = re.compile(
    r"\b(?:non-|(?:not|isn't|aren't|isnt) (?!(?:so|as|too|that|quite|very)\b)(?!(?:\w+ )?(?:more|less|above|over|under|below|higher|lower|exceeding|cheaper|dearer|longer|larger)\b)(?:from |by |on |made by )?|no (?!(?:\w+ )?(?:more|less|higher|lower|cheaper|dearer|longer|larger|fewer)\b)|without |except (?:for )?|exclud(?:e|es|ing) |skip |ignore |leave out |other than |anything but )(?:the |any )?([a-z][\w.-]*)((?:(?:,| or| and| nor|, or|, and) (?:from |by |on )?[a-z][\w.-]*(?='s|s'|\b))*)"
)


def unused_words(text: str, *, is_wide: bool) -> list[str]:
    """The conditions of a text that looks through the catalog which the answer does not keep to."""
    if not is_wide:
        return []
    rest = STAYING.sub(" ", text)
    abilities = [pattern for _, pattern in (*cues.ABILITIES, *cues.INPUTS)]
    negated = [
        each[0].strip()
        for each in NEGATED.finditer(rest)
        if each[1] not in cues.MAKERS and not any(pattern.match(rest, each.start(1)) for pattern in abilities)
    ]
    return [*(found[0].strip() for found in UNUSED.finditer(text)), *negated]


def count_of(text: str) -> int | None:
    """How many models of a ranking are wanted: "top 5", "the three cheapest"."""
    found = HOW_MANY.search(text)
    word = found and (found[1] or found[2])
    return None if not word else COUNTS.get(word) or int(word)


def place_of(text: str) -> int:
    """Which place of a ranking is asked for: 2 for "the second cheapest"."""
    found = PLACE.search(text)
    return PLACES.index(found[1]) % 5 + 1 if found else 1


def wants_catalog(text: str, cue: Kind | None, host: str | None, *, is_of_family: bool) -> bool:
    """Whether a text without a model's name asks about the catalog as a whole, or about a family of it."""
    if NAME in text or cue in WITHOUT_A_MODEL:
        return False
    if cue == "list" or is_of_family:
        return True
    wide = bool(re.search(r"\bmodels?\b|\bllms?\b", text)) or bool(host) or bool(cues.MAKER.search(text))
    if cue == "cheapest":
        return (
            bool(SUPERLATIVE.search(text))
            or (wide and not COMPARATIVE.search(text))
            or (wide and bool(re.search(r"\bmodels\b", text)))
        )
    return (
        cue in (None, "choose", "better", "performance", "alternatives")
        and wide
        and bool(
            re.search(
                r"\$|\bopen[- ](?:weights?|source)\b|\bcontext\b|\bwindow\b|\bmodels\b|\bmodel (?:with|under|for)\b",
                text,
            )
            or (cues.MAKER.search(text) and re.search(r"\bmodels?\b|\b(?:which|what)\b", text))
        )
    )


def filters_of(text: str, amounts: Amounts, hosts: tuple[str, ...], *, is_wide: bool) -> dict[str, str]:
    """The filters that a text names, by the contract's names; none for a question about named models."""
    if not is_wide and not hosts:
        return {}
    found: dict[str, str] = {}
    if excluded := _each(word for each in NEGATED.finditer(text) for word in _excluded(each)):
        found["not_maker"] = ",".join(excluded)
    affirmed = NEGATED.sub(lambda each: "" if set(_excluded(each)) & cues.MAKERS.keys() else each[2], text)
    if hosts:
        found["provider"] = ",".join(hosts if is_wide else hosts[:1])
    if not is_wide:
        return found
    makers = _each(each[1] for each in cues.MAKER.finditer(affirmed))
    families = [word for word in cues.FAMILY_MAKERS if re.search(rf"\b{word}\b", affirmed)]
    makers = list(dict.fromkeys([*makers, *(maker for word in families if (maker := cues.FAMILY_MAKERS[word]))]))
    if len(makers) > 1 and {OWN_API.get(each) for each in makers} >= set(hosts):
        found.pop("provider", None)
    if makers:
        found["maker"] = ",".join(makers)
    if narrower := [word for word in families if word not in makers]:
        found["family"] = ",".join(narrower)
    if sold := SOLD_ON.search(affirmed):
        found["tier"] = sold[1] or sold[2]
    found |= _limits(amounts.text, amounts.limits)
    for name, pattern in (*cues.ABILITIES, *cues.INPUTS):
        if match := pattern.search(text):
            found[name] = "false" if LACKING.search(text[: match.start()]) else "true"
    return found


def _excluded(found: re.Match[str]) -> list[str]:
    """The words that are not wanted, and what is listed with them where they are makers."""
    return [found[1], *(re.findall(r"[a-z][\w.-]*", found[2]) if found[1] in cues.MAKERS else ())]


def _each(words: Iterable[str]) -> list[str]:
    """The makers that are named, once each."""
    return list(dict.fromkeys(cues.MAKERS[each] for each in words if each in cues.MAKERS))


def dates_of(text: str, today: date) -> tuple[dict[str, str], str]:
    """The bounds on when models came out or go that a text names, and the text without them."""
    if STAYING.search(text):
        return {"staying": "true"}, text
    field = "retires" if RETIRED.search(text) else "released" if RELEASED.search(text) else None
    if field is None:
        return {}, text
    found = range_of(text, today, is_ahead=field == "retires")
    if found is None:
        return ({"retires_from": today.isoformat()} if field == "retires" else {}), text
    bounds, (start, end) = found
    sides = (("from", bounds.start), ("to", bounds.end))
    return {f"{field}_{side}": day for side, day in sides if day}, f"{text[:start]} {text[end:]}"


DROPPED = re.compile(
    r"\b(?:drop|remove|without|forget|ignore|skip|lose|lift|relax|clear|no)\b (?:the |any |that )?(?P<what>.*?) ?(?:requirements?|filters?|conditions?|limits?|restrictions?|constraints?)\b|"
    r"\bany (?P<any>\w+)(?: \w+)? (?:is|are|will|would) (?:be )?(?:fine|ok|okay|good|do)\b|\b(?:does|do)(?:n't| not) need (?P<need>[a-z ]+)$"
)
"""Gives up a condition of the list before."""
WORDS_OF = (
    (re.compile(r"\b(?:context|window)\b"), ("min_context", "max_context")),
    (re.compile(r"\b(?:prices?|cost|budget)\b|\$"), ("input_price", "output_price", "monthly_cost")),
    (re.compile(r"\binput\b"), ("input_price",)),
    (re.compile(r"\boutput\b"), ("output_price", "max_output")),
    (re.compile(r"\b(?:makers?|vendors?|compan(?:y|ies)|labs?|family|families)\b"), ("maker", "family", "provider")),
    (re.compile(r"\b(?:hosts?|providers?)\b"), ("provider",)),
    (re.compile(r"\b(?:releas\w+|dates?|age)\b"), ("released",)),
    (re.compile(r"\b(?:retir\w+|dates?)\b"), ("retires", "staying")),
    (re.compile(r"\b(?:tier|batch|flex|priority|fast)\b"), ("tier",)),
)


def without_dropped(text: str, kept: dict[str, str]) -> dict[str, str] | None:
    """The conditions of a list but for what a follow-up gives up, "drop the vision requirement"; None where it gives up none."""
    found = DROPPED.search(text)
    if found is None:
        return None
    what = found["what"] or found["any"] or found["need"] or ""
    names = {name for pattern, parts in WORDS_OF if pattern.search(what) for name in parts}
    names |= {name for name, pattern in (*cues.ABILITIES, *cues.INPUTS) if pattern.search(f"with {what}")}
    names |= {"maker", "family", "provider"} if cues.MAKER.search(what) else set()
    is_all = not what.strip() or re.fullmatch(r"(?:all|all the|every|these|those)", what.strip())
    left = {name: value for name, value in kept.items() if not any(part in name for part in names)}
    return {} if is_all else left if len(left) < len(kept) else None


def order_of(text: str) -> Order | None:
    """What a list of models is put in order by, where that is not their cost: "the largest context"."""
    return next((order for pattern, order in ORDERS if pattern.search(text)), None)


def _limits(text: str, bounds: list[tuple[Number, str]]) -> dict[str, str]:
    """The bounds on prices and context; two prices after "between" bound one from both sides."""
    found: dict[str, str] = {}
    prices = [number for number, kind in bounds if kind == "price"]
    if len(prices) == 2 and re.search(r"\bbetween\b|\bfrom\b.*\bto\b", text):
        low, high = sorted(prices, key=lambda each: each.value)
        side = _side(text[: min(low.start, high.start)], text[max(low.end, high.end) :])
        found |= {f"min_{side}_price": exact(low.value), f"max_{side}_price": exact(high.value)}
        found |= {f"min_{side}_price_inclusive": "true", f"max_{side}_price_inclusive": "true"}
        bounds = [each for each in bounds if each[1] != "price"]
    for number, kind in bounds:
        found.update(_limit(text, number, kind))
    return found


SIDE = re.compile(r"\b(?:input|in|prompt|output|out)\b(?!\s+total)(?<!max output)(?<!maximum output)")
SIZES = ("context", "max_output")
WITHIN = ("min_context", "min_max_output")
"""The bounds that are always themselves within."""


def _side(before: str, after: str) -> str:
    """Which of the prices a bound is on, by the words around it; of the output where they do not say."""
    sides = (re.split(r",| and | but |;|\?", after)[0][:32], re.split(r",| and | but |;", before)[-1][-32:])
    side = next((found[0] for each in sides if (found := SIDE.search(each))), "output")
    return "output" if side.startswith("out") else "input"


def _bound(before: str, after: str) -> tuple[str, bool] | None:
    """Which side a number bounds by the words around it, and whether it is itself within; None where they do not say."""
    if OR_MORE.match(after):
        return "min", True
    if OR_LESS.match(after):
        return "max", True
    return next(((side, is_within) for pattern, side, is_within in BOUNDS if pattern.search(before)), None)


def _limit(text: str, number: Number, kind: str) -> dict[str, str]:
    before, after = text[: number.start], text[number.end :]
    if kind in SIZES:
        side, is_within = _bound(before, after) or ("min", True)
        name, value = f"{side}_{kind}", str(ceil(number.value))
    elif kind == "monthly":
        side, is_within = _bound(before, MONTHLY_MONEY.sub(" ", after, count=1)) or ("max", False)
        name, value = f"{side}_monthly_cost", exact(number.value)
    else:
        side, is_within = _bound(before, after) or ("max", False)
        name, value = f"{side}_{_side(before, after)}_price", exact(number.value)
    return {name: value, f"{name}_inclusive": "true"} if is_within and name not in WITHIN else {name: value}
