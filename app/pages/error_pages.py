"""The page shown when something fails: what happened, what is safe, what to do, whom to ask."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.pages.rendering import page
from app.wording import Words


@dataclass(frozen=True)
class ErrorWords:
    """The sentences of one status."""

    title: Words
    what: Words
    todo: Words


KEPT = Words(
    "您之前保存的内容都还在，不会丢失。",
    "Everything you saved before is kept; nothing is lost.",
)

SERVER_SIDE = 500

BY_STATUS: dict[int, ErrorWords] = {
    400: ErrorWords(
        Words("没有看懂这次请求", "We could not read this request"),
        Words("页面送来的内容不完整。", "What the page sent was not complete."),
        Words("请返回上一页，刷新后再试一次。", "Go back one page, reload it and try again."),
    ),
    401: ErrorWords(
        Words("请先登录", "Please sign in"),
        Words("您还没有登录，或登录已过期。", "You are not signed in, or your session has ended."),
        Words(
            "请登录后继续，会回到原来的页面。", "Sign in to go on; you come back to the same page."
        ),
    ),
    403: ErrorWords(
        Words("您不能做这一步", "You cannot do this"),
        Words(
            "这一步只能由申请人、获得授权的家人或经办人员来做。",
            "Only the applicant, an authorised family member or the officer in charge can do this.",
        ),
        Words(
            "请确认您用的是本人账号；为家人办理，请先请家人授权。",
            "Check that this is your own account; to act for family, ask for their authorisation.",
        ),
    ),
    404: ErrorWords(
        Words("没有找到这个页面", "We could not find this page"),
        Words(
            "地址可能有误，或者这个办件不在您名下。",
            "The address may be wrong, or the case is not yours.",
        ),
        Words(
            "请核对地址或编号，或从首页重新进入。",
            "Check the address or number, or start from home.",
        ),
    ),
    405: ErrorWords(
        Words("这个地址不能这样打开", "This address cannot be opened this way"),
        Words("页面只能由前一页的按钮打开。", "The page opens only from the button before it."),
        Words("请从首页或“我的办件”重新进入。", "Start again from home or from “My applications”."),
    ),
    409: ErrorWords(
        Words("内容刚刚有变化", "This has just changed"),
        Words(
            "您打开页面之后，内容已被更新，这次没有保存。",
            "It was changed after you opened the page, so this was not saved.",
        ),
        Words(
            "请返回查看最新内容，再决定是否修改。",
            "Go back, look at the newest version, then decide.",
        ),
    ),
    413: ErrorWords(
        Words("内容太大", "This is too large"),
        Words("文件或文字超过了可以接收的大小。", "The file or text is larger than we can take."),
        Words(
            "请压缩文件或减少文字后再试。",
            "Make the file smaller or the text shorter and try again.",
        ),
    ),
    415: ErrorWords(
        Words("不能接收这种文件", "We cannot take this kind of file"),
        Words("可以接收 JPG、PNG 图片和 PDF 文件。", "We take JPG and PNG pictures and PDF files."),
        Words(
            "请拍照或另存为这些格式后再试。",
            "Take a photo or save it as one of these and try again.",
        ),
    ),
    422: ErrorWords(
        Words("有内容需要修改", "Something needs changing"),
        Words("有一处或几处没有填写正确。", "One or more answers were not filled in correctly."),
        Words("请返回上一页，按提示修改。", "Go back one page and change what is marked."),
    ),
    429: ErrorWords(
        Words("操作太频繁", "Too many tries"),
        Words("短时间内请求太多，我们暂停了一下。", "Too many requests came in a short time."),
        Words("请等一分钟再试。", "Wait a minute and try again."),
    ),
    500: ErrorWords(
        Words("系统出了问题", "Something went wrong on our side"),
        Words(
            "不是您的操作有误，是我们的系统出错了。",
            "This was not your mistake; our system failed.",
        ),
        Words("请过几分钟再试。", "Try again in a few minutes."),
    ),
    503: ErrorWords(
        Words("服务暂时停一下", "The service is pausing"),
        Words("系统正在维护或太忙。", "The system is being maintained or is very busy."),
        Words("请过几分钟再试。", "Try again in a few minutes."),
    ),
}


def error_page(
    request: Request,
    status: int,
    *,
    what: Words | None = None,
    todo: Words | None = None,
    reference: str = "",
    retry_after_seconds: int | None = None,
) -> HTMLResponse:
    """Answer with the error page of a status; an unknown status reads as 400 or 500.

    In: the sentences that replace the general ones, the number to quote (it stands in our log as
    well), and after how many seconds to try again.
    """
    words = BY_STATUS.get(status) or BY_STATUS[500 if status >= SERVER_SIDE else 400]
    headers = {} if retry_after_seconds is None else {"retry-after": str(retry_after_seconds)}
    return page(
        request,
        "errors/error.html",
        status=status,
        headers=headers,
        title=words.title,
        what=what or words.what,
        safe=KEPT,
        todo=todo or words.todo,
        reference=reference,
        error_status=status,
    )
