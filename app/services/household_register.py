"""Public security: registering a newborn in a household, and what the population register holds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import field_validator

from app.forms.answers import Answers
from app.forms.conditions import Condition, Holds, Is
from app.forms.identifiers import id_check_character, resident_id_problem
from app.forms.questions import Address, Page, PersonName, Repeated, Text
from app.vocabulary.authorities import PUBLIC_SECURITY
from app.vocabulary.common_questions import ETHNICITY, PARENT
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import ask, check, choose, held, page
from app.vocabulary.public_service import (
    Limit,
    Message,
    Output,
    PublicService,
    Reason,
    Result,
    SharedRegister,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import EvidenceType, Rule
from app.wording import Words

HOUSEHOLD_REGULATION = Rule(
    "household-registration-regulation-7",
    Words("中华人民共和国户口登记条例", "Regulations on household registration"),
    "第七条",
    "A",
    date(1958, 1, 9),
)
ZHEJIANG_RULE = Rule(
    "zhejiang-household-rule-18-21",
    Words("浙江省常住户口登记管理规定", "Zhejiang rules on permanent household registration"),
    "第十八条至第二十一条",
    "A",
    date(2020, 5, 1),
)
POLICE_STATION = Words(
    "请到落户一方户口所在地的派出所窗口；可拨打12345咨询。",
    "Please come to the police station of that parent's register; call 12345 for advice.",
)


class NewbornRegistration(Message):
    """B4: the child, the parent it follows and the household it joins."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    sex: Literal["1", "2"] = told("性别（1男 2女）", "Sex (1 male, 2 female)", sensitive=True)
    born_at: datetime = told("出生时间", "Born at", sensitive=True)
    certificate_number: str = told(
        "出生医学证明编号", "Birth certificate number", sensitive=True, min_length=10
    )
    ethnicity: str = told("民族代码", "Ethnicity code", min_length=2, max_length=2)
    native_place: str = told("籍贯", "Native place")
    mother_name: str = told("母亲姓名", "Mother's name")
    mother_document: str = told("母亲证件号码", "Mother's document number", sensitive=True)
    father_name: str = told("父亲姓名", "Father's name")
    father_document: str = told("父亲证件号码", "Father's document number", sensitive=True)
    married: bool = told("父母是否已婚", "Parents married to each other")
    marriage_number: str = told("结婚证字号", "Marriage certificate number", default="")
    mother_register: str = told("母亲户籍地址", "Mother's register", sensitive=True, default="")
    father_register: str = told("父亲户籍地址", "Father's register", sensitive=True, default="")
    follows: Literal["mother", "father"] = told("随母或随父", "Follows mother or father")
    county: str = told("落户县（市、区）代码", "County code", pattern=r"^\d{6}$")
    township: str = told("落户乡镇（街道）代码", "Township code")
    address: str = told("落户地址", "Address of the household", sensitive=True)
    household_kind: Literal["family", "collective"] = told("户口性质", "Kind of household")
    household_head: str = told("户主姓名", "Head of household")
    household_number: str = told("户号", "Household number", sensitive=True)
    relation_to_head: str = told("与户主关系", "Relation to the head")


class HouseholdEntry(Result):
    """The child's entry in the household register, with the citizen identity number."""

    citizen_id: str = told("公民身份号码", "Citizen identity number", sensitive=True)
    registered_on: date = told("登记日期", "Registered on")
    household_number: str = told("户号", "Household number", sensitive=True, min_length=1)
    page_number: str = told("电子户口簿页编号", "Number of the electronic household page")

    @field_validator("citizen_id")
    @classmethod
    def _has_a_valid_check_character(cls, text: str) -> str:
        if problem := resident_id_problem(text, date.max):
            raise ValueError(problem.zh)
        return text.upper()


def citizen_id(county: str, born: date, sex: str, number: int) -> str:
    """A citizen identity number by GB 11643: division, birthday, sequence (odd: male), check."""
    sequence = 1 + 2 * (number % 499) if sex == "1" else 2 * (1 + number % 499)
    body = f"{county}{born:%Y%m%d}{sequence:03d}"
    return body + id_check_character(body)


def newborn_registered(request: NewbornRegistration, ticket: Ticket) -> HouseholdEntry:
    """The police station enters the child in the household and gives the identity number."""
    number = citizen_id(request.county, request.born_at.date(), request.sex, ticket.number)
    return HouseholdEntry(
        citizen_id=number,
        registered_on=ticket.today,
        household_number=request.household_number or f"H{ticket.number % 10**9:09d}",
        page_number=f"HK{request.county}{ticket.number % 10**8:08d}",
    )


def _differ(answers: Answers) -> bool:
    return answers.text("mother_ethnicity") != answers.text("father_ethnicity")


DIFFERENT_ETHNICITIES = Holds(frozenset({"mother_ethnicity", "father_ethnicity"}), _differ)

REGISTER_NEWBORN = PublicService(
    id="register-newborn",
    title=Words("出生登记（户口登记）", "Household registration of a newborn"),
    summary=Words(
        "在父亲或母亲的户口所在地派出所登记，取得公民身份号码。",
        "Enters the child in the father's or mother's household and gives the identity number.",
    ),
    authority=PUBLIC_SECURITY,
    request=NewbornRegistration,
    produces=Output("household-entry", Words("户口登记", "Household entry"), HouseholdEntry),
    path="/newborn-registrations",
    call=post_to("/newborn-registrations", HouseholdEntry),
    stand_in=newborn_registered,
    promised=Limit(0, "开化县公安局办事指南：即审即办（外地示例）"),
    statutory=Limit(None, "待主管部门确认"),
    rules=(HOUSEHOLD_REGULATION, ZHEJIANG_RULE, NO_REPEAT_ASKING),
    channel="desk",
    evidence=(
        EvidenceType(
            "birth-certificate",
            Words("出生医学证明", "Medical certificate of birth"),
            Words("证明孩子的出生和父母。", "Proves the birth and the parents."),
            output="issue-birth-certificate",
        ),
        EvidenceType(
            "household-book",
            Words("落户一方的户口簿（首页和本人页）", "Household book of the parent followed"),
            Words("确认孩子要加入的户。", "To confirm the household that the child joins."),
            register="family-register",
            alternatives=Words(
                "户口簿不在身边的，可以到派出所窗口核对。",
                "Without the book at hand, the police station can check at the counter.",
            ),
        ),
        EvidenceType(
            "marriage-certificate",
            Words("结婚证", "Marriage certificate"),
            Words("核对父母的婚姻登记。", "To check that the parents are married to each other."),
            applies=Is("parents", "married"),
            register="marriage-register",
            commitment=True,
        ),
        EvidenceType(
            "ethnicity-confirmation",
            Words("父母共同签名的民族确认书", "Choice of ethnicity signed by both parents"),
            Words(
                "父母民族不同，由双方共同选定。", "The parents' ethnicities differ: both choose."
            ),
            applies=DIFFERENT_ETHNICITIES,
        ),
        EvidenceType(
            "collective-consent",
            Words("集体户单位同意落户的证明", "Consent of the collective household's unit"),
            Words("落集体户要单位同意。", "The unit that keeps the household must agree."),
            applies=Is("household", "collective"),
        ),
        EvidenceType(
            "no-own-home",
            Words("父母在本市无自有住房的证明", "Proof that the parents own no home in the city"),
            Words("落集体户的条件之一。", "A condition for joining a collective household."),
            applies=Is("household", "collective"),
        ),
    ),
    supplement_reasons=(
        Reason(
            "book-pages",
            Words(
                "户口簿缺少首页或落户一方的本人页，或者图像不清，请补传。",
                "The cover page or the parent's page is missing or unclear: please send it again.",
            ),
            ZHEJIANG_RULE,
            "household-book",
        ),
        Reason(
            "ethnicity",
            Words(
                "父母民族不同，请补充双方签名的民族确认书。",
                "The ethnicities differ: please add the choice signed by both parents.",
            ),
            ZHEJIANG_RULE,
            "ethnicity-confirmation",
        ),
        Reason(
            "marriage-elsewhere",
            Words(
                "婚姻登记信息没有核对上，请补充结婚证照片。",
                "The marriage record does not match: please add the marriage certificate.",
            ),
            ZHEJIANG_RULE,
            "marriage-certificate",
        ),
    ),
    refusal_reasons=(
        Reason(
            "registered-before",
            Words("孩子已经登记过户口。", "The child is registered already."),
            HOUSEHOLD_REGULATION,
        ),
        Reason(
            "family-household-exists",
            Words(
                "一方在同市有家庭户，应随该方落户，请改为随另一方申请。",
                "One parent has a family household in this city: please follow that parent.",
            ),
            ZHEJIANG_RULE,
        ),
        Reason(
            "paternity",
            Words(
                "非婚生育随父落户需要亲子鉴定，请到派出所窗口办理。",
                "Born outside marriage and following the father needs a paternity test: "
                "please come to the police station.",
            ),
            ZHEJIANG_RULE,
        ),
    ),
    checklist=(
        Words("出生医学证明与申报一致", "Birth certificate agrees with the form"),
        Words("落户一方在本辖区有户口", "The parent followed is registered here"),
        Words("姓名、民族符合规定", "Name and ethnicity follow the rules"),
        Words("全国库查无重复登记", "No earlier registration in the national register"),
    ),
)


class FamilyQuery(Message):
    """Whose household is asked for, and as which parent."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)
    applicant: Literal["mother", "father"] = told("查询人是母亲或父亲", "Asking as")


Parts = dict[str, str]


class FamilyFacts(Result):
    """What the population register tells of the parent who asks, of the spouse, and the household.

    Documents have the parts `type` and `number`, addresses `county`, `township` and `detail`.
    """

    mother_name: str | None = told("母亲姓名", "Mother's name", default=None)
    mother_document: Parts | None = told("母亲证件", "Document", default=None, sensitive=True)
    mother_ethnicity: str | None = told("母亲民族", "Mother's ethnicity", default=None)
    mother_register: Parts | None = told("母亲户籍地", "Register", default=None, sensitive=True)
    father_name: str | None = told("父亲姓名", "Father's name", default=None)
    father_document: Parts | None = told("父亲证件", "Document", default=None, sensitive=True)
    father_ethnicity: str | None = told("父亲民族", "Father's ethnicity", default=None)
    father_register: Parts | None = told("父亲户籍地", "Register", default=None, sensitive=True)
    household_address: Parts | None = told("户口地址", "Household", default=None, sensitive=True)
    household_head: str | None = told("户主姓名", "Head of household", default=None)
    household_number: str | None = told("户号", "Number", default=None, sensitive=True)


def family_of(request: FamilyQuery, record: Mapping[str, Any]) -> FamilyFacts | None:
    """Own facts under the person's role, the spouse's under the other; the household as it is.

    The register goes by the sex that the ID number tells (GB 11643: odd is male), and only without
    one by the role asked for.
    """
    if not record:
        return None
    sign = request.id_number[-2:-1]
    role = request.applicant
    if sign.isdigit():
        role = "father" if int(sign) % 2 else "mother"
    other = "father" if role == "mother" else "mother"
    roles = {role: record.get("own", {}), other: record.get("spouse", {})}
    facts = {f"{role}_{name}": fact for role, held in roles.items() for name, fact in held.items()}
    return FamilyFacts.model_validate({**facts, **record.get("household", {})})


FAMILY_REGISTER = SharedRegister(
    id="family-register",
    title=Words("人口与户籍信息", "Population and household register"),
    authority=PUBLIC_SECURITY,
    request=FamilyQuery,
    facts=FamilyFacts,
    path="/family-register/query",
    stand_in=family_of,
    purpose=Words(
        "取得父母的姓名、证件、民族和户口，不用您再填，也不用上传户口簿。",
        "To take names, documents, ethnicity and household, instead of a household book from you.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)


def child_address_page() -> Page:
    """Where the child is registered, or lives where it is not registered in Taizhou."""
    return page("household-address", "孩子的地址", "The child's address").asks(
        ask(
            "child_address",
            "孩子在台州的地址",
            "The child's address in Taizhou",
            Address(),
            shared=held(FAMILY_REGISTER, "household_address"),
        ).hinted(
            "落户台州的填户口簿地址，不落户的填居住地址",
            "The household book's address if the child is registered here, else the home's",
        )
    )


def household_page(applies: Condition, married: Condition) -> Page:
    """Which household the child joins; married parents choose whose."""
    book = held(FAMILY_REGISTER)
    return page("household", "落户信息", "The household", applies=applies).asks(
        ask(
            "follows",
            "孩子随谁落户？",
            "Whose household does the child join?",
            PARENT,
            applies=married,
        ),
        ask("household_head", "户主姓名", "Head of household", PersonName(), shared=book),
        ask(
            "household_number",
            "户号",
            "Household number",
            Text(longest=20, shortest=4),
            sensitive=True,
            shared=book,
        ).hinted("户口簿首页上的号码", "On the first page of the book"),
        choose("relation_to_head", "孩子与户主的关系", "The child is the head's").one_of(
            ("child", "子女", "Child"),
            ("grandchild", "孙子女或外孙子女", "Grandchild"),
            ("other", "其他亲属", "Other relative"),
        ),
    )


def origin_page(applies: Condition, child: Repeated) -> Page:
    """A child's ethnicity, which follows a parent's, and its native place."""
    return page(
        "child-register",
        "孩子的民族和籍贯",
        "Ethnicity and native place",
        applies=applies,
        each=child,
    ).asks(
        ask("child_ethnicity", "孩子的民族", "Child's ethnicity", ETHNICITY, sensitive=True),
        ask("native_place", "籍贯", "Native place", Text(longest=40, shortest=2)).hinted(
            "省和市、县，例如 浙江台州", "Province and city or county, for example Zhejiang Taizhou"
        ),
        check("child_ethnicity", _is_a_parents).says(
            "孩子的民族要随父亲或母亲，请重新选择。",
            "The ethnicity must be a parent's; please choose again.",
        ),
    )


def _is_a_parents(answers: Answers) -> bool:
    parents = ("mother_ethnicity", "father_ethnicity")
    return answers.text("child_ethnicity") in {answers.text(parent) for parent in parents}
