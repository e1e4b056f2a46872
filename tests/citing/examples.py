"""Citations to test with, made from a few statements."""

from datetime import UTC, datetime

import pyoxigraph as ox

from plangraf import settings
from plangraf.citing.citation import Citation, Citations
from plangraf.languages import InterfaceLanguage
from plangraf.linkeddata.datasets import find_datasets
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import BASE, GRAPH, ID, PREFIXES
from plangraf.release.release import Counts, Manifest

RELEASE = "0123456789ab"
BUILT = datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC)
PLAN = """
<graph/by/plan> plan:graphRole plan:PublishersText ; foaf:primaryTopic <id/by/plan> ; dct:creator <id/maker> ;
  dct:title "Planen, skrevet av"@nb ; dct:license <http://e.org/licence> .
<id/by/plan> a plan:Plan, skos:ConceptScheme ; skos:prefLabel "Byløftet"@nb, "The City Promise"@en ;
  dct:title "Kommuneplanens samfunnsdel"@nb ; dct:publisher <id/by> .
<id/by> foaf:name "By kommune"@nb, "By municipality"@en ; rdfs:label "By kommune"@nb, "By municipality"@en .
<id/maker> rdfs:label "Avskriveren"@nb .
<id/by/plan/goal/1.1> a plan:Goal ; skos:inScheme <id/by/plan> ; skos:notation "1.1" ; skos:prefLabel "Grønn by"@nb .
"""


def statements(turtle: str) -> Statements:
    """Return the statements of a Turtle document without prefixes, whose IRIs are relative to the canonical base."""
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    parsed = ox.parse(header + turtle, format=ox.RdfFormat.TURTLE, base_iri=f"{BASE}/")
    return Statements(quad.triple for quad in parsed)


def citations(turtle: str = PLAN, *, built: datetime | None = BUILT, **chosen: object) -> Citations:
    """Return the citations of a release with these statements and the one plan `by/plan`."""
    counts = Counts(triples=0, graphs={}, classes={})
    manifest = Manifest(
        release=RELEASE, sha256=RELEASE + 52 * "0", size=0, software="0", built=built, counts=counts, validation={}
    )
    return Citations(find_datasets(statements(turtle), [f"{GRAPH}by/plan"]), manifest, settings.load(**chosen))


def cite(name: str, turtle: str = PLAN, language: InterfaceLanguage = "nb") -> Citation:
    """Return the citation of the thing `name`."""
    return citations(turtle).of_thing(statements(turtle), ID + name, language)
