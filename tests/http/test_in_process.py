import asyncio

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from plangraf.http.in_process import Head, get


class Application:
    """An application that answers with a status, or with none, and then fails or not."""

    def __init__(self, status: int | None, *, fails: bool) -> None:
        self._status = status
        self._fails = fails
        self.scope: Scope = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        assert (await receive())["type"] == "http.request"
        if self._status is not None:
            await PlainTextResponse("answer", self._status, {"X-Answer": "yes"})(scope, receive, send)
        if self._fails:
            raise ZeroDivisionError


def _get(app: Application, target: str = "/") -> tuple[int, str, bytes]:
    heads: list[Head] = []
    body: list[bytes] = []
    status = asyncio.run(get(app, target, [("Host", "server.example")], heads.append, body.append))
    return status, str(heads[0]), b"".join(body)


def test_status_headers_and_body_are_passed_on() -> None:
    status, head, body = _get(Application(404, fails=False))
    assert status == 404
    assert head.startswith("HTTP/1.1 404 Not Found\r\n")
    assert "x-answer: yes\r\n" in head
    assert head.endswith("\r\n\r\n")
    assert body == b"answer"


def test_a_fault_that_has_been_answered_as_one_is_an_answer() -> None:
    assert _get(Application(500, fails=True))[0] == 500


@pytest.mark.parametrize("status", [None, 200])
def test_an_answer_that_is_not_whole_is_no_answer(status: int | None) -> None:
    with pytest.raises(ZeroDivisionError):
        _get(Application(status, fails=True))


@pytest.mark.parametrize(
    ("target", "raw_path", "path", "query"),
    [
        ("/a%2Fb?c=%20", b"/a%2Fb", "/a/b", b"c=%20"),
        ("/ø?q=å b", b"/%C3%B8", "/ø", b"q=%C3%A5%20b"),
    ],
)
def test_a_target_is_escaped_only_where_it_must_be(target: str, raw_path: bytes, path: str, query: bytes) -> None:
    app = Application(200, fails=False)
    _get(app, target)
    assert (app.scope["raw_path"], app.scope["path"], app.scope["query_string"]) == (raw_path, path, query)
