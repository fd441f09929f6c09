"""The tables of the job engine, as its own installer writes them, safe against a crash."""

from alembic import context, op
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from pgqueuer.domain.settings import DBSettings, Durability

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ENGINE = QueryBuilderEnvironment(DBSettings(durability=Durability.durable))


def upgrade() -> None:
    """Install the queue, its log, its schedules and its statistics."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    execute_script(ENGINE.build_install_query())


def downgrade() -> None:
    """Remove them; jobs are made again from the cases by the sweep."""
    op.execute("SET LOCAL lock_timeout = '1s'")
    execute_script(ENGINE.build_uninstall_query())


def execute_script(script: str) -> None:
    """Run several statements at once, which only the driver itself can do."""
    if context.is_offline_mode():
        context.get_context().impl.static_output(script)
        return
    adapter = op.get_bind().connection.dbapi_connection
    adapter.run_async(lambda connection: connection.execute(script))
