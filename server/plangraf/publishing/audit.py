"""The audit log of a state folder: a line of JSON for each request that would change a graph and had a token."""

import os
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict

AUDIT = "audit.jsonl"


class AuditEntry(BaseModel):
    """A request that had a token, and what became of it.

    Attributes:
        time: when it was answered, in UTC.
        publisher: the publisher of the token; empty if the token was not valid.
        client: the client: an IPv4 address, or an IPv6 network of 64 bits.
        method: the method of the request.
        graph: the IRI of the graph, up to the number of characters that an address may have.
        status: the HTTP status of the answer.
        before: the release that was current before; None if there was none.
        after: the release that was current afterwards.
        omitted: the number of requests without a valid token that are left out before this line.
    """

    model_config = ConfigDict(frozen=True)

    time: AwareDatetime
    publisher: str
    client: str
    method: str
    graph: str
    status: int
    before: str | None
    after: str | None
    omitted: int = 0


def append_audit(folder: Path, entry: AuditEntry) -> None:
    """Append an entry, and have the kernel write it to the disk; only the owner of the file can read it.

    If a process has ended within its line, the entry begins a new one.

    Raises:
        OSError: the file cannot be written.
    """
    descriptor = os.open(folder / AUDIT, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        whole = size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
        line = (b"" if whole else b"\n") + entry.model_dump_json().encode() + b"\n"
        while line:
            line = line[os.write(descriptor, line) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class InvalidTokenLimit:
    """Limits how many requests without a valid token are recorded, so that strangers cannot fill the disk."""

    def __init__(self, most: int = 60) -> None:
        self._most = most
        self._minute = -1
        self._recorded = 0
        self.omitted = 0

    def admits(self, now: datetime) -> bool:
        """Return whether to record a request, and count it."""
        minute = int(now.timestamp()) // 60
        if minute != self._minute:
            self._minute, self._recorded = minute, 0
        self._recorded += 1
        if self._recorded > self._most:
            self.omitted += 1
            return False
        return True

    def take_omitted(self) -> int:
        """Return the number of requests that have been left out since the last line."""
        omitted, self.omitted = self.omitted, 0
        return omitted
