"""Quad patterns, as clients of Linked Data Fragments write them, and the queries that find what they match.

A term is in the explicit representation of Hydra: an IRI as it is, a text in quotation marks with its language
(`"text"@en`) or datatype (`"5"^^IRI`). Quotation marks in a text are not escaped.
"""

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from plangraf.engine.interface import Query
from plangraf.errors import RequestMalformed
from plangraf.languages import N_
from plangraf.namespaces import PREFIXES

DEFAULT_GRAPH: Final = "urn:ldf:defaultGraph"
"""The IRI by which clients ask for the default graph, which is the merge of all named graphs."""
POSITIONS: Final = ("subject", "predicate", "object", "graph")
"""The parts of a quad pattern, which are also the parameters of a fragment."""

_LITERAL = re.compile(r'"(?P<text>.*)"(?:@(?P<language>[^"]*)|\^\^(?P<datatype>[^"]*))?', re.DOTALL)
_LONGEST = 60
"""The number of characters of a term in an error."""

Part = ox.NamedNode | ox.Literal | ox.Variable | ox.Triple


@dataclass(frozen=True)
class QuadPattern:
    """A pattern of quads. Variables of one name match one term.

    Attributes:
        subject: the subject.
        predicate: the property.
        object: the value.
        graph: the graph; None for the default graph.
    """

    subject: Part
    predicate: Part
    object: Part
    graph: Part | None

    @property
    def is_possible(self) -> bool:
        """Whether any quad can match: no text is a subject, a property or a graph, and no part is a triple."""
        places = (self.subject, self.predicate, *([] if self.graph is None else [self.graph]))
        return all(isinstance(part, ox.NamedNode | ox.Variable) for part in places) and not isinstance(
            self.object, ox.Triple
        )

    def merged(self) -> "QuadPattern":
        """Return the pattern of the triples of these quads: a graph that is not fixed is that of the merge."""
        others = (self.subject, self.predicate, self.object)
        free = isinstance(self.graph, ox.Variable) and self.graph not in others
        return QuadPattern(*others, None) if free else self

    def selecting(self, limit: int, offset: int) -> Query:
        """Return the query for the values of the variables in some of the matching quads, in the engine's order.

        Args:
            limit: the maximum number of quads.
            offset: the number of quads to pass over.
        """
        return Query(f"SELECT * WHERE {{ {self._group} }} OFFSET {offset} LIMIT {limit}")

    def counting(self) -> Query:
        """Return the query for the number of matching quads, as `n`."""
        return Query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._group} }}")

    def quad(self, values: dict[str, ox.NamedNode | ox.BlankNode | ox.Literal]) -> ox.Quad:
        """Return a matching quad from the values of its variables by name."""

        def term(part: Part) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
            return values[part.value] if isinstance(part, ox.Variable) else part

        graph = ox.DefaultGraph() if self.graph is None else term(self.graph)
        # The engine has found terms that can stand in these places.
        return ox.Quad(term(self.subject), term(self.predicate), term(self.object), graph)  # type: ignore[arg-type]

    @property
    def _group(self) -> str:
        triple = f"{self.subject} {self.predicate} {self.object}"
        return triple if self.graph is None else f"GRAPH {self.graph} {{ {triple} }}"


def parse_pattern(subject: str, predicate: str, value: str, graph: str) -> QuadPattern:
    """Return the pattern of four terms; an empty one matches anything.

    Args:
        subject: the subject.
        predicate: the property.
        value: the value.
        graph: the graph, or `DEFAULT_GRAPH`.

    Raises:
        RequestMalformed: a term cannot be read.
    """
    names: dict[str, ox.Variable] = {}
    merge = graph.strip() in (DEFAULT_GRAPH, f"<{DEFAULT_GRAPH}>")
    return QuadPattern(
        _part("subject", subject, names),
        _part("predicate", predicate, names),
        _part("object", value, names),
        None if merge else _part("graph", graph, names),
    )


def _part(position: str, text: str, names: dict[str, ox.Variable]) -> Part:
    text = text.strip()
    if text in ("", "?", "$", "_:"):
        return ox.Variable(position)
    if text.startswith(("?", "$", "_:")):
        # A blank node is a variable, too: its label means nothing outside of its document.
        return names.setdefault(text.replace("$", "?", 1), ox.Variable(f"v{len(names)}"))
    if text.startswith("<<"):
        return _TRIPLE
    if text.startswith('"'):
        return _literal(position, text)
    return _iri(position, text)


def _literal(position: str, text: str) -> ox.Literal:
    match = _LITERAL.fullmatch(text)
    if match is None:
        raise RequestMalformed(
            N_('The {position} {term} is no text that can be read; write "text", "text"@nb or "5"^^xsd:integer.'),
            position=position,
            term=_shown(text),
        )
    if match["datatype"] is not None:
        datatype = _iri(position, match["datatype"])
        try:
            return ox.Literal(match["text"], datatype=datatype)
        except ValueError as error:  # for example the datatype of texts with a language
            raise _malformed(position, text, error) from error
    if match["language"] is None:
        return ox.Literal(match["text"])
    language, _, named = match["language"].partition("--")
    try:
        direction = ox.BaseDirection(named) if named else None
        return ox.Literal(match["text"], language=language, direction=direction)
    except ValueError as error:
        raise _malformed(position, text, error) from error


def _iri(position: str, text: str) -> ox.NamedNode:
    iri = text.removeprefix("<").removesuffix(">") if text.startswith("<") else text
    prefix, _, name = iri.partition(":")
    if prefix in PREFIXES and not name.startswith("//"):
        iri = PREFIXES[prefix] + name
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise _malformed(position, text, error) from error


def _malformed(position: str, text: str, error: Exception) -> RequestMalformed:
    return RequestMalformed(
        N_("The {position} {term} is neither an IRI nor a text in quotation marks that can be read: {cause}."),
        position=position,
        term=_shown(text),
        cause=str(error).removesuffix("."),
    )


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


_ANY = ox.NamedNode("urn:plangraf:any")
_TRIPLE = ox.Triple(_ANY, _ANY, _ANY)
"""A triple as a part: the data have none, so which one it is does not matter."""
