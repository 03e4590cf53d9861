"""The scenarios behind the controls of messages."""

import sqlalchemy as sa
from alembic import op

from bot.state.tables import UtcTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "scenarios",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("workspace", sa.String(64), nullable=False, index=True),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", UtcTime, nullable=False, index=True),
    )
