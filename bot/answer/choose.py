"""Which model for which need, with the evidence that decides it."""

from typing import NamedTuple

from bot.answer.costing import NoPrice
from bot.answer.draft import Draft, at_volume
from bot.answer.grades import better, grade_words, note_grades
from bot.answer.limits import Out, lacks_vision, outs, reasons, usable_of
from bot.answer.model import Answer
from bot.answer.performance import (
    ALL_NEEDS,
    NEED_WORDS,
    Shared,
    benchmark_name,
    is_level,
    performance_section,
    score_figure,
    shared_benchmarks,
    shown,
    untested,
    untested_line,
)
from bot.answer.plain import which_models
from bot.answer.retirement import retirements
from bot.wording import label, listed, usd
from catalog.models import Offering

MILLION = 10**6
DECISIVE = {
    "chat": "Arena Everything (overall)",
    "summarization": "Arena Long prompts",
    "coding": "Arena Coding",
    "math": "Arena Math",
    "vision": "Arena Understanding images",
    "extraction": "Arena Following detailed instructions",
    "long_documents": "Arena Long prompts",
    "quality": "Arena Hard prompts",
}
"""The category that decides a need where it has been tested, before any other test of the need."""


class Pick(NamedTuple):
    """A model for a need and what decides it."""

    need: str
    offering: Offering
    reason: str
    is_tested: bool = True
    """Whether a shared test decides it, or what decides bulk work: cost."""


def cheapest_of(draft: Draft, offerings: list[Offering]) -> Offering | None:
    """The one that costs least at the stated workload, else at a million tokens; None where none has a price."""
    asked = draft.question.workload
    load = asked if asked.tokens is not None and not draft.has_bad_amount else at_volume(asked, MILLION)
    bills = [
        (found.usd, each.id, each) for each in offerings if not isinstance(found := draft.bill(each, load), NoPrice)
    ]
    return min(bills, key=lambda each: each[:2])[2] if bills else None


def pick(
    draft: Draft, need: str, offerings: list[Offering], found: list[Shared], cheapest: Offering | None
) -> Pick | None:
    """The model for a need: by the shared test for it, by cost where that leaves them level; None without evidence."""
    by_id = {each.id: each for each in offerings}
    if need == "bulk" and cheapest:
        return Pick(need, cheapest, "it costs least, and cost is what decides bulk work")
    tests = sorted(
        (each for each in found if need in draft.catalog.benchmarks[each.benchmark].needs),
        key=lambda each: each.benchmark != DECISIVE.get(need),
    )
    if tests:
        test = tests[0]
        names = label(benchmark_name(draft.catalog, test.benchmark))
        first, second = test.ordered[:2]
        for id_ in (first, second):
            score_figure(draft, by_id[id_], test.scores[id_])
        scores = f"{shown(test.scores[first], with_range=False)} against {shown(test.scores[second], with_range=False)}"
        if (test.leader is None or test.overlaps) and cheapest:
            level = [id_ for id_ in test.ordered if is_level(test, first, id_)]
            winner = cheapest_of(draft, [by_id[id_] for id_ in level]) or by_id[first]
            return Pick(need, winner, f"it costs least of those that are level in {names} ({scores})")
        return Pick(need, by_id[first], f"it leads in {names} ({scores})")
    grades = note_grades(draft, offerings)
    if grades.is_published and len(set(grades.scores.values())) == 1 and cheapest:
        return Pick(need, cheapest, "the published grades are equal, so the lower cost decides", is_tested=False)
    return None


def picks_of(
    draft: Draft, offerings: list[Offering], found: list[Shared], needs: tuple[str, ...] = ALL_NEEDS
) -> list[Pick]:
    """A pick for each need that there is evidence for; never one that cannot be used while another can."""
    usable, out = usable_of(offerings, [each for each in outs(draft, offerings) if each.why != "vision"])
    if not usable or not out:
        return [each for need in needs if (each := _pick_for(draft, need, offerings, found))]
    if len(usable) == 1:
        why = reasons(draft, out, len(offerings))
        return [Pick(need, usable[0], why) for need in needs if able(draft, need, usable)]
    found = shared_benchmarks(draft.catalog, usable)
    return [each for need in needs if (each := _pick_for(draft, need, usable, found))]


def _pick_for(draft: Draft, need: str, offerings: list[Offering], found: list[Shared]) -> Pick | None:
    """A pick of those that have the ability that the need takes."""
    left = able(draft, need, offerings)
    if len(left) == len(offerings):
        return pick(draft, need, offerings, found, cheapest_of(draft, offerings))
    if len(left) > 1:
        return pick(draft, need, left, shared_benchmarks(draft.catalog, left), cheapest_of(draft, left))
    lacking = [Out(each, "vision") for each in offerings if each not in left]
    return Pick(need, left[0], reasons(draft, lacking, len(offerings))) if left else None


def able(draft: Draft, need: str, offerings: list[Offering]) -> list[Offering]:
    """Those of which the catalog does not say that they lack what a need takes."""
    return [each for each in offerings if need != "vision" or not lacks_vision(draft, each)]


def pick_lines(draft: Draft, picks: list[Pick]) -> list[str]:
    """The picks in words, needs with one reason together."""
    together: dict[tuple[str, str], list[str]] = {}
    for each in picks:
        together.setdefault((each.offering.id, each.reason), []).append(NEED_WORDS[each.need])
    return [
        f"*{listed(needs)}*: {draft.name(draft.catalog.offerings[id_])}, as {reason}."
        for (id_, reason), needs in together.items()
    ]


def by_model(draft: Draft, picks: list[Pick]) -> list[str]:
    """The picks in short: each model with the needs that it is picked for."""
    together: dict[str, list[str]] = {}
    for each in picks:
        untried = "" if each.is_tested else " (no shared test, so on cost)"
        together.setdefault(each.offering.id, []).append(f"{NEED_WORDS[each.need]}{untried}")
    return [f"*{draft.name(draft.catalog.offerings[id_])}* for {listed(needs)}." for id_, needs in together.items()]


def choose(draft: Draft) -> Answer:
    """Which of the named models for the stated need."""
    offerings, need = draft.models, draft.question.need
    if len(offerings) < 2:
        return which_models(draft)
    found = shared_benchmarks(draft.catalog, offerings)
    chosen = picks_of(draft, offerings, found)
    for_need = next((each for each in chosen if each.need == need), None)
    missing = untested(draft.catalog, offerings)
    if for_need:
        headline = f"For {NEED_WORDS[for_need.need]} take {draft.name(for_need.offering)}: {for_need.reason}."
    elif need:
        headline = _no_pick(draft, offerings, need)
        missing = tuple(dict.fromkeys((NEED_WORDS[need], *missing)))
    else:
        headline = _overall(draft, offerings)
    costs(draft, offerings)
    draft.section("Which for what", *pick_lines(draft, chosen))
    performance_section(draft, offerings, most=3)
    draft.section("Untested", untested_line(draft, offerings, missing))
    retirements(draft, draft.question.workload)
    return draft.finished(headline, picks={each.need: each.offering.id for each in chosen}, untested=missing)


def _no_pick(draft: Draft, offerings: list[Offering], need: str) -> str:
    """Why there is no pick: none can be used, or nobody has tested them."""
    usable, out = usable_of(offerings, outs(draft, offerings))
    if not usable:
        why = reasons(draft, out, len(offerings))
        return f"There is no pick for {NEED_WORDS[need]}: {why}."
    cheapest = cheapest_of(draft, usable)
    those = "them" if len(usable) == len(offerings) else "those that can be used"
    cost = f" {draft.name(cheapest)} is the cheapest of {those}." if cheapest else ""
    if cheapest and _cost_alike(draft, usable):
        cost = " They cost the same." if those == "them" else " Those that can be used cost the same."
    return f"Nobody has tested these models for {NEED_WORDS[need]} in the same way, so there is no pick.{cost}"


def _cost_alike(draft: Draft, offerings: list[Offering]) -> bool:
    """Whether several cost the same at the stated workload, else at a million tokens."""
    asked = draft.question.workload
    load = asked if asked.tokens is not None and not draft.has_bad_amount else at_volume(asked, MILLION)
    bills = [draft.bill(each, load) for each in offerings]
    return len(bills) > 1 and len({None if isinstance(each, NoPrice) else each.usd for each in bills}) == 1


def _overall(draft: Draft, offerings: list[Offering]) -> str:
    usable, out = usable_of(offerings, outs(draft, offerings))
    if out and len(usable) < 2:
        why = reasons(draft, out, len(offerings))
        return f"Take {draft.name(usable[0])}: {why}." if usable else f"None of them: {why}."
    offerings = usable
    grades = note_grades(draft, offerings)
    cheapest = cheapest_of(draft, offerings)
    best = max(
        (each for each in offerings if each.id in grades.scores), key=lambda each: grades.scores[each.id], default=None
    )
    if cheapest is None:
        return "There is no price on record to choose by; the evidence is below."
    if best is None:
        return f"Take {draft.name(cheapest)}: it costs least, and these models are not all graded."
    if best is cheapest or better(grades, cheapest, best) is None:
        return f"Take {draft.name(cheapest)}: it costs least and no other is graded above its {grade_words(draft, grades, cheapest)}."
    return (
        f"Take {draft.name(cheapest)} for cost, {draft.name(best)} for quality: "
        f"{grade_words(draft, grades, best)} against {grade_words(draft, grades, cheapest)}."
    )


def costs(draft: Draft, offerings: list[Offering]) -> None:
    """What the models cost, in one line."""
    asked = draft.question.workload
    if draft.has_bad_amount:
        return
    load = asked if asked.tokens is not None else at_volume(asked, MILLION)
    found = [(each, figure) for each in offerings if (figure := draft.monthly_cost(each, load))]
    if found:
        shown_costs = listed([f"{draft.name(each)} {usd(figure.decimal)}" for each, figure in found])
        volume = "a million tokens" if asked.tokens is None else "your volume"
        draft.remark(f"At {volume} a month: {shown_costs}.")
