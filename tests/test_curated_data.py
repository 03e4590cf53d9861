"""The curated files in catalog/data: well formed, sourced, free of duplicates, and as the material gives them."""

import csv
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from genai_prices.data_snapshot import get_snapshot

from catalog.collected import SAME_MODEL, plain, shared_rows
from catalog.curate import DATA, HAND_KEPT, differing, faults, main, make_files
from catalog.curated_rows import (
    AliasRow,
    BenchmarkNameRow,
    FactRow,
    ModelRow,
    RetirementRow,
    Row,
    ScoreRow,
    SourceRow,
    as_csv,
    read_rows,
)

SHARED = Path(os.environ.get("COMPAREBOT_SHARED", Path(__file__).parents[2] / "shared")) / "data"
SHAPES: dict[str, type[Row]] = {
    "sources.csv": SourceRow,
    "models.csv": ModelRow,
    "retirements.csv": RetirementRow,
    "benchmark_names.csv": BenchmarkNameRow,
    "aliases.csv": AliasRow,
}
PATHS = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv"))


def shape_of(name: str) -> type[Row]:
    """The columns that a file by this name must have."""
    if name.startswith("facts/"):
        return FactRow
    return ScoreRow if name.startswith("benchmarks/") else SHAPES[name]


def all_facts() -> Iterator[tuple[str, FactRow]]:
    """Every fact with the id of its source."""
    for path in sorted((DATA / "facts").glob("*.csv")):
        yield from ((path.stem, row) for row in read_rows(path, FactRow))


def all_scores() -> Iterator[tuple[str, ScoreRow]]:
    """Every benchmark result with the id of its source."""
    for path in sorted((DATA / "benchmarks").glob("*.csv")):
        yield from ((path.stem, row) for row in read_rows(path, ScoreRow))


@pytest.mark.parametrize("name", PATHS)
def test_every_file_is_plain_sorted_csv_with_well_formed_rows(name: str) -> None:
    shape = shape_of(name)
    rows = read_rows(DATA / name, shape)
    assert rows
    assert (DATA / name).read_bytes().decode("utf-8") == as_csv(rows, shape)


@pytest.mark.parametrize("name", PATHS)
def test_no_key_occurs_twice_in_a_file(name: str) -> None:
    keys = {
        FactRow: ("model", "field"),
        ScoreRow: ("model", "benchmark", "effort", "harness"),
        SourceRow: ("id",),
        ModelRow: ("model",),
        RetirementRow: ("provider", "id"),
        BenchmarkNameRow: ("benchmark",),
        AliasRow: ("alias",),
    }
    shape = shape_of(name)
    counted = Counter(tuple(getattr(row, part) for part in keys[shape]) for row in read_rows(DATA / name, shape))
    assert [key for key, times in counted.items() if times > 1] == []


def test_every_source_used_has_a_licence_and_credit_and_every_benchmark_a_name() -> None:
    assert faults(DATA) == []


def test_every_source_listed_is_used_and_credited_on_the_sources_page() -> None:
    page = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    used = {source for source, _ in all_facts()} | {source for source, _ in all_scores()} | {"model-retire"}
    sources = {row.id: row for row in read_rows(DATA / "sources.csv", SourceRow)}
    assert set(sources) == used
    assert [row.id for row in sources.values() if f"| {row.id} |" not in page or row.url not in page] == []


def test_lmarenas_licence_is_given_in_both_ways_it_is_stated() -> None:
    licences = {row.id: row.licence for row in read_rows(DATA / "sources.csv", SourceRow)}
    assert "CC BY 4.0" in licences["lmarena"]
    assert "CC BY-NC 4.0" in licences["lmarena"]


def test_no_link_is_a_placeholder() -> None:
    assert [row.url for _, row in all_scores() if "//example." in row.url] == []


def test_shares_lie_between_0_and_100_and_ranges_around_their_score() -> None:
    for _, row in all_scores():
        score = float(row.score)
        assert row.unit != "%" or 0 <= score <= 100, row
        assert bool(row.low) == bool(row.high), row
        assert not row.low or float(row.low) <= score <= float(row.high), row


def test_one_name_means_one_unit_and_one_direction() -> None:
    name_of = {row.benchmark: row.name for row in read_rows(DATA / "benchmark_names.csv", BenchmarkNameRow)}
    meanings: dict[str, set[tuple[str, str]]] = {}
    for _, row in all_scores():
        meanings.setdefault(name_of[row.benchmark], set()).add((row.unit, row.higher_is_better))
    assert {name: seen for name, seen in meanings.items() if len(seen) > 1} == {}


def test_one_way_of_typing_a_benchmark_means_one_name() -> None:
    meanings: dict[str, set[str]] = {}
    for row in read_rows(DATA / "benchmark_names.csv", BenchmarkNameRow):
        for alias in filter(None, row.aliases.split(";")):
            meanings.setdefault(alias, set()).add(row.name)
    assert {alias: names for alias, names in meanings.items() if len(names) > 1} == {}
    assert meanings["mmlu"] == {"MMLU"}
    assert meanings["swe-bench"] == {"SWE-bench Verified"}


def test_only_lmarenas_languages_are_languages() -> None:
    rows = read_rows(DATA / "benchmark_names.csv", BenchmarkNameRow)
    languages = {row.name.removeprefix("LMArena in ") for row in rows if row.is_language == "true"}
    assert languages == {"Chinese", "French", "German", "Japanese", "Korean", "Russian", "Spanish"}


def test_every_offering_named_is_in_the_installed_price_data() -> None:
    sold = {f"{provider.id}/{model.id}" for provider in get_snapshot().providers for model in provider.models}
    named = [name for row in read_rows(DATA / "models.csv", ModelRow) for name in row.offerings.split()]
    assert set(named) <= sold
    assert len(named) == len(set(named))
    assert {row.offering for row in read_rows(DATA / "aliases.csv", AliasRow)} <= sold


def test_no_alias_is_only_another_spelling_of_its_offering() -> None:
    rows = read_rows(DATA / "aliases.csv", AliasRow)
    assert [
        row for row in rows if plain(row.alias) in (plain(row.offering), plain(row.offering.partition("/")[2]))
    ] == []
    assert len({plain(row.alias) for row in rows}) == len(rows)


def test_a_plus_in_a_name_is_not_lost() -> None:
    assert plain("Command R+") != plain("Command R")


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        ("openai/gpt-4.1-mini", "knowledge_cutoff", "2024-06"),
        ("openai/gpt-4.1-mini", "context_window", "1047576"),
        ("openai/gpt-4.1-mini", "max_output", "32768"),
        ("openai/gpt-4.1-mini", "release_date", "2025-04-14"),
        ("openai/gpt-4.1-mini", "reasoning", "false"),
        ("openai/gpt-5.4", "knowledge_cutoff", "2025-08-31"),
        ("openai/gpt-5.4", "context_window", "1050000"),
        ("openai/gpt-5.4", "max_output", "128000"),
        ("openai/gpt-5.4", "release_date", "2026-03-05"),
        ("openai/gpt-5.4", "in_modalities", "text,image"),
    ],
)
def test_most_sources_give_the_published_facts_of_the_reference_pair(model: str, field: str, value: str) -> None:
    said = Counter(row.value for _, row in all_facts() if (row.model, row.field) == (model, field))
    assert said.most_common(1)[0][0] == value


@pytest.mark.parametrize(
    ("source", "model", "benchmark", "score"),
    [
        ("lmarena", "openai/gpt-4.1-mini", "Arena Everything (overall)", "1382.9"),
        ("lmarena", "openai/gpt-5.4", "Arena Everything (overall)", "1475.2"),
        ("llm-stats", "openai/gpt-4.1-mini", "GPQA", "65.0"),
        ("openai-announcements", "openai/gpt-5.4", "GPQA", "92.8"),
        ("simple-evals", "openai/gpt-4.1-mini", "MMLU", "87.5"),
        ("modelpicker", "openai/gpt-4.1-mini", "modelpicker 12-task grade", "2.50"),
        ("modelpicker", "openai/gpt-5.4", "modelpicker 12-task grade", "2.50"),
        ("modelpicker", "openai/gpt-4.1-mini", "MMLU", "82.1"),
        ("modelpicker", "openai/gpt-5.4", "MMLU", "88.2"),
        ("epoch", "anthropic/claude-sonnet-3.5", "Epoch SWE-Bench verified", "40.6"),
        ("llm-stats", "anthropic/claude-haiku-4.5", "AIME 2025", "80.7"),
    ],
)
def test_published_scores_come_out_with_their_source(source: str, model: str, benchmark: str, score: str) -> None:
    found = [r.score for where, r in all_scores() if (where, r.model, r.benchmark) == (source, model, benchmark)]
    assert found == [score]


def test_the_reference_pair_shares_24_lmarena_boards() -> None:
    boards = [(row.model, row.benchmark) for source, row in all_scores() if source == "lmarena"]
    mini, full = ({b for m, b in boards if m == model} for model in ("openai/gpt-4.1-mini", "openai/gpt-5.4"))
    assert len(mini & full) == 24


def test_gpt_4_1_mini_is_switched_off_in_january_2027_and_gpt_6_luna_replaces_it() -> None:
    rows = {(row.provider, row.id): row for row in read_rows(DATA / "retirements.csv", RetirementRow)}
    row = rows["openai", "gpt-4.1-mini-2025-04-14"]
    assert (row.deprecated_on, row.retires_on, row.replacement) == ("2026-10-14", "2027-01-14", "gpt-6-luna")


def test_a_name_listed_beside_a_retired_id_has_the_same_date() -> None:
    rows = {(row.provider, row.id): row for row in read_rows(DATA / "retirements.csv", RetirementRow)}
    assert rows["openai", "o3-mini"].retires_on == rows["openai", "o3-mini-2025-01-31"].retires_on != ""


def test_no_file_names_a_package_registry() -> None:
    registry = re.compile("py" + r"pi\.org|npm" + r"js|pythonhosted")
    texts = {path.name: path.read_text(encoding="utf-8") for path in DATA.rglob("*.*")}
    assert [name for name, text in texts.items() if registry.search(text)] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("release_date", "2026-13-01"),
        ("context_window", "-5"),
        ("tools", "yes"),
        ("in_modalities", "text,smell"),
        ("x", "1"),
    ],
)
def test_a_malformed_fact_is_refused_with_file_and_line(tmp_path: Path, field: str, value: str) -> None:
    path = tmp_path / "facts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["model", "field", "value"], ["openai/gpt-5.4", field, value]])
    with pytest.raises(ValueError, match=r"facts\.csv, line 2"):
        read_rows(path, FactRow)


def test_a_changed_a_missing_and_a_stray_file_are_told_apart_from_the_rest(tmp_path: Path) -> None:
    (tmp_path / "same.csv").write_bytes(b"a\n1\n")
    (tmp_path / "changed.csv").write_bytes(b"a\n2\n")
    (tmp_path / "stray.csv").write_bytes(b"a\n3\n")
    (tmp_path / "sources.csv").write_bytes(b"a\n4\n")
    made = {"same.csv": "a\n1\n", "changed.csv": "a\n1\n", "missing.csv": "a\n1\n"}
    assert differing(made, tmp_path) == ["changed.csv", "missing.csv", "stray.csv"]


def test_a_folder_without_the_material_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--from", str(tmp_path)])
    assert stopped.value.code == 2
    assert "holds no models.csv" in capsys.readouterr().err


def test_the_files_agree_with_the_material_or_are_complete_where_it_is_absent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    if SHARED.is_dir():
        assert main(["--from", str(SHARED), "--check"]) == 0, capsys.readouterr().out
    assert {"models.csv", "retirements.csv", "aliases.csv", *HAND_KEPT} <= set(PATHS)
    assert len(read_rows(DATA / "models.csv", ModelRow)) == 842 - len(SAME_MODEL)


def test_nothing_is_left_out_without_a_reason() -> None:
    if SHARED.is_dir():
        files, dropped = make_files(SHARED)
        assert all(": " in line for line in dropped)
        lines = sum(text.count("\n") - 1 for name, text in files.items() if name.startswith("benchmarks/"))
        collected = sum(len(shared_rows(path)) for path in (SHARED / "benchmarks").glob("*.csv"))
        scores = [line for line in dropped if not line.startswith(("alias", "fact"))]
        assert lines + len(scores) == collected
    assert sum(1 for source, _ in all_scores() if source == "lmarena") == 5648
