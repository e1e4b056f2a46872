import importlib
import pkgutil
from pathlib import Path

import orjson
import pytest
from tests.drawn import below, drawn

import plangraf
from plangraf import errors
from plangraf.engine import errors as engine_errors
from plangraf.engine.errors import EngineError
from plangraf.errors import (
    AddressInUseError,
    InputError,
    NonconformingError,
    PlangrafError,
    RequestError,
    ResourceNotFound,
    pack,
    unpack,
)
from plangraf.languages import N_


def test_the_drawn_tree_has_every_class() -> None:
    for module in pkgutil.walk_packages(plangraf.__path__, "plangraf."):
        importlib.import_module(module.name)
    drawn_elsewhere = {error.__name__ for error in below(EngineError)}
    assert set(drawn(errors.__doc__)) | drawn_elsewhere == {
        PlangrafError.__name__,
        *(error.__name__ for error in below(PlangrafError)),
    }
    assert set(drawn(errors.__doc__)).isdisjoint(drawn_elsewhere)


def test_the_drawn_tree_of_the_engine_has_every_class() -> None:
    assert set(drawn(engine_errors.__doc__)) == {
        EngineError.__name__,
        *(error.__name__ for error in below(EngineError)),
    }


def test_the_drawn_tree_has_every_exit_code() -> None:
    assert {name: code for name, code in drawn(errors.__doc__).items() if code} == {
        error.__name__: f"exit {error.exit_code}" for error in (InputError, NonconformingError, AddressInUseError)
    }


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (InputError("is bad"), "is bad"),
        (InputError("is bad", Path("a.ttl")), "a.ttl: is bad"),
        (InputError("is bad", Path("a.ttl"), 3), "a.ttl:3: is bad"),
        (InputError("is bad", Path("a.ttl"), 3, 14), "a.ttl:3:14: is bad"),
    ],
)
def test_an_input_error_begins_with_its_place(error: InputError, expected: str) -> None:
    assert str(error) == expected
    assert error.message == "is bad"


def test_a_taken_address_says_what_to_do() -> None:
    assert "port 8000 on 127.0.0.1 is in use" in str(AddressInUseError("127.0.0.1", 8000))
    assert "--port" in str(AddressInUseError("127.0.0.1", 8000))


def test_nonconforming_data_carry_their_report() -> None:
    assert NonconformingError("a report").report_text == "a report"
    assert NonconformingError("a report").exit_code == 1


def test_requests_that_cannot_be_answered_share_nothing() -> None:
    why = N_("There is nothing at {path}.")
    ResourceNotFound(why, path="/").members["line"] = 1
    assert ResourceNotFound(why, path="/").members == {}


@pytest.mark.parametrize("kind", sorted(below(RequestError), key=str))
def test_a_request_error_crosses_to_another_process_with_its_values(kind: type[RequestError]) -> None:
    sent = kind(N_("There is nothing at {path}."), path="{ø}", members={"line": 3})
    received = unpack(orjson.loads(orjson.dumps(pack(sent))))
    assert type(received) is kind
    assert (received.values, received.members) == ({"path": "{ø}"}, {"line": 3})
    assert str(received) == "There is nothing at {ø}."
