"""The four questions that everybody asks of a pair: better, cheaper, different, upgrade. Never against the verdict."""

from fractions import Fraction
from typing import Literal

from bot.answer.draft import Draft
from bot.answer.grades import Grades, basis, better, grade_words
from bot.answer.model import Figure
from bot.answer.performance import Shared, arena_summary
from bot.question.model import Workload
from bot.wording import listed, rate, tokens, usd
from catalog.models import Offering

ABILITIES = {"reasoning": "reasoning", "vision": "vision", "tools": "tool calls", "open_weights": "open weights"}
Upgrade = Literal["yes", "no", "depends"]


def faq(
    draft: Draft, order: list[tuple[Offering, Figure]], load: Workload, grades: Grades, found: list[Shared]
) -> None:
    """The four answers for the cheapest and the dearest of the models."""
    (cheap, low), (dear, high) = order[0], order[-1]
    lines = [
        f"*Is {draft.name(dear)} better than {draft.name(cheap)}?* {better_words(draft, grades, dear, cheap, found, is_asked=True)}",
        f"*Which is cheaper?* {cheaper_words(draft, order, load)}",
        f"*What are the main differences?* {difference_words(draft, grades, cheap, dear)}",
        f"*Should I upgrade from {draft.name(cheap)} to {draft.name(dear)}?* {upgrade_words(draft, grades, cheap, dear, low, high)}",
    ]
    draft.section("FAQ", *lines, is_folded=True)


def better_words(
    draft: Draft, grades: Grades, first: Offering, second: Offering, found: list[Shared], *, is_asked: bool
) -> str:
    """Whether the first is better, by grade; what the leaderboard says comes after and breaks no tie.

    `is_asked`: the question is whether the first one is, so that yes or no is an answer.
    """
    one, other = (grade_words(draft, grades, each) for each in (first, second))
    summary = arena_summary(draft, found, [first, second])
    after = f" {summary}" if summary else ""
    if first.id not in grades.scores or second.id not in grades.scores:
        lacking = [draft.name(each) for each in (first, second) if each.id not in grades.scores]
        return (
            f"Nobody can say by grade: {' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} ungraded.{after}"
        )
    winner = better(grades, first, second)
    if winner is None:
        return f"By grade it is a tie: both are {one}, {basis(draft, grades)}.{after}"
    if not is_asked:
        (best, grade), (rest, lower) = ((first, one), (second, other))[:: 1 if winner == first.id else -1]
        return (
            f"{draft.name(best)} is graded better: {grade} against {lower} for {draft.name(rest)}, "
            f"{basis(draft, grades)}.{after}"
        )
    word = "Yes" if winner == first.id else "No"
    return f"{word}: {draft.name(first)} is graded {one}, {draft.name(second)} {other}, {basis(draft, grades)}.{after}"


def cheaper_words(draft: Draft, order: list[tuple[Offering, Figure]], load: Workload) -> str:
    """Which is cheapest and by how much."""
    low, high = order[0][1], order[-1][1]
    at = f"a month at {tokens(load.tokens or 0)} tokens"
    if low.decimal == high.decimal:
        return f"{'Neither: both' if len(order) == 2 else 'None: all'} cost {usd(low.decimal)} {at}."
    level = [draft.name(each) for each, figure in order if figure.decimal == low.decimal]
    rest = [figure.decimal for _, figure in order[len(level) :]]
    return f"{listed(level)}: {usd(low.decimal)} against {listed([usd(each) for each in rest])} {at}."


def difference_words(draft: Draft, grades: Grades, first: Offering, second: Offering, *, is_brief: bool = False) -> str:
    """What differs, the dearest things first; what is the same comes last. Briefly: prices, grade and context alone."""
    apart, same = _prices_apart(draft, first, second)
    one, other = (grade_words(draft, grades, each) for each in (first, second))
    if one != other:
        is_graded = first.id in grades.scores and second.id in grades.scores
        apart.append(f"graded {one} against {other}" if is_graded else f"{one} against {other} by grade")
    for field, label in (("context_window", "context"), ("max_output", "output at most"))[: 1 if is_brief else 2]:
        one_limit, other_limit = limit(draft, first, field), limit(draft, second, field)
        if one_limit and other_limit and one_limit.value != other_limit.value:
            apart.append(f"{int(one_limit.value):,} against {int(other_limit.value):,} tokens of {label}")
    only = [
        f"only {draft.name(first if one_fact.value == 'true' else second)} has {label}"
        for field, label in ABILITIES.items()
        if (one_fact := ability(draft, first, field))
        and (other_fact := ability(draft, second, field))
        and one_fact.value != other_fact.value
    ]
    for field, label in () if is_brief else (("release_date", "released"), ("knowledge_cutoff", "knowledge until")):
        dates = [date_fact(draft, each, field) for each in (first, second)]
        if dates[0] and dates[1] and dates[0].value != dates[1].value:
            apart.append(f"{label} {dates[0].value} against {dates[1].value}")
    if not apart and not only:
        return f"None that the catalog knows of{f'; {listed(same)}' if same else ''}."
    versus = f"{draft.name(first)} against {draft.name(second)}: {'; '.join(apart)}" if apart else ""
    return f"{'; '.join(filter(None, [versus, *only, *same]))}."


def _prices_apart(draft: Draft, first: Offering, second: Offering) -> tuple[list[str], list[str]]:
    """The prices that differ, and those that are the same, in words."""
    apart, same = [], []
    for word, label in (("input", "input"), ("output", "output"), ("cached_input", "cached input")):
        one, other = draft.price(first, word), draft.price(second, word)
        if one and other and one.value == other.value:
            same.append(f"the same {label} price ({rate(one.decimal)} per MTok)")
        elif one and other:
            apart.append(f"{rate(one.decimal)} against {rate(other.decimal)} per MTok of {label}")
    return apart, same


def date_fact(draft: Draft, offering: Offering, field: str) -> Figure | None:
    """A date that the facts give, noted."""
    stated = draft.catalog.stated(offering, field)
    if stated is None:
        return None
    return draft.note(field, stated.value, "date", (offering.id,), (f"fact|{offering.model}|{field}|{stated.source}",))


def limit(draft: Draft, offering: Offering, field: str) -> Figure | None:
    """A limit in tokens, noted."""
    stated = draft.catalog.stated(offering, field)
    if stated is None:
        return None
    return draft.note(
        field, int(stated.value), "tokens", (offering.id,), (f"fact|{offering.model}|{field}|{stated.source}",)
    )


def ability(draft: Draft, offering: Offering, field: str) -> Figure | None:
    """Whether a model can do something, noted."""
    stated = draft.catalog.stated(offering, field)
    if stated is None:
        return None
    return draft.note(field, stated.value, "bool", (offering.id,), (f"fact|{offering.model}|{field}|{stated.source}",))


def upgrade_verdict(
    grades: Grades, source: Offering, target: Offering, now: Fraction, then: Fraction, *, fails: bool = False
) -> Upgrade:
    """no: the target is not better graded and dearer; yes: better graded and not dearer, or the source fails a limit."""
    if fails:
        return "yes"
    is_better = better(grades, source, target) == target.id
    if then > now:
        return "depends" if is_better else "no"
    return "yes" if is_better else "depends"


def upgrade_words(
    draft: Draft, grades: Grades, source: Offering, target: Offering, now: Figure, then: Figure, at: str = ""
) -> str:
    """The verdict on an upgrade with its reason; `at` says at what volume, where that is not said beside it."""
    said = upgrade_verdict(grades, source, target, now.fraction, then.fraction)
    one, other = (grade_words(draft, grades, each) for each in (source, target))
    money = (
        f"the same, {usd(now.decimal)} a month{at}"
        if then.decimal == now.decimal
        else f"{usd(then.decimal)} instead of {usd(now.decimal)} a month{at}"
    )
    both = source.id in grades.scores and target.id in grades.scores
    if said == "no":
        why = "it is not graded better" if both else "nothing shows that it is graded better"
        return f"No: {draft.name(target)} costs {money} and {why}: {other} against {one}."
    if said == "yes":
        return f"Yes: {draft.name(target)} is graded better, {other} against {one}, and costs {money}."
    if both and better(grades, source, target) == target.id:
        return f"It depends on what quality is worth to you: {draft.name(target)} is graded better, {other} against {one}, but costs {money}."
    if both and then.decimal == now.decimal and better(grades, source, target) is None:
        return f"It depends on what no grade shows: both are graded {one} and cost {money}."
    return f"It depends on quality, since {draft.name(target)} costs {money}: {draft.name(target)} is {other}, {draft.name(source)} {one}."
