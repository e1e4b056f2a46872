"""The statements of a release about things that have been withdrawn."""

from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from plangraf.engine.ask import construct
from plangraf.engine.interface import Engine, Query
from plangraf.linkeddata.addresses import document_iri
from plangraf.namespaces import expand

_QUERY = (files(__package__) / "queries" / "withdrawal.rq").read_text(encoding="utf-8")
_DEPRECATED = ox.NamedNode(expand("owl:deprecated"))
_TRUE = ox.Literal("true", datatype=ox.NamedNode(expand("xsd:boolean")))


@dataclass(frozen=True)
class Withdrawal:
    """The withdrawal of something.

    Attributes:
        iri: what is asked for.
        withdrawn: the IRI of what was withdrawn: the same, or something above it; None if the release says nothing.
        triples: what the release says of that, with labels of what it is connected with.
    """

    iri: str
    withdrawn: str | None
    triples: tuple[ox.Triple, ...]

    def document(self, path: str, release: str) -> list[ox.Triple]:
        """Return the document at `path`: that the thing is deprecated, and what is said of the withdrawal."""
        here, about = ox.NamedNode(document_iri(path)), ox.NamedNode(self.iri)
        topic = [
            ox.Triple(here, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("foaf:Document"))),
            ox.Triple(here, ox.NamedNode(expand("foaf:primaryTopic")), about),
        ]
        return [
            *self.triples,
            *([] if self.withdrawn == self.iri else [ox.Triple(about, _DEPRECATED, _TRUE)]),
            *(topic if here != about else []),  # a graph is no document about itself
            ox.Triple(here, ox.NamedNode(expand("dcat:version")), ox.Literal(release)),
        ]


async def find_withdrawal(engine: Engine, iri: str) -> Withdrawal:
    """Return what is said of the withdrawal of `iri`, or of what is nearest above it: one call of the engine."""
    triples = await construct(engine, Query(_QUERY, bindings={"subject": iri}))
    found = [
        triple.subject.value
        for triple in triples
        if triple.predicate == _DEPRECATED and isinstance(triple.subject, ox.NamedNode)
    ]
    nearest = max(found, key=len, default=None)
    others = {each for each in found if each != nearest}
    said = (each for each in triples if not (isinstance(each.subject, ox.NamedNode) and each.subject.value in others))
    return Withdrawal(iri, nearest, tuple(said))
