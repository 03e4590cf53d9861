"""What was asked: the question, the usage that it states, and what could not be understood of it."""

from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_serializer

Kind = Literal[
    "compare",
    "cheapest",
    "cost",
    "budget",
    "savings",
    "breakeven",
    "difference",
    "better",
    "upgrade",
    "performance",
    "choose",
    "profile",
    "attribute",
    "list",
    "alternatives",
    "history",
    "changes",
    "watch",
    "check",
    "mistakes",
    "method",
    "help",
    "unsupported",
]
Tier = Literal["standard", "batch", "flex", "priority", "fast"]
Period = Literal["second", "minute", "hour", "day", "working day", "week", "month", "quarter", "year"]
Span = Literal["month", "hour", "day", "week", "quarter", "year", "request"]
Order = Literal["context_window", "max_output", "release_date"]
Counted = Literal["requests", "users"]

PER_MONTH: dict[Period, Fraction] = {
    "second": Fraction(60 * 60 * 24 * 30),
    "minute": Fraction(60 * 24 * 30),
    "hour": Fraction(24 * 30),
    "day": Fraction(30),
    "working day": Fraction(22),
    "week": Fraction(30, 7),
    "month": Fraction(1),
    "quarter": Fraction(1, 3),
    "year": Fraction(1, 12),
}
"""How often each period comes in a month of 30 days; a year is 12 months."""

FOREIGN = "I understand English only: please ask in English."
FOREIGN_MONEY = "another currency"
"""What is not understood where an amount is not in US dollars."""
HALF = Fraction(1, 2)
VOLUMES = (10**6, 10**7, 10**8)
"""The tokens a month that a table shows where none were stated."""

MOST_TOKENS = 10**15
"""More tokens a month than this are taken for a slip."""

LARGEST_REQUEST = 2_000_000
"""No more tokens than this are one request's, where it could be that or the tokens of a month."""


class Frozen(BaseModel):
    """A value: never changed, compared by what it holds."""

    model_config = ConfigDict(frozen=True)


class Problem(Frozen):
    """Something in a question that could not be understood or answered."""

    kind: Literal[
        "unknown_model",
        "ambiguous_model",
        "unknown_host",
        "missing_model",
        "too_many_models",
        "bad_amount",
        "no_price",
        "tier_fallback",
        "not_understood",
    ]
    text: str
    """The asker's own words that it is about."""
    suggestions: tuple[str, ...] = ()
    """Offering ids, nearest first."""
    read_as: str | None = None
    """The offering that a misspelt name was taken for, so that it was answered all the same."""


class Said(Frozen):
    """The usage as the asker stated it: what is None was not stated. Amounts are exact, per their own period."""

    total: Fraction | None = None
    """Tokens, input and output together."""
    input: Fraction | None = None
    output: Fraction | None = None
    per: Period | None = None
    requests: Fraction | None = None
    requests_per: Period | None = None
    request_total: Fraction | None = None
    """Tokens of one request."""
    request_input: Fraction | None = None
    request_output: Fraction | None = None
    input_share: Fraction | None = None
    cached_share: Fraction | None = None
    """Of the input."""
    tier: Tier | None = None
    users: Fraction | None = None
    """How many people the amounts are per head of."""

    @property
    def has_volume(self) -> bool:
        """Whether it says how many tokens are used in some time."""
        sized = self.request_total, self.request_input, self.request_output
        return any(each is not None for each in (self.total, self.input, self.output)) or (
            self.requests is not None and any(each is not None for each in sized)
        )


class Workload(Frozen):
    """Usage times how often, per month; tokens are None when no volume was stated."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_input_tokens: int | None = None
    input_share: Fraction = Fraction(1, 2)
    cached_share: Fraction = Fraction(0)
    requests: int | None = None
    request_input_tokens: int | None = None
    """The input of one request, which picks the long-context band; None when no size was stated."""
    request_output_tokens: int | None = None
    tier: Tier = "standard"
    assumed: tuple[str, ...] = ()

    @property
    def tokens(self) -> int | None:
        """Input plus output per month."""
        return None if self.input_tokens is None else self.input_tokens + (self.output_tokens or 0)

    @property
    def prompt_tokens(self) -> int:
        """The input of one request for picking a band: 0, and so the base price, where no size was stated."""
        return self.request_input_tokens or 0

    @model_serializer
    def _contract(self) -> dict[str, Any]:
        """Numbers as the contract wants them: text, never a float."""

        def whole(value: int | None) -> str | None:
            return None if value is None else str(value)

        return {
            "input_tokens": whole(self.input_tokens),
            "output_tokens": whole(self.output_tokens),
            "cached_input_tokens": whole(self.cached_input_tokens),
            "input_share": exact(self.input_share),
            "cached_share": exact(self.cached_share),
            "requests": whole(self.requests),
            "request_input_tokens": whole(self.request_input_tokens),
            "request_output_tokens": whole(self.request_output_tokens),
            "tier": self.tier,
            "assumed": list(self.assumed),
        }


class Defaults(Frozen):
    """What a workspace takes for granted where a question does not state it."""

    input_share: Fraction = HALF
    volumes: tuple[int, ...] = VOLUMES
    """Tokens a month that a table shows."""


class Question(Frozen):
    """What somebody wants to know, complete: nothing more of the text or the thread is needed to answer it."""

    kind: Kind
    models: tuple[str, ...] = ()
    """Offering ids understood, in the order named, or from the thread."""
    workload: Workload = Workload()
    tiers: dict[str, Tier] = Field(default_factory=dict)
    """The service tier of each offering, where the models are not all meant on the workload's."""
    filters: dict[str, str] = Field(default_factory=dict)
    money: str | None = None
    """USD per month, a decimal."""
    counting: Counted | None = None
    """What a budget is counted in beside tokens: requests of the stated size, or users with the stated usage each."""
    need: str | None = None
    benchmark: str | None = None
    attribute: str | None = None
    attributes: tuple[str, ...] = ()
    """All attributes that are asked for in one breath, in their order: "context window and max output"."""
    on: str | None = None
    """A day, or a year and month, ISO."""
    as_of: str
    problems: tuple[Problem, ...] = ()
    span: Span = "month"
    """What time a cost is wanted for."""
    dearest_first: bool = False
    """Whether the most expensive is wanted of a whole catalog, not the cheapest."""
    order: Order | None = None
    """What a list of models is put in order by, the largest or newest first, where that is not their cost."""
    volumes: tuple[int, ...] = ()
    """Tokens a month to show, where several were named."""
    wants_cheaper: bool = False
    """Whether it is asked for what costs less: of alternatives, or of the volume at which one of two does."""
    is_gap: bool = False
    """Whether the difference of two costs is asked for, whichever is the dearer."""
    is_ahead: bool = False
    """Whether it is asked what a price will be."""
    most: int | None = None
    """How many models are wanted of a whole catalog: "top 5"."""
    place: int = 1
    """Which of them is asked for: 2 for "the second cheapest"."""
    said: Said = Said()
    defaults: Defaults = Defaults()
    """What holds where nothing was stated: the workspace's own, where it set some."""
    notes: tuple[str, ...] = ()
    """What was done to the thread's question that the reply should mention."""
    asks_which: bool = False
    """Whether a model is to replace one of several, and the first problem's suggestions are those."""


def exact(value: Fraction, digits: int = 12) -> str:
    """A fraction as a decimal: all of it where it ends, else to 12 significant digits, rounded half up."""
    numerator, denominator = value.numerator, value.denominator
    rest = denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        places = 0
        while denominator != 1 and (10**places) % denominator:
            places += 1
        return plain(numerator * 10**places // denominator, places)
    size = len(str(abs(numerator) // denominator)) if abs(numerator) >= denominator else 0
    places = digits - size
    if not size:
        shrinking = Fraction(abs(numerator), denominator)
        while shrinking * 10 < 1:
            shrinking *= 10
            places += 1
    scaled = abs(value) * Fraction(10) ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return plain(whole if numerator >= 0 else -whole, places)


def plain(scaled: int, places: int) -> str:
    """A whole number divided by a power of ten, without an exponent or needless zeros."""
    if places <= 0:
        return str(scaled * 10**-places)
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(places + 1, "0")
    whole, decimals = digits[:-places], digits[-places:].rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"
