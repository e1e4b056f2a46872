"""Every shipped shape, rule and hint has a valid and an invalid example, and finds what it should.

An example takes the place of what `shapes/examples/plan.ttl` says of the same things.
"""

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.validation.shipped_names import names_with_a_message

from plangraf import shipped
from plangraf.namespaces import ID, ONTOLOGY, PREFIXES, SDG, SDG_SCHEME
from plangraf.sources.dataset import ListedFile, read_dataset
from plangraf.sources.reference import list_reference
from plangraf.validation.derive import derive
from plangraf.validation.examples import read_examples
from plangraf.validation.report import Report
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate

NAMES = sorted(place.name for place in shipped.EXAMPLES.iterdir() if place.is_dir())

# The same mistake seen from two sides: a core shape says that something is missing, a rule where it was put instead.
COMPANIONS = {"Claim-property": {"ClaimedLink"}, "Claim-target": {"ClaimedLink"}}
SDGS = r"1|1\.a|C010a03|11|11\.6|C11060[123]|13|ontology#tier_I|13\.1|13\.2"


def report_on(example: Path, shapes: Shapes) -> Report:
    """Return the report on an example, in the midst of the plan that it changes and the SDGs."""
    dataset = read_dataset([example])
    changed = {quad.subject for quad in dataset.quads()}
    kept = [quad for quad in (*plan(), *reference()) if quad.subject not in changed]
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in (*dataset.quads(), *kept, *ontology()))
    derive(store)
    return validate(dataset, store, shapes)


@cache
def plan() -> tuple[ox.Quad, ...]:
    """Return the plan that the examples change."""
    return tuple(read_dataset([shipped.EXAMPLES / "plan.ttl"]).quads())


@cache
def ontology() -> tuple[ox.Quad, ...]:
    """Return the ontology."""
    return tuple(ListedFile(shipped.ONTOLOGY, ONTOLOGY).read().quads)


@cache
def reference() -> list[ox.Quad]:
    """Return of the reference data what the examples mention alone, to be quick."""
    described = re.compile(rf"<({SDG}({SDGS})|{SDG_SCHEME}|{ID}plangraf)>")
    quads = [quad for file in list_reference() for quad in file.read().quads]
    return [quad for quad in quads if described.fullmatch(str(quad.subject))]


def shapes_of(report: Report) -> set[str]:
    return {str(result.shape).removeprefix(PREFIXES["psh"]) for result in report.results}


def test_every_shape_with_a_message_has_its_examples_and_nothing_else_has(shapes: Shapes) -> None:
    assert set(NAMES) == names_with_a_message(shapes)
    assert set(read_examples(shipped.EXAMPLES)) == set(NAMES)


def test_the_plan_of_the_examples_has_no_result(shapes: Shapes) -> None:
    assert shapes_of(report_on(shipped.EXAMPLES / "plan.ttl", shapes)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_valid_example_has_no_result(name: str, shapes: Shapes) -> None:
    assert shapes_of(report_on(shipped.EXAMPLES / name / "valid.ttl", shapes)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_invalid_example_is_found_by_its_own_shape(name: str, shapes: Shapes) -> None:
    report = report_on(shipped.EXAMPLES / name / "invalid.ttl", shapes)
    assert shapes_of(report) == {name} | COMPANIONS.get(name, set())
    for result in report.results:
        assert set(result.messages) == {"nb", "en"}
        assert result.location is not None
        assert not any("{?" in message for message in result.messages.values())
