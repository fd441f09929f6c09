"""What comes before a decision on the two subsidies: the township's check, the federation's."""

from datetime import date

from app.services.disability.register import (
    AUTHORITY_TO_ACT,
    CERTIFICATE_MEASURES,
    GUARDIANSHIP,
    HELD_CERTIFICATE,
)
from app.services.disability.subsidies import DOUBLE, ELSEWHERE, EXPIRED, SubsidyClaim
from app.vocabulary.authorities import DISABLED_PERSONS_FEDERATION, TOWNSHIP
from app.vocabulary.benefit_rates import LIVING_RULE, NURSING_RULE
from app.vocabulary.common_papers import OWN_PAPERS
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import (
    Limit,
    Output,
    PublicService,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.wording import Words

ANHUI = "安徽宿州埇桥区流程图（外地示例）"


class SubsidyCheck(SubsidyClaim):
    """The claim as the township sees it, before it goes on."""


class TownshipOpinion(Result):
    """The township's opinion."""

    opinion_number: str = told("初审编号", "Number of the opinion", min_length=6)
    checked_on: date = told("初审日期", "Checked on")


def checked_by_township(request: SubsidyCheck, ticket: Ticket) -> TownshipOpinion:
    """The demo township finds the papers complete and true."""
    return TownshipOpinion(
        opinion_number=f"CS{request.county}{ticket.number % 10**8:08d}", checked_on=ticket.today
    )


CHECK_SUBSIDY_CLAIM = PublicService(
    id="check-disability-subsidy-claim",
    title=Words("残疾人两项补贴初审", "First check of the subsidies"),
    summary=Words(
        "乡镇（街道）核对材料和家庭情况，提出初审意见；两项补贴一起审。",
        "The township checks papers and family, once for both subsidies.",
    ),
    authority=TOWNSHIP,
    request=SubsidyCheck,
    produces=Output("subsidy-opinion", Words("初审意见", "Opinion"), TownshipOpinion),
    path="/disability-subsidy-checks",
    call=post_to("/disability-subsidy-checks", TownshipOpinion),
    stand_in=checked_by_township,
    promised=Limit(10, f"{ANHUI}：乡镇10个工作日"),
    statutory=NOT_FOUND,
    rules=(LIVING_RULE, NURSING_RULE),
    channel="desk",
    evidence=(*OWN_PAPERS, HELD_CERTIFICATE, GUARDIANSHIP, AUTHORITY_TO_ACT),
    supplement_reasons=(
        reason(
            "papers",
            "材料不全或看不清，请补充。",
            "Papers are missing or cannot be read: please add them.",
            LIVING_RULE,
        ),
    ),
    refusal_reasons=(ELSEWHERE, DOUBLE),
    checklist=points(
        ("户口在本乡镇（街道）", "Registered in this township"),
        (
            "浙江是否公示、公示几天没有查到，由主管部门定；未成年人不公示",
            "Whether Zhejiang publishes it was not found; minors are never published",
        ),
    ),
)


class FederationCheck(SubsidyClaim):
    """The claim with the township's opinion."""

    opinion_number: str = told("初审编号", "Number of the opinion", min_length=6)


class FederationOpinion(Result):
    """That the certificate is what it says."""

    review_number: str = told("复核编号", "Number of the review", min_length=6)
    reviewed_on: date = told("复核日期", "Reviewed on")


def reviewed_by_federation(
    request: FederationCheck, ticket: Ticket
) -> FederationOpinion | StandInRefusal:
    """A certificate that is not over, of the person who claims."""
    if request.valid_until is not None and request.valid_until < ticket.today:
        return StandInRefusal(EXPIRED.text.zh, CERTIFICATE_MEASURES.title.zh)
    return FederationOpinion(
        review_number=f"FC{request.county}{ticket.number % 10**8:08d}", reviewed_on=ticket.today
    )


REVIEW_SUBSIDY_CLAIM = PublicService(
    id="review-disability-subsidy-claim",
    title=Words("残疾人两项补贴复核", "Review of the subsidies"),
    summary=Words(
        "县残联复核残疾人证的类别、等级和有效期。",
        "The county federation reviews class, grade and validity of the certificate.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=FederationCheck,
    produces=Output("subsidy-review", Words("复核意见", "Review"), FederationOpinion),
    path="/disability-subsidy-reviews",
    call=post_to("/disability-subsidy-reviews", FederationOpinion),
    stand_in=reviewed_by_federation,
    promised=Limit(10, f"{ANHUI}：残联10个工作日"),
    statutory=NOT_FOUND,
    rules=(LIVING_RULE, NURSING_RULE),
    channel="desk",
    evidence=(HELD_CERTIFICATE,),
    refusal_reasons=(
        EXPIRED,
        reason(
            "certificate-differs",
            "残疾人证与登记不一致。",
            "The certificate is not what the register says.",
            CERTIFICATE_MEASURES,
        ),
    ),
    checklist=points(("残疾人证有效，类别、等级一致", "Valid, class and grade as registered")),
)
