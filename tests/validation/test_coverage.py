"""What a report says that the data hold."""

from pathlib import Path

from plangraf.sources.dataset import read_dataset
from plangraf.validation.coverage import find_coverage
from plangraf.validation.shapes import Shapes

DATA = """
@prefix plan: <https://w3id.org/plangraf/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://e.example/> .
<value> a plan:ControlledValue , skos:Concept ; skos:inScheme <values> .
<theme> a skos:Concept ; skos:inScheme <themes> .
"""


def test_the_values_of_a_vocabulary_are_no_concepts_of_the_data(tmp_path: Path, shapes: Shapes) -> None:
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    coverage = find_coverage(read_dataset([tmp_path]), (), shapes)
    assert coverage.kinds == {"concepts": 1}
