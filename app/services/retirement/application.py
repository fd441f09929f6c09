"""What every application to retire has in common: the record it rests on, papers and reasons."""

from datetime import date
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition, Holds, Is
from app.forms.divisions import ELSEWHERE
from app.forms.identifiers import birthday_of, is_male
from app.forms.questions import (
    Mobile,
    OfApplicant,
    Page,
    PersonName,
    Question,
    ResidentId,
    SharedFrom,
)
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.common_words import SIGN_IN
from app.vocabulary.declaring import ask, check, choose, page
from app.vocabulary.offering import paper, reason
from app.vocabulary.public_service import Result, Ticket, told
from app.vocabulary.requirement import Rule
from app.wording import Words
from app.workflow.deadlines import add_months
from app.workflow.retirement_age import MEASURES

SOCIAL_INSURANCE_LAW = Rule(
    "social-insurance-law-16",
    Words("中华人民共和国社会保险法", "Social Insurance Law"),
    "第十六条",
    "U",
    date(2011, 7, 1),
)
EARLY_RULE = Rule(
    "early-retirement-1978",
    Words("国务院关于工人退休、退职的暂行办法", "Interim measures on workers' retirement"),
    "国发〔1978〕104号",
    "U",
    date(1978, 6, 2),
)

BY_EMPLOYER, BY_AGENT = Is("for_whom", "employer"), Is("for_whom", "agent")
BY_SELF = Is("for_whom", "self")
NOT_YOURS = Words(
    "您选了“我给自己办”，这里却不是您本人的身份证号码。请核对号码，或在“您的情况”里改为谁办理。",
    "You said that this is for yourself, but it is not your own ID number: "
    "check it, or change for whom this is under “Your situation”.",
)
EMPLOYED = BY_EMPLOYER | Is("payer", "employed")
DEEMED = Is("background", "service", "army")
FILE_DIFFERS = Is("file_agrees", "no", "unknown")


def _age_differs(answers: Answers) -> bool:
    usual = "55" if answers.text("post") in {"manager", "technical"} else "50"
    return answers.text("post") != "none" and answers.text("base_age") != usual


AGE_DISPUTED = Holds(frozenset({"post", "base_age"}), _age_differs)


def _in_another_province(answers: Answers) -> bool:
    """Outside Taizhou there is one line of text alone, which names the province first."""
    register = answers.parts("person_register")
    return register.get("county") == ELSEWHERE and not register.get("detail", "").startswith("浙江")


REGISTERED_ELSEWHERE = Holds(frozenset({"person_register"}), _in_another_province)


FOR_WHOM = (
    ("self", Words("我给自己办", "For myself"), SIGN_IN),
    (
        "employer",
        Words("我是单位经办人，给职工申报", "I file for an employee"),
        Words("需要职工本人签名的申请", "You need an application signed by the employee"),
    ),
    (
        "agent",
        Words("我替亲友代办", "I act for somebody"),
        Words("需要本人签名的授权委托书", "You need a signed power of attorney"),
    ),
)


def payer_question() -> Question:
    """Who pays now; of somebody whose employer files this is known."""
    return choose(
        "payer",
        "现在养老保险怎么缴？",
        "How is your pension insurance paid now?",
        applies=~BY_EMPLOYER,
    ).one_of(
        ("employed", "单位在缴", "By my employer"),
        ("flexible", "自己缴（灵活就业）", "By myself"),
        ("stopped", "已经离开单位，停缴了", "Not at all since I left work"),
        ("benefit", "正在领失业保险金", "I am on unemployment benefit"),
    )


def kind_question() -> Question:
    """On which ground; exactly one."""
    return choose("kind", "按哪种情况退休？", "On which ground do you retire?").one_of(
        ("normal", "到年龄退休（含弹性）", "By age, also earlier or later by choice"),
        ("special", "特殊工种提前退休", "Early, after special hazardous work"),
        ("ability", "因病或非因工完全丧失劳动能力", "Loss of ability by illness"),
        ("officer", "企业军转干部", "Former officer in an enterprise"),
        ("injury", "工伤一至四级", "Work injury of grade 1 to 4"),
    )


def post_question(applies: Condition) -> tuple[Question, Question]:
    """The post held at retirement, and of a woman which old age goes with it."""
    post = choose("post", "退休时在什么岗位？", "Which post at retirement?").one_of(
        ("worker", "工人（生产、服务岗位）", "Worker"),
        ("manager", "管理岗位（干部）", "Manager"),
        ("technical", "专业技术岗位", "Technical or professional"),
        ("none", "没有单位，或没有岗位", "No employer, or no post"),
    )
    age = (
        choose("base_age", "原来按多少岁退休？", "Which old age applies?", applies=applies)
        .one_of(("50", "50周岁", "50"), ("55", "55周岁", "55"))
        .hinted(
            "管理、技术岗位一般55周岁，工人50周岁；拿不准的由人社部门核定",
            "Managers and technical staff 55, workers 50 as a rule; the authority decides",
        )
    )
    return post, age


def is_the_same_person(answers: Answers) -> bool:
    """Sex and birthday said before are those in the number."""
    number = answers.text("person_id")
    return birthday_of(number) == answers.date("born_on") and is_male(number) == (
        answers.text("sex") == "1"
    )


def retiree_page(known: SharedFrom, with_file: Condition) -> Page:
    """Who retires: name, number, phone, and whether the paper file agrees, where it is looked at.

    The register in `known` holds the first two.
    """
    return page("person", "退休人员", "Who retires", sensitive=True).asks(
        ask(
            "person_name",
            "姓名",
            "Name",
            PersonName(),
            shared=known,
            suggested=(OfApplicant("name", BY_SELF),),
        ),
        ask(
            "person_id",
            "身份证号（社会保障号）",
            "ID number",
            ResidentId(),
            shared=known,
            suggested=(OfApplicant("id_number", BY_SELF, NOT_YOURS),),
        ),
        ask(
            "phone",
            "联系电话（手机优先）",
            "Phone",
            Mobile(landline=True),
            suggested=(OfApplicant("mobile", BY_SELF),),
        ),
        choose(
            "file_agrees",
            "档案上的出生年月和身份证一致吗？",
            "File and ID card agree?",
            applies=with_file,
        ).one_of(
            ("yes", "一致", "Yes"), ("no", "不一致", "No"), ("unknown", "不清楚", "I do not know")
        ),
        check("person_id", is_the_same_person).says(
            "和前面填的出生日期或性别不符，请核对。",
            "Birthday or sex differ from what was said before; please check.",
        ),
    )


class RetirementApplication(AboutPerson):
    """Who retires, how it is filed and which record it rests on."""

    filed_by: Literal["person", "employer"] = told("申办身份", "Filed by")
    clerk_name: str = told("单位经办人", "Employer's clerk", default="")
    clerk_mobile: str = told("经办人手机", "Clerk's mobile", sensitive=True, default="")
    agent_name: str = told("代办人", "Agent", default="")
    agent_relation: str = told("代办人与本人的关系", "How the agent is related", default="")
    phone: str = told("联系电话", "Phone", sensitive=True)
    sex: Literal["1", "2"] = told("性别（1男 2女）", "Sex (1 male, 2 female)", sensitive=True)
    born_on: date = told("出生日期", "Born on", sensitive=True)
    file_agrees: Literal["yes", "no", "unknown"] = told("档案出生年月一致", "File agrees")
    employer: str = told("用人单位", "Employer", default="")
    employer_code: str = told("单位统一社会信用代码", "Employer's code", default="")
    arrears: bool = told("单位欠费", "Employer owes contributions")
    post: Literal["worker", "manager", "technical", "none"] = told("岗位", "Post")
    base_age: Literal["", "50", "55"] = told("女职工原退休年龄", "Woman's old age", default="")
    kind: Literal["normal", "special", "ability", "officer", "injury"] = told("退休类型", "Kind")
    pension_gap: int = told("按所填年限还差月数", "Months missing", default=0, ge=0)
    paid_up_months: int = told("已补缴月数", "Months paid up", default=0, ge=0)
    pension_years: int = told("养老保险缴费满年数", "Full years paid", ge=0, le=60)
    pension_months: int = told("另有月数", "And months", ge=0, le=11)
    household: str = told("户籍地址", "Register", sensitive=True, default="")

    @property
    def months_paid(self) -> int:
        """All months that count, those that were paid up for this among them."""
        return self.pension_years * 12 + self.pension_months + self.paid_up_months


class Approval(Result):
    """The right is confirmed: when retirement begins, and from when the pension is paid."""

    approval_number: str = told("退休核准编号", "Approval number", min_length=6)
    approved_on: date = told("核准日期", "Approved on")
    retires_on: date = told("退休日期", "Retires on")
    paid_from: date = told("待遇起始月", "Pension from")


def approved(county: str, retires_on: date, ticket: Ticket) -> Approval:
    """The approval as a stand-in gives it; the pension begins the month after."""
    first = max(retires_on, ticket.today).replace(day=1)
    return Approval(
        approval_number=f"TXHZ{county}{ticket.number % 10**8:08d}",
        approved_on=ticket.today,
        retires_on=retires_on,
        paid_from=add_months(first, 1),
    )


IDENTITY_CARD = paper(
    "resident-identity-card",
    "居民身份证",
    "Resident identity card",
    "确认办事人是谁。",
    "Confirms who the person is.",
    register="person-register",
)
RECORD = paper(
    "contribution-record",
    "养老保险缴费记录",
    "Record of contributions",
    "核对累计缴费年限。",
    "Confirms how long was paid.",
    register="social-insurance-record",
)
PERSONNEL_FILE = paper(
    "personnel-file",
    "人事档案（原件由存档机构移交）",
    "Personnel file (handed over by who keeps it)",
    "有视同缴费、特殊工种，或出生年月有疑问时，要看档案原件。",
    "The original is read for deemed years or special work, or where the birthday is in doubt.",
    applies=DEEMED | FILE_DIFFERS | Is("kind", "special"),
    defer_working_days=10,
)
HOUSEHOLD_PAGE = paper(
    "own-household-page",
    "户口簿（首页和本人页）",
    "Household book (cover and own page)",
    "户口在外省的，用来核对户籍。",
    "For people registered in another province.",
    applies=REGISTERED_ELSEWHERE,
    register="person-register",
)
CONSENT = paper(
    "employee-consent",
    "职工本人签名的退休申请",
    "Application signed by the employee",
    "单位申报时，证明本人知情同意。",
    "Shows that the person knows and agrees when the employer files.",
    applies=BY_EMPLOYER,
)
AUTHORITY = paper(
    "power-of-attorney",
    "授权委托书",
    "Power of attorney",
    "证明本人委托您办理。",
    "Shows that you may act for the person.",
    applies=BY_AGENT,
)
COMMON_PAPERS = (IDENTITY_CARD, RECORD, PERSONNEL_FILE, HOUSEHOLD_PAGE, CONSENT, AUTHORITY)
COMMON_SUPPLEMENTS = (
    reason(
        "file-incomplete",
        "档案缺少招工、参军或学籍等材料，请补充。",
        "The file lacks entry forms, army or school papers: please add them.",
        MEASURES,
        PERSONNEL_FILE,
    ),
    reason(
        "birthday-differs",
        "档案和身份证的出生年月不一致，请补充最早的记载。",
        "File and ID card differ on the birthday: please add the earliest record.",
        MEASURES,
        PERSONNEL_FILE,
    ),
    reason(
        "employer-not-found",
        "没有查到这个单位，或单位已注销，请核对统一社会信用代码。",
        "The employer was not found or is closed: please check the credit code.",
        SOCIAL_INSURANCE_LAW,
    ),
)
YEARS_SHORT = reason(
    "years-short",
    "累计缴费年限不足，可以补缴、继续缴，或改领居民养老保险。",
    "Too few years: pay them, pay on, or take the residents' pension.",
    MEASURES,
)
COMMON_REFUSALS = (
    YEARS_SHORT,
    reason(
        "employer-owes",
        "单位还有欠缴的社会保险费。",
        "The employer owes contributions.",
        SOCIAL_INSURANCE_LAW,
    ),
    reason(
        "accounts-not-merged",
        "外地或境外的养老保险关系还没有转入、清理。",
        "Accounts elsewhere or abroad are not merged or closed yet.",
        SOCIAL_INSURANCE_LAW,
    ),
    reason(
        "pension-elsewhere",
        "已在其他地方领取养老待遇。",
        "A pension is drawn elsewhere already.",
        SOCIAL_INSURANCE_LAW,
    ),
)
