"""The names of models in a sentence: where they stand, and what each of them means."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import OSA

from bot.question.amount_words import NAME
from catalog.names import COMPANIES, FAMILIES, HOSTS, Ambiguous, Named, NameIndex, Resolution, Unknown, parts_of, tokens

RUN = re.compile(r"[a-z0-9]+\+?")
JOINT = re.compile(r"[-./_:@~]|/[@~]| ?\(|\)? ")
"""What may stand between the parts of one name."""
TIER_WORDS = frozenset(("batch", "batched", "flex", "priority", "fast", "standard"))
"""After a name and a space these say how it is used, not which one."""
AMOUNT = re.compile(r"\d+(?:[.,]\d+)*\s?(?:[kmbt]|bn|mn|mio)?|[a-z]")
"""A number, with or without its unit, or a lone letter: no name."""
TIER_SAID = re.compile(rf" (?:{'|'.join(sorted(TIER_WORDS))}) (?:mode|tier|prices?|pricing|lane)$")
GLUE = "-_.@"
"""Marks that make one word of what they join."""
UNIT = re.compile(
    r"(?:\s?(?:[kmb]|mn|bn|mio|thousand|million|billion|tokens?|requests?|calls?|percent|users?|%)|:\d|\s:\s?\d{1,3}(?![\w.]))"
    r"(?![a-z])"
)
SERIES = frozenset(
    "sol terra argon opus sonnet haiku fable mythos gemma flash mini nano chatgpt codex ministral codestral devstral"
    " magistral mixtral pixtral nova nemotron jamba palmyra luna astra".split()
)
TRIGGERS = FAMILIES - {"muse", "minimax"} | SERIES
"""Words that can only be (part of) a model's name."""
ONE_EACH = frozenset("opus sonnet haiku fable mythos gpt gemini grok kimi glm".split())
"""Words of which a name has one at most."""
VARIANTS = TRIGGERS | frozenset(
    "pro lite turbo large small medium max plus ultra sol terra argon spark wonder codex"
    " cyber preview instruct pro".split()
)
"""Words that go on with a name that has begun."""
NO_NAMES = (
    frozenset(
        (
            "command",
            "computer use",
            "router",
            "extract",
            "summarize",
            "moderation",
            "ada",
            "curie",
            "babbage",
            "spotlight",
            "weaver",
            "glimpse",
            "clef",
            "deep research",
        )
    )
    | FAMILIES
)
COMMON = frozenset(
    "a about across add after again against all also am an and annual annually any are around as ask asks assume at"
    " average back be because been before being below best better between big bill both break budget but buy by cache"
    " cached call calls can change changed chat cheap cheaper cheapest choose classification code coding compare"
    " compared comparison context cost costs could cover current cut daily date day days did difference different do"
    " document documents does doing done drop each either else even ever every fast faster few find first flat for"
    " free from get gets getting give go goes going good got had half has have help here high higher hour hours how i"
    " if in incl input instead into is it its just keep kind large last latency latest least less let light like limit"
    " list long longer look lot low lower made main make mean million mind mine minus minute minutes mix mode model"
    " models money month monthly months more most move moving much must my name need new next nine no none nor not now"
    " number of off ok old on once one only open or other our out output over page paid pass pay per pick place plan"
    " please pls plus point price prices pricing prompt put quality question quick rate rates rather ratio real remove"
    " replace request requests right run same save say scale score should show side since size small so solve some"
    " something soon speed spend spending split standard start still stop such sum summer support swap switch table"
    " take task tell test text than that the them then there these they thing things think this those three through"
    " tier time times to today token tokens too total try two under until up upgrade us usage use user users using"
    " value versus via volume vs want was way we week weekly weeks well were what when where which while who why will"
    " window with without work others rest everything anything eol worth would write wrong year yearly years yes yet you your main line mind fine find"
    " final codes lol pls plz nine mini-batch main make male mile milk mill mind flask flesh class opens haven grow crop drop group"
    " gets glad glue kinds kiwi sound sonic prior pay poem city code lava lama game gamma came chatbot chatbots".split()
)
LATEST = re.compile(
    rf"\b(?:latest|newest|most recent|current)\s(?:(?:model\s)?(?:from|by|of)\s)?((?:(?:{'|'.join(sorted(TRIGGERS | COMPANIES))}|pro|large|lite)"
    r"(?:\s|$|(?=[?.,!])))+)"
)
NEXT_VERSION = re.compile(
    rf"{NAME}(?:'s)?\s?(?:vs\.?|versus|or|and|,|/|to|->|with|&|against|(?:rather )?than|instead of)\s?"
    r"(\d{1,2}(?:\.\d{1,2})?)(?![\w%]|[.,:]\d)"
)
OWN_HOSTS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "google",
    "deepseek": "deepseek",
    "xai": "x-ai",
    "mistral": "mistral",
    "cohere": "cohere",
    "moonshot": "moonshotai",
    "zai": "zai",
    "z.ai": "zai",
}
SURE_HOSTS = frozenset("azure bedrock vertex openrouter groq cerebras fireworks cloudflare databricks".split())
_ANY_HOST = "|".join(re.escape(each) for each in sorted(HOSTS | OWN_HOSTS, key=len, reverse=True))
_SELLERS = "|".join(re.escape(each) for each in sorted(HOSTS, key=len, reverse=True))
HOSTED = re.compile(rf"(?:{'|'.join(SURE_HOSTS)}) ")
"""A host before a name, which is not a part of it."""
ON_HOST = re.compile(
    rf"\b(?:directly from|direct from|straight from|directly at|on|via|at|through|from|using|by|in|back to)\s(?:the\s)?({_ANY_HOST})(?![\w/.-])(?:'s)?|"
    rf"\(({_ANY_HOST})\)|(?<![\w/.-])({'|'.join(SURE_HOSTS)})(?![\w/.-])|"
    rf"(?<![\w/.-])({_ANY_HOST})(?= (?:or|vs\.?|versus) (?:{_SELLERS})(?![\w/.-]))|(?<![\w/.-])({_SELLERS})(?= (?:or|vs\.?|versus) (?:{_ANY_HOST})(?![\w/.-]))"
)
BESIDE_HOST = re.compile(rf"(?:,? ?(?:or|and|vs\.?|versus) |, )(?:on )?({_ANY_HOST})(?![\w/.-])")
LIKE = re.compile(
    r"\balternatives?\b|\b(?:something|anything) (?:.* )?(?:like|cheaper)\b|\bsimilar\b|\binstead of\b|\breplac"
)
"""Where "from openai" says who should make it, not where it is sold."""


@dataclass(frozen=True)
class Mention:
    """A name in a text and what it means."""

    start: int
    end: int
    text: str
    resolution: Resolution


@dataclass
class Names:
    """The names of a text."""

    text: str
    """With NAME in the place of each."""
    mentions: list[Mention] = field(default_factory=list)
    host: str | None = None
    """The provider id of a host that is named, if there is one for all."""
    hosts: tuple[str, ...] = ()
    """That one and all others that are named: "on groq or together"."""


def read_names(text: str, index: NameIndex) -> Names:
    """Find the names in a plain text. The longest reading of a name wins."""
    runs = [(match.start(), match.end()) for match in RUN.finditer(text)]
    spans = _known(text, runs, index)
    spans = _with_misspelt_neighbours(text, runs, spans, index)
    spans += [part for span in _unclear(text, runs, spans, index) for part in _apart(text, span, index)]
    direct = [match.span() for match in ON_HOST.finditer(text) if match[0].startswith(("direct", "straight"))]
    spans = [span for span in spans if not any(start <= span[0] < end for start, end in direct)]
    hosts = [
        (match.start(), match.end(), (HOSTS | OWN_HOSTS)[next(filter(None, match.groups()))])
        for match in ON_HOST.finditer(text)
        if not (match[0].startswith(("from ", "by ")) and match[1] in OWN_HOSTS and LIKE.search(text))
        and not text[: match.start()].endswith(("not ", "n't ", "isnt ", "except ", "but "))
        and not any(start < match.end() and match.start() < end for start, end in spans)
    ]
    newest = [
        (match.start(), match.end(), found)
        for match in LATEST.finditer(text)
        if (found := index.newest(_wanted(match[1])))
        and not any(
            start < match.end() and match.start() < end and re.search(r"\d", text[start:end]) for start, end in spans
        )
    ]
    hosts = [each for each in hosts if not any(start <= each[0] < end for start, end, _ in newest)]
    spans = [span for span in spans if not any(start <= span[0] < end for start, end, _ in newest)]
    mentions = [Mention(start, end, text[start:end].strip(), found) for start, end, found in newest]
    for start, end in sorted(spans):
        host = _host_of(text, start, end, sorted(spans), hosts)
        mentions.append(_mention(text, start, end, host, index))
    if len(spans) == 1 and hosts and not newest and (len(hosts) > 1 or _hosts_beside(text, hosts)):
        hosts = _at_each_host(text, mentions, hosts, index)
    mentions = _one_after_another(mentions)
    mentions = _with_their_versions(mentions, index)
    names = Names(_replaced(text, mentions, hosts), mentions)
    _add_versions(names, index)
    names.host = hosts[-1][2] if hosts else None
    names.hosts = tuple(dict.fromkeys(host for _, _, host in (*hosts[::-1], *_hosts_beside(text, hosts))))
    return names


VARIANTS_OF_ONE = frozenset("mini nano pro lite sol terra luna".split())
"""Words that tell apart models of one version."""


def _with_their_versions(mentions: list[Mention], index: NameIndex) -> list[Mention]:
    """A bare variant after a name is of that name's version: "gpt-5.6 sol vs terra"."""
    made: list[Mention] = []
    for each in mentions:
        if made and each.text in VARIANTS_OF_ONE and isinstance(each.resolution, Ambiguous):
            kept = [word for word in tokens(made[-1].text) if word not in VARIANTS_OF_ONE]
            found = index.find(" ".join([*kept, each.text]))
            if isinstance(found, Named) and isinstance(made[-1].resolution, Named):
                made.append(Mention(each.start, each.end, " ".join([*kept, each.text]), found))
                continue
        made.append(each)
    return made


def _one_after_another(mentions: list[Mention]) -> list[Mention]:
    """Mentions in order, without those that begin inside another one."""
    kept: list[Mention] = []
    for each in sorted(mentions, key=lambda each: each.start):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _wanted(said: str) -> set[str]:
    """The words that the newest is looked for by: the company only where there are no others."""
    words = set(tokens(said))
    return words - COMPANIES or words


# --- what is in the index ---


def _joined(text: str, runs: list[tuple[int, int]], first: int, last: int) -> bool:
    return all(JOINT.fullmatch(text[left[1] : right[0]]) for left, right in pairwise(runs[first : last + 1]))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span is not a part of a longer word."""
    before = start > 1 and text[start - 1] in GLUE and text[start - 2].isalnum()
    after = end + 1 < len(text) and text[end] in GLUE and text[end + 1].isalnum()
    return not before and not after


def _known(text: str, runs: list[tuple[int, int]], index: NameIndex) -> list[tuple[int, int]]:
    """The spans that are in the index, at each place the longest: exactly spelt ones before those in another order."""
    found, position = [], 0
    while position < len(runs):
        reach = min(len(runs) - 1, position + 9)
        lasts = [last for last in range(reach, position - 1, -1) if _may_be_name(text, runs, position, last, index)]
        spelled = {last: text[runs[position][0] : runs[last][1]] for last in lasts}
        last = next(
            (
                last
                for last in lasts
                if (index.is_word(spelled[last]) if spelled[last].isalpha() else index.is_exact(tokens(spelled[last])))
            ),
            -1,
        )
        if last < 0:
            last = next(
                (last for last in lasts if not spelled[last].isalpha() and index.is_known(tokens(spelled[last]))), -1
            )
        if last >= 0:
            if _has_other_version(text, runs, position, last, index):
                last += 1
            found.append((runs[position][0], runs[last][1]))
        position = max(last, position) + 1
    return found


def _has_other_version(text: str, runs: list[tuple[int, int]], first: int, last: int, index: NameIndex) -> bool:
    """Whether a known name without a number is followed by a version that there is not: "mistral large 9"."""
    if last + 1 >= len(runs) or re.search(r"\d", text[runs[first][0] : runs[last][1]]):
        return False
    start, end = runs[last + 1]
    version = text[start:end]
    if text[runs[last][1] : start] not in (" ", "-") or not re.fullmatch(r"\d{1,2}", version):
        return False
    if UNIT.match(text[end:]) or re.match(r"[.,:/]\d|x\b", text[end:]):
        return False
    family = parts_of(tokens(text[runs[first][0] : runs[last][1]])).words
    return any(family <= spelled.words and spelled.numbers for spelled in index.own_forms)


def _may_be_name(text: str, runs: list[tuple[int, int]], first: int, last: int, index: NameIndex) -> bool:
    """Whether a span has the shape of a name and is no amount."""
    start, end = runs[first][0], runs[last][1]
    spelled = text[start:end]
    if not _is_whole(text, start, end) or not _joined(text, runs, first, last):
        return False
    if AMOUNT.fullmatch(spelled) or spelled in NO_NAMES or HOSTED.match(spelled) or _is_of_several(spelled):
        return False
    leading = text[slice(*runs[first])]
    if (
        last > first
        and leading in (*TIER_WORDS, "mode")
        and text[runs[first][1]] == " "
        and not index.is_makers(tokens(spelled))
    ):
        return False
    lone = text[runs[last][0] : end]
    if (
        last > first
        and text[runs[last][0] - 1] == " "
        and (
            (lone in TIER_WORDS and not index.is_makers(tokens(spelled)))
            or TIER_SAID.search(spelled)
            or (lone.isdigit() and UNIT.match(text[end:]))
        )
    ):
        return False
    return not any(
        re.fullmatch(r"\d+(?:k|m|bn)", text[left:right])
        for left, right in runs[first : last + 1]
        if last > first and text[left - 1 : left] == " "
    )


def _is_of_several(spelled: str) -> bool:
    """Whether a span has words that only one name each can have: "opus 5 opus 4.8", "sonnet 4.6 opus"."""
    words = [each for each in re.findall(r"[a-z]+", spelled) if each in ONE_EACH]
    return len(words) > 1


# --- what is not ---


def _is_near(word: str, vocabulary: frozenset[str]) -> bool:
    """Whether a word is a slip of the keys away from one of a vocabulary."""
    if len(word) < 3 or word in COMMON or word in vocabulary or word in HOSTS or not word.isalpha():
        return False
    allowed = 1 if len(word) < 8 else 2
    return any(
        OSA.distance(word, known, score_cutoff=allowed) <= allowed
        for known in vocabulary
        if abs(len(known) - len(word)) <= allowed and len(known) > 2
    )


def _with_misspelt_neighbours(
    text: str, runs: list[tuple[int, int]], spans: list[tuple[int, int]], index: NameIndex
) -> list[tuple[int, int]]:
    """Known spans with the misspelt words that belong to them: "clade opus 5.5", "gpt 4.1 mni"."""
    starts = {start: position for position, (start, _) in enumerate(runs)}
    ends = {end: position for position, (_, end) in enumerate(runs)}
    taken = {position for start, end in spans for position in range(starts[start], ends[end] + 1)}
    widened = []
    for start, end in spans:
        first, last = starts[start], ends[end]
        if (
            first - 1 not in taken
            and first > 0
            and _joined(text, runs, first - 1, first)
            and _is_slip(text, runs[first - 1], TRIGGERS, index)
            and text[runs[first - 1][0] - 1 : runs[first - 1][0]] not in ("-", "_", ".")
        ):
            first -= 1
        if (
            last + 1 not in taken
            and last + 1 < len(runs)
            and _joined(text, runs, last, last + 1)
            and _is_slip(text, runs[last + 1], VARIANTS - FAMILIES, index)
            and not (
                last + 2 < len(runs) and text[runs[last + 2][0]].isdigit() and _joined(text, runs, last + 1, last + 2)
            )
        ):
            last += 1
            taken.add(last)
        widened.append((runs[first][0], runs[last][1]))
    return widened


def _is_slip(text: str, run: tuple[int, int], vocabulary: frozenset[str], index: NameIndex) -> bool:
    word = text[slice(*run)]
    return _is_near(word, vocabulary) and word not in index.vocabulary


def _unclear(
    text: str, runs: list[tuple[int, int]], known: list[tuple[int, int]], index: NameIndex
) -> list[tuple[int, int]]:
    """Spans that must be names, but of what is not clear: a family, a version that there is not, a misspelling."""
    free = [not any(start <= left < end for start, end in known) for left, _ in runs]
    found: list[tuple[int, int]] = []
    for position, (start, _) in enumerate(runs):
        if not free[position] or (found and start < found[-1][1]) or not _begins(text, runs, position, index):
            continue
        first = last = position
        while (
            first > 0
            and free[first - 1]
            and _goes_on(text, runs, first - 1, first, first - 1)
            and not (found and runs[first - 1][0] < found[-1][1])
        ):
            first -= 1
        while last + 1 < len(runs) and free[last + 1] and _goes_on(text, runs, last, last + 1, last + 1):
            last += 1
        found.append((runs[first][0], runs[last][1]))
    return found


def _apart(text: str, span: tuple[int, int], index: NameIndex) -> list[tuple[int, int]]:
    """Families in a row that are no name together, "claude gemini": each for itself."""
    start, end = span
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text[start:end])]
    if len(words) < 2 or any(map(str.isdigit, text[start:end])) or not _is_unknown(text[start:end], index):
        return [span]
    parts: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        first = start + words[position][0]
        lasts = range(len(words) - 1, position - 1, -1)
        last = next((each for each in lasts if not _is_unknown(text[first : start + words[each][1]], index)), None)
        if last is None:
            return [span]
        parts.append((first, start + words[last][1]))
        position = last + 1
    return parts


def _is_unknown(spelled: str, index: NameIndex) -> bool:
    return isinstance(index.find(spelled), Unknown)


def _begins(text: str, runs: list[tuple[int, int]], position: int, index: NameIndex) -> bool:
    start, end = runs[position]
    word = text[start:end]
    if OF_A_TEST.search(word):
        return False
    if word.rstrip("0123456789") in TRIGGERS or O_SERIES.fullmatch(word):
        return True
    if _begins_with_muse(text, runs, position):
        return True
    glued = end + 1 < len(text) and text[end] in GLUE and text[end + 1].isalnum()
    if word.isalpha() and len(word) > 2 and word not in COMMON and glued:
        tail = re.match(r"[a-z0-9._-]+", text[start:])
        spelled = tail[0].rstrip(".-_") if tail else ""
        if re.search(r"-[a-z]*\d|\d[a-z]*-|^[a-z]+\d", spelled) or _is_near(word, TRIGGERS):
            return True
    following = runs[position + 1] if position + 1 < len(runs) else None
    numbered = (
        following
        and text[end : following[0]] in (" ", "-")
        and text[following[0]].isdigit()
        and not UNIT.match(text[following[1] :])
        and not re.fullmatch(r"\d+[kmb]n?", text[slice(*following)])
    )
    return _is_near(word, TRIGGERS) and word not in index.vocabulary and bool(numbered or len(word) > 4)


OF_A_LIMIT = re.compile(
    r"(?:max|large|small|medium)(?:imum)? (?:output|context|tokens?|completion|input|window|answer|response|prompt)"
)
"""A size that is asked about, not a part of a name."""
OF_A_TEST = re.compile(r"bench|eval|arena")
"""In the name of a benchmark: "zorpbench-7"."""
O_SERIES = re.compile(r"o\d")


def _begins_with_muse(text: str, runs: list[tuple[int, int]], position: int) -> bool:
    """Whether a name of the family Muse begins, a word of its own too: "muse spark", "muse wonder"."""
    if text[slice(*runs[position])] != "muse" or position + 1 >= len(runs):
        return False
    after = text[slice(*runs[position + 1])]
    return after in VARIANTS or _is_near(after, VARIANTS)


def _goes_on(text: str, runs: list[tuple[int, int]], left: int, right: int, new: int) -> bool:
    """Whether a name goes on from one run to the next, of which `new` would be added."""
    between, word = text[runs[left][1] : runs[right][0]], text[slice(*runs[new])]
    if between and between in GLUE:
        return True
    if between not in (" ", "/"):
        return False
    if OF_A_LIMIT.match(text[runs[new][0] :]):
        return False
    if word in VARIANTS or _is_near(word, VARIANTS):
        return True
    if word.isdigit():
        return len(word) <= 4 and not UNIT.match(text[runs[new][1] :]) and not re.match(r",\d", text[runs[new][1] :])
    return bool(re.fullmatch(r"[a-z]\d+|\d+o", word))


# --- hosts and versions ---


def _host_of(
    text: str, start: int, end: int, spans: list[tuple[int, int]], hosts: list[tuple[int, int, str]]
) -> str | None:
    """The host that a name is asked for at: the one that follows it, or that stands before all names, or after all."""
    later = min((other for other, _ in spans if other >= end), default=len(text) + 1)
    for left, right, host in hosts:
        if end <= left < later and (len(hosts) > 1 or later <= len(text)):
            return host
        if right <= start and text[right:start].strip(" :/") == "":
            return host
    if len(hosts) == 1:
        left, right, host = hosts[0]
        if left >= max(stop for _, stop in spans) or right <= min(begin for begin, _ in spans):
            return host
    return None


def _at_each_host(
    text: str, mentions: list[Mention], hosts: list[tuple[int, int, str]], index: NameIndex
) -> list[tuple[int, int, str]]:
    """One model at several hosts, "gpt-oss-120b on groq or cerebras": add it at each other host; return the host it has."""
    (first,) = mentions
    host = _host_of(text, first.start, first.end, [(first.start, first.end)], hosts)
    for left, right, other in [*hosts, *_hosts_beside(text, hosts)]:
        if other != host:
            mentions.append(Mention(left, right, first.text, index.find(first.text, other)))
    return [each for each in hosts if each[2] == host]


def _hosts_beside(text: str, hosts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What stands beside hosts is hosts too, makers as well: "on groq or together or openai"."""
    found: list[tuple[int, int, str]] = []
    for _, end, _ in hosts:
        position = end
        while match := BESIDE_HOST.match(text, position):
            position = match.end()
            if not any(start <= match.start(1) < stop for start, stop, _ in (*hosts, *found)):
                found.append((match.start(1), match.end(1), (HOSTS | OWN_HOSTS)[match[1]]))
    return found


def _mention(text: str, start: int, end: int, host: str | None, index: NameIndex) -> Mention:
    spelled = text[start:end]
    found = index.find(spelled, host)
    if isinstance(found, Unknown) and not found.nearest:
        core = re.sub(r"[-_ ](?:pricing|prices?|cost|model)$", "", spelled)
        if core != spelled:
            found, end = index.find(core, host), start + len(core)
    return Mention(start, end, text[start:end], found)


def _replaced(text: str, mentions: list[Mention], hosts: list[tuple[int, int, str]]) -> str:
    pieces, position = [], 0
    spans = sorted(
        [(each.start, each.end, NAME) for each in mentions] + [(start, end, " ") for start, end, _ in hosts if mentions]
    )
    for start, end, mark in spans:
        if start >= position:
            pieces += [text[position:start], mark]
            position = end
    return re.sub(" {2,}", " ", "".join([*pieces, text[position:]]))


def _add_versions(names: Names, index: NameIndex) -> None:
    """A bare version after a name takes that name's family: "opus 4.8 vs 5.5"."""
    while match := NEXT_VERSION.search(names.text):
        count = names.text.count(NAME, 0, match.start(1))
        previous = names.mentions[count - 1]
        words = [each for each in tokens(previous.text) if not each.isdigit() and each not in COMPANIES]
        found = index.find(" ".join([*words, match[1]]))
        if UNIT.match(names.text[match.end(1) :]) or not (
            isinstance(found, Named) or (isinstance(found, Ambiguous) and "." in match[1])
        ):
            return
        names.mentions.insert(count, Mention(previous.end, previous.end, " ".join([*words, match[1]]), found))
        names.text = names.text[: match.start(1)] + NAME + names.text[match.end(1) :]
