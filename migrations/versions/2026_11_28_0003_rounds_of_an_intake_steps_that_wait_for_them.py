"""Rounds of an intake with their entries; steps that wait for a round or become needless."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Additive first; what waits longer than a second for a lock gives up and is tried again."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.create_table(
        "rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("life_event", sa.String(), nullable=False),
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("wave", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("state", sa.String(), server_default="open", nullable=False),
        sa.Column("opens_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("closes_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("places", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("notary_digits", sa.String(), server_default="", nullable=False),
        sa.Column("secret", sa.String(), server_default="", nullable=False),
        sa.Column("seed", sa.String(), server_default="", nullable=False),
        sa.Column(
            "history",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("allotted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("given_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint(
            "life_event",
            "county",
            "kind",
            "year",
            "wave",
            name=op.f("uq_rounds_life_event_county_kind_year_wave"),
        ),
    )
    op.create_index(
        "ix_rounds_due",
        "rounds",
        ["closes_at"],
        unique=False,
        postgresql_where=sa.text("state <> 'given'"),
    )
    op.create_table(
        "round_entries",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.SmallInteger(), nullable=True),
        sa.Column("identity_index", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), server_default="entered", nullable=False),
        sa.Column("by_hand", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("sealed_given", sa.LargeBinary(), nullable=True),
        sa.Column("listed", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "entered_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_round_entries_case_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_entries_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "key", name=op.f("pk_round_entries")),
        sa.UniqueConstraint(
            "case_id",
            "subject",
            name=op.f("uq_round_entries_case_id_subject"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(
        "uq_round_entries_person",
        "round_entries",
        ["round_id", "identity_index"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.add_column(
        "steps",
        sa.Column(
            "unless", postgresql.ARRAY(sa.TEXT()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.add_column("steps", sa.Column("held", sa.Boolean(), server_default="false", nullable=False))


def downgrade() -> None:
    """Back to how it was before."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.drop_column("steps", "held")
    op.drop_column("steps", "unless")
    op.drop_index(
        "uq_round_entries_person",
        table_name="round_entries",
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.drop_table("round_entries")
    op.drop_index(
        "ix_rounds_due", table_name="rounds", postgresql_where=sa.text("state <> 'given'")
    )
    op.drop_table("rounds")
