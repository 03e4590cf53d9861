"""The verdict: a small ordered table of rules. The first that fits decides, in one sentence with the ratio that decides it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from bot.answer.draft import Draft
from bot.answer.grades import Grades, grade_words
from bot.answer.performance import Shared
from bot.wording import ratio, tokens
from catalog.lookup import ARENA
from catalog.models import Offering

SMALL = Fraction(3, 2)
"""Up to this many times as much, the better graded model is worth its price."""


@dataclass(frozen=True)
class Facts:
    """What the rules look at: two models, the cheaper first, at the workload shown."""

    draft: Draft
    cheap: Offering
    dear: Offering
    low: str
    """The cheaper one's cost, in words."""
    high: str
    at: str
    times: Fraction | None
    """How many times as much the dearer costs; None where the cheaper is free."""
    grades: Grades
    found: list[Shared]
    too_small: tuple[Offering, ...]
    """The models whose context window cannot hold one of the requests."""
    gone: tuple[Offering, ...]
    """The models that have been switched off."""
    missing: tuple[tuple[Offering, str], ...]
    """The models that cannot take or do what was asked."""

    def name(self, offering: Offering) -> str:
        """What people call it."""
        return self.draft.name(offering)

    @property
    def price(self) -> str:
        """The sentence part that every verdict rests on."""
        if self.times is None:
            return f"{self.name(self.dear)} costs {self.high}, {self.name(self.cheap)} nothing, {self.at}"
        if self.times == 1:
            return f"both cost {self.low} {self.at}"
        return (
            f"{self.name(self.dear)} costs {ratio(self.times)} times as much ({self.high} against {self.low} {self.at})"
        )

    @property
    def dearer_price(self) -> str:
        """The same, of the dearer one, as what it costs more."""
        if self.times is None:
            return f"{self.high} against nothing {self.at}"
        if self.times == 1:
            return f"the same cost ({self.low} {self.at})"
        return f"{ratio(self.times)} times the cost ({self.high} against {self.low} {self.at})"

    @property
    def grade_gap(self) -> Fraction | None:
        """The dearer one's grade less the cheaper one's; None where one is ungraded."""
        scores = self.grades.scores
        return (
            scores[self.dear.id] - scores[self.cheap.id] if self.cheap.id in scores and self.dear.id in scores else None
        )

    @property
    def request(self) -> str:
        """What one request has to hold, in words."""
        usage = self.draft.question.workload
        given, made = usage.request_input_tokens or 0, usage.request_output_tokens or 0
        return f"{tokens(given)} input and {tokens(made)} output tokens" if made else f"{tokens(given)} tokens"

    @property
    def leads(self) -> int:
        """In how many of the shared LMArena categories the dearer leads, less those in which the cheaper does."""
        boards = [each for each in self.found if each.source == ARENA]
        return sum(each.leader == self.dear.id for each in boards) - sum(
            each.leader == self.cheap.id for each in boards
        )


class Rule(NamedTuple):
    """A rule of the verdict: when it fits, what it says, and how it is explained."""

    name: str
    fits: Callable[[Facts], bool]
    says: Callable[[Facts], str]
    explained: str


def _limit(facts: Facts) -> str:
    small = facts.too_small[0]
    other = facts.dear if small is facts.cheap else facts.cheap
    return f"Take {facts.name(other)}: {facts.name(small)} cannot hold requests of {facts.request}; {facts.price}."


def _gone(facts: Facts) -> str:
    gone = facts.gone[0]
    other = facts.dear if gone is facts.cheap else facts.cheap
    return f"Take {facts.name(other)}: {facts.name(gone)} has been switched off; {facts.price}."


def _ability(facts: Facts) -> str:
    offering, word = facts.missing[0]
    other = facts.dear if offering is facts.cheap else facts.cheap
    return f"Take {facts.name(other)}: {facts.name(offering)} has no {word}; {facts.price}."


def _level(facts: Facts) -> str:
    both = grade_words(facts.draft, facts.grades, facts.cheap)
    head = f"Take {facts.name(facts.cheap)}: {facts.price} and both are graded {both}"
    return f"{head}, though LMArena ranks {facts.name(facts.dear)} higher." if facts.leads > 0 else f"{head}."


def _better_and_cheaper(facts: Facts) -> str:
    return (
        f"Take {facts.name(facts.cheap)}: it is cheaper and graded better "
        f"({grade_words(facts.draft, facts.grades, facts.cheap)} against {grade_words(facts.draft, facts.grades, facts.dear)}); "
        f"{facts.price}."
    )


def _worth_it(facts: Facts) -> str:
    return (
        f"Take {facts.name(facts.dear)}: it is graded better ({grade_words(facts.draft, facts.grades, facts.dear)} against "
        f"{grade_words(facts.draft, facts.grades, facts.cheap)}) for {facts.dearer_price}."
    )


def _trade(facts: Facts) -> str:
    return (
        f"Take {facts.name(facts.cheap)} unless quality decides: {facts.price} and is graded better "
        f"({grade_words(facts.draft, facts.grades, facts.dear)} against {grade_words(facts.draft, facts.grades, facts.cheap)})."
    )


RULES = (
    Rule(
        "both switched off",
        lambda facts: len(facts.gone) == 2,
        lambda facts: f"Neither: both have been switched off; {facts.price}.",
        "models that have been switched off are out",
    ),
    Rule("switched off", lambda facts: len(facts.gone) == 1, _gone, "a model that has been switched off is out"),
    Rule(
        "both too small",
        lambda facts: len(facts.too_small) == 2,
        lambda facts: (
            f"Neither: {facts.name(facts.cheap)} and {facts.name(facts.dear)} cannot hold requests of "
            f"{facts.request}; {facts.price}."
        ),
        "models whose context windows cannot hold one request are out",
    ),
    Rule(
        "hard limit",
        lambda facts: len(facts.too_small) == 1,
        _limit,
        "a model whose context window cannot hold one request is out",
    ),
    Rule(
        "missing ability",
        lambda facts: len(facts.missing) == 1,
        _ability,
        "a model that cannot take what the question needs is out",
    ),
    Rule(
        "same cost, level",
        lambda facts: facts.times == 1 and facts.grade_gap in (None, 0),
        lambda facts: (
            f"Neither is cheaper: {facts.price}; "
            + ("and they are graded level." if facts.grade_gap == 0 else "nobody has graded both in the same way.")
        ),
        "same cost and no grade apart: neither",
    ),
    Rule(
        "same cost, better",
        lambda facts: facts.times == 1 and facts.grade_gap is not None,
        lambda facts: (
            _worth_it(facts)
            if (facts.grade_gap or 0) > 0
            else (f"Take {facts.name(facts.cheap)}: it is graded better and {facts.price}.")
        ),
        "same cost: the better graded one",
    ),
    Rule(
        "cheaper, level",
        lambda facts: facts.grade_gap == 0,
        _level,
        "equal grades: the cheaper one, whoever leads single boards",
    ),
    Rule(
        "cheaper and better",
        lambda facts: facts.grade_gap is not None and facts.grade_gap < 0,
        _better_and_cheaper,
        "cheaper and graded better: the cheaper one",
    ),
    Rule(
        "little dearer, better",
        lambda facts: facts.grade_gap is not None and facts.times is not None and facts.times <= SMALL,
        _worth_it,
        "graded better and at most half as much again: the better one",
    ),
    Rule(
        "dearer, better",
        lambda facts: facts.grade_gap is not None,
        _trade,
        "graded better and much dearer: the cheaper one unless quality decides",
    ),
    Rule(
        "cheaper, unknown",
        lambda facts: True,
        lambda facts: f"Take {facts.name(facts.cheap)} on cost: {facts.price}; nobody has graded both in the same way.",
        "not both graded: the cheaper one, on cost alone",
    ),
)


def verdict(facts: Facts) -> tuple[str, Rule]:
    """The sentence of the first rule that fits."""
    rule = next(each for each in RULES if each.fits(facts))
    said = rule.says(facts)
    return said[0].upper() + said[1:], rule


def facts_of(
    draft: Draft,
    cheap: tuple[Offering, str],
    dear: tuple[Offering, str],
    at: str,
    *,
    times: Fraction | None,
    grades: Grades,
    found: list[Shared],
) -> Facts:
    """What the rules look at, for a pair whose costs are known in words."""
    pair = (cheap[0], dear[0])
    size = (draft.question.workload.request_input_tokens or 0) + (draft.question.workload.request_output_tokens or 0)
    too_small = []
    for each in pair:
        window = draft.catalog.number(each, "context_window")
        if window is not None and size > window:
            draft.note("context_window", window, "tokens", (each.id,), (_window_proof(draft, each),))
            too_small.append(each)
    missing = []
    if draft.question.need == "vision":
        for each in pair:
            stated = draft.catalog.stated(each, "vision")
            if stated and stated.value == "false":
                missing.append((each, "vision"))
    return Facts(
        draft,
        cheap[0],
        dear[0],
        cheap[1],
        dear[1],
        at,
        times,
        grades,
        found,
        tuple(too_small),
        tuple(each for each in pair if draft.catalog.is_retired(each, draft.today)),
        tuple(missing),
    )


def _window_proof(draft: Draft, offering: Offering) -> str:
    stated = draft.catalog.stated(offering, "context_window")
    return f"fact|{offering.model}|context_window|{stated.source if stated else '-'}"
