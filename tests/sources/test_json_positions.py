"""The lines of JSON-LD documents: how much work it is to find them."""

import sys
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from plangraf.sources import json_positions
from plangraf.sources.json_positions import json_lines

if TYPE_CHECKING:
    from _typeshed import TraceFunction


def _count_lines(data: bytes) -> int:
    """Return how many lines of `json_positions` run while the lines of a document are found."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> "TraceFunction | None":
        nonlocal count
        if frame.f_code.co_filename != json_positions.__file__:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        json_lines(data)
    finally:
        sys.settrace(before)
    return count


def _array(entry: str, number: int) -> str:
    return "[" + ",\n".join(entry.replace("N", str(each)) for each in range(number)) + "]"


def _nested(number: int) -> str:
    """Return objects in one another."""
    return "".join(f'{{"@id": "http://e.org/{n}", "http://e.org/p":\n' for n in range(number)) + "1" + "}" * number


def _document(form: str, number: int) -> bytes:
    if form == "nested":
        return _nested(number).encode()
    if form == "outer":
        return (
            f'{{"@id": "http://e.org/o", "http://e.org/p": {_array(ENTRIES["named"], number)},'
            f' "http://e.org/q": {_array(ENTRIES["value"], number)}}}'
        ).encode()
    return _array(ENTRIES[form], number).encode()


ENTRIES = {
    "blank": '{"http://e.org/p": "vN", "http://e.org/q": {"http://e.org/r": "wN"}}',
    "same value": '{"http://e.org/p": "v", "http://e.org/q": {"http://e.org/r": "v"}}',
    "named": '{"@id": "http://e.org/N", "http://e.org/p": "v", "http://e.org/q": {"@id": "http://e.org/x"}}',
    "same name": '{"@id": "http://e.org/a", "http://e.org/p": "vN", "http://e.org/q": {"http://e.org/r": "wN"}}',
    "two names": '{"@id": "http://e.org/a", "http://e.org/p": {}}, {"@id": "http://e.org/b", "http://e.org/p": "vN"}',
    "value": '"vN"',
}


@pytest.mark.parametrize("form", [*(form for form in ENTRIES if form != "value"), "outer", "nested"])
def test_four_times_the_entries_are_about_four_times_the_work(form: str) -> None:
    number = 20 if form == "nested" else 100
    assert _count_lines(_document(form, 4 * number)) < 5 * _count_lines(_document(form, number))


def test_the_values_of_blank_nodes_are_taken_in_their_order() -> None:
    entry = '{"http://e.org/p": "same",\n"http://e.org/q": {"http://e.org/r": "wN"}}'
    lines = json_lines(_array(entry, 3).encode())
    assert [line.value for line in lines] == [1, 2, 2, 3, 4, 4, 5, 6, 6]


def test_a_value_is_looked_for_in_every_object_that_names_the_subject() -> None:
    text = (
        '[{"@id": "http://e.org/a", "http://e.org/p": "x"},\n'
        '{"@id": "http://e.org/b", "http://e.org/p": "y"},\n'
        '{"@id": "http://e.org/a", "http://e.org/p": "y"}]'
    )
    assert sorted(line.value or 0 for line in json_lines(text.encode())) == [1, 2, 3]
