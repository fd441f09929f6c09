"""What operators see: log lines that cannot hold anything personal, measures, correlation ids.

A log line is an event name, which is a constant of the code, and fields from a fixed list. A field
that is not on the list is left out, and whatever looks like the number of a person is masked: a
careless line costs an operator a hint, never a resident their privacy.
"""

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final, TextIO
from uuid import uuid4

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    start_http_server,
)
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

FIELDS: Final = frozenset(
    {
        "age_seconds", "app", "attempt", "authority", "bytes", "case", "correlation", "count",
        "error", "event", "file", "for_seconds", "happening", "job", "kind", "level", "life_event",
        "method", "milliseconds", "mode", "module", "outcome", "part", "port", "process", "queue",
        "reason", "register", "retry_after", "round", "route", "rule", "service", "setting",
        "state", "status", "step", "task", "timestamp", "version", "where", "worker",
    }
)  # fmt: skip
LONGEST_VALUE: Final = 300
LONGEST_TRACE: Final = 12
MASK: Final = "‹masked›"
# An ID number, a bank account or a mobile number: eleven to nineteen digits that stand alone,
# however they are grouped, in ASCII or full width. Identifiers of ours may hold such a run by
# chance, so they are recognised first and stay readable.
_OURS: Final = re.compile(
    r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|TZ(?:-[0-9A-Z]{4}){3})\b",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(r"(?<![0-9])(?:[0-9０-９][ \-]?){10,18}[0-9Xx０-９Ｘｘ]")
_OUR_CODE: Final = str(Path(__file__).resolve().parent)
_CORRELATION: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")

_correlation: ContextVar[str] = ContextVar("correlation", default="")


def log(name: str) -> FilteringBoundLogger:
    """The log of one module. Call it as `log.info("step.delivered", step=…, outcome=…)`."""
    logger: FilteringBoundLogger = structlog.get_logger(module=name)
    return logger


def correlation_id() -> str:
    """What joins the log lines of one request with the jobs and calls it set off; "" outside."""
    return _correlation.get()


def read_correlation(offered: str | None) -> str:
    """The id a caller offered, if it is harmless: 8–64 letters, digits, `.`, `_`, `-`, and not the
    number of a person. Otherwise a new one.
    """
    if offered and _CORRELATION.fullmatch(offered) and masked(offered) == offered:
        return offered
    return uuid4().hex


@contextmanager
def correlated(correlation: str) -> Iterator[str]:
    """Everything logged inside carries this id, and so do the calls to departments."""
    token = _correlation.set(correlation)
    try:
        yield correlation
    finally:
        _correlation.reset(token)


def configure_logging(level: str, form: str, stream: TextIO | None = None) -> None:
    """Send all log lines of this process, the libraries' too, to standard error.

    In: "debug" … "error"; "json" for machines or "text" for people; another stream for tests.
    """
    shared = (
        add_correlation,
        structlog.stdlib.add_log_level,
        _timestamp,
        name_error,
        keep_allowed,
    )
    render: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=30)
    )
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[describe_library_line, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(number, logging.INFO))
    for quiet in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
    for own_handlers in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(own_handlers).handlers = []
        logging.getLogger(own_handlers).propagate = True


def describe_library_line(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """A line of a library: its words, its name, and of an error the places but not the values."""
    record: logging.LogRecord | None = line.get("_record")
    if record is not None:
        line["module"] = record.name
        if record.exc_info and record.exc_info[1]:
            line.update(describe_error(record.exc_info[1]))
        line.pop("exc_info", None)
        line.pop("stack_info", None)
    return line


def describe_error(error: BaseException) -> dict[str, str]:
    """An error for the log: its types from outermost to cause, and where. Never its message, which
    may quote what somebody typed.
    """
    kinds = [type(error).__name__]
    root = error
    while (inner := root.__cause__ or root.__context__) is not None and len(kinds) < LONGEST_TRACE:
        kinds.append(type(inner).__name__)
        root = inner
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames[:-1] if frame.filename.startswith(_OUR_CODE)]
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}"
        for frame in (*ours, *frames[-1:])[-LONGEST_TRACE:]
    ]
    return {"error": " < ".join(kinds), "where": " ".join(reversed(places))}


def name_error(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """An error given as `exc_info` is named like any other: its types and places only."""
    given = line.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        line.update(describe_error(error))
    return line


def add_correlation(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Join the line to what set it off."""
    if correlation := _correlation.get():
        line.setdefault("correlation", correlation)
    return line


def keep_allowed(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Drop every field that is not on the list, and mask numbers of people in what is left."""
    return {
        name: _plain(value)
        for name, value in line.items()
        if name in FIELDS or name.startswith("_")
    }


def masked(text: str) -> str:
    """The text without anything that looks like an ID number, an account or a mobile number."""
    parts = []
    after = 0
    for ours in _OURS.finditer(text):
        parts += [_PERSONAL.sub(MASK, text[after : ours.start()]), ours.group()]
        after = ours.end()
    return "".join((*parts, _PERSONAL.sub(MASK, text[after:])))


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return value if masked(str(value)) == str(value) else MASK
    if isinstance(value, logging.LogRecord):
        return value
    text = masked(str(value).replace("\n", " ").replace("\r", " "))
    return text if len(text) <= LONGEST_VALUE * 4 else text[: LONGEST_VALUE * 4] + "…"


_timestamp = structlog.processors.TimeStamper(fmt="iso", utc=True)


# --- Measures. Labels come from our own declarations only: route templates, ids of services and
# authorities, outcomes. Never a case, a person, an address that somebody typed.

REGISTRY: Final = CollectorRegistry(auto_describe=True)
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_several = bool(os.environ.get("PROMETHEUS_MULTIPROC_DIR"))
if not _several:
    ProcessCollector(registry=REGISTRY)
    PlatformCollector(registry=REGISTRY)

REQUEST_SECONDS: Final = Histogram(
    "portal_request_seconds",
    "Time from the first byte of a request to the last of its answer",
    ("method", "route", "status"),
    buckets=SECONDS,
    registry=REGISTRY,
)
REQUESTS_RUNNING: Final = Gauge(
    "portal_requests_running",
    "Requests admitted and not answered yet",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
STREAMS_OPEN: Final = Gauge(
    "portal_streams_open",
    "Pages that are told of changes",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
REQUESTS_TURNED_AWAY: Final = Counter(
    "portal_requests_turned_away",
    "Requests answered 503 because too many were running",
    registry=REGISTRY,
)
STEP_OUTCOMES: Final = Counter(
    "portal_step_outcomes",
    "How calls to departments ended",
    ("service", "outcome"),
    registry=REGISTRY,
)
DEPARTMENT_SECONDS: Final = Histogram(
    "portal_department_seconds",
    "Time a department took to answer",
    ("authority",),
    buckets=(*SECONDS, 30),
    registry=REGISTRY,
)
JOBS: Final = Counter(
    "portal_jobs", "Jobs finished by this process", ("queue", "outcome"), registry=REGISTRY
)


def step_ended(service: str, outcome: str) -> None:
    """Count one call for a service: completed, accepted, refused, unavailable, gave-up."""
    STEP_OUTCOMES.labels(service, outcome).inc()


def department_answered(authority: str, seconds: float) -> None:
    """Note how long an authority's system took."""
    DEPARTMENT_SECONDS.labels(authority).observe(seconds)


def job_ended(queue: str, outcome: str) -> None:
    """Count one job: done, deferred, failed."""
    JOBS.labels(queue, outcome).inc()


def serve_measures(host: str, port: int) -> None:
    """Tell this process's measures on a port of its own, for programs that serve nothing else.

    Port 0 means nowhere.
    """
    if port:
        start_http_server(port, host, REGISTRY)


def measures(
    extra: Mapping[str, tuple[str, Mapping[tuple[str, ...], float], tuple[str, ...]]],
) -> bytes:
    """All measures in the text form that Prometheus reads.

    `extra` adds gauges that are read at this moment: name -> (help, values by label values, label
    names).
    """
    if _several:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry = REGISTRY
    moment = CollectorRegistry()
    for name, (sentence, values, labels) in extra.items():
        gauge = Gauge(name, sentence, labels, registry=moment)
        for label_values, value in values.items():
            (gauge.labels(*label_values) if labels else gauge).set(value)
    return generate_latest(registry) + generate_latest(moment)
