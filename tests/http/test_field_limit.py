import httpx
import pytest

from plangraf.http.field_limit import LARGEST_FIELDS


@pytest.mark.parametrize(
    "headers",
    [
        [("Accept", "a/b," * LARGEST_FIELDS)],
        [("Accept-Language", "a-" * LARGEST_FIELDS)],
        [(f"X-{number}", 40 * "x") for number in range(LARGEST_FIELDS // 40)],
    ],
)
@pytest.mark.parametrize("path", ["/about", "/sparql?query=ASK{}", "/nothing"])
def test_header_fields_over_the_limit_are_refused(server: str, path: str, headers: list[tuple[str, str]]) -> None:
    answer = httpx.get(server + path, headers=headers)
    assert answer.status_code == answer.json()["status"] == 431
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["limit"] == LARGEST_FIELDS


def test_header_fields_below_the_limit_are_read(server: str) -> None:
    long = ",".join(["text/csv"] * (LARGEST_FIELDS // 20))
    answer = httpx.get(f"{server}/browse", headers={"Accept": long})
    assert answer.headers["content-type"].startswith("text/csv")
