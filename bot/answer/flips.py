"""Where the cheaper of two models changes: the split, caching, request size, tier and hidden reasoning, exactly."""

from fractions import Fraction
from typing import NamedTuple

from bot.answer.cost import must_bill, price_lines, usage_words, workloads
from bot.answer.costing import REQUESTS, NoPrice, evidence
from bot.answer.draft import Draft
from bot.question.model import Workload
from bot.wording import listed, more, percent, tokens
from catalog.lookup import PRICE_UNITS
from catalog.models import STANDARD, Offering

TIERS_TO_TRY = (STANDARD, "batch", "flex", "priority", "fast")
WORDS = ("input", "cached_input", "output")
MILLION = 10**6


class _Line(NamedTuple):
    """An offering's prices per MTok for one request size: cost is linear in them."""

    input: Fraction
    cached: Fraction
    output: Fraction
    fee: Fraction
    """What the fees on requests come to per MTok."""

    def at(self, share: Fraction, cached: Fraction) -> Fraction:
        return share * ((1 - cached) * self.input + cached * self.cached) + (1 - share) * self.output + self.fee


def _line(draft: Draft, offering: Offering, load: Workload, prompt: int, tier: str) -> _Line | None:
    rates = draft.rates(offering, draft.tier_of(offering, tier)).rates
    given, cached, made = (rates.get(PRICE_UNITS[word]) for word in WORDS)
    if given is None or made is None:
        return None
    price, fee = Fraction(given.at(prompt)), Fraction(0)
    if REQUESTS in rates and load.requests and load.tokens:
        per = draft.catalog.units[REQUESTS].per
        fee = Fraction(rates[REQUESTS].at(prompt)) * load.requests / per * MILLION / load.tokens
    return _Line(price, Fraction(cached.at(prompt)) if cached else price, Fraction(made.at(prompt)), fee)


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


class _Pair(NamedTuple):
    """Two models at a workload at which the second is not the cheaper."""

    draft: Draft
    cheap: Offering
    dear: Offering
    load: Workload

    @property
    def both(self) -> tuple[Offering, Offering]:
        return self.cheap, self.dear

    @property
    def becomes(self) -> str:
        """How each sentence starts."""
        other = f"cheaper than {self.draft.name(self.cheap)}" if len(self.draft.models) > 2 else "the cheaper"
        return f"{self.draft.name(self.dear)} becomes {other}"

    def lines(self, prompt: int, tier: str) -> tuple[_Line, _Line] | None:
        """The prices of the two; None where one has none."""
        low, high = (_line(self.draft, each, self.load, prompt, tier) for each in self.both)
        return (low, high) if low and high else None

    def gap(self, prompt: int, tier: str) -> Fraction:
        """The first one's cost less the second's at the workload's shares; 0 where one has no price."""
        found = self.lines(prompt, tier)
        low, high = (each.at(self.load.input_share, self.load.cached_share) for each in found) if found else (0, 0)
        return Fraction(low - high)

    @property
    def has_fees(self) -> bool:
        """Whether a cost rests on requests beside tokens."""
        found = self.lines(self.load.prompt_tokens, self.load.tier)
        return bool(found and (found[0].fee or found[1].fee))

    @property
    def tiers(self) -> list[str]:
        """The service tiers, beside the workload's, that both sell; fast where one has a price of its own for it."""
        every: list[str] = []
        for tier in TIERS_TO_TRY if not self.draft.question.tiers else ():
            sold = {self.draft.rates(each, tier).tier for each in self.both}
            if tier != self.load.tier and tier in sold and (tier == STANDARD or STANDARD not in sold):
                every.append(tier)
        return every

    def note(
        self, figure: str, value: Fraction | int, unit: str, words: tuple[str, ...], prompt: int, *more_proof: str
    ) -> None:
        """Note what flips the two, which rests on these prices."""
        rates = [self.draft.rates(each, self.draft.tier_of(each, self.load.tier)) for each in self.both]
        units = [PRICE_UNITS[word] for word in words]
        priced = (*words, "requests") if self.has_fees else words
        proof = tuple(
            evidence(each, word, found, prompt)
            for each, found in zip(self.both, rates, strict=True)
            for word in priced
            if (REQUESTS if word == "requests" else PRICE_UNITS[word]) in found.rates
        )
        tiers = {each.tier for each in rates} - {STANDARD}
        band = max(found.rates[unit].band(prompt) for found in rates for unit in units if unit in found.rates)
        self.draft.note(
            figure,
            value,
            unit,
            (self.cheap.id, self.dear.id),
            (*proof, *more_proof),
            tier=tiers.pop() if len(tiers) == 1 else None,
            prompt_over=str(band) if band and unit != "tokens" else None,
        )


def flips(draft: Draft, cheap: Offering, dear: Offering, load: Workload) -> list[str]:
    """What would make the other one the cheaper: a sentence each, or one that says that nothing in range does.

    Where both cost the same, what makes either of them the cheaper.
    """
    pair = _Pair(draft, cheap, dear, load)
    if pair.lines(load.prompt_tokens, load.tier) is None:
        return []
    is_tied = not pair.gap(load.prompt_tokens, load.tier)
    lines = []
    for each in (pair, _Pair(draft, dear, cheap, load))[: 2 if is_tied else 1]:
        lines += [*_by_share(each), *_by_size(each), *_by_tier(each)]
    return [*(lines or [_nothing(pair, is_tied=is_tied)]), *_by_reasoning(pair)]


def _nothing(pair: _Pair, *, is_tied: bool) -> str:
    """That nothing flips it, and what has been tried."""
    cheaper = f"cheaper than {pair.draft.name(pair.dear)}" if len(pair.draft.models) > 2 else "the cheaper"
    start = "Both cost the same" if is_tied else f"{pair.draft.name(pair.cheap)} stays {cheaper}"
    axes = ["split", "cached share", *([] if pair.has_fees else ["request size"])]
    tiers = f", and on the {listed(pair.tiers)} tier{'s' * (len(pair.tiers) > 1)}" if pair.tiers else ""
    return f"{start} at every {listed(axes)}, each changed alone{tiers}."


def share_flip(draft: Draft, share: str) -> str:
    """At which share of input, or of cached input, two models cost the same; or that one is cheaper at every share."""
    first, second = draft.models
    load = workloads(draft)[0]
    bills = [draft.bill(each, load) for each in (first, second)]
    if any(isinstance(each, NoPrice) for each in bills):
        return draft.without_price([first, second])
    cheap, dear = sorted((first, second), key=lambda each: (must_bill(draft, each, load).usd, each.id))
    pair = _Pair(draft, cheap, dear, load)
    axis = next(each for each in _axes(pair) if each.figure == f"flip_{share}")
    for each in (first, second):
        draft.monthly_cost(each, load)
    draft.section("Prices per million tokens", *price_lines(draft, [first, second]))
    usage = usage_words(load, is_whole=False)
    if axis.point is None:
        at = "input share" if share == "input_share" else f"cached share, {usage}"
        return f"Never: {draft.name(cheap)} is cheaper than {draft.name(dear)} at every {at}."
    pair.note(axis.figure, axis.point, "share", axis.prices, load.prompt_tokens)
    draft.remark(f"With {usage}, {draft.name(cheap)} is the cheaper.")
    return f"{draft.name(cheap)} and {draft.name(dear)} cost the same when {percent(axis.point)} {axis.words}; {pair.becomes} {axis.when(axis.point)}."


def _axes(pair: _Pair) -> list[_Axis]:
    """The shares along which the costs of two models with prices are looked at."""
    both = pair.lines(pair.load.prompt_tokens, pair.load.tier)
    if both is None:
        return []
    share, cached, ends = pair.load.input_share, pair.load.cached_share, (Fraction(0), Fraction(1))
    (none_in, all_in), (none_cached, all_cached) = (
        [both[0].at(end, cached) - both[1].at(end, cached) for end in ends],
        [both[0].at(share, end) - both[1].at(share, end) for end in ends],
    )
    return [
        _Axis(
            "flip_input_share", "of the tokens are input", WORDS if cached else ("input", "output"), (none_in, all_in)
        ),
        _Axis("flip_cached_share", "of the input is cached", WORDS, (none_cached, all_cached)),
    ]


def _by_share(pair: _Pair) -> list[str]:
    lines = []
    for axis in _axes(pair):
        if axis.point is not None:
            pair.note(axis.figure, axis.point, "share", axis.prices, pair.load.prompt_tokens)
            lines.append(f"{pair.becomes} {axis.when(axis.point)}.")
    return lines


def _by_size(pair: _Pair) -> list[str]:
    """Each range of request sizes, of those that both can hold, in which the other one is the cheaper.

    Not where requests have a fee, as then their number counts too.
    """
    if pair.has_fees:
        return []
    tier, draft = pair.load.tier, pair.draft
    windows = [(size, each) for each in pair.both if (size := draft.catalog.number(each, "context_window"))]
    limit, smaller = min(windows, key=lambda each: each[0], default=(None, None))
    bands = {
        band
        for each in pair.both
        for rate in draft.rates(each, draft.tier_of(each, tier)).rates.values()
        for band, _ in rate.bands
    }
    edges = [0, *sorted(each for each in bands if limit is None or each < limit)]
    runs: list[tuple[int, int | None]] = []
    for start, end in zip(edges, [*edges[1:], limit], strict=True):
        if pair.gap(start + 1, tier) > 0:
            first = runs.pop()[0] if runs and runs[-1][1] == start else start
            runs.append((first, end))
    lines = []
    for start, end in runs:
        named = [start] if start else []
        if end is not None and (end != limit or not start):
            named.append(end)
        for each in named:
            proof = (_window_proof(draft, smaller),) if smaller and each == limit else ()
            pair.note("flip_prompt_tokens", each, "tokens", WORDS, start + 1, *proof)
        up_to = f"up to {tokens(named[-1])}" if named[-1] != start else ""
        over = f"more than {tokens(start)}" if start else ""
        lines.append(f"{pair.becomes} for requests of {' and '.join(filter(None, (over, up_to)))} input tokens.")
    return lines


def _window_proof(draft: Draft, offering: Offering) -> str:
    stated = draft.catalog.stated(offering, "context_window")
    return f"fact|{offering.model}|context_window|{stated.source if stated else '-'}"


def _by_tier(pair: _Pair) -> list[str]:
    return [
        f"On the {tier} tier {pair.draft.name(pair.dear)} is the cheaper."
        for tier in pair.tiers
        if pair.gap(pair.load.prompt_tokens, tier) > 0
    ]


def _by_reasoning(pair: _Pair) -> list[str]:
    """How many times the output of the other the cheaper one would have to write for the same cost."""
    both = pair.lines(pair.load.prompt_tokens, pair.load.tier)
    made = (1 - pair.load.input_share) * both[0].output if both else Fraction(0)
    if not made:
        return []
    apart = -pair.gap(pair.load.prompt_tokens, pair.load.tier)
    factor = 1 + apart / made
    pair.note("flip_reasoning_factor", factor, "ratio", WORDS, pair.load.prompt_tokens, "question|split")
    if not apart:
        return []
    pair.note("flip_reasoning_share", factor - 1, "share", WORDS, pair.load.prompt_tokens, "question|split")
    cheap, dear = (pair.draft.name(each) for each in pair.both)
    return [
        f"Hidden reasoning is billed as output: {cheap} would have to write {more(factor, 'many output tokens as', 'output tokens than')} "
        f"{dear} for the same work to cost as much."
    ]


def crossing(draft: Draft, cheap: Offering, dear: Offering, load: Workload) -> Fraction | None:
    """The input share at which two models cost the same; None where they never do."""
    axes = _axes(_Pair(draft, cheap, dear, load))
    return axes[0].point if axes else None


def share_chart(
    draft: Draft, offerings: list[Offering], load: Workload, shares: list[Fraction]
) -> list[tuple[Offering, tuple[Fraction, ...]]] | None:
    """Each model's cost a month at input shares; None where a price is missing."""
    whole = load.tokens or 0
    found = []
    for each in offerings:
        line = _line(draft, each, load, load.prompt_tokens, load.tier)
        if line is None:
            return None
        found.append((each, tuple(line.at(share, load.cached_share) * whole / MILLION for share in shares)))
    return found
