"""What follows the admission: immunisation check, pupil's insurance, student aid (E16–E18)."""

from datetime import date

from app.forms.conditions import Is
from app.services.schooling.basis import COMPULSORY_EDUCATION, NO_CERTIFICATE_NEEDED
from app.services.schooling.offer import ForChild, number_of, offer
from app.vocabulary.authorities import EDUCATION, HEALTH_COMMISSION, HEALTHCARE_SECURITY
from app.vocabulary.common_papers import RELIEF_PROOF
from app.vocabulary.common_rules import TAIZHOU_RESIDENT_INSURANCE
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Result, Ticket, told
from app.vocabulary.requirement import Rule
from app.wording import Words

VACCINE_LAW = Rule(
    "vaccine-law-48",
    Words("中华人民共和国疫苗管理法", "Vaccine Administration Law"),
    "入托、入学查验预防接种证",
    "U",
    date(2019, 12, 1),
)


class ForPupil(ForChild):
    """A request about an admitted pupil."""

    school_name: str = told("录取学校", "School", min_length=2)
    guardian_name: str = told("监护人姓名", "Guardian", sensitive=True)
    guardian_mobile: str = told("监护人手机", "Mobile", sensitive=True)


class ImmunisationCheck(ForPupil):
    """E16: the pupil whose electronic file is looked up."""

    home_address: str = told("现住址", "Home", sensitive=True, default="")


class ImmunisationList(Result):
    """E16: what the file shows, and whom to ask about doses to catch up on."""

    list_number: str = told("查验编号", "Number of the check", min_length=6)
    advice: str = told("提醒", "Advice")
    checked_on: date = told("查验日期", "Checked on")


def immunisation_looked_up(request: ImmunisationCheck, ticket: Ticket) -> ImmunisationList:
    """Never refused: what is missing is caught up on at the clinic, the place stays."""
    return ImmunisationList(
        list_number=number_of("JZ", request.county, ticket),
        advice="开学后学校查验；缺的针次到接种门诊补种，不影响入学",
        checked_on=ticket.today,
    )


IMMUNISATION_FILE = paper(
    "pupil-immunisation-file",
    "预防接种证",
    "Immunisation certificate",
    "有电子接种档案的不用交；没有也不影响入学，可以开学后补。",
    "Not needed with an electronic file; without it the place stays, it may follow later.",
    only_if_missed=True,
)
CHECK_IMMUNISATION = offer(
    "check-pupil-immunisation",
    Words("预防接种证查验、补种提醒", "Immunisation check and catch-up"),
    Words(
        "录取以后才查；没有接种证或缺针，都不影响入学。",
        "Only after admission; a missing certificate or dose never costs the place.",
    ),
    HEALTH_COMMISSION,
    ImmunisationCheck,
    Words("接种查验结果", "Immunisation check"),
    ImmunisationList,
    immunisation_looked_up,
    rules=(NO_CERTIFICATE_NEEDED, VACCINE_LAW),
    fee=Words("免疫规划疫苗免费", "Vaccines of the programme are free"),
    evidence=(IMMUNISATION_FILE,),
    supplement_reasons=(
        reason(
            "file-not-found",
            "没有查到电子接种档案，方便时请补一张接种证照片（不影响入学）。",
            "No electronic file was found: a photo of the certificate helps (the place stays).",
            NO_CERTIFICATE_NEEDED,
            IMMUNISATION_FILE,
        ),
    ),
    checklist=points(("缺针的已提醒补种", "Told which doses to catch up on")),
)


class PupilEnrolment(ForPupil):
    """E17: the pupil to be insured as a resident."""

    insurance_county: str = told("参保地", "Place of cover", default="")


class PupilInsured(Result):
    """E17: the entry among the insured."""

    insured_number: str = told("参保登记号", "Enrolment", min_length=6)
    enrolled_on: date = told("登记日期", "Enrolled on")


def pupil_enrolled(request: PupilEnrolment, ticket: Ticket) -> PupilInsured:
    """Enrolled at once; cover starts with the payment."""
    return PupilInsured(
        insured_number=number_of("XY", request.county, ticket), enrolled_on=ticket.today
    )


ENROL_PUPIL = offer(
    "enrol-pupil-insurance",
    Words("学生居民医保参保", "Pupil's medical insurance"),
    Words(
        "新来台州的学生90天内参保，缴费次月起享受（待主管部门确认）。",
        "Pupils new to Taizhou enrol within 90 days; cover from the month after payment (to be "
        "confirmed).",
    ),
    HEALTHCARE_SECURITY,
    PupilEnrolment,
    Words("学生参保登记", "Enrolment"),
    PupilInsured,
    pupil_enrolled,
    rules=(TAIZHOU_RESIDENT_INSURANCE,),
    fee=Words("按年缴费，标准待主管部门确认", "A yearly contribution, to be confirmed"),
    supplement_reasons=(
        reason(
            "number-differs",
            "孩子的身份号码没有核对上，请核对。",
            "The child's number was not found: please check it.",
            TAIZHOU_RESIDENT_INSURANCE,
        ),
    ),
    refusal_reasons=(
        reason(
            "insured-already",
            "孩子已在其他地方参保。",
            "The child is insured elsewhere already.",
            TAIZHOU_RESIDENT_INSURANCE,
        ),
    ),
    checklist=points(("没有重复参保", "Not insured twice")),
)


class AidRequest(ForPupil):
    """E18: which hardship the aid is for."""

    aid_class: str = told("困难类别", "Class of hardship", sensitive=True)


class AidDecision(Result):
    """E18: what was decided; rates are not promised."""

    aid_number: str = told("资助申请编号", "Number", min_length=6)
    decided_on: date = told("受理日期", "Taken on")
    next_step: str = told("下一步", "What happens next")


def aid_decided(request: AidRequest, ticket: Ticket) -> AidDecision:
    """Taken; the school pays out by this year's rates."""
    return AidDecision(
        aid_number=number_of("ZZ", request.county, ticket),
        decided_on=ticket.today,
        next_step="学校核对后按当年标准资助，标准待主管部门确认",
    )


AID_PROOF = paper(
    "student-aid-proof",
    "家庭困难情况说明",
    "Statement of the hardship",
    "不属于低保、残疾等已登记情形的才要交。",
    "Only where no register holds it.",
    applies=Is("aid_class", "other"),
    commitment=True,
)
CLAIM_STUDENT_AID = offer(
    "claim-student-aid",
    Words("学生资助申请", "Student aid"),
    Words(
        "低保、残疾等困难家庭的学生可以申请；金额待主管部门确认。",
        "For pupils of families in hardship; amounts are to be confirmed.",
    ),
    EDUCATION,
    AidRequest,
    Words("资助决定", "Aid"),
    AidDecision,
    aid_decided,
    rules=(COMPULSORY_EDUCATION,),
    channel="desk",
    evidence=(RELIEF_PROOF, AID_PROOF),
    supplement_reasons=(
        reason(
            "hardship-unproven",
            "没有核对到困难情况，请补充说明。",
            "The hardship was not found: please explain.",
            COMPULSORY_EDUCATION,
            AID_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "no-hardship", "不属于资助范围。", "Not among those who get aid.", COMPULSORY_EDUCATION
        ),
    ),
    checklist=points(("困难类别属实", "The class of hardship is real")),
)
