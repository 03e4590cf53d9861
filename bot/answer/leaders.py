"""Which of all models leads for a need: one board, its ranges, and what is level with the leader for less."""

from collections import Counter
from collections.abc import Iterable

from bot.answer.choose import DECISIVE
from bot.answer.draft import Draft
from bot.answer.listing import MOST_ROWS, by_cost, cheapest_of_all, filter_words, load_of, matching
from bot.answer.model import Answer, Offer, Table
from bot.answer.performance import NEED_WORDS, OVERALL, SPEED, Shared, benchmark_name, is_level, score_figure, shown
from bot.answer.retirement import is_near, retirements
from bot.question.model import Workload
from bot.wording import label, number, rate, tokens, usd
from catalog.lookup import ARENA, PAGE
from catalog.models import STANDARD, Offering, Score


def leaders(draft: Draft) -> Answer:
    """The makers' current models by the board that decides a need, or by LMArena's overall one where none was named."""
    need = draft.question.need
    if need == "bulk" and not draft.question.benchmark:
        made = cheapest_of_all(draft)
        return made.model_copy(update={"winner": None, "picks": {"bulk": made.models[0]} if made.models else {}})
    pool = _one_of_each_model(matching(draft))
    board = _board(draft, pool)
    words = filter_words(draft)
    if board is None:
        return draft.finished(
            f"No source in the catalog has tested the models {words or 'that the makers sell'}"
            f"{f' for {NEED_WORDS[need]}' if need else ''}, so I name none. Ask of two, as in `gpt-4.1-mini or gpt-5.4?`",
            models=(),
            untested=(NEED_WORDS[need] if need else "quality",),
        )
    by_id = {each.id: each for each in pool}
    order = [by_id[id_] for id_ in board.ordered]
    top, load = order[:MOST_ROWS], load_of(draft)
    _basis(draft, board, len(pool))
    draft.section("", table=_table(draft, board, top, load))
    value = _best_value(draft, board, order, load)
    headline = _headline(draft, board, order[0], value, load)
    notable = [order[0], *([value] if value and value is not order[0] else [])]
    retirements(draft, load, notable)
    if len(notable) > 1:
        names = f"Compare {draft.name(notable[0])} and {draft.name(notable[1])}"
        draft.offers.append(Offer(names[:70], f"/compare {notable[0].id} {notable[1].id}"))
    return draft.finished(
        headline,
        picks={need: order[0].id} if need else {},
        untested=("models without a result on this board", SPEED),
        models=tuple(each.id for each in top),
    )


def _one_of_each_model(offerings: Iterable[Offering]) -> list[Offering]:
    """Each maker's model once: under its shortest id."""
    found: dict[str, Offering] = {}
    for each in sorted(offerings, key=lambda each: (len(each.id), each.id)):
        found.setdefault(each.model, each)
    return list(found.values())


def _board(draft: Draft, pool: list[Offering]) -> Shared | None:
    """The board that was asked for or that decides the need: the independent one with the most of the models."""
    catalog, need, asked = draft.catalog, draft.question.need, draft.question.benchmark
    decisive = DECISIVE.get(need or "", "" if need or asked else OVERALL)
    found = []
    for (benchmark, source), board in catalog.boards.items():
        is_asked = benchmark_name(catalog, benchmark) == asked
        fits = is_asked if asked else benchmark == decisive or (need and need in catalog.benchmarks[benchmark].needs)
        scores = _alike({each.id: board[each.model] for each in pool if each.model in board})
        if fits and source != PAGE and scores:
            kind = next(iter(scores.values())).kind
            found.append((benchmark != decisive, kind == "vendor", -len(scores), Shared(benchmark, source, scores)))
    return min(found, key=lambda each: (*each[:3], each[3].benchmark), default=(None,))[-1]


def _alike(scores: dict[str, Score]) -> dict[str, Score]:
    """Those that were measured in the way that most were: like with like."""
    ways = Counter(each.harness for each in scores.values())
    most = max(ways, key=lambda way: (ways[way], way), default="")
    return {id_: each for id_, each in scores.items() if each.harness == most}


def _best_value(draft: Draft, board: Shared, order: list[Offering], load: Workload) -> Offering | None:
    """The cheapest of those whose range overlaps the leader's, first of those that stay for a year; None without a price."""
    level = [each for each in order if is_level(board, order[0].id, each.id)]
    priced = [each for each, _ in by_cost(draft, level, load)]
    staying = [each for each in priced if not is_near(draft.catalog.retirement(each), draft)]
    return next(iter(staying or priced), None)


def _headline(draft: Draft, board: Shared, leader: Offering, value: Offering | None, load: Workload) -> str:
    need, words = draft.question.need, filter_words(draft)
    name = label(benchmark_name(draft.catalog, board.benchmark))
    scope = ", ".join(
        filter(None, [f"For {NEED_WORDS[need]}" if need else "", f"of the models {words}" if words else ""])
    )
    said = f"{draft.name(leader)} leads in {name} ({_score(board, leader)})"
    said = f"{scope[:1].upper()}{scope[1:]}, {said}" if scope else said
    cost = draft.monthly_cost(leader, load)
    at = f"a month at {tokens(load.tokens or 0)} tokens"
    if value is None or cost is None:
        return f"{said}."
    less = draft.monthly_cost(value, load)
    if less is None or less.decimal >= cost.decimal:
        return f"{said} and nothing level with it costs less: {usd(cost.decimal)} {at}."
    return (
        f"{said}; the best value is {draft.name(value)}, level with it ({_score(board, value)}) for "
        f"{usd(less.decimal)} against {usd(cost.decimal)} {at}."
    )


def _score(board: Shared, offering: Offering) -> str:
    return shown(board.scores[offering.id], with_range=False)


def _basis(draft: Draft, board: Shared, fitting: int) -> None:
    """What the ranking rests on and whom it leaves out."""
    source, one = draft.catalog.sources[board.source], next(iter(board.scores.values()))
    kind = (
        "human votes, not a test of your task"
        if board.source == ARENA
        else "reported by the makers"
        if one.kind == "vendor"
        else "independent tests"
    )
    level = " Level means that the ranges of the scores overlap." if one.low is not None else ""
    draft.remark(f"By the {source.name} of {one.date}: {kind}.{level}")
    left = fitting - len(board.scores)
    if left:
        proof = ("question|filters", f"score|*|{board.benchmark}|{board.source}")
        for count in (left, fitting):
            draft.note("n", count, "count", (), proof)
        draft.remark(f"{number(left)} of {number(fitting)} models that fit have no result there and are not ranked.")


def _cell(score: Score) -> str:
    """A result with its range, and its setting where that is a word."""
    is_number = any(letter.isdigit() for letter in score.effort)
    return shown(score._replace(effort="") if is_number else score).replace("`", "")


def _table(draft: Draft, board: Shared, offerings: list[Offering], load: Workload) -> Table:
    rows = []
    for each in offerings:
        score_figure(draft, each, board.scores[each.id])
        prices = [draft.price(each, word, STANDARD) for word in ("input", "output")]
        cost = draft.row_cost(each, load)
        rows.append(
            (
                draft.name(each),
                _cell(board.scores[each.id]),
                *(rate(price.decimal) if price else "-" for price in prices),
                usd(cost.decimal) if cost else "-",
            )
        )
    name = benchmark_name(draft.catalog, board.benchmark)
    at = f"{tokens(load.tokens or 0)} tokens a month"
    return Table(header=("Model", name, "Input per MTok", "Output per MTok", at), rows=tuple(rows))
