"""One model in full, or the one figure of it that was asked for."""

import re
from collections import Counter
from decimal import Decimal

from bot.answer.cost import usage_words
from bot.answer.costing import REQUESTS
from bot.answer.draft import Draft
from bot.answer.faq import ability, date_fact, limit
from bot.answer.grades import basis, grade_words, note_grades
from bot.answer.listing import also_compare, maker_name
from bot.answer.model import Answer, Figure, Offer, Table
from bot.answer.performance import ALL_NEEDS, NEED_WORDS, UNITS, benchmark_name, score_figure, shown, untested_line
from bot.answer.retirement import date_figure, retirements
from bot.wording import day as shown_day
from bot.wording import label, listed, rate, tokens, usd
from catalog.lookup import PRICE_UNITS, Stated
from catalog.models import STANDARD, TIERS, Offering, Score

WORDS = {"input": "input", "output": "output", "cached_input": "cached input", "cache_write": "cache write"}
BRACKETS = (("Budget", Decimal("0.5")), ("Value", Decimal(2)), ("Mid", Decimal(10)))
FLAGS = {
    "vision": "vision",
    "tools": "tool calls",
    "reasoning": "reasoning",
    "structured_output": "structured output",
    "open_weights": "open weights",
}
DATES = {"release_date": "Released", "knowledge_cutoff": "Knowledge until"}
FEWEST_WORDS, LONGEST_NOTE = 3, 200
LIMITS = {"context_window": "Context window", "max_output": "Longest output"}


def bracket(price: Decimal) -> str:
    """The price bracket by the output price per MTok."""
    return next((name for name, limit_price in BRACKETS if price < limit_price), "Ultra")


def profile(draft: Draft) -> Answer:
    """Prices, tiers, limits, abilities, grade, benchmarks, dates of a model."""
    offering = draft.models[0]
    name = draft.name(offering)
    given, made = draft.price(offering, "input", STANDARD), draft.price(offering, "output", STANDARD)
    grades = note_grades(draft, [offering])
    headline = profile_headline(draft, offering, given, made)
    draft.only(1)
    load = draft.question.workload
    if load.tokens and (figure := draft.monthly_cost(offering, load)):
        draft.remark(f"It costs {usd(figure.decimal)} a month for {usage_words(load)}.")
    draft.upcoming(offering)
    rates = draft.rates(offering, STANDARD)
    if rates.lower:
        draft.lower_price(offering, rates)
    retirements(draft, None, [offering])
    if any(each.kind == "missing_model" for each in draft.problems):
        draft.remark(
            "To compare, name a second model: "
            + listed(
                [
                    f"`/compare {draft.typed(offering)} {draft.typed(each)}`"
                    for each in also_compare(draft, [offering], 2)
                ],
                "or",
            )
            + "."
        )
    draft.section("Prices per million tokens", *_other_prices(draft, offering), table=_price_table(draft, offering))
    draft.section("Limits", *filter(None, [limit_line(draft, offering, field) for field in LIMITS]))
    draft.section("Abilities", _abilities(draft, offering), *filter(None, [modalities(draft, offering)]))
    draft.section("Dates", *_dates(draft, offering))
    graded = (
        f"{grade_words(draft, grades, offering)}, {basis(draft, grades)}."
        if grades.scores
        else "Ungraded: too few LMArena categories."
    )
    draft.section("Grade and benchmarks", graded, *_benchmarks(draft, offering))
    missing = _untested(draft, offering)
    draft.section("Untested", untested_line(draft, [offering], missing), is_folded=True)
    draft.section("Sold by", _hosts(draft, offering), is_folded=True)
    suggested = also_compare(draft, [offering])
    draft.section("Also compare", listed([draft.name(each) for each in suggested]) + "." if suggested else "")
    draft.offers += [
        Offer(f"Compare with {draft.name(each)}"[:70], f"/compare {offering.id} {each.id}") for each in suggested
    ]
    if offering.comment:
        draft.section("Price notes", _note(offering.comment), is_folded=True)
    return draft.finished(headline or name, untested=missing)


def _note(comment: str) -> str:
    """The price data's own remark: whole sentences of words, without bare links, as far as they are short."""
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", comment.replace("`", "")):
        is_link = len(re.sub(r"https?://\S+", "", sentence).split()) < FEWEST_WORDS
        if is_link or len(kept) + len(sentence) >= LONGEST_NOTE:
            continue
        kept = f"{kept} {sentence}".strip()
    return f"`{kept}`" if kept else ""


def profile_headline(draft: Draft, offering: Offering, given: Figure | None, made: Figure | None) -> str:
    """The prices, bracket and context of a model in a sentence."""
    name = draft.name(offering)
    if not given and not made:
        early = draft.unreleased(offering)
        draft.problem("no_price", early or f"{name}: no price per token on record")
        return f"{early or f'{name} has no price per token on record'}."
    parts = [f"{rate(figure.decimal)} {word}" for word, figure in (("input", given), ("output", made)) if figure]
    said = f"{name} by {maker_name(draft.catalog.model(offering).maker)} costs {' and '.join(parts)} per MTok"
    if made:
        found = draft.note("bracket", bracket(made.decimal), "text", (offering.id,), (*made.evidence, "rule|bracket"))
        said += f" ({found.value} price bracket)"
    window = limit(draft, offering, "context_window")
    return f"{said} and holds {int(window.value):,} tokens of context." if window else f"{said}."


def _price_table(draft: Draft, offering: Offering) -> Table | None:
    """Every price per MTok: a row for each tier and band."""
    rows = []
    for tier in TIERS:
        rates = draft.rates(offering, tier)
        if rates.tier != tier:
            continue
        bands = sorted(
            {0}
            | {
                threshold
                for word in WORDS
                if (found := rates.rates.get(PRICE_UNITS[word]))
                for threshold, _ in found.bands
            }
        )
        for threshold in bands:
            prompt = threshold + 1 if threshold else 0
            figures = [draft.price(offering, word, tier, prompt=prompt) for word in WORDS]
            if any(figures):
                over = f", over {tokens(threshold)} in" if threshold else ""
                if threshold:
                    draft.note(
                        "threshold", threshold, "count", (offering.id,), next(each.evidence for each in figures if each)
                    )
                rows.append((f"{tier}{over}", *(rate(each.decimal) if each else "-" for each in figures)))
    header = ("Service tier", "Input", "Output", "Cached input", "Cache write")
    kept = [column for column in range(len(header)) if not column or any(row[column] != "-" for row in rows)]
    return (
        Table(
            header=tuple(header[each] for each in kept), rows=tuple(tuple(row[each] for each in kept) for row in rows)
        )
        if rows
        else None
    )


def _other_prices(draft: Draft, offering: Offering) -> list[str]:
    """What is sold by other units than tokens."""
    if draft.unreleased(offering):
        return []
    lines = []
    for unit, found in draft.rates(offering, STANDARD).rates.items():
        if unit not in PRICE_UNITS.values():
            per = draft.catalog.units[unit].per
            words = unit.replace("_mtok", "").replace("_kcount", "").replace("_", " ")
            proof = (f"price|{offering.id}|{'requests' if unit == REQUESTS else unit}|{STANDARD}",)
            draft.note(f"{unit}_price", found.base, "USD/unit", (offering.id,), proof)
            draft.note("per", per, "count", (offering.id,), proof)
            lines.append(
                f"{words[:1].upper()}{words[1:]}: {rate(found.base)} per {per:,} {draft.catalog.units[unit].usage.replace('_', ' ')}"
            )
    return lines


def limit_line(draft: Draft, offering: Offering, field: str) -> str | None:
    """A limit, with how many sources agree on it and what the others say."""
    stated = draft.catalog.stated(offering, field)
    figure = limit(draft, offering, field)
    if stated is None or figure is None:
        return None
    return f"{LIMITS[field]}: {int(figure.value):,} tokens ({_agreement(draft, offering, field, stated)})"


def _agreement(draft: Draft, offering: Offering, field: str, stated: Stated) -> str:
    total = len(stated.agreeing) + len({fact.source for fact in stated.rivals})
    proof = tuple(
        f"fact|{offering.model}|{field}|{source}"
        for source in dict.fromkeys((*stated.agreeing, *(each.source for each in stated.rivals)))
    )
    agreeing = draft.note("sources_agreeing", len(stated.agreeing), "count", (offering.id,), proof)
    whole = draft.note("sources_total", total, "count", (offering.id,), proof)
    if not stated.rivals:
        return (
            f"{agreeing.value} of {whole.value} sources agree"
            if total > 1
            else f"source: {_source_word(draft, stated.source)}"
        )
    spread = []
    for value, count in Counter(fact.value for fact in stated.rivals).most_common(3):
        draft.note(
            field,
            int(value),
            "tokens",
            (offering.id,),
            tuple(f"fact|{offering.model}|{field}|{fact.source}" for fact in stated.rivals if fact.value == value),
        )
        who = listed([_source_word(draft, fact.source) for fact in stated.rivals if fact.value == value][:count])
        spread.append(f"{int(value):,} by {who}")
    return f"{agreeing.value} of {whole.value} sources; others: {'; '.join(spread)}"


def _source_word(draft: Draft, source: str) -> str:
    return f"`{source}`" if source in draft.catalog.sources else source


def _abilities(draft: Draft, offering: Offering) -> str:
    has: list[str] = []
    lacks: list[str] = []
    for field, words in FLAGS.items():
        if figure := ability(draft, offering, field):
            (has if figure.value == "true" else lacks).append(words)
    if not has and not lacks:
        return "Abilities: not on record."
    return f"{'Has ' + listed(has) if has else ''}{'; ' if has and lacks else ''}{'no ' + listed(lacks, 'or') if lacks else ''}."


def modalities(draft: Draft, offering: Offering) -> str:
    """What it takes and gives; empty where that is not on record."""
    parts = []
    for field, words in (("in_modalities", "Takes"), ("out_modalities", "gives")):
        stated = draft.catalog.stated(offering, field)
        if stated:
            draft.note(field, stated.value, "text", (offering.id,), (f"fact|{offering.model}|{field}|{stated.source}",))
            parts.append(f"{words} {listed(stated.value.split(','))}")
    return f"{', '.join(parts)}." if parts else ""


def _dates(draft: Draft, offering: Offering) -> list[str]:
    lines = []
    for field, words in DATES.items():
        if figure := date_fact(draft, offering, field):
            lines.append(f"{words}: {figure.value}")
    found = draft.catalog.retirement(offering)
    if found and found.deprecated_on:
        draft.note(
            "deprecated_on",
            shown_day(found.deprecated_on),
            "date",
            (offering.id,),
            (f"fact|{offering.id}|deprecated_on|model-retire",),
        )
        lines.append(f"Deprecated on: {shown_day(found.deprecated_on)}")
    if found and found.retires_on:
        date_figure(draft, offering, found)
        lines.append(f"Switched off on: {shown_day(found.retires_on)}")
    elif not found:
        lines.append("Retirement: none announced in the catalog.")
    return lines


def _benchmarks(draft: Draft, offering: Offering, most: int = 6) -> list[str]:
    """The results that matter most: LMArena overall, then one for each need, the newest first."""
    scores = [
        each for each in draft.catalog.model(offering).scores if each.source != "modelpicker" and each.unit in UNITS
    ]
    picked: list[Score] = []
    seen: set[str] = set()
    for each in sorted(
        scores,
        key=lambda each: (
            each.source != "lmarena",
            "overall" not in each.benchmark,
            each.kind == "vendor",
            each.benchmark,
        ),
    ):
        needs = draft.catalog.benchmarks[each.benchmark].needs
        key = min(needs, default="")
        if key and key not in seen and len(picked) < most:
            seen.add(key)
            picked.append(each)
    lines = []
    for each in picked:
        score_figure(draft, offering, each)
        source = draft.catalog.sources[each.source]
        lines.append(
            f"{label(benchmark_name(draft.catalog, each.benchmark))}: {shown(each)} ({source.name}, {each.kind}, {each.date})"
        )
    return lines or ["No benchmark result is on record."]


def _untested(draft: Draft, offering: Offering) -> tuple[str, ...]:
    covered = {
        need for each in draft.catalog.model(offering).scores for need in draft.catalog.benchmarks[each.benchmark].needs
    }
    return tuple(NEED_WORDS[need] for need in ALL_NEEDS if need not in covered and need != "bulk")


def _hosts(draft: Draft, offering: Offering) -> str:
    others = [
        each
        for each in draft.catalog.by_model[offering.model]
        if each is not offering and ":" not in each.id.partition("/")[2]
    ]
    if not others:
        return "No other provider's price is on record."
    named = list(dict.fromkeys(draft.catalog.providers[each.provider].name for each in others))
    draft.note(
        "matches",
        len(others),
        "count",
        (offering.id,),
        tuple(f"price|{each.id}|input|{STANDARD}" for each in others[:3]),
    )
    return f"Also sold by {listed(named[:8])}" + (" and others." if len(named) > 8 else ".")
