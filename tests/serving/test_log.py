import io
import logging
from collections.abc import Iterator

import pytest

from plangraf.serving.log import LineFormatter, RateLimit

MOST = 20


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO, list[float]]]:
    """Yield a logger with the filter and the formatter, its output, and its clock."""
    out, clock = io.StringIO(), [0.0]
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter())
    handler.addFilter(RateLimit(lambda: clock[0]))
    logger = logging.getLogger("plangraf.test")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, out, clock
    logger.removeHandler(handler)


def test_a_request_cannot_add_a_line(log: tuple[logging.Logger, io.StringIO, list[float]]) -> None:
    logger, out, _ = log
    logger.error("%s failed", "/a\nthe keeper has ended\r\x1b[2J\x85\u2028b")
    assert out.getvalue() == "/a\\x0athe keeper has ended\\x0d\\x1b[2J\\x85\\x2028b failed\n"


def test_a_traceback_is_indented(log: tuple[logging.Logger, io.StringIO, list[float]]) -> None:
    logger, out, _ = log
    try:
        raise ValueError("first\nforged line")
    except ValueError:
        logger.exception("it failed")
    first, *rest = out.getvalue().splitlines()
    assert first == "it failed"
    assert rest
    assert all(line.startswith("  ") for line in rest)


def test_records_of_a_kind_are_limited_and_the_next_minute_says_how_many_were_left_out(
    log: tuple[logging.Logger, io.StringIO, list[float]],
) -> None:
    logger, out, clock = log

    def end(worker: int) -> None:
        logger.error(f"worker {worker} ended")  # libraries write messages whose values are in the text

    for number in range(MOST + 5):
        end(number)
    logger.error("another kind")
    lines = out.getvalue().splitlines()
    assert lines == [f"worker {number} ended" for number in range(MOST)] + ["another kind"]
    clock[0] = 61.0
    end(99)
    end(100)
    last, after = out.getvalue().splitlines()[-2:]
    assert last.startswith("worker 99 ended (and 5 more ")
    assert after == "worker 100 ended"
