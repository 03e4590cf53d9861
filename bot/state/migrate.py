"""Brings the state's schema up to date, once, however many processes start together."""

import asyncio
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import AsyncFileLock
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
        try:
            database.file.parent.mkdir(parents=True, exist_ok=True)
            # Beside the store: a lock on the file itself would meddle with SQLite's own.
            lock = database.file.with_name(database.file.name + ".lock")
            async with AsyncFileLock(lock, timeout=LOCK_SECONDS, mode=0o600, run_in_executor=False):
                await asyncio.to_thread(make_sqlite_file, database.file)
                await _upgrade(database)
        except StateUnavailable:
            raise
        except (OSError, sqlite3.Error) as error:
            raise database.unavailable(error) from error


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
