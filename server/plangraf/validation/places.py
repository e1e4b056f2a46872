"""The places of statements in the files of a dataset, for the results of a validation."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from rdflib import RDF
from rdflib.namespace import SKOS
from rdflib.term import Literal, Node

from plangraf.formats import SOURCE_FORMATS, by_extension
from plangraf.sources.dataset import SourceFile
from plangraf.sources.listed import CellStatement
from plangraf.sources.positions import statement_lines
from plangraf.sources.recognition import recognize
from plangraf.sources.statement_lines import StatementLine
from plangraf.validation.result import Location
from plangraf.workbook.rows import CellPlace

_Value = tuple[str, str | None]
_Place = int | CellPlace | None

# The derivation of the hierarchy adds each of these to the other.
_INVERSES: Mapping[Node | None, Node] = {
    SKOS.broader: SKOS.narrower,
    SKOS.narrower: SKOS.broader,
    SKOS.hasTopConcept: SKOS.topConceptOf,
    SKOS.topConceptOf: SKOS.hasTopConcept,
}


class ResultPlaces:
    """The places of statements in files. Lines are looked up only when there is a result to locate.

    Args:
        files: the files of the dataset.
        context: statements that the dataset may refer to.
    """

    def __init__(self, files: tuple[SourceFile, ...], context: Iterable[ox.Quad]) -> None:
        self._elsewhere: set[str] = set()
        for quad in context:
            self._elsewhere.update(
                term.value for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)
            )
        # Of what the context only refers to, what the files refer to is theirs.
        described = {quad.subject for quad in context}
        self._elsewhere -= {
            quad.object.value
            for file in files
            for quad in file.quads
            if isinstance(quad.object, ox.NamedNode) and quad.object not in described
        }
        self._files: dict[str, list[SourceFile]] = {}
        for file in files:
            subjects = {quad.subject.value for quad in file.quads if not isinstance(quad.subject, ox.Triple)}
            for subject in subjects:
                self._files.setdefault(subject, []).append(file)
        self._statements: dict[SourceFile, _FileStatements] = {}

    def is_about(self, node: Node) -> bool:
        """Return whether the files, and not only their context, describe `node` or refer to what nobody describes."""
        return str(node) in self._files or str(node) not in self._elsewhere

    def find(self, focus: Node, path: Node | None, value: Node | None) -> Location | None:
        """Return the location of the value, with the property and then the subject as fallbacks.

        A statement that is derived from its inverse has the location of that.
        """
        inverse = self.stated_inverse(focus, path, value)
        if inverse is not None and value is not None:
            return self._locate(value, inverse, focus)
        return self._locate(focus, path, value)

    def stated_inverse(self, focus: Node, path: Node | None, value: Node | None) -> Node | None:
        """Return the inverse of `path`, if the files state only the inverse of the statement."""
        inverse = _INVERSES.get(path)
        if inverse is None or value is None or self._states(focus, path, value):
            return None
        return inverse if self._states(value, inverse, focus) else None

    def _states(self, focus: Node, path: Node | None, value: Node) -> bool:
        return any(self._index(file).states(focus, path, value) for file in self._files.get(str(focus), []))

    def _locate(self, focus: Node, path: Node | None, value: Node | None) -> Location | None:
        candidates = [self._index(file) for file in self._files.get(str(focus), [])]
        if not candidates:
            return None
        best = max(candidates, key=lambda statements: statements.fit(focus, path, value))
        place = best.place(focus, path, value)
        if isinstance(place, CellPlace):
            return Location(best.file.path, place.row, place)
        return Location(best.file.path, place)

    def _index(self, file: SourceFile) -> "_FileStatements":
        if file not in self._statements:
            self._statements[file] = _FileStatements(file)
        return self._statements[file]


class _FileStatements:
    """The lines or cells of the statements of one file, by value, by property and by subject."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._values: dict[tuple[str, str, _Value], _Place] = {}
        self._properties: dict[tuple[str, str], _Place] = {}
        self._subjects: dict[str, _Place] = {}
        for quad, line in zip(file.quads, _lines(file), strict=True):
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                continue
            subject, predicate = quad.subject.value, quad.predicate.value
            self._values.setdefault((subject, predicate, _key(quad.object)), line.value)
            self._properties.setdefault((subject, predicate), line.value)
            self._subjects.setdefault(subject, line.subject)

    def states(self, focus: Node, path: Node | None, value: Node) -> bool:
        """Return whether the file has the statement."""
        return (str(focus), str(path), _rdflib_key(value)) in self._values

    def fit(self, focus: Node, path: Node | None, value: Node | None) -> int:
        """Return how precisely the file matches: 3 the statement, 2 the property, 1 the type, 0 only the subject."""
        if value is not None and self.states(focus, path, value):
            return 3
        if (str(focus), str(path)) in self._properties:
            return 2
        return 1 if (str(focus), str(RDF.type)) in self._properties else 0

    def place(self, focus: Node, path: Node | None, value: Node | None) -> _Place:
        """Return the line or cell of the value, of the first value of the property, or of the subject."""
        if value is not None:
            found = self._values.get((str(focus), str(path), _rdflib_key(value)))
            if found is not None:
                return found
        place = self._properties.get((str(focus), str(path)))
        return place or self.file.blanks.get((str(focus), str(path))) or self._subjects.get(str(focus))


def _lines(file: SourceFile) -> Iterable[StatementLine | CellStatement]:
    if file.cells is not None:
        return file.cells
    data = file.path.read_bytes() if file.content is None else file.content
    rdf_format = file.rdf_format or by_extension(file.path.name, SOURCE_FORMATS) or recognize(data)
    lines = statement_lines(data, rdf_format, file.path)
    if file.numbers is None:
        return lines
    found = list(lines)
    return [found[number] for number in file.numbers]


def _key(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> _Value:
    return (term.value, term.language.lower() if isinstance(term, ox.Literal) and term.language else None)


def _rdflib_key(node: Node) -> _Value:
    return (str(node), node.language.lower() if isinstance(node, Literal) and node.language else None)
