"""Grades of 3: a published one where one evaluator has graded all models asked about, else estimated by one rule."""

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from bot.answer.draft import Draft
from bot.answer.performance import OVERALL
from bot.wording import number
from catalog.lookup import ARENA, PAGE, Catalog
from catalog.models import Offering

PUBLISHED = "modelpicker 12-task grade"
STRONG, USABLE = Fraction(24, 10), Fraction(17, 10)
FEWEST_TASKS = 2
RULE = (
    "Published grades are used where one evaluator has graded every model asked about; equal grades are a tie. Otherwise each "
    "model is estimated as one plus two times its mean percentile over the LMArena task categories that all of them share; "
    "languages do not count, and without the overall board and two task categories a model stays ungraded. "
    "Strong from `2.4`, Usable from `1.7`, Weak below."
)


class Grades(NamedTuple):
    """The grades of the models asked about, all by the same rule."""

    scores: dict[str, Fraction]
    """By offering id; a model that is missing is ungraded."""
    is_published: bool
    categories: tuple[str, ...]

    @property
    def places(self) -> int:
        """To how many decimals scores are shown: two, or as many as tell apart those that differ, and their words."""
        every = set(self.scores.values())
        return next((each for each in range(2, 9) if _tells_apart(every, each)), 9)

    def word(self, offering: str) -> str:
        """Strong, Usable or Weak."""
        return word_of(self.scores[offering])


def word_of(score: Fraction) -> str:
    """Strong, Usable or Weak."""
    return "Strong" if score >= STRONG else "Usable" if score >= USABLE else "Weak"


def _tells_apart(scores: set[Fraction], places: int) -> bool:
    shown = {score: number(score, places) for score in scores}
    return len(set(shown.values())) == len(scores) and all(
        word_of(Fraction(text)) == word_of(score) for score, text in shown.items()
    )


def grades(catalog: Catalog, offerings: list[Offering]) -> Grades:
    """The grades of models, comparable with each other."""
    return _grades(catalog, tuple(offerings))


@lru_cache(maxsize=4096)
def _grades(catalog: Catalog, offerings: tuple[Offering, ...]) -> Grades:
    page = catalog.boards.get((PUBLISHED, PAGE), {})
    if offerings and all(each.model in page for each in offerings):
        return Grades(
            {each.id: Fraction(page[each.model].score) for each in offerings}, is_published=True, categories=()
        )
    graded = [each for each in offerings if _tasks(catalog, (each,))]
    shared = _tasks(catalog, tuple(graded))
    if not shared:
        return Grades({}, is_published=False, categories=())
    scores = {
        each.id: 1
        + 2 * sum((catalog.percentiles[category][each.model] for category in shared), Fraction(0)) / len(shared)
        for each in graded
    }
    return Grades(scores, is_published=False, categories=tuple(shared))


@lru_cache(maxsize=4096)
def _tasks(catalog: Catalog, offerings: tuple[Offering, ...]) -> list[str]:
    """The LMArena task categories that all of the models share, the overall board included; none if too few."""
    shared = [
        category
        for category, board in catalog.percentiles.items()
        if not catalog.benchmarks[category].is_language and all(each.model in board for each in offerings)
    ]
    return shared if OVERALL in shared and len(shared) > FEWEST_TASKS else []


def note_grades(draft: Draft, offerings: list[Offering]) -> Grades:
    """The grades of models, with their figures noted."""
    found = grades(draft.catalog, offerings)
    for each in offerings:
        if each.id not in found.scores:
            continue
        if found.is_published:
            proof: tuple[str, ...] = (f"score|{each.model}|{PUBLISHED}|{PAGE}",)
            source = PAGE
        else:
            proof = (
                *(f"score|{each.model}|{category}|{ARENA}" for category in found.categories),
                "rule|estimated_grade",
            )
            source = ARENA
            draft.note("n", len(found.categories), "count", (each.id,), ("rule|estimated_grade",))
        draft.credit(source)
        draft.note("overall_score", found.scores[each.id], "of 3", (each.id,), proof, source=source)
        draft.note("grade", found.word(each.id), "text", (each.id,), (*proof, "rule|grade_words"), source=source)
    return found


def grade_words(draft: Draft, found: Grades, offering: Offering) -> str:
    """ "Strong (2.50 of 3)", or "ungraded"."""
    if offering.id not in found.scores:
        return "ungraded"
    return f"{found.word(offering.id)} ({number(found.scores[offering.id], found.places)} of 3)"


def basis(draft: Draft, found: Grades) -> str:
    """Where the grades come from, in a few words."""
    if not found.scores:
        return ""
    if found.is_published:
        source = draft.catalog.sources[PAGE]
        draft.credit(PAGE)
        return f"as published by {source.credit or source.name} ({source.data_date}); the page does not say how its tasks were judged"
    dated = draft.catalog.sources[ARENA].data_date
    return f"estimated from {len(found.categories)} LMArena categories of {dated}"


def better(found: Grades, first: Offering, second: Offering) -> str | None:
    """The id of the better graded one; None for a tie and where one is ungraded."""
    if first.id not in found.scores or second.id not in found.scores:
        return None
    one, other = found.scores[first.id], found.scores[second.id]
    return None if one == other else first.id if one > other else second.id
