"""Where the cheaper of two models changes: the split, caching, request size, tier and hidden reasoning, exactly."""

from fractions import Fraction
from typing import NamedTuple

from bot.answer.cost import mix
from bot.answer.costing import Bill, evidence
from bot.answer.draft import Draft
from bot.question.model import Workload
from bot.wording import percent, ratio, tokens
from catalog.lookup import PRICE_UNITS
from catalog.models import STANDARD, Offering

TIERS_TO_TRY = ("batch", "flex", "priority")


class _Line(NamedTuple):
    """An offering's prices per MTok for one request size: cost is linear in them."""

    input: Fraction
    cached: Fraction
    output: Fraction

    def at(self, share: Fraction, cached: Fraction) -> Fraction:
        return share * ((1 - cached) * self.input + cached * self.cached) + (1 - share) * self.output


def _line(draft: Draft, offering: Offering, prompt: int, tier: str) -> _Line | None:
    rates = draft.rates(offering, tier).rates
    found = [rates.get(PRICE_UNITS[word]) for word in ("input", "cached_input", "output")]
    given, cached, made = found
    if given is None or made is None:
        return None
    price = Fraction(given.at(prompt))
    return _Line(price, Fraction(cached.at(prompt)) if cached else price, Fraction(made.at(prompt)))


def flips(draft: Draft, cheap: Offering, dear: Offering, load: Workload) -> list[str]:
    """What would make the other one the cheaper: a sentence each, or one that says that nothing in range does."""
    low, high = (_line(draft, each, load.prompt_tokens, load.tier) for each in (cheap, dear))
    if low is None or high is None:
        return []
    proof = tuple(
        evidence(each, word, draft.rates(each, load.tier), load.prompt_tokens)
        for each in (cheap, dear)
        for word in ("input", "output")
    )
    pair, names = (cheap.id, dear.id), (draft.name(cheap), draft.name(dear))
    lines = [
        *_by_split(draft, low, high, load, pair, names, proof),
        *_by_caching(draft, low, high, load, pair, names, proof),
        *_by_prompt(draft, cheap, dear, load, pair, names),
        *_by_tier(draft, cheap, dear, load, names),
    ]
    if not lines:
        lines.append(
            f"{names[0]} stays the cheaper at every split, cached share, request size and service tier that both sell."
        )
    return [*lines, *_by_reasoning(draft, cheap, dear, load, pair, names)]


def _zero(at_none: Fraction, at_all: Fraction) -> Fraction | None:
    """Where a line that has these values at 0 and at 1 crosses zero between them."""
    if at_none == at_all or at_none * at_all >= 0:
        return None
    return at_none / (at_none - at_all)


def _by_split(
    draft: Draft,
    low: _Line,
    high: _Line,
    load: Workload,
    pair: tuple[str, str],
    names: tuple[str, str],
    proof: tuple[str, ...],
) -> list[str]:
    cached = load.cached_share
    point = _zero(
        low.at(Fraction(0), cached) - high.at(Fraction(0), cached),
        low.at(Fraction(1), cached) - high.at(Fraction(1), cached),
    )
    if point is None:
        return []
    draft.note("flip_input_share", point, "share", pair, proof)
    side = "more" if load.input_share < point else "less"
    return [f"{names[1]} becomes the cheaper when {side} than {percent(point)} of the tokens are input."]


def _by_caching(
    draft: Draft,
    low: _Line,
    high: _Line,
    load: Workload,
    pair: tuple[str, str],
    names: tuple[str, str],
    proof: tuple[str, ...],
) -> list[str]:
    share = load.input_share
    point = _zero(
        low.at(share, Fraction(0)) - high.at(share, Fraction(0)),
        low.at(share, Fraction(1)) - high.at(share, Fraction(1)),
    )
    if point is None:
        return []
    draft.note("flip_cached_share", point, "share", pair, proof)
    side = "more" if load.cached_share < point else "less"
    return [f"{names[1]} becomes the cheaper when {side} than {percent(point)} of the input is cached."]


def _by_prompt(
    draft: Draft, cheap: Offering, dear: Offering, load: Workload, pair: tuple[str, str], names: tuple[str, str]
) -> list[str]:
    bands = {
        threshold
        for each in (cheap, dear)
        for rate in draft.rates(each, load.tier).rates.values()
        for threshold, _ in rate.bands
    }
    for threshold in sorted(bands):
        low, high = (_line(draft, each, threshold + 1, load.tier) for each in (cheap, dear))
        if (
            threshold + 1 > load.prompt_tokens
            and low
            and high
            and (low.at(load.input_share, load.cached_share) > high.at(load.input_share, load.cached_share))
        ):
            proof = tuple(
                evidence(each, "input", draft.rates(each, load.tier), threshold + 1) for each in (cheap, dear)
            )
            draft.note("flip_prompt_tokens", threshold, "tokens", pair, proof)
            return [f"{names[1]} becomes the cheaper for requests of more than {tokens(threshold)} input tokens."]
    return []


def _by_tier(draft: Draft, cheap: Offering, dear: Offering, load: Workload, names: tuple[str, str]) -> list[str]:
    lines = []
    for tier in TIERS_TO_TRY:
        if tier == load.tier or any(draft.rates(each, tier).tier != tier for each in (cheap, dear)):
            continue
        low, high = (_line(draft, each, load.prompt_tokens, tier) for each in (cheap, dear))
        if low and high and low.at(load.input_share, load.cached_share) > high.at(load.input_share, load.cached_share):
            lines.append(f"On the {tier} tier {names[1]} is the cheaper.")
    return lines


def _by_reasoning(
    draft: Draft, cheap: Offering, dear: Offering, load: Workload, pair: tuple[str, str], names: tuple[str, str]
) -> list[str]:
    whole = mix(load)
    both, made = (
        draft.bill(dear, whole),
        draft.bill(cheap, whole.model_copy(update={"input_tokens": 0, "cached_input_tokens": 0})),
    )
    full = draft.bill(cheap, whole)
    if not (isinstance(both, Bill) and isinstance(made, Bill) and isinstance(full, Bill)) or not made.usd:
        return []
    factor = (Fraction(both.usd) - Fraction(full.usd) + Fraction(made.usd)) / Fraction(made.usd)
    draft.note(
        "flip_reasoning_factor",
        factor,
        "ratio",
        pair,
        (*full.evidence, *both.evidence, "question|split"),
        tier=None if load.tier == STANDARD else load.tier,
    )
    return [
        f"Hidden reasoning is billed as output: {names[0]} would have to write {ratio(factor)} times as many output tokens "
        f"as {names[1]} for the same work to cost as much."
    ]


def share_chart(
    draft: Draft, offerings: list[Offering], load: Workload
) -> list[tuple[Offering, tuple[Fraction, ...]]] | None:
    """Each model's cost a month at input shares from none to all, in steps of a tenth; None where a price is missing."""
    whole = load.tokens or 0
    found = []
    for each in offerings:
        line = _line(draft, each, load.prompt_tokens, load.tier)
        if line is None:
            return None
        none, full = (line.at(Fraction(share), load.cached_share) * whole / 10**6 for share in (0, 1))
        found.append((each, tuple(none + (full - none) * step / 10 for step in range(11))))
    return found
