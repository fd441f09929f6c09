"""School and kindergarten entry: categories, places, the draw, checks and what follows."""

from app.services.schooling.after import CHECK_IMMUNISATION, CLAIM_STUDENT_AID, ENROL_PUPIL
from app.services.schooling.checks import (
    CHECK_HOUSEHOLD,
    CHECK_INSURANCE,
    CHECK_PERMIT,
    CHECK_REAL_ESTATE,
)
from app.services.schooling.placing import ALLOCATE_PLACE, ISSUE_NOTICE, RECORD_DRAW
from app.services.schooling.registers import (
    PUPIL_REGISTER,
    REAL_ESTATE_REGISTER,
    RESIDENCE_PERMIT_REGISTER,
)
from app.services.schooling.signing_up import SIGN_UP_PUPIL
from app.services.schooling.special import (
    APPROVE_POINTS,
    DELAY_ENTRY,
    PLACE_DISABLED_PUPIL,
    REFER_CHILD_TO_HOTLINE,
)
from app.services.schooling.verifying import (
    CHECK_MARRIAGE,
    CHECK_RELATION,
    CHECK_WORK,
    RECOGNISE_PREFERENCE,
    VERIFY_HOME_PAPERS,
)

__all__ = [
    "ALLOCATE_PLACE",
    "APPROVE_POINTS",
    "CHECK_HOUSEHOLD",
    "CHECK_IMMUNISATION",
    "CHECK_INSURANCE",
    "CHECK_MARRIAGE",
    "CHECK_PERMIT",
    "CHECK_REAL_ESTATE",
    "CHECK_RELATION",
    "CHECK_WORK",
    "CLAIM_STUDENT_AID",
    "DELAY_ENTRY",
    "ENROL_PUPIL",
    "ISSUE_NOTICE",
    "PLACE_DISABLED_PUPIL",
    "PUPIL_REGISTER",
    "REAL_ESTATE_REGISTER",
    "RECOGNISE_PREFERENCE",
    "RECORD_DRAW",
    "REFER_CHILD_TO_HOTLINE",
    "RESIDENCE_PERMIT_REGISTER",
    "SIGN_UP_PUPIL",
    "VERIFY_HOME_PAPERS",
]
