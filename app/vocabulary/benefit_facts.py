"""The few facts from which it is told what somebody may get; each is asked only once."""

from app.forms.conditions import Between, Is
from app.forms.divisions import ELSEWHERE, ELSEWHERE_NAME, counties
from app.forms.questions import YES_NO, Choice, Month, Number, Option
from app.vocabulary.declaring import ask, choose, number
from app.wording import Words

# The rule of the page: nothing is kept and nobody signs in, so nothing here names a person.
HOME = ask(
    "home_county",
    "户口在哪里？",
    "Where are you registered?",
    Choice(
        (
            *(Option(county.code, county.name) for county in counties()),
            Option(ELSEWHERE, ELSEWHERE_NAME),
        ),
        as_list=True,
    ),
)
LOCAL = Is("home_county", *(county.code for county in counties()))
AGE = ask("age_years", "多大年纪？", "How old?", number(0, 120, "周岁", "years"))
OLD, VERY_OLD = Between("age_years", at_least=60), Between("age_years", at_least=80)
WORKING_AGE = Between("age_years", at_least=18, at_most=59)
NEAR_PENSION = Between("age_years", at_least=49)
RETIRES_AS = choose("retires_as", "退休了吗？", "Retired?", applies=NEAR_PENSION).one_of(
    ("man", "没有，男", "Not yet, a man"),
    ("woman-50", "没有，女，工人或没有单位（原50岁）", "Not yet, a woman, worker or no employer"),
    (
        "woman-55",
        "没有，女，管理、技术岗位（原55岁）",
        "Not yet, a woman, manager or technical",
    ),
    ("employee", "在领职工养老金", "An employees' pension is drawn"),
    ("resident", "在领城乡居民养老金", "The residents' pension is drawn"),
)
PENSION_PAID = ask(
    "pension_paid",
    "职工养老保险缴了几年？",
    "Years of employees' pension paid?",
    number(0, 60, "年", "years"),
    applies=NEAR_PENSION,
).hinted("各地合计，没有缴过填0", "In all places; 0 for none")
CHILDREN = choose(
    "children_born", "生育或收养过几个孩子？", "How many children?", applies=NEAR_PENSION
).one_of(
    ("one-card", "一个，有独生子女父母光荣证", "One, with a certificate"),
    ("one", "一个，没有光荣证", "One, without a certificate"),
    ("none", "没有", "None"),
    ("more", "两个以上", "Two or more"),
)
CHILD = ask("young_child", "家里有3岁以内的孩子吗？", "Is there a child under 3?", YES_NO)
HAS_CHILD = Is("young_child", "yes")
CHILD_BORN = ask(
    "child_born", "孩子哪年哪月出生？", "When was the child born?", Month(48), applies=HAS_CHILD
)
DISABILITY = choose("disability_grade", "有残疾人证吗？几级？", "Disability certificate?").one_of(
    ("none", "没有残疾", "No disability"),
    ("1", "一级", "Grade 1"),
    ("2", "二级", "Grade 2"),
    ("3", "三级", "Grade 3"),
    ("4", "四级", "Grade 4"),
    ("uncertified", "有残疾，没办证", "Disabled, no certificate"),
)
CERTIFIED = Is("disability_grade", "1", "2", "3", "4")
DISABILITY_CLASS = choose(
    "disability_class", "是哪类残疾？", "Which class?", applies=CERTIFIED
).one_of(
    ("mind", "智力或精神残疾", "Intellectual or mental"),
    ("limb", "肢体残疾", "Limb"),
    ("sight", "视力残疾", "Sight"),
    ("other", "听力、言语残疾", "Hearing or speech"),
)
OF_MIND = Is("disability_class", "mind")
CARE_LEVEL = choose(
    "self_care", "能照顾自己吗？", "Able to care for oneself?", applies=OLD | CERTIFIED
).one_of(
    ("able", "能", "Yes"),
    ("partly", "部分不能", "Not in everything"),
    ("basic", "基本不能", "Hardly"),
    ("total", "完全不能", "Not at all"),
)
NEEDS_CARE = Is("self_care", "partly", "basic", "total")
CARE_PLACE = choose("cared_at", "在哪里照护？", "Where is care given?", applies=NEEDS_CARE).one_of(
    ("home", "在家", "At home"), ("institution", "在机构", "In an institution")
)
IN_INSTITUTION = Is("cared_at", "institution")
RELIEF = choose("relief_status", "现在是哪种情况？", "Which applies now?").one_of(
    ("none", "都不是", "None of these"),
    ("minimum", "低保家庭", "Minimum living guarantee"),
    ("near", "低保边缘家庭", "Near the minimum"),
    ("destitute", "特困人员", "Extreme hardship"),
    ("orphan", "孤儿或事实无人抚养", "Orphan, or brought up by nobody"),
)
NO_RELIEF = Is("relief_status", "none")
_MONTHLY = Number(0, 100_000, Words("元/月", "yuan a month"))
PER_HEAD = ask(
    "income_per_head",
    "家里人均每月收入多少？",
    "Income per head of the family?",
    _MONTHLY,
    applies=NO_RELIEF,
).hinted(
    "全家收入除以人数；育儿补贴不算收入",
    "All income by the number of people; the childcare subsidy does not count",
)
PEOPLE = ask(
    "people",
    "家里几口人？",
    "How many in the family?",
    number(1, 12, "人", "people"),
    applies=NO_RELIEF,
)
OWN_INCOME = ask(
    "income_own",
    "本人每月收入多少？",
    "Own income?",
    _MONTHLY,
    applies=NO_RELIEF & CERTIFIED & WORKING_AGE,
)
SUPPORT = ask(
    "without_support",
    "没有收入，也没有人能赡养、抚养？",
    "No income and nobody able to support?",
    YES_NO,
    applies=NO_RELIEF,
)
HARDSHIP = choose("hardship", "最近遇到急难了吗？", "Sudden hardship?").one_of(
    ("none", "没有", "No"),
    ("accident", "火灾、车祸等意外", "Fire, traffic or another accident"),
    ("illness", "突发重病", "Sudden serious illness"),
    ("spending", "低保、低边家庭的支出突然增加", "A shock of spending on relief"),
)
TROUBLES = choose("troubles", "家里有下面的困难吗？", "Is there one of these?").any_of(
    ("medical", "看病花费大，自己付不起", "Large medical bills"),
    ("education", "孩子上学有困难", "Hard to pay for school"),
    ("housing", "没有房子或住危房", "No home, or an unsafe one"),
    ("work", "能工作但没有工作", "Able to work, without work"),
    ("disaster", "受了台风、洪水等灾", "Storm, flood or another disaster"),
)
OTHERS = choose("paid_already", "已经享受下面的待遇吗？", "Is one of these given?").any_of(
    ("injury", "工伤生活护理费", "Nursing pay for a work injury"),
    ("central-care", "集中照护补助", "Aid for central care"),
    ("home-bed", "家庭养老床位项目", "The project of care beds at home"),
)
SETTLED = ("home_county", "child_born", "young_child")
RISING = ("age_years",)
