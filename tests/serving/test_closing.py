import asyncio
from dataclasses import dataclass, field
from typing import Any

from plangraf.serving.closing import ClosingTransport

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass
class Recording(asyncio.Transport):
    """A transport that records what is written to it, and in how many pieces."""

    written: list[bytes] = field(default_factory=list)

    def write(self, data: "bytes | bytearray | memoryview[Any]") -> None:
        self.written.append(bytes(data))


def closing(transport: asyncio.Transport) -> ClosingTransport:
    sending = ClosingTransport(transport, lambda: None, lambda: False)
    sending.expect_head()
    return sending


def test_head_and_first_part_of_a_body_are_sent_together_and_the_rest_as_it_comes() -> None:
    transport = Recording()
    sending = closing(transport)
    for data in (HEAD, b"one", b"two"):
        sending.write(data)
    assert transport.written == [HEAD + b"one", b"two"]


def test_an_interim_response_does_not_wait() -> None:
    transport = Recording()
    sending = closing(transport)
    sending.write(INTERIM)
    assert transport.written == [INTERIM]
    sending.write(HEAD)
    sending.write(b"body")
    assert transport.written == [INTERIM, HEAD + b"body"]


def test_a_head_without_a_body_is_sent_at_the_end_of_the_response() -> None:
    transport = Recording()
    sending = closing(transport)
    sending.write(HEAD)
    sending.flush()
    sending.flush()
    assert transport.written == [HEAD]


def test_a_head_is_sent_before_the_connection_closes() -> None:
    transport = Recording()
    sending = closing(transport)
    sending.write(HEAD)
    sending.close()
    assert transport.written == [HEAD]
