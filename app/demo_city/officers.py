"""Demo officers of every authority, and the demo's partner apps."""

from collections.abc import Iterable
from typing import Any

from app.demo_city.kinds import JIAOJIANG, LINHAI, DemoOfficer, DemoPartner
from app.services.disability.assessment import ASSESSMENT_HOSPITAL
from app.vocabulary.authorities import (
    CIVIL_AFFAIRS,
    DISABLED_PERSONS_FEDERATION,
    EDUCATION,
    HEALTH_COMMISSION,
    HEALTHCARE_SECURITY,
    HOUSING,
    HOUSING_FUND,
    HUMAN_RESOURCES,
    PUBLIC_SECURITY,
    TAX,
    TOWNSHIP,
)
from app.vocabulary.public_service import CompetentAuthority, PublicService
from app.wording import Words


def _officer(
    id_: str, name: str, authority: CompetentAuthority, county: str | None, zh: str, en: str
) -> DemoOfficer:
    return DemoOfficer(id_, name, authority.id, county, Words(zh, en))


OFFICERS = (
    _officer(
        "zhang-min", "张敏", PUBLIC_SECURITY, JIAOJIANG, "椒江户籍民警", "Household, Jiaojiang"
    ),
    _officer("sun-lei", "孙磊", PUBLIC_SECURITY, JIAOJIANG, "椒江户籍民警", "Household, Jiaojiang"),
    _officer("qian-hai", "钱海", PUBLIC_SECURITY, LINHAI, "临海户籍民警", "Household, Linhai"),
    _officer("jin-bo", "金波", PUBLIC_SECURITY, None, "全市户籍民警", "Household, whole city"),
    _officer("ye-qing", "叶青", TOWNSHIP, JIAOJIANG, "椒江街道补贴初审员", "Subsidy, Jiaojiang"),
    _officer("hu-bin", "胡斌", TOWNSHIP, JIAOJIANG, "椒江街道补贴初审员", "Subsidy, Jiaojiang"),
    _officer("ding-yan", "丁燕", TOWNSHIP, None, "全市补贴初审员", "Subsidy, whole city"),
    _officer("luo-jing", "罗静", HEALTHCARE_SECURITY, None, "医保经办员", "Medical insurance"),
    _officer("fang-yuan", "方圆", HEALTH_COMMISSION, None, "卫健经办员", "Health commission"),
    _officer("shen-tao", "沈涛", TAX, None, "税务经办员", "Tax service"),
    _officer("pan-li", "潘丽", HUMAN_RESOURCES, None, "社保卡经办员", "Social security card"),
    _officer("cai-hong", "蔡红", CIVIL_AFFAIRS, None, "民政经办员", "Civil affairs"),
    _officer("gao-yang", "高阳", HOUSING, None, "住房保障经办员", "Housing"),
    _officer("zhu-wei", "朱伟", HOUSING_FUND, None, "公积金经办员", "Housing fund"),
    _officer("yu-hui", "余慧", DISABLED_PERSONS_FEDERATION, None, "残联经办员", "Disabled persons"),
    _officer("shi-kun", "施坤", ASSESSMENT_HOSPITAL, None, "残疾评定医生", "Assessing doctor"),
    _officer("bao-jie", "鲍洁", EDUCATION, None, "教育经办员", "Education"),
)


def officers_for(services: Iterable[PublicService[Any, Any]]) -> tuple[DemoOfficer, ...]:
    """The officers above, and one of the whole city for every other authority with a service.

    Whoever adds an authority with its service can so work at its desk without naming anybody here.
    """
    known = {officer.authority for officer in OFFICERS}
    others = {one.authority.id: one.authority for one in services if one.authority.id not in known}
    return (
        *OFFICERS,
        *(
            _officer(f"demo-{body.id}", f"{body.name.zh}经办员", body, None, "经办员", "Officer")
            for body in sorted(others.values(), key=lambda body: body.id)
        ),
    )


PARTNER_APPS = (
    DemoPartner(
        "family-app",
        Words("亲子服务小程序（演示）", "Family app (demo)"),
        ("life-events:read", "cases:read", "cases:write"),
        "demo-family-app-key-for-this-machine-only",
    ),
    DemoPartner(
        "status-board",
        Words("进度查询应用（演示）", "Status app (demo)"),
        ("life-events:read", "cases:read"),
        "demo-status-board-key-for-this-machine-only",
    ),
)
