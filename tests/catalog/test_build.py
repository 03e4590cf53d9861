"""The catalog file: complete, checked, swapped in whole, built once however many start."""

import multiprocessing
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from genai_prices.data_snapshot import get_snapshot

from bot.catalog_file import CatalogFile
from bot.status import status_lines
from catalog import build, store
from catalog.collected import SPELLED_OTHERWISE
from catalog.lookup import ARENA, Catalog

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_every_offering_of_the_price_data_is_in_it(catalog: Catalog) -> None:
    """All of them, with each price list, band and variant."""
    theirs = {f"{provider.id}/{model.id}": model for provider in get_snapshot().providers for model in provider.models}
    assert set(catalog.offerings) == set(theirs)
    assert len(theirs) >= 2_330
    for id_, model in theirs.items():
        lists = len(model.prices) if isinstance(model.prices, list) else 1
        stored = sum(bool(each.rates) for each in catalog.offerings[id_].lists)
        assert stored <= lists + len(model.price_variants or [])
        assert catalog.offerings[id_].deprecated == bool(model.deprecated)


def test_money_is_text_and_tables_are_strict_with_foreign_keys(catalog_path: Path) -> None:
    """Anyone can open the file with any tool and trust its shape."""
    with sqlite3.connect(catalog_path) as connection:
        kinds = {
            row[0]
            for row in connection.execute(
                "select distinct typeof(usd) from price union select distinct typeof(score) from score"
            )
        }
        strict = {row[1] for row in connection.execute("pragma table_list") if row[5] == 1}
        keys = list(connection.execute("pragma foreign_key_list(price)"))
        broken = list(connection.execute("pragma foreign_key_check"))
        sources = list(
            connection.execute("select name, version, licence, fetched_at from source where id = 'genai-prices'")
        )
    connection.close()
    assert kinds == {"text"}
    assert strict >= set(store.TABLES)
    assert len(keys) == 3
    assert not broken
    assert sources[0][2] == "MIT"


def test_the_reference_pair_is_there_with_its_facts(catalog: Catalog) -> None:
    """Prices, limits, retirement and results of the two models that everything is shown with."""
    mini, big = catalog.offerings["openai/gpt-4.1-mini"], catalog.offerings["openai/gpt-5.4"]
    assert (catalog.number(mini, "context_window"), catalog.number(mini, "max_output")) == (1_047_576, 32_768)
    assert (catalog.number(big, "context_window"), catalog.number(big, "max_output")) == (1_050_000, 128_000)
    retirement = catalog.retirement(mini)
    assert retirement is not None
    assert (retirement.retires_on, retirement.replacement) == (date(2027, 1, 14), "gpt-6-luna")
    assert catalog.retirement(big) is None
    shared = [key for key, board in catalog.boards.items() if key[1] == ARENA and {mini.model, big.model} <= set(board)]
    assert len(shared) == 24


@pytest.mark.parametrize(
    "id_", ["google/gemini-flash-1.5", "google/gemini-flash-1.5-8b", "anthropic/claude-2", "openai/ada"]
)
def test_what_the_list_of_retirements_spells_otherwise_is_switched_off(catalog: Catalog, id_: str) -> None:
    """So that no list offers it."""
    assert catalog.is_retired(catalog.offerings[id_], date(2026, 11, 22))


def test_every_other_spelling_is_an_offering_of_the_price_data(catalog: Catalog) -> None:
    """A row that fits nothing would be dead."""
    ids = {f"{each.partition('/')[0].split('-')[0]}/{each.partition('/')[2]}" for each in SPELLED_OTHERWISE}
    assert ids <= catalog.offerings.keys()


def test_a_source_can_be_dropped_with_everything_that_it_says(tmp_path: Path) -> None:
    """One setting leaves LMArena out, and the rest stands."""
    path = tmp_path / "catalog.sqlite"
    build.build(path, NOW, dropped=[ARENA])
    without = store.open_catalog(path)
    assert ARENA not in without.sources
    assert not any(score.source == ARENA for model in without.models.values() for score in model.scores)
    assert without.percentiles == {}


def test_a_file_of_other_curated_data_is_made_anew(tmp_path: Path) -> None:
    """A new version of the bot, or another choice of sources, takes hold at the next start, and only then."""
    path = tmp_path / "catalog.sqlite"
    assert ARENA in CatalogFile(path).current().sources
    assert ARENA not in CatalogFile(path, [ARENA]).current().sources
    stamp = path.stat().st_mtime_ns
    assert ARENA not in CatalogFile(path, [ARENA]).current().sources
    assert path.stat().st_mtime_ns == stamp
    with sqlite3.connect(path) as connection:
        connection.execute("update source set version = '99.0.0' where id = 'genai-prices'")
    connection.close()
    assert build.is_current(path), "newer prices than the installed ones are never replaced"


def test_a_source_that_there_is_not_cannot_be_dropped(tmp_path: Path) -> None:
    """A slip in the setting is said, with the names that there are."""
    with pytest.raises(ValueError, match=r"no source called lmarina to leave out; there are .*lmarena"):
        build.build(tmp_path / "catalog.sqlite", NOW, dropped=["lmarina"])


def test_a_new_file_takes_the_place_of_the_old_one_at_once(tmp_path: Path) -> None:
    """A reader that has the old file open goes on reading it; nothing is left lying about."""
    path = tmp_path / "catalog.sqlite"
    build.build(path, NOW)
    file = CatalogFile(path)
    before = file.current()
    old = path.stat().st_ino
    build.build(path, NOW)
    assert path.stat().st_ino != old
    assert file.current() is not before
    assert file.current() is file.current()
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".new")] == []


def _start(path: str, results: "multiprocessing.Queue[float]") -> None:
    CatalogFile(Path(path)).current()
    results.put(Path(path).stat().st_mtime_ns)


def test_several_processes_that_start_at_once_build_it_once(tmp_path: Path) -> None:
    """They wait for the first and use what it built."""
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[float] = context.Queue()
    processes = [context.Process(target=_start, args=(str(tmp_path / "catalog.sqlite"), results)) for _ in range(3)]
    for process in processes:
        process.start()
    seen = {results.get(timeout=60) for _ in processes}
    for process in processes:
        process.join()
    assert len(seen) == 1


@pytest.mark.parametrize("content", [b"not a database at all, whatever it says" * 50, b""])
def test_a_file_that_is_no_catalog_is_refused_or_rebuilt_with_one_clear_line(tmp_path: Path, content: bytes) -> None:
    """A damaged file is never read as if it were empty."""
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(content)
    if content:
        with pytest.raises(store.BrokenCatalog, match="not a usable catalog"):
            CatalogFile(path).current()
    else:
        assert CatalogFile(path).current().offerings


def test_another_schema_and_older_price_data_are_rebuilt(tmp_path: Path) -> None:
    """The file says which schema and which price data it was made with."""
    path = tmp_path / "catalog.sqlite"
    build.build(path, NOW)
    assert build.is_current(path)
    for statement in ("update source set version = '0.0.1' where id = 'genai-prices'", "pragma user_version = 99"):
        with sqlite3.connect(path) as connection:
            connection.execute(statement)
        connection.close()
        assert not build.is_current(path)
        build.ensure(path, NOW)
        assert build.is_current(path)


def test_newer_refreshed_data_is_not_replaced_by_older_installed_data(tmp_path: Path) -> None:
    """A refresh stays in use until the installed package is newer than it."""
    path = tmp_path / "catalog.sqlite"
    build.build(path, NOW)
    with sqlite3.connect(path) as connection:
        connection.execute("update source set version = '99.0.0' where id = 'genai-prices'")
    connection.close()
    assert build.is_current(path)


def test_status_says_how_much_there_is_from_where_and_how_old(catalog: Catalog, catalog_path: Path) -> None:
    """For a person who wonders whether the prices are fresh."""
    lines = list(status_lines(catalog, catalog_path, NOW))
    assert "2,330 offerings by 47 providers" in lines[1]
    assert "15 days ago" in lines[2]
    assert any("lmarena" in line and "2026-10-20" in line for line in lines)
