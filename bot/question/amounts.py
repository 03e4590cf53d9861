"""The grammar of amounts: which numbers of a text are tokens, requests, shares, ratios, money, and of what period."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from bot.question.amount_words import (
    ABBREVIATED,
    CACHED,
    CACHED_AMOUNT,
    CACHES,
    CONTEXT,
    CONTEXT_BEFORE,
    COUNTED,
    EACH,
    FRACTION,
    FRESH,
    GAP,
    HIT_RATE,
    HOW_MANY_REQUESTS,
    IN,
    IN_A_PERIOD,
    IN_EUROS,
    IN_WORDS,
    INCLUDED,
    INPUT,
    LEADING,
    LONG_ANSWERS,
    LONG_PROMPTS,
    MAX_OUTPUT,
    MAX_OUTPUT_BEFORE,
    MONTHLY_MONEY,
    MONTHS_OF_MONEY,
    NOUN,
    OUTPUT,
    PAIR,
    PART_OF_TRAFFIC,
    PER_HEAD,
    PER_REQUEST,
    PER_USER,
    PERIOD,
    PERIODS,
    PREFIXED,
    PRICE_OVER,
    PROMPT_OVER,
    QUARTER,
    RANGE,
    RATIO,
    RECEIVED,
    REQUEST_OF,
    REQUESTS,
    SENT,
    SENT_AND_RECEIVED,
    SIZE_OF,
    SIZED,
    SLASHED,
    TIERS,
    TIMES_A_PERIOD,
    TOKENS,
    USERS,
    USERS_TIMES,
    WITH,
    WORKING_DAYS,
    WRITTEN,
    YEAR,
)
from bot.question.model import LARGEST_REQUEST, MOST_TOKENS, PER_MONTH, Period, Said, Tier
from bot.question.numbers import TOO_LARGE, Number, numbers
from bot.question.usage import SIZES, monthly_tokens

MANY = 1000
"""So many tokens are more than a count of something else."""
TEN = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Amounts:
    """What a text says of amounts, and where."""

    said: Said = field(default_factory=Said)
    money: Fraction | None = None
    """USD per month."""
    volumes: list[Fraction] = field(default_factory=list)
    """All volumes without a direction that are named: several are rows of a table."""
    cached: Fraction | None = None
    """Cached tokens of an input that is not in this text."""
    has_foreign_money: bool = False
    limits: list[tuple[Number, str]] = field(default_factory=list)
    """Numbers that restrict a catalog-wide question: a context window ("context"), an output limit ("max_output"),
    a price per token ("price"), a cost a month ("monthly")."""
    share: Fraction | None = None
    """A percentage of which it is not said what it is of."""
    bad: list[str] = field(default_factory=list)
    """The asker's words for amounts that cannot be."""
    unused: list[str] = field(default_factory=list)
    """The asker's words for amounts that are not used."""
    notes: list[str] = field(default_factory=list)
    """How something was read that can be read in more than one way."""
    heads: Fraction | None = None
    """People that are named without what each of them does."""
    is_of_working_days: bool = False
    """Whether what is a day is one of working days."""
    text: str = ""
    """The text as it was read, abbreviations written out: the places of numbers are places in it."""
    rest: str = ""
    """The text without the amounts and their periods."""

    @property
    def window(self) -> Fraction | None:
        """A context that is named, in tokens."""
        return next((number.value for number, kind in self.limits if kind == "context"), None)


@dataclass
class _Reader:
    """One reading of one text."""

    text: str
    found: Amounts = field(default_factory=Amounts)
    parts: dict[str, Fraction] = field(default_factory=dict)
    per: dict[str, Period] = field(default_factory=dict)
    used: list[tuple[int, int]] = field(default_factory=list)
    per_head: bool = False
    """Whether the money is for each user."""
    waiting: list[str] = field(default_factory=list)
    """Amounts without a period, which one that follows may bring."""


def read_amounts(text: str, *, wants_limits: bool = False) -> Amounts:
    """Find all amounts of a plain text in which models are NAME.

    `wants_limits`: the text asks for models by their properties, so that money is a limit on their prices.
    """
    for pattern, words in ABBREVIATED.items():
        text = pattern.sub(words, text)
    text = PAIR.sub(r"\1 in and \2 out", text)
    if found := RANGE.search(text):
        text = text[: found.start()] + found[2] + text[found.end(2) :]
    if written := WRITTEN.search(text):
        text = text[: written.start()] + " " + text[written.end() :]
    reader = _Reader(text)
    if written:
        reader.found.unused.append(written[0])
    if part := PART_OF_TRAFFIC.search(text):
        reader.found.unused.append(part[0])
    reader.found.has_foreign_money = IN_EUROS.search(text) is not None
    if found:
        reader.found.notes.append(f"Read “{found[0]}” as its upper end, {found[2]}.")
    if rate := HIT_RATE.search(text):
        reader.parts["cached_share"] = Fraction(rate[1] or rate[2])
        reader.used.append(rate.span())
    for match in RATIO.finditer(text):
        _ratio(reader, match, Fraction(match[1]), Fraction(match[2]))
    for match in SLASHED.finditer(text):
        if int(match[1]) + int(match[2]) == 100 or (int(match[1]) in range(2, 21) and match[2] == "1"):
            _ratio(reader, match, Fraction(match[1]), Fraction(match[2]))
    for match in FRACTION.finditer(text):
        if 0 < int(match[1]) <= int(match[2]) and int(match[1]) + int(match[2]) != 100:
            share = Fraction(int(match[1]), int(match[2]))
            reader.parts["cached_share" if "cache" in match[3] else "input_share"] = (
                1 - share if match[3] == "output" else share
            )
            reader.used.append(match.span())
    taken = list(reader.used)
    listed = [each for each in numbers(text) if not any(start < each.end and each.start < end for start, end in taken)]
    prefixed = bool(PREFIXED.search(text)) or (
        bool(listed)
        and bool(re.search(r"\b(?:input|output|in|out|prompt)(?: tokens?)?\s?[:=]?\s?$", text[: listed[0].start]))
    )
    has_out = bool(OUTPUT.search(text)) and len(listed) > 1
    for position, number in enumerate(listed):
        before = listed[position - 1].end if position else 0
        after = listed[position + 1].start if position + 1 < len(listed) else len(text)
        _number(
            reader,
            number,
            text[before : number.start],
            text[number.end : after],
            prefixed=prefixed,
            has_out=has_out,
            wants_limits=wants_limits,
        )
    _words(reader)
    return _finished(reader)


def _ratio(reader: _Reader, match: re.Match[str], first: Fraction, second: Fraction) -> None:
    if (
        " to " in match[0]
        and second != 1
        and first + second != 100
        and not re.search(r"ratio|split|mix|input|blend", reader.text)
    ):
        return
    around = reader.text[max(0, match.start() - 20) : match.start()] + reader.text[match.end() : match.end() + 24]
    if re.search(r"[ap]m\b", reader.text[match.end() : match.end() + 3]):
        return
    if first + second == 0:
        reader.found.bad.append(match[0])
    else:
        turned = re.search(r"out(?:put)?\s?[:/ ](?:to )?\s?in", around)
        reader.parts["input_share"] = (second if turned else first) / (first + second)
    reader.used.append(match.span())


def _number(
    reader: _Reader, number: Number, before: str, after: str, *, prefixed: bool, has_out: bool, wants_limits: bool
) -> None:
    """Tell what one number is by the words around it."""
    text, rest = reader.text, after.lstrip()
    space = len(after) - len(rest)
    wording = text[number.start : number.end].strip()
    if rest.startswith("%") or re.match(r"percent\b|pct\b", rest):
        _share(reader, number, before, rest)
        return
    if number.is_foreign or re.match(r"(?:euros?|eur|pounds?|gbp)\b|[€£]", rest):
        reader.found.has_foreign_money = True
        reader.used.append((number.start, number.end))
        return
    if number.is_money or re.match(r"(?:us )?(?:dollars?|usd|bucks)\b", rest):
        _money(reader, number, rest, wants_limits=wants_limits)
        return
    if not wants_limits and PRICE_OVER.search(before) and number.value <= LARGEST_REQUEST:
        reader.parts["request_input"] = number.value + 1
        noun = re.match(r"\s?(?:tokens?)?(?: ?(?:of )?context)?", after)
        reader.used.append((number.start, number.end + (noun.end() if noun else 0)))
        return
    if limit := _limit_on_size(before, rest if space else after, wants_limits=wants_limits):
        if number.value < 1 or number.value >= TOO_LARGE:
            reader.found.bad.append(wording)
        else:
            reader.found.limits.append((number, limit))
        reader.used.append((number.start, number.end))
        return
    if found := FRESH.match(rest):
        _set(reader, "fresh", number, space + found.end())
        return
    if CACHED_AMOUNT.match(text[number.end :].lstrip()) or CACHES.search(before):
        _set(reader, "cached", number)
        return
    if (size := _size(reader, number, before, after)) and size[0] not in reader.parts:
        key, length = size
        _set(reader, key, number, length)
        return
    if PROMPT_OVER.search(before) and not re.match(r"requests?|calls?", rest):
        reader.parts["request_input"] = number.value + 1
        reader.used.append((number.start, number.end))
        return
    kind, end = _kind(reader, number, before, rest, prefixed=prefixed, has_out=has_out)
    if kind is None:
        return
    start = number.end + space
    if number.value <= 0 or number.value >= TOO_LARGE or (kind in TOKENS and number.value < 1):
        reader.found.bad.append(f"{wording} {rest[:end]}".strip())
        reader.used.append((number.start, start + end))
        return
    _keep(reader, kind, number, rest, start, end)


def _set(reader: _Reader, key: str, number: Number, length: int = 0) -> None:
    """Keep an amount, and so much of the text after it."""
    if number.value < 0:
        reader.found.bad.append(reader.text[number.start : number.end].strip())
    else:
        reader.parts[key] = number.value
    reader.used.append((number.start, number.end + length))


def _limit_on_size(before: str, after: str, *, wants_limits: bool) -> str | None:
    """Whether a number is a model's context window or, where models are looked for, the longest answer that it gives."""
    if CONTEXT.match(after) or CONTEXT_BEFORE.search(before):
        return "context"
    return "max_output" if wants_limits and (MAX_OUTPUT.match(after) or MAX_OUTPUT_BEFORE.search(before)) else None


def _size(reader: _Reader, number: Number, before: str, after: str) -> tuple[str, int] | None:
    """Whether a number is the size of one request, prompt or answer, and how much of the text after it belongs to it."""
    rest = after.lstrip()
    found = SIZED.match(after)
    if found and (number.value <= LARGEST_REQUEST or not found[0].lstrip().startswith("tokens")):
        names = ("request_input", "request_output", "request_total")
        return next(name for name, group in zip(names, found.groups(), strict=True) if group), found.end()
    if number.value > LARGEST_REQUEST:
        return None
    if (
        number.value >= MANY
        and "requests" not in reader.parts
        and (found := LONG_PROMPTS.match(rest))
        and (article := WITH.search(before))
        and (article[1] or not found[1])
        and not IN_A_PERIOD.match(rest[found.end() :].lstrip(" ,"))
    ):
        return "request_input", len(after) - len(rest) + found.end()
    if (
        number.value >= TEN
        and (found := LONG_ANSWERS.match(rest))
        and (re.search(r"\ban? ~?$", before) or not found[1])
        and (
            WITH.search(before)
            or re.search(r"\b(?:and|plus|in),?(?: an?)? ~?$", before)
            or ("request_input" in reader.parts and re.search(r",\s*(?:an? )?~?$", before))
        )
    ):
        return "request_output", len(after) - len(rest) + found.end()
    if (found := SIZE_OF.search(before)) and not IN_A_PERIOD.match(rest):
        return "request_input" if found[1] else "request_output", 0
    return None


def _kind(
    reader: _Reader, number: Number, before: str, rest: str, *, prefixed: bool, has_out: bool
) -> tuple[str | None, int]:
    """The kind of amount and how much of the text after the number belongs to it."""
    end, noun = 0, NOUN.match(rest)
    if noun:
        end = noun.end() + len(rest[noun.end() :]) - len(rest[noun.end() :].lstrip())
    tail = rest[end:]
    is_of_last = len(before) < number.start and not before.startswith((",", ";", " and ", " or "))
    came_first = (
        re.search(
            rf"(?:{'' if is_of_last else '^|'}[,;(]|\band|\bplus) ?(input|prompt|output|completion)s? ?~?$", before
        )
        or (not is_of_last and re.search(r"\b(input|prompt|output|completion)s? (?:is|are|be|=|of|at)\s?$", before))
        or (prefixed and re.search(r"\b(input|prompt|in|output|completion|out)(?: tokens?)?\s?[:=]?\s?$", before))
    )
    if came_first:
        return ("output" if came_first[1] in ("output", "completion", "out") else "input"), end
    for kind, pattern in (("input", INPUT), ("output", OUTPUT)):
        if match := pattern.match(tail):
            more = NOUN.match(tail[match.end() :].lstrip())
            gap = len(tail[match.end() :]) - len(tail[match.end() :].lstrip())
            return kind, end + match.end() + (gap + more.end() if more else 0)
    if (match := IN.match(tail)) and (has_out or not tail[match.end() :].strip(" ?.!")):
        return "input", end + match.end()
    if not noun and (match := REQUESTS.match(tail)):
        is_the_unit = number.value == 1 and not PERIOD.match(tail[match.end() :].lstrip(" ,"))
        return (None if is_the_unit else "requests"), end + match.end()
    if SENT_AND_RECEIVED.search(reader.text) and (noun or number.value >= MANY):
        for kind, pattern in (("input", SENT), ("output", RECEIVED)):
            if pattern.search(before):
                return kind, end
    if match := USERS.match(tail):
        return "users", end + match.end()
    if not noun and COUNTED.match(tail) and "requests" not in reader.parts and EACH.search(reader.text):
        return "requests", end + len(tail) - len(tail.lstrip(LETTERS))
    large = number.value >= 1000 or number.counts_tokens or re.search(r"[a-z]$", reader.text[number.start : number.end])
    at = re.search(r"(?:\bat|@|\bfor|about|\bsay|to|of|do|~|with|it|volume|volume:)\s*~?$", before.rstrip() + " ")
    if not noun and number.value > 0 and TIMES_A_PERIOD.match(tail) and _has_size(reader):
        return "requests", end + (5 if tail.startswith("times") else 0)
    if noun or number.counts_tokens or large or number.value < 0 or (at and PERIOD.match(tail)):
        return ("total" if noun or large or number.value < 0 or at else None), end
    return None, 0


def _has_size(reader: _Reader) -> bool:
    """Whether the size of a request was said before: of both directions, or of one in so many words."""
    sizes = [name for name in reader.parts if name.startswith("request_")]
    both = {"input", "output"} <= set(reader.parts) and not {"input", "output"} & set(reader.per)
    return "requests" not in reader.parts and (bool(sizes) or both)


def _keep(reader: _Reader, kind: str, number: Number, rest: str, start: int, end: int) -> None:
    tail = rest[end:]
    gap = GAP.match(tail)
    after = tail[gap.end() :] if gap else tail
    period = PERIOD.match(after)
    if period and gap and "," in gap[0] and kind in TOKENS and "requests" in reader.per:
        period = None  # what is asked for, not how often
    each = PER_REQUEST.match(after) if kind in TOKENS else None
    key = f"request_{kind}" if each else kind
    if key in reader.parts and kind in TOKENS and "requests" in reader.parts:
        key = f"request_{kind}"
    if key == "total":
        reader.found.volumes.append(number.value)
    reader.parts[key] = number.value
    if period:
        length = PERIODS[(period[1] or period[2]).strip()]
        for name in (key, *(name for name in reader.waiting if name not in reader.per and name != "users")):
            if name == key or not (kind == "requests" or name == "requests"):
                reader.per[name] = length
        reader.waiting = []
        end += (gap.end() if gap else 0) + period.end()
    else:
        reader.waiting.append(key)
        end += (gap.end() if gap else 0) + each.end() if each else 0
    reader.used.append((number.start, start + end))


def _share(reader: _Reader, number: Number, before: str, rest: str) -> None:
    """A percentage: of the input, of the output, or of the input that is cached."""
    share, words = number.value / 100, rest[:48].partition(",")[0]
    after = re.split(r"\d", words)[0]
    wording = reader.text[number.start : number.end] + "%"
    near = re.split(r"[,;+]| and ", before)[-1][-28:]
    if CACHED.search(after) or CACHED.search(near):
        name, value = "cached_share", share
    elif re.search(r"\b(?:output|out|completion|generated)\b", after) or (
        re.search(r"\b(?:output|out)\b", near) and not re.search(r"\b(?:input|in|prompt)\b", after)
    ):
        name, value = "input_share", 1 - share
    elif re.search(r"\b(?:input|prompts?|in)\b", f"{near} {after}"):
        name, value = "input_share", share
    else:
        reader.found.share = share
        reader.used.append((number.start, number.end + 1))
        return
    reader.used.append((number.start, number.end + 1))
    if share < 0 or share > 1:
        reader.found.bad.append(wording)
    else:
        reader.parts[name] = value


def _money(reader: _Reader, number: Number, rest: str, *, wants_limits: bool) -> None:
    if wants_limits and MONTHLY_MONEY.match(rest):
        reader.found.limits.append((number, "monthly"))
        reader.used.append((number.start, number.end))
        return
    if wants_limits or re.match(r"\s?(?:/|per )\s?(?:m\b|mtok|million|1m)", rest):
        reader.found.limits.append((number, "price"))
        reader.used.append((number.start, number.end))
        return
    words = re.match(r"(?:us )?(?:dollars?|usd|bucks)?\s?", rest)
    after = rest[words.end() :] if words else rest
    period = PERIOD.match(after)
    value = number.value * (PER_MONTH[PERIODS[(period[1] or period[2]).strip()]] if period else 1)
    if months := MONTHS_OF_MONEY.match(reader.text[number.end :].lstrip()):
        value /= {"quarter": 3, "year": 12}.get(months[2] or "", int(months[1] or 1))
    elif not period and (QUARTER.search(reader.text) or YEAR.search(reader.text)):
        value /= 3 if QUARTER.search(reader.text) else 12
    if PER_HEAD.match(after):
        reader.per_head = True
    if value <= 0 or value >= TOO_LARGE:
        reader.found.bad.append(reader.text[number.start : number.end].strip())
    elif reader.found.money is None:
        reader.found.money = value
    end = number.end + (len(rest) - len(after)) + (period.end() if period else 0)
    reader.used.append((number.start, min(end, len(reader.text))))


def _words(reader: _Reader) -> None:
    """Amounts in words: all output, half cached, nothing cached."""
    text, parts = reader.text, reader.parts
    for name, phrases in IN_WORDS.items():
        if name not in parts:
            for value, phrase in phrases:
                if phrase.search(text):
                    parts[name] = value
                    reader.used += [match.span() for match in phrase.finditer(text)]
                    break
    if re.search(r"(?:^|\s)(?:nan|inf|infinity|∞|infinite)\s(?:tokens?|requests?)", text):
        reader.found.bad.append("not a number")


def _tier(text: str) -> Tier | None:
    found = [(match.start(), tier) for tier, pattern in TIERS.items() if (match := pattern.search(text))]
    if any(tier == "standard" for _, tier in found) and re.search(
        r"\b(?:no|without|not) (?:batch|flex|priority|fast)", text
    ):
        return "standard"
    return min(found)[1] if found else None


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (min(end, len(letters)) - start)
    return re.sub(r" +", " ", "".join(letters)).strip()


def _to_one_request(reader: _Reader) -> None:
    """Move to the size of one request what was said of it: beside a number of requests, or beside the other direction."""
    parts, per = reader.parts, reader.per
    names = list(parts)
    if "requests" in parts and "requests" not in per:
        moved = next((each for each in TOKENS if each in per and names.index("requests") < names.index(each)), None)
        if moved:
            per["requests"] = per[moved]
            for name in TOKENS:
                per.pop(name, None)
    sized = "requests" in parts or any(
        each.search(reader.text) for each in (PER_REQUEST, REQUEST_OF, HOW_MANY_REQUESTS)
    )
    if sized:
        for name in TOKENS:
            if name in parts and name not in per and f"request_{name}" not in parts:
                parts[f"request_{name}"] = parts.pop(name)
    for name in ("input", "output"):
        has_other = f"request_{'input' if name == 'output' else 'output'}" in parts
        if has_other and name in parts and name not in per and f"request_{name}" not in parts:
            parts[f"request_{name}"] = parts.pop(name)


def _leading(reader: _Reader, rest: str) -> Period | None:
    """The period that stands before the amounts that it is of: "daily 5M tokens", "our monthly volume"."""
    leading = LEADING.search(reader.text)
    if leading and not any(start <= leading.start() < end for start, end in reader.used):
        reader.used.append(leading.span())
        return PERIODS[leading[1] or leading[2]]
    named = re.search(
        r"\b(daily|weekly|monthly|yearly|hourly)\b(?: \w+){0,2} (?:volume|usage|traffic|tokens|load)", rest
    )
    if named:
        start = reader.text.find(named[0])
        if start >= 0:
            reader.used.append((start, start + len(named[1])))
    return PERIODS[named[1]] if named else None


def _small_as_ratio(parts: dict[str, Fraction]) -> None:
    """Input and output of a few tokens beside a volume of many are how it is split: "60M tokens, 75 in 25 out"."""
    sides = [parts.get("input"), parts.get("output")]
    if "requests" in parts or parts.get("total", 0) < MANY * MANY or not all(each and each < MANY for each in sides):
        return
    given, made = parts.pop("input"), parts.pop("output")
    parts["input_share"] = given / (given + made)


def _share_of_cached(reader: _Reader) -> None:
    """Cached tokens as a share of the input, where it is in the same text."""
    parts, found = reader.parts, reader.found
    cached = parts.pop("cached", None)
    if not cached:
        return
    base = parts.get("request_input") or parts.get("input") or parts.get("total", Fraction(0)) / 2
    if not base:
        found.cached = cached
    elif cached <= base:
        parts["cached_share"] = cached / base
    else:
        found.bad.append(f"{cached} cached")


def _finished(reader: _Reader) -> Amounts:
    """Put the amounts together: with a number of requests, tokens without a period are one request's."""
    parts, per, found = reader.parts, reader.per, reader.found
    text = _blank(reader.text, reader.used)
    if "fresh" in parts:
        parts["input"] = parts.pop("fresh") + parts.get("cached", Fraction(0))
    _to_one_request(reader)
    if {"request_total", "request_output"} <= parts.keys() and not INCLUDED.search(reader.text):
        parts.setdefault("request_input", parts.pop("request_total"))
    if found.window and "request_output" in parts and "request_input" not in parts and "input" not in parts:
        parts["request_input"] = found.window
    period = next((per[name] for name in TOKENS if name in per), None)
    leading = _leading(reader, text)
    if leading and period is None and "requests" not in per:
        if "requests" in parts:
            per["requests"] = leading
        else:
            period = leading
        text = _blank(reader.text, reader.used)
    if WORKING_DAYS.search(reader.text):
        found.is_of_working_days = True
        per.update({name: "working day" for name, length in per.items() if length == "day"})
        period = "working day" if period == "day" else period
    _small_as_ratio(parts)
    _share_of_cached(reader)
    if found.money is not None and reader.per_head and "users" in parts:
        found.money *= parts["users"]
    if not (PER_USER.search(reader.text) or USERS_TIMES.search(reader.text)) and not re.search(
        r"\beach\b", reader.text
    ):
        found.heads = parts.pop("users", None)
    found.said = Said(
        **{
            name: parts.get(name)
            for name in (
                "total",
                "input",
                "output",
                "requests",
                "request_total",
                "request_input",
                "request_output",
                "input_share",
                "cached_share",
                "users",
            )
        },
        per=period,
        requests_per=per.get("requests"),
        tier=_tier(reader.text),
    )
    if monthly_tokens(found.said) > MOST_TOKENS:
        found.bad.append(_largest(reader))
        found.said = found.said.model_copy(update=dict.fromkeys((*TOKENS, *SIZES, "requests")))
    found.text, found.rest = reader.text, text
    found.unused += _unread(reader)
    return found


PASSED_OVER = re.compile(
    r"[ -]?(?:months?|days?|weeks?|years?|quarters?|pages?|hours?|minutes?|people|users|models?|th\b|am\b|pm\b|of (?:them|those|these)|to \$?\d)"
)
"""After a number that is no amount of usage."""


def _unread(reader: _Reader) -> list[str]:
    """The numbers of which nothing was made, but for those too small to be an amount."""
    return [
        reader.text[each.start : each.end].strip()
        for each in numbers(reader.text)
        if each.value >= TEN
        and not any(start < each.end and each.start < end for start, end in reader.used)
        and not PASSED_OVER.match(reader.text[each.end :])
        and not re.search(r"(?:\btop |\bfirst |#|[\w/.-])$", reader.text[: each.start])
    ]


def _largest(reader: _Reader) -> str:
    start, end = max(reader.used, key=lambda span: span[1] - span[0])
    return reader.text[start:end].strip()
