"""What social relief grants month by month."""

from app.services.relief.benefits import DESTITUTE_SUPPORT, MINIMUM_LIVING
from app.vocabulary.granting import Grant, age_of, always, asked

FAMILY = {
    "home_county": asked("county"),
    "age_years": age_of(),
    "relief_status": always("none"),  # beside this grant itself
}
MINIMUM_GRANT = Grant(
    benefit=MINIMUM_LIVING,
    facts={**FAMILY, "income_per_head": asked("per_head"), "people": asked("people")},
    amount="monthly_yuan",
)
# The county has looked into ability and support; only a review of its own does so again.
DESTITUTE_GRANT = Grant(
    benefit=DESTITUTE_SUPPORT,
    facts=FAMILY,
    amount="monthly_yuan",
    decided=("unable", "without-support"),
)
