"""Retirement belongs to cost: who is switched off within a year, and what the replacement costs."""

import re
from datetime import timedelta

from bot.answer.draft import Draft
from bot.answer.model import Figure
from bot.question.model import Workload
from bot.wording import day, tokens, usd
from catalog.lookup import Catalog
from catalog.models import Offering, Retirement
from catalog.names import Named

SOON = timedelta(days=365)


def is_near(found: Retirement | None, draft: Draft) -> bool:
    """Whether a model is already off or will be within 12 months."""
    return bool(found and found.retires_on and found.retires_on <= draft.today + SOON)


def retirements(draft: Draft, load: Workload | None, offerings: list[Offering] | None = None) -> list[str]:
    """A sentence for each of the models that is switched off within 12 months, with its replacement's cost."""
    lines = [
        line
        for each in (draft.models if offerings is None else offerings)
        if (line := retirement_line(draft, each, load))
    ]
    for line in reversed(lines):
        draft.more.insert(0, line)
    return lines


def retirement_line(draft: Draft, offering: Offering, load: Workload | None) -> str | None:
    """When a model is switched off and what its replacement costs on the same workload; None if not within a year."""
    found = draft.catalog.retirement(offering)
    if found is None or found.retires_on is None or not is_near(found, draft):
        return None
    date_figure(draft, offering, found)
    left = (found.retires_on - draft.today).days
    if left <= 0:
        said = f"{draft.name(offering)} was switched off on {day(found.retires_on)}"
    else:
        draft.note("days_left", left, "days", (offering.id,), (_proof(offering),))
        said = f"{draft.name(offering)} is switched off on {day(found.retires_on)}, in {left} {'day' if left == 1 else 'days'}"
    successor = replacement(draft.catalog, offering, found)
    if successor is None:
        return (
            f"{said}; no replacement is named."
            if not found.replacement
            else f"{said}; named replacement: `{found.replacement}`."
        )
    draft.note("replacement", draft.name(successor), "text", (offering.id,), (_proof(offering),))
    if load is None or load.tokens is None:
        return f"{said}; its replacement is {draft.name(successor)}."
    cost = draft.monthly_cost(successor, load)
    price = f", {usd(cost.decimal)} a month at {tokens(load.tokens)} tokens" if cost else ""
    return f"{said}; its replacement is {draft.name(successor)}{price}."


def date_figure(draft: Draft, offering: Offering, found: Retirement) -> Figure | None:
    """The date of retirement, noted."""
    return (
        draft.note("retires_on", day(found.retires_on), "date", (offering.id,), (_proof(offering),))
        if found.retires_on
        else None
    )


def _proof(offering: Offering) -> str:
    return f"fact|{offering.id}|retires_on|model-retire"


def replacement(catalog: Catalog, offering: Offering, found: Retirement) -> Offering | None:
    """The offering that a provider names as the replacement, the first where it names several."""
    first = re.split(r",| or | and ", found.replacement)[0].strip(" `")
    if not first:
        return None
    same = catalog.offerings.get(f"{offering.provider}/{first}")
    if same:
        return same
    named = catalog.names.find(first, offering.provider)
    return catalog.offerings[named.offering] if isinstance(named, Named) else None
