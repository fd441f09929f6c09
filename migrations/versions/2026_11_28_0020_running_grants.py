"""Running grants, and their recomputation when what they hang on changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Additive first; what waits longer than a second for a lock gives up and is tried again."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.create_table(
        "recomputations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column(
            "told",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("processed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("failed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "pending",
            sa.BigInteger(),
            sa.Computed("total - processed - failed", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "opened_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "processed >= 0 AND failed >= 0 AND processed + failed <= total",
            name=op.f("ck_recomputations_counts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recomputations")),
    )
    op.create_index("ix_recomputations_cause", "recomputations", ["cause"], unique=False)
    op.create_index(
        "uq_recomputations_open",
        "recomputations",
        ["cause"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("benefit_id", sa.String(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("sealed_facts", sa.LargeBinary(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("to_confirm", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reckoned_on", sa.Date(), nullable=False),
        sa.Column(
            "rates",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "granted_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_grants_case_id")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_grants_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint("step_id", name=op.f("uq_grants_step_id")),
    )
    op.create_index("ix_grants_case", "grants", ["case_id"], unique=False)
    op.create_index(
        "ix_grants_in_question",
        "grants",
        ["service_id", "county"],
        unique=False,
        postgresql_where=sa.text("state = 'in-question'"),
    )
    op.create_index("ix_grants_person", "grants", ["person"], unique=False)
    op.create_table(
        "reckonings",
        sa.Column("recomputation_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), server_default="pending", nullable=False),
        sa.Column("ends", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("changed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("before", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("after", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column(
            "explanation",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("reckoned_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], name=op.f("fk_reckonings_grant_id")),
        sa.ForeignKeyConstraint(
            ["recomputation_id"], ["recomputations.id"], name=op.f("fk_reckonings_recomputation_id")
        ),
        sa.PrimaryKeyConstraint("recomputation_id", "grant_id", name=op.f("pk_reckonings")),
    )
    op.create_index(
        "ix_reckonings_grant",
        "reckonings",
        ["grant_id"],
        unique=False,
        postgresql_where=sa.text("changed"),
    )
    op.create_index(
        "ix_reckonings_pending",
        "reckonings",
        ["recomputation_id", "grant_id"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )


def downgrade() -> None:
    """Back to how it was before."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.drop_index(
        "ix_reckonings_pending",
        table_name="reckonings",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(
        "ix_reckonings_grant", table_name="reckonings", postgresql_where=sa.text("changed")
    )
    op.drop_table("reckonings")
    op.drop_index("ix_grants_person", table_name="grants")
    op.drop_index(
        "ix_grants_in_question",
        table_name="grants",
        postgresql_where=sa.text("state = 'in-question'"),
    )
    op.drop_index("ix_grants_case", table_name="grants")
    op.drop_table("grants")
    op.drop_index(
        "uq_recomputations_open",
        table_name="recomputations",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_recomputations_cause", table_name="recomputations")
    op.drop_table("recomputations")
