"""Documents of the older model for the tests, and what they should say after the migration."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from plangraf.formats import TURTLE, Format
from plangraf.migration.facts import Facts
from plangraf.migration.migrate import MigratedFile, MigrationSource, migrate
from plangraf.namespaces import PREFIXES

DECLARED = ("plan", "dct", "foaf", "owl", "prov", "rdf", "skos", "sssom", "xsd")
HEAD = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in DECLARED)
HEAD += "@prefix ex: <http://example.org/> .\n"
"""The prefixes of most documents of the tests; `pav` is not among them."""
BASE = "http://example.org/"

_PREFIXES = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items())
_UPDATES = (
    "DELETE { ?s plan:inPlan ?o } INSERT { ?s skos:inScheme ?o } WHERE { ?s plan:inPlan ?o }",
    "DELETE { ?s sssom:mapping_date ?o } INSERT { ?s pav:authoredOn ?o } WHERE { ?s sssom:mapping_date ?o }",
    "DELETE { ?s plan:wording plan:Superseded } INSERT { ?s plan:wording plan:SupersededWording } "
    "WHERE { ?s plan:wording plan:Superseded }",
    "DELETE { ?s prov:wasRevisionOf ?o } INSERT { ?s dct:replaces ?o } WHERE { ?s a plan:Plan ; "
    "prov:wasRevisionOf ?o FILTER (!isLiteral(?o)) FILTER (NOT EXISTS { ?o a ?any } || EXISTS { ?o a ?kind "
    "FILTER (?kind IN (plan:Plan, skos:ConceptScheme, prov:Entity, prov:Plan)) }) }",
    "DELETE { ?s prov:wasDerivedFrom ?o } INSERT { ?s foaf:page ?o } WHERE { ?s a plan:Plan ; prov:wasDerivedFrom ?o "
    "FILTER (!isLiteral(?o)) FILTER NOT EXISTS { ?o a plan:Plan } }",
    "DELETE { ?s dct:issued ?o } INSERT { ?s dct:dateAccepted ?o } WHERE { ?s a plan:Plan ; dct:issued ?o ; "
    "prov:wasGeneratedBy/dct:date ?o FILTER NOT EXISTS { ?s dct:dateAccepted ?any } }",
    "INSERT { ?e plan:eventType plan:Adoption } WHERE { ?s a plan:Plan ; prov:wasGeneratedBy ?e . ?e a prov:Activity "
    "FILTER NOT EXISTS { ?e plan:eventType ?any } }",
)


def migrated(text: str | bytes, rdf_format: Format = TURTLE, facts: Facts | None = None) -> MigratedFile:
    """Return a document after the migration, which knows no more than it says unless facts are given."""
    content = text if isinstance(text, bytes) else text.encode()
    source = MigrationSource(Path(f"a.{rdf_format.extension}"), content, rdf_format, BASE)
    if facts is None:
        facts = Facts()
        facts.add(source.quads())
    return migrate(source, facts)


def said(content: bytes, rdf_format: Format = TURTLE) -> set[ox.Quad]:
    """Return what a document says, whatever the labels of its blank nodes."""
    return _canonical(ox.parse(content, format=_of(rdf_format), base_iri=BASE))


def written(quads: Iterable[ox.Quad], rdf_format: Format) -> bytes:
    """Return statements as a document."""
    content = ox.serialize(quads, format=_of(rdf_format))
    assert content is not None
    return content


def updated(content: bytes, rdf_format: Format = TURTLE) -> set[ox.Quad]:
    """Return what a document without named graphs should say after the migration: the rewrites as SPARQL Update."""
    store = ox.Store()
    store.load(content, format=_of(rdf_format), base_iri=BASE)
    for update in _UPDATES:
        store.update(f"{_PREFIXES} {update}")
    return _canonical(store)


def _of(rdf_format: Format) -> ox.RdfFormat:
    found = ox.RdfFormat.from_media_type(rdf_format.media_type)
    assert found is not None
    return found


def _canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)
