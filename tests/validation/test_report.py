from pathlib import Path

import pytest
from rdflib import SH

from plangraf.validation.result import Location, Severity


@pytest.mark.parametrize("severity", Severity)
def test_a_severity_is_known_by_its_iri(severity: Severity) -> None:
    assert severity.iri == f"{SH}{severity.value}"
    assert Severity.of(severity.iri) == severity


def test_a_severity_that_shacl_does_not_know_is_a_violation() -> None:
    assert Severity.of("https://example.org/Catastrophe") == Severity.VIOLATION


def test_a_location_is_written_as_editors_read_it() -> None:
    assert str(Location(Path("plan.ttl"), 7)) == "plan.ttl:7"
    assert str(Location(Path("plan.jsonld"), None)) == "plan.jsonld"
