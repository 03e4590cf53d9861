"""Answers that look through the catalog: the cheapest of all, lists by filters, alternatives, what else to compare."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from bot.answer.costing import NoPrice
from bot.answer.draft import Draft, at_volume
from bot.answer.model import Answer, Figure, Offer, Table
from bot.answer.retirement import is_near, retirements
from bot.question.model import Question, Workload
from bot.wording import listed, number, rate, tokens, usd
from catalog.lookup import OWN_API, Catalog
from catalog.models import STANDARD, Offering
from catalog.names import tokens as name_tokens

MOST_ROWS = 10
MOST_NAMED = 5
"""So many models of a ranking a headline names, each with its cost."""
PLACES = ("", "", "second", "third", "fourth", "fifth")
ABILITIES = ("vision", "tools", "reasoning", "structured_output", "open_weights")
MAKER_NAMES = {
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "google": "Google",
    "xai": "xAI",
    "zai": "Z.ai",
    "moonshotai": "Moonshot AI",
    "amazon": "Amazon",
    "deepseek": "DeepSeek",
    "mistral": "Mistral AI",
    "cohere": "Cohere",
    "meta": "Meta",
    "minimax": "MiniMax",
    "alibaba": "Alibaba",
    "nvidia": "NVIDIA",
    "ai21": "AI21 Labs",
    "ibm": "IBM",
    "bytedance": "ByteDance",
    "microsoft": "Microsoft",
    "perplexity": "Perplexity",
}
"""What makers call themselves, where their id in capitals is not it."""
FILTER_WORDS: dict[str, Callable[[str], str]] = {
    "maker": lambda value: f"by {value}",
    "not_maker": lambda value: f"not by {value}",
    "provider": lambda value: f"on {value}",
    "family": lambda value: f"of the {value} family",
    "min_context": lambda value: f"with at least {tokens(int(value))} tokens of context",
    "min_max_output": lambda value: f"with answers of at least {tokens(int(value))} tokens",
    "vision": lambda _: "with vision",
    "tools": lambda _: "with tool calls",
    "reasoning": lambda _: "with reasoning",
    "structured_output": lambda _: "with structured output",
    "open_weights": lambda _: "with open weights",
}


def load_of(draft: Draft) -> Workload:
    """The stated workload, else a million tokens, half and half."""
    asked = draft.question.workload
    return asked if asked.tokens is not None else at_volume(asked, 10**6)


def matching(draft: Draft) -> list[Offering]:
    """The offerings that a catalog-wide question is about, by its filters."""
    filters = draft.question.filters
    return [
        each
        for each in draft.catalog.scope(draft.day, filters.get("provider"))
        if _fits(draft, each, filters) and not draft.catalog.is_retired(each, draft.today)
    ]


def _fits(draft: Draft, offering: Offering, filters: dict[str, str]) -> bool:
    catalog = draft.catalog
    if catalog.model(offering).maker == filters.get("not_maker"):
        return False
    if "maker" in filters and catalog.model(offering).maker != filters["maker"]:
        return False
    if "family" in filters and filters["family"] not in name_tokens(f"{offering.id} {offering.name}"):
        return False
    for name, field in (("min_context", "context_window"), ("min_max_output", "max_output")):
        if name in filters and (catalog.number(offering, field) or 0) < Decimal(filters[name]):
            return False
    for field in ABILITIES:
        if field in filters:
            stated = catalog.stated(offering, field)
            if stated is None or stated.value != filters[field]:
                return False
    return _fits_bill(draft, offering, filters) and all(
        _fits_price(draft, offering, filters, side) for side in ("input", "output")
    )


def _fits_bill(draft: Draft, offering: Offering, filters: dict[str, str]) -> bool:
    if (most := filters.get("max_monthly_cost")) is None:
        return True
    found = draft.bill(offering, load_of(draft))
    if isinstance(found, NoPrice):
        return False
    return found.usd < Decimal(most) or ("max_monthly_inclusive" in filters and found.usd == Decimal(most))


def _fits_price(draft: Draft, offering: Offering, filters: dict[str, str], side: str) -> bool:
    found = draft.catalog.price(offering, side, draft.day)
    if found is None:
        return False
    low, high = filters.get(f"min_{side}_price"), filters.get(f"max_{side}_price")
    if high is not None and not (
        found.base < Decimal(high) or (f"max_{side}_inclusive" in filters and found.base == Decimal(high))
    ):
        return False
    return (
        low is None or found.base > Decimal(low) or (f"min_{side}_inclusive" in filters and found.base == Decimal(low))
    )


def by_cost(draft: Draft, offerings: list[Offering], load: Workload) -> list[tuple[Offering, Decimal]]:
    """Offerings with their cost, cheapest first, ties by id."""
    found = [(each, bill.usd) for each in offerings if not isinstance(bill := draft.bill(each, load), NoPrice)]
    return sorted(found, key=lambda pair: (pair[1], pair[0].id))


def filter_words(draft: Draft) -> str:
    """Filters in words, makers and hosts by the names that they go by."""
    filters = draft.question.filters
    named = dict(filters)
    if "provider" in filters:
        named["provider"] = draft.catalog.providers[filters["provider"]].name
    if maker := filters.get("maker"):
        named["maker"] = MAKER_NAMES.get(maker, maker.title())
        if filters.get("provider") == OWN_API.get(maker):
            named.pop("provider", None)
        if filters.get("family") == maker:
            named.pop("family")
    if excluded := filters.get("not_maker"):
        named["not_maker"] = MAKER_NAMES.get(excluded, excluded.title())
    parts = [words(named[name]) for name, words in FILTER_WORDS.items() if name in named]
    for side in ("input", "output"):
        for bound, strict, loose in (("max", "under", "of at most"), ("min", "over", "of at least")):
            if value := filters.get(f"{bound}_{side}_price"):
                word = loose if f"{bound}_{side}_inclusive" in filters else strict
                parts.append(f"with an {side} price {word} {rate(Decimal(value))} per MTok")
    if most := filters.get("max_monthly_cost"):
        word = "at most" if "max_monthly_inclusive" in filters else "under"
        parts.append(f"for {word} {usd(Decimal(most))} a month at {tokens(load_of(draft).tokens or 0)} tokens")
    plain = [part for part in parts if not part.startswith("with ")]
    rest = [part.removeprefix("with ") for part in parts if part.startswith("with ")]
    return " ".join([*plain, *([f"with {listed(rest)}"] if rest else [])])


def cheapest_of_all(draft: Draft) -> Answer:
    """The cheapest models of the catalog that fit the filters."""
    return _ranking(draft, matching(draft), superlative=True)


def list_models(draft: Draft) -> Answer:
    """The models that fit the filters, cheapest first."""
    return _ranking(draft, matching(draft), superlative=False)


def _ranking(draft: Draft, offerings: list[Offering], *, superlative: bool) -> Answer:
    if draft.has_bad_amount:
        return draft.finished("That is not an amount I can price.", models=())
    load = load_of(draft)
    found = by_cost(draft, offerings, load)
    extreme = "cheapest"
    if superlative and draft.question.dearest_first:
        found, extreme = found[::-1], "most expensive"
    words = filter_words(draft)
    if not found:
        return draft.finished(
            f"No model {words or 'in the catalog'} is on record, among those that are sold with text prices today.",
            models=(),
        )
    place = draft.question.place if superlative and draft.question.place <= len(found) else 1
    top = found[: min(MOST_ROWS, max(draft.question.most or MOST_ROWS, place))]
    figures = [(each, figure) for each, _ in top if (figure := draft.row_cost(each, load))]
    is_plain = load.tier == STANDARD and not load.cached_share
    for each, _ in figures[: max(2, place) if superlative else 3] if is_plain else figures:
        draft.monthly_cost(each, load)
    names = [draft.name(each) for each, _ in figures]
    tied = len(found) > 1 and found[0][1] == found[1][1]
    draft.note("matches", len(found), "count", (), ("question|filters",))
    at = f"{usd(figures[0][1].decimal)} a month at {tokens(load.tokens or 0)} tokens"
    if place > 1:
        at = f"{usd(figures[place - 1][1].decimal)} a month at {tokens(load.tokens or 0)} tokens"
        headline = (
            f"{names[place - 1]} is the {PLACES[place]} {extreme} model {words + ', ' if words else 'on record, '}{at}; "
            f"the {extreme} is {names[0]} at {usd(figures[0][1].decimal)}."
        )
    elif superlative and draft.question.most and 1 < len(figures) <= MOST_NAMED:
        costs = listed([f"{names[place]} {usd(figure.decimal)}" for place, (_, figure) in enumerate(figures)])
        headline = f"The {extreme} models {words or 'on record'} at {tokens(load.tokens or 0)} tokens a month: {costs}."
    elif superlative and tied:
        level = [draft.name(each) for each, cost in top if cost == found[0][1]]
        headline = (
            f"The {extreme} models {words} cost the same: {listed(level)}, {at}."
            if words
            else f"{listed(level)} cost the same, {at}."
        )
    elif superlative:
        second = f"; next is {names[1]} at {usd(figures[1][1].decimal)}" if len(names) > 1 else ""
        headline = f"{names[0]} is the {extreme} model {words + ', ' if words else 'on record, '}{at}{second}."
    else:
        models = "model" if len(found) == 1 else "models"
        order = ", cheapest first" if len(found) > 1 else ""
        shown = f"{', '.join(names[:3])} and more" if len(names) > 3 else listed(names)
        headline = f"{number(len(found))} {models} {words + ' ' if words else ''}on record{order}: {shown}."
    draft.section("", table=_table(draft, figures, load))
    if len(found) > len(top):
        draft.section("", f"The {number(len(top))} {extreme} of {number(len(found))} are shown.")
    retirements(draft, None, [each for each, _ in figures[: 2 if superlative else 3]])
    for each, _ in figures[:1]:
        draft.upcoming(each)
    draft.offers += (
        [Offer(f"Compare {names[0]} and {names[1]}"[:70], f"/compare {figures[0][0].id} {figures[1][0].id}")]
        if len(names) > 1
        else []
    )
    return draft.finished(
        headline,
        winner=figures[0][0].id if superlative and not tied else None,
        models=tuple(each.id for each, _ in figures),
    )


def _table(
    draft: Draft, figures: list[tuple[Offering, Figure]], load: Workload, closest: Offering | None = None
) -> Table:
    rows = []
    for each, cost in figures:
        given, made = draft.price(each, "input", "standard"), draft.price(each, "output", "standard")
        window = draft.catalog.stated(each, "context_window")
        if window:
            draft.note(
                "context_window",
                int(window.value),
                "tokens",
                (each.id,),
                (f"fact|{each.model}|context_window|{window.source}",),
            )
        rows.append(
            (
                f"{draft.name(each)}{' (closest)' if each is closest else ''}",
                usd(cost.decimal),
                rate(given.decimal) if given else "-",
                rate(made.decimal) if made else "-",
                f"{int(window.value):,}" if window else "unknown",
            )
        )
    return Table(
        header=("Model", f"{tokens(load.tokens or 0)} tokens a month", "Input per MTok", "Output per MTok", "Context"),
        rows=tuple(rows),
    )


def alternatives(draft: Draft) -> Answer:
    """Models like one, cheaper where that was asked: by grade and price, the model itself not among them."""
    offering = draft.models[0]
    draft.only(1)
    load = load_of(draft)
    own = draft.bill(offering, load)
    if isinstance(own, NoPrice):
        draft.no_price(offering, own)
        return draft.finished(f"{draft.without_price([offering])} So I cannot look for cheaper ones.", models=())
    pool = [each for each in matching(draft) if each.model != offering.model]
    is_cheaper = draft.question.wants_cheaper
    fitting = [(each, cost) for each, cost in by_cost(draft, pool, load) if cost < own.usd or not is_cheaper]
    ranked = sorted(fitting, key=lambda pair: _unlikeness(draft, offering, pair[0]))[:MOST_ROWS]
    draft.monthly_cost(offering, load)
    if not ranked:
        what = f"cheaper than {draft.name(offering)}" if is_cheaper else "like that"
        return draft.finished(
            f"Nothing that the makers sell is {what} at {tokens(load.tokens or 0)} tokens a month.", models=()
        )
    ranked.sort(key=lambda pair: (pair[1], pair[0].id))
    figures = [(each, figure) for each, _ in ranked if (figure := draft.monthly_cost(each, load))]
    nearest = min(figures, key=lambda pair: _unlikeness(draft, offering, pair[0]))
    headline = (
        f"Closest to {draft.name(offering)}{' of those that cost less' if is_cheaper else ''}: {draft.name(nearest[0])}, {usd(nearest[1].decimal)} against {usd(own.usd)} a month "
        f"at {tokens(load.tokens or 0)} tokens."
    )
    retirements(draft, load, [offering])
    draft.remark("Likeness is judged by LMArena grade, context window and age; test it on your own prompts.")
    draft.section("", table=_table(draft, figures, load, closest=nearest[0]))
    draft.offers.append(Offer(f"Compare with {draft.name(nearest[0])}"[:70], f"/compare {offering.id} {nearest[0].id}"))
    return draft.finished(headline, models=tuple(each.id for each, _ in figures))


def _unlikeness(draft: Draft, wanted: Offering, other: Offering) -> tuple[Fraction, str]:
    """How far a model falls behind another: by LMArena, window and retirement; unknown counts as far."""
    catalog = draft.catalog
    places = catalog.arena_means
    apart = Fraction(1, 2)
    if wanted.model in places and other.model in places:
        apart = max(Fraction(0), places[wanted.model] - places[other.model])
    if (catalog.number(other, "context_window") or 0) < (catalog.number(wanted, "context_window") or 0):
        apart += Fraction(1, 8)
    if is_near(catalog.retirement(other), draft):
        apart += Fraction(1, 4)
    return apart, other.id


def also_compare(draft: Draft, offerings: list[Offering], most: int = 3) -> list[Offering]:
    """What else is worth a look: cheaper than the dearest, graded closest to it, one of each maker."""
    catalog, day = draft.catalog, draft.day
    dearest = max(offerings, key=lambda each: catalog.blend(each, day))
    models = {each.model for each in offerings}
    return [each for each in _nearest(catalog, dearest, day) if each.model not in models][:most]


@lru_cache(maxsize=4096)
def _nearest(catalog: Catalog, dearest: Offering, day: date, most: int = 9) -> tuple[Offering, ...]:
    """The models closest to one for no more money, one of each maker."""
    draft = Draft(Question(kind="alternatives", as_of=day.isoformat()), catalog, day, day)
    pool = [
        each
        for each in catalog.scope(day)
        if each.model != dearest.model
        and catalog.blend(each, day) <= catalog.blend(dearest, day)
        and not is_near(catalog.retirement(each), draft)
    ]
    chosen: dict[str, Offering] = {}
    for each in sorted(pool, key=lambda each: _unlikeness(draft, dearest, each)):
        chosen.setdefault(catalog.model(each).maker, each)
    return tuple(chosen.values())[:most]
