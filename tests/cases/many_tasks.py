"""Desks full of work, made by the database itself so that a hundred thousand are quick."""

from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.portal import CITY_TIME

COUNTIES = ("331002", "331003", "331004", "331022", "331023", "331024", "331081", "331082")
# More at once would outlast the time that a statement has on a busy machine.
MOST_AT_ONCE = 10_000
_FILL = text("""
    WITH resident AS (
        INSERT INTO residents (id, identity_index, sealed_identity)
        VALUES (gen_random_uuid(), sha256(CAST(random() AS text)::bytea), 'x') RETURNING id
    ), the_case AS (
        INSERT INTO cases (id, number, life_event, definition, resident_id, state, county)
        SELECT gen_random_uuid(), CAST(:number AS text), 'birth', '1', resident.id, 'running', ''
        FROM resident RETURNING id
    ), made AS (
        SELECT gen_random_uuid() AS step_id, n FROM generate_series(1, :count) AS n
    ), the_steps AS (
        INSERT INTO steps (id, case_id, key, service_id, authority_id, position, channel, state,
                           requires, uses)
        SELECT made.step_id, the_case.id, 'step:' || made.n, 'register-newborn', :authority, 1,
               'desk', 'at-desk', '{}', '{}'
        FROM made, the_case
    )
    INSERT INTO tasks (id, case_id, step_id, kind, state, authority_id, county, case_number,
                       life_event, service_id, applicant_hint, promised_on, officer_id,
                       claimed_until)
    SELECT gen_random_uuid(), the_case.id, made.step_id, 'decide',
           (ARRAY['open', 'open', 'open', 'claimed', 'paused', 'done'])[1 + n % 6], :authority,
           (CAST(:counties AS text[]))[1 + n % cardinality(CAST(:counties AS text[]))],
           :number || '-' || n,
           (ARRAY['birth', 'school', 'retirement'])[1 + n % 3],
           (ARRAY['register-newborn', 'change-address'])[1 + n % 2], '林*满',
           CAST(:first AS date) + n % 61,
           CASE WHEN n % 6 = 3 THEN 'officer-' || n % 7 END,
           CASE WHEN n % 6 = 3 THEN now() + make_interval(mins => n % 20 - 10) END
    FROM made, the_case
""")


async def fill_desks(
    session: AsyncSession,
    authority: str,
    count: int,
    counties: tuple[str, ...] = COUNTIES,
    first: date | None = None,
    number: str = "TZ-MANY",
) -> None:
    """Add `count` tasks in every state, promised from ten days ago to fifty days ahead."""
    begin = first or datetime.now(CITY_TIME).date() - timedelta(days=10)
    # Foreign keys hold by construction; checking 300,000 of them would take the test's time.
    await session.execute(text("SET LOCAL session_replication_role = replica"))
    for done in range(0, count, MOST_AT_ONCE):
        await session.execute(
            _FILL,
            {
                "authority": authority,
                "count": min(MOST_AT_ONCE, count - done),
                "counties": list(counties),
                "first": begin,
                "number": f"{number}-{done}" if done else number,
            },
        )
    await session.execute(text("SET LOCAL session_replication_role = DEFAULT"))
