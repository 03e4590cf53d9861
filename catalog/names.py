"""Names as people type them -> offerings: exact before fuzzy, digits never fuzzy, the maker's own API first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from catalog.models import STANDARD, Model, Offering

TOKEN = re.compile(r"[a-z]+|\d+|(?<=[a-z])\+(?!\d)")
O_SERIES = re.compile(r"(?<![a-z\d])o(?=\d)")
"""The letter before a number: "o4" is no "4o"."""
COMPANIES = frozenset(
    "openai anthropic google meta mistralai xai x ai cohere amazon microsoft moonshot moonshotai zai z alibaba nvidia".split()
)
FAMILIES = frozenset("claude gpt gemini grok kimi glm llama qwen deepseek mistral minimax muse".split())
MAKER_WORDS = COMPANIES | FAMILIES
"""May be left out of a name, or put before it."""
HARMLESS = frozenset(("preview", "latest", "instruct", "it", "v"))
"""Ends of ids that make no other model."""
HOSTS = {
    "azure": "azure",
    "microsoft azure": "azure",
    "bedrock": "aws",
    "aws": "aws",
    "amazon bedrock": "aws",
    "aws bedrock": "aws",
    "vertex": "google",
    "vertex ai": "google",
    "google vertex": "google",
    "google vertex ai": "google",
    "google cloud": "google",
    "openrouter": "openrouter",
    "open router": "openrouter",
    "groq": "groq",
    "together": "together",
    "together ai": "together",
    "fireworks": "fireworks",
    "fireworks ai": "fireworks",
    "cerebras": "cerebras",
    "cloudflare": "cloudflare",
    "databricks": "databricks",
    "github copilot": "github-copilot",
    "copilot": "github-copilot",
    "novita": "novita",
    "novita ai": "novita",
    "baseten": "baseten",
    "doubleword": "doubleword",
    "modal": "modal",
    "ovhcloud": "ovhcloud",
    "ovh": "ovhcloud",
    "perplexity": "perplexity",
    "avian": "avian",
    "cursor": "cursor",
    "quicksilver": "quicksilverpro",
    "quicksilverpro": "quicksilverpro",
    "zhipu": "zhipuai",
    "zhipuai": "zhipuai",
}
"""What people call the providers that sell others' models."""
PREFIXES = HOSTS | {"azure ai": "azure", "bedrock converse": "aws", "gemini": "google", "xai": "x-ai", "z-ai": "zai"}
SPECIAL = frozenset("cyber rosalind codex search research image live tts audio realtime robotics".split())
"""Words of ids for one trade, which a bare family hardly means."""
BEDROCK = re.compile(r"(?:(?:global|regional|us|eu|apac)\.)?[a-z]+\.[a-z]")
"""How ids begin that only Bedrock has: with the maker's name and a dot."""
DATED = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)$")
ABOUT = timedelta(days=45)
"""How far the date in an id may be from the release that it is of."""
CERTAIN, CLEARLY = 80, 4
"""A misspelling is answered when its likeness is at least CERTAIN of 100 and the next name is CLEARLY behind."""


class Named(NamedTuple):
    """One offering was meant."""

    offering: str
    assumed: bool = False
    """Whether more was read into the name than it says (a -preview, the region of a host)."""


class Ambiguous(NamedTuple):
    """Several were: the choices, best first."""

    choices: tuple[str, ...]


class Unknown(NamedTuple):
    """Nothing is called so: what is nearest, and the one that was surely meant if only letters are off."""

    suggestions: tuple[str, ...]
    nearest: str | None = None


class UnknownHost(NamedTuple):
    """The model is known, but that host has no price for it: where it has one."""

    suggestions: tuple[str, ...]
    host: str


Resolution = Named | Ambiguous | Unknown | UnknownHost


def tokens(text: str) -> list[str]:
    """The letters and numbers of a name, apart: "GPT-4.1 mini" -> gpt, 4, 1, mini."""
    return ["plus" if each == "+" else each for each in TOKEN.findall(O_SERIES.sub("oh", text.lower()))]


def canonical(text: str) -> str:
    """The form in which two spellings of a name are equal: letters run together, numbers kept apart."""
    return canonical_of(tokens(text))


def canonical_of(parts: Iterable[str]) -> str:
    """The same, of tokens."""
    made, digits = [], False
    for part in parts:
        if digits and part.isdigit():
            made.append(".")
        digits = part.isdigit()
        made.append(part)
    return "".join(made)


class Parts(NamedTuple):
    """A name's words, in no order, and its numbers, in order."""

    words: frozenset[str]
    numbers: tuple[str, ...]


def parts_of(found: Iterable[str]) -> Parts:
    """Tokens as words and numbers."""
    listed = list(found)
    return Parts(
        frozenset(each for each in listed if not each.isdigit()), tuple(each for each in listed if each.isdigit())
    )


class Form(NamedTuple):
    """One spelling of one offering; a lower rank is a closer tie: 0 its whole id, 1 the id at its provider or a listed
    alias, 2 a display name."""

    rank: int
    offering: str


class NameIndex:
    """Every id, display name, alias and their normal forms."""

    def __init__(
        self,
        offerings: Iterable[Offering],
        models: Mapping[str, Model],
        aliases: Iterable[tuple[str, str]],
        patterns: Iterable[tuple[str, str]],
        own: set[str],
        released: Mapping[str, str],
    ) -> None:
        self._offerings = {each.id: each for each in offerings}
        self._ids = {id_.lower(): id_ for id_ in self._offerings}
        self._models, self._own, self._released = models, own, released
        self._patterns = [(re.compile(pattern), offering) for pattern, offering in patterns]
        self._of_model: dict[str, list[Offering]] = defaultdict(list)
        self._exact: dict[str, list[Form]] = defaultdict(list)
        self._loose: dict[Parts, set[str]] = defaultdict(set)
        self._forms: dict[str, set[Parts]] = defaultdict(set)
        for each in self._offerings.values():
            self._of_model[each.model].append(each)
            self._add(each)
        for alias, offering in aliases:
            if not self._lacks_variant(alias, offering):
                self._exact[canonical(alias)].append(Form(1, offering))
        self._by_numbers: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        self._spelled = self._leading_spellings()
        self.vocabulary = frozenset(
            word
            for id_, forms in self._forms.items()
            if id_ in own
            for form in forms
            for word in form.words
            if len(word) > 2
        )
        self.longest = max(map(len, map(tokens, self._exact)))

    def _add(self, each: Offering) -> None:
        """Index one offering under its id, the last part of it, its names and its model's names."""
        name, model = each.id.split("/", 1)[1], self._models[each.model]
        last = re.sub(r"^(global|regional|us|eu)\.|-v\d+:\d+$", "", name.rpartition("/")[2])
        spellings = [(0, each.id), (1, name), (1, last)]
        if "~" not in each.id:
            spellings += [
                (2, each.name),
                (2, f"{each.provider} {each.name}"),
                (2, model.name),
                (2, each.model.partition("/")[2]),
            ]
        for rank, spelling in spellings:
            if spelling:
                self._exact[canonical(spelling)].append(Form(rank, each.id))
        if "~" in each.id or ":" in last or re.search(r"(^|\.)ft\b", name):
            return
        for _, spelling in spellings[2:] if ":" in name else spellings[1:]:
            form = parts_of(tokens(spelling))
            if form.words:
                self._forms[each.id].add(form)
                self._loose[Parts(form.words - MAKER_WORDS - HARMLESS, form.numbers)].add(each.id)

    def _lacks_variant(self, alias: str, offering: str) -> bool:
        """Whether an alias is a bare version of a model that comes in variants ("gpt-5.6" for its Sol)."""
        said, full = parts_of(tokens(alias)), parts_of(tokens(offering.partition("/")[2]))
        return (
            said.numbers == full.numbers
            and said.words < full.words
            and bool(full.words - said.words - MAKER_WORDS - HARMLESS)
        )

    def _leading_spellings(self) -> dict[str, str]:
        """Each spelling that a misspelt name may have meant, with its offering: the maker's, else a model's first."""
        spelled: dict[str, str] = {}
        for offerings in self._of_model.values():
            plain = [each.id for each in offerings if each.id in self._forms]
            lead = next((each for each in plain if each in self._own), plain[0] if plain else None)
            for id_ in plain:
                if id_ == lead or id_ in self._own:
                    last = id_.rpartition("/")[2]
                    for text in (last, self._offerings[id_].name, last.split(".")[-1]):
                        if text and canonical(text) not in spelled:
                            spelled[canonical(text)] = id_
                            letters = [each for each in tokens(text) if not each.isdigit()]
                            short = "".join(each for each in letters if each not in MAKER_WORDS)
                            for spelling in {"".join(letters), short} - {""}:
                                self._by_numbers[parts_of(tokens(text)).numbers].append((spelling, id_))
        return spelled

    # --- exact ---

    def is_exact(self, found: list[str]) -> bool:
        """Whether tokens spell something that is in the index, in this order."""
        return canonical_of(found) in self._exact

    def is_known(self, found: list[str]) -> bool:
        """Whether tokens spell something in another order, or without its maker."""
        form = parts_of(found)
        rest = form.words - MAKER_WORDS - HARMLESS
        return bool(rest - {"b"} and form.numbers and Parts(rest, form.numbers) in self._loose)

    def is_word(self, spelled: str) -> bool:
        """Whether one word without a number is the id of something that its maker sells."""
        return any(form.rank < 2 and form.offering in self._own for form in self._exact.get(spelled, ()))

    def find(self, text: str, host: str | None = None) -> Resolution:
        """What a name means, at a host (a provider id) if one is named.

        An id with a date is known only where the price data lists it or a pattern of it.
        """
        spelled = text.strip().lower()
        pasted = self._ids.get(f"aws/{spelled}" if BEDROCK.match(spelled) else spelled)
        if pasted and host in (None, self._offerings[pasted].provider):
            return Named(pasted)
        found = tokens(text)
        forms = self._exact.get(canonical_of(found), [])
        if not forms and (listed := self._by_pattern(text)):
            forms = [Form(1, listed)]
        if not forms:
            prefixed = self._without_prefix(text)
            if prefixed:
                return self.find(prefixed[1], host or prefixed[0])
        form = parts_of(found)
        if forms and not form.numbers and form.words <= FAMILIES | COMPANIES and not self.is_word(canonical_of(found)):
            forms = []
        if forms and not host and (variants := self._own_variants(forms, form)):
            return Ambiguous(tuple(self._ordered(variants)))
        if forms:
            return self._choose(forms if host else self._with_own(forms, form), host, is_latest="latest" in form.words)
        rest = form.words - MAKER_WORDS - HARMLESS
        if rest and form.numbers and "latest" not in form.words and (meant := self._loosely(form, rest)):
            return self._choose([Form(2, each) for each in meant], host, assumed=not self._says_all(form, meant))
        return self._partly(form, host) or self._unknown(found, form, host)

    def _own_variants(self, forms: list[Form], form: Parts) -> list[str]:
        """What its maker sells in variants only, where others sell it by its plain name: "grok 4 fast"."""
        models = {self._offerings[each.offering].model for each in forms}
        if any(each.id in self._own for model in models for each in self._of_model[model]):
            return []
        return self._makers(form)

    def _makers(self, form: Parts) -> list[str]:
        """What makers sell now of these words and numbers, and further words."""
        return [
            id_
            for id_ in self._own
            if not self._offerings[id_].deprecated
            and any(form.words <= each.words and form.numbers == each.numbers for each in self._forms.get(id_, ()))
        ]

    @cached_property
    def own_forms(self) -> frozenset[Parts]:
        """The words and numbers of all that makers sell themselves."""
        return frozenset(form for id_ in self._own for form in self._forms.get(id_, ()))

    def is_makers(self, found: list[str]) -> bool:
        """Whether a maker sells something with all these tokens in its name."""
        return self._is_makers(parts_of(found))

    @lru_cache(maxsize=4096)  # noqa: B019 - an index lives as long as its catalog
    def _is_makers(self, form: Parts) -> bool:
        return bool(self._makers(form))

    def _with_own(self, forms: list[Form], form: Parts) -> list[Form]:
        """What hosts call exactly so, and what its maker calls so but for a harmless word (-preview)."""
        rest = form.words - MAKER_WORDS - HARMLESS
        if any(each.offering in self._own for each in forms) or not rest or "latest" in form.words:
            return forms
        return [*forms, *(Form(2, each) for each in self._loosely(form, rest) if each in self._own)]

    def _by_pattern(self, text: str) -> str | None:
        """What the price data knows by a pattern of dated ids; a date far from the model's release is an invented one."""
        spelled = text.strip().lower()
        found = next((offering for pattern, offering in self._patterns if pattern.match(spelled)), None)
        return found if found and _is_near(spelled, self._released[found]) else None

    def _without_prefix(self, text: str) -> tuple[str, str] | None:
        head, slash, tail = text.strip().lower().partition("/")
        provider = PREFIXES.get(re.sub(r"[-_]", " ", head)) or (
            head if any(each.startswith(f"{head}/") for each in self._offerings) else None
        )
        return (provider, tail) if slash and provider and tail.strip() else None

    def _loosely(self, form: Parts, rest: frozenset[str]) -> set[str]:
        meant = self._loose.get(Parts(rest, form.numbers), set())
        named = form.words & MAKER_WORDS
        if not named:
            return meant
        return {
            each
            for each in meant
            if any(named <= spelled.words | self._maker_words(each) for spelled in self._forms[each])
        }

    def _maker_words(self, offering: str) -> frozenset[str]:
        maker, provider = self._models[self._offerings[offering].model].maker, self._offerings[offering].provider
        return frozenset(tokens(f"{maker} {provider}"))

    def _says_all(self, form: Parts, meant: set[str]) -> bool:
        return any(not (spelled.words - form.words) & HARMLESS for each in meant for spelled in self._forms[each])

    def _choose(
        self, forms: list[Form], host: str | None, *, assumed: bool = False, is_latest: bool = False
    ) -> Resolution:
        """One of the offerings that a spelling fits, or the choices."""
        if host:
            return self._at(host, forms)
        own = [form for form in forms if form.offering in self._own]
        if own:
            best = min(form.rank for form in own)
            named = sorted({form.offering for form in own if form.rank == best}, key=lambda each: (len(each), each))
            if len(named) > 1 and assumed:
                return Ambiguous(tuple(self._ordered(named)))
            return Named(named[0], assumed) if len(named) == 1 else self._one_of(named)
        spelled_out = {form.offering for form in forms if form.rank == 0}
        if len(spelled_out) == 1:
            return Named(spelled_out.pop())
        models = {self._offerings[form.offering].model for form in forms}
        sold = [each.id for model in models for each in self._of_model[model] if ":" not in each.id]
        own_of_model = sorted((each for each in sold if each in self._own), key=_plainest)
        if len(models) == 1 and own_of_model and not is_latest:
            return Named(own_of_model[0], assumed)
        offered = set(sold) or {form.offering for form in forms}
        return Named(offered.pop(), assumed) if len(offered) == 1 else Ambiguous(tuple(self._cheapest_first(offered)))

    def _one_of(self, named: list[str]) -> Resolution:
        """Of namesakes at the maker's own API: the one that is not deprecated, if that leaves one, or one model's plainest."""
        current = [each for each in named if not self._offerings[each].deprecated]
        if len({self._offerings[each].model for each in current}) == 1:
            return Named(min(current, key=_plainest))
        return Named(current[0], assumed=True) if len(current) == 1 else Ambiguous(tuple(self._ordered(named)))

    def _at(self, host: str, forms: list[Form]) -> Resolution:
        there = [form for form in forms if self._offerings[form.offering].provider == host]
        if there:
            best = min(form.rank for form in there)
            named = sorted({form.offering for form in there if form.rank == best}, key=_plainest)
            return Named(named[0], assumed=len(named) > 1)
        models = dict.fromkeys(self._offerings[form.offering].model for form in forms)
        sold = sorted(
            (each.id for model in models for each in self._of_model[model] if each.provider == host), key=_plainest
        )
        if sold:
            return Named(sold[0], assumed=len(sold) > 1)
        elsewhere = [each.id for model in models for each in self._of_model[model] if ":" not in each.id]
        own = [each for each in elsewhere if each in self._own]
        rest = self._cheapest_first(each for each in elsewhere if each not in self._own)
        return UnknownHost(tuple(dict.fromkeys([*own, *rest]))[:3], host)

    # --- not exact ---

    def _partly(self, form: Parts, host: str | None) -> Resolution | None:
        """A version without its variant, or a bare family: the ones that it may be."""
        wanted = form.words - (COMPANIES if form.words - COMPANIES else frozenset())
        if not wanted or "latest" in wanted:
            return None
        fitting = {
            each
            for each, forms in self._forms.items()
            if any(wanted <= spelled.words and form.numbers in (spelled.numbers, ()) for spelled in forms)
        }
        own = {each for each in fitting if each in self._own and not self._offerings[each].deprecated}
        there = {each for each in fitting if self._offerings[each].provider == host}
        chosen = there or own or fitting
        if not chosen:
            return None
        closest = {
            each
            for each in chosen
            if any(
                spelled.words - form.words <= MAKER_WORDS | HARMLESS
                and form.words - MAKER_WORDS <= spelled.words
                and spelled.numbers == form.numbers
                for spelled in self._forms[each]
            )
        }
        if len(closest) == 1 and form.numbers:
            return self._choose([Form(2, closest.pop())], host, assumed=True)
        if len(chosen) == 1:
            return self._choose([Form(2, chosen.pop())], host, assumed=True)
        return Ambiguous(tuple(self._ordered(chosen)[:8]))

    def _unknown(self, found: list[str], form: Parts, host: str | None) -> Resolution:
        letters = "".join(each for each in found if not each.isdigit())
        best: dict[str, float] = defaultdict(float)
        for spelling, id_ in self._by_numbers.get(form.numbers, ()):
            best[id_] = max(best[id_], _likeness(letters, spelling))
        ranked = sorted(best.items(), key=lambda each: (-each[1], each[0] not in self._own, each[0]))
        suggested = [id_ for id_, alike in ranked if alike >= CERTAIN][:3]
        if len(suggested) < 3:
            near = process.extract(
                canonical_of(found), self._spelled.keys(), scorer=fuzz.ratio, limit=6, score_cutoff=55
            )
            suggested += [self._spelled[name] for name, _, _ in near]
        nearest = None
        suggested = self._other_versions(form) + suggested
        if ranked and ranked[0][1] >= CERTAIN and letters and "latest" not in form.words:
            behind = max(
                (
                    alike
                    for id_, alike in ranked[1:]
                    if self._offerings[id_].model != self._offerings[ranked[0][0]].model
                ),
                default=0.0,
            )
            if ranked[0][1] - behind >= CLEARLY:
                read = self._choose([Form(2, ranked[0][0])], host)
                nearest = read.offering if isinstance(read, Named) else None
        return Unknown(tuple(dict.fromkeys(suggested))[:3], nearest)

    def _other_versions(self, form: Parts) -> list[str]:
        """The makers' own models of these words with other numbers, the nearest number first."""
        if not form.numbers:
            return []
        words = form.words - HARMLESS
        return self._at_other_numbers(words, form) or self._at_other_numbers(words - MAKER_WORDS or words, form)

    def _at_other_numbers(self, words: frozenset[str], form: Parts) -> list[str]:
        if not words:
            return []
        asked = _as_number(form.numbers)
        near = {
            each: min(abs(_as_number(spelled.numbers) - asked) for spelled in forms if spelled.numbers)
            for each, forms in self._forms.items()
            if each in self._own
            and not self._offerings[each].deprecated
            and any(words <= spelled.words and spelled.numbers for spelled in forms)
        }
        return sorted(near, key=lambda each: (near[each], len(each), each))[:3]

    def at(self, offering: str, host: str) -> Resolution:
        """The same model at another host."""
        return self._at(host, [Form(0, offering)])

    def newest(self, words: Iterable[str]) -> Resolution | None:
        """The newest of the makers' own models with these words in their names, by release date, else by version."""
        wanted = frozenset(words)
        fitting = [
            each
            for each, forms in self._forms.items()
            if each in self._own
            and any(wanted <= spelled.words for spelled in forms)
            and not self._offerings[each].deprecated
        ]
        if not fitting:
            return None

        def age(offering: str) -> tuple[str, tuple[int, ...]]:
            return self._released[offering], self._version(offering)

        ranked = sorted(fitting, key=age, reverse=True)
        tied = [each for each in ranked if age(each) == age(ranked[0])]
        return Named(ranked[0], assumed=True) if len(tied) == 1 else Ambiguous(tuple(tied))

    def _version(self, offering: str) -> tuple[int, ...]:
        return tuple(int(each) for each in tokens(offering.rpartition("/")[2]) if each.isdigit() and len(each) < 4)

    def _ordered(self, offerings: Iterable[str]) -> list[str]:
        """The newest first, those for one trade last; where the age is unknown, after the others."""
        by_age = sorted(
            sorted(offerings, key=lambda each: (self._version(each), each), reverse=True),
            key=lambda each: self._released[each][:7],
            reverse=True,
        )
        return sorted(by_age, key=lambda each: bool(set(tokens(each)) & SPECIAL))

    def _cheapest_first(self, offerings: Iterable[str]) -> list[str]:
        return sorted(offerings, key=lambda each: (self._price(each), each))

    def _price(self, offering: str) -> tuple[bool, object]:
        plain = [each for each in self._offerings[offering].lists if each.tier == STANDARD and not each.hours]
        rates = plain[-1].rates if plain else {}
        known = [rates[unit].base for unit in ("input_mtok", "output_mtok") if unit in rates]
        return len(known) < 2, sum(known)


def _is_near(dated: str, released: str) -> bool:
    """Whether the date at the end of an id is about that of a release; not where either is no date."""
    found = DATED.search(dated)
    try:
        apart = date(int(found[1]), int(found[2]), int(found[3])) - date.fromisoformat(released) if found else None
    except ValueError:
        return False
    return apart is not None and abs(apart) <= ABOUT


def _as_number(numbers: tuple[str, ...]) -> float:
    """A version as a number: 5.4 of ("5", "4")."""
    return float(".".join(numbers[:2]))


def _likeness(letters: str, spelling: str) -> float:
    """How alike the letters of two names are, of 100; one slip of the keys is enough, however short the name."""
    slipped = len(letters) > 2 and OSA.distance(letters, spelling, score_cutoff=1) <= 1
    return max(fuzz.ratio(letters, spelling), 90.0 if slipped else 0.0)


def _plainest(offering: str) -> tuple[bool, bool, int, str]:
    """Of one host's offerings of a model: no variant, worldwide before regional, the shortest id."""
    return ":" in offering.partition("/")[2].replace("v1:0", ""), "/regional." in offering, len(offering), offering
