"""Drafts remember on which questions they stand, and what changed since."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Additive first; what waits longer than a second for a lock gives up and is tried again."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    for name in ("marks", "news"):
        op.add_column(
            "drafts",
            sa.Column(
                name,
                postgresql.JSONB(astext_type=sa.Text()),
                server_default=sa.text("'{}'::jsonb"),
                nullable=False,
            ),
        )


def downgrade() -> None:
    """Back to how it was before."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    for name in ("news", "marks"):
        op.drop_column("drafts", name)
