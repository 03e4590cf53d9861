"""Make and check the curated data files in `catalog/data` from the collected material.

`python -m catalog.curate --from ../shared/data` writes the made files anew and says what it dropped and why;
`--check` writes nothing, names each file that differs and exits 1.
Files kept by hand are never written, only checked.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from catalog.collected import make_aliases, make_models, make_retirements, make_scores
from catalog.curated_rows import BenchmarkNameRow, FactRow, ModelRow, ScoreRow, SourceRow, read_rows

DATA = Path(__file__).parent / "data"
HAND_KEPT = ("sources.csv", "benchmark_names.csv", "benchmarks/modelpicker.csv", "facts/openai-docs.csv")


def faults(data: Path) -> list[str]:
    """What is wrong across the files in `data`: unnamed benchmarks, sources without terms.

    Raises ValueError, with file and line, for a malformed row in a file kept by hand.
    """
    sources = {row.id for row in read_rows(data / "sources.csv", SourceRow)}
    names = {row.benchmark for row in read_rows(data / "benchmark_names.csv", BenchmarkNameRow)}
    for path in (data / "facts").glob("*.csv"):
        read_rows(path, FactRow)
    used = {path.stem for folder in ("facts", "benchmarks") for path in (data / folder).glob("*.csv")}
    used |= {row.name_source for row in read_rows(data / "models.csv", ModelRow) if row.name_source}
    found = {row.benchmark for path in (data / "benchmarks").glob("*.csv") for row in read_rows(path, ScoreRow)}
    said = [f"{source}: not in sources.csv" for source in sorted(used - sources)]
    said += [f"{name}: not in benchmark_names.csv" for name in sorted(found - names)]
    return said + [f"{name}: named but in no benchmark file" for name in sorted(names - found)]


def make_files(shared: Path) -> tuple[dict[str, str], list[str]]:
    """Every made file by its path below the data folder, and what was left out and why."""
    dropped: list[str] = []
    files = make_models(shared, dropped) | make_scores(shared, dropped) | make_retirements(shared)
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
    if not (options.shared / "models.csv").is_file():
        parser.error(f"{options.shared} holds no models.csv; --from takes the folder of the collected material")
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
