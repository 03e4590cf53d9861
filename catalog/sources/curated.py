"""The curated files in catalog/data: facts, benchmark results, retirements, names, each with its source."""

import csv
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
DATA = Path(__file__).parent.parent / "data"
OPTIONAL = ("low", "high", "votes", "deprecated_on", "retires_on", "checked")
SPELLED = {
    "gpt": "GPT",
    "glm": "GLM",
    "chatgpt": "ChatGPT",
    "deepseek": "DeepSeek",
    "minimax": "MiniMax",
    "mimo": "MiMo",
}
MARKED = re.compile(r"(?<![\w$.])[@A-Za-z][\w./-]*\d[\w.-]*")
FAMILIES = (
    "GPT|ChatGPT|Claude|Haiku|Sonnet|Opus|Fable|Mythos|Gemini|Gemma|Grok|Kimi|GLM|Llama|Qwen|Mistral|Ministral|"
    "Codestral|Devstral|Magistral|Mixtral|Pixtral|DeepSeek|Command|Nova|Phi|Muse|MiniMax|Palmyra|Nemotron|MiMo"
)
VERSIONED = re.compile(rf"\b(?:{FAMILIES})(?:[ -][A-Z][\w+]*)*[ -][Vv]?\d[\w.]*(?: \d+B\b)?")


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: None if value == "" and key in OPTIONAL else value for key, value in row.items()}


def _by_source(folder: str) -> Iterator[Row]:
    for path in sorted((DATA / folder).glob("*.csv")):
        for row in _rows(path):
            yield {**row, "source": path.stem}


def fingerprint(dropped: Iterable[str] = ()) -> int:
    """A number that changes with the curated files and with what is left out of them."""
    made = zlib.crc32(",".join(sorted(dropped)).encode())
    for path in sorted(DATA.rglob("*.csv")):
        made = zlib.crc32(path.read_bytes(), made)
    return made & 0x7FFFFFFF


def sources(dropped: Iterable[str] = ()) -> Iterator[Row]:
    """The sources and their licences, without the dropped ones."""
    return (row for row in _rows(DATA / "sources.csv") if row["id"] not in dropped)


def models() -> Iterator[Row]:
    """The makers' models with the ids of their offerings, separated by spaces."""
    for row in _rows(DATA / "models.csv"):
        yield {
            "id": row["model"],
            "maker": row["maker"],
            "name": readable(row["name"], row["model"]),
            "offerings": row["offerings"],
        }


def facts() -> Iterator[Row]:
    """What the sources say of the models' fields."""
    return _by_source("facts")


def scores() -> Iterator[Row]:
    """Benchmark results."""
    for row in _by_source("benchmarks"):
        yield {
            **row,
            "higher_is_better": int(row["higher_is_better"] == "true"),
            "votes": int(row["votes"]) if row["votes"] else None,
        }


def benchmarks() -> Iterator[Row]:
    """The benchmarks' names and what they are evidence for."""
    for row in _rows(DATA / "benchmark_names.csv"):
        yield {
            "id": row["benchmark"],
            "name": row["name"],
            "needs": row["needs"],
            "aliases": row["aliases"],
            "is_language": int(row["is_language"] == "true"),
        }


def retirements() -> Iterator[Row]:
    """When providers switch models off."""
    return _rows(DATA / "retirements.csv")


def aliases() -> Iterator[Row]:
    """Spellings that the price data does not have: collected ones, and the models' names as their sources write them."""
    for row in _rows(DATA / "aliases.csv"):
        yield {**row, "is_pattern": 0}
    for row in _rows(DATA / "models.csv"):
        if row["name"] != readable(row["name"], row["model"]) and "latest" not in row["name"].lower():
            yield from (
                {"alias": row["name"], "offering": each, "is_pattern": 0}
                for each in row["offerings"].split()
                if row["name"]
            )


def readable(name: str, model: str) -> str:
    """A model's name as people read it; one with stray numbers in it gives way to one made of the model's id."""
    key = re.sub(r"-v\d+:\d+$", "", model.rpartition("/")[2])
    parts = [SPELLED.get(part, part[:1].upper() + part[1:]) for part in key.split("-")]
    made = re.sub(r"^(GPT|GLM) ", r"\1-", " ".join(parts))
    stated = re.sub(r"(?<= )(mini|nano)\b", lambda word: word[0].title(), re.sub(r"^[\w .]+: ", "", name).strip())
    is_an_id = stated.islower() and not stated.startswith("gpt-oss") and VERSIONED.match(made)
    for candidate in (stated if not is_an_id and not re.match(r"gpt[- ]\d", stated) else "", made):
        if (
            candidate
            and "latest" not in candidate.lower()
            and not re.search(r"\d", MARKED.sub(" ", VERSIONED.sub(" ", candidate)))
        ):
            return candidate
    return key
