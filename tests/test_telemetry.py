"""Nothing personal gets into a log line or a measure, however careless the line."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from app import telemetry
from app.telemetry import (
    MASK,
    configure_logging,
    correlated,
    correlation_id,
    describe_error,
    log,
    masked,
    measures,
    read_correlation,
)

ID_NUMBER = "331002199003070022"


@pytest.fixture
def lines() -> Iterator[Any]:
    """A JSON log; call it to read the lines written so far."""
    stream = io.StringIO()
    before = logging.getLogger().handlers, logging.getLogger().level
    configure_logging("info", "json", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().handlers, level = before
    logging.getLogger().setLevel(level)
    structlog.reset_defaults()


def test_a_field_that_is_not_on_the_list_is_left_out(lines):
    log("app.here").info("step.done", step="s-1", name="林满", answers={"id": ID_NUMBER}, body="x")
    (line,) = lines()
    assert line.keys() == {"event", "step", "module", "level", "timestamp"}


@pytest.mark.parametrize(
    "text",
    [
        ID_NUMBER,
        "33100219900307002X",
        "33100219900307002x",
        f"id{ID_NUMBER}",
        f"身份证{ID_NUMBER}错误",
        "331002 19900307 0022",
        "331002-19900307-0022",
        "３３１００２１９９００３０７００２２",
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "6222021234567890123",
        "6222 0212 3456 7890 123",
    ],
)
def test_numbers_of_people_are_masked_wherever_they_stand(lines, text: str):
    log("app.here").info("step.done", reason=f"because {text}.", where=text)
    log("app.here").info(f"an event with {text}")
    logging.getLogger("a.library").warning("it said %s", text)
    written = json.dumps(lines(), ensure_ascii=False)
    assert text not in written
    assert written.count(MASK) == 4


@given(st.text(max_size=30), st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.text())
def test_an_id_number_never_survives(before: str, number: str, after: str):
    assert number not in masked(f"{before} {number} {after}")


@pytest.mark.parametrize(
    "ours",
    [
        "0198c1f4-1234-7123-8123-123456789012",
        "12345678-1234-1234-1234-123456789012",
        "12345678901234567890123456789012",
        "TZ-1234-5678-9012",
        "2026-11-23T17:31:16.123456Z",
        "1732383076.12",
        "1234567890",
    ],
)
def test_what_operators_need_stays_readable(ours: str):
    assert masked(f"step {ours}") == f"step {ours}"


def test_numbers_given_as_numbers_are_masked_too(lines):
    log("app.here").info("step.done", count=int(ID_NUMBER), bytes=12345)
    (line,) = lines()
    assert (line["count"], line["bytes"]) == (MASK, 12345)


def test_an_error_is_named_without_its_words(lines):
    try:
        try:
            int(f"{ID_NUMBER}不是数")
        except ValueError as inner:
            raise RuntimeError("林满的答案") from inner
    except RuntimeError as error:
        log("app.here").error("job.failed", **describe_error(error))
        log("app.here").error("job.failed", exc_info=error)
        log("app.here").exception("job.failed")
        logging.getLogger("a.library").exception("it failed")
    assert len(lines()) == 4
    for line in lines():
        assert line["error"] == "RuntimeError < ValueError"
        assert "test_telemetry.py" in line["where"]
    assert "林满" not in json.dumps(lines(), ensure_ascii=False)


def test_a_line_break_cannot_forge_a_line(lines):
    log("app.here").info("step.done", reason='x\n{"event": "forged"}')
    assert len(lines()) == 1


def test_a_long_value_is_cut(lines):
    log("app.here").info("step.done", reason="x" * 100_000)
    assert len(lines()[0]["reason"]) < 2000


def test_lines_of_one_request_are_joined(lines):
    with correlated("request-0001"):
        log("app.here").info("one")
        logging.getLogger("a.library").warning("two")
    log("app.here").info("three")
    assert [line.get("correlation") for line in lines()] == ["request-0001", "request-0001", None]
    assert correlation_id() == ""


@pytest.mark.parametrize(
    "offered", [None, "", "short", "x" * 65, "with space", "a\nb-12345", ID_NUMBER, "<script>a()"]
)
def test_a_harmful_correlation_id_is_replaced(offered: str | None):
    assert read_correlation(offered) != offered
    assert len(read_correlation(offered)) == 32


def test_a_harmless_correlation_id_is_kept():
    assert read_correlation("gateway-7f.3A_9") == "gateway-7f.3A_9"


def test_the_level_is_kept(lines):
    log("app.here").debug("quiet")
    logging.getLogger("httpx").info("GET http://x/?id=1")
    assert lines() == []


def test_the_text_form_is_as_careful(capsys: pytest.CaptureFixture[str]):
    stream = io.StringIO()
    before = logging.getLogger().handlers
    configure_logging("info", "text", stream)
    log("app.here").info("step.done", name="林满", reason=ID_NUMBER)
    logging.getLogger().handlers = before
    structlog.reset_defaults()
    assert "step.done" in stream.getvalue()
    assert "林满" not in stream.getvalue()
    assert ID_NUMBER not in stream.getvalue()


def test_measures_can_be_read_and_name_nobody():
    telemetry.step_ended("register-birth", "completed")
    telemetry.department_answered("public-security", 0.2)
    telemetry.job_ended("inbox", "done")
    gauges = {
        "portal_queue_depth": ("Jobs", {("inbox", "queued"): 3.0}, ("queue", "status")),
        "portal_inbox_new": ("Messages", {(): 4.0}, ()),
    }
    found = {
        sample.name: sample
        for family in text_string_to_metric_families(measures(gauges).decode())
        for sample in family.samples
    }
    assert found["portal_queue_depth"].value == 3
    assert found["portal_inbox_new"].value == 4
    assert found["portal_step_outcomes_total"].value >= 1
    labels = {name for sample in found.values() for name in sample.labels}
    assert labels <= {
        *("method", "route", "status", "le", "service", "outcome", "authority", "queue"),
        *("implementation", "major", "minor", "patchlevel", "version"),
    }
