"""Withdrawal of a plan, or of all plans of a publisher: what is left says when, why, and what replaced it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.formats import N_TRIPLES
from plangraf.namespaces import GRAPH, ID, expand, is_derived_graph
from plangraf.rdf.well_formed import is_language_tag, is_web_address
from plangraf.release.carried import CarriedGraphs, carry_over
from plangraf.release.parts import Progress
from plangraf.release.placement import Placement
from plangraf.release.publish import Publication, publish_placement, recovered
from plangraf.release.records import PartRecord, PreviousRelease
from plangraf.release.state import StateFolder, Switch
from plangraf.release.write import MakeFiles, no_files
from plangraf.release.writer_lock import writer_lock
from plangraf.sources.dataset import ListedFile
from plangraf.sources.file_in_memory import FileInMemory
from plangraf.sources.reference import list_reference
from plangraf.uri_spaces import URI_SPACE

_LABELS = tuple(ox.NamedNode(expand(name)) for name in ("skos:prefLabel", "dct:title", "dct:publisher"))
_RIGHTS = tuple(ox.NamedNode(expand(name)) for name in ("dct:license", "dct:creator"))
DEPRECATED = ox.NamedNode(expand("owl:deprecated"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_SPACE = ox.NamedNode(URI_SPACE)
_NOTICE = Path("notice of the withdrawal")
"""The name of the notice in reports about it."""
_MOST_NAMES = 5
"""The number of names that are offered for one that is not published."""


class ReplacementError(InputError):
    """The replacement of something is not published.

    Attributes:
        iri: its IRI.
    """

    def __init__(self, iri: str) -> None:
        super().__init__(
            f"--replaced-by names {iri}, which nothing describes after the withdrawal: check the spelling, "
            "or publish it first"
        )
        self.iri = iri


def withdraw(
    name: str,
    folder: Path,
    switch: Switch,
    replaced_by: str | None = None,
    language: str = "nb",
    progress: Progress | None = None,
    make_files: MakeFiles = no_files,
) -> Publication:
    """Withdraw a plan, or a publisher with all plans.

    Args:
        name: the publisher, or publisher and plan with a slash between them, as in their graphs.
        folder: the state folder.
        switch: what the history says of the switch; its message is the reason.
        replaced_by: the IRI of what replaces it.
        language: the language of the reason.
        progress: called with the number of finished parts and the total.
        make_files: writes the files that are made from the quads, such as the search index.

    Raises:
        InputError: nothing of this name is published, it is reference data, the reason, its language or the IRI
            cannot be used, or the state folder cannot.
        NonconformingError: the release would violate the shapes, as when other plans refer to what is withdrawn.
        StateLockedError: another process changes the state folder.
    """
    _check(name, switch.message, replaced_by, language)
    with writer_lock(folder, switch.action):
        state = recovered(folder)
        graph = GRAPH + name
        return withdraw_graphs(
            graph, lambda each: _belongs(graph, each), state, switch, replaced_by, language, progress, make_files
        )


def withdraw_graphs(
    graph: str,
    is_withdrawn: Callable[[str], bool],
    state: StateFolder,
    switch: Switch,
    replaced_by: str | None = None,
    language: str = "nb",
    progress: Progress | None = None,
    make_files: MakeFiles = no_files,
) -> Publication:
    """Withdraw graphs; the caller holds the lock of the state folder.

    Args:
        graph: the IRI of the graph that says afterwards what has been withdrawn, if anything that was published is
            described nowhere else.
        is_withdrawn: returns whether the graph with this IRI is withdrawn.
        state: the state folder.
        switch: what the history says of the switch; its message is the reason.
        replaced_by: the IRI of what replaces them.
        language: the language of the reason.
        progress: called with the number of finished parts and the total.
        make_files: writes the files that are made from the quads, such as the search index.

    Raises:
        InputError: no such graph is published, or the state folder cannot be used.
        NonconformingError: the release would violate the shapes, as when other plans refer to what is withdrawn.
    """
    name = graph.removeprefix(GRAPH)
    previous = PreviousRelease.open(state.path)
    published = carry_over(previous.quads, previous.records.values(), (), lambda each: not is_withdrawn(each)).files
    if not published:
        raise InputError(f"has no {name}; {_nearest(name, _graphs(previous))}", state.path)
    marked = (ox.NamedNode(graph), DEPRECATED)
    if any((quad.subject, quad.predicate) == marked for file in published for quad in file.read().quads):
        raise InputError(f"{name} has been withdrawn before; publish it again to end that", state.path)
    gone = frozenset(each for file in published for each in file.graphs)
    part = [record for record in previous.records.values() if not gone.isdisjoint(record.counts.graphs)]
    staying = carry_over(previous.quads, part, (), is_withdrawn).files
    others = [record for record in previous.records.values() if record not in part]
    spaces = [space for record in previous.records.values() for space in record.index.uri_spaces.values()]
    lost = _lost(published, staying, others, spaces)
    if "/" not in name and not staying:
        lost = list(dict.fromkeys([ID + name, *lost]))
    if lost:
        lost = [graph, *(iri for iri in lost if not iri.startswith(GRAPH))]
    if replaced_by is not None and replaced_by.startswith((ID, GRAPH, *spaces)):
        _check_described(replaced_by, staying, others)
    files: tuple[ListedFile, ...] = ()
    if lost:
        text = _notice(graph, name, published, lost, switch.message, replaced_by, language)
        files = (
            FileInMemory(path=_NOTICE, graph=graph, placed=True, data=text.encode(), format=N_TRIPLES, base=graph),
        )
    placement = Placement(files, frozenset(), gone | {graph})
    return publish_placement(placement, state, switch, progress, make_files, previous)


def _check_described(iri: str, staying: Iterable[CarriedGraphs], others: Iterable[PartRecord]) -> None:
    """Refuse a replacement that is not published.

    Args:
        iri: the IRI of the replacement.
        staying: the graphs that stay of the parts from which something is withdrawn.
        others: the records of the other parts.

    Raises:
        ReplacementError: nothing that stays describes it.
    """
    described = any(record.index.describes(iri) for record in others) or any(
        iri in _subjects(file, (iri,)) for file in staying
    )
    if not described:
        raise ReplacementError(iri)


def _check(name: str, because: str, replaced_by: str | None, language: str) -> None:
    """Refuse what cannot be said in a notice.

    Raises:
        InputError: the name is that of reference data, or the reason, its language or the IRI cannot be used.
    """
    if GRAPH + name in {file.graph for file in list_reference()}:
        raise InputError(f"{name} is reference data, which every release has, and cannot be withdrawn")
    if not because.strip():
        raise InputError("the reason is missing: say why it is withdrawn")
    if not is_language_tag(language):
        raise InputError(f"{language!r} is not the tag of a language, such as nb")
    if replaced_by is not None and not is_web_address(replaced_by):
        raise InputError(f"what replaces it is named by an absolute IRI with http or https, not by {replaced_by!r}")


def _lost(
    published: Iterable[CarriedGraphs],
    staying: Iterable[CarriedGraphs],
    others: Sequence[PartRecord],
    spaces: Iterable[str],
) -> list[str]:
    """Return the IRIs that only `published` describes, without those below another one of them."""
    prefixes = (ID, GRAPH, *spaces)
    own = {iri for file in published for iri in _subjects(file, prefixes)}
    own -= {iri for file in staying for iri in _subjects(file, prefixes)}
    own = {iri for iri in own if not any(record.index.describes(iri) for record in others)}
    return sorted(iri for iri in own if own.isdisjoint(_above(iri)))


def _above(iri: str) -> Iterator[str]:
    """Yield the IRIs above an IRI, by the slashes in its path."""
    while not (iri := iri.rpartition("/")[0]).endswith("/"):
        yield iri


def _subjects(file: CarriedGraphs, prefixes: tuple[str, ...]) -> set[str]:
    subjects = {quad.subject for quad in file.read().quads}
    return {each.value for each in subjects if isinstance(each, ox.NamedNode) and each.value.startswith(prefixes)}


def _belongs(graph: str, each: str) -> bool:
    return each == graph or each.startswith(f"{graph}/")


def _graphs(previous: PreviousRelease) -> set[str]:
    named = {graph for record in previous.records.values() for graph in record.counts.graphs}
    reference = {file.graph for file in list_reference()}
    return {
        graph for graph in named if graph.startswith(GRAPH) and not is_derived_graph(graph) and graph not in reference
    }


def _nearest(name: str, graphs: Iterable[str]) -> str:
    """Return which names of what is published are nearest to one that is not, in words."""
    names = {graph.removeprefix(GRAPH) for graph in graphs}
    names |= {each.partition("/")[0] for each in names}
    written = {each.casefold(): each for each in sorted(names)}
    found = get_close_matches(name.casefold(), written, _MOST_NAMES)
    if not found:
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        return f"published are: {', '.join(sorted(names)[:_MOST_NAMES]) or 'nothing'}{more}"
    return f"the nearest names are: {', '.join(written[each] for each in found)}"


def _notice(
    graph: str,
    name: str,
    published: Iterable[CarriedGraphs],
    lost: Iterable[str],
    because: str,
    replaced_by: str | None,
    language: str,
) -> str:
    """Return the statements about what is withdrawn, as N-Triples."""
    quads = [quad for file in published for quad in file.read().quads]
    subject = ox.NamedNode(graph)
    named = {ox.NamedNode(each) for file in published for each in file.graphs}
    rights = [
        ox.Triple(subject, quad.predicate, quad.object)
        for quad in quads
        if quad.subject in named and quad.predicate in _RIGHTS
    ]
    # The addresses of a publisher who goes are still those of what is withdrawn.
    declared = [quad.triple for quad in quads if quad.predicate == _SPACE and quad.graph_name == subject]
    triples = [
        *declared,
        ox.Triple(subject, _TYPE, ox.NamedNode(expand("prov:Entity"))),
        ox.Triple(subject, ox.NamedNode(expand("plan:graphRole")), ox.NamedNode(expand("plan:Reference"))),
        ox.Triple(subject, ox.NamedNode(expand("dct:title")), ox.Literal(f"Trukket tilbake: {name}", language="nb")),
        ox.Triple(subject, ox.NamedNode(expand("dct:title")), ox.Literal(f"Withdrawn: {name}", language="en")),
        *rights,
    ]
    now = ox.Literal(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=ox.NamedNode(expand("xsd:dateTime")))
    yes = ox.Literal("true", datatype=ox.NamedNode(expand("xsd:boolean")))
    for iri in lost:
        thing = ox.NamedNode(iri)
        if thing != subject:  # the graph of the notice has a title of its own
            triples += [quad.triple for quad in quads if quad.subject == thing and quad.predicate in _LABELS]
        triples += [
            ox.Triple(thing, DEPRECATED, yes),
            ox.Triple(thing, ox.NamedNode(expand("skos:changeNote")), ox.Literal(because, language=language)),
            ox.Triple(thing, ox.NamedNode(expand("prov:invalidatedAtTime")), now),
        ]
        if replaced_by is not None:
            triples.append(ox.Triple(thing, ox.NamedNode(expand("dct:isReplacedBy")), ox.NamedNode(replaced_by)))
    return "".join(f"{triple} .\n" for triple in dict.fromkeys(triples))
