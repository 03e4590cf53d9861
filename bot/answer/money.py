"""Answers that start from money: what a budget buys, what a move saves, where costs meet."""

from decimal import Decimal
from fractions import Fraction

from bot.answer.cost import cost_table, mix, no_cost, price_lines, request_cost, usage_words, workloads
from bot.answer.costing import Bill, NoPrice
from bot.answer.draft import Draft, at_volume
from bot.answer.flips import share_flip
from bot.answer.model import Answer, Figure
from bot.answer.retirement import retirements
from bot.question.model import Workload
from bot.wording import tokens, usd
from catalog.models import STANDARD, Offering


def per_token(draft: Draft, offering: Offering, load: Workload) -> tuple[Fraction, Bill] | None:
    """USD per token of a workload's mix, exactly."""
    found = draft.bill(offering, at_volume(load, 10**9) if load.tokens is None or not load.tokens else load)
    if isinstance(found, NoPrice):
        draft.no_price(offering, found)
        return None
    whole = load.tokens or 10**9
    return Fraction(found.usd) / whole, found


def _amount(draft: Draft) -> str:
    """The stated amount of money as people write it, a month; noted, as it may be converted from another period."""
    money = Decimal(draft.question.money or 0)
    draft.note("budget", money, "USD/month", (), ("question|money",))
    return usd(money)


def budget(draft: Draft) -> Answer:
    """How many tokens a month an amount of money buys."""
    if any(each.kind == "not_understood" for each in draft.problems) and not draft.question.money:
        return draft.finished("I know prices in US dollars only: say the amount in dollars, as in `$500 on gpt-5.4`.")
    if draft.has_bad_amount or not draft.question.money:
        return no_cost(draft, "budget")
    money, load = Fraction(draft.question.money), mix(draft.question.workload)
    amount = _amount(draft)
    lines, first, tiers = [], "", set()
    for each in draft.models:
        found = per_token(draft, each, load)
        if not found or not found[0]:
            continue
        price, rests_on = found
        bought = int(money / price)
        figure = draft.note(
            "budget_tokens",
            bought,
            "tokens/month",
            (each.id,),
            (*rests_on.evidence, "question|money"),
            tier=None if rests_on.tier == STANDARD else rests_on.tier,
        )
        draft.explain(each, load, rests_on)
        tiers.add(rests_on.tier)
        bought_words = _counted(draft, each, money, figure)
        lines.append(f"{draft.name(each)}: {bought_words}")
        first = (
            first
            or f"{amount} a month {'buys' if not draft.question.counting else 'pays for'} {bought_words} on {draft.name(each)}"
        )
    if not lines:
        return no_cost(draft, "price per token")
    usage = usage_words(load, is_whole=False, tier=tiers.pop() if len(tiers) == 1 else None)
    headline = f"{first}, {usage}." if len(lines) == 1 else f"{amount} a month, {usage}, buys {'; '.join(lines)}."
    draft.section("", *(lines if len(lines) > 1 else []))
    retirements(draft, None)
    draft.section("Prices per million tokens", *price_lines(draft, draft.models))
    return draft.finished(headline)


def _counted(draft: Draft, offering: Offering, money: Fraction, bought: Figure) -> str:
    """What a budget buys in words: tokens, and before them the requests or users that was asked for."""
    in_tokens = f"{int(bought.value):,} tokens a month"
    asked, counting = draft.question.workload, draft.question.counting
    if counting == "users":
        one: Figure | None = draft.monthly_cost(offering, asked)
    elif counting == "requests":
        one = request_cost(draft, offering, asked)
    else:
        return in_tokens
    if one is None or not one.decimal:
        return in_tokens
    count = draft.note(
        f"budget_{counting}",
        int(money / one.fraction),
        f"{counting}/month",
        (offering.id,),
        (*one.evidence, "question|money"),
        tier=one.tier,
    )
    what = "requests a month" if counting == "requests" else f"users at {usd(one.decimal)} a month each"
    return f"{int(count.value):,} {what} ({in_tokens})"


def savings(draft: Draft) -> Answer:
    """What moving from one model to another saves; or, on one model, batch or caching."""
    if draft.has_bad_amount:
        return no_cost(draft, "saving")
    if len(draft.models) < 2 and draft.open_name:
        return _hardly_known(draft)
    if len(draft.models) < 2:
        return _saving_by_tier(draft)
    source, target = draft.models[:2]
    draft.only(2)
    first = None
    for load in [_bought(draft, source)] if draft.question.money else workloads(draft):
        before, after = draft.bill(source, load), draft.bill(target, load)
        for each, found in ((source, before), (target, after)):
            if isinstance(found, NoPrice):
                draft.no_price(each, found)
        if isinstance(before, NoPrice) or isinstance(after, NoPrice):
            return no_cost(draft, "price per token")
        draft.monthly_cost(source, load)
        draft.monthly_cost(target, load)
        saved = draft.cost_figure(
            "monthly_saving", before.usd - after.usd, "USD/month", (source, target), load, (before, after)
        )
        first = (load, before, after, saved)
    if first is None:
        return no_cost(draft, "price per token")
    load, before, after, saved = first
    yearly = draft.cost_figure("yearly_saving", saved.decimal * 12, "USD/year", (source, target), load, (before, after))
    is_yearly = draft.question.span == "year"
    shown = yearly if is_yearly else saved
    move = f"Moving from {draft.name(source)} to {draft.name(target)}"
    word = "a year" if is_yearly else "a month"
    if saved.decimal > 0:
        headline = f"{move} saves {usd(shown.decimal)} {word}: {usd(before.usd)} becomes {usd(after.usd)} a month for {usage_words(load)}."
    elif saved.decimal < 0:
        headline = (
            f"{move} saves nothing: it costs {usd(-shown.decimal)} {word} more, "
            f"{usd(after.usd)} instead of {usd(before.usd)} a month for {usage_words(load)}."
        )
    else:
        headline = f"{move} changes nothing: both cost {usd(before.usd)} a month for {usage_words(load)}."
    if draft.question.workload.tokens is None:
        draft.section("", table=cost_table(draft, workloads(draft), [source, target]))
    retirements(draft, load, [source, target])
    if saved.decimal:
        other = saved if is_yearly else yearly
        span = "a month" if is_yearly else "a year"
        draft.more.insert(0, f"That is {usd(abs(other.decimal))} {span}{'' if saved.decimal > 0 else ' more'}.")
    draft.section("Prices per million tokens", *price_lines(draft, [source, target]))
    return draft.finished(headline)


def _bought(draft: Draft, offering: Offering) -> Workload:
    """The usage of a month that an amount of money buys of a model, which was not stated itself."""
    load = mix(draft.question.workload)
    found = per_token(draft, offering, load)
    if not found or not found[0]:
        return load
    bought = int(Fraction(draft.question.money or 0) / found[0])
    draft.note("budget_tokens", bought, "tokens/month", (offering.id,), (*found[1].evidence, "question|money"))
    draft.remark(
        f"{_amount(draft)} a month is {bought:,} tokens a month on {draft.name(offering)}, {usage_words(load, is_whole=False)}."
    )
    return at_volume(load, bought)


def _hardly_known(draft: Draft) -> Answer:
    """Where one of two names was not understood: no saving, but what the other one costs."""
    only, load = draft.models[0], workloads(draft)[-1]
    figure = draft.monthly_cost(only, load)
    known = f"; {draft.name(only)} costs {usd(figure.decimal)} a month for {usage_words(load)}" if figure else ""
    return draft.finished(f"{draft.open_name}, so I cannot tell what is saved{known}.")


def _saving_by_tier(draft: Draft) -> Answer:
    """On one model: what its batch or flex prices or caching save against plain standard use."""
    model = draft.models[0]
    lines = []
    headline = ""
    for load in workloads(draft):
        plain = load.model_copy(update={"tier": STANDARD, "cached_input_tokens": 0, "cached_share": Fraction(0)})
        before, after = draft.bill(model, plain), draft.bill(model, load)
        if isinstance(before, NoPrice) or isinstance(after, NoPrice):
            return no_cost(draft, "price per token")
        draft.explain(model, load, after)
        saved = draft.cost_figure(
            "monthly_saving", before.usd - after.usd, "USD/month", (model,), load, (before, after), is_tiered=False
        )
        yearly = draft.cost_figure(
            "yearly_saving", saved.decimal * 12, "USD/year", (model,), load, (before, after), is_tiered=False
        )
        draft.cost_figure("monthly_cost", before.usd, "USD/month", (model,), load, (before,))
        draft.cost_figure("monthly_cost", after.usd, "USD/month", (model,), load, (after,))
        how = (
            " and ".join(
                filter(
                    None,
                    [
                        "batch" * (load.tier == "batch") or load.tier * (load.tier != STANDARD),
                        "caching" * bool(load.cached_share),
                    ],
                )
            )
            or "nothing"
        )
        headline = (
            f"Using {how} on {draft.name(model)} saves {usd(saved.decimal)} a month ({usd(yearly.decimal)} a year): "
            f"{usd(before.usd)} becomes {usd(after.usd)} at {tokens(load.tokens or 0)} tokens a month."
        )
        lines.append(f"{tokens(load.tokens or 0)} tokens a month: {usd(before.usd)} becomes {usd(after.usd)}")
    if draft.question.workload.tier == STANDARD and not draft.question.workload.cached_share:
        return draft.finished(
            f"Saving against what? Name a second model, or say `on batch` or `with 80% cached` for {draft.name(model)}."
        )
    draft.section("", *(lines if len(lines) > 1 else []))
    retirements(draft, None)
    return draft.finished(headline)


def breakeven(draft: Draft) -> Answer:
    """The tokens a month at which a model passes an amount, or costs that much more than another."""
    if draft.has_bad_amount:
        return no_cost(draft, "break-even")
    if draft.question.attribute and len(draft.models) == 2:
        return draft.finished(share_flip(draft, draft.question.attribute))
    load = mix(draft.question.workload)
    found = [(each, per_token(draft, each, load)) for each in draft.models[:2]]
    known = [(each, price) for each, price in found if price]
    if len(known) < len(found) or not known:
        return no_cost(draft, "price per token")
    draft.only(2)
    money = Fraction(draft.question.money) if draft.question.money else None
    amount = _amount(draft) if money is not None else ""
    for each, (_, rests_on) in known:
        draft.explain(each, load, rests_on)
    draft.section("Prices per million tokens", *price_lines(draft, [each for each, _ in known]))
    if len(known) == 1:
        each, (price, rests_on) = known[0]
        if money is None:
            return draft.finished(
                f"Passes what? Say an amount, as in `when does {draft.typed(each)} pass $2k a month?`"
            )
        reached = draft.note(
            "breakeven_tokens", int(money / price), "tokens/month", (each.id,), (*rests_on.evidence, "question|money")
        )
        return draft.finished(
            f"{draft.name(each)} reaches {amount} a month at "
            f"{int(reached.value):,} tokens a month, {usage_words(load, is_whole=False)}."
        )
    return _between(draft, known, money, load)


def _between(
    draft: Draft, known: list[tuple[Offering, tuple[Fraction, Bill]]], money: Fraction | None, load: Workload
) -> Answer:
    is_turned = draft.question.wants_cheaper  # one is cheaper where the other one costs more
    if draft.question.is_gap and money is not None:
        is_turned = known[0][1][0] < known[1][1][0]
    (first, (price, one)), (second, (other, two)) = reversed(known) if is_turned else known
    words = usage_words(load, is_whole=False)
    names = f"{draft.name(first)} costs more than {draft.name(second)}"
    if price == other:
        return draft.finished(
            f"Never: {draft.name(first)} and {draft.name(second)} cost the same at every volume, {words}."
        )
    dearer = price > other
    if money is None:
        if dearer:
            return draft.finished(f"Always: {names} at every volume, {words}.")
        return draft.finished(
            f"Never: {draft.name(first)} is cheaper than {draft.name(second)} at every volume, {words}."
        )
    if not dearer:
        return draft.finished(
            f"Never: {draft.name(first)} is cheaper than {draft.name(second)} at every volume, {words}; "
            f"{draft.name(second)} is the dearer one."
        )
    reached = draft.note(
        "breakeven_tokens",
        int(money / (price - other)),
        "tokens/month",
        (first.id, second.id),
        (*one.evidence, *two.evidence, "question|money"),
    )
    return draft.finished(
        f"{draft.name(first)} costs {_amount(draft)} a month more than {draft.name(second)} at "
        f"{int(reached.value):,} tokens a month, {words}."
    )
