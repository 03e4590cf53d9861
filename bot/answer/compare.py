"""Two to six models side by side, in the order of what matters: verdict, retirement, cost, what flips it, performance, choice, FAQ."""

from decimal import Decimal
from fractions import Fraction

from bot.answer.cheapest import times_as_much
from bot.answer.choose import by_model, pick_lines, picks_of
from bot.answer.cost import (
    at_usage,
    no_cost,
    other_spans,
    price_ratios,
    ranked,
    ratio_words,
    usage_words,
    workloads,
)
from bot.answer.costing import Bill
from bot.answer.draft import Draft, at_volume
from bot.answer.faq import faq
from bot.answer.flips import crossing, flips, share_chart
from bot.answer.grades import Grades, basis, grade_words, note_grades
from bot.answer.limits import outs, usable_of
from bot.answer.listing import also_compare
from bot.answer.model import Answer, Chart, Figure, Offer, Table
from bot.answer.performance import (
    arena_summary,
    performance_section,
    shared_benchmarks,
    untested,
    untested_line,
)
from bot.answer.retirement import retirements
from bot.answer.verdict import Facts, Priced, verdict, weighed
from bot.question.model import Workload
from bot.wording import listed, number, percent, rate, ratio, tokens, usd
from catalog.models import Offering

MILLION = 10**6
TEN = 10
MOST_MODELS = 6
MOST_COLUMNS = 4
"""Of more models than this each has a row, as their columns would be wider than a message."""


def compare(draft: Draft) -> Answer:
    """The whole comparison."""
    if draft.has_bad_amount:
        return no_cost(draft, "cost")
    loads = workloads(draft)
    load = loads[0]
    order = ranked(draft, load)
    offerings = draft.models
    if len(order) < 2:
        return _hardly_priced(draft, order, load)
    for each in offerings:
        draft.upcoming(each)
    found = shared_benchmarks(draft.catalog, offerings)
    grades = note_grades(draft, offerings)
    facts = _facts(draft, order, load, grades)
    for larger in loads[1:]:
        times_as_much(draft, larger, order)
    headline, rule = verdict(facts)
    draft.note("verdict_rule", rule.name, "text", tuple(each.id for each, _ in order), (f"rule|{rule.name}",))
    cheap, low = order[0]
    level = [draft.name(each) for each, figure in order if figure.decimal == low.decimal]
    if 1 < len(level) < len(order):
        draft.remark(f"{listed(level)} cost the same: {usd(low.decimal)} a month at {tokens(load.tokens or 0)} tokens.")
    retirements(draft, load)
    other_spans(draft, [each for each, _ in order], loads[-1])
    table = comparison_table(draft, loads, [each for each, _ in order])
    draft.section("", _explained(draft, facts, load), table=table)
    draft.section("What would flip it", *flips(draft, facts.cheap, facts.dear, load))
    missing = untested(draft.catalog, offerings)
    draft.section("Which performs better", *_graded(draft, offerings), untested_line(draft, offerings, missing))
    chosen = picks_of(draft, offerings, found)
    draft.section("Which to choose", *by_model(draft, chosen))
    performance_section(draft, offerings, title="Scores and their sources", is_folded=True)
    draft.section("Why which for what", *pick_lines(draft, chosen), is_folded=True)
    faq(draft, order, load, grades, found)
    draft.section("What the difference buys", *difference_lines(draft, order, load), is_folded=True)
    suggested = also_compare(draft, offerings) if len(offerings) < MOST_MODELS else []
    draft.section("Also compare", listed([draft.name(each) for each in suggested]) + "." if suggested else "")
    draft.offers += [Offer(f"+ {draft.name(each)}"[:70], f"add {each.id}") for each in suggested]
    return draft.finished(
        headline,
        winner=None if len(level) > 1 else cheap.id,
        picks={each.need: each.offering.id for each in chosen},
        untested=missing,
        chart=_chart(draft, [each for each, _ in order], load, crossing(draft, facts.cheap, facts.dear, load)),
    )


def _facts(draft: Draft, order: list[tuple[Offering, Figure]], load: Workload, grades: Grades) -> Facts:
    """What the verdict weighs: the two models that decide it, of those that can be used."""
    priced = [Priced(each, figure.decimal) for each, figure in order]
    offerings = [each for each, _ in order]
    usable, out = usable_of(offerings, outs(draft, offerings))
    left = [each for each in priced if each.offering in usable]
    if len(left) == 1:
        other = next(each for each in priced if each is not left[0])
        cheap, dear = (each for each in priced if each in (left[0], other))
    else:
        cheap, dear = weighed(left or priced, grades)
    times_as_much(draft, load, order)
    pair = [each for each in order if each[0] in (cheap.offering, dear.offering)]
    return Facts(
        draft,
        priced,
        cheap.offering,
        dear.offering,
        usd(cheap.usd),
        usd(dear.usd),
        f"a month at {at_usage(load, [figure for _, figure in order])}",
        _times(draft, load, pair),
        grades,
        shared_benchmarks(draft.catalog, [cheap.offering, dear.offering]),
        out,
    )


def _times(draft: Draft, load: Workload, pair: list[tuple[Offering, Figure]]) -> Fraction | None:
    """How many times as much the dearer of two costs, noted, and how much more; None where the cheaper is free."""
    times = times_as_much(draft, load, pair)
    if times:
        models = (pair[1][0].id, pair[0][0].id)
        proof = next(each for each in draft.figures.values() if each.name == "cost_ratio" and each.models == models)
        draft.note("cost_more", times - 1, "share", models, proof.evidence, tokens=str(load.tokens))
    return times


def _hardly_priced(draft: Draft, order: list[tuple[Offering, Figure]], load: Workload) -> Answer:
    """Where fewer than two of the models have a price, or are known."""
    if not order:
        return no_cost(draft, "price per token")
    only, cost = order[0]
    draft.section("", table=comparison_table(draft, workloads(draft), [only]))
    retirements(draft, load, [only])
    performance_section(draft, draft.models, most=3, title="Scores")
    start = f"{draft.open_name}, so I can" if draft.open_name else "I can"
    return draft.finished(
        f"{start} only price {draft.name(only)}: {usd(cost.decimal)} a month for {usage_words(load)}."
    )


def comparison_table(draft: Draft, loads: list[Workload], order: list[Offering]) -> Table:
    """Prices, costs and limits: a column for each model, cheapest first; a row for each of many."""
    rows: list[tuple[str, ...]] = []
    prompt = draft.question.workload.prompt_tokens
    for word, label in (
        ("input", "Input per MTok"),
        ("output", "Output per MTok"),
        ("cached_input", "Cached input per MTok"),
    ):
        figures = [draft.price(each, word, prompt=prompt) for each in order]
        if any(figures):
            rows.append((label, *(rate(each.decimal) if each else "none on record" for each in figures)))
    for load in loads:
        costs = [draft.monthly_cost(each, load) for each in order]
        rows.append(
            (
                f"{tokens(load.tokens or 0)} tokens a month",
                *(usd(each.decimal) if each else "no price" for each in costs),
            )
        )
    row = _times_row(draft, loads[0], order)
    if row:
        rows.append(row)
    windows = [window_figure(draft, each) for each in order]
    rows.append(("Context window", *(f"{int(each.value):,}" if each else "unknown" for each in windows)))
    header = ("Model", *(draft.name(each) for each in order))
    if len(order) > MOST_COLUMNS:
        header, *turned = zip(header, *rows, strict=True)
        return Table(header=header, rows=tuple(turned))
    return Table(header=header, rows=tuple(rows))


def _times_row(draft: Draft, load: Workload, order: list[Offering]) -> tuple[str, ...] | None:
    """How many times the cheapest's cost each one's is, exactly."""
    bills = [found for each in order if isinstance(found := draft.bill(each, load), Bill)]
    if len(order) < 2 or len(bills) < len(order) or not bills[0].usd:
        return None
    cells = ["1x"]
    for each, found in zip(order[1:], bills[1:], strict=True):
        times = Fraction(found.usd) / Fraction(bills[0].usd)
        draft.cost_figure("cost_ratio", times, "ratio", (each, order[0]), load, (found, bills[0]))
        cells.append(f"{number(times, 2)}x")
    return ("Times the cheapest", *cells)


def window_figure(draft: Draft, offering: Offering) -> Figure | None:
    """The context window, noted."""
    stated = draft.catalog.stated(offering, "context_window")
    if stated is None:
        return None
    return draft.note(
        "context_window",
        int(stated.value),
        "tokens",
        (offering.id,),
        (f"fact|{offering.model}|context_window|{stated.source}",),
    )


def _explained(draft: Draft, facts: Facts, load: Workload) -> str:
    """The ratios of the prices and the difference in money."""
    if facts.times is None or facts.times == 1:
        return ""
    pair = (facts.dear.id, facts.cheap.id)
    ratios = price_ratios(draft, facts.dear, facts.cheap)
    gap = next(
        (
            each
            for each in draft.figures.values()
            if each.name == "cost_difference" and each.tokens == str(load.tokens) and each.models == pair
        ),
        None,
    )
    words = f"Against {draft.name(facts.cheap)}, {draft.name(facts.dear)} has {ratio_words(ratios)}" if ratios else ""
    apart = f"; {usd(gap.decimal)} a month apart at {tokens(load.tokens or 0)} tokens" if gap else ""
    return f"{words}{apart}, {usage_words(load, is_whole=False)}." if words else ""


def _graded(draft: Draft, offerings: list[Offering]) -> list[str]:
    """The grades, and in the same breath what independent results say against them."""
    grades = note_grades(draft, offerings)
    if not grades.scores:
        return [
            "None of these models is graded: no evaluator has graded all of them, and LMArena lacks enough categories."
        ]
    shown = listed([f"{draft.name(each)} {grade_words(draft, grades, each)}" for each in offerings])
    summary = arena_summary(draft, shared_benchmarks(draft.catalog, offerings), offerings) or ""
    against = (
        "Independent votes disagree: "
        if grades.is_published and len(set(grades.scores.values())) == 1 and summary
        else ""
    )
    return [f"Graded {shown}, {basis(draft, grades)}. {against}{summary}".strip()]


def difference_lines(draft: Draft, order: list[tuple[Offering, Figure]], load: Workload) -> list[str]:
    """What the difference buys: $100 of the dearer on the cheaper, months of the cheaper, output for a dollar."""
    (cheap, low), (dear, high) = order[0], order[-1]
    if not low.decimal or low.decimal == high.decimal or load.tokens is None:
        return []
    hundred = Decimal(100)
    price = Fraction(high.decimal) / load.tokens
    bought = draft.note("budget_tokens", int(Fraction(hundred) / price), "tokens/month", (dear.id,), high.evidence)
    same = at_volume(load, int(bought.value))
    cost = draft.monthly_cost(cheap, same)
    budget = draft.note("budget", hundred, "USD/month", (dear.id,), ("rule|what_100_usd_buys",))
    lines = []
    if cost:
        lines.append(
            f"What {usd(budget.decimal)} buys on {draft.name(dear)}, {int(bought.value):,} tokens a month, costs "
            f"{usd(cost.decimal)} on {draft.name(cheap)}."
        )
    months = Fraction(high.decimal - low.decimal) / Fraction(low.decimal)
    shown = draft.note("months_of_cheaper", months, "months", (dear.id, cheap.id), (*high.evidence, *low.evidence))
    lines.append(
        f"The difference of one month pays for {ratio(shown.fraction)} more months of {draft.name(cheap)} at the same volume."
    )
    per_dollar = []
    for each in (cheap, dear):
        output = draft.price(each, "output")
        if output and output.decimal:
            figure = draft.note(
                "output_tokens_per_usd", int(MILLION / output.fraction), "tokens/USD", (each.id,), output.evidence
            )
            per_dollar.append(f"{int(figure.value):,} output tokens on {draft.name(each)}")
    if len(per_dollar) == 2:
        lines.append(f"A dollar buys {listed(per_dollar)}.")
    return lines


def _chart(draft: Draft, offerings: list[Offering], load: Workload, flip: Fraction | None) -> Chart | None:
    """Cost over the input share, and at the share where the two that decide the verdict cost the same."""
    shares = sorted({Fraction(step, 10) for step in range(11)} | ({flip} if flip is not None else set()))
    found = share_chart(draft, offerings, load, shares)
    if not found:
        return None
    steps = tuple(map(percent, shares))
    places = 2 if max(max(values) for _, values in found) >= TEN else 4
    series = tuple(
        (draft.name(each), tuple(Decimal(number(value, places).replace(",", "")) for value in values))
        for each, values in found
    )
    meet = f", equal at {percent(flip)}" if flip is not None else ""
    return Chart(
        title=f"Cost by input share, {tokens(load.tokens or 0)} tokens{meet}"[:50],
        x_label="Share of tokens that is input",
        y_label="USD a month",
        categories=steps,
        series=series,
    )
