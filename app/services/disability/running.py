"""What the disability services grant month by month, and what ends it or has it reckoned again."""

from app.services.disability.benefits import (
    LIVING_SUBSIDY,
    MEDICAL_CONTRIBUTION,
    NURSING_SUBSIDY,
    PENSION_CONTRIBUTION,
)
from app.vocabulary.granting import Grant, Touches, age_of, asked, found

# The classes of the certificate as the benefits ask for them; of several the first counts.
CLASS = {
    "intellectual": "mind",
    "mental": "mind",
    "limb": "limb",
    "sight": "sight",
    "hearing": "other",
    "speech": "other",
}
HOME = {"home_county": asked("county")}
LIVING_GRANT = Grant(
    benefit=LIVING_SUBSIDY,
    facts={
        **HOME,
        "age_years": age_of(),
        "relief_status": asked("relief"),
        "income_per_head": asked("per_head"),
        "income_own": asked("own_income"),
        "paid_already": asked("other_benefits", {"injury": "injury"}),
    },
    amount="monthly_yuan",
    since="paid_from",
    decided=("certificate",),
)
NURSING_GRANT = Grant(
    benefit=NURSING_SUBSIDY,
    facts={
        **HOME,
        "age_years": age_of(),
        "disability_grade": asked("grade"),
        "disability_class": asked("classes", CLASS),
        "self_care": asked("care_level"),
        "cared_at": asked("care_place"),
        "paid_already": asked("other_benefits", {"injury": "injury"}),
    },
    amount="monthly_yuan",
    since="paid_from",
)
PENSION_GRANT = Grant(PENSION_CONTRIBUTION, {**HOME, "disability_grade": asked("grade")})
MEDICAL_GRANT = Grant(MEDICAL_CONTRIBUTION, {**HOME, "disability_grade": asked("grade")})

BENEFITS = (LIVING_SUBSIDY, NURSING_SUBSIDY, PENSION_CONTRIBUTION, MEDICAL_CONTRIBUTION)
NEW_GRADE = Touches(
    again=BENEFITS,
    facts={"disability_grade": found("grade"), "disability_class": found("classes", CLASS)},
)
NEW_COUNTY = Touches(again=BENEFITS, facts=HOME)
NO_CERTIFICATE = Touches(stops=BENEFITS)
REVIEWED = Touches(
    named={
        "living": LIVING_SUBSIDY,
        "nursing": NURSING_SUBSIDY,
        "pension": PENSION_CONTRIBUTION,
        "medical": MEDICAL_CONTRIBUTION,
    },
    stops_in="stopped",
    again_in="continued",
    facts={**HOME, "disability_grade": asked("grade")},
    because="cause",
    unsettles={"income": ("relief_status", "income_per_head", "income_own")},
)
