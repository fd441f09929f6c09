"""What is promised by the hour, and how a queue finds it before everything else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The column is new and empty, so the index is too: one pass over the tasks, then nothing to hold.
INDEX = """
    -- squawk-ignore require-concurrent-index-creation
    CREATE INDEX ix_tasks_hours ON tasks (authority_id, promised_at, id)
    WHERE state IN ('open', 'claimed', 'paused') AND promised_at IS NOT NULL
"""


def upgrade() -> None:
    """Additive first; what waits longer than a second for a lock gives up and is tried again."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    moment = postgresql.TIMESTAMP(timezone=True)
    op.add_column("steps", sa.Column("promised_at", moment, nullable=True))
    op.add_column("tasks", sa.Column("promised_at", moment, nullable=True))
    op.execute(INDEX)


def downgrade() -> None:
    """Back to how it was before."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.drop_index("ix_tasks_hours", table_name="tasks")
    op.drop_column("tasks", "promised_at")
    op.drop_column("steps", "promised_at")
