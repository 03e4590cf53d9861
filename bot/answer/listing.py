"""Answers that look through the catalog: the cheapest of all, lists by filters, alternatives, what else to compare."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from bot.answer.costing import NoPrice
from bot.answer.draft import Draft, at_volume
from bot.answer.model import Answer, Figure, Offer, Table
from bot.answer.retirement import date_figure, is_near, replacement, retirements
from bot.question.cues import FAMILY_MAKERS
from bot.question.model import Order, Question, Workload
from bot.wording import listed, number, rate, tokens, usd
from catalog.lookup import OWN_API, Catalog
from catalog.models import STANDARD, Offering
from catalog.names import tokens as name_tokens

MOST_ROWS = 10
MOST_NAMED = 5
"""So many models of a ranking a headline names, each with its cost."""
PLACES = ("", "", "second", "third", "fourth", "fifth")
ABILITIES = ("vision", "tools", "reasoning", "structured_output", "open_weights")
INPUTS = {"audio": ("audio",), "video": ("video",), "pdf": ("pdf", "file")}
"""What takes it: the words for it in a model's inputs."""
SIZES = {"context": "context_window", "max_output": "max_output"}
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
WITH = {"true": "with", "false": "without"}
FILTER_WORDS: dict[str, Callable[[str], str]] = {
    "maker": lambda value: f"by {value}",
    "not_maker": lambda value: f"not by {value}",
    "provider": lambda value: f"on {value}",
    "tier": lambda value: f"sold on {value}",
    "family": lambda value: f"of the {value} family",
    "vision": lambda value: f"{WITH[value]} vision",
    "tools": lambda value: f"{WITH[value]} tool calls",
    "reasoning": lambda value: f"{WITH[value]} reasoning",
    "structured_output": lambda value: f"{WITH[value]} structured output",
    "open_weights": lambda value: f"{WITH[value]} open weights",
    "audio": lambda value: f"{WITH[value]} audio input",
    "video": lambda value: f"{WITH[value]} video input",
    "pdf": lambda value: f"{WITH[value]} PDF input",
    "staying": lambda _: "without a date of retirement",
}

BOUND_WORDS: dict[str, Callable[[str, str], str]] = {
    "context": lambda word, value: f"with {word} {tokens(int(value))} tokens of context",
    "max_output": lambda word, value: f"with answers of {word} {tokens(int(value))} tokens",
    "input_price": lambda word, value: (
        f"with an input price {word.replace('at', 'of at')} {rate(Decimal(value))} per MTok"
    ),
    "output_price": lambda word, value: (
        f"with an output price {word.replace('at', 'of at')} {rate(Decimal(value))} per MTok"
    ),
}


def maker_name(maker: str) -> str:
    """What a maker calls itself."""
    return MAKER_NAMES.get(maker, maker.title())


def load_of(draft: Draft) -> Workload:
    """The stated workload, else a million tokens, half and half."""
    asked = draft.question.workload
    return asked if asked.tokens is not None else at_volume(asked, 10**6)


def matching(draft: Draft) -> list[Offering]:
    """The offerings that a catalog-wide question is about, by its filters."""
    filters = draft.question.filters
    return [
        each
        for host in filters.get("provider", "").split(",")
        for each in draft.catalog.scope(draft.day, host or None)
        if _fits(draft, each, filters) and not draft.catalog.is_retired(each, draft.today)
    ]


def _fits(draft: Draft, offering: Offering, filters: dict[str, str]) -> bool:
    catalog = draft.catalog
    if not _fits_maker(draft, offering, filters):
        return False
    if not all(_within(catalog.number(offering, field), filters, name) for name, field in SIZES.items()):
        return False
    for field in ABILITIES:
        if field in filters:
            stated = catalog.stated(offering, field)
            if stated is None or stated.value != filters[field]:
                return False
    if "tier" in filters and draft.rates(offering, filters["tier"]).tier == STANDARD:
        return False
    inputs = catalog.stated(offering, "in_modalities")
    taken = inputs.value.split(",") if inputs else []
    if any(
        name in filters and (not inputs or bool(set(words) & set(taken)) != (filters[name] == "true"))
        for name, words in INPUTS.items()
    ):
        return False
    return (
        _fits_dates(draft, offering, filters)
        and _fits_bill(draft, offering, filters)
        and all(_fits_price(draft, offering, filters, side) for side in ("input", "output"))
    )


def _fits_maker(draft: Draft, offering: Offering, filters: dict[str, str]) -> bool:
    """Whether one of the named makers makes it, and where families of that maker are named, it is of one of them."""
    maker = draft.catalog.model(offering).maker
    named = {name: filters.get(name, "").split(",") for name in ("maker", "not_maker", "family")}
    if maker in named["not_maker"] or ("maker" in filters and maker not in named["maker"]):
        return False
    words = name_tokens(f"{offering.id} {offering.name}")
    of_all = [each for each in named["family"] if each and not FAMILY_MAKERS[each]]
    of_maker = [each for each in named["family"] if each and FAMILY_MAKERS[each] == maker]
    return all(each in words for each in of_all) and (not of_maker or any(each in words for each in of_maker))


def _within(value: Decimal | int | None, filters: dict[str, str], name: str) -> bool:
    """Whether a value is within the bounds on it; one that is not known is within none."""
    low, high = filters.get(f"min_{name}"), filters.get(f"max_{name}")
    if value is None:
        return low is None and high is None
    if high is not None and not (
        value < Decimal(high) or (f"max_{name}_inclusive" in filters and value == Decimal(high))
    ):
        return False
    is_from = f"min_{name}_inclusive" in filters or name in SIZES
    return low is None or value > Decimal(low) or (is_from and value == Decimal(low))


def _fits_dates(draft: Draft, offering: Offering, filters: dict[str, str]) -> bool:
    """Whether it came out and goes within the bounds; a date that is not known is within none."""
    found = draft.catalog.retirement(offering)
    retires = found.retires_on.isoformat() if found and found.retires_on else ""
    if "staying" in filters and retires:
        return False
    days = {"released": draft.catalog.release(offering), "retires": retires}
    for name, day in days.items():
        start, end = filters.get(f"{name}_from"), filters.get(f"{name}_to")
        if (start or end) and not (day and (start or "")[: len(day)] <= day <= (end or "9999")):
            return False
    return True


def _fits_bill(draft: Draft, offering: Offering, filters: dict[str, str]) -> bool:
    if not {"min_monthly_cost", "max_monthly_cost"} & filters.keys():
        return True
    found = draft.bill(offering, load_of(draft))
    return not isinstance(found, NoPrice) and _within(found.usd, filters, "monthly_cost")


def _fits_price(draft: Draft, offering: Offering, filters: dict[str, str], side: str) -> bool:
    found = draft.catalog.price(offering, side, draft.day)
    if found is None:
        return False
    return _within(found.base, filters, f"{side}_price")


def by_cost(draft: Draft, offerings: list[Offering], load: Workload) -> list[tuple[Offering, Decimal]]:
    """Offerings with their cost, cheapest first, ties by id."""
    found = [(each, bill.usd) for each in offerings if not isinstance(bill := draft.bill(each, load), NoPrice)]
    return sorted(found, key=lambda pair: (pair[1], pair[0].id))


def filter_words(draft: Draft) -> str:
    """Filters in words, makers and hosts by the names that they go by."""
    filters = draft.question.filters
    named = dict(filters)
    if "provider" in filters:
        named["provider"] = listed(
            [draft.catalog.providers[each].name for each in filters["provider"].split(",")], "or"
        )
    for name in ("maker", "not_maker"):
        if name in filters:
            makers = filters[name].split(",")
            named[name] = listed([maker_name(each) for each in makers], "or")
    if filters.get("provider") == OWN_API.get(filters.get("maker", "")):
        named.pop("provider", None)
    if families := filters.get("family"):
        named["family"] = listed(families.split(","), "or")
    parts = [words(named[name]) for name, words in FILTER_WORDS.items() if name in named]
    for name, word in (("released", "released"), ("retires", "retiring")):
        start, end = filters.get(f"{name}_from"), filters.get(f"{name}_to")
        if start or end:
            when = f"between {start} and {end}" if start and end else f"from {start} on" if start else f"until {end}"
            parts.append(f"{word} {when}")
    sides = (("max", "under", "at most"), ("min", "over", "at least"))
    for name, words in BOUND_WORDS.items():
        for side, strict, loose in sides:
            if value := filters.get(f"{side}_{name}"):
                is_within = f"{side}_{name}_inclusive" in filters or (side == "min" and name in SIZES)
                parts.append(words(loose if is_within else strict, value))
    if bounds := [each for each in sides if f"{each[0]}_monthly_cost" in filters]:
        costs = [
            f"{loose if f'{side}_monthly_cost_inclusive' in filters else strict} {usd(Decimal(filters[f'{side}_monthly_cost']))}"
            for side, strict, loose in bounds
        ]
        parts.append(f"for {listed(costs)} a month at {tokens(load_of(draft).tokens or 0)} tokens")
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
    order = draft.question.order
    if order and (sized := [(each, cost) for each, cost in found if _measure(draft, each, order)]):
        found = sorted(sized, key=lambda pair: _measure(draft, pair[0], order), reverse=True)
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
        first = f", {FIRST[order] if order else 'cheapest'} first" if len(found) > 1 else ""
        if order:
            measure = _cell(draft, figures[0][0], order)
            names[0] = f"{names[0]} ({measure})" if order == "release_date" else f"{names[0]} ({measure} tokens)"
        shown = f"{', '.join(names[:3])} and more" if len(names) > 3 else listed(names)
        headline = f"{number(len(found))} {models} {words + ' ' if words else ''}on record{first}: {shown}."
    draft.section("", table=_table(draft, figures, load))
    if len(found) > len(top):
        draft.section("", f"The {number(len(top))} {'first' if order else extreme} of {number(len(found))} are shown.")
    retirements(draft, None, [each for each, _ in figures[: 2 if superlative else 3]])
    for each, _ in figures[:1]:
        draft.upcoming(each)
    draft.offers += (
        [
            Offer(
                f"Compare {draft.name(figures[0][0])} and {names[1]}"[:70],
                f"/compare {figures[0][0].id} {figures[1][0].id}",
            )
        ]
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
    rows, column = [], _column(draft.question)
    for each, cost in figures:
        given, made = draft.price(each, "input", "standard"), draft.price(each, "output", "standard")
        rows.append(
            (
                f"{draft.name(each)}{' (closest)' if each is closest else ''}",
                usd(cost.decimal),
                rate(given.decimal) if given else "-",
                rate(made.decimal) if made else "-",
                _cell(draft, each, column),
            )
        )
    return Table(
        header=(
            "Model",
            f"{tokens(load.tokens or 0)} tokens a month",
            "Input per MTok",
            "Output per MTok",
            COLUMNS[column],
        ),
        rows=tuple(rows),
    )


COLUMNS = {
    "context_window": "Context",
    "max_output": "Longest output",
    "release_date": "Released",
    "retires_on": "Retires",
}
FIRST: dict[Order, str] = {
    "context_window": "largest context",
    "max_output": "longest output",
    "release_date": "newest",
}


def _column(question: Question) -> str:
    """What a list shows of each model beside its prices: what was asked about, else the context window."""
    if question.order:
        return question.order
    for column, word in (("retires_on", "retires"), ("release_date", "released"), ("max_output", "max_output")):
        if any(word in name and not name.endswith(("_price", "_inclusive")) for name in question.filters):
            return column
    return "context_window"


def _measure(draft: Draft, offering: Offering, column: str) -> int | str:
    """What models are put in order by: a limit in tokens or a day; 0 or empty where it is not known."""
    return draft.catalog.release(offering) if column == "release_date" else draft.catalog.number(offering, column) or 0


def _cell(draft: Draft, offering: Offering, column: str) -> str:
    """A model's limit or date, noted."""
    if column == "retires_on":
        found = draft.catalog.retirement(offering)
        figure = date_figure(draft, offering, found) if found else None
        return figure.value if figure else "no date"
    stated = draft.catalog.stated(offering, column)
    if stated is None:
        return "unknown"
    unit = "date" if column == "release_date" else "tokens"
    value = stated.value if unit == "date" else int(stated.value)
    draft.note(column, value, unit, (offering.id,), (f"fact|{offering.model}|{column}|{stated.source}",))
    return stated.value if unit == "date" else f"{int(stated.value):,}"


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
    unlikeness = _unlikeness if is_cheaper else _distance
    ranked = sorted(fitting, key=lambda pair: unlikeness(draft, offering, pair[0]))[:MOST_ROWS]
    draft.monthly_cost(offering, load)
    if not ranked:
        what = f"cheaper than {draft.name(offering)}" if is_cheaper else "like that"
        return draft.finished(
            f"Nothing that the makers sell is {what} at {tokens(load.tokens or 0)} tokens a month.", models=()
        )
    ranked.sort(key=lambda pair: (pair[1], pair[0].id))
    figures = [(each, figure) for each, _ in ranked if (figure := draft.monthly_cost(each, load))]
    nearest = min(figures, key=lambda pair: unlikeness(draft, offering, pair[0]))
    headline = (
        f"Closest to {draft.name(offering)}{' of those that cost less' if is_cheaper else ''}: {draft.name(nearest[0])}, {usd(nearest[1].decimal)} against {usd(own.usd)} a month "
        f"at {tokens(load.tokens or 0)} tokens."
    )
    retirements(draft, load, [offering])
    draft.remark(
        f"Likeness is judged by LMArena grade, {'' if is_cheaper else 'price, '}context window and retirement; test it on your own prompts."
    )
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


def _distance(draft: Draft, wanted: Offering, other: Offering) -> tuple[Fraction, str]:
    """How unlike another model is: by how far it falls behind, and how far it is from its price and grade at all."""
    behind, id_ = _unlikeness(draft, wanted, other)
    places, prices = draft.catalog.arena_means, [draft.catalog.blend(each, draft.day) for each in (wanted, other)]
    ahead = Fraction(0)
    if wanted.model in places and other.model in places:
        ahead = max(Fraction(0), places[other.model] - places[wanted.model])
    apart = 1 - Fraction(min(prices)) / Fraction(max(prices)) if max(prices) else Fraction(0)
    found = draft.catalog.retirement(wanted)
    named = replacement(draft.catalog, wanted, found) if found else None
    is_named = named is not None and named.model == other.model
    return behind + ahead / 2 + apart / 2 - is_named, id_


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
