"""An answer: what is said, in sections, and every figure that it states with its evidence."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from pydantic import Field

from bot.question.model import Frozen, Kind, Problem


class Figure(Frozen):
    """One number or fact of an answer and where it comes from, as the contract has it."""

    name: str
    value: str
    unit: str
    models: tuple[str, ...]
    evidence: tuple[str, ...]
    tokens: str | None = None
    benchmark: str | None = None
    source: str | None = None
    effort: str | None = None
    tier: str | None = None
    prompt_over: str | None = None
    on: str | None = None
    hours: str | None = None

    def to_contract(self) -> dict[str, Any]:
        """Its keys as the contract wants them: an optional one only where it tells something."""
        made: dict[str, Any] = {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "models": list(self.models),
            "evidence": list(self.evidence),
        }
        for key in ("tokens", "benchmark", "source", "effort", "tier", "prompt_over", "on", "hours"):
            if (value := getattr(self, key)) is not None:
                made[key] = value
        return made

    @property
    def decimal(self) -> Decimal:
        """The value of a figure that is a number."""
        return Decimal(self.value)

    @property
    def fraction(self) -> Fraction:
        """The value of a figure that is a number."""
        return Fraction(self.value)


class Table(Frozen):
    """Rows of text under a header; the first column names the row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Section(Frozen):
    """A part of an answer, in reading order."""

    title: str = ""
    lines: tuple[str, ...] = ()
    """Sentences. *bold* and `terms` are the only marks."""
    table: Table | None = None
    is_folded: bool = False
    """Whether it may be shown collapsed."""


class Chart(Frozen):
    """Lines over a common axis: cost over the input share."""

    title: str
    x_label: str
    y_label: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal, ...]], ...]


class Offer(NamedTuple):
    """Something that can be asked next with one click."""

    label: str
    text: str


class Answer(Frozen):
    """All that a reply says, before it is laid out."""

    kind: Kind
    headline: str
    """The most important sentence, and the notification."""
    more: tuple[str, ...] = ()
    """Sentences that belong right under it."""
    winner: str | None = None
    verdict: str | None = None
    picks: dict[str, str] = Field(default_factory=dict)
    untested: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()
    sections: tuple[Section, ...] = ()
    chart: Chart | None = None
    offers: tuple[Offer, ...] = ()
    sources: tuple[str, ...] = ()
    """The credit line: where the figures come from and of what date."""
    assumed: tuple[str, ...] = ()
    """Further assumptions, which the workload of the question does not know."""
