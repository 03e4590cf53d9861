"""Recent comparisons for Home: the viewer's own, and those of public channels of the same workspace."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.tables import recent
from bot.state.workspaces import may_store


class Recent(BaseModel):
    """One comparison as Home lists it; `query` asks it again."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    title: str
    query: str
    channel: str
    user: str
    at: datetime


async def save(
    connection: AsyncConnection, workspace: str, public: bool, comparison: Recent, message: str | None = None
) -> None:
    """Notes a comparison; the same one asked again by the same person in the same channel counts once.

    `message` is the key of the message that it stands in: what that showed before goes, and it stays where and whose
    it was.
    """
    if not await may_store(connection, workspace):
        return
    in_message = recent.c.workspace == workspace, recent.c.message == message
    before = (await connection.execute(select(recent).where(*in_message))).first() if message else None
    if before is not None:
        public = before.public
        comparison = comparison.model_copy(update={"user": before.user, "channel": before.channel})
        await connection.execute(delete(recent).where(*in_message))
    title, query = _storable(comparison.title), _storable(comparison.query)
    same = (
        recent.c.workspace == workspace,
        recent.c.channel == comparison.channel,
        recent.c.user == comparison.user,
        recent.c.query == query,
    )
    await connection.execute(delete(recent).where(*same))
    row = {**comparison.model_dump(), "title": title, "query": query, "workspace": workspace, "public": public}
    row["message"] = message
    await connection.execute(insert(recent).values(row))


async def find(connection: AsyncConnection, workspace: str, user: str, limit: int) -> list[Recent]:
    """What this person may see, newest first."""
    visible = recent.c.workspace == workspace, or_(recent.c.user == user, recent.c.public)
    rows = await connection.execute(
        select(recent).where(*visible).order_by(recent.c.at.desc(), recent.c.id.desc()).limit(limit)
    )
    return [Recent.model_validate(row) for row in rows]


def _storable(text: str) -> str:
    """The text without what no database takes: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
