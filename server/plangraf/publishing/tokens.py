"""The tokens with which publishers change their graphs; a file in the state folder keeps their hashes.

A token is random, so that a plain hash of it cannot be turned back. Its owner sees it once, when it is made.
"""

import fcntl
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from plangraf.errors import InputError
from plangraf.publishing.ownership import is_publisher
from plangraf.release.files import synchronize_folder
from plangraf.release.layout import check_layout

TOKENS = "tokens.json"
_PREFIX = "plangraf_"
"""How a token begins, so that programs that look for secrets in files recognize it."""
_ENDING = 4


class TokenRecord(BaseModel):
    """The entry of a token in the file.

    Attributes:
        publisher: the publisher whose graphs it changes.
        sha256: the SHA-256 hash of the token, in hexadecimal.
        ending: its last characters, by which its owner recognizes it.
        made: when it was made, in UTC.
        withdrawn: when it was withdrawn, in UTC; None if it is valid.
    """

    model_config = ConfigDict(frozen=True)

    publisher: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    ending: str
    made: AwareDatetime
    withdrawn: AwareDatetime | None = None


class _Tokens(BaseModel):
    tokens: tuple[TokenRecord, ...] = ()


class TokenFile:
    """The file of tokens of a state folder, which only its owner can read.

    Args:
        folder: the state folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / TOKENS

    def records(self) -> tuple[TokenRecord, ...]:
        """Return what is known of all tokens, in the order in which they were made.

        Raises:
            InputError: the file cannot be read, or a newer version of Plangraf has written the state folder.
        """
        check_layout(self._folder)
        try:
            return _Tokens.model_validate_json(self._path.read_bytes()).tokens
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", self._path) from error
        except ValidationError as error:
            raise InputError(
                "is not a file of tokens that this version reads: restore it from a backup, or remove it and make "
                "new tokens",
                self._path,
            ) from error

    def make(self, publisher: str) -> str:
        """Make a token for a publisher, and return it; nobody can read it again.

        Raises:
            InputError: this cannot be the name of a publisher, the publisher has a valid token, or the file cannot
                be written.
        """
        if not is_publisher(publisher):
            raise InputError(
                f"{publisher!r} cannot be the name of a publisher, which is the first segment in the paths of its "
                "graphs, such as trondheim"
            )
        token = _PREFIX + secrets.token_urlsafe(32)
        with self._changing():
            records = self.records()
            if any(each.publisher == publisher and each.withdrawn is None for each in records):
                raise InputError(
                    f"has a token for {publisher} already; withdraw it first: plangraf token withdraw {publisher}",
                    self._path,
                )
            record = TokenRecord(
                publisher=publisher, sha256=token_digest(token), ending=token[-_ENDING:], made=_now()
            )
            self._write((*records, record))
        return token

    def withdraw(self, publisher: str) -> TokenRecord:
        """Withdraw the token of a publisher, which is refused from now on, and return what is known of it.

        Raises:
            InputError: the publisher has no valid token, or the file cannot be written.
        """
        with self._changing():
            records = self.records()
            valid = next((each for each in records if each.publisher == publisher and each.withdrawn is None), None)
            if valid is None:
                raise InputError(f"has no token for {publisher}; plangraf token list shows all", self._path)
            withdrawn = valid.model_copy(update={"withdrawn": _now()})
            self._write(tuple(withdrawn if each is valid else each for each in records))
        return withdrawn

    def owner(self, digest: str) -> TokenRecord | None:
        """Return what is known of the valid token with this digest, or None.

        The time that it takes does not depend on how much of the digest is right.

        Raises:
            InputError: the file cannot be read.
        """
        found = None
        for record in self.records():
            if hmac.compare_digest(record.sha256, digest) and record.withdrawn is None:
                found = record
        return found

    @contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise InputError(f"cannot be opened: {error.strerror}", self._folder) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _write(self, records: tuple[TokenRecord, ...]) -> None:
        try:
            descriptor, name = tempfile.mkstemp(prefix=f".{TOKENS}-", dir=self._folder)  # with mode 600
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_Tokens(tokens=records).model_dump_json(indent=2).encode() + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self._path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
            synchronize_folder(self._folder)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", self._path) from error


def token_digest(token: str) -> str:
    """Return the hash under which the file knows a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
