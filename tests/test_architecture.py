"""Imports run one way: the core knows nothing of Slack, SQL, sockets or databases."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OUTSIDE = (
    "slack_bolt",
    "slack_sdk",
    "sqlite3",
    "sqlite_utils",
    "aiohttp",
    "sqlalchemy",
    "uvicorn",
    "genai_prices",
    "rich",
)


@pytest.mark.parametrize(
    "module",
    ["bot.reply", "bot.question.read", "bot.answer.answer", "bot.message.message", "catalog.lookup", "catalog.names"],
)
def test_importing_the_core_loads_none_of_the_outside(module: str) -> None:
    """In a fresh interpreter, so that nothing else has loaded it."""
    code = f"import sys, {module}; print([name for name in {OUTSIDE!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def _files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_the_catalog_has_never_heard_of_the_bot() -> None:
    """It is data about models, usable without Slack."""
    assert {
        path.name: found
        for path in _files("catalog")
        if (found := {name for name in _imports(path) if name.split(".")[0] == "bot"})
    } == {}


def test_only_the_store_speaks_sql() -> None:
    """One module of the catalog knows that it is a SQLite file."""
    speakers = {path.name for path in _files("catalog") if _imports(path) & {"sqlite3", "sqlite_utils"}}
    assert speakers == {"store.py"}


@pytest.mark.parametrize("room", ["question", "answer", "message"])
def test_no_room_of_the_core_imports_an_edge(room: str) -> None:
    """Slack, state, server and the command line import the core, never the other way."""
    edges = (
        "bot.slack",
        "bot.state",
        "bot.server",
        "bot.__main__",
        "bot.settings",
        "catalog.store",
        "catalog.build",
        "catalog.sources",
    )
    for path in _files(f"bot/{room}"):
        assert not [name for name in _imports(path) if name.startswith(edges)], path


def test_nothing_in_the_core_asks_what_time_it_is() -> None:
    """The clock is an argument."""
    for path in _files("bot/question", "bot/answer", "bot/message"):
        text = path.read_text(encoding="utf-8")
        assert ".today()" not in text, path
        assert ".now(" not in text, path


def test_no_price_is_ever_a_float() -> None:
    """Money is Decimal or Fraction; the one float is a point of a drawn chart."""
    for path in (*_files("bot/question", "bot/answer", "catalog/sources"), *(ROOT / "catalog").glob("[lmps]*.py")):
        assert "float(" not in path.read_text(encoding="utf-8"), path
