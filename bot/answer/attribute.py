"""The one figure of a model that was asked for."""

from bot.answer.draft import Draft
from bot.answer.faq import ability, date_fact, limit
from bot.answer.grades import basis, grade_words, note_grades
from bot.answer.model import Answer
from bot.answer.profile import DATES, FLAGS, LIMITS, WORDS, limit_line, modalities, profile_headline
from bot.answer.retirement import date_figure, is_near, retirement_line
from bot.wording import day as shown_day
from bot.wording import listed, rate, ratio, tokens
from catalog.lookup import PRICE_UNITS
from catalog.models import STANDARD, Offering

MOST_SENTENCES = 3
"""So many attributes of one breath are told in the headline."""


def attribute(draft: Draft) -> Answer:
    """The one figure, or few, that was asked for."""
    asked = draft.question.attribute or "price"
    every = draft.question.attributes or (asked,)
    said = [line for wanted in every for each in draft.models if (line := _said(draft, each, wanted))]
    if len(draft.models) > 1 and len(every) == 1 and asked in LIMITS:
        said = list(filter(None, [_largest(draft, asked), *said]))
    if asked == "context_window" and len(every) == 1 and (size := draft.question.workload.request_input_tokens):
        said = [*(_fits(draft, each, size) for each in draft.models), *said]
    if asked in FLAGS and len(every) == 1 and len(draft.models) > 1:
        said = [_which_can(draft, asked)]
    if asked == "release_date" and len(every) == 1 and len(draft.models) > 1:
        said = list(filter(None, [_newest(draft), *said]))
    times = _times(draft, asked) if len(draft.models) == 2 and asked in ("input_price", "output_price") else ""
    said = [*said, times] if len(every) > 1 else list(filter(None, [times, *said]))
    for each in draft.models:
        if any(wanted.endswith("price") for wanted in every):
            draft.upcoming(each)
            rates = draft.rates(each)
            if rates.lower:
                draft.lower_price(each, rates)
        if "retires_on" not in every and (soon := retirement_line(draft, each, None)):
            draft.remark(soon)
    headline, *rest = [line for line in said if line] or [
        f"That is not on record for {listed([draft.name(each) for each in draft.models])}."
    ]
    if len(every) > 1 and len(said) <= MOST_SENTENCES:
        headline, rest = " ".join(said), []
    draft.more[:0] = rest
    return draft.finished(headline)


def _said(draft: Draft, offering: Offering, asked: str) -> str:
    name = draft.name(offering)
    if asked == "price":
        return _prices(draft, offering, ("input", "output", "cached_input"))
    if asked.endswith("_price"):
        return _prices(draft, offering, (asked.removesuffix("_price"),))
    if asked in LIMITS:
        line = limit_line(draft, offering, asked)
        return (
            f"{name}'s {line[0].lower()}{line[1:]}."
            if line
            else f"The {LIMITS[asked].lower()} of {name} is not on record."
        )
    if asked in FLAGS:
        able = ability(draft, offering, asked)
        if able is None:
            return f"Whether {name} has {FLAGS[asked]} is not on record."
        return f"{'Yes' if able.value == 'true' else 'No'}: {name} has {'' if able.value == 'true' else 'no '}{FLAGS[asked]}."
    if asked == "licence":
        return _licence(draft, offering)
    if asked == "in_modalities":
        return f"{name}: {modalities(draft, offering) or 'its modalities are not on record.'}"
    if asked == "retires_on":
        return _retires(draft, offering)
    if asked in DATES:
        dated = date_fact(draft, offering, asked)
        words = "was released on" if asked == "release_date" else "has knowledge until"
        return (
            f"{name} {words} {dated.value}." if dated else f"The {asked.replace('_', ' ')} of {name} is not on record."
        )
    grades = note_grades(draft, [offering])
    if asked == "bracket":
        return profile_headline(
            draft, offering, draft.price(offering, "input", STANDARD), draft.price(offering, "output", STANDARD)
        )
    return f"{name}: {grade_words(draft, grades, offering)}{', ' + basis(draft, grades) if grades.scores else ''}."


def _licence(draft: Draft, offering: Offering) -> str:
    """The licence itself is in no source; whether the weights are open is."""
    name, able = draft.name(offering), ability(draft, offering, "open_weights")
    if able is None:
        return f"The licence of {name} is not on record."
    return f"The licence of {name} is not on record; {'its weights are open' if able.value == 'true' else 'it has no open weights'}."


def _retires(draft: Draft, offering: Offering) -> str:
    found = draft.catalog.retirement(offering)
    name = draft.name(offering)
    if found is None or found.retires_on is None:
        return f"No retirement of {name} is announced in the catalog."
    if is_near(found, draft):
        return retirement_line(draft, offering, None) or name
    date_figure(draft, offering, found)
    return f"{name} is switched off on {shown_day(found.retires_on)}."


def _prices(draft: Draft, offering: Offering, words: tuple[str, ...]) -> str:
    """Prices in the asked tier and band; what is not sold falls back to standard, and says so."""
    if early := draft.unreleased(offering):
        draft.problem("no_price", early)
        return f"{early}."
    name, asked = draft.name(offering), draft.question.workload
    rates = draft.rates(offering)
    if asked.tier not in (STANDARD, rates.tier) and not (asked.tier == "fast" and rates.tier == "priority"):
        draft.problem("tier_fallback", f"{name}: no {asked.tier} price, standard price shown")
    shown_prices = []
    for word in words:
        if figure := draft.price(offering, word, prompt=asked.prompt_tokens):
            tier = f" on {figure.tier}" if figure.tier else ""
            over = f" for requests over {tokens(int(figure.prompt_over))} input tokens" if figure.prompt_over else ""
            shown_prices.append(f"{rate(figure.decimal)} per MTok of {WORDS[word]}{tier}{over}")
        elif len(words) == 1:
            draft.problem("no_price", f"{name}: no {WORDS[word]} price on record")
    if asked.tier == STANDARD and not asked.prompt_tokens:
        _bands(draft, offering, words)
    return (
        f"{name}: {', '.join(shown_prices)}."
        if shown_prices
        else f"{name} has no {listed([WORDS[each] for each in words[:2]], 'or')} price on record."
    )


def _bands(draft: Draft, offering: Offering, words: tuple[str, ...]) -> None:
    """The long-context prices beside base prices."""
    rates = draft.rates(offering).rates
    bands = [found.bands for word in words if (found := rates.get(PRICE_UNITS[word]))]
    for threshold in sorted({threshold for each in bands for threshold, _ in each}):
        figures = [figure for word in words if (figure := draft.price(offering, word, prompt=threshold + 1))]
        draft.note("threshold", threshold, "count", (offering.id,), figures[0].evidence)
        shown = listed(
            [f"{rate(each.decimal)} {WORDS[each.name.removesuffix('_price')]}" for each in figures if each.prompt_over]
        )
        draft.remark(f"{draft.name(offering)}: requests over {tokens(threshold)} input tokens pay {shown}.")


def _fits(draft: Draft, offering: Offering, size: int) -> str:
    """Whether a prompt fits into a model's context window."""
    window = limit(draft, offering, "context_window")
    if window is None:
        return f"I cannot say for {draft.name(offering)}: its context window is not on record."
    word = "Yes" if size <= int(window.value) else "No"
    return f"{word}: {draft.name(offering)} holds {int(window.value):,} tokens of context, answers included; you ask for {tokens(size)}."


def _which_can(draft: Draft, asked: str) -> str:
    """Which of several models can do something."""
    by_answer: dict[str, list[str]] = {"true": [], "false": [], "": []}
    for each in draft.models:
        able = ability(draft, each, asked)
        by_answer[able.value if able else ""].append(draft.name(each))
    words = {"true": f"With {FLAGS[asked]}", "false": "without", "": "not on record"}
    said = "; ".join(f"{words[key]}: {listed(names)}" for key, names in by_answer.items() if names)
    return f"{said[:1].upper()}{said[1:]}."


def _newest(draft: Draft) -> str:
    """Which of several models is the newest, where all dates are known."""
    dated = [
        (figure.value, draft.name(each)) for each in draft.models if (figure := date_fact(draft, each, "release_date"))
    ]
    if len(dated) < len(draft.models) or len({day for day, _ in dated}) < len(dated):
        return ""
    (newest, name), *others = sorted(dated, reverse=True)
    rest = listed([f"{day} ({each})" for day, each in others])
    return f"{name} is {'newer' if len(dated) == 2 else 'the newest'}: released on {newest}, against {rest}."


def _largest(draft: Draft, asked: str) -> str:
    """Which of several models has the largest limit, where all are known."""
    known = [(each, int(figure.value)) for each in draft.models if (figure := limit(draft, each, asked))]
    if len(known) < len(draft.models):
        return ""
    known.sort(key=lambda pair: -pair[1])
    (best, most), *rest = known
    words = LIMITS[asked].lower()
    if most == rest[0][1]:
        level = [draft.name(each) for each, size in known if size == most]
        return f"{listed(level)} have the same {words}: {most:,} tokens."
    others = listed([f"{size:,} ({draft.name(each)})" for each, size in rest])
    is_longest = "longest output" in words
    return (
        f"{draft.name(best)} has the {words if is_longest else f'largest {words}'}: {most:,} tokens against {others}."
    )


def _times(draft: Draft, asked: str) -> str:
    first, second = draft.models[:2]
    word = asked.removesuffix("_price")
    one, other = draft.price(first, word), draft.price(second, word)
    if not one or not other or not one.decimal or not other.decimal:
        return ""
    (dear, high), (cheap, low) = (
        ((first, one), (second, other)) if one.decimal >= other.decimal else ((second, other), (first, one))
    )
    figure = draft.note(
        f"{word}_price_ratio",
        high.fraction / low.fraction,
        "ratio",
        (dear.id, cheap.id),
        (*high.evidence, *low.evidence),
    )
    if high.fraction == low.fraction:
        return f"{draft.name(dear)} and {draft.name(cheap)} have the same {WORDS[word]} price: {rate(high.decimal)} per MTok."
    return (
        f"{draft.name(dear)}'s {WORDS[word]} price is {ratio(figure.fraction)} times {draft.name(cheap)}'s: "
        f"{rate(high.decimal)} against {rate(low.decimal)} per MTok."
    )
