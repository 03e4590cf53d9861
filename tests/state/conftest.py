"""Every test of the state runs on a SQLite file and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from cryptography.fernet import Fernet
from sqlalchemy import delete

from bot.state import State
from bot.state.tables import metadata
from tests.postgres import Postgres, postgres

__all__ = ["Clock", "OpenState", "postgres"]

OpenState = Callable[..., Awaitable[State]]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **distance: float) -> None:
        """Moves on, by what `timedelta` takes."""
        self.time += timedelta(**distance)


@pytest.fixture
def clock() -> Clock:
    """Noon of 22 November 2026."""
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that nobody has opened yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.sqlite'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """A PostgreSQL database with our tables; making one for each test would take most of the time."""
    url = postgres.new_database()
    asyncio.run(_open_and_close(url))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store without a row."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.sqlite'}"
    server: Postgres = request.getfixturevalue("postgres")
    shared: str = request.getfixturevalue("migrated")
    server.sql(shared, "; ".join(str(delete(table)) for table in metadata.sorted_tables))
    return shared


async def _open_and_close(url: str) -> None:
    await (await State.open(url)).close()


@pytest.fixture(scope="session")
def key() -> str:
    """An encryption key."""
    return Fernet.generate_key().decode()


@pytest_asyncio.fixture
async def open_state(url: str, clock: Clock, key: str) -> AsyncIterator[OpenState]:
    """Opens the store, as often as wanted: each is what another process would have."""
    opened: list[State] = []

    async def another(**options: object) -> State:
        state = await State.open(url, **{"keys": [key], "now": clock, **options})  # type: ignore[arg-type]  # the options are those of State.open
        opened.append(state)
        return state

    yield another
    for state in opened:
        await state.close()


@pytest_asyncio.fixture
async def state(open_state: OpenState) -> State:
    """An open, empty store."""
    return await open_state()
