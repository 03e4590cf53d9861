"""What the controls of a message stand for: the scenario, as JSON text, under the random key that its blocks carry."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.tables import scenarios
from bot.state.upsert import insert_if_new
from bot.state.workspaces import may_store


class KeptScenario(NamedTuple):
    """A scenario as it was saved last; `version` counts its savings."""

    workspace: str
    scenario: str
    version: int


async def find(connection: AsyncConnection, key: str) -> KeptScenario | None:
    """The scenario under a key; None when there is none, or no more."""
    query = select(scenarios.c.workspace, scenarios.c.scenario, scenarios.c.version).where(scenarios.c.key == key)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else KeptScenario(row.workspace, row.scenario, row.version)


async def save(
    connection: AsyncConnection, workspace: str, key: str, scenario: str, version: int, now: datetime
) -> bool:
    """Keeps it over the version that was read (0: a new one); False when somebody else was faster."""
    if not await may_store(connection, workspace):
        return True
    if version == 0:
        row = {"key": key, "workspace": workspace, "scenario": scenario, "version": 1, "saved_at": now}
        return await insert_if_new(connection, scenarios, row)
    newer = update(scenarios).where(scenarios.c.key == key, scenarios.c.version == version)
    values = {"scenario": scenario, "version": version + 1, "saved_at": now}
    return (await connection.execute(newer.values(values))).rowcount == 1
