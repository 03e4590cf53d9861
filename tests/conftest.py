"""Options and the one catalog that all tests share: built once from the installed price data, as a user's is."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.question.thread import Thread
from bot.reply import Reply, reply
from catalog import build, store
from catalog.lookup import Catalog

AS_OF = date(2026, 11, 22)
"""The day that the tests ask on."""

SHARED = Path(os.environ.get("COMPAREBOT_SHARED", Path(__file__).parents[2] / "shared"))
"""Where the project's reference material lies, if it does; every test also passes without it."""

settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

pytest_plugins = ["tests.postgres"]

Say = Callable[..., list[Reply]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --long: the long versions of the fuzzing and load tests."""
    parser.addoption("--long", action="store_true", help="run fuzzing and random interaction tests at full length")


@pytest.fixture(scope="session")
def catalog_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog file with the real prices."""
    path = tmp_path_factory.mktemp("catalog") / "catalog.sqlite"
    build.build(path, datetime(2026, 11, 22, tzinfo=UTC))
    return path


@pytest.fixture(scope="session")
def catalog(catalog_path: Path) -> Catalog:
    """The catalog, read."""
    return store.open_catalog(catalog_path)


@pytest.fixture(scope="session")
def say(catalog: Catalog) -> Say:
    """Hold one conversation: the replies to its turns."""

    def talk(*turns: str, on: date = AS_OF) -> list[Reply]:
        thread, replies = Thread(), []
        for turn in turns:
            made = reply(turn, thread, catalog, on)
            thread = Thread.model_validate_json(made.thread.model_dump_json())
            replies.append(made)
        return replies

    return talk
