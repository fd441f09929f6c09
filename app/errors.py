"""Refusals that people are told: what happened and what to do, with their HTTP status."""

from app.wording import Words


class Misdeclared(Exception):
    """The city's declarations do not fit, so nothing may start; a line for each fault, by file."""


class PortalError(Exception):
    """Something we tell the person who asked.

    `what` says what happened, `todo` what to do next; neither holds personal data.
    """

    status: int = 400
    code: str = "not-possible"
    todo: Words = Words("请返回上一页再试一次。", "Go back one page and try again.")

    def __init__(self, what: Words, todo: Words | None = None) -> None:
        super().__init__(what.en)
        self.what = what
        if todo is not None:
            self.todo = todo


class NotFound(PortalError):
    """There is no such thing, or it is not theirs to see: both look the same."""

    status = 404
    code = "not-found"
    todo = Words(
        "请核对编号，或从“我的办件”进入。", "Check the number, or start from “My applications”."
    )

    def __init__(self, what: Words | None = None, todo: Words | None = None) -> None:
        super().__init__(
            what or Words("没有找到这个页面或办件。", "We could not find this page or case."), todo
        )


class NotAllowed(PortalError):
    """The person is known but may not do this."""

    status = 403
    code = "not-allowed"


class SignInNeeded(PortalError):
    """Nobody is signed in, or the session has ended."""

    status = 401
    code = "sign-in-needed"
    todo = Words("请先登录，填写的内容都还在。", "Please sign in; what you filled in is kept.")

    def __init__(self, what: Words | None = None) -> None:
        super().__init__(
            what
            or Words(
                "您还没有登录，或登录已过期。", "You are not signed in, or your session has ended."
            )
        )


class Conflict(PortalError):
    """Somebody or something was faster, or the state no longer allows it."""

    status = 409
    code = "conflict"


class StaleForm(Conflict):
    """The form was opened before the thing it changes was changed."""

    code = "stale-form"
    todo = Words(
        "请看一下最新内容，再决定是否修改。", "Look at the newest version, then decide again."
    )


class AlreadyDecided(Conflict):
    """A final decision exists."""

    code = "already-decided"


class NotComplete(PortalError):
    """Something is missing before this can be done."""

    status = 422
    code = "not-complete"


class Invalid(PortalError):
    """What was sent cannot be read as what was asked for."""

    status = 422
    code = "invalid"


class TooLarge(PortalError):
    """More bytes than we take."""

    status = 413
    code = "too-large"


class WrongType(PortalError):
    """A kind of content that we do not take."""

    status = 415
    code = "wrong-type"


class TooMany(PortalError):
    """Too many requests in a short time."""

    status = 429
    code = "too-many"
