"""Registers that spare typing: children and household, real estate, residence permit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.services.schooling.checks import (
    PERMIT_REGISTER_ID,
    PUPIL_REGISTER_ID,
    REAL_ESTATE_REGISTER_ID,
    Owner,
    Use,
)
from app.vocabulary.authorities import NATURAL_RESOURCES, PUBLIC_SECURITY
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import held
from app.vocabulary.public_service import Message, Result, SharedRegister, told
from app.wording import Words

Parts = dict[str, str]


class PupilQuery(Message):
    """Whose children are asked for, and for which stage."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)
    stage: str = told("学段", "Stage")


class PupilFacts(Result):
    """The children who are of age for the stage, their household and their guardians."""

    child_name: list[str] | None = told("儿童姓名", "Children's names", default=None)
    child_document: list[Parts] | None = told(
        "儿童证件", "Children's documents", default=None, sensitive=True
    )
    child_ethnicity: list[str] | None = told("儿童民族", "Ethnicity", default=None)
    relation_to_head: list[str] | None = told("与户主关系", "Relation to head", default=None)
    moved_in_on: list[date] | None = told("户籍登记日期", "Registered since", default=None)
    register_address: Parts | None = told("户籍地址", "Register", default=None, sensitive=True)
    household_number: str | None = told("户号", "Number", default=None, sensitive=True)
    household_head: str | None = told("户主", "Head", default=None)
    guardian_name: str | None = told("监护人姓名", "Guardian", default=None)
    guardian_document: Parts | None = told("监护人证件", "Document", default=None, sensitive=True)
    guardian_relation: str | None = told("监护人与儿童关系", "Relation", default=None)
    guardian_register: Parts | None = told("监护人户籍", "Register", default=None, sensitive=True)
    second_name: str | None = told("另一监护人姓名", "Second guardian", default=None)
    second_document: Parts | None = told("另一监护人证件", "Document", default=None, sensitive=True)
    second_relation: str | None = told("另一监护人关系", "Relation", default=None)
    second_register: Parts | None = told("另一监护人户籍", "Register", default=None, sensitive=True)


_OF_CHILDREN = (
    "child_name",
    "child_document",
    "child_ethnicity",
    "relation_to_head",
    "moved_in_on",
)


def pupils_of(request: PupilQuery, record: Mapping[str, Any]) -> PupilFacts | None:
    """The demo family's record with the children of this stage; None where nothing is held."""
    if not record:
        return None
    of_stage = [one == request.stage for one in record.get("stages", ())]
    children = {
        name: [value for value, fits in zip(record.get(name, ()), of_stage, strict=True) if fits]
        for name in _OF_CHILDREN
        if record.get(name)
    }
    return PupilFacts.model_validate({**record, **children})


PUPIL_REGISTER = SharedRegister(
    id=PUPIL_REGISTER_ID,
    title=Words("适龄儿童户籍和监护信息", "Children of school age, household and guardians"),
    authority=PUBLIC_SECURITY,
    request=PupilQuery,
    facts=PupilFacts,
    path="/school-age-children/query",
    stand_in=pupils_of,
    purpose=Words(
        "取得孩子、户口和监护人信息，不用您再填，也不用上传户口簿。",
        "To take the children, the household and the guardians instead of a household book.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
    about_child=True,
)


class EstateQuery(Message):
    """Whose home is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class EstateFacts(Result):
    """The dwelling that is registered for the person or the family."""

    home_owner_name: str | None = told("权利人", "Owner", default=None)
    home_owner: Owner | None = told("权利人与儿童关系", "Owner's relation", default=None)
    home_place: Parts | None = told("坐落", "Place", default=None, sensitive=True)
    title_number: str | None = told("不动产权证号", "Title", default=None, sensitive=True)
    unit_number: str | None = told("不动产单元号", "Unit", default=None, sensitive=True)
    home_use: Use | None = told("用途", "Use", default=None)
    home_share: int | None = told("份额（%）", "Share (%)", default=None)
    home_since: date | None = told("登记日期", "Registered on", default=None)


def estate_of(_request: EstateQuery, record: Mapping[str, Any]) -> EstateFacts | None:
    """The demo person's record, or None where no home is held."""
    return EstateFacts.model_validate(record) if record else None


REAL_ESTATE_REGISTER = SharedRegister(
    id=REAL_ESTATE_REGISTER_ID,
    title=Words("不动产登记信息", "Real-estate register"),
    authority=NATURAL_RESOURCES,
    request=EstateQuery,
    facts=EstateFacts,
    path="/real-estate/query",
    stand_in=estate_of,
    purpose=Words(
        "取得房产的权利人、份额、用途和登记日期，不用您上传房产证。",
        "To take owner, share, use and day of the title instead of a deed from you.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)


class ResidencePermitQuery(Message):
    """Whose permit is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class ResidencePermitFacts(Result):
    """The Zhejiang residence permit that is held."""

    permit_number: str | None = told("居住证号", "Number", default=None, sensitive=True)
    permit_issued: date | None = told("签发日期", "Issued on", default=None)
    permit_until: date | None = told("有效期至", "Valid until", default=None)


def permit_of(
    _request: ResidencePermitQuery, record: Mapping[str, Any]
) -> ResidencePermitFacts | None:
    """The demo person's record, or None where no permit is held."""
    return ResidencePermitFacts.model_validate(record) if record else None


RESIDENCE_PERMIT_REGISTER = SharedRegister(
    id=PERMIT_REGISTER_ID,
    title=Words("居住证信息", "Residence permits"),
    authority=PUBLIC_SECURITY,
    request=ResidencePermitQuery,
    facts=ResidencePermitFacts,
    path="/residence-permits/query",
    stand_in=permit_of,
    purpose=Words(
        "取得居住证号和有效期，不用您上传居住证。",
        "To take number and validity of the permit instead of a copy from you.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)
PUPILS = held(PUPIL_REGISTER)
ESTATE = held(REAL_ESTATE_REGISTER)
PERMITS = held(RESIDENCE_PERMIT_REGISTER)
