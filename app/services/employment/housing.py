"""J19: rent grant or housing voucher for graduates; they exclude each other."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import All, Condition, Is
from app.forms.questions import YES_NO, Date, Page, Question
from app.services.employment.situations import RENT
from app.services.employment.subsidies import UNKNOWN_AMOUNT
from app.services.employment.workers import Grant, grant, lasts, offer
from app.vocabulary.about_people import PaidToPerson
from app.vocabulary.declaring import ask, check, choose, page
from app.vocabulary.life_event import Reckoning
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Rule
from app.vocabulary.work_rates import (
    RENT_GRANT,
    VOUCHER_AGE,
    VOUCHER_AGE_DOCTOR,
    VOUCHER_AMOUNT,
    VOUCHER_CONTRACT,
    rent_a_year,
    value_on,
)
from app.wording import Words
from app.workflow.deadlines import add_months

RENT_RULE = Rule(
    "taizhou-graduate-rent",
    Words("台州市高校毕业生租房补贴有关规定", "Taizhou's rent grant for graduates"),
    "2024年（第三方转载）",
    "C",
)
VOUCHER_RULE = Rule(
    "linhai-housing-voucher",
    Words("临海市人才房票有关规定", "Linhai's housing voucher"),
    "2023年（第三方转载）",
    "C",
    date(2023, 1, 1),
)
Degree = Literal["college", "bachelor", "master", "doctor", "technician"]
SPOUSE_CLAIMS = Is("spouse_claims", "yes")


def settling_questions(rents: Condition, settles: Condition) -> tuple[Question, ...]:
    """What the rent grant and the voucher hang on: they exclude each other."""
    return (
        ask(
            "newcomer",
            "是2020年7月25日以后首次来台州就业的吗？",
            "New to Taizhou after 25 July 2020?",
            YES_NO,
            applies=rents,
        ),
        choose(
            "owns_home",
            "您或配偶在台州有住房吗？",
            "Do you or your spouse own a home in Taizhou?",
            applies=rents,
        ).one_of(("no", "没有", "No"), ("yes", "有", "Yes")),
        choose(
            "rent_or_voucher",
            "租房补贴和购房的房票只能选一样，选哪样？",
            "Rent grant or housing voucher: which one?",
            applies=settles,
        ).one_of(
            ("rent", "租房补贴", "The rent grant"),
            ("voucher", "购房的房票", "The voucher for buying a home"),
        ),
    )


def _rate(degree: str, day: date, *, in_taizhou: bool, selected: bool) -> Decimal | None:
    """A year's grant; a college counts where it is in Taizhou. None where nothing was found."""
    if degree == "college" and not in_taizhou:
        return None
    amount = rent_a_year(degree, day, selected=selected)
    if amount is None or amount.value is None:
        return None
    return amount.value * 12 if selected else amount.value


def _spouse_has_less(answers: Answers) -> bool:
    """Of a couple the higher is paid: whoever has less does not apply."""
    day, spouse = answers.today, answers.text("spouse_degree")
    if spouse == "paid":
        return False
    theirs = _rate(spouse, day, in_taizhou=True, selected=False)
    own = _own(answers)
    return own is not None and (theirs is None or theirs <= own)


def _own(answers: Answers) -> Decimal | None:
    return _rate(
        answers.text("degree"),
        answers.today,
        in_taizhou=answers.ticked("school_in_taizhou"),
        selected=answers.ticked("selected"),
    )


def rent_pages(applies: Condition) -> tuple[Page, Page]:
    """What decides the grant beside the degree: school, selection, voucher, spouse."""
    own = page("rent", "租房补贴", "Rent grant", applies=applies).asks(
        ask(
            "school_in_taizhou",
            "毕业院校在台州吗？",
            "Is the school in Taizhou?",
            YES_NO,
            applies=Is("degree", "college"),
        ).hinted("台州高校的大专按本科补贴", "From a college here as much as a bachelor"),
        ask(
            "selected", "是台州选聘到机关事业单位的高校毕业生吗？", "Selected for service?", YES_NO
        ).hinted("选聘人才按月补贴，标准不同", "Their grant is monthly, at other rates"),
        ask("has_voucher", "领过人才房票吗？", "Did you take the housing voucher?", YES_NO),
        check("has_voucher", lambda it: not it.ticked("has_voucher")).says(
            "租房补贴和房票只能享受一样；请到“您的情况”去掉租房补贴。",
            "Both are not paid; please take the rent grant out under “Your situation”.",
        ),
        ask(
            "spouse_claims", "配偶也在申请或领取吗？", "Does your spouse claim or draw it?", YES_NO
        ),
    )
    spouse = page("rent-spouse", "配偶", "Your spouse", applies=All((applies, SPOUSE_CLAIMS))).asks(
        choose("spouse_degree", "配偶的最高学历", "Your spouse's degree").one_of(
            ("college", "大专（台州高校）", "College in Taizhou"),
            ("bachelor", "本科", "Bachelor"),
            ("master", "硕士研究生", "Master"),
            ("doctor", "博士研究生", "Doctor"),
            ("technician", "技师", "Technician"),
            ("paid", "已经在领", "The grant is drawn already"),
        ),
        check("spouse_degree", _spouse_has_less).says(
            "夫妻按高的一方享受：请由学历高的一方申请；配偶已经在领的不能再领。",
            "Of a couple the higher is paid: who has the higher degree applies, once.",
        ),
    )
    return own, spouse


class RentClaim(PaidToPerson):
    """J19: the degree, the months, and what would exclude the grant."""

    degree: Degree = told("最高学历", "Degree")
    school: str = told("毕业院校", "School", default="")
    school_in_taizhou: bool = told("毕业院校在台州", "School in Taizhou", default=False)
    selected: bool = told("选聘人才", "Selected for public service", default=False)
    diploma_number: str = told("毕业证书编号", "Diploma", default="")
    works: Literal["insured", "own"] = told("就业情况", "At work or in business")
    newcomer: bool = told("2020年7月25日后首次来台州就业", "New after 25 July 2020")
    owns_home: bool = told("在台州有住房", "Owns a home in Taizhou")
    has_voucher: bool = told("领过房票", "Took the voucher")
    spouse_claims: bool = told("配偶也申请", "Spouse claims too")
    spouse_degree: str = told("配偶学历", "Spouse's degree", default="")
    subsidy_from: date = told("申请补贴起始月", "Grant from")
    subsidy_to: date = told("申请补贴终止月", "Grant until")


def rent_granted(request: RentClaim, ticket: Ticket) -> Grant | StandInRefusal:
    """For newcomers without a home, not beside the voucher, and once for a couple."""
    rule = "台州租房补贴规定"
    if request.owns_home:
        return StandInRefusal("本人或配偶在台州有住房。", rule)
    if request.has_voucher:
        return StandInRefusal("租房补贴和房票不能同时享受。", rule)
    if not request.newcomer:
        return StandInRefusal("不是2020年7月25日以后首次来台州就业。", rule)
    own = _rate(
        request.degree,
        ticket.today,
        in_taizhou=request.school_in_taizhou,
        selected=request.selected,
    )
    if own is None:
        return StandInRefusal("学历不在租房补贴范围。", rule)
    theirs = _rate(request.spouse_degree, ticket.today, in_taizhou=True, selected=False)
    if request.spouse_degree == "paid" or (theirs is not None and theirs > own):
        return StandInRefusal("夫妻按高的一方享受，由配偶申请。", rule)
    amount = rent_a_year(request.degree, ticket.today, selected=request.selected)
    confirmed = amount.value if amount is not None and amount.confirmed else None
    return grant("ZF", request, ticket, confirmed)


LEASE = paper(
    "lease-of-home",
    "租房合同",
    "Lease of the home",
    "核对租住地址和期限。",
    "Shows address and term.",
    defer_working_days=10,
)

PAY_RENT_GRANT = offer(
    "graduate-rent-grant",
    Words("人才租房补贴", "Rent grant for graduates"),
    Words(
        "新来台州就业创业、没有住房的毕业生；最长3年，不与房票同享，夫妻取高的一方；标准待确认。",
        "For graduates new to Taizhou without a home, up to 3 years, not beside the voucher; of a "
        "couple the higher; rates to be confirmed.",
    ),
    RentClaim,
    Output("rent-grant", Words("租房补贴核定", "Rent grant"), Grant),
    rent_granted,
    (RENT_RULE,),
    fee=UNKNOWN_AMOUNT,
    fee_amount=RENT_GRANT["bachelor"],
    evidence=(LEASE,),
    supplement_reasons=(
        reason(
            "lease-incomplete", "租房合同不完整，请补充。", "Complete the lease.", RENT_RULE, LEASE
        ),
    ),
    refusal_reasons=(
        reason("owns-a-home", "在台州已有住房。", "A home is owned in Taizhou.", RENT_RULE),
        reason(
            "voucher-taken",
            "已领房票，不能同时享受租房补贴。",
            "The voucher was taken; both are not paid.",
            RENT_RULE,
        ),
        reason(
            "spouse-has-higher",
            "夫妻只享受高的一方，配偶的更高或已经在领。",
            "Of a couple the higher grant is paid, and the spouse has it.",
            RENT_RULE,
        ),
        reason(
            "degree-not-covered",
            "学历不在租房补贴范围。",
            "The degree is not covered.",
            RENT_RULE,
        ),
        reason("not-new-here", "不是首次来台州就业。", "Not new to Taizhou.", RENT_RULE),
    ),
    checklist=points(
        ("在台州参保就业", "At work and insured here"),
        ("首次来台州，没有住房，没有领房票", "New here, no home, no voucher"),
        ("夫妻只有一方享受", "Only one of a couple is paid"),
    ),
    answers="later",
)


def _rent_amount(answers: Answers) -> Words | None:
    own = _own(answers)
    if not RENT.holds(answers) or own is None:
        return None
    return Words(
        f"待主管部门确认；参考每年{own:f}元，最长3年",
        f"To be confirmed; {own:f} yuan a year as an indication, up to 3 years",
    )


RENT_AMOUNT = Reckoning(
    "rent-grant-amount",
    Words("人才租房补贴", "Rent grant"),
    frozenset({"degree", "selected"}),
    _rent_amount,
    lambda words: words,
    RENT_RULE,
)


def _is_young_enough(answers: Answers) -> bool:
    who = (answers.text("degree"), answers.date("born_on"))
    return _is_of_age(*who, answers.today, answers.text("work_county"))


def _is_of_age(degree: str, born: date, day: date, county: str) -> bool:
    """Doctors up to 45, others up to 35 in Linhai; of other counties no rule was found."""
    most = value_on(VOUCHER_AGE_DOCTOR if degree == "doctor" else VOUCHER_AGE, day, county)
    return most is None or day < add_months(born, (int(most) + 1) * 12)


def _lasts_three_years(answers: Answers) -> bool:
    months = value_on(VOUCHER_CONTRACT, answers.today, answers.text("work_county"))
    first, last = answers.date("voucher_from"), answers.date("voucher_to")
    return lasts(first, last, int(months or 0))


def voucher_page(applies: Condition) -> Page:
    """The contract of three years or more that Linhai's voucher asks for."""
    return page("voucher", "购房房票", "The voucher", applies=applies).asks(
        ask("voucher_from", "劳动合同从哪天开始？", "Contract from", Date(3650)),
        check("voucher_from", _is_young_enough).says(
            "临海房票要求博士不超过45周岁、其他不超过35周岁；请到“您的情况”改选租房补贴。",
            "Doctors up to 45, others up to 35 years; choose the rent grant instead.",
        ),
        ask("voucher_to", "到哪天为止？", "Until", Date(3650, ahead_days=7300)).hinted(
            "无固定期限的填10年以后", "Without an end: enter ten years ahead"
        ),
        check("voucher_to", _lasts_three_years).says(
            "临海房票要求合同满3年；请到“您的情况”改选租房补贴。",
            "The voucher needs three years of contract; choose the rent grant instead.",
        ),
        ask("had_rent_grant", "领过租房补贴吗？", "Was the rent grant drawn?", YES_NO),
        check("had_rent_grant", lambda it: not it.ticked("had_rent_grant")).says(
            "租房补贴和房票只能享受一样。", "Both are not paid."
        ),
    )


class VoucherClaim(PaidToPerson):
    """J19: the other way: a voucher towards a home, in Linhai."""

    degree: Degree = told("最高学历", "Degree")
    born_on: date = told("出生日期", "Born on", sensitive=True)
    diploma_number: str = told("毕业证书编号", "Diploma", default="")
    newcomer: bool = told("2020年7月25日后首次来台州就业", "New after 25 July 2020")
    owns_home: bool = told("在台州有住房", "Owns a home in Taizhou")
    had_rent_grant: bool = told("领过租房补贴", "Drew the rent grant")
    voucher_from: date = told("合同开始", "Contract from")
    voucher_to: date = told("合同结束", "Until")


def voucher_granted(request: VoucherClaim, ticket: Ticket) -> Grant | StandInRefusal:
    """By age and contract; not beside the rent grant, and without an amount, for none was found."""
    rule = "临海人才房票规定"
    if request.owns_home or not request.newcomer:
        return StandInRefusal("在台州有住房，或不是首次来台州就业。", rule)
    if request.had_rent_grant:
        return StandInRefusal("租房补贴和房票不能同时享受。", rule)
    if not _is_of_age(request.degree, request.born_on, ticket.today, request.county):
        return StandInRefusal("年龄超过规定。", rule)
    months = value_on(VOUCHER_CONTRACT, ticket.today, request.county)
    if not lasts(request.voucher_from, request.voucher_to, int(months or 0)):
        return StandInRefusal("劳动合同不满3年。", rule)
    return grant("FP", request, ticket)


GIVE_VOUCHER = offer(
    "housing-voucher",
    Words("人才房票", "Housing voucher"),
    Words(
        "首次来台州就业、没有住房的毕业生购房时抵用；不与租房补贴同享；只查到临海的条件，金额待确认。",
        "Towards a home for graduates new here, not beside the rent grant; only Linhai's terms "
        "were found, the amount is to be confirmed.",
    ),
    VoucherClaim,
    Output("housing-voucher", Words("房票核定", "Voucher"), Grant),
    voucher_granted,
    (VOUCHER_RULE,),
    fee=UNKNOWN_AMOUNT,
    fee_amount=VOUCHER_AMOUNT,
    refusal_reasons=(
        reason("owns-a-home", "在台州已有住房。", "A home is owned in Taizhou.", VOUCHER_RULE),
        reason(
            "rent-grant-taken",
            "已领租房补贴，不能同时享受房票。",
            "The rent grant was drawn; both are not paid.",
            VOUCHER_RULE,
        ),
        reason("too-old", "年龄超过规定。", "Older than the rule allows.", VOUCHER_RULE),
        reason("contract-short", "劳动合同不满3年。", "The contract is too short.", VOUCHER_RULE),
    ),
    checklist=points(("年龄、合同期限符合", "Age and contract fit"), ("没有住房", "No home")),
    answers="later",
)
