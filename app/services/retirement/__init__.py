"""Everything around retirement: the right, the years, the pension, and what comes after."""

from app.services.retirement.after import (
    CONFIRM_REGISTER,
    HAND_OVER_TO_COMMUNITY,
    HANDLE_FILE,
    OFFER_OLD_AGE_SERVICES,
)
from app.services.retirement.benefits import (
    EMPLOYEE_PENSION,
    RESIDENT_PENSION,
)
from app.services.retirement.by_age import CONFIRM_PENSION_RIGHT
from app.services.retirement.early import APPROVE_LOST_ABILITY, APPROVE_SPECIAL_WORK
from app.services.retirement.flexible import REGISTER_FLEXIBLE_CHOICE
from app.services.retirement.paying_up import (
    CHANGE_MEDICAL_TO_RETIREE,
    MOVE_LAND_SCHEME,
    PAY_MISSING_MEDICAL_YEARS,
    PAY_MISSING_PENSION_YEARS,
)
from app.services.retirement.pension import (
    ACTIVATE_PENSION_ACCOUNT,
    CLAIM_RESIDENT_PENSION,
    COMPUTE_PENSION,
    CONFIRM_EXTRA_RIGHTS,
)
from app.services.retirement.years import RECOGNISE_DEEMED_YEARS, TRANSFER_PENSION_ACCOUNT

__all__ = (
    "ACTIVATE_PENSION_ACCOUNT",
    "APPROVE_LOST_ABILITY",
    "APPROVE_SPECIAL_WORK",
    "CHANGE_MEDICAL_TO_RETIREE",
    "CLAIM_RESIDENT_PENSION",
    "COMPUTE_PENSION",
    "CONFIRM_EXTRA_RIGHTS",
    "CONFIRM_PENSION_RIGHT",
    "CONFIRM_REGISTER",
    "EMPLOYEE_PENSION",
    "HANDLE_FILE",
    "HAND_OVER_TO_COMMUNITY",
    "MOVE_LAND_SCHEME",
    "OFFER_OLD_AGE_SERVICES",
    "PAY_MISSING_MEDICAL_YEARS",
    "PAY_MISSING_PENSION_YEARS",
    "RECOGNISE_DEEMED_YEARS",
    "REGISTER_FLEXIBLE_CHOICE",
    "RESIDENT_PENSION",
    "TRANSFER_PENSION_ACCOUNT",
)
