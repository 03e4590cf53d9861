"""What restricts a question that looks through the whole catalog: maker, host, prices, context, abilities."""

import re
from math import ceil

from bot.question import cues
from bot.question.amount_words import NAME
from bot.question.amounts import Amounts
from bot.question.model import Kind, exact
from bot.question.numbers import Number

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
OVER = re.compile(r"\b(?:over|above|more than|at least|greater than|from|min(?:imum)?|>=?|starting at)\s*\$?\s*$")
OR_LESS = re.compile(
    r"^\s*(?:(?:of )?(?:input|output|in|out)\s)?(?:or (?:less|under|below|cheaper)|max(?:imum)?|at most)"
)
AT_MOST = re.compile(r"\b(?:at most|max(?:imum)?|up to|no more than|not more than|<=)\s*(?:of )?\$?\s*$")


UNUSED = re.compile(
    r"\b(?:retir\w+|deprecat\w+|audio|pdfs?|video|released (?:since|after|before|in)|newer than|from china|chinese|european|us models|"
    r"american|free|blended|fast mode|batch pricing|fine.?tun\w+)\b"
)
"""Conditions on a list that are not known how to keep to: said, not dropped in silence."""
NEGATED = re.compile(
    r"\b(?:non-|(?:not|isn't|aren't|isnt) (?:from |by |on |made by )?|no |without |except (?:for )?|exclud(?:e|es|ing) |skip |ignore |leave out |other than |anything but )(?:the |any )?([a-z][\w.-]*)"
)


def unused_words(text: str, *, is_wide: bool) -> list[str]:
    """The conditions of a text that looks through the catalog which the answer does not keep to."""
    if not is_wide:
        return []
    negated = [each[0].strip() for each in NEGATED.finditer(text) if each[1] not in cues.MAKERS]
    makers = list(dict.fromkeys(cues.MAKERS[each[1]] for each in cues.MAKER.finditer(NEGATED.sub(" ", text))))
    negated += [f"{each} as well" for each in makers[1:]]
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


def wants_catalog(text: str, cue: Kind | None, host: str | None) -> bool:
    """Whether a text without a model's name asks about the catalog as a whole."""
    if NAME in text or cue in WITHOUT_A_MODEL:
        return False
    if cue == "list":
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
        )
    )


def filters_of(text: str, amounts: Amounts, host: str | None, *, is_wide: bool) -> dict[str, str]:
    """The filters that a text names, by the contract's names; none for a question about named models."""
    if not is_wide and not host:
        return {}
    found: dict[str, str] = {}
    excluded = [cues.MAKERS[each[1]] for each in NEGATED.finditer(text) if each[1] in cues.MAKERS]
    if excluded:
        found["not_maker"] = excluded[-1]
    text = NEGATED.sub(" ", text)
    if host:
        found["provider"] = host
    if not is_wide:
        return found
    if maker := cues.MAKER.search(text):
        found["maker"] = cues.MAKERS[maker[1]]
    for word, maker_id in cues.FAMILY_MAKERS.items():
        if re.search(rf"\b{word}\b", text):
            if maker_id:
                found.setdefault("maker", maker_id)
            if word not in (found.get("maker"), maker_id):
                found["family"] = word
    found |= _limits(amounts.text, amounts.limits)
    for name, pattern in cues.ABILITIES:
        if pattern.search(text):
            found[name] = "true"
    return found


def _limits(text: str, bounds: list[tuple[Number, str]]) -> dict[str, str]:
    """The bounds on prices and context; two prices after "between" bound one from both sides."""
    found: dict[str, str] = {}
    prices = [number for number, kind in bounds if kind == "price"]
    if len(prices) == 2 and re.search(r"\bbetween\b|\bfrom\b.*\bto\b", text):
        low, high = sorted(prices, key=lambda each: each.value)
        side = _side(text[: min(low.start, high.start)], text[max(low.end, high.end) :])
        found |= {f"min_{side}_price": exact(low.value), f"max_{side}_price": exact(high.value)}
        found |= {f"min_{side}_inclusive": "true", f"max_{side}_inclusive": "true"}
        bounds = [each for each in bounds if each[1] != "price"]
    for number, kind in bounds:
        found.update(_limit(text, number, kind))
    return found


SIDE = re.compile(r"\b(?:input|in|prompt|output|out)\b(?!\s+total)(?<!max output)(?<!maximum output)")
SIZES = {"context": "min_context", "max_output": "min_max_output"}


def _side(before: str, after: str) -> str:
    """Which of the prices a bound is on, by the words around it; of the output where they do not say."""
    sides = (re.split(r",| and | but |;|\?", after)[0][:32], re.split(r",| and | but |;", before)[-1][-32:])
    side = next((found[0] for each in sides if (found := SIDE.search(each))), "output")
    return "output" if side.startswith("out") else "input"


def _limit(text: str, number: Number, kind: str) -> dict[str, str]:
    before, after = text[: number.start], text[number.end :]
    if kind in SIZES:
        return {SIZES[kind]: str(ceil(number.value))}
    if kind == "monthly":
        is_loose = AT_MOST.search(before) or re.match(r"\s*or (?:less|under)\b", after)
        return {"max_monthly_cost": exact(number.value)} | ({"max_monthly_inclusive": "true"} if is_loose else {})
    side = _side(before, after)
    bound, strict = "max", True
    if OVER.search(before):
        bound = "min"
    elif OR_LESS.match(after) or AT_MOST.search(before):
        strict = False
    if bound == "min" and re.search(r"\bat least\s*\$?\s*$|\bfrom\s*\$?\s*$|>=\s*\$?\s*$", before):
        strict = False
    return {f"{bound}_{side}_price": exact(number.value)} | ({} if strict else {f"{bound}_{side}_inclusive": "true"})
