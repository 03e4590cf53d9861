"""State: everything the bot keeps, behind one object. Each method is one transaction at one instant of its clock."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, delete, insert, select, text

from bot.state import claims, installations, recent, scenarios, settings, tables, threads, workspaces
from bot.state.claims import Claim
from bot.state.database import Database
from bot.state.installations import Installed, Vault
from bot.state.migrate import migrate
from bot.state.recent import Recent
from bot.state.scenarios import KeptScenario
from bot.state.settings import AuditEntry, SettingsChange, WorkspaceSettings
from bot.state.upsert import insert_or_update

THREADS_LIVE = timedelta(days=90)
CLAIMS_LIVE = timedelta(hours=48)
OAUTH_STATES_LIVE = timedelta(minutes=10)


def utc_now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


class State:
    """The state store of the bot. Every method may raise StateUnavailable.

    A workspace is a team id, or the enterprise id of an org-wide install.
    """

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime]) -> None:
        """Use `open`, which also brings the schema up to date."""
        self._database = database
        self._vault = vault
        self.now = now

    @classmethod
    async def open(cls, url: str, *, keys: Sequence[str] = (), now: Callable[[], datetime] = utc_now) -> Self:
        """The store at a database URL, its schema up to date.

        `keys` are Fernet keys, newest first; tokens that an older key wrote are written again with the newest.
        BadStateUrl, BadKey or StateUnavailable, each with one line for people.
        """
        vault = Vault(keys)
        database = Database(url)
        try:
            await migrate(database)
            if keys:
                async with database.writing() as connection:
                    await installations.reencrypt(connection, vault)
        except BaseException:
            await database.close()
            raise
        return cls(database, vault, now)

    def __repr__(self) -> str:
        return f"State({self._database.name})"

    async def close(self) -> None:
        """Closes every connection."""
        await self._database.close()

    async def ping(self) -> None:
        """Returns when the store answers."""
        async with self._database.reading() as connection:
            await connection.execute(text("SELECT 1"))

    # Once: one reply per user message.

    async def claim(self, key: str, owner: str) -> Claim | None:
        """The right to answer message `key`; None when somebody else has it, or has answered.

        One still "claimed" after 30 s is taken over; one "posting" for longer is counted as lost, never taken over.
        """
        async with self._database.writing() as connection:
            return await claims.claim(connection, key, owner, self.now())

    async def posting(self, claim: Claim) -> bool:
        """Call just before posting. False: the claim was taken over meanwhile, do not post."""
        async with self._database.writing() as connection:
            return await claims.posting(connection, claim, self.now())

    async def done(self, claim: Claim) -> None:
        """The reply is out."""
        async with self._database.writing() as connection:
            await claims.done(connection, claim, self.now())

    async def release(self, claim: Claim) -> None:
        """Nothing was posted: the message is free again."""
        async with self._database.writing() as connection:
            await claims.release(connection, claim)

    async def lost_replies(self) -> int:
        """How many replies of the last 48 hours may have been lost while posting."""
        async with self._database.reading() as connection:
            return await claims.lost(connection, self.now())

    # Threads: the bot's own memory, 90 days.

    async def thread(self, channel: str, thread_ts: str, *, workspace: str | None = None) -> str | None:
        """The thread at this place as JSON text; with a workspace, only what that installation said there."""
        async with self._database.reading() as connection:
            return await threads.find(connection, channel, thread_ts, workspace)

    async def save_thread(self, workspace: str, channel: str, thread_ts: str, user: str, thread_json: str) -> None:
        """Keeps the thread at this place."""
        async with self._database.writing() as connection:
            await threads.save(connection, workspace, channel, thread_ts, user, thread_json, self.now())

    async def last_comparison(
        self, channel: str, user: str, within: timedelta, *, workspace: str | None = None
    ) -> str | None:
        """The asker's own last comparison in the channel, as JSON text, unless it is older than `within`."""
        async with self._database.reading() as connection:
            return await threads.find_last(connection, channel, user, within, workspace, self.now())

    async def save_last(self, workspace: str, channel: str, user: str, thread_json: str) -> None:
        """Keeps the asker's last comparison in the channel."""
        async with self._database.writing() as connection:
            await threads.save_last(connection, workspace, channel, user, thread_json, self.now())

    # Scenarios: what the controls of a message stand for, 90 days.

    async def scenario(self, key: str) -> KeptScenario | None:
        """The scenario under a key; None when there is none, or no more."""
        async with self._database.reading() as connection:
            return await scenarios.find(connection, key)

    async def save_scenario(self, workspace: str, key: str, scenario_json: str, version: int) -> bool:
        """Keeps it over the version that was read (0: a new one); False when somebody else was faster."""
        async with self._database.writing() as connection:
            return await scenarios.save(connection, workspace, key, scenario_json, version, self.now())

    # Settings, audited.

    async def settings(self, workspace: str, channel: str | None = None) -> WorkspaceSettings:
        """The channel's own settings over the workspace's over the defaults."""
        async with self._database.reading() as connection:
            return await settings.find(connection, workspace, channel)

    async def change_settings(
        self, workspace: str, channel: str | None, change: SettingsChange, by_user: str, by_workspace: str
    ) -> WorkspaceSettings:
        """Changes them and writes the audit entry in one transaction. NotAllowed, with a sentence for the person."""
        async with self._database.writing() as connection:
            return await settings.change(connection, workspace, channel, change, by_user, by_workspace, self.now())

    async def audit(self, workspace: str) -> list[AuditEntry]:
        """Every change of the workspace's settings, oldest first."""
        async with self._database.reading() as connection:
            return await settings.find_audit(connection, workspace)

    # Home.

    async def save_recent(
        self,
        workspace: str,
        channel: str,
        channel_is_public: bool,
        user: str,
        title: str,
        query: str,
        message: str | None = None,
    ) -> None:
        """Notes a comparison for Home, in place of what its message (any key) showed before."""
        asked = Recent(title=title, query=query, channel=channel, user=user, at=self.now())
        async with self._database.writing() as connection:
            await recent.save(connection, workspace, channel_is_public, asked, message)

    async def recent(self, workspace: str, user: str, limit: int = 10) -> list[Recent]:
        """The user's own comparisons and those of public channels of the workspace, newest first."""
        async with self._database.reading() as connection:
            return await recent.find(connection, workspace, user, limit)

    # Feedback: counts, no text.

    async def count_feedback(self, workspace: str, kind: str, positive: bool) -> None:
        """One more thumb up or down for a kind of answer."""
        votes = tables.feedback.c.positive if positive else tables.feedback.c.negative
        row = {"workspace": workspace, "kind": kind, "positive": int(positive), "negative": int(not positive)}
        async with self._database.writing() as connection:
            if await workspaces.may_store(connection, workspace):
                await insert_or_update(connection, tables.feedback, row, {votes.name: votes + 1})

    async def feedback(self, workspace: str) -> dict[str, tuple[int, int]]:
        """Per kind of answer: how many thumbs up and down."""
        votes = select(tables.feedback).where(tables.feedback.c.workspace == workspace)
        async with self._database.reading() as connection:
            return {row.kind: (row.positive, row.negative) for row in await connection.execute(votes)}

    # Installations and OAuth (bot/slack/installations.py and oauth.py speak Slack's words over these).

    async def save_installation(self, installed: Installed) -> None:
        """Stores an installation, its tokens encrypted, and lifts the workspace's tombstone. BadKey without a key."""
        async with self._database.writing() as connection:
            await installations.save(connection, self._vault, installed, self.now())

    async def installation(self, workspace: str) -> Installed | None:
        """The installation of a workspace; None when there is none. BadKey when no key opens its tokens."""
        async with self._database.reading() as connection:
            return await installations.find(connection, self._vault, workspace)

    async def installation_of_bot(self, bot_user_id: str) -> Installed | None:
        """The installation whose bot has this user id; None for somebody else's."""
        async with self._database.reading() as connection:
            return await installations.find_by_bot_user(connection, self._vault, bot_user_id)

    async def lease_refresh(self, workspace: str) -> str | None:
        """The right to refresh the workspace's tokens for 30 s; None while another process has it."""
        async with self._database.writing() as connection:
            return await installations.lease(connection, workspace, self.now())

    async def save_refreshed(self, replaced: Installed, secrets: Mapping[str, Any]) -> bool:
        """Stores refreshed tokens over those used up; False when the installation is gone or was made anew."""
        async with self._database.writing() as connection:
            return await installations.save_refreshed(connection, self._vault, replaced, secrets)

    async def issue_oauth_state(self, state: str) -> None:
        """Remembers an OAuth state for 10 minutes."""
        async with self._database.writing() as connection:
            await connection.execute(insert(tables.oauth_states).values(state=state, issued_at=self.now()))

    async def consume_oauth_state(self, state: str) -> bool:
        """Whether the state was issued within 10 minutes; it holds once, in whichever process."""
        issued = tables.oauth_states.c
        valid = issued.state == state, issued.issued_at >= self.now() - OAUTH_STATES_LIVE
        async with self._database.writing() as connection:
            return (await connection.execute(delete(tables.oauth_states).where(*valid))).rowcount == 1

    # Retention and uninstall.

    async def installed(self, workspace: str) -> None:
        """Lifts the tombstone where no installation is saved: an app that serves one workspace by its token."""
        async with self._database.writing() as connection:
            await workspaces.install(connection, workspace, self.now())

    async def forget_workspace(self, workspace: str, *, uninstalled_at: datetime | None = None) -> bool:
        """Deletes everything of the workspace, as often as asked; nothing is stored for it until it installs again.

        `uninstalled_at` is when Slack says that it happened: where a newer installation exists, False, nothing deleted.
        """
        async with self._database.writing() as connection:
            return await workspaces.forget(connection, workspace, self.now(), uninstalled_at)

    async def expire(self) -> None:
        """Deletes threads, scenarios, comparisons and tombstones of 90 days, claims of 48 hours, OAuth states of 10 minutes."""
        now = self.now()
        old: list[tuple[ColumnElement[Any], timedelta]] = [
            (tables.threads.c.saved_at, THREADS_LIVE),
            (tables.last_comparisons.c.saved_at, THREADS_LIVE),
            (tables.scenarios.c.saved_at, THREADS_LIVE),
            (tables.recent.c.at, THREADS_LIVE),
            (tables.workspaces.c.uninstalled_at, THREADS_LIVE),
            (tables.claims.c.at, CLAIMS_LIVE),
            (tables.oauth_states.c.issued_at, OAUTH_STATES_LIVE),
        ]
        for column, lifetime in old:
            async with self._database.writing() as connection:
                await connection.execute(delete(column.table).where(column < now - lifetime))
