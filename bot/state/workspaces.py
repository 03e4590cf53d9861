"""Which workspaces may store something: an uninstalled one leaves a tombstone."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.tables import owned, workspaces
from bot.state.upsert import insert_or_update

CLOCKS_DISAGREE = timedelta(minutes=1)


async def may_store(connection: AsyncConnection, workspace: str, *, alone: bool = False) -> bool:
    """False for an uninstalled workspace; until the transaction ends, nobody else uninstalls it.

    `alone`: nobody else stores anything for it either.
    """
    await _hold(connection, workspace, alone=alone)
    tombstone = select(workspaces.c.uninstalled_at).where(workspaces.c.workspace == workspace)
    return (await connection.execute(tombstone)).scalar() is None


async def install(connection: AsyncConnection, workspace: str, now: datetime) -> None:
    """Notes that the workspace is installed, and lifts its tombstone."""
    await _hold(connection, workspace, alone=True)
    await insert_or_update(
        connection, workspaces, {"workspace": workspace, "installed_at": now, "uninstalled_at": None}
    )


async def forget(connection: AsyncConnection, workspace: str, now: datetime, uninstalled_at: datetime | None) -> bool:
    """Deletes everything of the workspace and leaves a tombstone.

    False, and nothing happens, when it was installed again well after `uninstalled_at`: the event came late. Within
    a minute the two clocks may disagree, and losing an installation is better than keeping what should be gone.
    """
    await _hold(connection, workspace, alone=True)
    installed = select(workspaces.c.installed_at).where(workspaces.c.workspace == workspace)
    installed_at = (await connection.execute(installed)).scalar()
    if uninstalled_at is not None and installed_at is not None and installed_at > uninstalled_at + CLOCKS_DISAGREE:
        return False
    for table in owned:
        await connection.execute(delete(table).where(table.c.workspace == workspace))
    await insert_or_update(
        connection, workspaces, {"workspace": workspace, "installed_at": None, "uninstalled_at": now}
    )
    return True


async def _hold(connection: AsyncConnection, workspace: str, *, alone: bool) -> None:
    """A lock that ends with the transaction; on SQLite we are the only writer anyway."""
    if connection.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
        await connection.execute(select(lock(_lock_number(workspace))))


def _lock_number(workspace: str) -> int:
    """The same 64-bit number in every process."""
    return int.from_bytes(hashlib.sha256(f"workspace {workspace}".encode()).digest()[:8], signed=True)
