"""Demo people by story, demo officers and demo partner apps; every number is made up but valid."""

from app.demo_city.helped import HELPED
from app.demo_city.kinds import (
    DaysAgo,
    DemoOfficer,
    DemoPartner,
    DemoResident,
    demo_credit_code,
    demo_id,
)
from app.demo_city.officers import OFFICERS, PARTNER_APPS, officers_for
from app.demo_city.parents import PARENTS
from app.demo_city.pupils import PUPILS_PARENTS
from app.demo_city.workers import WORKERS

RESIDENTS = (*PARENTS, *PUPILS_PARENTS, *WORKERS, *HELPED)

__all__ = (
    "OFFICERS",
    "PARTNER_APPS",
    "RESIDENTS",
    "DaysAgo",
    "DemoOfficer",
    "DemoPartner",
    "DemoResident",
    "demo_credit_code",
    "demo_id",
    "officers_for",
)
