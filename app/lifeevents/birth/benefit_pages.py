"""Pages of the joint form of a birth about insurance, payments, childcare and help."""

from datetime import timedelta

from app.forms import questions as kinds
from app.forms.answers import Answers
from app.forms.questions import Check, Page, Question, SharedFrom
from app.lifeevents.birth.situations import (
    ALLOWANCE,
    CHILD,
    CONCERN,
    FATHER,
    INSURED,
    PARENT,
    PLACE,
    REGISTER_HERE,
    SUBSIDY,
)
from app.vocabulary.common_questions import choice
from app.wording import Words

HARDSHIP = choice(
    ("none", "没有", "No"),
    ("minimum-living", "低保家庭", "Minimum living guarantee"),
    ("near-poverty", "低保边缘家庭", "Near-poverty family"),
    ("disabled", "残疾人家庭", "Family with a disabled person"),
    ("other", "其他困难家庭", "Other hardship"),
)
CARD_BANK = choice(
    ("icbc", "中国工商银行", "ICBC"),
    ("abc", "中国农业银行", "Agricultural Bank of China"),
    ("boc", "中国银行", "Bank of China"),
    ("ccb", "中国建设银行", "China Construction Bank"),
    ("psbc", "中国邮政储蓄银行", "Postal Savings Bank"),
    ("rural", "浙江农商银行", "Zhejiang rural commercial bank"),
)
CARE = choice(
    ("full-day", "全日托", "Full day"),
    ("half-day", "半日托", "Half day"),
    ("hourly", "计时托", "By the hour"),
    ("temporary", "临时托", "Now and then"),
)
CONCERNS = choice(
    ("none", "没有", "No"),
    ("hearing", "听力筛查没有通过", "The hearing test was not passed"),
    ("defect", "有先天疾病或缺陷", "A disease or defect from birth"),
    ("hardship", "家庭照顾有困难", "The family has difficulties"),
    ("other", "其他情况", "Something else"),
)


def insured(fact: str) -> SharedFrom:
    """From the maternity insurance."""
    return SharedFrom("maternity-insurance", fact)


def year_of_cover(answers: Answers) -> bool:
    """The year of birth, or the next where the 90 days reach into it."""
    born = answers.date("born_on")
    return int(answers.number("insurance_year")) in {born.year, (born + timedelta(days=90)).year}


def claimants_account(answers: Answers) -> bool:
    claimant = answers.text(f"{answers.text('claimant') or 'mother'}_name")
    children = {child.text("child_name") for child in answers.items("child")}
    holder = answers.parts("subsidy_account").get("holder")
    return holder == claimant or children == {holder}


BENEFIT_PAGES = (
    Page(
        "insurance",
        Words("医保和社保卡", "Insurance and card"),
        (
            Question(
                "insurance_year",
                Words("参保年度", "Year of cover"),
                kinds.Number(2000, 2100),
                Words(
                    "填孩子出生的年份；在孩子落户的县（市、区）参保",
                    "The year of birth; cover is in the county of register",
                ),
            ),
            Question(
                "hardship",
                Words("家庭有困难身份吗？", "Is the family recognised as in hardship?"),
                HARDSHIP,
                sensitive=True,
            ),
            Question("card_bank", Words("社保卡合作银行", "Bank of the card"), CARD_BANK),
        ),
        applies=REGISTER_HERE,
        checks=(
            Check(
                "insurance_year",
                year_of_cover,
                Words(
                    "请填孩子出生的年份；出生后90天跨年的可填下一年。",
                    "Enter the year of birth, or the next if the 90 days reach into it.",
                ),
            ),
        ),
    ),
    Page(
        "maternity",
        Words("生育待遇", "Maternity benefits"),
        (
            Question(
                "employer",
                Words("母亲的用人单位", "Mother's employer"),
                kinds.Text(longest=60),
                applies=ALLOWANCE,
                shared=insured("employer"),
            ),
            Question(
                "employer_code",
                Words("单位统一社会信用代码", "The employer's credit code"),
                kinds.CreditCode(),
                applies=ALLOWANCE,
                shared=insured("employer_code"),
            ),
            Question(
                "difficult_birth",
                Words("是难产或剖宫产吗？", "Was it a difficult birth or a Caesarean?"),
                kinds.YES_NO,
                applies=ALLOWANCE,
                sensitive=True,
            ),
            Question(
                "mother_account",
                Words("母亲的收款账户", "The mother's account"),
                kinds.BankAccount(),
                sensitive=True,
            ),
        ),
        applies=INSURED,
        checks=(
            Check(
                "mother_account",
                lambda a: a.parts("mother_account").get("holder") == a.text("mother_name"),
                Words(
                    "户名要是母亲本人，请换成母亲的账户。", "The account must be the mother's own."
                ),
            ),
        ),
    ),
    Page(
        "subsidy",
        Words("育儿补贴", "Childcare subsidy"),
        (
            Question("claimant", Words("由谁申领？", "Who claims it?"), PARENT, applies=FATHER),
            Question(
                "subsidy_account",
                Words("补贴收款账户", "Account for the subsidy"),
                kinds.BankAccount(),
                Words(
                    "申领人或孩子的账户，建议用社保卡账户",
                    "The claimant's or the child's; best the social security card's",
                ),
                sensitive=True,
            ),
        ),
        applies=SUBSIDY,
        checks=(
            Check(
                "subsidy_account",
                claimants_account,
                Words(
                    "户名要是申领人或孩子，请换一个账户。",
                    "The account must be the claimant's or the child's.",
                ),
            ),
        ),
    ),
    Page(
        "place",
        Words("入托意向", "Childcare place"),
        (
            Question("care", Words("想要哪种托育？", "Which care do you wish?"), CARE),
            Question(
                "from_month",
                Words("从几个月大开始？", "From which month of age?"),
                kinds.Number(0, 36, Words("个月", "months")),
            ),
        ),
        applies=PLACE,
    ),
    Page(
        "support",
        Words("需要帮助的情况", "Help for the child"),
        (
            Question(
                "concern",
                Words("孩子有需要帮助的情况吗？", "Does the child need help?"),
                CONCERNS,
                sensitive=True,
            ),
            Question(
                "referral_consent",
                Words(
                    "同意转给残联、民政联系您吗？",
                    "May the federation and civil affairs contact you?",
                ),
                kinds.YES_NO,
                applies=CONCERN,
                sensitive=True,
            ),
        ),
        each=CHILD,
    ),
)
