"""The verdict: a small ordered table of rules. The first that fits decides, in one sentence with the ratio that decides it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from bot.answer.draft import Draft
from bot.answer.grades import Grades, grade_words
from bot.answer.limits import Out, reasons
from bot.answer.performance import Shared
from bot.wording import listed, more, ratio, usd
from catalog.lookup import ARENA
from catalog.models import Offering

SMALL = Fraction(3, 2)
"""Up to this many times as much, the better graded model is worth its price."""


class Priced(NamedTuple):
    """A model and what it costs in USD a month at the workload shown."""

    offering: Offering
    usd: Decimal


def weighed(left: list[Priced], grades: Grades) -> tuple[Priced, Priced]:
    """Of two or more, cheapest first: the cheapest, and of the others the best graded; else the dearest."""

    def score(each: Priced) -> Fraction:
        return grades.scores.get(each.offering.id, Fraction(0))

    if len(left) == 2:
        return left[0], left[1]
    cheap = max((each for each in left if each.usd == left[0].usd), key=score)
    rest = [each for each in left if each is not cheap]
    best = max(rest, key=score)
    return cheap, best if score(best) else rest[-1]


@dataclass(frozen=True)
class Facts:
    """What the rules look at: the two models that are weighed, the cheaper first, and those that are out."""

    draft: Draft
    order: list[Priced]
    """All that are compared, cheapest first."""
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
    out: list[Out]
    """The models that cannot be used, each with its gravest reason."""

    def name(self, offering: Offering) -> str:
        """What people call it."""
        return self.draft.name(offering)

    @property
    def left(self) -> list[Priced]:
        """The models that can be used, cheapest first."""
        out = {each.offering.id for each in self.out}
        return [each for each in self.order if each.offering.id not in out]

    @property
    def is_pair(self) -> bool:
        """Whether two are compared, so that "both" says which."""
        return len(self.order) == 2

    @property
    def price(self) -> str:
        """The sentence part that every verdict rests on."""
        if self.times is None:
            return f"{self.name(self.dear)} costs {self.high}, {self.name(self.cheap)} nothing, {self.at}"
        if self.times == 1:
            if self.is_pair:
                return f"both cost {self.low} {self.at}"
            return f"{self.name(self.cheap)} costs what {self.name(self.dear)} does ({self.low} {self.at})"
        return f"{self.name(self.dear)} costs {more(self.times, 'much')} ({self._apart})"

    @property
    def dearer_price(self) -> str:
        """The same, of the dearer one, as what it costs more."""
        if self.times is None:
            return f"{self.high} against nothing {self.at}"
        if self.times == 1:
            return f"the same cost ({self.low} {self.at})"
        shown = more(self.times, "much")
        shown = shown if "more" in shown else f"{ratio(self.times)} times the cost"
        return f"{shown} ({self._apart})"

    @property
    def _apart(self) -> str:
        """The two costs, or that they read alike."""
        return (
            f"{self.high} against {self.low} {self.at}" if self.high != self.low else f"both about {self.low} {self.at}"
        )

    @property
    def best(self) -> str:
        """How the better graded of two is called, or the best of several."""
        return "graded better" if len(self.left) == 2 else "graded best"

    @property
    def marks(self) -> tuple[str, str]:
        """The grades of the cheaper and of the dearer one."""
        return grade_words(self.draft, self.grades, self.cheap), grade_words(self.draft, self.grades, self.dear)

    @property
    def reasons(self) -> str:
        """Why models are out."""
        return reasons(self.draft, self.out, len(self.order))

    @property
    def grade_gap(self) -> Fraction | None:
        """The dearer one's grade less the cheaper one's; None where one is ungraded."""
        scores = self.grades.scores
        return (
            scores[self.dear.id] - scores[self.cheap.id] if self.cheap.id in scores and self.dear.id in scores else None
        )

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


def _none_left(facts: Facts) -> str:
    is_said = all(each.why == "vision" for each in facts.out)
    said = facts.reasons if is_said else f"{'Neither' if facts.is_pair else 'None of them'}: {facts.reasons}"
    return f"{said}; {facts.price}." if facts.is_pair else f"{said}."


def _one_left(facts: Facts) -> str:
    only = facts.left[0]
    price = facts.price if facts.is_pair else f"it costs {usd(only.usd)} {facts.at}"
    return f"Take {facts.name(only.offering)}: {facts.reasons}; {price}."


def _level(facts: Facts) -> str:
    head = f"Take {facts.name(facts.cheap)}: {facts.price} and both are graded {facts.marks[0]}"
    return f"{head}, though LMArena ranks {facts.name(facts.dear)} higher." if facts.leads > 0 else f"{head}."


def _better_and_cheaper(facts: Facts) -> str:
    low, high = facts.marks
    tied = sum(each.usd == facts.left[0].usd for each in facts.left) > 1
    is_cheapest = "cheaper" if len(facts.left) == 2 else "among the cheapest" if tied else "the cheapest"
    return f"Take {facts.name(facts.cheap)}: it is {is_cheapest} and {facts.best}, {low} against {high}; {facts.price}."


def _worth_it(facts: Facts) -> str:
    low, high = facts.marks
    return f"Take {facts.name(facts.dear)}: it is {facts.best}, {high} against {low}, for {facts.dearer_price}."


def _trade(facts: Facts) -> str:
    low, high = facts.marks
    return f"Take {facts.name(facts.cheap)} unless quality decides: {facts.price} and is {facts.best}, {high} against {low}."


def _same_cost(facts: Facts) -> str:
    grade = "they are graded level" if facts.grade_gap == 0 else "nobody has graded both in the same way"
    start = "Neither is cheaper" if facts.is_pair else "No single one is cheapest"
    return f"{start}: {facts.price}; {'and ' if facts.grade_gap == 0 else ''}{grade}."


RULES = (
    Rule(
        "none can",
        lambda facts: not facts.left,
        _none_left,
        "a model is out that has been switched off, whose context window cannot hold one request, or that cannot take "
        "what the question needs; where all are out, neither",
    ),
    Rule("only one can", lambda facts: len(facts.left) == 1, _one_left, "one that is not out: that one"),
    Rule(
        "same cost, level",
        lambda facts: facts.times == 1 and facts.grade_gap in (None, 0),
        _same_cost,
        "same cost and no grade apart: neither",
    ),
    Rule(
        "same cost, better",
        lambda facts: facts.times == 1 and facts.grade_gap is not None,
        lambda facts: (
            _worth_it(facts)
            if (facts.grade_gap or 0) > 0
            else (f"Take {facts.name(facts.cheap)}: it is {facts.best} and {facts.price}.")
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
        lambda facts: (
            f"Take {facts.name(facts.cheap)} on cost: {facts.price}; nobody has graded {'both' if facts.is_pair else 'them all'} in the same way."
        ),
        "not both graded: the cheaper one, on cost alone. Of three or more that are not out, the cheapest is weighed against the "
        "best graded of the others",
    ),
)


def verdict(facts: Facts) -> tuple[str, Rule]:
    """The sentence of the first rule that fits, and why others than the weighed ones are out."""
    rule = next(each for each in RULES if each.fits(facts))
    said = rule.says(facts)
    ungraded = [facts.name(each.offering) for each in facts.left if each.offering.id not in facts.grades.scores]
    if len(facts.left) > len(ungraded) + 1 and ungraded:
        said = f"{said.removesuffix('.')}; {listed(ungraded)} {'is' if len(ungraded) == 1 else 'are'} ungraded."
    if facts.out and len(facts.left) > 1:
        said = f"{said.removesuffix('.')}; {facts.reasons}."
    return said[0].upper() + said[1:], rule
