"""What older people are granted month by month."""

from app.services.elderly.benefits import CARE_VOUCHER, ELDERLY_CARE_SUBSIDY, OLD_AGE_ALLOWANCE
from app.vocabulary.granting import Grant, age_of, asked

PLACE = {"home_county": asked("county"), "age_years": age_of()}
CARE = {
    "age_years": age_of(),
    "self_care": asked("level"),
    "cared_at": asked("cared_at"),
    "relief_status": asked("relief"),
}
ALLOWANCE_GRANT = Grant(OLD_AGE_ALLOWANCE, PLACE, amount="monthly_yuan")
CARE_GRANT = Grant(
    ELDERLY_CARE_SUBSIDY, {**PLACE, **CARE}, amount="monthly_yuan", decided=("poor",)
)
# That the loss of ability is moderate is what the assessment has found.
VOUCHER_GRANT = Grant(
    CARE_VOUCHER,
    {**CARE, "paid_already": asked("projects")},
    amount="monthly_yuan",
    decided=("moderate",),
)
