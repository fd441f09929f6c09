"""Everything around work: registering, insuring, hiring, files, subsidies and housing for it."""

from app.services.employment.graduates import CHECK_DESTINATION
from app.services.employment.growing import (
    FIND_TRAINEESHIP,
    PAY_SKILL_SUBSIDY,
    PAY_START_UP,
    TRANSFER_FILE,
)
from app.services.employment.hiring import INSURE_HIRE
from app.services.employment.insuring import ENROL_MEDICAL, ENROL_PENSION, PAY_CONTRIBUTIONS
from app.services.employment.registering import (
    CLOSE_OLD_COVER,
    REGISTER_WORK,
)
from app.services.employment.subsidies import (
    PAY_FLEXIBLE_SUBSIDY,
    PAY_JOB_SUBSIDY,
    PAY_SEARCH_GRANT,
)
from app.services.employment.support import (
    APPLY_PUBLIC_RENTAL,
    APPLY_START_UP_LOAN,
    PAY_RENT_GRANT,
)

__all__ = (
    "APPLY_PUBLIC_RENTAL",
    "APPLY_START_UP_LOAN",
    "CHECK_DESTINATION",
    "CLOSE_OLD_COVER",
    "ENROL_MEDICAL",
    "ENROL_PENSION",
    "FIND_TRAINEESHIP",
    "INSURE_HIRE",
    "PAY_CONTRIBUTIONS",
    "PAY_FLEXIBLE_SUBSIDY",
    "PAY_JOB_SUBSIDY",
    "PAY_RENT_GRANT",
    "PAY_SEARCH_GRANT",
    "PAY_SKILL_SUBSIDY",
    "PAY_START_UP",
    "REGISTER_WORK",
    "TRANSFER_FILE",
)
