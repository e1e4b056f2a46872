import orjson
import pytest

from plangraf.engine.errors import (
    EngineError,
    EngineUnavailable,
    FormNotAcceptable,
    QuerySyntax,
    QueryTimeout,
    TooManyQueries,
)
from plangraf.engine.frames import pack_error, unpack_error


@pytest.mark.parametrize(
    "error",
    [
        QuerySyntax("expected “}”", "end", 2, 5),
        FormNotAcceptable(graph=True),
        QueryTimeout(0.5),
        TooManyQueries(4, 32),
        EngineUnavailable(),
    ],
    ids=str,
)
def test_an_error_crosses_to_another_process_with_its_facts(error: EngineError) -> None:
    received = unpack_error(orjson.loads(orjson.dumps(pack_error(error))))
    assert type(received) is type(error)
    assert repr(received) == repr(error)
