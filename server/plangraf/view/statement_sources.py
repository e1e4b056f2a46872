"""The sources of single statements, where a thing as a whole is from another page."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.view.reading import Name, Reading, Reference

_LINKS = frozenset(
    map(
        expand,
        (
            *("plan:contributesToSDG", "skos:exactMatch", "skos:closeMatch"),
            *("skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"),
        ),
    )
)
"""The properties of links; what annotates them is a claim."""


@dataclass(frozen=True)
class StatementSource:
    """The sources of one statement: its property, its value as a link or as a text, and the sources."""

    property: Reference
    value: Reference | None
    text: Name | None
    sources: tuple[Reference, ...]


def read_statement_sources(reading: Reading, subject: str) -> list[StatementSource]:
    """Return the sources of single statements about `subject`, sorted by the names of the properties."""
    statements, found = reading.statements, []
    for axiom in statements.subjects(expand("owl:annotatedSource"), subject):
        relation = statements.iri(axiom, expand("owl:annotatedProperty"))
        sources = tuple(reading.references(axiom, "dct:source"))
        claimed = relation in _LINKS or statements.objects(axiom, expand("plan:basis"))
        if relation is None or claimed or not sources:
            continue
        for target in statements.objects(axiom, expand("owl:annotatedTarget")):
            linked = reading.reference(target.value) if isinstance(target, ox.NamedNode) else None
            text = reading.best([target]) if isinstance(target, ox.Literal) else None
            found.append(StatementSource(reading.reference(relation), linked, text, sources))
    return sorted(found, key=lambda source: (source.property.key, source.text.text if source.text else ""))
