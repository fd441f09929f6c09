"""J8: what a graduate is asked, and the check of where a graduate goes."""

from datetime import date

from app.forms.conditions import All, Condition, Is
from app.forms.questions import YES_NO, Date, Page, Question, Text
from app.services.employment.subsidies import firm_question
from app.services.employment.workers import Entry, entered, offer
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import EDUCATION
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import points, reason
from app.vocabulary.public_service import Limit, Output, told
from app.vocabulary.requirement import Rule
from app.wording import Words

DESTINATION_RULE = Rule(
    "graduate-destination",
    Words("高校毕业生毕业去向登记有关规定", "Rules on graduates' destinations"),
    "2023年起取消就业报到证",
    "B",
    date(2023, 1, 1),
)

IN_SCHOOL = Is("graduated", "not-yet")


def time_questions(graduate: Condition, flexible: Condition) -> tuple[Question, ...]:
    """How long ago somebody graduated, and of a student the class of hardship."""
    return (
        choose(
            "degree_within",
            "是毕业5年内的高校毕业生吗？",
            "A graduate of 5 years?",
            applies=flexible,
        ).one_of(
            ("two-years", "是，毕业2年以内", "Yes, of the last 2 years"),
            ("five-years", "是，毕业2到5年", "Yes, 2 to 5 years ago"),
            ("no", "不是", "No"),
        ),
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


def wish_questions(graduated: Condition) -> tuple[Question, ...]:
    """What a graduate wishes, and what the job subsidy and the rent grant hang on."""
    return (
        choose("graduate_wants", "想办什么？", "What would you like?", applies=graduated).any_of(
            ("file", "档案接收", "Have my file received"),
            ("household", "落户", "Move my household"),
            ("job-subsidy", "就业补贴", "Job subsidy"),
            ("trainee", "就业见习", "A traineeship"),
            ("rent", "租房补贴", "Rent grant"),
        ),
        firm_question(All((graduated, Is("graduate_wants", "job-subsidy")))),
        ask(
            "newcomer",
            "是2020年7月25日以后首次来台州就业的吗？",
            "New to Taizhou after 25 July 2020?",
            YES_NO,
            applies=All((graduated, Is("graduate_wants", "rent"))),
        ),
    )


def destination_page(applies: Condition) -> Page:
    """The two numbers under which a university registered where a graduate goes."""
    return page("destination", "毕业去向", "Where you go", applies=applies).asks(
        ask("transfer_number", "毕业去向转递编号", "Transfer number", Text(longest=40)),
        ask("verification_number", "核验编号", "Verification number", Text(longest=40)).hinted(
            "在学信网或学校就业平台查", "On the university's or the ministry's site"
        ),
    )


def education_page(applies: Condition) -> Page:
    """Degree, school and certificate."""
    return page("education", "学历", "Education", applies=applies).asks(
        choose("degree", "最高学历", "Highest degree").one_of(
            ("college", "大专（高职）", "College"),
            ("bachelor", "本科", "Bachelor"),
            ("master", "硕士研究生", "Master"),
            ("doctor", "博士研究生", "Doctor"),
            ("technician", "技工院校预备技师班", "Technician"),
        ),
        ask("school", "毕业院校", "School", Text(longest=60)),
        ask("major", "专业", "Major", Text(longest=60)),
        ask(
            "graduated_on",
            "毕业日期（还没毕业的填预计日期）",
            "Day of graduation, or the one expected",
            Date(past_days=20000, ahead_days=400),
        ),
        ask(
            "diploma_number",
            "毕业证书编号",
            "Number of the diploma",
            Text(longest=40),
            applies=~IN_SCHOOL,
        ),
    )


class Destination(AboutPerson):
    """J8: the two numbers of the registration."""

    transfer_number: str = told("转递编号", "Transfer number", min_length=1)
    verification_number: str = told("核验编号", "Verification number", min_length=1)
    school: str = told("毕业院校", "School", default="")
    diploma_number: str = told("毕业证书编号", "Diploma", default="")


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
