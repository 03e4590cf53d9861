"""Which models a menu offers while somebody types: from memory, the ones that people mean first."""

import heapq
import string
from collections import Counter, OrderedDict, defaultdict
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from bot.message.elements import Choice, model_option
from catalog.lookup import Catalog
from catalog.models import Offering
from catalog.names import Named, canonical, canonical_of, tokens

MOST = 100
LONGEST_QUERY = 60
QUERIES_KEPT = 512
ALIKE = 70
"""Of 100: how like a name a misspelling must be."""


class Entry(NamedTuple):
    """One model as the menu shows it."""

    id: str
    words: frozenset[str]
    """The tokens of its name and id, its host's included."""
    named: frozenset[str]
    """The tokens of the model's own name."""
    spelled: str
    """Its name in the form in which two spellings are equal."""
    family: str
    """The first token of its name; empty where that is the family of another maker."""
    is_gone: bool
    """Whether it is switched off or about to be."""
    is_text: bool
    """Whether it takes text and gives text."""
    is_own: bool
    """Whether its maker itself sells it."""
    shown: dict[str, Any]


class Menu:
    """The menu of a whole catalog on a day, best known first: the makers' own current models, newest first."""

    def __init__(self, catalog: Catalog, today: date) -> None:
        """Use `menu_of`: making a menu takes some tenths of a second."""
        known = sorted(catalog.offerings.values(), key=lambda each: _standing(catalog, each, today), reverse=True)
        named = [each for each in known if isinstance(catalog.names.find(each.id), Named)]
        makers = _makers(catalog, named)
        self._entries = [_entry(catalog, each, today, makers) for each in named]
        self._by_beginning: dict[str, set[int]] = defaultdict(set)
        for place, entry in enumerate(self._entries):
            for word in entry.words:
                for end in range(1, len(word) + 1):
                    self._by_beginning[word[:end]].add(place)
        self._beginnings = list(self._by_beginning)
        self._kept: OrderedDict[str, list[dict[str, Any]]] = OrderedDict()
        for letter in string.ascii_lowercase + string.digits:
            self.options(letter)  # these fit the most names, and everybody begins with one

    def options(self, typed: str) -> list[dict[str, Any]]:
        """The options for what was typed, at most MOST."""
        words = tokens(typed[:LONGEST_QUERY])
        query = " ".join(words)
        kept = self._kept.get(query)
        if kept is None:
            found = self._found(words) if words else self._entries
            kept = self._kept[query] = [each.shown for each in found[:MOST]]
            if len(self._kept) > QUERIES_KEPT:
                self._kept.popitem(last=False)
        return kept

    def _found(self, words: list[str]) -> list[Entry]:
        hits = self._hits(words)
        if not hits:
            words = [self._corrected(word) for word in words]
            hits = self._hits(words)
        spelled = canonical_of(words)
        if not hits:
            names = [each.spelled for each in self._entries]
            near = process.extract(spelled, names, scorer=fuzz.ratio, limit=10, score_cutoff=ALIKE)
            return [self._entries[place] for _, _, place in near]
        has_version = any(word.isdigit() and after != "b" for word, after in zip_longest(words, words[1:]))
        ranks = [(_distance(self._entries[place], words, spelled, has_version), place) for place in hits]
        return [self._entries[place] for _, place in heapq.nsmallest(MOST, ranks)]

    def _hits(self, words: list[str]) -> set[int]:
        """The places of the entries in which each of the words begins a word."""
        nowhere: set[int] = set()
        return set.intersection(*(self._by_beginning.get(word, nowhere) for word in words))

    def _corrected(self, word: str) -> str:
        """The beginning of a known word that is most like a word that begins none."""
        if word in self._by_beginning or word.isdigit():
            return word
        near = process.extractOne(word, self._beginnings, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return near[0] if near else word


@lru_cache(maxsize=1)
def menu_of(catalog: Catalog, today: date) -> Menu:
    """The menu of the catalog in use, made once a day."""
    return Menu(catalog, today)


def _standing(catalog: Catalog, offering: Offering, today: date) -> tuple[bool, bool, bool, str]:
    is_gone = _is_gone(catalog, offering, today)
    return (not is_gone, catalog.is_own(offering), catalog.is_text(offering), catalog.release(offering))


def _is_gone(catalog: Catalog, offering: Offering, today: date) -> bool:
    return offering.deprecated or catalog.is_retired(offering, today)


def _makers(catalog: Catalog, offerings: list[Offering]) -> dict[str, str]:
    """Whose family a name belongs to by its first token: the maker of most of the models that begin so."""
    made: dict[str, Counter[str]] = defaultdict(Counter)
    for each in offerings:
        made[_first(catalog.display_name(each))][catalog.model(each).maker] += 1
    return {first: counts.most_common(1)[0][0] for first, counts in made.items()}


def _first(name: str) -> str:
    return next(iter(tokens(name)), "")


def _entry(catalog: Catalog, offering: Offering, today: date, makers: dict[str, str]) -> Entry:
    name = catalog.display_name(offering)
    shown = model_option(Choice(name, offering.id))
    words = frozenset(tokens(f"{name} {offering.id}"))
    first = _first(name)
    family = first if makers[first] == catalog.model(offering).maker else ""
    is_gone, is_own = _is_gone(catalog, offering, today), catalog.is_own(offering)
    named = frozenset(tokens(catalog.model(offering).name))
    return Entry(offering.id, words, named, canonical(name), family, is_gone, catalog.is_text(offering), is_own, shown)


def _distance(
    entry: Entry, words: list[str], spelled: str, has_version: bool
) -> tuple[bool, bool, bool, int, bool, bool, int]:
    """How far a name is from what was typed. What is switched off comes last, and before it what is not for text. A version asks for that model: the fewer
    further words the better; without one, the newest of a family comes first, and the family before what is named
    after it."""
    return (
        entry.is_gone,
        not entry.is_text,
        has_version and spelled not in entry.spelled,
        sum(word not in entry.named for word in words),
        entry.family != words[0],
        not entry.is_own,
        len(entry.spelled) * has_version,
    )
