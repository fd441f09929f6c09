"""What is asked at the beginning about benefits of disabled people: wishes, relief, insurance."""

from app.forms.conditions import All, Condition, Is
from app.forms.questions import Question
from app.services.disability.register import CHANGE, HOLDS
from app.vocabulary.declaring import choose

WANTS_INSURANCE = Is("wanted", "pension", "medical")


def grade_question() -> Question:
    """The grade on the certificate that is held."""
    return (
        choose("grade", "残疾人证上是几级？", "Which grade is on it?", applies=HOLDS & ~CHANGE)
        .one_of(
            ("1", "一级（最重）", "1 (most severe)"),
            ("2", "二级", "2"),
            ("3", "三级", "3"),
            ("4", "四级", "4"),
        )
        .hinted("证号最后一位", "The last digit of the number")
    )


def wish_questions(adults: Condition, children: Condition) -> tuple[Question, Question]:
    """Everything that may be applied for beside the certificate."""
    return (
        choose("wanted", "还想办什么？", "What else is wanted?", applies=adults).any_of(
            ("living", "困难残疾人生活补贴", "Living subsidy in hardship"),
            ("nursing", "重度残疾人护理补贴", "Nursing subsidy when severe"),
            ("work", "就业帮扶", "Help into work"),
            ("pension", "养老保险费代缴", "Pension contribution paid"),
            ("medical", "医保缴费资助", "Medical contribution paid"),
            ("device", "轮椅、助听器等辅具", "Wheelchair, hearing aid and the like"),
            ("home", "家庭无障碍改造", "Accessibility works at home"),
            ("care", "残疾人之家或托养", "Day or residential care"),
            ("small", "燃油补贴、公交优待", "Fuel subsidy, free buses"),
            ("relief", "低保等社会救助", "Social relief"),
            ("report", "收入、住址变了或人已去世", "Income or address changed, or a death"),
        ),
        choose(
            "child_wanted", "孩子还需要什么？", "What does the child need?", applies=children
        ).any_of(
            ("rehabilitation", "康复救助", "Rehabilitation"), ("school", "入学安置", "A school")
        ),
    )


def insured_question(applies: Condition) -> Question:
    """D10 and D11 are for who is enrolled in the residents' insurance."""
    return choose(
        "enrolled",
        "参加了哪种城乡居民保险？",
        "Which residents' insurance is there?",
        applies=All((applies, WANTS_INSURANCE)),
    ).one_of(
        ("both", "养老保险和医保都参加了", "Pension and medical"),
        ("pension", "只参加了养老保险", "Pension only"),
        ("medical", "只参加了医保", "Medical only"),
        ("none", "都没有，或由单位交职工保险", "Neither, or through an employer"),
    )


def money_questions(living: Condition, either: Condition) -> tuple[Question, ...]:
    """Relief, income and what is paid already, for the two subsidies."""
    return (
        choose(
            "relief",
            "家里或本人有下面的身份吗？",
            "Does the family get relief?",
            applies=either,
            sensitive=True,
        ).one_of(
            ("minimum", "低保家庭", "Minimum living guarantee"),
            ("near", "低保边缘家庭", "Near the minimum"),
            ("destitute", "特困人员", "Extreme hardship"),
            ("orphan", "孤儿或事实无人抚养儿童", "Orphan, or nobody brings the child up"),
            ("none", "都没有", "None of these"),
        ),
        choose(
            "income_level",
            "收入在哪一档？",
            "How high is the income?",
            applies=All((living, Is("relief", "none"))),
            sensitive=True,
        )
        .one_of(
            ("family", "家庭人均不到低保标准的1.5倍", "Per head below 1.5 times the line"),
            ("own", "家庭超过，但本人不到1.5倍", "Only the person's own is below"),
            ("above", "都超过", "Both are above"),
        )
        .hinted("说不准的选第一项，由民政核对", "Not sure? Choose the first; it will be checked"),
        choose(
            "other_benefits",
            "已经在领下面的钱吗？",
            "Is one of these paid already?",
            applies=either,
            sensitive=True,
        ).any_of(
            ("elderly", "养老服务补贴", "Elderly care subsidy"),
            ("injury", "工伤生活护理费", "Nursing pay for a work injury"),
        ),
    )
