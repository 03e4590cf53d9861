"""The connection to the state: SQLite or PostgreSQL, one way to read, one way to write, one error when it fails."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, PoolProxiedConnection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.state.errors import BadStateUrl, NotAllowed, StateUnavailable

WAIT_SECONDS = 5
_FAILURES = (DBAPIError, PoolTimeout, OSError)


class Database:
    """An engine and its address; every use goes through `reading` or `writing`."""

    def __init__(self, url: str) -> None:
        """BadStateUrl unless it is a SQLite file or a PostgreSQL database. Nothing is opened yet."""
        self.url = _readable(url)
        self.file = Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None
        self._engine = _postgres_engine(self.url) if self.file is None else _sqlite_engine(self.url, self.file)
        self._writing_engine = self._engine.execution_options(writes=True)
        self._turn: AbstractAsyncContextManager[None] = asyncio.Lock() if self.file else nullcontext()

    def __repr__(self) -> str:
        return f"Database({self.name})"

    @property
    def name(self) -> str:
        """Where it is, without the password or the options."""
        return str(self.file) if self.file else self.url.set(query={}).render_as_string(hide_password=True)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes nothing; StateUnavailable when the store fails."""
        async with self._failing_clearly(self._engine) as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at its end; StateUnavailable when the store fails.

        SQLite has one writer at a time; within a process they queue here, since SQLite itself would poll.
        """
        async with self._turn, self._failing_clearly(self._writing_engine) as connection:
            yield connection

    @asynccontextmanager
    async def _failing_clearly(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        try:
            async with engine.begin() as connection:
                yield connection
        except (StateUnavailable, NotAllowed):  # both are OSErrors by birth
            raise
        except _FAILURES as error:
            raise self.unavailable(error) from error

    def unavailable(self, error: BaseException) -> StateUnavailable:
        """The one line for a failure: what could not be used, and the driver's first words."""
        cause = getattr(error, "orig", None) or error
        words = str(getattr(cause, "strerror", None) or cause).strip().splitlines() or [type(cause).__name__]
        return StateUnavailable(f"The state store {self.name} cannot be used: {words[0].rpartition('>: ')[2]}")

    async def close(self) -> None:
        """Closes every connection."""
        await self._engine.dispose()


def _readable(url: str) -> URL:
    """The address with the driver that we use, whichever of the usual spellings was given."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadStateUrl("the state store's address is not a database URL") from None
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        query = dict(parsed.query)
        if "sslmode" in query:
            query["ssl"] = query.pop("sslmode")
        return parsed.set(drivername="postgresql+asyncpg", query=query)
    if parsed.get_backend_name() != "sqlite":
        raise BadStateUrl(f"the state store can be SQLite or PostgreSQL, not {parsed.get_backend_name()!r}")
    if not parsed.database or parsed.database == ":memory:":
        raise BadStateUrl("a SQLite state store needs a file: sqlite:////path/to/state.sqlite")
    return parsed.set(drivername="sqlite+aiosqlite")


def _postgres_engine(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        connect_args={"timeout": WAIT_SECONDS, "command_timeout": 2 * WAIT_SECONDS},
    )


def _sqlite_engine(url: URL, file: Path) -> AsyncEngine:
    """`mode=rw`: a file that went away is an error, never a new, empty store."""
    address = url.set(
        database=f"file:{quote(str(file.absolute()))}",
        query={"timeout": str(WAIT_SECONDS), **url.query, "mode": "rw", "uri": "true"},
    )
    engine = create_async_engine(address, hide_parameters=True, pool_timeout=WAIT_SECONDS)

    @event.listens_for(engine.sync_engine, "connect")
    def by_hand(connection: Any, entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        entry.info["inode"] = _inode(file)

    @event.listens_for(engine.sync_engine, "checkout")
    def same_file(connection: Any, entry: ConnectionPoolEntry, proxy: PoolProxiedConnection) -> None:
        """An open connection outlives a file that was replaced or removed, and would write into nothing."""
        if entry.info.get("inode") != _inode(file):
            raise DisconnectionError(f"{file} was replaced")

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _inode(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None


def make_sqlite_file(file: Path) -> None:
    """An empty SQLite file in WAL mode that only we can read, if there is none, in a folder that exists; OSError or sqlite3.Error."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(file, timeout=WAIT_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
