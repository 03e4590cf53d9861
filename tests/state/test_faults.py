"""The store locked, gone, back, replaced, too new: one clear line each time, and nothing lost."""

import asyncio
import fcntl
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import StatementError

from bot.state import BadStateUrl, State, StateUnavailable
from bot.state.database import Database
from bot.state.migrate import ADVISORY_LOCK
from bot.state.tables import metadata
from tests.postgres import Postgres


async def test_a_locked_sqlite_store_is_one_clear_line_and_works_again_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    state = await State.open(f"sqlite:///{file}?timeout=0.1")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StateUnavailable, match=r"^The state store .*state\.sqlite cannot be used: database is locked$"):
        await state.claim("C1|1.0", "p1")
    assert await state.settings("T1"), "reading goes on while somebody writes"
    other.execute("COMMIT")
    other.close()
    assert await state.claim("C1|1.0", "p1") is not None
    await state.close()


async def test_a_locked_postgresql_store_is_one_clear_line_and_works_again_afterwards(postgres: Postgres) -> None:
    url = postgres.new_database()
    database = urlsplit(url).path[1:]
    postgres.sql(url, f"ALTER DATABASE {database} SET lock_timeout = '100ms'")
    state, other = await State.open(url), Database(url)
    async with other.writing() as connection:
        await connection.exec_driver_sql("LOCK TABLE claims")
        with pytest.raises(StateUnavailable, match=r"cannot be used: canceling statement due to lock timeout$"):
            await state.claim("C1|1.0", "p1")
    assert await state.claim("C1|1.0", "p1") is not None
    await other.close()
    await state.close()


async def test_a_sqlite_store_that_went_away_and_came_back_goes_on_where_it_was(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    state = await State.open(f"sqlite:///{home / 'state.sqlite'}")
    await _used_before(state)
    home.rename(away)
    home.mkdir()
    await _unavailable(state)
    home.rmdir()  # fails if an empty store has appeared in its place
    away.rename(home)
    await _still_there(state)
    await state.close()


async def test_a_postgresql_server_that_crashed_and_came_back_goes_on_where_it_was(postgres: Postgres) -> None:
    state = await State.open(postgres.new_database())
    await _used_before(state)
    with _stopped(postgres):
        await _unavailable(state)
    await _still_there(state)
    await state.close()


async def test_the_first_request_after_a_restart_of_postgresql_is_served(postgres: Postgres) -> None:
    state = await State.open(postgres.new_database())
    await _used_before(state)
    with _stopped(postgres):
        pass
    await _still_there(state)
    await state.close()


async def test_a_start_on_sqlite_waits_while_another_process_migrates(tmp_path: Path) -> None:
    with (tmp_path / "state.sqlite.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        start = asyncio.create_task(State.open(f"sqlite:///{tmp_path / 'state.sqlite'}"))
        await _is_waiting(start)
    await (await start).close()


async def test_a_start_on_postgresql_waits_while_another_process_migrates(postgres: Postgres) -> None:
    url = postgres.new_database()
    other = Database(url)
    async with other.writing() as connection:
        await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        start = asyncio.create_task(State.open(url))
        await _is_waiting(start)
    await (await start).close()
    await other.close()


async def test_a_sqlite_file_that_was_replaced_by_a_backup_is_read_anew(tmp_path: Path) -> None:
    file, backup = tmp_path / "state.sqlite", tmp_path / "backup.sqlite"
    state = await State.open(f"sqlite:///{file}")
    await _used_before(state)
    await state.close()
    shutil.copy(file, backup)
    state = await State.open(f"sqlite:///{file}")
    await state.save_thread("T1", "C1", "1.0", "U1", '{"newer": true}')
    for leftover in ("-wal", "-shm"):
        file.with_name(file.name + leftover).unlink()
    backup.replace(file)
    await _still_there(state)
    await state.close()


async def test_a_store_made_by_a_newer_version_is_refused_with_one_line(empty_url: str) -> None:
    await (await State.open(empty_url)).close()
    database = Database(empty_url)
    async with database.writing() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await database.close()
    with pytest.raises(StateUnavailable, match=r"made by a newer version of comparebot"):
        await State.open(empty_url)


async def test_the_migrations_make_exactly_the_tables_that_the_code_uses(empty_url: str) -> None:
    await (await State.open(empty_url)).close()
    database = Database(empty_url)
    async with database.reading() as connection:
        assert await connection.run_sync(_differences) == []
    await database.close()


async def test_opening_again_changes_nothing(url: str) -> None:
    first = await State.open(url)
    await _used_before(first)
    second = await State.open(url)
    await _still_there(second)
    await first.close()
    await second.close()


async def test_the_sqlite_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "state 100%.sqlite"
    await (await State.open(f"sqlite:///{file}")).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["", "mysql://root@localhost/x", "sqlite://", "sqlite:///:memory:", "state.sqlite"])
async def test_an_address_that_is_no_store_is_refused_with_one_line(url: str) -> None:
    with pytest.raises(BadStateUrl) as refused:
        await State.open(url)
    assert "\n" not in str(refused.value)


async def test_a_password_is_neither_in_an_error_nor_in_a_repr() -> None:
    url = "postgresql://bot:hunter2@127.0.0.1:1/state?sslmode=disable"
    with pytest.raises(StateUnavailable) as failed:
        await State.open(url)
    assert "hunter2" not in f"{failed.value}{failed.value!r}{Database(url)!r}"
    assert "127.0.0.1:1/state cannot be used" in str(failed.value)


async def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateUnavailable, match=r"cannot be used: Not a directory$|cannot be used: File exists$"):
        await State.open(f"sqlite:///{tmp_path / 'file' / 'state.sqlite'}")


async def test_a_time_without_a_zone_never_gets_in(url: str) -> None:
    state = await State.open(url, now=datetime.now)
    with pytest.raises((StatementError, StateUnavailable), match="a time without a zone"):
        await state.claim("C1|1.0", "p1")
    await state.close()


async def _is_waiting(start: asyncio.Task[State]) -> None:
    await asyncio.sleep(0.3)
    assert not start.done()


def _differences(connection: Connection) -> list[object]:
    found: list[object] = compare_metadata(MigrationContext.configure(connection), metadata)
    return found


@contextmanager
def _stopped(postgres: Postgres) -> Iterator[None]:
    postgres.stop()
    try:
        yield
    finally:
        postgres.start()


async def _used_before(state: State) -> None:
    await state.save_thread("T1", "C1", "1.0", "U1", '{"kept": true}')
    await state.ping()


async def _unavailable(state: State) -> None:
    for attempt in (state.ping(), state.claim("C1|1.0", "p1"), state.settings("T1")):
        with pytest.raises(StateUnavailable) as failed:
            await attempt
        assert "\n" not in str(failed.value)


async def _still_there(state: State) -> None:
    assert await state.thread("C1", "1.0") == '{"kept": true}'
    assert await state.claim("C1|1.0", "p1") is not None
