"""Brings the state's schema up to date, once, however many processes start together."""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from bot.state.database import Database, make_sqlite_file
from bot.state.errors import StateUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_SECONDS = 60
ADVISORY_LOCK = 7_330_275_164  # any number that is ours
_one_at_a_time = asyncio.Lock()  # Alembic keeps its context in a module


async def migrate(database: Database) -> None:
    """Runs the migrations that are missing, in one transaction under a lock across processes. StateUnavailable."""
    async with _one_at_a_time:
        if database.file is None:
            await _upgrade(database)
            return
        async with _file_lock(database.file):
            try:
                await asyncio.to_thread(make_sqlite_file, database.file)
            except (OSError, sqlite3.Error) as error:
                raise database.unavailable(error) from error
            await _upgrade(database)


async def _upgrade(database: Database) -> None:
    async with database.writing() as connection:
        if database.file is None:
            await connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        try:
            await connection.run_sync(_run_alembic)
        except CommandError as error:
            raise StateUnavailable(
                f"The state store {database.name} was made by a newer version of comparebot: {error}"
            ) from error


def _run_alembic(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@asynccontextmanager
async def _file_lock(file: Path) -> AsyncIterator[None]:
    """An exclusive lock on a file beside the store (a lock on the store itself would meddle with SQLite's own)."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file.with_name(file.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StateUnavailable(f"The state store {file} cannot be used: {error.strerror}") from error
    try:
        deadline = asyncio.get_running_loop().time() + LOCK_SECONDS
        while not _locked(descriptor):
            if asyncio.get_running_loop().time() > deadline:
                raise StateUnavailable(
                    f"The state store {file} has been locked by another process for {LOCK_SECONDS} s"
                )
            await asyncio.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
