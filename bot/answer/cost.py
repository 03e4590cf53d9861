"""What named models cost at a volume, a day or a request, and the words and tables of other answers with costs."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from bot.answer.costing import Bill, NoPrice
from bot.answer.draft import Draft, at_volume
from bot.answer.model import Answer, Figure, Table
from bot.answer.retirement import retirements
from bot.question.model import Workload
from bot.wording import listed, number, percent, rate, ratio, tokens, usd
from catalog.models import STANDARD, Offering

MILLION = 10**6
SPANS = {
    "month": ("monthly_cost", "USD/month", "a month", Fraction(1)),
    "year": ("yearly_cost", "USD/year", "a year", Fraction(12)),
    "quarter": ("quarterly_cost", "USD/quarter", "a quarter", Fraction(3)),
    "week": ("weekly_cost", "USD/week", "a week", Fraction(7, 30)),
    "hour": ("hourly_cost", "USD/hour", "an hour", Fraction(1, 720)),
    "day": ("daily_cost", "USD/day", "a day", Fraction(1, 30)),
}


def workloads(draft: Draft) -> list[Workload]:
    """The stated workload, or the three that a table shows where none was stated."""
    asked = draft.question.workload
    if asked.requests and asked.tokens is None and draft.question.kind != "cost":
        count = draft.note("n", asked.requests, "count", (), ("question|workload",))
        draft.remark(
            f"{int(count.value):,} requests a month have no cost without a size: add one, as in `2k in / 500 out`."
        )
    return (
        [asked]
        if asked.tokens is not None
        else [at_volume(asked, volume) for volume in draft.question.volumes or draft.question.defaults.volumes]
    )


def usage_words(workload: Workload, *, is_whole: bool = True, has_period: bool = False, tier: str | None = None) -> str:
    """A workload in a few words: "100M tokens, half input and half output", "a month" where nothing before it says so;
    `tier` is the one that was used."""
    parts = []
    period = " a month" if has_period else ""
    if workload.tokens is not None and is_whole:
        given, made = workload.input_tokens or 0, workload.output_tokens or 0
        if workload.input_share == Fraction(1, 2):
            parts.append(f"{tokens(workload.tokens)} tokens{period}, half input and half output")
        elif not given or not made:
            parts.append(f"{tokens(workload.tokens)} {'output' if made else 'input'} tokens{period}")
        else:
            parts.append(f"{tokens(given)} input and {tokens(made)} output tokens{period}")
    elif workload.input_share == Fraction(1, 2):
        parts.append("half input and half output")
    else:
        parts.append(share_words(workload))
    if workload.cached_share:
        parts.append(f"{percent(workload.cached_share)} of the input cached")
    if (tier or workload.tier) != STANDARD:
        parts.append(f"{tier or workload.tier} tier")
    return ", ".join(parts)


def at_usage(workload: Workload, costs: Iterable[Figure]) -> str:
    """At what usage costs are, in a few words: "10M tokens", or "10M tokens (75% input, 50% cached, batch)"."""
    tiers = {each.tier or STANDARD for each in costs}
    said = [
        share_words(workload) if workload.input_share != Fraction(1, 2) else "",
        f"{percent(workload.cached_share)} cached" if workload.cached_share else "",
        tiers.pop() if len(tiers) == 1 and STANDARD not in tiers else "",
    ]
    aside = ", ".join(filter(None, said))
    return f"{tokens(workload.tokens or 0)} tokens{f' ({aside})' if aside else ''}"


def share_words(workload: Workload) -> str:
    """The input share in words."""
    share = workload.input_share
    return "all output" if not share else "all input" if share == 1 else f"{percent(share)} input"


def ranked(draft: Draft, workload: Workload) -> list[tuple[Offering, Figure]]:
    """The models that have a price for a workload, cheapest first, ties by id."""
    found = [(each, figure) for each in draft.models if (figure := draft.monthly_cost(each, workload))]
    return sorted(found, key=lambda pair: (pair[1].decimal, pair[0].id))


def cost_table(draft: Draft, loads: list[Workload], order: list[Offering]) -> Table:
    """Costs a month: a row for each volume, a column for each model."""
    rows = []
    for load in loads:
        figures = [draft.monthly_cost(each, load) for each in order]
        rows.append(
            (
                f"{tokens(load.tokens or 0)} tokens a month",
                *(usd(each.decimal) if each else "no price" for each in figures),
            )
        )
    return Table(header=("Cost", *(draft.name(each) for each in order)), rows=tuple(rows))


def no_cost(draft: Draft, what: str) -> Answer:
    """When nothing can be priced: say why."""
    if draft.has_bad_amount:
        bad = next(each.text for each in draft.problems if each.kind == "bad_amount")
        if any(mark in bad for mark in ("$", "€", "£")) or draft.question.kind in ("budget", "breakeven"):
            return draft.finished("That is not an amount of money I can work with: it must be above zero.")
        return draft.finished(
            f"“{bad}” is not an amount I can price. Tokens go from `1` to `1e15` a month, "
            "shares between `0%` and `100%`."
        )
    return draft.finished(draft.without_price(draft.models, what))


def price_lines(draft: Draft, offerings: list[Offering]) -> list[str]:
    """Input, output and cached input price of each model, in the tier that applies."""
    lines = []
    prompt = draft.question.workload.prompt_tokens
    for each in offerings:
        shown = []
        for word, label in (("input", "input"), ("output", "output"), ("cached_input", "cached input")):
            if figure := draft.price(each, word, prompt=prompt):
                shown.append(f"{rate(figure.decimal)} {label}")
        lines.append(f"{draft.name(each)}: {', '.join(shown) or 'no price per token on record'}")
    return lines


def other_spans(draft: Draft, offerings: list[Offering], load: Workload) -> None:
    """The cost of a year, a day or a request, where that was asked."""
    span = draft.question.span
    if span == "month" or load.tokens is None:
        return
    if span == "request":
        _per_request(draft, offerings, load)
        return
    name, unit, words, times = SPANS[span]
    shown = []
    for each in offerings:
        found = draft.bill(each, load)
        if isinstance(found, Bill):
            value = Fraction(found.usd) * times
            figure = draft.cost_figure(name, value, unit, (each,), load, (found,))
            shown.append(f"{draft.name(each)} {usd(figure.decimal)}")
    if shown:
        draft.more.insert(0, f"Per {words.removeprefix('a ').removeprefix('an ')}: {listed(shown)}.")


def _per_request(draft: Draft, offerings: list[Offering], load: Workload) -> None:
    shown = []
    for each in offerings:
        figure = request_cost(draft, each, load)
        if figure:
            shown.append(f"{draft.name(each)} {usd(figure.decimal)}")
    if shown:
        draft.more.insert(0, f"Per request: {listed(shown)}.")


def request_cost(draft: Draft, offering: Offering, load: Workload) -> Figure | None:
    """What one request of the stated size costs."""
    size_in, size_out = load.request_input_tokens, load.request_output_tokens
    if size_in is None:
        return None
    one = load.model_copy(
        update={
            "input_tokens": size_in,
            "output_tokens": size_out or 0,
            "requests": 1,
            "cached_input_tokens": int(size_in * load.cached_share),
        }
    )
    found = draft.bill(offering, one)
    if isinstance(found, NoPrice):
        draft.no_price(offering, found)
        return None
    draft.explain(offering, one, found)
    return draft.cost_figure("cost_per_request", found.usd, "USD/request", (offering,), one, (found,))


def cost(draft: Draft) -> Answer:
    """What models cost at a volume, or per request; at three volumes where none was stated."""
    asked = draft.question.workload
    if draft.has_bad_amount:
        return no_cost(draft, "cost")
    if asked.tokens is None and asked.request_input_tokens is not None:
        return _cost_of_a_request(draft)
    loads = workloads(draft)
    load = loads[-1]
    priced = [(each, figure) for each in draft.models if (figure := draft.monthly_cost(each, load))]
    if not priced:
        return no_cost(draft, "price per token")
    offerings = [each for each, _ in priced]
    for each in offerings:
        draft.upcoming(each)
    headline = _without_size(draft, offerings) if asked.requests and asked.tokens is None else _headline(draft, priced)
    if draft.question.span == "request" and load.request_input_tokens is not None:
        draft.remark(headline)
        headline = _request_headline(draft, [(each, request_cost(draft, each, load)) for each in offerings], load)
    if draft.question.money:
        headline = f"{_is_enough(draft, priced)} {headline}"
    if draft.question.span not in ("month", "request"):
        months = listed([f"{draft.name(each)} {usd(figure.decimal)}" for each, figure in priced])
        draft.more.insert(0, f"Per month: {months}.")
    elif asked.tokens is not None:
        yearly = [_spanned(draft, each, figure, "year") for each, figure in priced]
        draft.section("", f"Per year: {listed([usd(figure.decimal) for figure in yearly])}.")
    if len(loads) > 1 or len(priced) > 1:
        draft.section("", table=cost_table(draft, loads, offerings))
    retirements(draft, load)
    draft.section("Prices per million tokens", *price_lines(draft, offerings))
    return draft.finished(headline, models=tuple(each.id for each in offerings))


def _spanned(draft: Draft, offering: Offering, monthly: Figure, span: str) -> Figure:
    """A cost a month as the cost of another span, noted."""
    name, unit, _, times = SPANS[span]
    load = workloads(draft)[-1]
    value = Fraction(monthly.decimal) * times
    return draft.cost_figure(name, value, unit, (offering,), load, (must_bill(draft, offering, load),))


def _headline(draft: Draft, priced: list[tuple[Offering, Figure]]) -> str:
    """What each of the models costs, in the span that was asked for."""
    span = draft.question.span if draft.question.span in SPANS else "month"
    shown = [
        f"{draft.name(each)}{'' if position else ' costs'} {usd(_spanned(draft, each, figure, span).decimal)}"
        for position, (each, figure) in enumerate(priced)
    ]
    tiers = {figure.tier or STANDARD for _, figure in priced}
    tier = tiers.pop() if len(tiers) == 1 else None
    usage = usage_words(workloads(draft)[-1], has_period=span != "month", tier=tier)
    return f"{listed(shown)} {SPANS[span][2]} for {usage}."


def _is_enough(draft: Draft, priced: list[tuple[Offering, Figure]]) -> str:
    """Whether an amount a month pays for a workload."""
    money = Decimal(draft.question.money or 0)
    draft.note("budget", money, "USD/month", (), ("question|money",))
    within = [draft.name(each) for each, figure in priced if figure.decimal <= money]
    if len(within) in (0, len(priced)):
        return f"{'Yes, within' if within else 'No, more than'} {usd(money)} a month:"
    return f"Within {usd(money)} a month only {listed(within)}:"


def _without_size(draft: Draft, offerings: list[Offering]) -> str:
    """That so many requests have no cost before it is said how large one is."""
    count = draft.note("n", draft.question.workload.requests or 0, "count", (), ("question|workload",))
    example = f"{draft.typed(offerings[0])} for 10k requests a day, 2k in / 500 out"
    return (
        f"To price {int(count.value):,} requests a month on {listed([draft.name(each) for each in offerings])} I need the size "
        f"of one, as in `{example}`; below is the cost by tokens."
    )


def must_bill(draft: Draft, offering: Offering, load: Workload) -> Bill:
    """The bill of something that is known to have a price."""
    found = draft.bill(offering, load)
    if not isinstance(found, Bill):
        raise LookupError(f"{offering.id} was priced before")  # noqa: TRY004 - not a wrong type, a missing price
    return found


def _cost_of_a_request(draft: Draft) -> Answer:
    load = draft.question.workload
    priced = [(each, figure) for each in draft.models if (figure := request_cost(draft, each, load))]
    if not priced:
        return no_cost(draft, "price per token")
    draft.remark("Say how many requests a day or a month for a bill.")
    draft.section("Prices per million tokens", *price_lines(draft, [each for each, _ in priced]))
    return draft.finished(_request_headline(draft, priced, load), models=tuple(each.id for each, _ in priced))


def _request_headline(draft: Draft, priced: Sequence[tuple[Offering, Figure | None]], load: Workload) -> str:
    """What one request costs on each of the models."""
    size = f"{tokens(load.request_input_tokens or 0)} tokens in and {tokens(load.request_output_tokens or 0)} out"
    shown = listed([f"{draft.name(each)} costs {usd(figure.decimal)}" for each, figure in priced if figure])
    return f"{shown} per request of {size}."


def price_ratios(draft: Draft, dearer: Offering, cheaper_one: Offering) -> dict[str, Figure]:
    """How many times the one's input and output price is the other's."""
    found = {}
    for word in ("input", "output"):
        high, low = draft.price(dearer, word), draft.price(cheaper_one, word)
        if high and low and low.decimal:
            found[word] = draft.note(
                f"{word}_price_ratio",
                high.fraction / low.fraction,
                "ratio",
                (dearer.id, cheaper_one.id),
                (*high.evidence, *low.evidence),
                tier=high.tier if high.tier == low.tier else None,
            )
    return found


def ratio_words(figures: dict[str, Figure]) -> str:
    """ "6.3 times the input price and 9.4 times the output price"."""
    if figures and all(each.fraction == 1 for each in figures.values()):
        return f"the same {listed(list(figures))} price"
    shown = {word: ratio(each.fraction) for word, each in figures.items()}
    return listed(
        [
            f"the same {word} price"
            if each.fraction == 1
            else f"{number(each.fraction, 2) if shown[word] == '1.0' else shown[word]} times the {word} price"
            for word, each in figures.items()
        ]
    )


def mix(load: Workload) -> Workload:
    """A workload's split, tier and caching at a volume on which every share comes out whole."""
    given = load.input_share
    cached = given * load.cached_share
    whole = given.denominator * cached.denominator * MILLION
    return load.model_copy(
        update={
            "input_tokens": int(whole * given),
            "output_tokens": whole - int(whole * given),
            "cached_input_tokens": int(whole * cached),
            "requests": None,
        }
    )
