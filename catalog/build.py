"""Makes the catalog file: sources -> checked rows -> a new file -> swapped in atomically."""

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock
from genai_prices.data_snapshot import DataSnapshot

from catalog import store
from catalog.lookup import OWN_API
from catalog.names import canonical
from catalog.sources import curated, genai_prices

Row = dict[str, Any]
ONLY_OWN = {"openai", "anthropic", "cohere", "elevenlabs", "moonshotai", "typesafe", "voyageai", "x-ai"}
"""The providers that sell nobody else's models."""


def build(path: Path, now: datetime, dropped: Iterable[str] = ()) -> None:
    """Make a new catalog file from the installed price data and the curated files, and swap it in.

    `dropped` names sources to leave out: no fact, no score and no reply will show them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    dropped = frozenset(dropped)
    rows = _rows(genai_prices.installed(), now, dropped)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    os.close(handle)
    new = Path(name)
    try:
        store.write(new, rows, curated.fingerprint(dropped))
        new.chmod(0o644)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def ensure(path: Path, now: datetime, dropped: Iterable[str] = ()) -> None:
    """Build the catalog where it is missing, of another schema, or made from other curated files or older price data.

    Safe when several processes start together: one builds, the others wait and use what it built.
    Raises store.BrokenCatalog when a file is there that is no catalog.
    """
    dropped = frozenset(dropped)
    if is_current(path, dropped):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f".{path.name}.lock")):
        if not is_current(path, dropped):
            build(path, now, dropped)


def is_current(path: Path, dropped: Iterable[str] = ()) -> bool:
    """Whether a catalog file is there, of this schema, and made from the installed data, or newer prices than these.

    Raises store.BrokenCatalog when a file is there that is no catalog.
    """
    if not path.exists():
        return False
    header = store.header(path)
    if header.schema != store.SCHEMA_VERSION:
        return False
    made, installed = _version(header.prices_version), _version(genai_prices.installed_version())
    return made > installed or (made == installed and header.fingerprint == curated.fingerprint(dropped))


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _rows(snapshot: DataSnapshot, now: datetime, dropped: frozenset[str]) -> store.Rows:
    droppable = {row["id"] for row in curated.sources()}
    if strange := dropped - droppable:
        raise ValueError(
            f"there is no source called {', '.join(sorted(strange))} to leave out; there are {', '.join(sorted(droppable))}"
        )
    fetched = now.isoformat(timespec="seconds")
    prices = genai_prices.source(snapshot, now.date())._asdict()
    sources = [{**row, "fetched_at": fetched} for row in (prices, *curated.sources(dropped))]
    models, offerings = _joined(list(curated.models()), list(genai_prices.offerings(snapshot)))
    benchmarks = {row["id"]: row for row in curated.benchmarks()}
    scores = [row for row in curated.scores() if row["source"] not in dropped]
    facts = [row for row in curated.facts() if row["source"] not in dropped]
    known = {row["id"] for row in models}
    models += [
        {"id": id_, "maker": id_.partition("/")[0], "name": curated.readable("", id_)}
        for id_ in dict.fromkeys(row["model"] for row in (*facts, *scores))
        if id_ not in known
    ]
    for row in scores:
        benchmarks.setdefault(
            row["benchmark"],
            {"id": row["benchmark"], "name": row["benchmark"], "needs": "", "aliases": "", "is_language": 0},
        )
    listed = {(row["alias"], row["offering"]): row for row in (*curated.aliases(), *genai_prices.aliases(snapshot))}
    return {
        "source": sources,
        "provider": genai_prices.providers(snapshot),
        "unit": genai_prices.units(),
        "model": models,
        "offering": offerings,
        "price": genai_prices.prices(snapshot),
        "alias": listed.values(),
        "fact": facts,
        "benchmark": benchmarks.values(),
        "score": scores,
        "retirement": curated.retirements(),
    }


def _joined(models: list[Row], offerings: list[Row]) -> tuple[list[Row], list[Row]]:
    """The makers' models, and the offerings with the model that each of them is.

    An offering that the curated file does not name is its maker's model of the same name, else one of its own.
    """
    of_offering = {id_: row["id"] for row in models for id_ in row.pop("offerings").split()}
    by_id = {row["id"].lower(): row["id"] for row in models}
    by_name: dict[str, set[str]] = defaultdict(set)
    for row in models:
        by_name[canonical(_bare(row["id"]))].add(row["id"])
    maker_of = {provider: maker for maker, provider in OWN_API.items()}
    added: dict[str, Row] = {}
    for row in sorted(offerings, key=lambda row: (row["provider"] not in ONLY_OWN, row["provider"] not in maker_of)):
        namesakes = by_name[canonical(_bare(row["id"]))]
        model = of_offering.get(row["id"]) or by_id.get(row["id"].lower())
        if model is None and len(namesakes) == 1:
            model = next(iter(namesakes))
        if model is None:
            maker = _maker_in(row["id"]) or maker_of.get(row["provider"], "unknown")
            model = f"{maker}/{_bare(row['id'])}"
            model = by_id.setdefault(model.lower(), model)
            namesakes.add(model)
            if model not in added and model not in of_offering.values():
                added[model] = {"id": model, "maker": maker, "name": curated.readable(row["name"], model)}
        row["model"] = model
    sold_by: dict[str, set[str]] = defaultdict(set)
    for row in offerings:
        sold_by[row["model"]].add(row["provider"])
    for row in (*models, *added.values()):
        if row["maker"] == "unknown":
            row["maker"] = next((maker_of[each] for each in sold_by[row["id"]] & ONLY_OWN), "unknown")
    return [*models, *added.values()], offerings


MAKER_PREFIXES = {
    "x-ai": "xai",
    "z-ai": "zai",
    "zai-org": "zai",
    "mistralai": "mistral",
    "meta-llama": "meta",
    "qwen": "alibaba",
    "deepseek-ai": "deepseek",
    "moonshotai": "moonshotai",
    "minimaxai": "minimax",
}


def _maker_in(offering: str) -> str | None:
    """The maker that an id names before the model: openrouter/google/gemini-… is Google's."""
    before = offering.lower().split("/")[1:-1]
    named = MAKER_PREFIXES.get(before[-1], before[-1]) if before else ""
    return named if named in OWN_API else None


def _bare(id_: str) -> str:
    """The name of a model in an id, without host, variant and the endings that make no other model."""
    name = re.sub(r":\w+$", "", id_.rpartition("/")[2].lower())
    name = re.sub(r"^(global|regional)\.", "", name)
    return re.sub(r"(-(instruct|it|fp8|maas|versatile))+$", "", name)
