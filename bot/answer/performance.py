"""How models perform: like with like, each result with its source, and what nobody has measured."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bot.answer.draft import Draft
from bot.answer.model import Figure
from bot.question.cues import NEEDS
from bot.wording import label, listed, number
from catalog.lookup import ARENA, PAGE, Catalog
from catalog.models import Offering, Score

NEED_WORDS = {
    "chat": "chat",
    "summarization": "summarization",
    "coding": "coding",
    "agents": "agents and tool use",
    "long_documents": "long documents",
    "vision": "vision",
    "math": "math",
    "extraction": "extraction",
    "bulk": "bulk work",
    "quality": "the hardest questions",
}
ALL_NEEDS = tuple(need for need, _ in NEEDS)
OVERALL = "Arena Everything (overall)"
SPEED = "speed (tokens per second): no licensed source measures it"
UNITS = {"%": "%", "elo": "", "s": " s", "of 3": " of 3", "ms": " ms"}


KIND_WORDS = {"vendor": "reported by the maker", "independent": "independent"}


class Shared(NamedTuple):
    """One benchmark in which one source has tested all of the models in the same way."""

    benchmark: str
    source: str
    scores: dict[str, Score]
    """By offering id."""

    @property
    def leader(self) -> str | None:
        """The id of the best; None for a tie of the first two."""
        ordered = self.ordered
        tied = len(ordered) > 1 and self.scores[ordered[0]].score == self.scores[ordered[1]].score
        return None if tied else ordered[0]

    @property
    def ordered(self) -> list[str]:
        """The ids, best first."""
        higher = next(iter(self.scores.values())).higher_is_better
        return sorted(self.scores, key=lambda each: self.scores[each].score, reverse=higher)

    @property
    def overlaps(self) -> bool | None:
        """Whether the ranges of the first two overlap; None where no ranges are given."""
        first, second = (self.scores[each] for each in self.ordered[:2])
        if first.low is None or second.low is None or first.high is None or second.high is None:
            return None
        return first.low <= second.high and second.low <= first.high


def is_level(board: Shared, first: str, other: str) -> bool:
    """Whether two results are the same or their ranges overlap."""
    one, two = board.scores[first], board.scores[other]
    if one.score == two.score:
        return True
    if one.low is None or two.low is None or one.high is None or two.high is None:
        return False
    return one.low <= two.high and two.low <= one.high


def shared_benchmarks(catalog: Catalog, offerings: list[Offering]) -> list[Shared]:
    """The benchmarks in which one source has tested all of the models, the independent and current first."""
    return list(_shared(catalog, tuple(offerings)))


@lru_cache(maxsize=4096)
def _shared(catalog: Catalog, offerings: tuple[Offering, ...]) -> tuple[Shared, ...]:
    found = []
    for (benchmark, source), board in catalog.boards.items():
        if source != PAGE and all(each.model in board for each in offerings):
            scores = {each.id: board[each.model] for each in offerings}
            if len({score.harness for score in scores.values()}) == 1:
                found.append(Shared(benchmark, source, scores))
    return tuple(sorted(found, key=_weight))


def _weight(each: Shared) -> tuple[bool, bool, str, str]:
    one = next(iter(each.scores.values()))
    return each.source != ARENA, one.kind == "vendor", f"{9999 - int(one.date[:4] or 0):04}", each.benchmark


def score_figure(draft: Draft, offering: Offering, score: Score) -> Figure:
    """A result, noted with its range and votes."""
    proof = (f"score|{score.model}|{score.benchmark}|{score.source}",)
    name, keys = (
        benchmark_name(draft.catalog, score.benchmark),
        {"source": score.source, "effort": score.effort or None},
    )
    draft.credit(score.source)
    for word, value in (("score_low", score.low), ("score_high", score.high)):
        if value is not None:
            draft.note(word, value, _unit(score), (offering.id,), proof, benchmark=name, **keys)
    if score.votes:
        draft.note("votes", score.votes, "count", (offering.id,), proof, benchmark=name, source=score.source)
    return draft.note("score", score.score, _unit(score), (offering.id,), proof, benchmark=name, **keys)


def _unit(score: Score) -> str:
    return "percent" if score.unit == "%" else score.unit or "points"


def benchmark_name(catalog: Catalog, benchmark: str) -> str:
    """A benchmark's name as people write it."""
    found = catalog.benchmarks.get(benchmark)
    return found.name if found else benchmark


def shown(score: Score, *, with_range: bool = True) -> str:
    """A result as people read it: its unit, its range and its setting."""
    text = f"{_plain(score.score)}{UNITS.get(score.unit, f' {score.unit}')}"
    if with_range and score.low is not None and score.high is not None:
        text += f" ({_plain(score.low)} to {_plain(score.high)})"
    if score.effort:
        text += f" at `{score.effort}` effort"
    return text


def _plain(value: Decimal) -> str:
    """A result to two decimals, or to two significant digits where it is smaller; the figure keeps all of it."""
    if value == value.to_integral():
        return number(value)
    places = 2 if abs(value) >= Decimal("0.1") else 1 - value.adjusted()
    return number(value, places).rstrip("0").rstrip(".")


def benchmark_line(draft: Draft, each: Shared, offerings: list[Offering]) -> str:
    """One shared benchmark: the results, best first, who leads and whether the ranges overlap."""
    by_id = {offering.id: offering for offering in offerings}
    parts = []
    for id_ in each.ordered:
        score_figure(draft, by_id[id_], each.scores[id_])
        parts.append(f"{draft.name(by_id[id_])} at {shown(each.scores[id_])}")
    one = each.scores[each.ordered[0]]
    verdict = {True: "; the ranges overlap", False: "; the ranges do not overlap", None: ""}[
        each.overlaps if len(parts) > 1 else None
    ]
    who = f"{_source_name(draft, each.source)}, {one.date}" if one.date else _source_name(draft, each.source)
    said = f"{who}, {KIND_WORDS[one.kind]}"
    lower = "" if one.higher_is_better else ", lower is better"
    return f"{label(benchmark_name(draft.catalog, each.benchmark))}: {', '.join(parts)}{verdict} ({said}{lower})."


def _source_name(draft: Draft, source: str) -> str:
    found = draft.catalog.sources.get(source)
    return found.name if found else source


def arena_summary(draft: Draft, found: list[Shared], offerings: list[Offering]) -> str | None:
    """Who leads LMArena's categories, which are one source: "ahead in 24 of 24 categories"."""
    boards = [each for each in found if each.source == ARENA]
    if not boards or len(offerings) < 2:
        return None
    wins = {each.id: sum(board.leader == each.id for board in boards) for each in offerings}
    best = max(offerings, key=lambda each: wins[each.id])
    proof = tuple(f"score|{best.model}|{board.benchmark}|{ARENA}" for board in boards)
    draft.note("matches", wins[best.id], "count", (best.id,), proof, source=ARENA)
    draft.note("n", len(boards), "count", tuple(each.id for each in offerings), proof, source=ARENA)
    draft.credit(ARENA)
    dated = draft.catalog.sources[ARENA].data_date
    categories = "category" if len(boards) == 1 else "categories"
    rank = "higher" if len(offerings) == 2 else "highest"
    return f"LMArena ranks {draft.name(best)} {rank} in {wins[best.id]} of {len(boards)} {categories} ({dated}, human votes)."


def performance_section(
    draft: Draft,
    offerings: list[Offering],
    most: int = 5,
    *,
    title: str = "Which performs better",
    is_folded: bool = False,
    has_summary: bool = True,
) -> list[Shared]:
    """Shared benchmarks side by side, like with like; where there are none, what there is of each."""
    found = shared_benchmarks(draft.catalog, offerings)
    overall = [each for each in found if each.benchmark == OVERALL]
    others = [each for each in found if each.source != ARENA]
    lines = [benchmark_line(draft, each, offerings) for each in (*overall, *others)[:most]]
    lines += apart(draft, offerings)
    if has_summary and not is_folded and (summary := arena_summary(draft, found, offerings)):
        lines.insert(0, summary)
    if not found:
        lines.insert(
            0,
            f"No source in the catalog has tested {listed([draft.name(each) for each in offerings])} in the same way.",
        )
    if is_folded:
        lines += only_one(draft, offerings)
    draft.section(title, *lines, is_folded=is_folded)
    return found


def apart(draft: Draft, offerings: list[Offering], most: int = 2) -> list[str]:
    """The same test, each model's result from another source: shown side by side, not compared."""
    lines = []
    named: dict[str, dict[str, list[Score]]] = {}
    for offering in offerings:
        for score in draft.catalog.model(offering).scores:
            if score.source not in (ARENA, PAGE):
                named.setdefault(benchmark_name(draft.catalog, score.benchmark), {}).setdefault(offering.id, []).append(
                    score
                )
    together = {benchmark_name(draft.catalog, each.benchmark) for each in shared_benchmarks(draft.catalog, offerings)}
    wanted = sorted(
        (name for name, each in named.items() if len(each) == len(offerings) and name not in together),
        key=lambda name: (name not in ("GPQA", "Humanity's Last Exam", "MMLU", "SWE-bench Verified"), name),
    )
    for name in wanted[:most]:
        parts = []
        for offering in offerings:
            score = max(named[name][offering.id], key=lambda each: (each.date, each.kind == "independent"))
            score_figure(draft, offering, score)
            parts.append(
                f"{draft.name(offering)} at {shown(score)} ({_source_name(draft, score.source)}, {KIND_WORDS[score.kind]}, {score.date})"
            )
        lines.append(f"{label(name)} from different sources, so shown but not compared: {'; '.join(parts)}.")
    return lines


def only_one(draft: Draft, offerings: list[Offering]) -> list[str]:
    """What only one of the models has been tested in, as a count with examples."""
    lines = []
    for offering in offerings:
        mine = {
            benchmark_name(draft.catalog, each.benchmark)
            for each in draft.catalog.model(offering).scores
            if each.source != PAGE
        }
        rest = {
            benchmark_name(draft.catalog, score.benchmark)
            for other in offerings
            if other is not offering
            for score in draft.catalog.model(other).scores
        }
        alone = sorted(mine - rest)
        if alone:
            lines.append(
                f"Only {draft.name(offering)} has results for {listed([label(each) for each in alone[:4]])}"
                + (" and others." if len(alone) > 4 else ".")
            )
    return lines


def untested(catalog: Catalog, offerings: list[Offering]) -> tuple[str, ...]:
    """What nobody has measured for all of these models."""
    found = shared_benchmarks(catalog, offerings)
    covered = {need for each in found for need in catalog.benchmarks[each.benchmark].needs}
    missing = [NEED_WORDS[need] for need in ALL_NEEDS if need not in covered and need != "bulk"]
    return (*missing, SPEED)


def untested_line(draft: Draft, offerings: list[Offering], missing: tuple[str, ...]) -> str:
    """The same as a sentence."""
    named = "this model" if len(offerings) == 1 else "both" if len(offerings) == 2 else "all of these models"
    needs = [each for each in missing if each != SPEED]
    said = (
        f"No shared test of {named} for {listed(needs, 'or')}. "
        if needs and len(offerings) > 1
        else (f"No test of {named} for {listed(needs, 'or')}. " if needs else "")
    )
    return f"{said}Nobody with a licensed source has measured speed in tokens per second, so no figure is given."
