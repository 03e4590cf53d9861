"""The catalog as one frozen value, and the ways to find things in it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from catalog.models import (
    Benchmark,
    Fact,
    Model,
    Offering,
    Provider,
    Rate,
    Retirement,
    Score,
    Source,
    Unit,
)
from catalog.names import NameIndex
from catalog.pricing import rates_on

OWN_API = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "google",
    "xai": "x-ai",
    "zai": "zai",
    "moonshotai": "moonshotai",
    "amazon": "aws",
    "deepseek": "deepseek",
    "mistral": "mistral",
    "cohere": "cohere",
    "meta": "meta",
    "minimax": "minimax",
    "arcee": "arcee",
    "perplexity": "perplexity",
    "cursor": "cursor",
    "microsoft": "azure",
    "voyageai": "voyageai",
    "elevenlabs": "elevenlabs",
    "typesafe": "typesafe",
}
"""The provider id under which each maker sells its own models."""

PRICE_UNITS = {
    "input": "input_mtok",
    "output": "output_mtok",
    "cached_input": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
}
"""Our word for each price per million tokens, and the price data's unit."""

ARENA = "lmarena"
"""The source id of the LMArena leaderboard."""

PAGE = "modelpicker"
"""The source id of the comparison page that publishes grades."""

PRICES = "genai-prices"
"""The source id of the prices."""

DOCUMENTED = frozenset(("openai-docs",))
"""The sources that are a maker's own documentation."""

SPOKEN = re.compile(r"audio|realtime|image|tts|embed|ocr|transcribe|live|voice|sonic|whisper|rerank|moderation|banana")
"""In the id of an offering without known modalities: it does not take text and give text."""


def benchmark_words(text: str) -> list[str]:
    """The words of a text as benchmarks are looked up by them."""
    return re.findall(r"[\w'.&]+", text.replace("-", " "))


class Stated(NamedTuple):
    """What the catalog says about one field: the value to use, who says it, and what others say."""

    value: str
    source: str
    agreeing: tuple[str, ...]
    rivals: tuple[Fact, ...]


@dataclass(frozen=True, eq=False)
class Catalog:
    """All that is known, read once from the catalog file."""

    sources: Mapping[str, Source]
    fetched_at: Mapping[str, datetime]
    providers: Mapping[str, Provider]
    units: Mapping[str, Unit]
    models: Mapping[str, Model]
    offerings: Mapping[str, Offering]
    aliases: list[tuple[str, str]]
    patterns: list[tuple[str, str]]
    benchmarks: Mapping[str, Benchmark]
    retirements: list[Retirement]

    @cached_property
    def names(self) -> NameIndex:
        """The index of names as people type them."""
        return NameIndex(
            self.offerings.values(),
            self.models,
            self.aliases,
            self.patterns,
            {each.id for each in self.offerings.values() if self.is_own(each)},
            {id_: self.release(each) for id_, each in self.offerings.items()},
        )

    @cached_property
    def by_model(self) -> Mapping[str, tuple[Offering, ...]]:
        """The offerings of each maker's model."""
        found: dict[str, list[Offering]] = defaultdict(list)
        for offering in self.offerings.values():
            found[offering.model].append(offering)
        return {model: tuple(each) for model, each in found.items()}

    @cached_property
    def boards(self) -> Mapping[tuple[str, str], Mapping[str, Score]]:
        """The results of each (benchmark, source), by model: the best where a model has several."""
        found: dict[tuple[str, str], dict[str, Score]] = defaultdict(dict)
        for model in self.models.values():
            for score in model.scores:
                board = found[score.benchmark, score.source]
                best = board.get(model.id)
                if best is None or (score.score > best.score) == score.higher_is_better:
                    board[model.id] = score
        return found

    @cached_property
    def percentiles(self) -> Mapping[str, Mapping[str, Fraction]]:
        """For each LMArena category, each model's place among all in the copy: 0 worst, 1 best, ties halfway."""
        found = {}
        for (benchmark, source), board in self.boards.items():
            if source == ARENA:
                ordered = sorted(score.score for score in board.values())
                twice = 2 * len(ordered)
                found[benchmark] = {
                    model: Fraction(bisect_left(ordered, score.score) + bisect_right(ordered, score.score), twice)
                    for model, score in board.items()
                }
        return found

    @cached_property
    def arena_means(self) -> Mapping[str, Fraction]:
        """Each model's mean place over the LMArena task categories that it is in; languages do not count."""
        places: dict[str, list[Fraction]] = defaultdict(list)
        for category, board in self.percentiles.items():
            if not self.benchmarks[category].is_language:
                for model, place in board.items():
                    places[model].append(place)
        return {model: sum(each, Fraction(0)) / len(each) for model, each in places.items()}

    @cached_property
    def benchmark_aliases(self) -> Mapping[tuple[str, ...], str]:
        """The name of the benchmark that some words mean."""
        return {tuple(benchmark_words(alias)): each.name for each in self.benchmarks.values() for alias in each.aliases}

    def model(self, offering: Offering) -> Model:
        """The maker's model that an offering is."""
        return self.models[offering.model]

    def is_own(self, offering: Offering) -> bool:
        """Whether the maker itself sells this."""
        return OWN_API.get(self.models[offering.model].maker) == offering.provider

    def display_name(self, offering: Offering) -> str:
        """The name that people read; the provider is named where it is not the maker, and the variant where one has
        several of the same model."""
        name = self.models[offering.model].name
        host = "" if self.is_own(offering) else re.sub(r"[()]", "", self.providers[offering.provider].name)
        aside = ", ".join(filter(None, (host, self._variants.get(offering.id, ""))))
        return f"{name} ({aside})" if aside else name

    @cached_property
    def _variants(self) -> Mapping[str, str]:
        """What tells an offering apart from its provider's others of the same model: words of its id; where those do
        not, all of it, except for the shortest."""
        found: dict[str, str] = {}
        groups: dict[tuple[str, str], list[Offering]] = defaultdict(list)
        for each in self.offerings.values():
            groups[each.provider, self.models[each.model].name].append(each)
        for group in groups.values():
            words = {each.id: re.findall(r"[a-z]+", each.id.rpartition("/")[2].lower()) for each in group}
            shared = set.intersection(*map(set, words.values()))
            for id_, own in words.items():
                found[id_] = " ".join(word for word in own if word not in shared and len(word) > 1)
            taken: set[str] = set()
            for id_ in sorted(words, key=lambda each: (len(each), each)):
                if found[id_] in taken:
                    found[id_] = id_.partition("/")[2]
                taken.add(found[id_])
        return found

    @lru_cache(maxsize=32768)  # noqa: B019 - a catalog lives as long as its answers
    def stated(self, offering: Offering, field: str) -> Stated | None:
        """What is known of one field: the maker's documented value first, then what most sources say.

        For another host's offering its own context window, where the price data has one, comes first.
        """
        facts = list(self.models[offering.model].values(field))
        if field == "context_window" and offering.context_window:
            own = Fact(field, str(offering.context_window), PRICES)
            facts = [*facts, own] if self.is_own(offering) else [own, *facts]
        if not facts:
            return None
        counts = Counter(fact.value for fact in facts)
        is_hosts = facts[0].source == PRICES and not self.is_own(offering)
        first = facts[0] if is_hosts else max(facts, key=lambda fact: (fact.source in DOCUMENTED, counts[fact.value]))
        return Stated(
            first.value,
            first.source,
            tuple(fact.source for fact in facts if fact.value == first.value),
            tuple(fact for fact in facts if fact.value != first.value),
        )

    def number(self, offering: Offering, field: str) -> int | None:
        """A limit in tokens."""
        stated = self.stated(offering, field)
        return int(stated.value) if stated else None

    def release(self, offering: Offering) -> str:
        """The release date of the model, ISO, perhaps without the day, and no later than its first dated price; empty where
        unknown."""
        stated = next(iter(self.models[offering.model].values("release_date")), None)
        if stated is None:
            return ""
        sold = min((each.starts.isoformat() for each in offering.lists if each.starts), default=stated.value)
        return min(stated.value, sold)

    @lru_cache(maxsize=32768)  # noqa: B019 - a catalog lives as long as its answers
    def is_released(self, offering: Offering, day: date) -> bool:
        """Whether a model is out by a day; True from the first day of its month or year where no day is known."""
        released = self.release(offering)
        return day.isoformat()[: len(released)] >= released

    def is_text(self, offering: Offering) -> bool:
        """Whether it takes text and gives text."""
        found = [self.stated(offering, field) for field in ("in_modalities", "out_modalities")]
        known = [each.value.split(",") for each in found if each]
        return all("text" in each for each in known) if known else not SPOKEN.search(offering.id.lower())

    def price(self, offering: Offering, name: str, day: date, tier: str = "standard") -> Rate | None:
        """One price per million tokens (a key of PRICE_UNITS) on a day, None where there is none on record."""
        return rates_on(offering, day, tier).rates.get(PRICE_UNITS[name])

    def has_text_prices(self, offering: Offering, day: date) -> bool:
        """Whether input and output both have a price above 0."""
        found = (self.price(offering, "input", day), self.price(offering, "output", day))
        return all(rate is not None and rate.base > 0 for rate in found)

    @lru_cache(maxsize=32768)  # noqa: B019 - a catalog lives as long as its answers
    def blend(self, offering: Offering, day: date) -> Decimal:
        """USD per million tokens, half input and half output, at base standard prices."""
        rates = (self.price(offering, "input", day), self.price(offering, "output", day))
        return sum((rate.base for rate in rates if rate), Decimal(0)) / 2

    @lru_cache(maxsize=32768)  # noqa: B019 - a catalog lives as long as its answers
    def retirement(self, offering: Offering) -> Retirement | None:
        """When an offering is switched off: by its exact id, else an undated name by its newest snapshot."""
        provider, name = offering.id.split("/", 1)
        snapshots = self._snapshots.get((provider, name.removesuffix("-latest")), [])
        if not snapshots:
            snapshots = self._snapshots.get((provider, name.removesuffix("-0")), [])
        exact = next((each for each in snapshots if each.id == name and each.retires_on), None)
        return exact or max(snapshots, key=lambda each: each.id, default=None)

    @cached_property
    def _snapshots(self) -> Mapping[tuple[str, str], list[Retirement]]:
        """The retirements of each (provider, undated id) and, for those that ask by it, of each dated one."""
        found: dict[tuple[str, str], list[Retirement]] = defaultdict(list)
        for each in self.retirements:
            provider = each.provider.split("-")[0]
            for name in {each.id, re.sub(r"-\d{4}(-?\d\d-?\d\d)?$|-00\d$", "", each.id)}:
                found[provider, name].append(each)
        return found

    def is_retired(self, offering: Offering, day: date) -> bool:
        """Whether an offering has been switched off by a day."""
        found = self.retirement(offering)
        return bool(found and found.retires_on and found.retires_on <= day)

    @lru_cache(maxsize=64)  # noqa: B019 - a catalog lives as long as its answers
    def scope(self, day: date, provider: str | None = None) -> tuple[Offering, ...]:
        """What a catalog-wide question looks at: the makers' own text offerings with prices, or all of one host's;
        without the retired and deprecated ones."""
        return tuple(
            each
            for each in self.offerings.values()
            if (each.provider == provider if provider else self.is_own(each))
            and not each.deprecated
            and self.is_released(each, day)
            and self.has_text_prices(each, day)
            and self.is_text(each)
            and not self.is_retired(each, day)
        )

    @property
    def prices_date(self) -> date | None:
        """The date of the price data: the newest price start in the past."""
        stated = self.sources[PRICES].data_date
        return date.fromisoformat(stated) if stated else None
