"""Which of the named models costs least, and by how much."""

from fractions import Fraction

from bot.answer.cost import at_usage, cost_table, no_cost, other_spans, price_lines, ranked, workloads
from bot.answer.costing import NoPrice
from bot.answer.draft import Draft
from bot.answer.model import Answer, Figure
from bot.answer.retirement import retirements
from bot.question.model import Workload
from bot.wording import listed, more, percent, usd
from catalog.models import Offering


def cheapest(draft: Draft) -> Answer:
    """Which of the named models costs least."""
    if draft.has_bad_amount:
        return no_cost(draft, "cost")
    loads = workloads(draft)
    load = loads[-1]
    order = ranked(draft, load)
    if not order:
        return no_cost(draft, "price")
    tied = len(order) > 1 and order[0][1].decimal == order[1][1].decimal
    headline = cheapest_headline(draft, order, load, is_tied=tied)
    for each, _ in order:
        draft.upcoming(each)
    draft.section("", table=cost_table(draft, loads, [each for each, _ in order]))
    times = times_as_much(draft, load, order)
    if draft.question.is_gap and times and not tied:
        draft.more.insert(0, _gap(draft, load, order, 1 - 1 / times))
    other_spans(draft, [each for each, _ in order], load)
    retirements(draft, load)
    draft.section("Prices per million tokens", *price_lines(draft, [each for each, _ in order]))
    return draft.finished(
        headline, winner=None if tied or len(order) < 2 else order[0][0].id, models=tuple(each.id for each, _ in order)
    )


def cheapest_headline(draft: Draft, order: list[tuple[Offering, Figure]], load: Workload, *, is_tied: bool) -> str:
    """The sentence that names the cheaper one."""
    at = at_usage(load, [figure for _, figure in order])
    if len(order) == 1:
        return f"{draft.name(order[0][0])} costs {usd(order[0][1].decimal)} a month at {at}."
    if is_tied:
        level = [draft.name(each) for each, figure in order if figure.decimal == order[0][1].decimal]
        return f"{listed(level)} cost the same: {usd(order[0][1].decimal)} a month at {at}."
    word = "cheaper" if len(order) == 2 else "cheapest"
    if draft.question.dearest_first:
        order, word = order[::-1], "dearer" if len(order) == 2 else "dearest"
    rest = listed(
        [f"{usd(figure.decimal)}" + (f" ({draft.name(each)})" if len(order) > 2 else "") for each, figure in order[1:]],
        "and",
    )
    return f"{draft.name(order[0][0])} is {word}: {usd(order[0][1].decimal)} against {rest} a month at {at}."


def _gap(draft: Draft, load: Workload, order: list[tuple[Offering, Figure]], share: Fraction) -> str:
    """How much less the cheapest costs than the dearest, in money and in percent."""
    (low, least), (high, most) = order[0], order[-1]
    draft.note("saving_share", share, "share", (high.id, low.id), (*most.evidence, *least.evidence))
    less = f"{draft.name(low)} costs {usd(most.decimal - least.decimal)} a month less than {draft.name(high)}"
    times = more(1 / (1 - share), "much")
    return (
        f"{less}: {percent(share)} less at {at_usage(load, [figure for _, figure in order])}; "
        f"{draft.name(high)} costs {times}."
    )


def times_as_much(draft: Draft, load: Workload, order: list[tuple[Offering, Figure]]) -> Fraction | None:
    """The ratio and the difference of the dearest and the cheapest, noted."""
    if len(order) < 2:
        return None
    (low, _), (high, _) = order[0], order[-1]
    first, last = draft.bill(low, load), draft.bill(high, load)
    if isinstance(first, NoPrice) or isinstance(last, NoPrice):
        return None
    draft.cost_figure("cost_difference", last.usd - first.usd, "USD/month", (high, low), load, (last, first))
    if not first.usd:
        return None
    times = Fraction(last.usd) / Fraction(first.usd)
    draft.cost_figure("cost_ratio", times, "ratio", (high, low), load, (last, first))
    return times
