"""Which models a menu offers while somebody types: from memory, the ones that people mean first."""

import heapq
import string
from collections import OrderedDict, defaultdict
from functools import lru_cache
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
    """The tokens of its name and id."""
    spelled: str
    """Its name in the form in which two spellings are equal."""
    is_current: bool
    """Whether its maker itself sells it, and still does."""
    shown: dict[str, Any]


class Menu:
    """The menu of a whole catalog, best known first: the makers' own current models, newest first."""

    def __init__(self, catalog: Catalog) -> None:
        """Use `menu_of`: making a menu takes some tenths of a second."""
        known = sorted(catalog.offerings.values(), key=lambda each: _standing(catalog, each), reverse=True)
        self._entries = [_entry(catalog, each) for each in known if isinstance(catalog.names.find(each.id), Named)]
        self._by_beginning: dict[str, set[int]] = defaultdict(set)
        for place, entry in enumerate(self._entries):
            for word in entry.words:
                for end in range(1, len(word) + 1):
                    self._by_beginning[word[:end]].add(place)
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
        nowhere: set[int] = set()
        hits = set.intersection(*(self._by_beginning.get(word, nowhere) for word in words))
        spelled = canonical_of(words)
        if not hits:
            names = [each.spelled for each in self._entries]
            near = process.extract(spelled, names, scorer=fuzz.ratio, limit=10, score_cutoff=ALIKE)
            return [self._entries[place] for _, _, place in near]
        has_version = any(word.isdigit() for word in words)
        ranks = [(_distance(self._entries[place], words, spelled, has_version), place) for place in hits]
        return [self._entries[place] for _, place in heapq.nsmallest(MOST, ranks)]


@lru_cache(maxsize=1)
def menu_of(catalog: Catalog) -> Menu:
    """The menu of the catalog in use, made once."""
    return Menu(catalog)


def _standing(catalog: Catalog, offering: Offering) -> tuple[bool, bool, str]:
    return (_is_current(catalog, offering), catalog.is_text(offering), catalog.release(offering))


def _is_current(catalog: Catalog, offering: Offering) -> bool:
    return catalog.is_own(offering) and not offering.deprecated


def _entry(catalog: Catalog, offering: Offering) -> Entry:
    name = catalog.display_name(offering)
    shown = model_option(Choice(name, offering.id))
    words = frozenset(tokens(f"{name} {offering.id}"))
    return Entry(offering.id, words, canonical(name), _is_current(catalog, offering), shown)


def _distance(entry: Entry, words: list[str], spelled: str, has_version: bool) -> tuple[bool, int, bool, int]:
    """How far a name is from what was typed. A version asks for that model: the fewer further words the better; without
    one, the newest of a family comes first."""
    beginnings = sum(word not in entry.words for word in words)
    return (spelled not in entry.spelled, beginnings, not entry.is_current, len(entry.spelled) * has_version)
