"""The tables of the state; `migrations/versions` makes them, and a test holds the two equal."""

from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """An instant. Only times with a zone go in, and UTC comes out (SQLite itself keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC; ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored instant with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

# A workspace is a team id, or the enterprise id of an org-wide install. `uninstalled_at` is the tombstone.
workspaces = Table(
    "workspaces",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("installed_at", UtcTime),
    Column("uninstalled_at", UtcTime),
)

# `secrets` is one Fernet token over all tokens of the installation; `lease` guards their refresh across processes.
installations = Table(
    "installations",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("bot_user_id", String(64), nullable=False, index=True),
    Column("facts", Text, nullable=False),
    Column("secrets", Text, nullable=False),
    Column("lease", String(64)),
    Column("leased_at", UtcTime),
)

oauth_states = Table(
    "oauth_states",
    metadata,
    Column("state", String(64), primary_key=True),
    Column("issued_at", UtcTime, nullable=False),
)

# No workspace here: one message in a shared channel reaches us through several (SLACK.md section 3).
claims = Table(
    "claims",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("owner", String(255), nullable=False),
    Column("token", String(64), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
)

threads = Table(
    "threads",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("thread_ts", String(64), primary_key=True),
    Column("user", String(64), nullable=False),
    Column("thread", Text, nullable=False),
    Column("saved_at", UtcTime, nullable=False, index=True),
    Index("threads_by_place", "channel", "thread_ts"),
)

last_comparisons = Table(
    "last_comparisons",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("user", String(64), primary_key=True),
    Column("thread", Text, nullable=False),
    Column("saved_at", UtcTime, nullable=False, index=True),
    Index("last_comparisons_by_asker", "channel", "user"),
)

scenarios = Table(
    "scenarios",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("workspace", String(64), nullable=False, index=True),
    Column("scenario", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("saved_at", UtcTime, nullable=False, index=True),
)

# The channel "" holds the workspace's own settings.
settings = Table(
    "settings",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("change", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False, index=True),
    Column("channel", String(64), nullable=False),
    Column("user", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)

recent = Table(
    "recent",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("user", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("message", String(64)),
    Index("recent_by_workspace", "workspace", "at"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("positive", Integer, nullable=False),
    Column("negative", Integer, nullable=False),
)

# What belongs to a workspace and goes with it.
owned = (installations, threads, last_comparisons, scenarios, settings, audit, recent, feedback)
