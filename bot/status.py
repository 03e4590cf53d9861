"""What the catalog file holds, in lines for a person."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from catalog.lookup import PRICES, Catalog


def status_lines(catalog: Catalog, path: Path, now: datetime) -> Iterator[str]:
    """How many models, offerings and prices there are, from which sources, how old."""
    prices = sum(
        1 + len(rate.bands)
        for each in catalog.offerings.values()
        for prices in each.lists
        for rate in prices.rates.values()
    )
    scores = sum(len(model.scores) for model in catalog.models.values())
    facts = sum(len(model.facts) for model in catalog.models.values())
    yield f"{path}"
    yield (
        f"{len(catalog.offerings):,} offerings by {len(catalog.providers)} providers, {len(catalog.models):,} models, {prices:,} prices, "
        f"{facts:,} facts, {scores:,} benchmark results, {len(catalog.retirements)} retirements"
    )
    newest = catalog.prices_date
    age = f", {(now.date() - newest).days} days ago" if newest else ""
    yield f"Newest price in the past: {newest.isoformat() if newest else 'unknown'}{age}"
    for source in sorted(catalog.sources.values(), key=lambda each: each.id != PRICES):
        fetched = catalog.fetched_at[source.id]
        dated = f", data of {source.data_date}" if source.data_date else ""
        yield f"  {source.id} {source.version} ({source.licence}){dated}, fetched {fetched:%Y-%m-%d}"
