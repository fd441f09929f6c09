"""J5: the personnel file, called for and received sealed."""

from typing import Literal

from app.forms.conditions import Condition
from app.forms.questions import Page, Question, Text
from app.services.employment.workers import Entry, entered, offer
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import points, reason
from app.vocabulary.public_service import Limit, Output, told
from app.vocabulary.requirement import Rule
from app.wording import Words

FILE_RULE = Rule(
    "personnel-file-service-rules",
    Words("流动人员人事档案管理服务规定", "Rules on personnel files"),
    "档案接收和转递",
    "U",
)


def place_question(applies: Condition) -> Question:
    """Who keeps the file, if there is one."""
    return choose(
        "file_place", "人事档案现在在哪里？", "Where is the file now?", applies=applies
    ).one_of(
        ("school", "毕业院校", "At the university"),
        ("centre", "其他公共就业人才机构", "At another public centre"),
        ("employer", "原单位", "With the last employer"),
        ("none", "没有档案，或不知道在哪里", "There is none, or I do not know"),
    )


def file_page(applies: Condition) -> Page:
    """Who keeps the file, who receives it, and how: never in the person's own hands."""
    return page("personnel-file", "人事档案", "The personnel file", applies=applies).asks(
        ask("file_holder", "存档单位名称", "Name of who keeps it", Text(longest=60)),
        choose("file_to", "转到哪里？", "Where does it go?").one_of(
            ("county", "办理地的公共就业和人才服务机构", "The public talent service of the county"),
            ("city", "台州市人才服务机构", "The talent service of the city"),
            ("employer", "用人单位（有档案管理权）", "The employer, where it may keep files"),
        ),
        choose("file_way", "怎么转过来？", "How does it come?").one_of(
            ("post", "机要通信", "By confidential post"),
            ("courier", "由存档单位派人送", "Brought by who keeps it"),
        ),
    )


class FileTransfer(AboutPerson):
    """J5: who keeps the file, where it goes and how."""

    file_place: Literal["school", "centre", "employer"] = told("档案所在地", "Where it is")
    file_holder: str = told("存档单位", "Who keeps it")
    file_to: Literal["county", "city", "employer"] = told("转入机构", "Where it goes")
    file_way: Literal["post", "courier"] = told("转递方式", "How it comes")
    mobile: str = told("手机号", "Mobile", sensitive=True)
    destination_number: str = told("去向核验编号", "Destination", default="")


TRANSFER_FILE = offer(
    "receive-personnel-file",
    Words("档案接收、转递", "Receiving the personnel file"),
    Words("开调档函，由原单位密封转来。", "The file is called for and comes sealed."),
    FileTransfer,
    Output("file-received", Words("档案接收登记", "File received"), Entry),
    entered("RSDA"),
    (FILE_RULE,),
    promised=Limit(5, "跨省转递（第三方转载，示例）"),
    supplement_reasons=(
        reason(
            "no-seal-strip",
            "档案没有密封条，退回原单位重新密封。",
            "The seal strip is missing: the file goes back to be sealed.",
            FILE_RULE,
        ),
        reason(
            "no-straddling-stamp",
            "封口没有骑缝章，退回补盖。",
            "The straddling stamp is missing: the file goes back.",
            FILE_RULE,
        ),
        reason(
            "no-list-of-contents",
            "档案没有目录清单，退回补充。",
            "The list of contents is missing: the file goes back.",
            FILE_RULE,
        ),
        reason(
            "no-transfer-notice",
            "没有档案转递通知单，请存档单位补寄。",
            "The transfer notice is missing: please have it sent.",
            FILE_RULE,
        ),
    ),
    refusal_reasons=(
        reason(
            "not-sealed-file",
            "档案没有密封。",
            "The file was not sealed.",
            FILE_RULE,
        ),
        reason(
            "carried-by-the-person",
            "档案由本人携带，不能接收。",
            "The person carried the file; it cannot be taken.",
            FILE_RULE,
        ),
    ),
    checklist=points(
        ("密封、骑缝章齐全", "Sealed, with stamps"), ("目录和转递单齐全", "List and notice there")
    ),
    answers="later",
)
