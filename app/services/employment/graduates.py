"""J8: what a graduate is asked, and the check of where a graduate goes."""

from datetime import date

from app.forms.answers import Answers
from app.forms.conditions import All, Condition
from app.forms.questions import Date, Page, Question, Text
from app.services.employment.situations import IN_SCHOOL
from app.services.employment.workers import Entry, entered, offer
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import EDUCATION
from app.vocabulary.declaring import ask, check, choose, page
from app.vocabulary.offering import points, reason
from app.vocabulary.public_service import Limit, Output, told
from app.vocabulary.requirement import Rule
from app.wording import Words
from app.workflow.deadlines import add_months

DESTINATION_RULE = Rule(
    "graduate-destination",
    Words("高校毕业生毕业去向登记有关规定", "Rules on graduates' destinations"),
    "2023年起取消就业报到证",
    "B",
    date(2023, 1, 1),
)


def time_questions(graduate: Condition) -> tuple[Question, ...]:
    """How long ago somebody graduated, and of a student the class of hardship."""
    return (
        choose("graduated", "高校毕业多久了？", "When did you graduate?", applies=graduate).one_of(
            ("two-years", "2年以内", "Within 2 years"),
            ("not-yet", "还没毕业（毕业年度在校）", "Not yet, in my last year"),
            ("five-years", "2到5年", "2 to 5 years ago"),
            ("longer", "5年以上", "Longer ago"),
            ("never", "没有上过高校", "I did not go to university"),
        ),
        choose(
            "student_hardship",
            "属于下面的困难毕业生吗？",
            "Are you a student in hardship?",
            applies=All((graduate, IN_SCHOOL)),
            sensitive=True,
        ).one_of(
            ("minimum-living", "低保家庭", "Minimum living guarantee"),
            ("disabled", "残疾", "Disabled"),
            ("loan", "有助学贷款", "With a student loan"),
            ("none", "都不是", "None of them"),
        ),
    )


def degree_question(applies: Condition) -> Question:
    """Of who works for themselves: whether they count as a graduate."""
    return choose(
        "degree_within", "是毕业5年内的高校毕业生吗？", "A graduate of 5 years?", applies=applies
    ).one_of(
        ("two-years", "是，毕业2年以内", "Yes, of the last 2 years"),
        ("five-years", "是，毕业2到5年", "Yes, 2 to 5 years ago"),
        ("no", "不是", "No"),
    )


def wish_question(graduated: Condition) -> Question:
    """What a graduate wishes."""
    return choose("graduate_wants", "想办什么？", "What would you like?", applies=graduated).any_of(
        ("file", "档案接收", "Have my file received"),
        ("household", "落户", "Move my household"),
        ("job-subsidy", "就业补贴", "Job subsidy"),
        ("trainee", "就业见习", "A traineeship"),
        ("rent", "租房补贴或房票", "Rent grant or voucher"),
    )


def work_question(wants_money: Condition) -> Question:
    """Whether there is work, and cover with it: what each grant hangs on."""
    return choose("graduate_work", "现在的工作？", "Your work now?", applies=wants_money).one_of(
        ("insured", "在单位上班，已给我参保", "Employed, and insured by the employer"),
        ("waiting", "在单位上班，还没给我参保", "Employed, not insured yet"),
        ("own", "自己干或创业", "Working for myself"),
        ("none", "还没找到工作", "No work yet"),
    )


def looking_question(wants_traineeship: Condition) -> Question:
    """A traineeship is for who has no work yet."""
    return choose(
        "has_work", "现在有工作吗？", "Is there work now?", applies=wants_traineeship
    ).one_of(("no", "还没有", "Not yet"), ("yes", "有了", "Yes"))


def firm_question(name: str, applies: Condition) -> Question:
    """The classes of the firm, on which the rates hang."""
    return choose(name, "单位（企业）是哪一类？", "Which kind of firm?", applies=applies).any_of(
        ("small", "中小微企业", "Small or medium firm"),
        ("care", "养老服务", "Care for the elderly"),
        ("household", "家政服务", "Household service"),
        ("farming", "现代农业", "Modern farming"),
    )


def destination_page(applies: Condition) -> Page:
    """The two numbers under which a university registered where a graduate goes."""
    return page("destination", "毕业去向", "Where you go", applies=applies).asks(
        ask("transfer_number", "毕业去向转递编号", "Transfer number", Text(longest=40)),
        ask("verification_number", "核验编号", "Verification number", Text(longest=40)).hinted(
            "在学信网或学校就业平台查", "On the university's or the ministry's site"
        ),
    )


def education_pages(applies: Condition) -> tuple[Page, Page]:
    """Education, degree, school; and the day and the number of the certificate."""
    return (
        page("education", "学历", "Education", applies=applies).asks(
            choose("degree", "最高学历", "Highest education").one_of(
                ("college", "大专（高职）", "College"),
                ("bachelor", "本科", "Bachelor"),
                ("master", "硕士研究生", "Master"),
                ("doctor", "博士研究生", "Doctor"),
                ("technician", "技工院校预备技师班", "Technician"),
            ),
            choose("academic_degree", "学位", "Degree").one_of(
                ("none", "没有学位", "None"),
                ("bachelor", "学士", "Bachelor's"),
                ("master", "硕士", "Master's"),
                ("doctor", "博士", "Doctor's"),
            ),
            ask("school", "毕业院校", "School", Text(longest=60)),
            ask("major", "专业", "Major", Text(longest=60)),
        ),
        page("graduation", "毕业", "Graduation", applies=applies).asks(
            ask(
                "graduated_on",
                "毕业日期（还没毕业的填预计日期）",
                "Day of graduation, or the one expected",
                Date(past_days=20000, ahead_days=400),
            ),
            check("graduated_on", _fits_what_was_said).says(
                "和前面说的毕业时间不符，请核对，或到“您的情况”修改。",
                "This is not what was said before; check it, or change “Your situation”.",
            ),
            ask(
                "diploma_number",
                "毕业证书编号",
                "Number of the diploma",
                Text(longest=40),
                applies=~IN_SCHOOL,
            ),
        ),
    )


# Up to how many months ago each answer lies.
_MONTHS_AGO = {"two-years": (0, 24), "five-years": (24, 60), "longer": (60, 1200)}


def _fits_what_was_said(answers: Answers) -> bool:
    """Graduated when it was said; who is in school has the day ahead."""
    day, today = answers.date("graduated_on"), answers.today
    said = answers.text("graduated") or answers.text("degree_within")
    if said == "not-yet":
        return day > today
    if said not in _MONTHS_AGO:
        return day <= today
    least, most = _MONTHS_AGO[said]
    return add_months(day, least) <= today <= add_months(day, most)


class Destination(AboutPerson):
    """J8: the two numbers of the registration."""

    transfer_number: str = told("转递编号", "Transfer number", min_length=1)
    verification_number: str = told("核验编号", "Verification number", min_length=1)
    school: str = told("毕业院校", "School", default="")
    diploma_number: str = told("毕业证书编号", "Diploma", default="")
    degree: str = told("学历", "Education", default="")
    academic_degree: str = told("学位", "Degree", default="")
    major: str = told("专业", "Major", default="")


CHECK_DESTINATION = offer(
    "check-graduate-destination",
    Words("毕业去向登记核验", "Checking the graduate's destination"),
    Words("向学校核验去向登记，是落户和转档的依据。", "The basis of moving household and file."),
    Destination,
    Output("destination-checked", Words("核验结果", "Checked"), Entry),
    entered("QX"),
    (DESTINATION_RULE,),
    EDUCATION,
    promised=Limit(0, "联网核验，当场出结果"),
    refusal_reasons=(
        reason(
            "not-registered",
            "没有查到去向登记，请联系学校。",
            "No destination is registered: please contact the university.",
            DESTINATION_RULE,
        ),
    ),
    checklist=points(
        ("姓名和编号一致", "Name and numbers agree"),
    ),
)
