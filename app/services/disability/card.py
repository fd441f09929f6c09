"""Disabled persons' federation: renewing, replacing, moving and cancelling a certificate."""

from datetime import date

from app.forms.conditions import Is
from app.forms.questions import Address, Date, Page
from app.services.disability.certificate import (
    CARD_LIMIT,
    GUARDIAN_MISSING,
    PHOTO,
    PHOTO_WRONG,
    PRINTED_RESULT,
    Certificate,
    Holder,
    certificate_of,
)
from app.services.disability.register import (
    AUTHORITY_TO_ACT,
    CERTIFICATE_MEASURES,
    GUARDIANSHIP,
    HELD_CERTIFICATE,
    MOVE,
    ZHEJIANG_DETAIL,
)
from app.services.disability.running import NEW_COUNTY, NO_CERTIFICATE
from app.vocabulary.authorities import DISABLED_PERSONS_FEDERATION
from app.vocabulary.common_papers import OWN_PAPERS
from app.vocabulary.declaring import ask, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Output,
    PublicService,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.wording import Words

RULES = (CERTIFICATE_MEASURES, ZHEJIANG_DETAIL)
CARD_PAPERS = (*OWN_PAPERS, GUARDIANSHIP, AUTHORITY_TO_ACT)
NO_RECORD = reason(
    "no-record",
    "系统里查不到这张残疾人证，请核对号码。",
    "There is no such certificate; please check the number.",
    CERTIFICATE_MEASURES,
)
OTHER_PLACE = reason(
    "registered-elsewhere",
    "户籍不在本县（市、区），请到户籍地办理或申请代收。",
    "Registered in another county: please go there or have it passed on.",
    CERTIFICATE_MEASURES,
)


class Renewal(Holder):
    """D2: the certificate whose time is over; class and grade stay."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True)
    expires_on: date = told("原有效期至", "Was valid until")
    classes: list[str] = told("残疾类别", "Classes", sensitive=True, min_length=1)
    collection: str = told("取证方式", "How it is handed over", default="")
    post_to: str = told("邮寄地址", "Post to", sensitive=True, default="")


class Replacement(Renewal):
    """D4: the certificate that was lost or damaged, and which of the two."""

    replace_reason: str = told("补办原因", "Why it is replaced")


def card_printed(request: Renewal, ticket: Ticket) -> Certificate | StandInRefusal:
    """The same number, class and grade as before, with a new term."""
    grade = request.certificate_number[19:20]
    if grade not in {"1", "2", "3", "4"}:
        grade = "4"
    made = certificate_of(request.person_id, request.classes, "4", ticket.today)
    return Certificate.model_validate(
        {**made.model_dump(), "certificate_number": request.certificate_number, "grade": grade}
    )


RENEW_CERTIFICATE = PublicService(
    id="renew-disability-certificate",
    title=Words("残疾人证换领", "Renewal of the certificate"),
    summary=Words(
        "到期或快到期的换新证；过期未换，两项补贴会停发。",
        "For one that expires; once it has expired the two subsidies stop.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=Renewal,
    produces=Output("renewed-certificate", PRINTED_RESULT, Certificate),
    path="/certificate-renewals",
    call=post_to("/certificate-renewals", Certificate),
    stand_in=card_printed,
    promised=CARD_LIMIT,
    statutory=NOT_FOUND,
    rules=RULES,
    channel="desk",
    evidence=(*CARD_PAPERS, HELD_CERTIFICATE, PHOTO),
    supplement_reasons=(PHOTO_WRONG, GUARDIAN_MISSING),
    refusal_reasons=(NO_RECORD, OTHER_PLACE),
    checklist=points(("号码、类别、等级与档案一致", "Number, class and grade as on record")),
)
REPLACE_CERTIFICATE = PublicService(
    id="replace-disability-certificate",
    title=Words("残疾人证挂失补办", "Replacement of the certificate"),
    summary=Words("遗失或损坏的补办新证。", "A new one for one that was lost or damaged."),
    authority=DISABLED_PERSONS_FEDERATION,
    request=Replacement,
    produces=Output("replaced-certificate", PRINTED_RESULT, Certificate),
    path="/certificate-replacements",
    call=post_to("/certificate-replacements", Certificate),
    stand_in=card_printed,
    promised=CARD_LIMIT,
    statutory=NOT_FOUND,
    rules=RULES,
    channel="desk",
    evidence=(*CARD_PAPERS, PHOTO),
    supplement_reasons=(PHOTO_WRONG, GUARDIAN_MISSING),
    refusal_reasons=(NO_RECORD, OTHER_PLACE),
    checklist=points(("原证已作废", "The old one is void")),
)


class Moving(Holder):
    """D3: from which place of register to which."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True)
    moved_from: str = told("原户籍地址", "Registered before at", sensitive=True)
    moved_on: date = told("户口迁移日期", "Moved on")
    address: str = told("新户籍地址", "Registered now at", sensitive=True)


class MovedRecord(Result):
    """The record as the new county keeps it."""

    record_number: str = told("迁移编号", "Number of the move", min_length=6)
    moved_on: date = told("迁入日期", "Taken over on")


def record_moved(request: Moving, ticket: Ticket) -> MovedRecord:
    """The county of the new register takes the record over."""
    number = f"QY{request.county}{ticket.number % 10**8:08d}"
    return MovedRecord(record_number=number, moved_on=ticket.today)


MOVE_CERTIFICATE = PublicService(
    id="move-disability-certificate",
    title=Words("残疾人证迁移", "Move of the certificate's record"),
    summary=Words(
        "户口迁了，档案跟着转；补贴在迁出地停、在迁入地续。",
        "The record follows the register; benefits stop there and go on here.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=Moving,
    produces=Output("moved-record", Words("迁移登记", "Move"), MovedRecord),
    path="/certificate-moves",
    call=post_to("/certificate-moves", MovedRecord),
    stand_in=record_moved,
    touches=NEW_COUNTY,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=RULES,
    evidence=(*CARD_PAPERS, HELD_CERTIFICATE),
    supplement_reasons=(GUARDIAN_MISSING,),
    refusal_reasons=(NO_RECORD, OTHER_PLACE),
    checklist=points(
        ("户口已迁入本县（市、区）", "Registered in this county now"),
        ("迁出地已转档", "The old county has handed the record over"),
    ),
)


def move_page() -> Page:
    """Where the person was registered before; the new place is the address in Taizhou."""
    return page("move", "户口迁移", "The move", applies=MOVE).asks(
        ask("moved_from", "原来的户籍地址", "Registered before at", Address(elsewhere=True)),
        ask("moved_on", "哪天迁的户口？", "When was the register moved?", Date()),
    )


class Cancelling(Holder):
    """D5: which certificate, and why it ends."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True)
    cancel_reason: str = told("注销原因", "Why it ends", sensitive=True)


class Cancelled(Result):
    """The certificate is void; benefits that hang on it stop."""

    cancel_number: str = told("注销编号", "Number", min_length=6)
    cancelled_on: date = told("注销日期", "Cancelled on")


def record_cancelled(request: Cancelling, ticket: Ticket) -> Cancelled:
    """Every certificate can be given back."""
    number = f"ZX{request.county}{ticket.number % 10**8:08d}"
    return Cancelled(cancel_number=number, cancelled_on=ticket.today)


DEATH_PROOF = paper(
    "death-proof",
    "死亡证明",
    "Proof of death",
    "持证人去世的，凭此注销；公安、卫健已有信息的不用交。",
    "For a holder who has died, unless police or health authorities hold it.",
    optional=True,
    applies=Is("cancel_reason", "death"),
)
CANCEL_CERTIFICATE = PublicService(
    id="cancel-disability-certificate",
    title=Words("残疾人证注销", "Cancelling the certificate"),
    summary=Words(
        "已康复、本人不再需要或持证人去世的，注销并停发补贴。",
        "For who has recovered, no longer wants it or has died; benefits stop.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=Cancelling,
    produces=Output("cancelled-certificate", Words("注销登记", "Cancellation"), Cancelled),
    path="/certificate-cancellations",
    call=post_to("/certificate-cancellations", Cancelled),
    stand_in=record_cancelled,
    touches=NO_CERTIFICATE,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=RULES,
    evidence=(*CARD_PAPERS, HELD_CERTIFICATE, DEATH_PROOF),
    supplement_reasons=(GUARDIAN_MISSING,),
    refusal_reasons=(NO_RECORD,),
    checklist=points(
        ("本人或监护人自愿，或死亡已核实", "Wished for, or the death is confirmed"),
        ("已通知停发相关补贴", "Benefits were told to stop"),
    ),
)
