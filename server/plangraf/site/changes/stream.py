"""The changes as a Linked Data Event Stream (https://w3id.org/ldes/specification).

Its members are versions of things. They are numbered, so they are divided into pages that never change once they are
full. The stream and its members have canonical IRIs; the pages are where the client has asked for them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox

from plangraf.linkeddata.addresses import Addresses, document_iri, with_release
from plangraf.linkeddata.triples import about, date_time, nodes, term, triple
from plangraf.namespaces import expand, fragment
from plangraf.release.change_reader import ChangeReader
from plangraf.release.changes import ChangeKind, RecordedSwitch, ThingChange
from plangraf.view.timeline import CHANGES_PATH, switch_path
from plangraf.vocabulary import KINDS

SIZE = 250
"""The number of members on a page."""
_LATEST = 100
"""The number of the latest pages that the entry point links to; the first page leads to the others."""
STREAM = document_iri(CHANGES_PATH)
_TITLES = (
    ox.Literal("Endringer i planene", language="nb"),
    ox.Literal("Changes of the plans", language="en"),
)
_TYPES: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "as:Create",
    ChangeKind.CHANGED: "as:Update",
    ChangeKind.WITHDRAWN: "as:Delete",
    ChangeKind.RETURNED: "as:Create",
}
_CLASSES = {kind.key: kind.classes[0] for kind in KINDS if kind.classes}
_SHAPE = f"{STREAM}#member"
_PROPERTIES = (
    ("dct:isVersionOf", ("sh:nodeKind", "sh:IRI")),
    ("prov:generatedAtTime", ("sh:datatype", "xsd:dateTime")),
    ("dct:identifier", ("sh:datatype", "xsd:integer")),
)


@dataclass(frozen=True)
class StreamPage:
    """A page of the stream: its number, from 1, and the time of its first member."""

    number: int
    since: datetime


@dataclass(frozen=True)
class StreamMembers:
    """The members on a page of the stream.

    Attributes:
        page: the page.
        changes: the changes, in their order.
        switches: the switches that made them, by number.
        following: the next page, or None if this is the last one, to which members may still be added.
    """

    page: StreamPage
    changes: tuple[ThingChange, ...]
    switches: Mapping[int, RecordedSwitch]
    following: StreamPage | None


def member_iri(change: ThingChange) -> str:
    """Return the IRI of a member of the stream, which is a version of a thing."""
    return document_iri(f"{switch_path(change.switch)}#{fragment(change.iri)}")


def read_pages(log: ChangeReader) -> list[StreamPage]:
    """Return the pages that the entry point links to, the latest first."""
    latest = -(-log.last // SIZE)
    numbers = [*range(latest, max(1, latest - _LATEST), -1), *([1] if latest else [])]
    return [page for number in numbers if (page := _page(log, number)) is not None]


def read_members(log: ChangeReader, number: int) -> StreamMembers | None:
    """Return the members on a page of the stream, or None if there is no such page."""
    page = _page(log, number)
    if page is None:
        return None
    changes = tuple(log.between((number - 1) * SIZE + 1, number * SIZE))
    found = (log.switch(switch) for switch in {change.switch for change in changes})
    switches = {switch.number: switch for switch in found if switch is not None}
    return StreamMembers(page, changes, switches, _page(log, number + 1))


def describe_stream(node: str, pages: Iterable[StreamPage], address: Callable[[int], str]) -> list[ox.Triple]:
    """Return the entry point of the stream.

    Args:
        node: the address of the entry point, as the client has asked for it.
        pages: the pages that it links to.
        address: returns the address of a page by its number.
    """
    triples = list(
        about(
            STREAM,
            ("rdf:type", [term("ldes:EventStream")]),
            ("dct:title", _TITLES),
            ("tree:view", nodes((node,))),
            ("tree:shape", nodes((_SHAPE,))),
            ("ldes:timestampPath", [term("prov:generatedAtTime")]),
            ("ldes:sequencePath", [term("dct:identifier")]),
            ("ldes:versionOfPath", [term("dct:isVersionOf")]),
            ("ldes:versionCreateObject", [term("as:Create")]),
            ("ldes:versionUpdateObject", [term("as:Update")]),
            ("ldes:versionDeleteObject", [term("as:Delete")]),
        )
    )
    triples.append(triple(node, "rdf:type", term("tree:Node")))
    for page in pages:
        triples += _relation(node, page, address(page.number))
    return [*triples, *_shape()]


def describe_members(
    node: str, members: StreamMembers, address: Callable[[int], str], addresses: Addresses
) -> list[ox.Triple]:
    """Return a page of the stream.

    Args:
        node: the address of the page, as the client has asked for it.
        members: the members on it.
        address: returns the address of a page by its number.
        addresses: the addresses of things.
    """
    triples = [
        triple(STREAM, "rdf:type", term("ldes:EventStream")),
        triple(STREAM, "void:subset", ox.NamedNode(node)),
        triple(node, "rdf:type", term("tree:Node")),
    ]
    for change in members.changes:
        member = member_iri(change)
        triples.append(triple(STREAM, "tree:member", ox.NamedNode(member)))
        triples += _describe(member, change, members.switches[change.switch], addresses)
    if members.following is not None:
        immutable = ox.Literal("true", datatype=term("xsd:boolean"))
        triples.append(triple(node, "ldes:immutable", immutable))
        triples += _relation(node, members.following, address(members.following.number))
    return triples


def _page(log: ChangeReader, number: int) -> StreamPage | None:
    since = log.time_of((number - 1) * SIZE + 1) if number > 0 else None
    return None if since is None else StreamPage(number, since)


def _relation(node: str, page: StreamPage, address: str) -> Iterator[ox.Triple]:
    relation = f"{node}#page-{page.number}"
    yield triple(node, "tree:relation", ox.NamedNode(relation))
    yield from about(
        relation,
        ("rdf:type", [term("tree:GreaterThanOrEqualToRelation")]),
        ("tree:node", nodes((address,))),
        ("tree:path", [term("prov:generatedAtTime")]),
        ("tree:value", date_time(page.since)),
    )


def _describe(member: str, change: ThingChange, switch: RecordedSwitch, addresses: Addresses) -> Iterator[ox.Triple]:
    path, gone = addresses.document_path(change.iri), change.change == ChangeKind.WITHDRAWN
    version = with_release(document_iri(path), switch.release) if path and not gone else None
    labels = sorted(change.labels.items())
    yield from about(
        member,
        ("rdf:type", [term(_TYPES[change.change])]),
        ("dct:isVersionOf", nodes((change.iri,))),
        ("prov:generatedAtTime", date_time(switch.time)),
        ("prov:wasGeneratedBy", nodes((document_iri(switch_path(switch.number)),))),
        ("dct:identifier", [ox.Literal(change.sequence)]),
        ("dct:type", nodes((_CLASSES[change.kind],) if change.kind in _CLASSES else ())),
        ("skos:notation", [ox.Literal(change.notation)] if change.notation else []),
        ("rdfs:label", [ox.Literal(text, language=tag or None) for tag, text in labels]),
        ("dct:isPartOf", nodes((change.plan,) if change.plan else ())),
        ("dcat:version", [ox.Literal(switch.release)]),
        ("rdfs:seeAlso", nodes((version,) if version else ())),
    )


def _shape() -> Iterator[ox.Triple]:
    one = ox.Literal(1)
    yield triple(_SHAPE, "rdf:type", term("sh:NodeShape"))
    for name, (constraint, value) in _PROPERTIES:
        path = f"{_SHAPE}-{name.partition(':')[2]}"
        yield triple(_SHAPE, "sh:property", ox.NamedNode(path))
        yield from about(
            path,
            ("sh:path", [term(name)]),
            ("sh:minCount", [one]),
            ("sh:maxCount", [one]),
            (constraint, [ox.NamedNode(expand(value))]),
        )
