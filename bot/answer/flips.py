"""Where the cheaper of two models changes: the split, caching, request size, tier and hidden reasoning, exactly."""

from fractions import Fraction
from typing import NamedTuple

from bot.answer.cost import mix
from bot.answer.costing import REQUESTS, Bill, evidence
from bot.answer.draft import Draft
from bot.question.model import Workload
from bot.wording import percent, ratio, tokens
from catalog.lookup import PRICE_UNITS
from catalog.models import STANDARD, Offering

TIERS_TO_TRY = (STANDARD, "batch", "flex", "priority")


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


class _Axis(NamedTuple):
    """A share from none to all, on which the difference of two costs is a straight line."""

    figure: str
    words: str
    prices: tuple[str, ...]
    apart: tuple[Fraction, Fraction]
    """The cheaper one's cost less the other's, at none and at all."""

    @property
    def point(self) -> Fraction | None:
        """Where the other becomes the cheaper; None where it never does."""
        none, full = self.apart
        return none / (none - full) if min(self.apart) <= 0 < max(self.apart) else None

    def when(self, point: Fraction) -> str:
        """On which side of the point that is, in words."""
        is_more = self.apart[1] > 0
        if point in (0, 1):
            return f"as soon as {'any' if is_more else 'not all'} {self.words}"
        return f"when {'more' if is_more else 'less'} than {percent(point)} {self.words}"


def flips(draft: Draft, cheap: Offering, dear: Offering, load: Workload) -> list[str]:
    """What would make the other one the cheaper: a sentence each, or one that says that nothing in range does."""
    low, high = (_line(draft, each, load.prompt_tokens, load.tier) for each in (cheap, dear))
    if low is None or high is None or _has_fees(draft, (cheap, dear), load):
        return []
    pair, names = (cheap.id, dear.id), (draft.name(cheap), draft.name(dear))
    lines = [
        *_by_share(draft, (cheap, dear), (low, high), load),
        *_by_prompt(draft, cheap, dear, load, pair, names),
        *_by_tier(draft, cheap, dear, load, names),
    ]
    if not lines:
        where = "split, cached share, request size and service tier that both sell"
        tied = low.at(load.input_share, load.cached_share) == high.at(load.input_share, load.cached_share)
        lines.append(
            f"{names[1]} is not the cheaper at any {where}."
            if tied
            else f"{names[0]} stays the cheaper at every {where}."
        )
    return [*lines, *_by_reasoning(draft, cheap, dear, load, pair, names)]


def _has_fees(draft: Draft, pair: tuple[Offering, Offering], load: Workload) -> bool:
    """Whether a cost rests on requests beside tokens, so that no share of the tokens decides it alone."""
    return bool(load.requests) and any(REQUESTS in draft.rates(each, load.tier).rates for each in pair)


def _by_share(draft: Draft, pair: tuple[Offering, Offering], both: tuple[_Line, _Line], load: Workload) -> list[str]:
    low, high = both
    share, cached = load.input_share, load.cached_share
    none, full = Fraction(0), Fraction(1)
    axes = (
        _Axis(
            "flip_input_share",
            "of the tokens are input",
            ("input", "output"),
            (low.at(none, cached) - high.at(none, cached), low.at(full, cached) - high.at(full, cached)),
        ),
        _Axis(
            "flip_cached_share",
            "of the input is cached",
            ("input", "cached_input", "output"),
            (low.at(share, none) - high.at(share, none), low.at(share, full) - high.at(share, full)),
        ),
    )
    lines = []
    for axis in axes:
        point = axis.point
        if point is None:
            continue
        rates = [draft.rates(each, load.tier) for each in pair]
        proof = tuple(
            evidence(each, word, found, load.prompt_tokens)
            for each, found in zip(pair, rates, strict=True)
            for word in axis.prices
            if PRICE_UNITS[word] in found.rates
        )
        tiers = {each.tier for each in rates}
        draft.note(
            axis.figure,
            point,
            "share",
            (pair[0].id, pair[1].id),
            proof,
            tier=tiers.pop() if len(tiers) == 1 and STANDARD not in tiers else None,
        )
        lines.append(f"{draft.name(pair[1])} becomes the cheaper {axis.when(point)}.")
    return lines


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
    tiers = {full.tier, both.tier}
    factor = (Fraction(both.usd) - Fraction(full.usd) + Fraction(made.usd)) / Fraction(made.usd)
    draft.note(
        "flip_reasoning_factor",
        factor,
        "ratio",
        pair,
        (*full.evidence, *both.evidence, "question|split"),
        tier=tiers.pop() if len(tiers) == 1 and STANDARD not in tiers else None,
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
