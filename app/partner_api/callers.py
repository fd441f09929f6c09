"""Which app calls with which scope, and how often it may."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Depends, Request

from app.errors import TooMany, WrongType
from app.identity.partner_keys import PartnerApp
from app.identity.principals import PartnerPrincipal
from app.settings import Settings
from app.telemetry import log
from app.wording import Words

BURST_SECONDS: Final = 10
MOST_BUCKETS: Final = 10_000

log_ = log("app.partner_api.callers")


class OverQuota(TooMany):
    """The app called more often than it may."""

    todo = Words("请按 Retry-After 的秒数等待后再试。", "Wait as many seconds as Retry-After says.")

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(
            Words("这个应用请求得太频繁。", "This app is calling more often than it may.")
        )
        self.retry_after_seconds = retry_after_seconds


@dataclass
class Quota:
    """A token bucket per app in this process: `per_minute` on average, ten seconds' worth at once.

    Several web processes share the portal's quota evenly, as the server spreads connections.
    """

    per_minute: float
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def most(self) -> float:
        """How many calls may come at once."""
        return max(1.0, self.per_minute * BURST_SECONDS / 60)

    def take(self, app_id: str) -> int:
        """Count one call. Out: 0, or after how many whole seconds the next one is possible."""
        now = self.clock()
        left, at = self._buckets.get(app_id, (self.most, now))
        left = min(self.most, left + (now - at) * self.per_minute / 60)
        if left < 1:
            self._buckets[app_id] = (left, now)
            return math.ceil((1 - left) * 60 / self.per_minute)
        if len(self._buckets) >= MOST_BUCKETS:
            self._buckets.clear()
        self._buckets[app_id] = (left - 1, now)
        return 0


async def quota_of(request: Request) -> Quota:
    """The quota of this process, made with its first call."""
    kept: Quota | None = getattr(request.app.state, "partner_quota", None)
    if kept is None:
        settings: Settings = request.app.state.settings
        kept = Quota(settings.partner_calls_per_minute / settings.web_processes)
        request.app.state.partner_quota = kept
    return kept


def Caller(scope: str) -> Any:  # noqa: N802 - reads as the declaration that it is
    """A route's app: `app: Annotated[PartnerPrincipal, Caller("cases:read")]`.

    Any: FastAPI types its markers so. Raises KeyNeeded, NotAllowed, OverQuota.
    """

    async def within_quota(
        app: Annotated[PartnerPrincipal, PartnerApp(scope)],
        quota: Annotated[Quota, Depends(quota_of)],
    ) -> PartnerPrincipal:
        if wait := quota.take(app.app_id):
            log_.warning("app.over-quota", app=app.app_id, retry_after=wait)
            raise OverQuota(wait)
        return app

    return Depends(within_quota)


async def json_only(request: Request) -> None:
    """Only JSON by name is read as JSON. Raises WrongType."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise WrongType(
            Words("这里只接收 JSON。", "Only JSON is taken here."),
            Words("请以 application/json 发送。", "Send it as application/json."),
        )
