"""Help for older people: allowance, care assessment, care subsidy and vouchers."""

from app.services.elderly.adaptation import ADAPT_HOME
from app.services.elderly.benefits import CARE_VOUCHER, ELDERLY_CARE_SUBSIDY, OLD_AGE_ALLOWANCE
from app.services.elderly.granting import (
    ASSESS_CARE_NEED,
    GIVE_CARE_VOUCHER,
    PAY_ELDERLY_CARE,
    PAY_OLD_AGE_ALLOWANCE,
)

__all__ = [
    "ADAPT_HOME",
    "ASSESS_CARE_NEED",
    "CARE_VOUCHER",
    "ELDERLY_CARE_SUBSIDY",
    "GIVE_CARE_VOUCHER",
    "OLD_AGE_ALLOWANCE",
    "PAY_ELDERLY_CARE",
    "PAY_OLD_AGE_ALLOWANCE",
]
