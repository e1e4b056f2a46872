import stat
from pathlib import Path

import orjson
import pytest

from plangraf.errors import InputError
from plangraf.publishing.tokens import TOKENS, TokenFile, token_digest
from plangraf.release.layout import LAYOUT


def test_a_token_is_known_by_its_hash_alone(tmp_path: Path) -> None:
    tokens = TokenFile(tmp_path / "state")
    token = tokens.make("vik")
    content = (tmp_path / "state" / TOKENS).read_text(encoding="utf-8")
    assert token not in content
    [record] = orjson.loads(content)["tokens"]
    assert record["sha256"] == token_digest(token)
    assert record["ending"] == token[-4:]
    owner = tokens.owner(token_digest(token))
    assert owner is not None
    assert owner.publisher == "vik"
    assert tokens.owner(token_digest(token + "x")) is None


def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    TokenFile(tmp_path).make("vik")
    assert stat.S_IMODE((tmp_path / TOKENS).stat().st_mode) == 0o600


def test_a_withdrawn_token_is_not_known_and_another_can_be_made(tmp_path: Path) -> None:
    tokens = TokenFile(tmp_path)
    first = tokens.make("vik")
    with pytest.raises(InputError, match="withdraw it first"):
        tokens.make("vik")
    assert tokens.withdraw("vik").withdrawn is not None
    assert tokens.owner(token_digest(first)) is None
    second = tokens.make("vik")
    assert tokens.owner(token_digest(first)) is None
    assert tokens.owner(token_digest(second)) is not None
    assert [record.withdrawn is None for record in tokens.records()] == [False, True]


def test_a_publisher_without_a_token_has_none_to_withdraw(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no token for vik"):
        TokenFile(tmp_path).withdraw("vik")


@pytest.mark.parametrize("name", ["", "..", "vik/havna", "vik ", "derived", "v%69k", "v\u0131k", "vik\n", "a\u030a"])
def test_a_name_that_no_publisher_has_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name of a publisher"):
        TokenFile(tmp_path).make(name)


def test_a_damaged_file_is_an_error_and_no_empty_list(tmp_path: Path) -> None:
    (tmp_path / TOKENS).write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="is not a file of tokens"):
        TokenFile(tmp_path).owner("0" * 64)


def test_a_folder_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LAYOUT).write_text('{"layout": 99}', encoding="utf-8")
    with pytest.raises(InputError, match="layout 99"):
        TokenFile(tmp_path).make("vik")
    assert not (tmp_path / TOKENS).exists()
