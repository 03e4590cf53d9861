"""The material collected in ../shared/data, turned into the texts of the made files of `catalog/data`.

Each function gives file texts by path below the data folder and appends to `dropped` what it left out and why.
"""

import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.curated_rows import (
    BOOL_FIELDS,
    MODALITIES,
    AliasRow,
    FactRow,
    ModelRow,
    RetirementRow,
    ScoreRow,
    as_csv,
)

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
NO_SOURCE = "https://example.com/"
INDEPENDENT_PAGES = ("https://huggingface.co/spaces/TIGER-Lab/", "https://arxiv.org/pdf/2406.01574")
IMPOSSIBLE_DATES = {("tau2-bench", "2024-09-23")}  # Qwen3-Max, a year before the model and the harness
MODELS_DEV = "refresh/models-dev-api-2026-05-21.json.gz"
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


ALSO_SOLD = {"zai/glm-5.3-flash": "perplexity/perplexity/glm-5.3-flash"}
"""Offerings that the material maps to no model, though their ids name one in full."""


SAME_MODEL = {
    "meta/llama-4-maverick-17b": "meta/llama-4-maverick",
    "meta/llama-4-maverick-17b-128e": "meta/llama-4-maverick",
    "meta/llama-4-maverick-instruct-basic": "meta/llama-4-maverick",
    "meta/llama-4-scout-17b": "meta/llama-4-scout",
    "meta/llama-4-scout-17b-16e": "meta/llama-4-scout",
    "zai/zai-glm-4.7": "zai/glm-4.7",
}
"""Models that the material lists twice, as hosts spell them in other ways."""


def shared_rows(path: Path) -> list[dict[str, str]]:
    """The lines of one CSV file of the collected material, without blanks around the values."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{column: value.strip() for column, value in row.items()} for row in csv.DictReader(file)]


def model_id(row: dict[str, str]) -> str:
    """`maker/model_key` of a collected row; an unknown maker is `unknown`."""
    if row["maker"] == "openai" and row.get("model_as_written") in ("openai/gpt-5-chat", "openai/gpt-5.2-chat"):
        return row["model_as_written"]
    written = written_id(row)
    return SAME_MODEL.get(written, written)


def written_id(row: dict[str, str]) -> str:
    """The same as the material writes it."""
    return f"{row['maker'].replace('?', 'unknown')}/{row['model_key']}"


def source_id(written: str) -> str:
    """The short id of a source as models.csv writes it: `langchain_aws profile` is `langchain`."""
    special = {"added to litellm": "litellm-first-seen", "openrouter created": "openrouter-listed"}
    return special.get(written) or re.split(r"[/ _]", written)[0].lower()


def fact_value(field: str, value: str) -> str:
    """A collected value in our spelling: truth values in lower case, modalities in one order, months as months.

    Sources write a cut-off whose day is unknown as the first of the month.
    """
    if field in BOOL_FIELDS:
        return value.lower()
    if field == "knowledge_cutoff":
        return value.removesuffix("-01") if len(value) == len("2024-06-01") else value
    if field.endswith("modalities"):
        return ",".join(sorted(value.split(","), key=MODALITIES.index))
    return value


def is_stand_in(row: dict[str, str]) -> bool:
    """Whether a max output is only OpenRouter's cap of 80% or 90% of a window, which says nothing of the model."""
    sizes = [2**power for power in range(12, 21)]
    sizes += [int(row["context"])] if row["context"] else []
    caps = {size * tenths // 10 for size in sizes for tenths in (8, 9)}
    return "openrouter" in row["max_output_src"] and int(row["max_output"]) in caps


def make_models(shared: Path, dropped: list[str]) -> dict[str, str]:
    """`models.csv` and one `facts/<source>.csv` for each source that models.csv names."""
    models: list[ModelRow] = []
    facts: dict[str, dict[tuple[str, str], FactRow]] = defaultdict(dict)
    rows = shared_rows(shared / "models.csv")
    others: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if written_id(row) in SAME_MODEL:
            others[model_id(row)].append(row["offerings"])
    for row in rows:
        if written_id(row) in SAME_MODEL:
            continue
        model = model_id(row)
        name_source = source_id(row["name_src"]) if row["name_src"] else ""
        maker = model.partition("/")[0]
        offerings = " ".join(filter(None, (row["offerings"], ALSO_SOLD.get(model), *others[model])))
        models.append(
            ModelRow(model=model, maker=maker, name=row["name"], name_source=name_source, offerings=offerings)
        )
        for column, field in FIELD_OF_COLUMN.items():
            if not (value := row[column]):
                continue
            if field == "max_output" and is_stand_in(row):
                dropped.append(f"fact: {model} max output {value}: OpenRouter's cap on a window, not the model's limit")
                continue
            fact = FactRow(model=model, field=field, value=fact_value(field, value))
            facts[source_id(row[f"{column}_src"])][model, field] = fact
    for fact in models_dev_limits(shared):
        facts["models-dev"].setdefault((fact.model, fact.field), fact)
    files = {f"facts/{source}.csv": as_csv(rows.values(), FactRow) for source, rows in facts.items()}
    return {"models.csv": as_csv(models, ModelRow)} | files


def models_dev_limits(shared: Path) -> Iterator[FactRow]:
    """What models.dev says of the models that their makers sell themselves, beside what models.csv chose."""
    with gzip.open(shared / MODELS_DEV, "rt", encoding="utf-8") as file:
        providers: dict[str, Any] = json.load(file)
    for row in shared_rows(shared / "models.csv"):
        own_api = f"{'x-ai' if row['maker'] == 'xai' else row['maker']}/"
        ids = [name.removeprefix(own_api) for name in row["offerings"].split() if name.startswith(own_api)]
        listed = providers.get(row["maker"], {}).get("models", {})
        for said in [listed[name] for name in ids if name in listed][:1]:
            values = {
                "context_window": said["limit"].get("context"),
                "max_output": said["limit"].get("output"),
                "knowledge_cutoff": said.get("knowledge"),
            }
            for field, value in values.items():
                if value:
                    yield FactRow(model=model_id(row), field=field, value=fact_value(field, str(value)))


def score_row(row: dict[str, str], source: str) -> ScoreRow:
    """One collected result in our columns, the known slips of the material put right."""
    independent = row["source_url"].startswith(INDEPENDENT_PAGES)
    return ScoreRow.model_validate(
        {
            "model": model_id(row),
            "benchmark": row["benchmark"],
            "score": row["score"],
            "unit": "rating" if row["unit"] == "raw" else row["unit"],
            "higher_is_better": "true" if row["higher_is_better"] == "1" else "false",
            "effort": row["effort"],
            "harness": HARNESS_SPELLING.get(row["harness"], row["harness"]),
            "kind": "independent" if independent else KINDS[row["kind"]],
            "url": row["source_url"],
            "date": "" if (source, row["date"]) in IMPOSSIBLE_DATES else row["date"],
            "low": row["low95"],
            "high": row["high95"],
            "votes": row["votes"],
        }
    )


def preference(row: dict[str, str]) -> tuple[str, str, float]:
    """Which of several results under one key is kept: the newest snapshot's, the newest, the more modest.

    Of two results of one day the more modest is the one without tools, as all the other rows are.
    """
    snapshot = max(re.findall(r"20\d{6}", row["model_as_written"].replace("-", "")), default="")
    score = float(row["score"])
    return snapshot, row["date"], -score if row["higher_is_better"] == "1" else score


def unfit(row: dict[str, str]) -> str:
    """Why a collected result may not be used; empty when it may."""
    if row["source_url"].startswith(NO_SOURCE):
        return "its link is a placeholder, so it has no source"
    if row["kind"] not in KINDS:
        return f"neither the maker's nor an independent result ({row['source_url']})"
    return "" if row["licence"] else "no licence"


def make_scores(shared: Path, dropped: list[str]) -> dict[str, str]:
    """`benchmarks/<source>.csv` for each collected file; rows left out are named in `dropped`."""
    files = {}
    for stem, source in BENCHMARK_FILES.items():
        kept: dict[tuple[str, str, str, str], ScoreRow] = {}
        raw = shared_rows(shared / "benchmarks" / f"{stem}.csv")
        for row in sorted(raw, key=preference, reverse=True):
            said = f"{source}: {row['model_as_written']} {row['benchmark']} {row['score']} ({row['date'] or 'undated'})"
            if reason := unfit(row):
                dropped.append(f"{said}: {reason}")
            elif (score := score_row(row, source)).key in kept:
                dropped.append(f"{said}: kept {kept[score.key].score} ({kept[score.key].date or 'undated'})")
            else:
                kept[score.key] = score
        files[f"benchmarks/{source}.csv"] = as_csv(kept.values(), ScoreRow)
    return files


SPELLED_OTHERWISE = {
    "anthropic/claude-v1": "anthropic/claude-1.3",
    "anthropic/claude-2": "anthropic/claude-2.1",
    "google-vertex-ai/gemini-pro": "google-vertex-ai/gemini-1.0-pro-002",
    "google-vertex-ai/gemini-flash-1.5": "google-vertex-ai/gemini-1.5-flash-002",
    "google-vertex-ai/gemini-pro-1.5": "google-vertex-ai/gemini-1.5-pro-002",
    "mistral/mistral-7b": "mistral/open-mistral-7b",
    "mistral/mixtral-8x7b": "mistral/open-mixtral-8x7b",
    "mistral/mixtral-8x22b-instruct": "mistral/open-mixtral-8x22b",
    "mistral/mistral-medium-3-1": "mistral/mistral-medium-2508",
    "mistral/mistral-small-3.2-24b-instruct": "mistral/mistral-small-2506",
    "openai/ada": "openai/text-ada-001",
    "openai/curie": "openai/text-curie-001",
    "openai/codex-mini": "openai/codex-mini-latest",
    "openai/computer-use": "openai/computer-use-preview",
    "openai/gpt-3.5-0301": "openai/gpt-3.5-turbo-0301",
    "openai/ft:gpt-3.5-turbo-": "openai/ft-gpt-3.5-turbo",
}
"""Ids of the price data for what the list of retirements spells in another way; the newest snapshot of each."""

NOT_LISTED = (
    RetirementRow(
        provider="google-gemini-api",
        id="gemini-flash-1.5-8b",
        status="retired",
        deprecated_on="",
        retires_on="2025-09-24",
        replacement="gemini-2.5-flash-lite",
        url="https://ai-tldr.dev/models/gemini-1-5-flash-8b/",
        checked="2026-11-24",
    ),
)
"""What is switched off though the list of retirements does not have it, each with a page that says so."""


def make_retirements(shared: Path) -> dict[str, str]:
    """`retirements.csv`: a row for each id, one for each alias that the provider's page gives for it, and one for the
    price data's own spelling."""
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
    for spelled, entered in SPELLED_OTHERWISE.items():
        provider, name = spelled.split("/")
        rows[provider, name] = rows[provider, entered.split("/")[1]].model_copy(update={"id": name})
    for row in NOT_LISTED:
        rows.setdefault((row.provider, row.id), row)
    return {"retirements.csv": as_csv(rows.values(), RetirementRow)}


def plain(text: str) -> str:
    """A name in lower case, letters and digits alone; `+` counts as the word plus."""
    return re.sub(r"[\W_]", "", text.lower().replace("+", "plus"))


def own_names(row: dict[str, str]) -> set[str]:
    """The plain forms of all that a model and its offerings are called in models.csv."""
    names = {row["name"], row["maker"] + row["name"], row["model_key"], model_id(row)}
    for offering in row["offerings"].split():
        provider_id = offering.partition("/")[2]
        names |= {offering, provider_id, provider_id.rpartition("/")[2]}
    return {plain(name) for name in names}


def make_aliases(shared: Path, dropped: list[str]) -> dict[str, str]:
    """`aliases.csv`: names with a sure target that neither ids nor display names yield."""
    listed = shared_rows(shared / "models.csv")
    model_of = {offering: model_id(row) for row in listed for offering in row["offerings"].split()}
    models_named: dict[str, set[str]] = defaultdict(set)
    for row in listed:
        for name in own_names(row):
            models_named[name].add(model_id(row))
    targets: dict[str, set[str]] = defaultdict(set)
    spelling: dict[str, str] = {}
    for row in shared_rows(shared / "aliases.csv"):
        offering, name = f"{row['expected_provider']}/{row['expected_model_id']}", plain(row["alias"])
        own_id = (plain(offering), plain(row["expected_model_id"]))
        if row["basis"] in ALIAS_BASES and not row["price_provider_if_fallback"] and name not in own_id:
            targets[name].add(offering)
            spelling[name] = min(row["alias"], spelling.get(name, row["alias"]))
    rows = []
    for name, offerings in targets.items():
        models = {model_of.get(offering, offering) for offering in offerings}
        rivals = (models_named[name] | models_named[re.sub(r"20\d{6}$", "", name)]) - models
        if len(models) > 1 or rivals:
            dropped.append(f"alias {spelling[name]!r}: could mean {' or '.join(sorted(models | rivals))}")
        elif not models_named[name]:
            maker = next(iter(models)).partition("/")[0]
            makers_own = [offering for offering in offerings if offering.startswith(f"{maker}/")]
            rows.append(AliasRow(alias=spelling[name], offering=min(makers_own or offerings)))
    return {"aliases.csv": as_csv(rows, AliasRow)}
