"""Everything that was found in one text, on the way to a question."""

from dataclasses import dataclass, field
from datetime import date

from bot.question.amounts import Amounts
from bot.question.model import Kind, Problem, Span, Tier
from bot.question.naming import Names
from bot.question.thread import Thread
from bot.question.usage import Factor
from catalog.lookup import Catalog


@dataclass
class Reading:
    """Everything found in one text."""

    text: str
    """Plain, with NAME where a model is named."""
    command: str
    names: Names
    thread: Thread
    catalog: Catalog
    today: date
    amounts: Amounts = field(default_factory=Amounts)
    cue: Kind | None = None
    on: str | None = None
    need: str | None = None
    benchmark: str | None = None
    attribute: str | None = None
    span: Span | None = None
    filters: dict[str, str] = field(default_factory=dict)
    is_catalog_wide: bool = False
    models: list[str] = field(default_factory=list)
    slots: list[str | None] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_of_shown: bool = False
    """Whether it names models by their places in the list that was shown."""
    factor: Factor | None = None
    """How many times as much is asked for."""
    tiers: dict[str, Tier] = field(default_factory=dict)
    """Of each offering, where the text names several."""

    @property
    def cue_is_telling(self) -> bool:
        """Whether the words ask something other than a plain comparison."""
        return self.cue not in (None, "compare")

    @property
    def has_usage(self) -> bool:
        """Whether it says anything of how a model is used, be it no volume."""
        said = self.amounts.said
        return any(
            each is not None
            for each in (
                said.requests,
                said.request_input,
                said.request_output,
                said.request_total,
                said.cached_share,
                said.tier,
            )
        )
