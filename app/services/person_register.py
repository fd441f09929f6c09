"""Public security: what the population register holds of a person and of their ward."""

from collections.abc import Mapping
from typing import Any, Literal

from app.forms.answers import Answers
from app.forms.conditions import ALWAYS, Condition, Not
from app.forms.identifiers import age_on
from app.forms.questions import (
    Address,
    IdentityDocument,
    Mobile,
    Page,
    PersonName,
    ResidentId,
    Text,
)
from app.vocabulary.authorities import PUBLIC_SECURITY
from app.vocabulary.common_papers import PERSON_REGISTER_ID
from app.vocabulary.common_questions import ETHNICITY
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.common_words import SIGN_IN
from app.vocabulary.declaring import ask, check, choose, held, page
from app.vocabulary.public_service import Message, Result, SharedRegister, told
from app.wording import Words

Parts = dict[str, str]


class PersonQuery(Message):
    """Who asks, and whether about themselves or about somebody they look after."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)
    asking_as: Literal["self", "guardian"] = told("为本人或被监护人", "For oneself or a ward")


class PersonFacts(Result):
    """Who the person is; the guardian's own facts where a guardian asks.

    Documents have the parts `type` and `number`, addresses `county`, `township` and `detail`.
    """

    person_name: str | None = told("姓名", "Name", default=None)
    person_id: str | None = told("身份证号", "ID number", default=None, sensitive=True)
    person_ethnicity: str | None = told(
        "民族",
        "Ethnicity",
        default=None,
        codes={option.value: option.label for option in ETHNICITY.options},
    )
    local_address: Parts | None = told("户籍地址", "Register", default=None, sensitive=True)
    guardian_name: str | None = told("监护人姓名", "Guardian's name", default=None)
    guardian_document: Parts | None = told("监护人证件", "Document", default=None, sensitive=True)
    guardian_relation: str | None = told("监护关系", "Relation of the guardian", default=None)


def person_of(request: PersonQuery, record: Mapping[str, Any]) -> PersonFacts | None:
    """The asker's own facts, or the ward's beside the guardian's name; None where nothing is held.

    A record has `own` and, where somebody is looked after, `ward` and `relation`.
    """
    own, ward = record.get("own", {}), record.get("ward", {})
    if request.asking_as == "self":
        return _facts(own) if own else None
    if not ward:
        return None
    return _facts(ward).model_copy(
        update={
            "guardian_name": own.get("name"),
            "guardian_document": {"type": "resident-id", "number": own.get("id_number", "")},
            "guardian_relation": record.get("relation"),
        }
    )


def _facts(held_of: Mapping[str, Any]) -> PersonFacts:
    return PersonFacts(
        person_name=held_of.get("name"),
        person_id=held_of.get("id_number"),
        person_ethnicity=held_of.get("ethnicity"),
        local_address=held_of.get("register"),
    )


PERSON_REGISTER = SharedRegister(
    id=PERSON_REGISTER_ID,
    title=Words("人口与监护信息", "Population register and guardianship"),
    authority=PUBLIC_SECURITY,
    request=PersonQuery,
    facts=PersonFacts,
    path="/person-register/query",
    stand_in=person_of,
    purpose=Words(
        "取得姓名、身份证号、户籍和监护关系，不用您再填，也不用上传户口簿。",
        "To take name, number, register and guardianship, instead of a household book from you.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)

HELD = held(PERSON_REGISTER)
FOR_WHOM = (
    ("self", Words("为我自己", "For myself"), SIGN_IN),
    (
        "guardian",
        Words("我是监护人或家人", "I am the guardian or family"),
        Words("登记系统查不到监护关系的，要上传证明", "Proof is asked if no register shows it"),
    ),
    (
        "helper",
        Words("我是村（社区）帮办人员", "I help from the village or community"),
        Words("需要本人或监护人签名的委托书", "You need a signed power of attorney"),
    ),
)


AGE_GROUPS = {"under-18": (0, 17), "18-59": (18, 59), "60-or-more": (60, 200)}
AGE_OPTIONS = (
    ("18-59", "18至59周岁", "18 to 59"),
    ("under-18", "不满18周岁", "Under 18"),
    ("60-or-more", "60周岁及以上", "60 or more"),
)


def _in_age_group(answers: Answers) -> bool:
    least, most = AGE_GROUPS.get(answers.text("age"), (0, 200))
    return least <= age_on(answers.text("person_id"), answers.today) <= most


def person_page(zh: str, en: str, ethnicity: Condition | None = None) -> Page:
    """Who it is about; sex and birthday are in the number. Needs the guidance question `age`.

    The ethnicity is asked where `ethnicity` holds.
    """
    people = ask(
        "person_ethnicity", "民族", "Ethnicity", ETHNICITY, applies=ethnicity or ALWAYS, shared=HELD
    )
    return page("person", zh, en, sensitive=True).asks(
        ask("person_name", "姓名", "Name", PersonName(), shared=HELD),
        ask("person_id", "身份证号", "ID number", ResidentId(), shared=HELD),
        *((people,) if ethnicity else ()),
        check("person_id", _in_age_group).says(
            "身份证号上的年龄与前面选的年龄段不符，请核对。",
            "The age in the number is not the age chosen before; please check.",
        ),
    )


def guardian_page(applies: Condition) -> Page:
    """The guardian of a minor or of somebody who cannot act alone."""
    return page("guardian", "监护人", "The guardian", applies=applies).asks(
        ask("guardian_name", "监护人姓名", "Guardian's name", PersonName(), shared=HELD),
        ask(
            "guardian_document",
            "监护人证件",
            "Guardian's document",
            IdentityDocument(),
            shared=HELD,
        ),
        choose(
            "guardian_relation", "监护人是其", "The guardian is the person's", shared=HELD
        ).one_of(
            ("parent", "父母", "Parent"),
            ("spouse", "配偶", "Spouse"),
            ("child", "成年子女", "Grown-up child"),
            ("relative", "其他近亲属", "Other close relative"),
            ("body", "居（村）委会、民政部门等", "Village committee, civil affairs or the like"),
        ),
        ask("guardian_mobile", "监护人电话", "Guardian's phone", Mobile(landline=True)),
    )


def contact_page() -> Page:
    """Whom to reach, and how: who cannot hear gets text only."""
    return page("contact", "联系方式", "How to reach you").asks(
        ask("contact_name", "联系人", "Whom to contact", PersonName()),
        ask("contact_phone", "联系电话", "Phone", Mobile(landline=True)),
        choose("contact_way", "希望怎样联系您？", "How would you like to be contacted?").one_of(
            ("voice", "打电话", "By phone call"),
            ("text", "只发文字短信", "By text only"),
            ("sign", "手语视频", "By video in sign language"),
            ("visit", "上门", "By a visit"),
        ),
    )


def places_page(elsewhere: Condition, cross_area: Condition | None = None) -> Page:
    """The address in Taizhou whose county decides, and the other place where there are two.

    Who applies across areas (`cross_area`) is asked for the residence permit.
    """
    permit = ask(
        "residence_permit",
        "居住证号码",
        "Number of the residence permit",
        Text(longest=30, shortest=6),
        applies=cross_area or ALWAYS,
        sensitive=True,
    )
    return page("places", "户籍和住址", "Addresses").asks(
        ask("local_address", "在台州的地址", "Address in Taizhou", Address(), shared=HELD).hinted(
            "户口在台州的填户籍地址，不在台州的填现住址",
            "The registered address; who is registered elsewhere gives the home",
        ),
        ask(
            "other_address",
            "台州以外的户籍地或居住地",
            "The place of register or home outside Taizhou",
            Address(elsewhere=True),
            applies=elsewhere,
        ),
        *((permit,) if cross_area else ()),
        ask(
            "home_address",
            "现住址",
            "Home address",
            Address(),
            optional=True,
            applies=Not(elsewhere),
        ).hinted("与户籍地址相同可不填", "Leave empty if it is the registered address"),
    )
