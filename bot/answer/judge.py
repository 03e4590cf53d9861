"""Better, upgrade, performance: what grades and shared tests say of named models."""

from fractions import Fraction

from bot.answer.choose import cheapest_of, costs
from bot.answer.costing import NoPrice
from bot.answer.draft import Draft, at_volume
from bot.answer.faq import better_words, upgrade_verdict, upgrade_words
from bot.answer.grades import Grades, basis, better, grade_words, note_grades
from bot.answer.limits import outs
from bot.answer.model import Answer
from bot.answer.performance import (
    KIND_WORDS,
    NEED_WORDS,
    SPEED,
    Shared,
    apart,
    arena_summary,
    benchmark_line,
    benchmark_name,
    only_one,
    performance_section,
    score_figure,
    shared_benchmarks,
    shown,
    untested,
    untested_line,
)
from bot.answer.plain import which_models
from bot.answer.retirement import retirements
from bot.wording import label, listed, tokens
from catalog.lookup import PAGE
from catalog.models import Offering


def better_of(draft: Draft) -> Answer:
    """Which of two is better: by grade; cost and single boards follow and break no tie."""
    if len(draft.models) < 2:
        return which_models(draft)
    first, second = draft.models[:2]
    found = shared_benchmarks(draft.catalog, [first, second])
    grades = note_grades(draft, draft.models)
    winner = better(grades, first, second)
    if len(draft.models) > 2:
        winner = _best_of(grades.scores, [each.id for each in draft.models])
        said = (
            f"{draft.name(draft.catalog.offerings[winner])} is graded best of these: {_each_grade(draft, grades)}."
            if winner
            else f"None of these is graded best: {_each_grade(draft, grades)}."
        )
    else:
        said = better_words(draft, grades, first, second, [], is_asked=False)
    costs(draft, draft.models)
    cheapest = cheapest_of(draft, draft.models)
    if cheapest and winner is None and len(grades.scores) == len(draft.models):
        draft.remark(f"Level by grade, {draft.name(cheapest)} is the cheaper.")
    if len(draft.models) == 2 and (summary := arena_summary(draft, found, draft.models)):
        draft.remark(summary)
    performance_section(draft, draft.models, most=4, has_summary=len(draft.models) > 2)
    missing = untested(draft.catalog, draft.models)
    draft.section("Untested", untested_line(draft, draft.models, missing))
    retirements(draft, None)
    return draft.finished(said, winner=winner, untested=missing)


def _each_grade(draft: Draft, found: Grades) -> str:
    shown_grades = listed([f"{draft.name(each)} {grade_words(draft, found, each)}" for each in draft.models])
    return f"{shown_grades}, {basis(draft, found)}" if found.scores else "none of them has a grade"


def _best_of(scores: dict[str, Fraction], models: list[str]) -> str | None:
    if any(each not in scores for each in models):
        return None
    ordered = sorted(models, key=lambda each: scores[each], reverse=True)
    return ordered[0] if scores[ordered[0]] > scores[ordered[1]] else None


def upgrade(draft: Draft) -> Answer:
    """Whether to move from one model to another."""
    if len(draft.models) < 2:
        return which_models(draft)
    source, target = draft.models[:2]
    draft.only(2)
    asked = draft.question.workload
    if draft.has_bad_amount:
        return draft.finished("That is not an amount I can price.")
    load = asked if asked.tokens is not None else at_volume(asked, 10**6)
    now, then = draft.bill(source, load), draft.bill(target, load)
    for each, found in ((source, now), (target, then)):
        if isinstance(found, NoPrice):
            draft.no_price(each, found)
    grades = note_grades(draft, [source, target])
    current, next_cost = draft.monthly_cost(source, load), draft.monthly_cost(target, load)
    if current is None or next_cost is None:
        return draft.finished(
            f"I cannot say. {draft.without_price([each for each, found in ((source, current), (target, next_cost)) if not found])}",
            verdict="depends",
        )
    limits = {(each.offering.id, each.why) for each in outs(draft, [source, target]) if each.why != "off"}
    fails = any((source.id, why) in limits and (target.id, why) not in limits for why in ("small", "vision"))
    verdict = upgrade_verdict(grades, source, target, current.fraction, next_cost.fraction, fails=fails)
    said = (
        f"Yes: {draft.name(source)} cannot do what you ask, {draft.name(target)} can."
        if fails
        else upgrade_words(draft, grades, source, target, current, next_cost, f" at {tokens(load.tokens or 0)} tokens")
    )
    if summary := arena_summary(draft, shared_benchmarks(draft.catalog, [source, target]), [source, target]):
        draft.remark(summary)
    draft.remark("Cost is at a million tokens a month, half input and half output." if asked.tokens is None else "")
    draft.more = [line for line in draft.more if line]
    retirements(draft, load, [source, target])
    performance_section(draft, [source, target], most=3, has_summary=False)
    missing = untested(draft.catalog, [source, target])
    draft.section("Untested", untested_line(draft, [source, target], missing))
    return draft.finished(said, verdict=verdict, untested=missing)


def performance(draft: Draft) -> Answer:
    """The scores of a benchmark, of a need, or all that are shared; or that nobody has measured it."""
    offerings = draft.models
    asked, need = draft.question.benchmark, draft.question.need
    if asked:
        return _on_benchmark(draft, offerings, asked)
    if draft.question.attribute == "speed":
        return _speed(draft, offerings)
    found = shared_benchmarks(draft.catalog, offerings)
    if need:
        found = [each for each in found if need in draft.catalog.benchmarks[each.benchmark].needs]
    missing = untested(draft.catalog, offerings)
    if need and not found:
        missing = tuple(dict.fromkeys((NEED_WORDS[need], *missing)))
    headline = _headline(draft, offerings, found, need)
    costs(draft, offerings)
    if need:
        draft.section(f"Tests of {NEED_WORDS[need]}", *[benchmark_line(draft, each, offerings) for each in found[:6]])
    else:
        performance_section(draft, offerings, most=6)
    draft.section("Untested", untested_line(draft, offerings, missing), *only_one(draft, offerings))
    return draft.finished(headline, untested=missing)


def _headline(draft: Draft, offerings: list[Offering], found: list[Shared], need: str | None) -> str:
    names = listed([draft.name(each) for each in offerings])
    what = f" for {NEED_WORDS[need]}" if need else ""
    if not found:
        return f"Untested: no source in the catalog has tested {names}{what} in the same way."
    if len(offerings) == 1:
        return benchmark_line(draft, found[0], offerings)
    first = found[0]
    for each in offerings:
        score_figure(draft, each, first.scores[each.id])
    name = label(benchmark_name(draft.catalog, first.benchmark))
    scores = " against ".join(shown(first.scores[id_], with_range=False) for id_ in first.ordered)
    if first.leader is None:
        return f"Level{what}: {names} score the same in {name} ({scores})."
    best = draft.name(draft.catalog.offerings[first.leader])
    if first.overlaps:
        return f"Too close to call{what}: {best} is ahead in {name} ({scores}), but the ranges overlap."
    return f"{best} is ahead{what}: {scores} in {name}."


def _speed(draft: Draft, offerings: list[Offering]) -> Answer:
    """Nobody licensed has tokens per second; what there is, under its own name."""
    names = listed([draft.name(each) for each in offerings])
    proxies = []
    for each in shared_benchmarks(draft.catalog, offerings):
        name = benchmark_name(draft.catalog, each.benchmark)
        if "latency" in name.lower() or "seconds" in name.lower():
            proxies.append(benchmark_line(draft, each, offerings))
    draft.section("The nearest thing there is", *proxies)
    if not proxies:
        draft.remark("Latency depends on load, region and prompt: measure it with your own requests.")
    return draft.finished(
        f"Untested: no licensed source has measured the speed of {names}, so there is no figure to give.",
        untested=(SPEED, "latency"),
    )


def _on_benchmark(draft: Draft, offerings: list[Offering], asked: str) -> Answer:
    """One benchmark: compared where one source has tested all, else each result by its own source."""
    known = {benchmark_name(draft.catalog, each) for each in draft.catalog.benchmarks}

    def is_asked(benchmark: str) -> bool:
        """Whether it is that test, or it with a setup of its own: "SWE-bench Verified (Agentic Coding)"."""
        name = benchmark_name(draft.catalog, benchmark)
        return name == asked or name.startswith((f"{asked} (", f"{asked} Diamond"))

    found = [each for each in shared_benchmarks(draft.catalog, offerings) if is_asked(each.benchmark)]
    found.sort(key=lambda each: benchmark_name(draft.catalog, each.benchmark) != asked)
    names = listed([draft.name(each) for each in offerings])
    term = label(asked)
    if found:
        first = found[0]
        draft.section(term, *[benchmark_line(draft, each, offerings) for each in found[:3]])
        return draft.finished(_headline(draft, offerings, [first], None))
    lines: list[str] = []
    tested: dict[str, str] = {}
    for each in offerings:
        for score in draft.catalog.model(each).scores:
            if is_asked(score.benchmark):
                score_figure(draft, each, score)
                source = draft.catalog.sources[score.source]
                who = source.credit or source.name if score.source == PAGE else source.name
                kind = "names no source for it" if score.source == PAGE else KIND_WORDS[score.kind]
                name = benchmark_name(draft.catalog, score.benchmark)
                of = f" in {label(name)}" if name != asked else ""
                lines.append(f"{draft.name(each)}: {shown(score)}{of} ({who}, {kind}, {score.date})")
                if score.source != PAGE:
                    tested.setdefault(each.id, f"{draft.name(each)} {shown(score)}")
    draft.section(f"What is on record for {term}", *lines)
    if not lines:
        why = "" if asked in known else " The catalog knows no benchmark of that name."
        draft.section("Other tests", *apart(draft, offerings))
        return draft.finished(
            f"Untested: no result of {names} in {term} is on record.{why}", untested=(f"{asked}: no result on record",)
        )
    missing = [draft.name(each) for each in offerings if each.id not in tested]
    rest = (
        f" {listed(missing)} {'has' if len(missing) == 1 else 'have'} no result from a named test of it."
        if missing
        else ""
    )
    said = f": {listed(list(tested.values()))}, each from another source" if len(tested) > 1 else ""
    return draft.finished(
        f"No source has tested {names} in {term} in the same way, so nobody leads{said}.{rest}",
        untested=(f"{asked}: no shared test",),
    )
