"""How school entry is taken in: windows by county and stage, then places for all at once."""

from app.services.schooling.allocation import COLUMNS, allot
from app.services.schooling.basis import ZHEJIANG_ORDER, year_of
from app.services.schooling.categories import table_for
from app.services.schooling.pages import CHILD
from app.services.schooling.schools import places
from app.vocabulary.intake import Intake, Place
from app.vocabulary.requirement import TO_BE_CONFIRMED
from app.wording import Words

HOW = (
    Words(
        "报名不分先后：窗口期内什么时候报名，结果都一样。",
        "It does not matter when within the window you sign up: the result is the same.",
    ),
    Words(
        "窗口关闭、每个孩子的核验都有结果（或已转人工）以后，才统一分配学位。",
        "Places are given when the window is closed and every check has ended or is with a person.",
    ),
    Words(
        "先按类别顺序；同一类别里，哥哥姐姐在该校的在前，再按户籍、房产或居住证的日期，"
        "最后按随机号。",
        "By category first; within it who has an older sibling there, then by the day of register, "
        "title or permit, then by the ticket.",
    ),
    Words(
        "学区学校满了，服从调剂的按同样顺序安排到县（市、区）内还有学位的学校；"
        "其余由教育部门统筹安排。",
        "When the school is full, who accepts another gets one in the same order; for the rest "
        "education arranges a place.",
    ),
    Words(
        "捆绑的多胞胎、同胞作为一个整体，按排在后面的那个孩子的顺序，分到同一所学校。",
        "Bound twins and siblings go to one school together, at the place of the later of them.",
    ),
    Words(
        "还在人工核定的，先按所填情况保留学位，由工作人员决定。",
        "Where a person still decides, the place is held as if what was stated were proven.",
    ),
    Words(
        "残疾儿童由专家评估安置，不占用普通学位，也不会因此被拒绝。",
        "Disabled children are placed by experts, outside these places, and never refused for it.",
    ),
    Words("预防接种证不是报名和录取的条件。", "No vaccination proof is needed to be admitted."),
)
HOW_DRAWN = (
    Words(
        "民办学校报名的全部参加电脑派位：随机号=SHA-256（种子:学校代码:报名编号），小的在前；"
        "先派第一志愿，再派第二志愿。任何人都能用公开的种子重算。",
        "Private schools draw: the ticket is SHA-256 of seed:school:entry, the smallest first; all "
        "first wishes, then second ones. Anybody can reckon it again from the public seed.",
    ),
    Words(
        "捆绑的孩子用最小的报名编号抽一个号，学位够才一起录取；派中后不再保留公办学位。",
        "Bound children draw once, under the smallest entry, and are admitted only together; who "
        "is drawn gives up the public place.",
    ),
)


def sources(county: str, stage: str) -> tuple[Words, ...]:
    """Where the category table of a county comes from, and that the demo's schools are made up."""
    table = table_for(county, stage)
    told = table.told if table else TO_BE_CONFIRMED
    return (
        Words(f"类别和先后：{told.zh}", f"Categories and their order: {told.en}"),
        Words(
            "学校、学区和名额是演示数据，不是真实学校。",
            "Schools, catchments and places are made up for the demonstration.",
        ),
    )


def public_places(county: str, stage: str, year: int) -> tuple[Place, ...]:
    """The places of a round without a draw: private ones are not given through it."""
    return tuple(one for one in places(county, stage, year) if one.detail.get("kind") == "public")


def intake(*more: Words, drawn: bool = True) -> Intake:
    """The intake by county and stage, with `more` sentences on how places are given.

    Without a draw (`drawn`) only public places are in it.
    """
    return Intake(
        divided_by="stage",
        entry=CHILD,
        identity="child_document",
        places=places if drawn else public_places,
        year_of=year_of,
        allot=allot,
        columns=COLUMNS,
        rule=ZHEJIANG_ORDER,
        how=(*HOW, *more),
        sources=sources,
    )
