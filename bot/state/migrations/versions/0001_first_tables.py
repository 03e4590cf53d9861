"""The first tables: workspaces, installations, OAuth states, claims, threads, settings, audit, recent, feedback."""

import sqlalchemy as sa
from alembic import op

from bot.state.tables import UtcTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table."""
    _installations()
    _conversations()
    _settings()


def _installations() -> None:
    op.create_table(
        "workspaces",
        sa.Column("workspace", sa.String(64), primary_key=True),
        sa.Column("installed_at", UtcTime),
        sa.Column("uninstalled_at", UtcTime),
    )
    op.create_table(
        "installations",
        sa.Column("workspace", sa.String(64), primary_key=True),
        sa.Column("bot_user_id", sa.String(64), nullable=False, index=True),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("secrets", sa.Text, nullable=False),
        sa.Column("lease", sa.String(64)),
        sa.Column("leased_at", UtcTime),
    )
    op.create_table(
        "oauth_states",
        sa.Column("state", sa.String(64), primary_key=True),
        sa.Column("issued_at", UtcTime, nullable=False),
    )


def _conversations() -> None:
    op.create_table(
        "claims",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("owner", sa.String(255), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("at", UtcTime, nullable=False, index=True),
    )
    op.create_table(
        "threads",
        sa.Column("workspace", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(64), primary_key=True),
        sa.Column("thread_ts", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("thread", sa.Text, nullable=False),
        sa.Column("saved_at", UtcTime, nullable=False, index=True),
    )
    op.create_index("threads_by_place", "threads", ["channel", "thread_ts"])
    op.create_table(
        "last_comparisons",
        sa.Column("workspace", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(64), primary_key=True),
        sa.Column("thread", sa.Text, nullable=False),
        sa.Column("saved_at", UtcTime, nullable=False, index=True),
    )
    op.create_index("last_comparisons_by_asker", "last_comparisons", ["channel", "user"])
    op.create_table(
        "recent",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("workspace", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("at", UtcTime, nullable=False, index=True),
    )
    op.create_index("recent_by_workspace", "recent", ["workspace", "at"])


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("workspace", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(64), primary_key=True),
        sa.Column("change", sa.Text, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("workspace", sa.String(64), nullable=False, index=True),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("workspace", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("positive", sa.Integer, nullable=False),
        sa.Column("negative", sa.Integer, nullable=False),
    )
