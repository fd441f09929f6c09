"""Pages about wishes: private schools, arrangements, and aid and help afterwards."""

from app.forms.answers import Answers
from app.forms.conditions import AnyOf, Condition
from app.forms.questions import YES_NO, IdentityDocument, Page, Question, Tick
from app.services.schooling.basis import JUNIOR, PRIMARY
from app.services.schooling.choosing import catchment_question, school_choice
from app.services.schooling.schools import PRIVATE, PUBLIC
from app.vocabulary.declaring import ask, check, choose, page


def private_page(applies: Condition) -> Page:
    """One or two private schools of the county."""
    schools = school_choice(PRIVATE, PRIMARY, JUNIOR)
    return page("private", "民办志愿", "Private schools", applies=applies).asks(
        ask("private_wish_1", "民办第一志愿", "First wish", schools).hinted(
            "派中后不再保留公办学位；一张表里的孩子志愿相同",
            "Who is drawn gives up the public place; all children of this form have the same wish",
        ),
        ask("private_wish_2", "民办第二志愿", "Second wish", schools, optional=True),
        check("private_wish_2", _differ).says(
            "两个志愿不能是同一所学校。", "The two wishes must be different schools."
        ),
    )


def _differ(answers: Answers) -> bool:
    return answers.text("private_wish_1") != answers.text("private_wish_2")


def arrangement_page(several: Condition, sibling: Condition | None, *stages: str) -> Page:
    """The catchment's school, elsewhere if need be, together, with an older sibling (`sibling`)."""
    older: tuple[Question, ...] = ()
    if sibling is not None:
        older = (
            ask(
                "sibling_document",
                "哥哥或姐姐的证件",
                "Older sibling's document",
                IdentityDocument(),
                applies=sibling,
            ),
            ask(
                "sibling_school",
                "哥哥或姐姐在哪所学校？",
                "Older sibling's school",
                school_choice(PUBLIC, *stages),
                applies=sibling,
            ),
        )
    return page("arrangement", "学校、调剂和捆绑", "School and arrangements").asks(
        catchment_question(*stages),
        ask(
            "accept_elsewhere",
            "学区学校满了，服从调剂吗？",
            "If the school is full, is another one all right?",
            YES_NO,
        ),
        ask(
            "bind", "孩子要在同一所学校吗？", "Keep them together?", YES_NO, applies=several
        ).hinted("捆绑后一起派位、一起分配", "They are drawn and placed as one"),
        *older,
    )


def after_page(aid: Condition, helped: Condition) -> Page:
    """Student aid, and a child who needs help."""
    return page("after", "资助和帮助", "Aid and help", applies=AnyOf((aid, helped))).asks(
        choose("aid_class", "属于哪类困难？", "Hardship?", applies=aid, sensitive=True).one_of(
            ("minimum", "低保家庭", "Minimum living guarantee"),
            ("near", "低保边缘家庭", "Near the minimum"),
            ("destitute", "特困、孤儿或事实无人抚养", "Extreme hardship, orphan"),
            ("disabled", "残疾学生或父母残疾", "Disabled pupil or parent"),
            ("other", "其他困难", "Something else"),
        ),
        choose(
            "concern",
            "孩子需要什么帮助？",
            "What is the help about?",
            applies=helped,
            sensitive=True,
        ).one_of(
            ("care", "没人照看", "Nobody looks after it"),
            ("hardship", "生活困难", "Hardship"),
            ("harm", "受到伤害、欺负", "Harm or bullying"),
            ("mind", "情绪、心理", "Worries"),
        ),
        ask(
            "help_consent",
            "我同意把情况转给12349儿童救助保护热线，由县（市、区）民政联系我。",
            "I agree that the child rescue line 12349 is told and civil affairs contacts me.",
            Tick(),
            applies=helped,
        ),
    )
