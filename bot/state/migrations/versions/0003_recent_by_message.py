"""Which message a recent comparison stands in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the column; what was noted before has no message."""
    op.add_column("recent", sa.Column("message", sa.String(64)))
