"""Social relief: the eight kinds, who decides them, and what a family may get."""

from app.services.relief.benefits import (
    DESTITUTE_SUPPORT,
    MINIMUM_LIVING,
    NEAR_MINIMUM,
    TEMPORARY_RELIEF,
)
from app.services.relief.emergency import GIVE_TEMPORARY_RELIEF, GIVE_URGENT_RELIEF
from app.services.relief.granting import GRANT_DESTITUTE_SUPPORT, GRANT_MINIMUM_LIVING
from app.services.relief.other_kinds import (
    DISASTER_RELIEF,
    EDUCATION_RELIEF,
    HOUSING_RELIEF,
    MEDICAL_RELIEF,
    RELIEF_SCREENING,
    WORK_RELIEF,
)
from app.services.relief.referral import REFER_TO_RELIEF
from app.services.relief.township import PUBLISH_RELIEF, VERIFY_RELIEF

__all__ = [
    "DESTITUTE_SUPPORT",
    "DISASTER_RELIEF",
    "EDUCATION_RELIEF",
    "GIVE_TEMPORARY_RELIEF",
    "GIVE_URGENT_RELIEF",
    "GRANT_DESTITUTE_SUPPORT",
    "GRANT_MINIMUM_LIVING",
    "HOUSING_RELIEF",
    "MEDICAL_RELIEF",
    "MINIMUM_LIVING",
    "NEAR_MINIMUM",
    "PUBLISH_RELIEF",
    "REFER_TO_RELIEF",
    "RELIEF_SCREENING",
    "TEMPORARY_RELIEF",
    "VERIFY_RELIEF",
    "WORK_RELIEF",
]
