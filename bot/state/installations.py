"""Installed workspaces and their tokens, encrypted at rest, with a lease so that one process refreshes at a time."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import ColumnElement, Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.errors import BadKey
from bot.state.tables import installations
from bot.state.upsert import insert_or_update
from bot.state.workspaces import install, may_store

LEASE = timedelta(seconds=30)


@dataclass(frozen=True)
class Installed:
    """One installation: what may be read by anyone with the store, and the tokens, which never show in a repr."""

    workspace: str
    bot_user_id: str
    facts: Mapping[str, Any]
    secrets: Mapping[str, Any] = field(repr=False)


class Vault:
    """Encrypts and decrypts tokens: the newest key writes, every key reads."""

    def __init__(self, keys: Sequence[str]) -> None:
        """BadKey, naming the position but never the key, when one is malformed."""
        fernets = [_fernet(key, place) for place, key in enumerate(keys, start=1)]
        self._all = MultiFernet(fernets) if fernets else None
        self._newest = fernets[0] if fernets else None

    def close(self, tokens: Mapping[str, Any]) -> str:
        """The tokens as one ciphertext. BadKey without a key."""
        if self._newest is None:
            raise BadKey("Tokens of installations need an encryption key (COMPAREBOT_ENCRYPTION_KEY).")
        return self._newest.encrypt(json.dumps(dict(tokens)).encode()).decode()

    def open(self, ciphertext: str, workspace: str) -> dict[str, Any]:
        """The tokens of a workspace. BadKey when none of the keys opens them."""
        try:
            if self._all is not None:
                opened: dict[str, Any] = json.loads(self._all.decrypt(ciphertext))
                return opened
        except InvalidToken:
            pass
        raise BadKey(f"No key in COMPAREBOT_ENCRYPTION_KEY opens the tokens of workspace {workspace}.")

    def is_newest(self, ciphertext: str) -> bool:
        """Whether the newest key wrote this."""
        if self._newest is None:
            return False
        try:
            self._newest.decrypt(ciphertext)
        except InvalidToken:
            return False
        return True


def _fernet(key: str, place: int) -> Fernet:
    try:
        return Fernet(key)
    except ValueError:
        raise BadKey(
            f"COMPAREBOT_ENCRYPTION_KEY: key {place} is not a Fernet key (32 bytes in URL-safe base64)."
        ) from None


async def save(connection: AsyncConnection, vault: Vault, installed: Installed, now: datetime) -> None:
    """Stores an installation over an earlier one, and lifts the tombstone of the workspace."""
    await install(connection, installed.workspace, now)
    row = {
        "workspace": installed.workspace,
        "bot_user_id": installed.bot_user_id,
        "facts": json.dumps(dict(installed.facts)),
        "secrets": vault.close(installed.secrets),
        "lease": None,
        "leased_at": None,
    }
    await insert_or_update(connection, installations, row)


async def find(connection: AsyncConnection, vault: Vault, workspace: str) -> Installed | None:
    """The installation of a workspace or organisation; None when there is none."""
    return await _one(connection, vault, installations.c.workspace == workspace)


async def find_by_bot_user(connection: AsyncConnection, vault: Vault, bot_user_id: str) -> Installed | None:
    """The installation whose bot has this user id; None when it is nobody of ours."""
    return await _one(connection, vault, installations.c.bot_user_id == bot_user_id)


async def _one(connection: AsyncConnection, vault: Vault, which: ColumnElement[bool]) -> Installed | None:
    row: Row[Any] | None = (await connection.execute(select(installations).where(which).limit(1))).one_or_none()
    if row is None:
        return None
    return Installed(row.workspace, row.bot_user_id, json.loads(row.facts), vault.open(row.secrets, row.workspace))


async def lease(connection: AsyncConnection, workspace: str, now: datetime) -> str | None:
    """The right to refresh this installation's tokens for 30 s; None while somebody else has it."""
    token = secrets.token_hex(8)
    free = or_(
        installations.c.lease.is_(None),
        installations.c.leased_at < now - LEASE,
        installations.c.leased_at > now + LEASE,  # a clock that was wrong
    )
    taken = update(installations).where(installations.c.workspace == workspace, free)
    result = await connection.execute(taken.values(lease=token, leased_at=now))
    return token if result.rowcount == 1 else None


async def save_refreshed(
    connection: AsyncConnection, vault: Vault, replaced: Installed, tokens: Mapping[str, Any]
) -> bool:
    """Stores fresh tokens over those that were used up, and ends the lease.

    False when the installation is gone or has other tokens meanwhile.
    """
    if not await may_store(connection, replaced.workspace, alone=True):
        return False
    stored = await find(connection, vault, replaced.workspace)
    if stored is None or stored.secrets != replaced.secrets:
        return False
    fresh = update(installations).where(installations.c.workspace == replaced.workspace)
    await connection.execute(fresh.values(secrets=vault.close(tokens), lease=None, leased_at=None))
    return True


async def reencrypt(connection: AsyncConnection, vault: Vault) -> int:
    """Writes every installation's tokens with the newest key; how many needed it. BadKey when one cannot be read."""
    rows = (await connection.execute(select(installations.c.workspace, installations.c.secrets))).all()
    old = [row for row in rows if not vault.is_newest(row.secrets)]
    for workspace, ciphertext in old:
        unchanged = installations.c.workspace == workspace, installations.c.secrets == ciphertext
        renewed = vault.close(vault.open(ciphertext, workspace))
        await connection.execute(update(installations).where(*unchanged).values(secrets=renewed))
    return len(old)
