"""Slips of the keys in the words that a question turns on; names are left to the name index."""

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from bot.question.naming import COMMON

KEYWORDS = tuple(
    "cheapest cheaper expensive affordable compare comparison difference differences different better between benchmark benchmarks"
    " performance context window output pricing monthly yearly tokens requests upgrade switch switching savings"
    " alternative alternatives recommend summarization classification extraction reasoning retirement deprecated released"
    " knowledge latency standard priority million billion budget break-even capabilities documents conversation messages"
    " thousand provider should million percent estimate calculate".split()
)
"""The words that are mended."""
LONG = 11
"""Letters of a word in which two slips are mended."""
ALIKE = frozenset(
    "requirement requirements contest content contents comparer bettering shoulder pressing biding boding cashed cashing catching pricking mooring movies"
    " loving making alternate alternates expansive documenting message provided provides providing requested".split()
)
"""Words of their own that look like one of them."""
WORD = re.compile(r"(?<![\w/.@-])[a-z]{6,}(?![\w/@-]|\.\w)")
"""A word that is long enough to be mended: in shorter ones a slip makes another word too easily."""


def mended(text: str) -> str:
    """A text with the misspelt ones of its key words as they are spelt."""
    return WORD.sub(lambda found: _mended(found[0]), text)


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    if word in KEYWORDS or word in COMMON or word in ALIKE:
        return word
    allowed = 2 if len(word) >= LONG else 1
    nearest = process.extractOne(word, KEYWORDS, scorer=OSA.distance, score_cutoff=allowed)
    if nearest is None or nearest[0][0] != word[0] or _is_inflected(word, nearest[0]):
        return word
    return nearest[0]


def _is_inflected(word: str, keyword: str) -> bool:
    """Whether two words differ in their ends alone: "upgrades", "released"."""
    shared = Prefix.similarity(word, keyword)
    return shared >= min(len(word), len(keyword)) - 1 and (shared < len(word) or len(word) > len(keyword))
