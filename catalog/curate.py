"""Make and check the curated data files in `catalog/data` from the collected material.

`python -m catalog.curate --from ../shared/data` writes the made files anew and says what it dropped and why;
`--check` writes nothing, names each file that differs and exits 1.
Files kept by hand are never written, only checked.
"""

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from catalog.curated_rows import (
    BOOL_FIELDS,
    MODALITIES,
    AliasRow,
    BenchmarkNameRow,
    FactRow,
    ModelRow,
    RetirementRow,
    ScoreRow,
    SourceRow,
    as_csv,
    read_rows,
)

DATA = Path(__file__).parent / "data"
HAND_KEPT = ("sources.csv", "benchmark_names.csv", "benchmarks/modelpicker.csv", "facts/openai-docs.csv")

FIELD_OF_COLUMN = {
    "release": "release_date",
    "knowledge": "knowledge_cutoff",
    "context": "context_window",
    "max_output": "max_output",
    "in_modalities": "in_modalities",
    "out_modalities": "out_modalities",
    "tools": "tools",
    "reasoning": "reasoning",
    "vision": "vision",
    "json_schema": "structured_output",
    "open_weights": "open_weights",
}
BENCHMARK_FILES = {
    "aider": "aider",
    "bfcl": "bfcl",
    "epoch": "epoch",
    "llm-stats": "llm-stats",
    "lmarena": "lmarena",
    "openai-announcements": "openai-announcements",
    "openai-simple-evals": "simple-evals",
    "tau2-bench": "tau2-bench",
    "vectara-hallucination": "vectara",
}
HARNESS_SPELLING = {"vv0.1.3": "v0.1.3", "voriginal tau-bench": "original tau-bench"}
KINDS = {"independent": "independent", "vendor-reported": "vendor"}
ALIAS_BASES = (
    "exact-id",
    "dated-variant-of-id",
    "openrouter api row",
    "metergraph canonical_id + exact-id",
    "metergraph canonical_id + dated-variant-of-id",
    "metergraph canonical_id = genai id",
    "llmcapa row with the exact id",
    "models.dev row with the exact id",
    "llmledger mapping; id exact",
    "llmledger mapping; id equal up to punctuation/date",
    "HELM row; name exact-id",
    "HELM row; name dated-variant-of-id",
)


def shared_rows(path: Path) -> list[dict[str, str]]:
    """The lines of one CSV file of the collected material, without blanks around the values."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{column: value.strip() for column, value in row.items()} for row in csv.DictReader(file)]


def model_id(row: dict[str, str]) -> str:
    """`maker/model_key` of a collected row; an unknown maker is `unknown`."""
    if row["maker"] == "openai" and row.get("model_as_written") in ("openai/gpt-5-chat", "openai/gpt-5.2-chat"):
        return row["model_as_written"]
    return f"{row['maker'].replace('?', 'unknown')}/{row['model_key']}"


def source_id(written: str) -> str:
    """The short id of a source as models.csv writes it: `langchain_aws profile` is `langchain`."""
    special = {"added to litellm": "litellm-first-seen", "openrouter created": "openrouter-listed"}
    return special.get(written) or re.split(r"[/ _]", written)[0].lower()


def fact_value(field: str, value: str) -> str:
    """A collected value in our spelling: lower-case truth values, modalities in one order."""
    if field in BOOL_FIELDS:
        return value.lower()
    if field.endswith("modalities"):
        return ",".join(sorted(value.split(","), key=MODALITIES.index))
    return value


def make_models(shared: Path) -> dict[str, str]:
    """`models.csv` and one `facts/<source>.csv` for each source that models.csv names."""
    models, facts = [], defaultdict(list)
    for row in shared_rows(shared / "models.csv"):
        model = model_id(row)
        name_source = source_id(row["name_src"]) if row["name_src"] else ""
        maker = model.partition("/")[0]
        models.append(
            ModelRow(model=model, maker=maker, name=row["name"], name_source=name_source, offerings=row["offerings"])
        )
        for column, field in FIELD_OF_COLUMN.items():
            if value := row[column]:
                fact = FactRow(model=model, field=field, value=fact_value(field, value))
                facts[source_id(row[f"{column}_src"])].append(fact)
    files = {f"facts/{source}.csv": as_csv(rows, FactRow) for source, rows in facts.items()}
    return {"models.csv": as_csv(models, ModelRow)} | files


def score_row(row: dict[str, str]) -> ScoreRow:
    """One collected result in our columns."""
    return ScoreRow.model_validate(
        {
            "model": model_id(row),
            "benchmark": row["benchmark"],
            "score": row["score"],
            "unit": "rating" if row["unit"] == "raw" else row["unit"],
            "higher_is_better": "true" if row["higher_is_better"] == "1" else "false",
            "effort": row["effort"],
            "harness": HARNESS_SPELLING.get(row["harness"], row["harness"]),
            "kind": KINDS[row["kind"]],
            "url": row["source_url"],
            "date": row["date"],
            "low": row["low95"],
            "high": row["high95"],
            "votes": row["votes"],
        }
    )


def preference(row: dict[str, str]) -> tuple[str, str, float]:
    """Which of several results under one key is kept: the newest, the newest snapshot, the more modest score."""
    snapshot = max(re.findall(r"20\d{6}", row["model_as_written"].replace("-", "")), default="")
    score = float(row["score"])
    return row["date"], snapshot, -score if row["higher_is_better"] == "1" else score


def make_scores(shared: Path, dropped: list[str]) -> dict[str, str]:
    """`benchmarks/<source>.csv` for each collected file; rows left out are named in `dropped`."""
    files = {}
    for stem, source in BENCHMARK_FILES.items():
        kept: dict[tuple[str, str, str, str], ScoreRow] = {}
        raw = sorted(shared_rows(shared / "benchmarks" / f"{stem}.csv"), key=preference, reverse=True)
        for row in raw:
            said = f"{source}: {row['model_as_written']} {row['benchmark']} {row['score']} ({row['date'] or 'undated'})"
            if row["kind"] not in KINDS:
                dropped.append(f"{said}: neither the maker's nor an independent result ({row['source_url']})")
            elif not row["licence"]:
                dropped.append(f"{said}: no licence")
            elif (score := score_row(row)).key in kept:
                dropped.append(f"{said}: kept {kept[score.key].score} ({kept[score.key].date or 'undated'})")
            else:
                kept[score.key] = score
        files[f"benchmarks/{source}.csv"] = as_csv(kept.values(), ScoreRow)
    return files


def make_retirements(shared: Path) -> dict[str, str]:
    """`retirements.csv`: a row for each id, and one for each alias that the provider's page gives for it."""
    rows: dict[tuple[str, str], RetirementRow] = {}
    listed: list[dict[str, Any]] = json.loads((shared / "retirements.json").read_text(encoding="utf-8"))["models"]
    names = [(entry, name) for entry in listed for name in (entry["id"], *entry.get("aliases", []))]
    for entry, name in sorted(names, key=lambda pair: pair[0]["id"] != pair[1]):
        row = RetirementRow(
            provider=entry["provider"],
            id=name,
            status=entry["status"],
            deprecated_on=entry.get("deprecated_on") or "",
            retires_on=entry.get("retires_on") or "",
            replacement=entry.get("replacement") or "",
            url=entry["source"],
            checked=entry["checked"],
        )
        rows.setdefault((row.provider, row.id), row)
    return {"retirements.csv": as_csv(rows.values(), RetirementRow)}


def plain(text: str) -> str:
    """A name in lower case, letters and digits alone; `+` counts as the word plus."""
    return re.sub(r"[\W_]", "", text.lower().replace("+", "plus"))


def make_aliases(shared: Path, dropped: list[str]) -> dict[str, str]:
    """`aliases.csv`: names with a sure target that neither ids nor display names yield."""
    model_of, own_names = {}, defaultdict(set)
    for row in shared_rows(shared / "models.csv"):
        for offering in row["offerings"].split():
            model_of[offering] = model_id(row)
            provider_id = offering.partition("/")[2]
            short = provider_id.rpartition("/")[2]
            names = (offering, provider_id, short, row["name"], row["maker"] + row["name"], model_id(row))
            for name in (*names, row["model_key"]):
                own_names[plain(name)].add(model_id(row))
    targets: dict[str, set[str]] = defaultdict(set)
    spelling: dict[str, str] = {}
    for row in shared_rows(shared / "aliases.csv"):
        offering = f"{row['expected_provider']}/{row['expected_model_id']}"
        if row["basis"] in ALIAS_BASES and not row["price_provider_if_fallback"] and offering in model_of:
            targets[plain(row["alias"])].add(offering)
            spelling[plain(row["alias"])] = min(row["alias"], spelling.get(plain(row["alias"]), row["alias"]))
    rows = []
    for name, offerings in targets.items():
        models = {model_of[offering] for offering in offerings}
        if len(models) > 1:
            dropped.append(f"alias {spelling[name]!r}: means several models ({', '.join(sorted(models))})")
        elif name not in own_names:
            makers_own = [o for o in offerings if o.partition("/")[0] == next(iter(models)).partition("/")[0]]
            rows.append(AliasRow(alias=spelling[name], offering=min(makers_own or offerings)))
        elif not models <= own_names[name]:
            dropped.append(f"alias {spelling[name]!r}: is another model's own name")
    return {"aliases.csv": as_csv(rows, AliasRow)}


def faults(data: Path) -> list[str]:
    """What is wrong across the files in `data`: unnamed benchmarks, sources without terms, files of no source."""
    sources = {row.id for row in read_rows(data / "sources.csv", SourceRow)}
    names = {row.benchmark for row in read_rows(data / "benchmark_names.csv", BenchmarkNameRow)}
    used = {path.stem for folder in ("facts", "benchmarks") for path in (data / folder).glob("*.csv")}
    used |= {row.name_source for row in read_rows(data / "models.csv", ModelRow) if row.name_source}
    found = {row.benchmark for path in (data / "benchmarks").glob("*.csv") for row in read_rows(path, ScoreRow)}
    said = [f"{source}: not in sources.csv" for source in sorted(used - sources)]
    said += [f"{name}: not in benchmark_names.csv" for name in sorted(found - names)]
    return said + [f"{name}: named but in no benchmark file" for name in sorted(names - found)]


def make_files(shared: Path) -> tuple[dict[str, str], list[str]]:
    """Every made file by its path below the data folder, and what was left out and why."""
    dropped: list[str] = []
    files = make_models(shared) | make_scores(shared, dropped) | make_retirements(shared)
    return files | make_aliases(shared, dropped), dropped


def differing(files: dict[str, str], data: Path) -> list[str]:
    """Paths of made files that are missing, differ from `files` or should not be there."""
    there = {path.relative_to(data).as_posix(): path for path in data.rglob("*.csv")}
    strays = there.keys() - files.keys() - set(HAND_KEPT)
    changed = {name for name, text in files.items() if name not in there or there[name].read_bytes() != text.encode()}
    return sorted(strays | changed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; the exit status is 1 when a check fails."""
    parser = argparse.ArgumentParser(prog="python -m catalog.curate", description="Make the curated data files.")
    parser.add_argument("--from", dest="shared", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--check", action="store_true", help="write nothing, say which files differ")
    options = parser.parse_args(arguments)
    files, dropped = make_files(options.shared)
    changed = differing(files, DATA)
    for name in changed:
        print(f"differs: {name}")
    if options.check:
        wrong = faults(DATA)
        print("\n".join([*wrong, f"{len(changed)} files differ, {len(wrong)} faults"]))
        return 1 if changed or wrong else 0
    for name in changed:
        path = DATA / name
        if name in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[name], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    print("\n".join([*(f"dropped: {line}" for line in dropped), f"{len(dropped)} dropped, {len(changed)} written"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
