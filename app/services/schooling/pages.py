"""Pages about the children, their household and their guardians."""

from app.forms.answers import Answers
from app.forms.conditions import Answered, Condition, Holds, Is
from app.forms.identifiers import age_on, birthday_of
from app.forms.questions import (
    YES_NO,
    Address,
    CreditCode,
    Date,
    IdentityDocument,
    Mobile,
    OfApplicant,
    Page,
    PersonName,
    Repeated,
    Text,
    Tick,
)
from app.forms.suggesting import RESIDENT_ID
from app.services.schooling.basis import is_old_enough, year_of
from app.services.schooling.registers import PUPILS
from app.vocabulary.common_questions import ETHNICITY
from app.vocabulary.declaring import ask, check, choice, choose, page
from app.wording import Words

CHILD = Repeated("child", "number_of_children", Words("第{n}个孩子", "Child {n}"))
SEX = choice(("1", "男", "Male"), ("2", "女", "Female"))
RELATIONS = choice(
    ("mother", "母亲", "Mother"),
    ("father", "父亲", "Father"),
    ("grandparent", "祖父母或外祖父母", "Grandparent"),
    ("other", "其他监护人", "Another guardian"),
)
_ADULT = 18


def _kind_of_document(answers: Answers) -> str:
    return answers.parts("child_document").get("type", "")


RESIDENT_CHILD = Holds(
    frozenset({"child_document"}), lambda answers: _kind_of_document(answers) == RESIDENT_ID
)
OTHER_CHILD = Holds(
    frozenset({"child_document"}), lambda answers: _kind_of_document(answers) != RESIDENT_ID
)
SECOND = Is("second_guardian", "yes")


def under_age(answers: Answers) -> bool:
    """Whether the child, born on the day told first, is too young on 31 August."""
    stage, born = answers.text("stage"), answers.date("born_on")
    return not is_old_enough(born, stage, year_of(answers.today))


def _of_age(answers: Answers) -> bool:
    """By the ID number, where it is one."""
    document = answers.parts("child_document")
    if document.get("type") != RESIDENT_ID:
        return True
    born = birthday_of(document["number"])
    return is_old_enough(born, answers.text("stage"), year_of(answers.today))


def _not_twice(answers: Answers) -> bool:
    """No child stands twice in one form."""
    numbers = [item.parts("child_document").get("number") for item in answers.items(CHILD.id)]
    known = [number for number in numbers if number]
    return len(set(known)) == len(known)


def _adult(answers: Answers) -> bool:
    """The child's own identity must not be used to sign up."""
    document = answers.parts("guardian_document")
    is_id = document.get("type") == RESIDENT_ID
    return not is_id or age_on(document["number"], answers.today) >= _ADULT


def child_page() -> Page:
    """Who the child is; sex and day of birth are in a resident ID number."""
    return page("child", "孩子的信息", "The child", each=CHILD, sensitive=True).asks(
        ask("child_name", "孩子姓名", "Child's name", PersonName(), shared=PUPILS),
        ask("child_document", "孩子证件", "Child's document", IdentityDocument(), shared=PUPILS),
        ask(
            "child_ethnicity",
            "孩子民族",
            "Ethnicity",
            ETHNICITY,
            applies=RESIDENT_CHILD,
            shared=PUPILS,
        ),
        ask("child_sex", "孩子性别", "Sex", SEX, applies=OTHER_CHILD),
        ask(
            "child_nationality",
            "孩子国籍或地区",
            "Nationality or region",
            Text(longest=30, shortest=2),
            applies=OTHER_CHILD,
        ),
        check("child_document", _of_age).says(
            "按证件号码，孩子到当年8月31日还不到入学年龄，请到年龄后再报名。",
            "By this number the child is under age on 31 August: please sign up when it is of age.",
        ),
        check("child_document", _not_twice).says(
            "同一个孩子填了两次，一个孩子只能报一次名。",
            "This child stands here twice; each child is signed up once.",
        ),
    )


def household_page(applies: Condition, here: Condition) -> Page:
    """The household that the children are registered in; `here`: it should be in the county."""

    def agrees(answers: Answers) -> bool:
        county = answers.parts("register_address").get("county")
        return not here.holds(answers) or county == answers.text("study_county")

    return page("household", "户籍", "The household", applies=applies).asks(
        ask(
            "register_address",
            "户籍地址",
            "Registered address",
            Address(elsewhere=True),
            shared=PUPILS,
        ),
        ask(
            "household_number",
            "户号",
            "Household number",
            Text(longest=20, shortest=4),
            sensitive=True,
            shared=PUPILS,
        ).hinted("户口簿首页上的号码", "On the first page of the book"),
        ask("household_head", "户主姓名", "Head of household", PersonName(), shared=PUPILS),
        check("register_address", agrees).says(
            "前面选了户口在就读的县（市、区），这个地址却不在那里，请核对。",
            "You said that the register is in the county of study; this address is not there.",
        ),
    )


def moved_in_page(applies: Condition) -> Page:
    """Since when each child is registered there, and as the head's what."""
    return page("child-register", "孩子的户籍", "In the book", applies=applies, each=CHILD).asks(
        choose("relation_to_head", "孩子与户主的关系", "The child is the head's", shared=PUPILS)
        .one_of(
            ("child", "子女", "Child"),
            ("grandchild", "孙子女或外孙子女", "Grandchild"),
            ("other", "其他", "Other"),
        )
        .hinted("看户口簿孩子那一页", "On the child's page of the book"),
        ask("moved_in_on", "户籍登记（迁入）日期", "Registered since", Date(), shared=PUPILS),
    )


def residence_page() -> Page:
    """Where the family lives now."""
    return page("residence", "现住址", "Home").asks(
        ask("home_address", "现在住在哪里？", "Where do you live?", Address()).hinted(
            "没有户籍和房产的，按这个地址定学区", "Without register and home here it decides"
        )
    )


def guardian_pages() -> tuple[Page, ...]:
    """The first guardian, who signs up, and the second where there is one."""
    own = ~Is("for_whom", "helper")
    return (
        page("guardian", "监护人", "The guardian", sensitive=True).asks(
            ask(
                "guardian_name",
                "监护人姓名",
                "Guardian's name",
                PersonName(),
                shared=PUPILS,
                suggested=(OfApplicant("name", own),),
            ),
            ask(
                "guardian_document",
                "监护人证件",
                "Guardian's document",
                IdentityDocument(),
                shared=PUPILS,
                suggested=(OfApplicant("id_number", own),),
            ),
            ask(
                "guardian_relation",
                "监护人是孩子的",
                "The guardian is the child's",
                RELATIONS,
                shared=PUPILS,
            ),
            ask(
                "guardian_mobile",
                "监护人手机号",
                "Mobile",
                Mobile(),
                suggested=(OfApplicant("mobile", own),),
            ),
            ask(
                "second_guardian",
                "还有另一位监护人吗？",
                "Is there a second guardian?",
                YES_NO,
            ).hinted("健在并有监护权的父母另一方", "The other parent, alive and with custody"),
            check("guardian_document", _adult).says(
                "请由成年的监护人报名，不能用孩子本人的身份。",
                "A grown-up guardian signs up; the child's own identity must not be used.",
            ),
        ),
        page("guardian-more", "监护人户籍和工作", "Register and work").asks(
            ask(
                "guardian_register",
                "监护人户籍地址",
                "Guardian's registered address",
                Address(elsewhere=True),
                shared=PUPILS,
            ),
            ask(
                "guardian_employer",
                "监护人工作单位",
                "Guardian's employer",
                Text(longest=60),
                optional=True,
            ),
            ask(
                "guardian_employer_code",
                "单位统一社会信用代码",
                "Employer's credit code",
                CreditCode(),
                optional=True,
                applies=Answered("guardian_employer"),
            ),
        ),
        page("second", "另一位监护人", "The second guardian", applies=SECOND, sensitive=True).asks(
            ask("second_name", "另一位姓名", "Name", PersonName(), shared=PUPILS),
            ask("second_document", "另一位证件", "Document", IdentityDocument(), shared=PUPILS),
            ask("second_relation", "另一位是孩子的", "Relation", RELATIONS, shared=PUPILS),
            ask("second_mobile", "另一位手机号", "Mobile", Mobile()),
            ask(
                "second_register",
                "另一位户籍地址",
                "Registered address",
                Address(elsewhere=True),
                shared=PUPILS,
            ),
        ),
        page("second-consent", "另一位的工作和授权", "Work and consent", applies=SECOND).asks(
            ask(
                "second_employer",
                "另一位工作单位",
                "Employer of the second guardian",
                Text(longest=60),
                optional=True,
            ),
            ask(
                "second_employer_code",
                "另一位单位统一社会信用代码",
                "Employer's credit code",
                CreditCode(),
                optional=True,
                applies=Answered("second_employer"),
            ),
            ask(
                "second_signature",
                "另一位监护人签名（本人输入姓名）",
                "Signature: the second guardian types the name",
                PersonName(),
                sensitive=True,
            ).hinted(
                "签名表示本人同意有关部门查询其户籍、房产、居住证和社保信息",
                "It is the consent to look up register, home, permit and insurance",
            ),
            ask(
                "second_consent",
                "我是另一位监护人，我本人单独同意为孩子入学查询我的信息。",
                "I am the second guardian and consent myself to queries about me for this.",
                Tick(),
            ),
            check("second_signature", _signs_as_named).says(
                "签名与另一位监护人的姓名不一致，请由其本人输入。",
                "This is not the second guardian's name: please let them type it.",
            ),
        ),
    )


def _signs_as_named(answers: Answers) -> bool:
    return answers.text("second_signature") == answers.text("second_name")


def custody_page(applies: Condition) -> Page:
    """Who has custody after a divorce."""
    return page("custody", "抚养权", "Custody", applies=applies, sensitive=True).asks(
        choose("custodian", "离婚后孩子由谁抚养？", "Who has custody?").one_of(
            ("mother", "母亲", "The mother"),
            ("father", "父亲", "The father"),
            ("both", "轮流抚养", "Both in turn"),
        )
    )


def health_page() -> Page:
    """What the school should know; never required."""
    return page("health", "孩子的健康", "Health", each=CHILD, sensitive=True).asks(
        ask(
            "health_notes",
            "健康状况、特异体质（可不填）",
            "Health and allergies, if you like",
            Text(200, lines=3),
            optional=True,
        ).hinted("只告诉录取学校", "Only the admitting school is told")
    )
