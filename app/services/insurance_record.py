"""Human resources: what the social insurance knows of a person's contributions."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.forms.answers import Answers
from app.forms.conditions import Condition
from app.forms.questions import CreditCode, Month, Page, Text
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import ask, check, held, number, page
from app.vocabulary.public_service import Message, Result, SharedRegister, told
from app.wording import Words


class RecordQuery(Message):
    """Whose record is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class RecordFacts(Result):
    """How long was paid, since when, and the employer on record."""

    pension_years: int | None = told("养老保险缴费满年数", "Full years of pension", default=None)
    pension_months: int | None = told("另有月数", "And months", default=None)
    medical_years: int | None = told("医保缴费满年数", "Full years of medical", default=None)
    medical_months: int | None = told("另有月数", "And months", default=None)
    paid_from: str | None = told("首次缴费年月", "First month paid", default=None)
    employer: str | None = told("用人单位", "Employer", default=None)
    employer_code: str | None = told("单位统一社会信用代码", "Employer's code", default=None)


def record_of(_request: RecordQuery, record: Mapping[str, Any]) -> RecordFacts | None:
    """The demo person's record, or None where nothing was ever paid."""
    return RecordFacts.model_validate(record) if record else None


SOCIAL_INSURANCE_RECORD = SharedRegister(
    id="social-insurance-record",
    title=Words("社会保险参保缴费记录", "Record of social insurance contributions"),
    authority=HUMAN_RESOURCES,
    request=RecordQuery,
    facts=RecordFacts,
    path="/contribution-records/query",
    stand_in=record_of,
    purpose=Words(
        "取得累计缴费年限和参保单位，不用您再填写和上传缴费证明。",
        "To take the years paid and the employer, instead of proofs from you.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)
HELD = held(SOCIAL_INSURANCE_RECORD)


def employer_page(applies: Condition, *more: Any) -> Page:
    """Name and credit code of the employer; `more` questions of the life event stand below."""
    return page("employer", "用人单位", "The employer", applies=applies).asks(
        ask("employer", "单位名称", "Name of the employer", Text(longest=60), shared=HELD),
        ask("employer_code", "统一社会信用代码", "Credit code", CreditCode(), shared=HELD),
        *more,
    )


def record_page(
    applies: Condition,
    enough: Callable[[Answers], bool],
    short: Callable[[Answers], bool],
    paid_from: Condition,
) -> Page:
    """How long was paid to the pension and the medical insurance, from the record.

    `enough` and `short` are asked whether the years fit what was said before; `paid_from` says who
    is asked for the first month.
    """
    return page("record", "累计缴费年限", "How long you have paid", applies=applies).asks(
        ask(
            "pension_years",
            "养老保险缴满几年？",
            "Full years of pension insurance",
            number(0, 60, "年", "years"),
            shared=HELD,
        ).hinted(
            "各地合计，含视同缴费；以社保核定为准",
            "In all places, with deemed years; the insurance decides",
        ),
        ask(
            "pension_months",
            "另有几个月？",
            "And how many months?",
            number(0, 11, "个月", "months"),
            shared=HELD,
        ),
        ask(
            "medical_years",
            "职工医保缴满几年？",
            "Full years of employees' medical insurance",
            number(0, 60, "年", "years"),
            shared=HELD,
        ),
        ask(
            "medical_months",
            "医保另有几个月？",
            "And how many months of it?",
            number(0, 11, "个月", "months"),
            shared=HELD,
        ),
        ask(
            "paid_from",
            "第一次缴养老保险是哪个月？",
            "First month paid to the pension",
            Month(past_months=720),
            applies=paid_from,
            shared=HELD,
        ),
        check("pension_years", enough).says(
            "按这个年限还不够当年的最低缴费年限；请核对，或到“您的情况”改选“不够”。",
            "This is less than the least time of that year; check it, or say under "
            "“Your situation” that it is not enough.",
        ),
        check("pension_years", short).says(
            "按这个年限已经够了，不用补缴；请核对，或到“您的情况”改选“够了”。",
            "This is enough, nothing is to be paid; check it, or say so under “Your situation”.",
        ),
    )


def month_before(first: str, second: str) -> Callable[[Answers], bool]:
    """A rule: the month answered to `first` is not after that answered to `second`."""

    def holds(answers: Answers) -> bool:
        one: date = answers.date(first)
        return one <= answers.date(second)

    return holds
