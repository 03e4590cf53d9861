"""Every test of the state runs on a SQLite file and on PostgreSQL."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from cryptography.fernet import Fernet

from bot.state import State
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
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is still empty."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.sqlite'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture(scope="session")
def key() -> str:
    """An encryption key."""
    return Fernet.generate_key().decode()


@pytest_asyncio.fixture
async def open_state(url: str, clock: Clock, key: str) -> AsyncIterator[OpenState]:
    """Opens the store, as often as wanted: each is what another process would have."""
    opened: list[State] = []

    async def another(**options: object) -> State:
        state = await State.open(url, **{"keys": [key], "now": clock, **options})  # type: ignore[arg-type]
        opened.append(state)
        return state

    yield another
    for state in opened:
        await state.close()


@pytest_asyncio.fixture
async def state(open_state: OpenState) -> State:
    """An open, empty store."""
    return await open_state()
