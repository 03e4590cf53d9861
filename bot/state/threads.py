"""The bot's own memory of conversations: the JSON text of a `Thread`, per place and per asker."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.tables import last_comparisons, threads
from bot.state.upsert import insert_or_update
from bot.state.workspaces import may_store


async def find(connection: AsyncConnection, channel: str, thread_ts: str, workspace: str | None) -> str | None:
    """The thread at this place, of one installation or of whichever spoke last."""
    query = select(threads.c.thread).where(threads.c.channel == channel, threads.c.thread_ts == thread_ts)
    if workspace is not None:
        query = query.where(threads.c.workspace == workspace)
    return await _first(connection, query.order_by(threads.c.saved_at.desc()))


async def save(
    connection: AsyncConnection,
    workspace: str,
    channel: str,
    thread_ts: str,
    user: str,
    thread: str,
    now: datetime,
) -> None:
    """Keeps the thread at this place; nothing for an uninstalled workspace."""
    place = {"workspace": workspace, "channel": channel, "thread_ts": thread_ts}
    if await may_store(connection, workspace):
        await insert_or_update(connection, threads, {**place, "user": user, "thread": thread, "saved_at": now})


async def find_last(
    connection: AsyncConnection, channel: str, user: str, within: timedelta, workspace: str | None, now: datetime
) -> str | None:
    """The asker's own last comparison in the channel, if it is not older than `within`."""
    table = last_comparisons
    query = select(table.c.thread).where(
        table.c.channel == channel, table.c.user == user, table.c.saved_at >= now - within
    )
    if workspace is not None:
        query = query.where(table.c.workspace == workspace)
    return await _first(connection, query.order_by(table.c.saved_at.desc()))


async def save_last(
    connection: AsyncConnection, workspace: str, channel: str, user: str, thread: str, now: datetime
) -> None:
    """Keeps the asker's last comparison in the channel; nothing for an uninstalled workspace."""
    asker = {"workspace": workspace, "channel": channel, "user": user}
    if await may_store(connection, workspace):
        await insert_or_update(connection, last_comparisons, {**asker, "thread": thread, "saved_at": now})


async def _first(connection: AsyncConnection, query: Select[str]) -> str | None:
    return (await connection.execute(query.limit(1))).scalar()
