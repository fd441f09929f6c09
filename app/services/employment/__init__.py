"""Everything around work: registering, insuring, hiring, files, subsidies and housing for it."""

from app.services.employment.benefits import (
    FLEXIBLE_SUBSIDY,
    JOB_SUBSIDY_BENEFIT,
    RENT_BENEFIT,
    SEARCH_BENEFIT,
    SKILL_BENEFIT,
    START_UP_BENEFIT,
    UNEMPLOYMENT_BENEFIT,
)
from app.services.employment.graduates import CHECK_DESTINATION
from app.services.employment.hiring import INSURE_HIRE
from app.services.employment.housing import GIVE_VOUCHER, PAY_RENT_GRANT
from app.services.employment.insuring import ENROL_MEDICAL, ENROL_PENSION, PAY_CONTRIBUTIONS
from app.services.employment.jobs import FIND_TRAINEESHIP, PAY_JOB_SUBSIDY
from app.services.employment.personnel_file import TRANSFER_FILE
from app.services.employment.registering import CLOSE_OLD_COVER, REGISTER_WORK
from app.services.employment.rental import APPLY_PUBLIC_RENTAL
from app.services.employment.skills import PAY_SKILL_SUBSIDY
from app.services.employment.starting_up import APPLY_START_UP_LOAN, PAY_START_UP
from app.services.employment.subsidies import PAY_FLEXIBLE_SUBSIDY, PAY_SEARCH_GRANT

__all__ = (
    "APPLY_PUBLIC_RENTAL",
    "APPLY_START_UP_LOAN",
    "CHECK_DESTINATION",
    "CLOSE_OLD_COVER",
    "ENROL_MEDICAL",
    "ENROL_PENSION",
    "FIND_TRAINEESHIP",
    "FLEXIBLE_SUBSIDY",
    "GIVE_VOUCHER",
    "INSURE_HIRE",
    "JOB_SUBSIDY_BENEFIT",
    "PAY_CONTRIBUTIONS",
    "PAY_FLEXIBLE_SUBSIDY",
    "PAY_JOB_SUBSIDY",
    "PAY_RENT_GRANT",
    "PAY_SEARCH_GRANT",
    "PAY_SKILL_SUBSIDY",
    "PAY_START_UP",
    "REGISTER_WORK",
    "RENT_BENEFIT",
    "SEARCH_BENEFIT",
    "SKILL_BENEFIT",
    "START_UP_BENEFIT",
    "TRANSFER_FILE",
    "UNEMPLOYMENT_BENEFIT",
)
