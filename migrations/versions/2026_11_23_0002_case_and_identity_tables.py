"""The tables of cases, identity and messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Additive first; what waits longer than a second for a lock gives up and is tried again."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.create_table(
        "authority_health",
        sa.Column("authority_id", sa.String(), nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("open_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "changed_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_authority_health")),
    )
    op.create_table(
        "idempotent_calls",
        sa.Column("app_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("app_id", "key", name=op.f("pk_idempotent_calls")),
    )
    op.create_index(
        op.f("ix_idempotent_calls_created_at"), "idempotent_calls", ["created_at"], unique=False
    )
    op.create_table(
        "inbox",
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), server_default="new", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "due_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "received_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("handled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("sender", "message_id", name=op.f("pk_inbox")),
    )
    op.create_index(
        "ix_inbox_new", "inbox", ["due_at"], unique=False, postgresql_where=sa.text("state = 'new'")
    )
    op.create_table(
        "officers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("authority_id", sa.String(), nullable=False),
        sa.Column("county", sa.String(), server_default="", nullable=False),
        sa.Column("title_zh", sa.String(), server_default="", nullable=False),
        sa.Column("title_en", sa.String(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
    )
    op.create_table(
        "partner_apps",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_apps")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_partner_apps_key_hash")),
    )
    op.create_table(
        "residents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("identity_index", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residents")),
        sa.UniqueConstraint("identity_index", name=op.f("uq_residents_identity_index")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("resident_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.String(), nullable=True),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=True),
        sa.Column(
            "kept",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("provider_session", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "seen_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("ends_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_ends_at"), "sessions", ["ends_at"], unique=False)
    op.create_index(
        op.f("ix_sessions_provider_session"), "sessions", ["provider_session"], unique=False
    )
    op.create_index(op.f("ix_sessions_resident_id"), "sessions", ["resident_id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("life_event", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("county", sa.String(), server_default="", nullable=False),
        sa.Column("applicant_hint", sa.String(), server_default="", nullable=False),
        sa.Column("channel", sa.String(), server_default="web", nullable=False),
        sa.Column("partner_app", sa.String(), nullable=True),
        sa.Column("correlation", sa.String(), server_default="", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("chain", sa.LargeBinary(), server_default=sa.text("''::bytea"), nullable=False),
        sa.Column("withdrawal_asked", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("submitted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("closed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_cases_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_index("ix_cases_resident", "cases", ["resident_id", "id"], unique=False)
    op.create_index(
        "ix_cases_partner",
        "cases",
        ["partner_app", "id"],
        unique=False,
        postgresql_where=sa.text("partner_app IS NOT NULL"),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column(
            "given_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consents_case_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_consents_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(
        "ix_consents_partner",
        "consents",
        ["subject", "resident_id"],
        unique=False,
        postgresql_where=sa.text("kind = 'partner'"),
    )
    op.create_index(op.f("ix_consents_resident_id"), "consents", ["resident_id"], unique=False)
    op.create_table(
        "data_reads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("authority_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column(
            "at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_data_reads_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_reads")),
    )
    op.create_index(op.f("ix_data_reads_case_id"), "data_reads", ["case_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.Column(
            "pages",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "evidence",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("for_whom", sa.String(), server_default="", nullable=False),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_expires_at"), "drafts", ["expires_at"], unique=False)
    op.create_table(
        "register_answers",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("register_id", sa.String(), nullable=False),
        sa.Column("authority_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("sealed_facts", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_register_answers_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "register_id", name=op.f("pk_register_answers")),
    )
    op.create_index(
        "ix_register_answers_due",
        "register_answers",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state in ('consented', 'asked')"),
    )
    op.create_table(
        "reminders",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column(
            "made_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reminders_case_id")),
        sa.PrimaryKeyConstraint("case_id", "rule", name=op.f("pk_reminders")),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("authority_id", sa.String(), nullable=False),
        sa.Column("subject", sa.SmallInteger(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("requires", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("uses", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("round", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("sealed_outcome", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("statutory_on", sa.Date(), nullable=True),
        sa.Column("paused_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_steps_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_steps_case_id_key")),
    )
    op.create_index(
        "ix_steps_due",
        "steps",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state in ('ready', 'with-department')"),
    )
    op.create_index(
        "ix_steps_running",
        "steps",
        ["promised_on"],
        unique=False,
        postgresql_where=sa.text(
            "state not in ('waiting', 'done', 'refused', 'not-possible', 'withdrawn')"
        ),
    )
    op.create_table(
        "submissions",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "submitted_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_submissions_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_submissions")),
    )
    op.create_table(
        "timeline",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_timeline_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_timeline")),
    )
    op.create_table(
        "decisions",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column(
            "decided_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_decisions_step_id")),
        sa.PrimaryKeyConstraint("step_id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_case_id"), "decisions", ["case_id"], unique=False)
    op.create_table(
        "supplements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("sealed_points", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column(
            "asked_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_supplements_case_id")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_supplements_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplements")),
    )
    op.create_index(op.f("ix_supplements_case_id"), "supplements", ["case_id"], unique=False)
    op.create_index(
        "ix_supplements_due",
        "supplements",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_supplements_open",
        "supplements",
        ["step_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("authority_id", sa.String(), nullable=False),
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("life_event", sa.String(), nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("applicant_hint", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=True),
        sa.Column("claimed_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "opened_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("done_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tasks_case_id")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_tasks_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_number", "tasks", ["case_number"], unique=False)
    op.create_index(
        "ix_tasks_officer",
        "tasks",
        ["officer_id", "promised_on", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.create_index(
        "ix_tasks_queue",
        "tasks",
        ["authority_id", "county", "promised_on", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.create_index(
        "ix_tasks_city",
        "tasks",
        ["authority_id", "promised_on", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.create_index(
        "ix_tasks_running",
        "tasks",
        ["authority_id", "county", "promised_on", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('open', 'claimed')"),
    )
    op.create_index(
        "ix_tasks_waiting",
        "tasks",
        ["authority_id", "promised_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'paused'"),
    )
    op.create_index(
        "ix_tasks_service",
        "tasks",
        ["authority_id", "service_id", "promised_on", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.create_index(
        "ix_tasks_event",
        "tasks",
        ["authority_id", "life_event", "promised_on", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.create_index(
        "uq_tasks_open_step",
        "tasks",
        ["step_id"],
        unique=True,
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.create_table(
        "evidence_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("supplement_id", sa.Uuid(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sha256", sa.String(), server_default="", nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_evidence_files_case_id")),
        sa.ForeignKeyConstraint(
            ["supplement_id"], ["supplements.id"], name=op.f("fk_evidence_files_supplement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_files")),
    )
    op.create_index(op.f("ix_evidence_files_case_id"), "evidence_files", ["case_id"], unique=False)


def downgrade() -> None:
    """Back to how it was before."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.drop_index(op.f("ix_evidence_files_case_id"), table_name="evidence_files")
    op.drop_table("evidence_files")
    op.drop_index(
        "uq_tasks_open_step",
        table_name="tasks",
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.drop_index(
        "ix_tasks_queue",
        table_name="tasks",
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.drop_index(
        "ix_tasks_officer",
        table_name="tasks",
        postgresql_where=sa.text("state in ('open', 'claimed', 'paused')"),
    )
    op.drop_index("ix_tasks_number", table_name="tasks")
    op.drop_table("tasks")
    op.drop_index(
        "uq_supplements_open", table_name="supplements", postgresql_where=sa.text("state = 'open'")
    )
    op.drop_index(
        "ix_supplements_due", table_name="supplements", postgresql_where=sa.text("state = 'open'")
    )
    op.drop_index(op.f("ix_supplements_case_id"), table_name="supplements")
    op.drop_table("supplements")
    op.drop_index(op.f("ix_decisions_case_id"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_table("timeline")
    op.drop_table("submissions")
    op.drop_index(
        "ix_steps_running",
        table_name="steps",
        postgresql_where=sa.text(
            "state not in ('waiting', 'done', 'refused', 'not-possible', 'withdrawn')"
        ),
    )
    op.drop_index(
        "ix_steps_due",
        table_name="steps",
        postgresql_where=sa.text("state in ('ready', 'with-department')"),
    )
    op.drop_table("steps")
    op.drop_table("reminders")
    op.drop_index(
        "ix_register_answers_due",
        table_name="register_answers",
        postgresql_where=sa.text("state in ('consented', 'asked')"),
    )
    op.drop_table("register_answers")
    op.drop_index(op.f("ix_drafts_expires_at"), table_name="drafts")
    op.drop_table("drafts")
    op.drop_index(op.f("ix_data_reads_case_id"), table_name="data_reads")
    op.drop_table("data_reads")
    op.drop_index(op.f("ix_consents_resident_id"), table_name="consents")
    op.drop_index(
        "ix_consents_partner", table_name="consents", postgresql_where=sa.text("kind = 'partner'")
    )
    op.drop_table("consents")
    op.drop_index(
        "ix_cases_partner",
        table_name="cases",
        postgresql_where=sa.text("partner_app IS NOT NULL"),
    )
    op.drop_index("ix_cases_resident", table_name="cases")
    op.drop_table("cases")
    op.drop_index(op.f("ix_sessions_resident_id"), table_name="sessions")
    op.drop_index(op.f("ix_sessions_provider_session"), table_name="sessions")
    op.drop_index(op.f("ix_sessions_ends_at"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("residents")
    op.drop_table("partner_apps")
    op.drop_table("officers")
    op.drop_index("ix_inbox_new", table_name="inbox", postgresql_where=sa.text("state = 'new'"))
    op.drop_table("inbox")
    op.drop_index(op.f("ix_idempotent_calls_created_at"), table_name="idempotent_calls")
    op.drop_table("idempotent_calls")
    op.drop_table("authority_health")
