"""The publishers of a release: for each IRI of one, the IRI of what the page about it describes.

A publisher may have an IRI in a registry, which is the `dct:publisher` of its plans, and an IRI of its own below
`ID`, which is `owl:sameAs` that of the registry. Both lead to one page.
"""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from plangraf.namespaces import BASE, ID, SDG, expand

_TYPE, _SAME, _PUBLISHER = (ox.NamedNode(expand(name)) for name in ("rdf:type", "owl:sameAs", "dct:publisher"))
_PLAN = ox.NamedNode(expand("plan:Plan"))
_AGENTS = frozenset(ox.NamedNode(expand(name)) for name in ("foaf:Agent", "org:Organization"))


def publishers_among(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Return the publishers in a part: IRIs of publishers, each with the IRI that the page about it describes.

    They are the publishers of the plans, and the organisations of which the part describes an own IRI. An own IRI has
    one segment below `ID`. A part can speak only of what it describes as an organisation or names as a publisher, so
    that no statement about another thing changes its page.
    """
    plans, agents = set[str](), set[str]()
    published: list[tuple[str, str]] = []
    same: list[tuple[str, str]] = []
    for quad in quads:
        value = quad.object
        if not isinstance(value, ox.NamedNode) or not isinstance(quad.subject, ox.NamedNode):
            continue
        relation = quad.predicate
        if relation == _TYPE:
            if value == _PLAN:
                plans.add(quad.subject.value)
            elif value in _AGENTS:
                agents.add(quad.subject.value)
        elif relation == _PUBLISHER:
            published.append((quad.subject.value, value.value))
        elif relation == _SAME and _is_own(quad.subject.value):
            same.append((quad.subject.value, value.value))
    found = {publisher: publisher for subject, publisher in published if subject in plans}
    for own, other in sorted(same, reverse=True):
        if not other.startswith((BASE, SDG)) and (other in found or other in agents):
            found[other] = own
    return dict(sorted(found.items()))


def merge_publishers(parts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the publishers of several parts; an own IRI goes before an IRI that stands for itself."""
    found: dict[str, str] = {}
    for part in parts:
        for publisher, described in part.items():
            if found.get(publisher, publisher) == publisher:
                found[publisher] = described
    return dict(sorted(found.items()))


def _is_own(iri: str) -> bool:
    return iri.startswith(ID) and "/" not in iri.removeprefix(ID)
