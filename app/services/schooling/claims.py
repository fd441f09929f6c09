"""Pages about what is claimed: home, permit, insurance, work, points, preference, wishes, delay."""

from app.forms import divisions
from app.forms.answers import Answers
from app.forms.conditions import All, AnyOf, Condition, Holds, Is, Not
from app.forms.questions import (
    YES_NO,
    Address,
    Choice,
    CreditCode,
    Date,
    Month,
    Number,
    Option,
    Page,
    SharedFrom,
    Text,
)
from app.services.schooling.checks import OWNERS, USES
from app.services.schooling.choosing import (
    PROPOSED,
    category_choice,
    contests,
)
from app.services.schooling.pages import CHILD
from app.services.schooling.registers import ESTATE, PERMITS
from app.services.schooling.special import PUPIL_DISABILITY_CARD
from app.vocabulary.declaring import ask, check, choose, number, page
from app.wording import Words

AHEAD = 3660
HOLDER = Choice(
    (
        Option("guardian", Words("监护人", "The guardian")),
        Option(
            "second",
            Words("另一位监护人", "The second guardian"),
            applies=Is("second_guardian", "yes"),
        ),
    )
)


def home_pages(titled: Condition, certain: Condition, untitled: Condition) -> tuple[Page, ...]:
    """The home, and the title or the paper that stands for it; a `certain` title is the own one."""
    return (
        page("home", "房产", "The home", applies=AnyOf((titled, untitled))).asks(
            ask(
                "home_owner_name",
                "权利人姓名",
                "Owner's name",
                Text(longest=60, shortest=2),
                sensitive=True,
                shared=ESTATE,
            ),
            ask("home_owner", "权利人是孩子的", "The owner is", OWNERS, shared=ESTATE),
            ask("home_place", "房产坐落", "Place of the home", Address(), shared=ESTATE),
        ),
        page("title", "不动产登记", "The title", applies=titled).asks(
            ask(
                "title_number",
                "不动产权证号",
                "Title number",
                Text(longest=60, shortest=4),
                sensitive=True,
                shared=ESTATE,
            ),
            ask(
                "unit_number",
                "不动产单元号（28位）",
                "Unit number (28 characters)",
                Text(longest=28, shortest=28),
                applies=certain,
                optional=True,
                sensitive=True,
                shared=ESTATE,
            ),
            ask("home_use", "用途", "Use", USES, shared=ESTATE),
            ask(
                "home_share",
                "父母（祖辈）共占多少份额？",
                "Share of the family",
                Number(1, 100, Words("%", "%")),
                shared=ESTATE,
            ),
            ask("home_since", "登记日期", "Registered on", Date(), shared=ESTATE),
        ),
        page("untitled", "没有房产证", "No title yet", applies=untitled).asks(
            choose("untitled_kind", "凭什么材料？", "Which paper is there?").one_of(
                ("contract", "购房合同和发票", "Contract and invoice"),
                ("tax", "购房合同和契税凭证", "Contract and deed tax"),
                ("demolition", "拆迁安置协议", "Demolition agreement"),
                ("self-built", "建房许可", "Building permit"),
            ),
            ask(
                "untitled_number",
                "合同、协议或许可编号",
                "Number of the paper",
                Text(longest=60),
                sensitive=True,
            ),
            ask("untitled_on", "付款、契税或签订日期", "Day of payment, tax or signing", Date()),
        ),
    )


def permit_page(applies: Condition) -> Page:
    """The residence permit of one guardian."""
    return page("permit", "居住证", "Residence permit", applies=applies).asks(
        ask("permit_holder", "居住证是谁的？", "Whose permit is it?", HOLDER),
        ask(
            "permit_number",
            "居住证号",
            "Permit number",
            Text(longest=30, shortest=6),
            sensitive=True,
            shared=PERMITS,
        ),
        ask("permit_issued", "签发日期", "Issued on", Date(), shared=PERMITS),
        ask(
            "permit_until",
            "有效期至",
            "Valid until",
            Date(past_days=AHEAD, ahead_days=AHEAD),
            shared=PERMITS,
        ).hinted("截止日和报名期间都要有效", "It has to be valid at the cut-off and in the window"),
    )


def _insured_places() -> Choice:
    counties = [Option(one.code, one.name) for one in divisions.counties()]
    city = Option("city", Words("台州市本级", "City level"))
    elsewhere = Option(divisions.ELSEWHERE, divisions.ELSEWHERE_NAME)
    return Choice((*counties, city, elsewhere), as_list=True)


def insurance_page(applies: Condition) -> Page:
    """Where and in which kinds a guardian is insured; since when was asked first."""
    return page("insurance", "社会保险", "Social insurance", applies=applies).asks(
        ask("insured_person", "谁参保？", "Who is insured?", HOLDER),
        ask("insured_county", "在哪里参保？", "Where?", _insured_places()),
        choose("insured_kinds", "参加哪些险种？", "In which kinds?").some_of(
            ("pension", "养老保险", "Pension"),
            ("medical", "职工医保", "Medical"),
            ("unemployment", "失业、工伤保险", "Unemployment, injury"),
        ),
        ask(
            "insured_until",
            "最后缴费是哪个月？",
            "Last month paid",
            Month(past_months=60),
            optional=True,
        ).hinted("现在还在缴的不填", "Leave empty if it is still paid"),
        check("insured_until", _after_the_first).says(
            "最后缴费的月份早于开始的月份，请核对。",
            "The last month is before the first; please check.",
        ),
    )


def _after_the_first(answers: Answers) -> bool:
    return answers.date("insured_from") <= answers.date("insured_until")


def work_page(applies: Condition) -> Page:
    """The business licence or the labour contract."""
    return page("work", "经商或务工", "Business or work", applies=applies).asks(
        choose("work_kind", "凭什么报名？", "By what?").one_of(
            ("licence", "营业执照（本人经营）", "Own business licence"),
            ("contract", "劳动合同", "Labour contract"),
        ),
        ask("employer_name", "企业（个体户）名称", "Name of the business", Text(longest=60)),
        ask("licence_code", "统一社会信用代码", "Credit code", CreditCode()),
        ask("work_place", "经营（工作）地址", "Where is it?", Address()),
        ask("work_since", "执照成立或合同开始日期", "Since", Date()),
    )


def points_page(approved: Condition, applied: Condition) -> Page:
    """Points approved before, or what gives points now."""
    return page("points", "积分", "Points", applies=AnyOf((approved, applied))).asks(
        ask(
            "points_number",
            "积分申请号",
            "Number of the application",
            Text(longest=40),
            applies=approved,
        ),
        ask(
            "points_told",
            "已核定的积分",
            "Points approved",
            number(0, 1000, "分", "points"),
            applies=approved,
        ),
        choose("points_for", "有哪些可加分的情况？", "What gives points?", applies=applied).any_of(
            ("degree", "本科及以上学历", "A degree"),
            ("college", "大专学历", "College"),
            ("skilled", "职业技能证书", "Vocational certificate"),
            ("owner", "在当地有住房", "A home here"),
            ("volunteer", "志愿服务、献血等", "Volunteer work, blood donation"),
        ),
    )


def preference_page(applies: Condition) -> Page:
    """Which preference is claimed."""
    return page("preference", "优待", "Preference", applies=applies, sensitive=True).asks(
        choose("preference_kind", "属于哪类？", "Which class?").one_of(
            ("soldier", "军人子女", "Soldier's child"),
            ("fire", "消防救援人员子女", "Fire rescue"),
            ("hero", "英雄、烈士家属", "Heroes and martyrs"),
            ("talent", "高层次人才子女", "High-level talent"),
            ("police", "公安英模、因公牺牲伤残警察子女", "Model police"),
            ("other", "其他", "Other"),
        ),
        ask("preference_number", "证件或文件编号", "Number", Text(longest=60)),
    )


def _is_pupil_number(answers: Answers) -> bool:
    return answers.text("pupil_number")[:1].upper() in {"G", "L"}


def former_school_page(applies: Condition) -> Page:
    """The primary school that each child leaves."""
    return page("former", "毕业小学", "Former school", applies=applies, each=CHILD).asks(
        ask("former_school", "毕业小学", "Primary school", Text(longest=60, shortest=2)),
        ask(
            "pupil_number",
            "全国学籍号",
            "National pupil number",
            Text(longest=22, shortest=9),
            sensitive=True,
        ).hinted("以G或L开头，可问班主任", "It begins with G or L; ask the teacher"),
        check("pupil_number", _is_pupil_number).says(
            "学籍号以字母G或L开头，请核对。", "A pupil number begins with G or L; please check."
        ),
    )


def category_page(*stages: str) -> Page:
    """The category that is proposed, which may be contested with a reason."""
    return page("category", "报名类别", "Category", each=CHILD).asks(
        ask(
            "category",
            "按哪个类别报名？",
            "In which category?",
            category_choice(*stages),
            suggested=(PROPOSED,),
        ).hinted(
            "已按您填的情况和规则选好；有不同意见可以改，并写明理由",
            "Chosen by the rules from what you filled in; you may choose another and say why",
        ),
        ask(
            "contest_reason",
            "为什么应是这个类别？",
            "Why should it be this one?",
            Text(300, shortest=4, lines=4),
            applies=Holds(frozenset({"category"}), contests),
        ).hinted("由工作人员核定", "A person will decide"),
    )


def special_page(disabled: Condition, several: Condition) -> Page:
    """What a disabled child needs."""
    marked = All((disabled, several))
    needs = Is("child_disabled", "yes") | All((disabled, Not(several)))
    card = SharedFrom("disability-register", "certificate_number")
    assert PUPIL_DISABILITY_CARD.register == card.register
    return page(
        "special", "残疾孩子", "A disabled child", applies=disabled, each=CHILD, sensitive=True
    ).asks(
        ask("child_disabled", "这个孩子有残疾吗？", "This child?", YES_NO, applies=marked),
        ask(
            "disability_number",
            "残疾人证号（没有不填）",
            "Certificate number, if there is one",
            Text(longest=20),
            optional=True,
            applies=needs,
            shared=card,
        ),
        choose("support_needs", "需要什么便利？", "Which support?", applies=needs).any_of(
            ("access", "无障碍设施", "Step-free access"),
            ("aide", "陪读或助教", "An aide"),
            ("sign", "手语、盲文", "Sign language, braille"),
            ("medical", "用药、护理", "Medicine, care"),
        ),
        choose("placement_wish", "希望怎样就读？", "Which placement?", applies=needs).one_of(
            ("ordinary", "普通学校随班就读", "Ordinary class"),
            ("special", "特殊教育学校", "Special school"),
            ("satellite", "卫星班", "Satellite class"),
            ("home", "送教上门", "Teaching at home"),
        ),
    )


def delay_page(delay: Condition, several: Condition) -> Page:
    """Why a child is to begin later."""
    marked = All((delay, several))
    delayed = Is("child_delayed", "yes") | All((delay, Not(several)))
    return page("delay", "延缓入学", "Delay", applies=delay, each=CHILD, sensitive=True).asks(
        ask("child_delayed", "这个孩子要延缓吗？", "Is it this child?", YES_NO, applies=marked),
        choose("delay_reason", "为什么延缓？", "Why?", applies=delayed).one_of(
            ("illness", "生病或身体弱", "Illness"),
            ("recovery", "手术、康复中", "Surgery or recovery"),
            ("other", "其他", "Something else"),
        ),
    )
