"""Relief for illness, school, housing, work and disasters: who may ask, and the eight together."""

from app.forms.conditions import Is
from app.services.relief.benefits import (
    DESTITUTE_SUPPORT,
    EVENT,
    MINIMUM_LIVING,
    TEMPORARY_RELIEF,
)
from app.vocabulary import benefit_facts as facts
from app.vocabulary.benefit import Benefit, Facts, Screening, Truth, needs
from app.vocabulary.common_rules import RELIEF_MEASURES
from app.wording import Words


def _on_relief(known: Facts) -> Truth:
    """A family on relief, near it, or in extreme hardship; of others the county decides."""
    if "relief_status" in known.open:
        return None
    status = known.answers.text("relief_status")
    return True if status in {"minimum", "near", "destitute"} else None


ON_RELIEF = needs("on-relief", RELIEF_MEASURES, _on_relief).says(
    "特困、低保、低边家庭；其他困难家庭由县里认定（待确认）",
    "On relief, near it or in extreme hardship; of others the county decides (to be confirmed)",
    "不在救助范围内。",
    "Not among those who are helped.",
)


def _passed_on(
    kind: str,
    title: Words,
    summary: Words,
    trouble: tuple[str, str],
    otherwise: tuple[str, str],
    *,
    whoever: bool = False,
) -> Benefit:
    """Relief of another department: the township comes to see and passes it on."""
    has_it = needs(kind, RELIEF_MEASURES, Is("troubles", kind)).says(*trouble, *otherwise)
    return Benefit(
        id=f"{kind}-relief",
        title=title,
        summary=summary,
        questions=(facts.TROUBLES,) if whoever else (facts.RELIEF, facts.TROUBLES),
        needs=(has_it,) if whoever else (has_it, ON_RELIEF),
        starts=EVENT,
        presets={"seeking": ["other"], "relief_need": [kind]},
    )


MEDICAL_RELIEF = _passed_on(
    "medical",
    Words("医疗救助", "Medical relief"),
    Words(
        "资助参保缴费，补助医保报销后的自付费用；标准待确认。",
        "Helps with contributions and with what insurance leaves; rates to be confirmed.",
    ),
    ("看病自己要付很多钱", "Large medical bills of one's own"),
    ("没有大额医疗费。", "No large medical bills."),
)
EDUCATION_RELIEF = _passed_on(
    "education",
    Words("教育救助", "Education relief"),
    Words(
        "减免费用、发助学金、安排勤工助学等；标准待确认。",
        "Fees waived, grants, work beside school; rates to be confirmed.",
    ),
    ("孩子上学有困难", "Hard to pay for a child's school"),
    ("没有上学的困难。", "No such difficulty."),
)
HOUSING_RELIEF = _passed_on(
    "housing",
    Words("住房救助", "Housing relief"),
    Words(
        "配租公租房、发租赁补贴、农村危房改造；标准待确认。",
        "Public rental, rent subsidy, repair of unsafe homes; rates to be confirmed.",
    ),
    ("没有房子或住的是危房", "No home, or an unsafe one"),
    ("没有住房困难。", "No such difficulty."),
)
WORK_RELIEF = _passed_on(
    "work",
    Words("就业救助", "Work relief"),
    Words(
        "有劳动能力、没有工作的，免费介绍工作、培训，安排公益岗位。",
        "For who can work and has none: free placement, training, public posts.",
    ),
    ("能工作但没有工作", "Able to work, without work"),
    ("没有失业的困难。", "No such difficulty."),
)
DISASTER_RELIEF = _passed_on(
    "disaster",
    Words("受灾人员救助", "Disaster relief"),
    Words(
        "台风、洪水、地震等灾害后的应急救助、过渡安置、房屋重建；标准待确认。",
        "After storm, flood or earthquake: first help, shelter, rebuilding; to be confirmed.",
    ),
    ("遭了自然灾害", "Struck by a natural disaster"),
    ("没有受灾。", "No disaster."),
    whoever=True,
)
RELIEF_SCREENING = Screening(
    id="relief",
    title=Words("八项社会救助一次问清", "Eight kinds of relief at once"),
    summary=Words(
        "低保、特困、受灾、医疗、教育、住房、就业、临时救助，答几个问题看看哪些可以申请。",
        "A few answers tell which of the eight kinds may be applied for.",
    ),
    decides=Words(
        "这里只是初筛，每一项都可以申请，是否救助由民政等主管部门决定。"
        "急难情况请直接拨打12349，24小时内先救助。",
        "This only screens: each may be applied for, and civil affairs and others decide. "
        "In an emergency call 12349; help comes within 24 hours.",
    ),
    benefits=(
        MINIMUM_LIVING,
        DESTITUTE_SUPPORT,
        DISASTER_RELIEF,
        MEDICAL_RELIEF,
        EDUCATION_RELIEF,
        HOUSING_RELIEF,
        WORK_RELIEF,
        TEMPORARY_RELIEF,
    ),
    phone="12349",
)
