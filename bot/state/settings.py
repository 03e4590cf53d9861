"""Settings of a workspace and of its channels, who may change them, and the record of who did."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.errors import NotAllowed
from bot.state.tables import audit, settings
from bot.state.upsert import insert_or_update
from bot.state.workspaces import may_store

Visibility = Literal["channel", "asker"]
Share = Annotated[Decimal, Field(ge=0, le=1)]
Volume = Annotated[int, Field(gt=0, le=10**15)]
Volumes = Annotated[tuple[Volume, ...], Field(min_length=1, max_length=5)]
Favourites = Annotated[tuple[str, ...], Field(max_length=20)]
Note = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]

# What another organisation must never see, even in a shared channel (DESIGN.md section 7).
PRIVATE = ("private_note", "editors")


class WorkspaceSettings(BaseModel):
    """The settings in force. Volumes are tokens per month; the input share is of all tokens.

    `editors` are the user ids that may change settings; empty: every member of the workspace.
    """

    model_config = ConfigDict(frozen=True)

    visibility: Visibility = "channel"
    input_share: Share = Decimal("0.5")
    volumes: Volumes = (1_000_000, 10_000_000, 100_000_000)
    favourites: Favourites = ()
    private_note: Note | None = None
    editors: tuple[str, ...] = ()


class SettingsChange(BaseModel):
    """Only what is named changes; None takes back what was set, so that the workspace's or the default value holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    visibility: Visibility | None = None
    input_share: Share | None = None
    volumes: Volumes | None = None
    favourites: Favourites | None = None
    private_note: Note | None = None
    editors: tuple[str, ...] | None = None


class AuditEntry(BaseModel):
    """One change: who, when, where (channel None: the workspace), what was set before and after."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    at: datetime
    user: str
    channel: str | None
    before: SettingsChange
    after: SettingsChange


def settings_for_actor(
    given: WorkspaceSettings, installation_workspace: str, actor_workspace: str | None
) -> WorkspaceSettings:
    """The settings as this actor may see them: an unknown or foreign one sees no private part."""
    if actor_workspace == installation_workspace:
        return given
    return WorkspaceSettings(**given.model_dump(exclude=set(PRIVATE)))


async def find(connection: AsyncConnection, workspace: str, channel: str | None) -> WorkspaceSettings:
    """The channel's own settings over the workspace's over the defaults."""
    places = ["", channel] if channel else [""]
    rows = await connection.execute(
        select(settings.c.change)
        .where(settings.c.workspace == workspace, settings.c.channel.in_(places))
        .order_by(settings.c.channel)
    )
    merged: dict[str, object] = {}
    for (change,) in rows:
        merged |= SettingsChange.model_validate_json(change).model_dump(exclude_none=True)
    return WorkspaceSettings.model_validate(merged)


async def change(
    connection: AsyncConnection,
    workspace: str,
    channel: str | None,
    wanted: SettingsChange,
    by_user: str,
    by_workspace: str,
    now: datetime,
) -> WorkspaceSettings:
    """Applies the change and records it; NotAllowed for a foreigner, and for a member who is not among the editors."""
    _check_actor(workspace, channel, wanted, by_user, by_workspace)
    if not await may_store(connection, workspace, alone=True):
        raise NotAllowed("This workspace has uninstalled the app, so its settings cannot be changed.")
    editors = (await find(connection, workspace, None)).editors
    if editors and by_user not in editors:
        raise NotAllowed("Only the people named as editors may change the settings.")
    own = select(settings.c.change).where(settings.c.workspace == workspace, settings.c.channel == (channel or ""))
    stored = (await connection.execute(own)).scalar()
    before = SettingsChange.model_validate_json(stored or "{}")
    after = before.model_copy(update=wanted.model_dump(exclude_unset=True))
    texts = [each.model_dump_json(exclude_none=True) for each in (before, after)]
    place = {"workspace": workspace, "channel": channel or ""}
    await insert_or_update(connection, settings, {**place, "change": texts[1]})
    record = {**place, "user": by_user, "at": now, "before": texts[0], "after": texts[1]}
    await connection.execute(insert(audit).values(record))
    return await find(connection, workspace, channel)


def _check_actor(workspace: str, channel: str | None, wanted: SettingsChange, by_user: str, by_workspace: str) -> None:
    if by_workspace != workspace:
        raise NotAllowed("Only members of the workspace that installed the app may change its settings.")
    if wanted.editors is not None and channel is not None:
        raise NotAllowed("Editors are named for the whole workspace, not for one channel.")
    if wanted.editors and by_user not in wanted.editors:
        raise NotAllowed("You would lock yourself out: name yourself among the editors.")


async def find_audit(connection: AsyncConnection, workspace: str) -> list[AuditEntry]:
    """Every change of the workspace's settings, oldest first."""
    rows = await connection.execute(select(audit).where(audit.c.workspace == workspace).order_by(audit.c.id))
    return [
        AuditEntry(
            at=row.at,
            user=row.user,
            channel=row.channel or None,
            before=SettingsChange.model_validate_json(row.before),
            after=SettingsChange.model_validate_json(row.after),
        )
        for row in rows
    ]
