"""Questions that many life events ask in the same words: people, delivery, declarations."""

from typing import Any

from app.forms import divisions
from app.forms.asking import FOR_WHOM
from app.forms.conditions import ALWAYS, Condition, Is
from app.forms.questions import (
    Address,
    Choice,
    IdentityDocument,
    Kind,
    Mobile,
    OfApplicant,
    Page,
    PersonName,
    Question,
    SharedFrom,
    Text,
    Tick,
)
from app.vocabulary.declaring import Heading, ask, choice, choose, page
from app.vocabulary.ethnicities import ETHNICITIES
from app.vocabulary.requests import Source, answer, when
from app.wording import Words

ETHNICITY = Choice(ETHNICITIES, as_list=True)
PARENT = choice(("mother", "母亲", "Mother"), ("father", "父亲", "Father"))


def person_pages(
    person: str, called: Words, register: str, applies: Condition = ALWAYS
) -> tuple[Page, Page]:
    """Who somebody is and where they live, taken from `register` where it holds them.

    Question ids and fact names begin with `person`: `mother_name`, `mother_document`,
    `mother_ethnicity`, `mother_mobile`, `mother_register`, `mother_home`. Who acts as this person
    (`for_whom`) is the person signed in.
    """
    known = SharedFrom(register, "")
    own = Is(FOR_WHOM, person)
    not_theirs = Words(
        f"您选了“我是{called.zh}”，这里却不是您本人的身份证号码。"
        "请核对号码，或在“您的情况”里改为谁办理。",
        f"You said that you are the {called.en.lower()}, but this is not your own ID number: "
        "check it, or change for whom this is under “Your situation”.",
    )

    def about(part: str, zh: str, en: str, kind: Kind, **more: Any) -> Question:
        return ask(f"{person}_{part}", f"{called.zh}{zh}", f"{called.en}'s {en}", kind, **more)

    def topic(name: str, zh: str, en: str) -> Heading:
        return page(name, f"{called.zh}{zh}", f"{called.en}'s {en}", applies=applies)

    return (
        topic(person, "信息", "details").asks(
            about(
                "name",
                "姓名",
                "name",
                PersonName(),
                shared=known,
                suggested=(OfApplicant("name", own),),
            ),
            about(
                "document",
                "证件",
                "identity document",
                IdentityDocument(),
                shared=known,
                suggested=(OfApplicant("id_number", own, not_theirs),),
            ),
            about("ethnicity", "民族", "ethnicity", ETHNICITY, shared=known),
            about("mobile", "手机号", "mobile", Mobile(), suggested=(OfApplicant("mobile", own),)),
        ),
        topic(f"{person}-places", "住址", "addresses").asks(
            about(
                "register",
                "户籍地址",
                "registered address",
                Address(elsewhere=True),
                shared=known,
            ),
            about(
                "home", "现住地址", "home address", Address(elsewhere=True), optional=True
            ).hinted("与户籍地址相同可不填。", "Leave empty if it is the registered address."),
        ),
    )


def of_one(condition: Condition, yes: str, no: str, part: str) -> Source:
    """An answer of `person_pages` of one of two people: of `yes` where it holds, else of `no`."""
    return when(condition, answer(f"{yes}_{part}"), answer(f"{no}_{part}"))


def agent_page(applies: Condition) -> Page:
    """Who acts for the applicant: name and document are those of the person signed in."""
    return page("agent", "代办人", "Acting for somebody", applies=applies).asks(
        ask(
            "agent_relation",
            "您与委托人的关系",
            "How you are related to whom you act for",
            Text(longest=30),
        ).hinted("例如 祖父、同事、村干部", "For example grandfather, colleague, village worker")
    )


def county_question(name: str, zh: str, en: str) -> Question:
    """One of Taizhou's counties by its code, or "other" for a place elsewhere."""
    counties = [(one.code, one.name.zh, one.name.en) for one in divisions.counties()]
    elsewhere = (divisions.ELSEWHERE, divisions.ELSEWHERE_NAME.zh, divisions.ELSEWHERE_NAME.en)
    return choose(name, zh, en).one_of(*counties, elsewhere)


def delivery_page() -> Page:
    """How paper results are handed over: `collection`, and `post_address` for the courier."""
    return page("delivery", "取证方式", "Getting the results").asks(
        choose("collection", "纸质证件怎么取？", "How would you like the papers?").one_of(
            ("electronic", "只要电子证照", "Electronic only"),
            ("post", "邮寄到家", "By courier"),
            ("counter", "自己到窗口取", "I collect them"),
        ),
        ask(
            "post_address",
            "邮寄地址",
            "Address for the courier",
            Address(elsewhere=True),
            applies=Is("collection", "post"),
        ),
    )


def declarations(*, minors: bool = False, health: bool = False) -> tuple[Question, ...]:
    """Truth of what was said and consent to data queries; ticks of their own for sensitive data.

    The separate tick for data of a child under 14, and for data on disability, health and income
    (`health`), is 个人信息保护法 Arts. 29 and 31.
    """
    truth = ask(
        "declare_truth",
        "我承诺所填内容和材料真实有效，愿意承担不实的法律责任。",
        "What I have stated and handed in is true; I answer for it by law.",
        Tick(),
    )
    query = ask(
        "declare_query",
        "我同意有关部门为办理这些事项查询、核对所需信息。",
        "The departments may look up and check what these services need.",
        Tick(),
    )
    child = ask(
        "declare_minor",
        "我是孩子的监护人，单独同意为上述目的处理孩子的敏感个人信息。",
        "As guardian I separately consent to the use of the child's sensitive data for this.",
        Tick(),
        sensitive=True,
    )
    body = ask(
        "declare_health",
        "我单独同意为上述目的处理残疾、病历、收入等敏感个人信息；为他人办理的，我已得到授权。",
        "I separately consent to the use of data on disability, health and income for this; "
        "for somebody else I have the authority.",
        Tick(),
        sensitive=True,
    )
    return (truth, query, *((child,) if minors else ()), *((body,) if health else ()))
