"""Compare answers with the results that a test expects.

Solutions are compared as bags, and blank nodes up to their names: an answer is written as a graph that has a blank
node for each solution, and the graph is brought into canonical form. Numbers and booleans are compared by value.
"""

import csv
import io
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from plangraf.formats import CSV, JSON, TSV, TURTLE, XML, Format

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Solution = dict[str, Term]
Result = bool | frozenset[str]

_BOOLEANS = {"0": "false", "1": "true"}
_FORMATS: dict[str, Format] = {".srx": XML, ".srj": JSON, ".tsv": TSV, ".csv": CSV}


def format_of(result: Path) -> Format:
    """Return the format to ask for: that of the file of results, or one for what the file says in RDF."""
    if result.suffix in _FORMATS:
        return _FORMATS[result.suffix]
    return JSON if _listed(result) is not None else TURTLE


def expected(result: Path) -> Result:
    """Return what a file of results says, in comparable form."""
    if result.suffix in _FORMATS:
        return received(result.read_bytes(), _FORMATS[result.suffix])
    solutions = _listed(result)
    return _canonical(_triples(result)) if solutions is None else solutions


def received(body: bytes, answer_format: Format) -> Result:
    """Return what an answer says, in comparable form."""
    if answer_format == CSV:
        return _rows(body)
    if answer_format == TURTLE:
        return _canonical([quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)])
    results_format = ox.QueryResultsFormat.from_media_type(answer_format.media_type)
    assert results_format is not None
    return answered(ox.parse_query_results(body, format=results_format))


def answered(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Result:
    """Return what the engine answers, in comparable form."""
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if isinstance(results, ox.QueryTriples):
        return _canonical(list(results))
    names = [variable.value for variable in results.variables]
    solutions: list[Solution] = []
    for solution in results:
        bound = ((name, solution[name]) for name in names)
        solutions.append({name: value for name, value in bound if value is not None})
    return _bag(names, solutions)


def _rows(body: bytes) -> Result:
    """Read CSV as it stands: all values are text, but blank nodes are known by their beginning."""
    names, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))

    def term(cell: str) -> Term:
        return ox.BlankNode(cell.removeprefix("_:")) if cell.startswith("_:") else ox.Literal(cell)

    return _bag(names, [dict(zip(names, map(term, row), strict=True)) for row in rows])


def _bag(names: list[str], solutions: list[Solution]) -> frozenset[str]:
    triples = [ox.Triple(_term("ResultSet"), _term("resultVariable"), ox.Literal(name)) for name in names]
    for solution in solutions:
        row = ox.BlankNode()
        triples.append(ox.Triple(_term("ResultSet"), _term("solution"), row))
        triples += [ox.Triple(row, ox.NamedNode(f"urn:variable:{name}"), value) for name, value in solution.items()]
    return _canonical(triples)


def _canonical(triples: list[ox.Triple]) -> frozenset[str]:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, _by_value(t.object)) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def _by_value(term: Term) -> Term:
    """Write a number or a boolean in one way, and keep its type."""
    if not isinstance(term, ox.Literal):
        return term
    try:
        if term.datatype.value in (XSD + "double", XSD + "float"):
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        if term.datatype.value in (XSD + "decimal", XSD + "integer"):
            return ox.Literal(str(Decimal(term.value).normalize()), datatype=term.datatype)
    except (ValueError, InvalidOperation):
        return term  # not a number of this type
    if term.datatype.value == XSD + "boolean":
        return ox.Literal(_BOOLEANS.get(term.value, term.value), datatype=term.datatype)
    return term


def _listed(result: Path) -> Result | None:
    """Read solutions that are written as RDF (result-set vocabulary), or return None when the file has none."""
    graph = ox.Dataset(ox.Quad(*triple) for triple in _triples(result))

    def values(subject: Term, name: str) -> list[Term]:
        assert not isinstance(subject, ox.Literal)
        return [quad.object for quad in graph.quads_for_subject(subject) if quad.predicate == _term(name)]

    sets = [quad.subject for quad in graph.quads_for_object(_term("ResultSet"))]
    if not sets:
        return None
    names = [value.value for value in values(sets[0], "resultVariable") if isinstance(value, ox.Literal)]
    solutions: list[Solution] = []
    for solution in values(sets[0], "solution"):
        assert values(solution, "index") == [], "the order of solutions is not compared"
        solutions.append({})
        for binding in values(solution, "binding"):
            (name,), (value,) = values(binding, "variable"), values(binding, "value")
            assert isinstance(name, ox.Literal)
            solutions[-1][name.value] = value
    return _bag(names, solutions)


def _triples(result: Path) -> list[ox.Triple]:
    rdf_format = ox.RdfFormat.from_extension(result.suffix.removeprefix("."))
    return [quad.triple for quad in ox.parse(path=str(result), format=rdf_format, base_iri=result.as_uri())]


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(RS + name)
