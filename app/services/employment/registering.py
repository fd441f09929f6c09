"""J1, J8 and the end of the old cover: registering work, and what has to be closed before it."""

from datetime import date
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import All, Condition, Is
from app.forms.identifiers import birthday_of, is_male
from app.forms.questions import (
    YES_NO,
    Address,
    CreditCode,
    Date,
    IdentityDocument,
    Mobile,
    OfApplicant,
    Page,
    PersonName,
    Question,
    ResidentId,
    SharedFrom,
    Text,
)
from app.services.employment.situations import (
    FROM_ABROAD,
    LEAST_AGE,
    NOT_LOCAL,
    ON_PLATFORM,
    SELF,
)
from app.services.employment.workers import Entry, entered, entry, offer
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.common_questions import ETHNICITY
from app.vocabulary.declaring import ask, check, choose, number, page
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Limit, Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Rule
from app.wording import Words
from app.workflow.deadlines import add_months
from app.workflow.retirement_age import Track, statutory_month

EMPLOYMENT_RULE = Rule(
    "employment-service-rules",
    Words("就业服务与就业管理规定", "Rules on employment services"),
    "就业登记",
    "U",
    date(2008, 1, 1),
)
OLD_COVER_RULE = Rule(
    "one-cover-at-a-time",
    Words("灵活就业人员参加社会保险有关规定", "Rules on the insurance of flexible workers"),
    "不得重复参保、不得补缴",
    "B",
)
AS_EMPLOYER = Words(
    "请先办单位社会保险登记（电话12333），再用“给新员工办”给雇员参保。",
    "Please register as an employer (telephone 12333), then file for those you hire.",
)
ASK_EMPLOYER = Words(
    "请单位经办人登录后选“给新员工办”；被拖延的可拨打12333。",
    "Ask your employer to file it here; if they do not, call 12333.",
)


def situation_questions(
    own: Condition, flexible: Condition, alone: Condition, works: Condition
) -> tuple[Question, ...]:
    """Which work, from where, and which cover there still is.

    `alone` is who insures themselves, `works` who is registered and insured here.
    """
    return (
        choose("work_type", "属于哪种就业？", "Which kind of work?", applies=flexible).one_of(
            ("own", "个体经营，没有雇员", "Own business without employees"),
            ("part-time", "非全日制，单位没有参保", "Part-time, not insured by an employer"),
            ("platform", "外卖、网约车等平台", "On a platform"),
            ("household", "家庭服务", "In households"),
            ("other", "其他灵活就业", "Something else"),
            ("with-employees", "自己办企业，有雇员", "Own business with employees"),
        ),
        choose(
            "registered_before",
            "以前办过灵活就业登记和参保吗？",
            "Registered and insured like this before?",
            applies=alone,
        ).one_of(
            ("no", "没有，这次一起办", "No, please do both now"),
            ("yes", "办过，正在缴，这次只申请别的", "Yes, and paying: I only want something else"),
        ),
        choose("origin", "户籍在哪里？", "Registered where?").one_of(
            ("taizhou", "台州", "In Taizhou"),
            ("zhejiang", "浙江其他地方", "Elsewhere in Zhejiang"),
            ("china", "外省", "In another province"),
            ("hmt", "港澳台", "Hong Kong, Macao or Taiwan"),
            ("foreign", "外国", "Abroad"),
        ),
        ask(
            "permit",
            "要一起申领居住证吗？",
            "Would you like a residence permit?",
            YES_NO,
            applies=All((own, NOT_LOCAL)),
        ).hinted("居住登记满半年的可以申领", "After half a year of registered stay"),
        choose(
            "old_cover", "现在还在别处参保吗？", "Is there other cover now?", applies=works
        ).one_of(
            ("none", "没有", "No"),
            ("employer", "原单位还在缴，或刚停", "A former employer's"),
            ("resident", "城乡居民养老、医保", "The residents' insurances"),
            ("elsewhere", "在外地参保", "In another place"),
            ("benefit", "正在领失业保险金", "Unemployment benefit is drawn"),
            ("pension", "已经在领养老金", "A pension is drawn"),
        ),
    )


def _is_the_same(answers: Answers) -> bool:
    number = answers.text("person_id")
    male = answers.text("sex") == "1"
    return birthday_of(number) == answers.date("born_on") and is_male(number) == male


def worker_pages(known: SharedFrom | None, register: SharedFrom | None) -> tuple[Page, ...]:
    """Who works: name, number, ethnicity, mobile; and where they are registered and live.

    `known` is the register that holds the person, `register` its fact of the address; None where
    nobody signs in for themselves. Needs the guidance questions `sex`, `born_on` and `origin`.
    """
    return (
        page("worker", "就业人员", "The person", sensitive=True).asks(
            ask(
                "person_name",
                "姓名",
                "Name",
                PersonName(),
                shared=known,
                suggested=(OfApplicant("name", SELF),),
            ),
            ask(
                "person_id",
                "身份证号",
                "ID number",
                ResidentId(),
                applies=~FROM_ABROAD,
                shared=known,
            ),
            ask(
                "person_document",
                "证件",
                "Identity document",
                IdentityDocument(),
                applies=FROM_ABROAD,
            ),
            ask(
                "person_ethnicity",
                "民族",
                "Ethnicity",
                ETHNICITY,
                applies=~FROM_ABROAD,
                shared=known,
            ),
            ask(
                "mobile",
                "手机号",
                "Mobile",
                Mobile(),
                suggested=(OfApplicant("mobile", SELF),),
            ),
            check("person_id", _is_the_same).says(
                "和前面填的出生日期或性别不符，请核对。",
                "Birthday or sex differ from what was said before; please check.",
            ),
        ),
        page("homes", "户籍和住址", "Register and home").asks(
            ask(
                "person_register",
                "户籍地址",
                "Registered address",
                Address(elsewhere=True),
                applies=~FROM_ABROAD,
                shared=register,
            ),
            ask("person_home", "现居住地址", "Home address", Address(elsewhere=True)),
            ask(
                "residence_permit",
                "居住证号码",
                "Number of the residence permit",
                Text(longest=40),
                applies=NOT_LOCAL,
                optional=True,
                sensitive=True,
            ),
        ),
    )


def work_pages(applies: Condition) -> tuple[Page, ...]:
    """Which work of one's own, where, since when; for whom on a platform."""
    return (
        page("work", "从事的工作", "The work", applies=applies).asks(
            ask("work", "做什么工作？", "Which work?", Text(longest=40)),
            ask("work_place", "在哪里做？", "Where?", Address(elsewhere=True)),
            ask("started_on", "哪天开始的？", "Since when?", Date()),
            ask(
                "weekly_hours", "每周大约几小时？", "Hours a week", number(1, 168, "小时", "hours")
            ),
        ),
        page("platform", "平台", "The platform", applies=All((applies, ON_PLATFORM))).asks(
            ask("platform", "平台企业或服务对象", "Platform or client", Text(longest=60)),
            ask(
                "platform_code",
                "平台的统一社会信用代码",
                "Its credit code",
                CreditCode(),
                optional=True,
            ),
        ),
    )


def former_job_page(applies: Condition, record: SharedFrom) -> Page:
    """The last employer, as the insurance knows it, and when the work ended."""

    def of(fact: str) -> SharedFrom:
        return SharedFrom(record.register, fact)

    return page("former-job", "原来的工作", "The last job", applies=applies).asks(
        ask(
            "former_employer",
            "原单位名称",
            "Last employer",
            Text(longest=60),
            shared=of("employer"),
        ),
        ask(
            "former_code",
            "原单位统一社会信用代码",
            "Its credit code",
            CreditCode(),
            optional=True,
            shared=of("employer_code"),
        ).hinted("不知道的可以不填", "Leave empty if you do not know it"),
        ask("left_on", "哪天离职的？", "When did it end?", Date(past_days=36500)),
    )


class Work(AboutPerson):
    """J1: who works where, since when; on one's own or with an employer."""

    flow: Literal["flexible", "hired"] = told("就业形式", "How one works")
    mobile: str = told("手机号", "Mobile", sensitive=True)
    sex: Literal["1", "2"] = told("性别（1男 2女）", "Sex (1 male, 2 female)", sensitive=True)
    born_on: date = told("出生日期", "Born on", sensitive=True)
    ethnicity: str = told("民族代码", "Ethnicity code", default="")
    household: str = told("户籍地址", "Register", sensitive=True, default="")
    home: str = told("现居住地址", "Home", sensitive=True)
    residence_permit: str = told("居住证号码", "Residence permit", sensitive=True, default="")
    work_type: str = told("就业类型", "Kind of work", default="")
    work: str = told("工作或岗位", "Work or post")
    work_place: str = told("工作地址", "Place of work", default="")
    started_on: date = told("开始日期", "Since")
    weekly_hours: int | None = told("每周工时", "Hours a week", default=None)
    platform: str = told("平台企业或服务对象", "Platform or client", default="")
    platform_code: str = told("平台统一社会信用代码", "Platform's code", default="")
    employer: str = told("用人单位", "Employer", default="")
    employer_code: str = told("单位统一社会信用代码", "Employer's code", default="")
    former_employer: str = told("原单位", "Last employer", default="")
    left_on: date | None = told("离职日期", "Left on", default=None)


def work_registered(request: Work, ticket: Ticket) -> Entry | StandInRefusal:
    """From 16 until the statutory age, and for flexible work once it has begun."""
    if add_months(request.born_on, LEAST_AGE * 12) > ticket.today:
        return StandInRefusal("还没有年满16周岁。", "就业服务与就业管理规定")
    track: Track = "man" if request.sex == "1" else "woman-55"
    if statutory_month(track, request.born_on) <= ticket.today:
        return StandInRefusal("已到法定退休年龄。", "国务院关于渐进式延迟法定退休年龄的办法")
    if request.flow == "flexible" and request.started_on > ticket.today:
        return StandInRefusal("工作还没有开始，开始以后再登记。", "就业服务与就业管理规定")
    return entry("JY", request, ticket)


WORK_PROOF = paper(
    "description-of-work",
    "从事灵活就业的说明",
    "Description of the work",
    "说明在哪里、做什么工作。",
    "Says which work is done and where.",
    applies=~Is("for_whom", "employer"),
    commitment=True,
)
PERMIT_PROOF = paper(
    "permit-of-residence-and-work",
    "通行证或居留证、就业证明、工作许可",
    "Travel or residence permit, proof of employment, work permit",
    "港澳台居民和外国人参保时核对。",
    "For people from Hong Kong, Macao, Taiwan or abroad.",
    applies=FROM_ABROAD,
)

REGISTER_WORK = offer(
    "register-employment",
    Words("就业登记（灵活就业登记）", "Employment registration"),
    Words("登记您的工作，是参保和申请补贴的依据。", "The basis of insurance and subsidies."),
    Work,
    Output("employment-entry", Words("就业登记", "Entry of employment"), Entry),
    work_registered,
    (EMPLOYMENT_RULE,),
    promised=Limit(3, "外地通用办事指南（示例）"),
    evidence=(WORK_PROOF, PERMIT_PROOF),
    supplement_reasons=(
        reason(
            "work-unclear",
            "工作内容或地址不清楚，请补充。",
            "The work or its place is unclear: please complete it.",
            EMPLOYMENT_RULE,
            WORK_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "age-outside",
            "年龄不在16周岁到法定退休年龄之间。",
            "The age is not between 16 and retirement.",
            EMPLOYMENT_RULE,
        ),
        reason(
            "has-employees",
            "您有雇员，请以单位身份登记和参保。",
            "You have employees: please register as an employer.",
            EMPLOYMENT_RULE,
        ),
    ),
    checklist=points(
        ("年龄符合，没有领取养老待遇", "Of age, no pension drawn"), ("没有雇员", "No employees")
    ),
)


class OldCover(AboutPerson):
    """Which cover has to be closed before a new one begins."""

    old_cover: Literal["employer", "resident", "elsewhere"] = told("原来的参保", "The old cover")
    former_employer: str = told("原单位", "Last employer", default="")
    former_code: str = told("原单位统一社会信用代码", "Last employer's code", default="")
    left_on: date | None = told("离职日期", "Left on", default=None)
    left_reason: str = told("离职原因", "Why it ended", default="")


CLOSE_OLD_COVER = offer(
    "close-old-cover",
    Words("原参保关系停保", "Closing the old cover"),
    Words(
        "先停掉原单位或居民的参保，避免重复缴费。",
        "The old cover is closed first, so that nothing is paid twice.",
    ),
    OldCover,
    Output("old-cover-closed", Words("停保登记", "Closed"), Entry),
    entered("TB"),
    (OLD_COVER_RULE,),
    supplement_reasons=(
        reason(
            "employer-has-not-stopped",
            "原单位还没有办停保，请联系原单位。",
            "The last employer has not closed it: please contact them.",
            OLD_COVER_RULE,
        ),
    ),
    refusal_reasons=(
        reason(
            "still-employed",
            "您在原单位还是在职状态，不能停保。",
            "You are still employed there.",
            OLD_COVER_RULE,
        ),
    ),
    checklist=points(
        ("同一月份没有两处参保", "No month is covered twice"),
    ),
)
