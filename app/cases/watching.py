"""How the work stands, for the people who run the portal: one capped statement, no case named."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# Beyond this the numbers only say "very many"; counting on would cost more than it tells.
MOST_COUNTED = 20_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How the work stands at one moment; ages in seconds, no number above MOST_COUNTED.

    `newest_steps` counts the newest steps by service and state: what became of them.
    """

    undelivered: dict[str, int] = field(default_factory=dict)
    oldest_undelivered: dict[str, float] = field(default_factory=dict)
    with_department: dict[str, int] = field(default_factory=dict)
    tasks: dict[tuple[str, str], int] = field(default_factory=dict)
    jobs: dict[tuple[str, str], int] = field(default_factory=dict)
    newest_steps: dict[tuple[str, str], int] = field(default_factory=dict)
    messages: int = 0
    oldest_message: float = 0
    breakers_open: frozenset[str] = frozenset()
    grants: dict[str, int] = field(default_factory=dict)


async def standing(session: AsyncSession) -> Standing:
    """Count what waits, by authority. Every part reads at most MOST_COUNTED entries of an index."""
    counts: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    ages: dict[str, dict[str, float]] = defaultdict(dict)
    for row in await session.execute(_STANDING, {"most": MOST_COUNTED}):
        counts[row.what][row.one, row.other] = row.number
        ages[row.what][row.one] = max(float(row.age), 0.0)
    return Standing(
        undelivered={one: number for (one, _), number in counts["ready"].items()},
        oldest_undelivered=dict(ages["ready"]),
        with_department={one: number for (one, _), number in counts["with-department"].items()},
        tasks=counts["task"],
        jobs=counts["job"],
        newest_steps=counts["step"],
        messages=sum(counts["message"].values()),
        oldest_message=max(ages["message"].values(), default=0.0),
        breakers_open=frozenset(one for one, _ in counts["breaker"]),
        grants={one: number for (one, _), number in counts["grant"].items()},
    )


async def migrated_to(session: AsyncSession) -> str:
    """The revision that the tables of this database have."""
    return str(await session.scalar(text("SELECT version_num FROM alembic_version")))


_STANDING = text("""
    SELECT state AS what, authority_id AS one, '' AS other, count(*) AS number,
           extract(epoch FROM now() - min(opened_at)) AS age
    FROM (SELECT state, authority_id, opened_at FROM steps
          WHERE state IN ('ready', 'with-department') ORDER BY due_at LIMIT :most) AS waiting
    GROUP BY state, authority_id
    UNION ALL
    SELECT 'task', authority_id, state, count(*), 0
    FROM (SELECT authority_id, state FROM tasks
          WHERE state IN ('open', 'claimed', 'paused') LIMIT :most) AS open_tasks
    GROUP BY authority_id, state
    UNION ALL
    SELECT 'message', '', '', count(*), extract(epoch FROM now() - min(received_at))
    FROM (SELECT received_at FROM inbox WHERE state = 'new' ORDER BY due_at LIMIT :most) AS new
    HAVING count(*) > 0
    UNION ALL
    SELECT 'job', entrypoint, status::text, count(*), 0
    FROM (SELECT entrypoint, status FROM pgqueuer LIMIT :most) AS jobs
    GROUP BY entrypoint, status
    UNION ALL
    SELECT 'step', service_id, state, count(*), 0
    FROM (SELECT service_id, state FROM steps ORDER BY id DESC LIMIT :most) AS newest
    GROUP BY service_id, state
    UNION ALL
    SELECT 'breaker', authority_id, '', 1, 0 FROM authority_health WHERE open_until > now()
    UNION ALL
    SELECT 'grant', 'pending', '', coalesce(sum(pending), 0)::bigint, 0
    FROM recomputations WHERE ended_at IS NULL
    UNION ALL
    SELECT 'grant', 'in-question', '', count(*), 0
    FROM (SELECT FROM grants WHERE state = 'in-question' LIMIT :most) AS in_question
""")
