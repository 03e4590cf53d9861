"""The SQLite file of the catalog: its tables, how it is written, how it is read. The only module that speaks SQL."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from sqlite_utils import Database

from catalog.lookup import PRICES, Catalog
from catalog.models import (
    STANDARD,
    Benchmark,
    Fact,
    Model,
    Offering,
    PriceList,
    Provider,
    Rate,
    Retirement,
    Score,
    Source,
    Unit,
)

SCHEMA_VERSION = 1
"""Kept in the file's user_version; a file of another schema is rebuilt."""

Row = dict[str, Any]
Rows = Mapping[str, Iterable[Row]]
"""The rows of each table."""

TABLES: dict[str, tuple[dict[str, type], tuple[str, ...], dict[str, str]]] = {
    "source": (
        {
            "id": str,
            "name": str,
            "version": str,
            "url": str,
            "licence": str,
            "credit": str,
            "data_date": str,
            "fetched_at": str,
        },
        ("id",),
        {},
    ),
    "provider": ({"id": str, "name": str, "pricing_url": str}, ("id",), {}),
    "unit": ({"id": str, "usage": str, "per": int, "dimensions": str}, ("id",), {}),
    "model": ({"id": str, "maker": str, "name": str}, ("id",), {}),
    "offering": (
        {
            "id": str,
            "provider": str,
            "name": str,
            "model": str,
            "context_window": int,
            "deprecated": int,
            "comment": str,
        },
        ("id",),
        {"provider": "provider", "model": "model"},
    ),
    "price": (
        {
            "offering": str,
            "position": int,
            "tier": str,
            "unit": str,
            "prompt_over": int,
            "usd": str,
            "starts_on": str,
            "hours_from": str,
            "hours_until": str,
            "source": str,
        },
        ("offering", "position", "unit", "prompt_over"),
        {"offering": "offering", "unit": "unit", "source": "source"},
    ),
    "alias": ({"alias": str, "offering": str, "is_pattern": int}, ("alias", "offering"), {"offering": "offering"}),
    "fact": (
        {"model": str, "field": str, "value": str, "source": str},
        ("model", "field", "source"),
        {"model": "model", "source": "source"},
    ),
    "benchmark": ({"id": str, "name": str, "needs": str, "aliases": str, "is_language": int}, ("id",), {}),
    "score": (
        {
            "model": str,
            "benchmark": str,
            "score": str,
            "unit": str,
            "higher_is_better": int,
            "effort": str,
            "harness": str,
            "kind": str,
            "url": str,
            "date": str,
            "low": str,
            "high": str,
            "votes": int,
            "source": str,
        },
        ("model", "benchmark", "effort", "harness", "source"),
        {"model": "model", "benchmark": "benchmark", "source": "source"},
    ),
    "retirement": (
        {
            "provider": str,
            "id": str,
            "status": str,
            "deprecated_on": str,
            "retires_on": str,
            "replacement": str,
            "url": str,
            "checked": str,
        },
        ("provider", "id"),
        {},
    ),
}
"""Columns, key and foreign keys of each table, parents before children. Money and scores are text."""

OPTIONAL = {
    "context_window",
    "starts_on",
    "hours_from",
    "hours_until",
    "low",
    "high",
    "votes",
    "deprecated_on",
    "retires_on",
    "checked",
}
"""The columns that may be null."""


class BrokenCatalog(ValueError):
    """The catalog file cannot be used: not SQLite, damaged, or of another schema."""


def write(path: Path, rows: Rows, fingerprint: int) -> None:
    """Write a new catalog file. The path must not exist yet; the fingerprint is that of Header."""
    database = Database(path)
    try:
        database.conn.execute("pragma journal_mode = off")
        with database.conn:
            for name, (columns, key, references) in TABLES.items():
                table = database.table(name)
                table.create(
                    columns,
                    pk=key[0] if len(key) == 1 else key,
                    strict=True,
                    not_null=set(columns) - OPTIONAL,
                    foreign_keys=[(column, other, "id") for column, other in references.items()],
                )
                table.insert_all(rows.get(name, ()), batch_size=1000)
            database.conn.execute(f"pragma user_version = {SCHEMA_VERSION}")
            database.conn.execute(f"pragma application_id = {fingerprint}")
        faults = list(database.query("pragma foreign_key_check"))
        if faults:
            raise BrokenCatalog(f"rows that point nowhere, the first: {faults[0]}")
    finally:
        database.close()


def open_catalog(path: Path) -> Catalog:
    """The whole file as one frozen value.

    Raises BrokenCatalog when it cannot be used, with one clear line.
    """
    with _opened(path) as database:
        found = database.execute("pragma user_version").fetchone()[0]
        if found != SCHEMA_VERSION:
            raise ValueError(f"it has schema {found}, this version needs {SCHEMA_VERSION}")
        return _catalog(database)


class Header(NamedTuple):
    """What a catalog file says of itself."""

    schema: int
    prices_version: str
    """The version of the price data that it was made from; empty for another schema."""
    fingerprint: int = 0
    """Of the curated files that it was made from, and of what was left out of them."""


def header(path: Path) -> Header:
    """The schema and age of a catalog file.

    Raises BrokenCatalog when it is no SQLite file.
    """
    with _opened(path) as database:
        schema = database.execute("pragma user_version").fetchone()[0]
        if schema != SCHEMA_VERSION:
            return Header(schema, "")
        found = database.execute("select version from source where id = ?", [PRICES]).fetchone()
        fingerprint = database.execute("pragma application_id").fetchone()[0]
        return Header(schema, found[0] if found else "", fingerprint)


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """The file, read only; whatever is wrong with it is raised as BrokenCatalog."""
    try:
        database = Database(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True))
        try:
            yield database
        finally:
            database.close()
    except (sqlite3.DatabaseError, ValueError, ArithmeticError, KeyError, TypeError) as error:
        raise BrokenCatalog(
            f"{path} is not a usable catalog ({error}); delete it, or name another file in COMPAREBOT_CATALOG"
        ) from error


def _select(database: Database, table: str) -> Iterator[tuple[Any, ...]]:
    columns = ", ".join(f"[{column}]" for column in TABLES[table][0])
    yield from database.execute(f"select {columns} from [{table}] order by rowid")  # noqa: S608 - names from TABLES


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _catalog(database: Database) -> Catalog:
    sources, fetched = {}, {}
    for *fields, fetched_at in _select(database, "source"):
        source = Source(*fields)
        sources[source.id] = source
        fetched[source.id] = datetime.fromisoformat(fetched_at).astimezone(UTC)
    lists = _price_lists(database)
    facts: dict[str, list[Fact]] = defaultdict(list)
    for model, *rest in _select(database, "fact"):
        facts[model].append(Fact(*rest))
    scores: dict[str, list[Score]] = defaultdict(list)
    for row in _select(database, "score"):
        model, benchmark, score, unit, higher, effort, harness, kind, url, day, low, high, votes, source = row
        scores[model].append(
            Score(
                model,
                benchmark,
                Decimal(score),
                unit,
                bool(higher),
                effort,
                harness,
                kind,
                url,
                day,
                _number(low),
                _number(high),
                votes,
                source,
            )
        )
    aliases = list(_select(database, "alias"))
    no_prices = (PriceList(STANDARD, None, None, {}),)
    return Catalog(
        sources=sources,
        fetched_at=fetched,
        providers={row[0]: Provider(*row) for row in _select(database, "provider")},
        units={
            id_: Unit(id_, usage, per, frozenset(tuple(pair.split("=", 1)) for pair in dimensions.split()))
            for id_, usage, per, dimensions in _select(database, "unit")
        },
        models={
            id_: Model(id_, maker, name, tuple(facts[id_]), tuple(scores[id_]))
            for id_, maker, name in _select(database, "model")
        },
        offerings={
            id_: Offering(id_, provider, name, model, context, bool(deprecated), comment, lists.get(id_, no_prices))
            for id_, provider, name, model, context, deprecated, comment in _select(database, "offering")
        },
        aliases=[(alias, offering) for alias, offering, is_pattern in aliases if not is_pattern],
        patterns=[(alias, offering) for alias, offering, is_pattern in aliases if is_pattern],
        benchmarks={
            id_: Benchmark(
                id_, name, frozenset(needs.split()), tuple(filter(None, names.split(";"))), bool(is_language)
            )
            for id_, name, needs, names, is_language in _select(database, "benchmark")
        },
        retirements=[
            Retirement(provider, id_, status, _day(deprecated), _day(retires), replacement, url, _day(checked))
            for provider, id_, status, deprecated, retires, replacement, url, checked in _select(database, "retirement")
        ],
    )


def _price_lists(database: Database) -> dict[str, tuple[PriceList, ...]]:
    """The price lists of each offering, in their order."""
    heads: dict[tuple[str, int], tuple[str, date | None, tuple[time, time] | None]] = {}
    steps: dict[tuple[str, int], dict[str, list[tuple[int, Decimal]]]] = {}
    for offering, position, tier, unit, prompt_over, usd, starts, since, until, _ in _select(database, "price"):
        key = offering, position
        if key not in heads:
            hours = (time.fromisoformat(since), time.fromisoformat(until)) if since else None
            heads[key], steps[key] = (tier, _day(starts), hours), {}
        steps[key].setdefault(unit, []).append((prompt_over, Decimal(usd)))
    found: dict[str, list[PriceList]] = defaultdict(list)
    for (offering, _), (tier, starts_on, hours) in heads.items():
        rates = {unit: Rate(bands[0][1], tuple(bands[1:])) for unit, bands in steps[offering, _].items()}
        found[offering].append(PriceList(tier, starts_on, hours, rates))
    return {offering: tuple(each) for offering, each in found.items()}
