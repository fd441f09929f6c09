"""Disability: the certificate, the assessment before it, and the benefits and services after it."""

from app.services.disability.assessment import (
    ASSESS_DISABILITY,
    BOOK_ASSESSMENT,
    PUBLISH_ASSESSMENT,
)
from app.services.disability.benefits import (
    LIVING_SUBSIDY,
    MEDICAL_CONTRIBUTION,
    NEW_CERTIFICATE,
    NURSING_SUBSIDY,
    PENSION_CONTRIBUTION,
)
from app.services.disability.card import (
    CANCEL_CERTIFICATE,
    MOVE_CERTIFICATE,
    RENEW_CERTIFICATE,
    REPLACE_CERTIFICATE,
)
from app.services.disability.certificate import (
    CHANGE_DISABILITY_CERTIFICATE,
    ISSUE_DISABILITY_CERTIFICATE,
)
from app.services.disability.needs import (
    CLAIM_DEVICE,
    CLAIM_REHABILITATION,
    CLAIM_SMALL_BENEFITS,
    REFER_TO_SCHOOL,
    REQUEST_CARE_PLACE,
    REQUEST_HOME_WORKS,
)
from app.services.disability.register import (
    DISABILITY_REGISTER,
)
from app.services.disability.review import (
    REVIEW_BENEFITS,
)
from app.services.disability.subsidies import (
    CLAIM_LIVING_SUBSIDY,
    CLAIM_NURSING_SUBSIDY,
)
from app.services.disability.subsidy_checks import (
    CHECK_SUBSIDY_CLAIM,
    REVIEW_SUBSIDY_CLAIM,
)
from app.services.disability.support import (
    HELP_INTO_WORK,
    PAY_MEDICAL_AID,
    PAY_PENSION_CONTRIBUTION,
)

__all__ = [
    "ASSESS_DISABILITY",
    "BOOK_ASSESSMENT",
    "CANCEL_CERTIFICATE",
    "CHANGE_DISABILITY_CERTIFICATE",
    "CHECK_SUBSIDY_CLAIM",
    "CLAIM_DEVICE",
    "CLAIM_LIVING_SUBSIDY",
    "CLAIM_NURSING_SUBSIDY",
    "CLAIM_REHABILITATION",
    "CLAIM_SMALL_BENEFITS",
    "DISABILITY_REGISTER",
    "HELP_INTO_WORK",
    "ISSUE_DISABILITY_CERTIFICATE",
    "LIVING_SUBSIDY",
    "MEDICAL_CONTRIBUTION",
    "MOVE_CERTIFICATE",
    "NEW_CERTIFICATE",
    "NURSING_SUBSIDY",
    "PAY_MEDICAL_AID",
    "PAY_PENSION_CONTRIBUTION",
    "PENSION_CONTRIBUTION",
    "PUBLISH_ASSESSMENT",
    "REFER_TO_SCHOOL",
    "RENEW_CERTIFICATE",
    "REPLACE_CERTIFICATE",
    "REQUEST_CARE_PLACE",
    "REQUEST_HOME_WORKS",
    "REVIEW_BENEFITS",
    "REVIEW_SUBSIDY_CLAIM",
]
