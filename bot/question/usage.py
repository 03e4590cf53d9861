"""From what was said about usage to the workload of a month, and how a follow-up changes what was said."""

import re
from fractions import Fraction
from typing import NamedTuple

from bot.question.amount_words import PERIOD, PERIODS, TOKENS
from bot.question.model import HALF, LARGEST_REQUEST, PER_MONTH, Period, Said, Workload

SIZES = ("request_total", "request_input", "request_output")


def workload(said: Said, usual_share: Fraction = HALF) -> Workload:
    """The workload of a month. What was not said is assumed, and named: the usual share of input, per month."""
    share = said.input_share if said.input_share is not None else usual_share
    cached = said.cached_share if said.cached_share is not None else Fraction(0)
    heads = said.users or Fraction(1)
    size_in, size_out = _split(said.request_total, said.request_input, said.request_output, share)
    requests = None
    if said.requests is not None:
        requests = said.requests * PER_MONTH[said.requests_per or "month"] * heads
    volume_in, volume_out = _split(said.total, said.input, said.output, share)
    if volume_in is not None and volume_out is not None:
        times = PER_MONTH[said.per or "month"] * heads
        volume_in, volume_out = volume_in * times, volume_out * times
        if requests and size_in is None:
            size_in, size_out = volume_in / requests, volume_out / requests
    elif requests is not None and size_in is not None and size_out is not None:
        volume_in, volume_out = requests * size_in, requests * size_out
    tokens_in, tokens_out = _rounded(volume_in), _rounded(volume_out)
    if volume_in is not None and volume_out is not None and volume_in + volume_out:
        share = volume_in / (volume_in + volume_out)
    elif size_in is not None and size_out is not None and size_in + size_out:
        share = size_in / (size_in + size_out)
    return Workload(
        input_tokens=tokens_in,
        output_tokens=tokens_out,
        cached_input_tokens=None if tokens_in is None else _rounded(tokens_in * cached),
        input_share=share,
        cached_share=cached,
        requests=_rounded(requests),
        request_input_tokens=_rounded(size_in),
        request_output_tokens=_rounded(size_out),
        tier=said.tier or "standard",
        assumed=_assumed(said, size_in),
    )


def monthly_tokens(said: Said) -> Fraction:
    """At least so many tokens a month were said; those of one request where it was not said how many there are."""
    times = PER_MONTH[said.per or "month"]
    volume = sum((each for each in (said.total, said.input, said.output) if each), Fraction(0))
    size = sum((each for each in (said.request_total, said.request_input, said.request_output) if each), Fraction(0))
    requests = (said.requests if said.requests is not None else 1) * PER_MONTH[said.requests_per or "month"]
    return (volume * times + requests * size) * (said.users or 1)


def _split(
    total: Fraction | None, given: Fraction | None, made: Fraction | None, share: Fraction
) -> tuple[Fraction | None, Fraction | None]:
    """Input and output; one that alone was named is all there is."""
    if given is not None or made is not None:
        if total is not None and total > (given or 0) + (made or 0):
            return (
                given if given is not None else total - (made or 0),
                made if made is not None else total - (given or 0),
            )
        return given or Fraction(0), made or Fraction(0)
    return (None, None) if total is None else (total * share, total * (1 - share))


def _rounded(value: Fraction | None) -> int | None:
    """To whole tokens, half up."""
    return None if value is None else (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _assumed(said: Said, size: Fraction | None) -> tuple[str, ...]:
    directed = any(each is not None for each in (said.input, said.output, said.request_input, said.request_output))
    found = []
    if said.input_share is None and not directed:
        found.append("split")
    if said.has_volume and said.per is None and said.requests_per is None:
        found.append("period")
    if said.has_volume and size is None:
        found.append("request_size")
    return tuple(found)


def changed(before: Said, now: Said) -> Said:
    """What holds after a follow-up: all that was said before but for what it says anew."""
    kept = before.model_dump(exclude_none=True)
    new = now.model_dump(exclude_none=True)
    if before.requests is not None and _sized(kept) and "total" not in new and now.per is None and now.requests is None:
        new = {
            f"request_{name}" if name in ("input", "output") and getattr(now, name) <= LARGEST_REQUEST else name: each
            for name, each in new.items()
        }
    if "requests" in new and not _sized(kept | new) and before.per is None and not before.requests:
        small = {name: each for name in TOKENS if (each := getattr(before, name)) is not None}
        if small and all(each <= LARGEST_REQUEST for each in small.values()):
            kept = {name: each for name, each in kept.items() if name not in TOKENS}
            kept |= {f"request_{name}": each for name, each in small.items()}
    names_volume = any(name in new for name in TOKENS)
    names_size = any(name in new for name in SIZES)
    if before.total is not None and before.input_share in (0, 1) and names_volume and "total" not in new:
        kept = {name: value for name, value in kept.items() if name not in ("total", "input_share")}
        kept["input" if before.input_share else "output"] = before.total
    if "total" in new or (names_volume and "total" in kept):
        kept = _share_kept(before, kept)
        kept = {name: value for name, value in kept.items() if name not in TOKENS}
    if names_volume:
        kept.pop("requests", None)
        kept.pop("requests_per", None)
    if "request_total" in new or (names_size and "request_total" in kept):
        kept = {name: value for name, value in kept.items() if name not in SIZES}
    if "requests" in new:
        kept = (
            {name: value for name, value in kept.items() if name not in (*TOKENS, "per")}
            if _sized(kept | new)
            else kept
        )
    if "input_share" in new:
        kept = _resplit(before, kept)
    if now.has_volume and names_volume and ("input" in new or "output" in new):
        kept.pop("input_share", None)
    return Said(**(kept | new))


ADDS = re.compile(
    r"^(?:(?:and|plus|ok|then|now|what about|what if we add) )*(?:\+|another\b|additional\b|extra\b)|\bmore(?: tokens)?(?: (?:a|per) month)?[?.!]?$"
)


def added(before: Said, now: Said) -> Said:
    """What a follow-up adds to the volume, "another 5M": all of it, where both are of one kind; else what it says anew."""
    times = PER_MONTH[now.per or before.per or "month"] / PER_MONTH[before.per or "month"]
    names = [name for name in TOKENS if getattr(now, name) is not None]
    if not names or any(getattr(before, name) is None for name in names):
        return changed(before, now)
    return before.model_copy(update={name: getattr(before, name) + getattr(now, name) * times for name in names})


def shared(before: Said, share: Fraction) -> Said:
    """A bare percentage in a follow-up is of what the thread has a share of last: the cached part, else the input."""
    return changed(before, Said(cached_share=share) if before.cached_share is not None else Said(input_share=share))


PERIOD_ALONE = re.compile(
    rf"(?:(?:sorry|no|oops|hm+|actually|i meant?|rather|wait|ah|make (?:it|that)|that's|it's)[,. ]+)*(?:{PERIOD.pattern})"
    rf"(?:[,. ]+(?:sorry|i meant?|we meant?|instead|rather|actually|not (?:a|per|each) \w+))*\W*"
)
CORRECTS = re.compile(r"\b(?:sorry|no|oops|actually|meant?|rather|not|instead|make (?:it|that)|that's|it's)\b")


def corrected_period(text: str) -> Period | None:
    """The period that a follow-up puts right, "a week, not a month"; None where it asks for a cost in another one."""
    found = PERIOD_ALONE.fullmatch(text)
    if found is None or not CORRECTS.search(text):
        return None
    return PERIODS[next(filter(None, found.groups()))]


def with_period(said: Said, period: Period) -> Said:
    """The same amounts, so many in another time."""
    name = "requests_per" if said.requests is not None else "per"
    return said.model_copy(update={name: period})


def turned(said: Said) -> Said | None:
    """The same usage with input and output the other way round; None where no split was stated."""
    if said.input_share is not None:
        return said.model_copy(update={"input_share": 1 - said.input_share})
    pairs = [(one, other) for _, one, other in (TOKENS, SIZES) if getattr(said, one) or getattr(said, other)]
    if not pairs:
        return None
    return said.model_copy(
        update={name: getattr(said, source) for one, other in pairs for name, source in ((one, other), (other, one))}
    )


OF_TOKENS = re.compile(r"\btok|\bmtok|\b(?:input|output|in|out|volume)\b")
MOST_REQUESTS = 10**6
"""A bare number up to this beside requests of a stated size is one of requests."""


def as_requests(before: Said, now: Said, text: str) -> Said:
    """A bare number in a thread with requests of a stated size: how many of them, or how long each is, whichever it is
    nearer to; beside a size alone, a number with a period is how many."""
    sized = before.request_input or before.request_total or before.request_output
    if now.total is None or not sized or now.total > MOST_REQUESTS or OF_TOKENS.search(text):
        return now
    if any(each is not None for each in (now.input, now.output, now.requests, now.request_input)):
        return now
    if now.per is not None:
        return now.model_copy(update={"total": None, "per": None, "requests": now.total, "requests_per": now.per})
    if before.requests is None:
        return now
    length = before.request_input or sized
    if _apart(now.total, length) < _apart(now.total, before.requests):
        return now.model_copy(update={"total": None, "request_input": now.total})
    return now.model_copy(update={"total": None, "requests": now.total})


def _apart(one: Fraction, other: Fraction) -> Fraction:
    """How many times as large the larger of two amounts is."""
    return max(one, other) / min(one, other) if one and other else Fraction(10**9)


class Factor(NamedTuple):
    """How many times as much, of all or of one direction alone."""

    times: Fraction
    direction: str | None = None
    """"input" or "output"."""
    words: str = ""
    """The asker's."""


FACTORS = (
    (Fraction(2), r"doubl(?:es?|ed|ing)|twice|twofold|2x"),
    (Fraction(3), r"tripl(?:es?|ed|ing)|threefold|3x"),
    (Fraction(4), r"quadrupl(?:es?|ed|ing)|fourfold|4x"),
    (Fraction(5), r"fivefold|5x|five times"),
    (Fraction(10), r"ten times|tenfold|10x|x10|times ten|times 10"),
    (Fraction(1, 2), r"halv(?:es?|ed|ing)|half"),
)
_TIMES = "|".join(words for _, words in FACTORS)
_VERB = r"doubl(?:es?|ing)|tripl(?:es?|ing)|quadrupl(?:es?|ing)|halv(?:es?|ing)"
_USAGE = (
    r"(?:(?:the |our |my )?(?:monthly |daily |token )*(?:usage|traffic|volume|amount|load|demand|tokens?|requests?|calls?|"
    r"(?P<direction>input|output|prompts?|answers?)(?: tokens?| size| length)?))"
)
_PERCENT = r"(?P<percent>\d{1,3}(?:\.\d{1,3})?) ?(?:%|percent)"
_UP = r"(?:grow(?:s|n)?|goes up|go up|went up|increases?|rises?|scales up|jumps?|raise|boost|climbs?)"
_DOWN = r"(?:drops?|falls?|shrinks?|goes down|go down|went down|decreases?|declines?|cut|reduce|trim|lower|slash)"
_WILL = r"(?:(?:will|would|should|could|were to|is going to|to) )?"
_START = (
    r"^(?:(?:and|ok|now|or|so|but|what if|what happens if|what about|with|at|for|if|finance says|assume|say|suppose|imagine|then|we|i),? )*"
    r"(?:(?:the |our )?(?:usage|traffic|volume|load|demand|it|that|this|they) )?"
)
SCALES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_START}(?P<times>{_TIMES})(?: (?:it|that|this|of that|as (?:much|many)|{_USAGE}))?[?.!]?$",
        rf"{_START}{_WILL}(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: by)? (?:another )?(?:{_PERCENT}|(?P<times>{_TIMES}))[?.!]?$",
        rf"\b{_USAGE} {_WILL}(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: by)? (?:another )?(?:{_PERCENT}|(?P<times>{_TIMES}))",
        rf"\b(?:{_USAGE}|it|that|this) {_WILL}(?P<times>{_VERB})\b",
        rf"\b{_USAGE} (?:is|are|get|gets|become|becomes|were) (?P<times>{_TIMES})(?: as)? (?:long|large|big|high|many|much|size)\b",
        rf"\b(?:if|we|i|you|and|to) (?P<times>{_VERB}) (?:it|that|this|{_USAGE}|(?:our |the |those |these )?(?=\d))",
        rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})) (?:it|that|this|{_USAGE}) by (?:{_PERCENT}|(?P<times>half))",
        rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})) {_PERCENT} (?:of|off|from) {_USAGE}",
        rf"(?:^|(?<=\s)){_PERCENT} (?:(?P<up>more)|(?P<down>less|fewer)) (?:tokens? )?{_USAGE}",
    )
)
"""How a change of the usage is said: alone, as a follow-up, and within a text."""


def factor_of(text: str) -> tuple[Factor, tuple[int, int]] | None:
    """How many times as much a text asks for, and where: "double it", "what if traffic grows 20%", "halve the output"."""
    found = next((found for pattern in SCALES if (found := pattern.search(text))), None)
    if found is None:
        return None
    parts = found.groupdict()
    said = parts.get("direction") or ""
    direction = ("output" if said.startswith(("out", "answer")) else "input") if said else None
    if parts.get("percent"):
        share = Fraction(found["percent"]) / 100
        times = 1 + share if parts["up"] else 1 - share
    else:
        times = _times(found["times"])
        if parts.get("down"):
            times = 1 - times if times < 1 else 1 / times
        elif parts.get("up") and times < 1:
            times += 1
    return (Factor(times, direction, found[0]), found.span()) if times > 0 else None


def _times(words: str) -> Fraction:
    return next(factor for factor, pattern in FACTORS if re.fullmatch(pattern, words))


def scaled(said: Said, factor: Factor) -> Said:
    """Usage of the same shape, so many times as much; or with so many times as much of one direction."""
    if factor.direction and said.total is not None:
        share = said.input_share if said.input_share is not None else HALF
        parts = {"total": None, "input_share": None, "input": said.total * share, "output": said.total * (1 - share)}
        said = said.model_copy(update=parts)
    names: tuple[str, ...] = ("requests",) if said.requests is not None else TOKENS
    if factor.direction:
        names = (factor.direction, f"request_{factor.direction}")
    return said.model_copy(
        update={name: each * factor.times for name in names if (each := getattr(said, name)) is not None}
    )


def on_working_days(said: Said) -> Said:
    """The same each day, on working days alone; what was said of another time is then said of a working day."""
    names = ("per", "requests_per")
    days = {name: "working day" for name in names if getattr(said, name) == "day"}
    days = days or {name: "working day" for name in names if getattr(said, name) in ("week", "hour", "minute")}
    return said.model_copy(update=days)


def _sized(said: dict[str, object]) -> bool:
    return any(name in said for name in SIZES)


def _share_kept(before: Said, kept: dict[str, object]) -> dict[str, object]:
    """The split of what was said in both directions stays when only the volume changes."""
    given, made = before.input, before.output
    if given is None and made is None:
        given, made = before.request_input, before.request_output
    if "input_share" not in kept and (given or made):
        return kept | {"input_share": (given or Fraction(0)) / ((given or Fraction(0)) + (made or Fraction(0)))}
    return kept


def _resplit(before: Said, kept: dict[str, object]) -> dict[str, object]:
    """A new split divides the same volume anew."""
    for whole, one, other in (TOKENS, SIZES):
        given, made = getattr(before, one), getattr(before, other)
        if given is not None or made is not None:
            kept = {name: value for name, value in kept.items() if name not in (one, other)}
            kept.setdefault(whole, (given or Fraction(0)) + (made or Fraction(0)))
    return kept
