"""Tax service: paying the yearly contribution to the resident medical insurance."""

from datetime import date
from typing import Literal

from app.forms.conditions import Is
from app.vocabulary.authorities import TAX
from app.vocabulary.common_rules import TAIZHOU_RESIDENT_INSURANCE
from app.vocabulary.declaring import choose
from app.vocabulary.public_service import (
    Limit,
    Message,
    Output,
    PublicService,
    Reason,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Amount, EvidenceType, Parameter
from app.wording import Words

CONTRIBUTION = Parameter(
    "resident-medical-contribution",
    Words("城乡居民医保个人缴费标准", "Personal contribution to resident medical insurance"),
    (
        Amount(
            None,
            Words("元/人·年", "yuan per person and year"),
            "3310",
            date(2022, 1, 1),
            "没有查到台州市公布的标准，待税务、医保部门确认",
            "U",
        ),
    ),
)
NOT_FOUND = Limit(None, "待主管部门确认")


# The classes of hardship in which somebody else pays.
HARDSHIP = choose(
    "hardship", "家庭有困难身份吗？", "Is the family recognised as in hardship?", sensitive=True
).one_of(
    ("none", "没有", "No"),
    ("minimum-living", "低保家庭", "Minimum living guarantee"),
    ("near-poverty", "低保边缘家庭", "Near-poverty family"),
    ("disabled", "残疾人家庭", "Family with a disabled person"),
    ("other", "其他困难家庭", "Other hardship"),
)


class Contribution(Message):
    """B6: whose contribution is paid, for which year."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    citizen_id: str = told("孩子身份证号", "Child's ID number", sensitive=True, min_length=18)
    insured_number: str = told("参保登记号", "Enrolment number", min_length=6)
    county: str = told("参保地代码", "Place of cover", pattern=r"^\d{6}$")
    year: int = told("参保年度", "Year of cover", ge=2000, le=2100)
    hardship: Literal["none", "minimum-living", "near-poverty", "disabled", "other"] = told(
        "困难身份", "Hardship class", sensitive=True
    )


class PaymentProof(Result):
    """The contribution was booked; cover starts by the rule of the insurance."""

    receipt_number: str = told("缴费凭证号", "Receipt number", min_length=6)
    paid_on: date = told("缴费日期", "Paid on")
    year: int = told("参保年度", "Year of cover")


def contribution_booked(request: Contribution, ticket: Ticket) -> PaymentProof:
    """Booked at once; the sandbox moves no money and so names no amount."""
    number = f"JF{request.county}{ticket.number % 10**10:010d}"
    return PaymentProof(receipt_number=number, paid_on=ticket.today, year=request.year)


PAY_MEDICAL_CONTRIBUTION = PublicService(
    id="pay-medical-contribution",
    title=Words("城乡居民基本医疗保险缴费", "Resident medical insurance contribution"),
    summary=Words(
        "缴纳孩子当年的居民医保费，缴费后才有保障。",
        "Pays the child's contribution of the year; there is no cover without it.",
    ),
    authority=TAX,
    request=Contribution,
    produces=Output("contribution-paid", Words("缴费凭证", "Payment proof"), PaymentProof),
    path="/contributions",
    call=post_to("/contributions", PaymentProof),
    stand_in=contribution_booked,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(TAIZHOU_RESIDENT_INSURANCE,),
    fee=Words(
        "按当年个人缴费标准，金额待主管部门确认",
        "The yearly personal contribution; amount to be confirmed by the authority",
    ),
    fee_amount=CONTRIBUTION,
    evidence=(
        EvidenceType(
            "hardship-proof",
            Words("困难身份证明", "Proof of hardship"),
            Words("有困难身份的由财政资助缴费。", "Families in hardship have it paid for them."),
            applies=Is("hardship", "minimum-living", "near-poverty", "disabled", "other"),
            optional=True,
            commitment=True,
        ),
    ),
    supplement_reasons=(
        Reason(
            "hardship-unproven",
            Words(
                "没有核对到困难身份，请补充证明或改为一般缴费。",
                "The hardship was not found: please add proof or pay as others do.",
            ),
            TAIZHOU_RESIDENT_INSURANCE,
            "hardship-proof",
        ),
    ),
    checklist=(Words("已完成参保登记", "Enrolled already"),),
)
