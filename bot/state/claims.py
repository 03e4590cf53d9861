"""One reply per user message: claimed, posting, done (DESIGN.md section 7, "Once").

Each change is one conditional statement, so two processes never both succeed. A claim carries a token of its own;
after a take-over the earlier owner's token no longer counts, whatever its clock says.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.tables import claims
from bot.state.upsert import insert_if_new

PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True)
class Claim:
    """The right to answer the message `key`, until somebody takes it over."""

    key: str
    owner: str
    token: str


async def claim(connection: AsyncConnection, key: str, owner: str, now: datetime) -> Claim | None:
    """The claim on a free key, or on one whose owner has been silent for 30 s; None where somebody has it or had it."""
    taken = Claim(key, owner, secrets.token_hex(8))
    row = {"owner": owner, "token": taken.token, "stage": "claimed", "at": now}
    if await insert_if_new(connection, claims, {"key": key, **row}):
        return taken
    silent = claims.c.key == key, claims.c.stage == "claimed", _stale(now)
    if (await connection.execute(update(claims).where(*silent).values(row))).rowcount == 1:
        return taken
    lost = claims.c.key == key, claims.c.stage == "posting", _stale(now)
    await connection.execute(update(claims).where(*lost).values(stage="lost"))
    return None


async def posting(connection: AsyncConnection, held: Claim, now: datetime) -> bool:
    """From here on nobody takes the claim over. False: somebody already has, do not post."""
    mine = claims.c.key == held.key, claims.c.token == held.token, claims.c.stage == "claimed"
    return (await connection.execute(update(claims).where(*mine).values(stage="posting", at=now))).rowcount == 1


async def done(connection: AsyncConnection, held: Claim, now: datetime) -> None:
    """The reply is out. One that was already counted as lost is so no more."""
    mine = claims.c.key == held.key, claims.c.token == held.token
    await connection.execute(update(claims).where(*mine).values(stage="done", at=now))


async def release(connection: AsyncConnection, held: Claim) -> None:
    """Gives back a claim under which nothing was posted."""
    mine = claims.c.key == held.key, claims.c.token == held.token, claims.c.stage == "claimed"
    await connection.execute(delete(claims).where(*mine))


async def lost(connection: AsyncConnection, now: datetime) -> int:
    """How many replies of the last 48 hours may have been lost: their owner fell silent while posting."""
    silent = or_(claims.c.stage == "lost", and_(claims.c.stage == "posting", _stale(now)))
    return (await connection.execute(select(func.count()).select_from(claims).where(silent))).scalar_one()


def _stale(now: datetime) -> ColumnElement[bool]:
    """Silent for too long; a time far ahead comes from a clock that was wrong, and says nothing of an owner at work."""
    return or_(claims.c.at < now - PATIENCE, claims.c.at > now + PATIENCE)
