"""Turtle documents with the same kinds of statements in ever other layouts."""

import random
from collections.abc import Sequence

from plangraf.namespaces import PREFIXES, expand

_NODES = ("plan-1", "plan-2", "event", "goal", "page")
_TYPES = ("plan:Plan", "prov:Activity", "plan:Goal", "foaf:Document", "skos:ConceptScheme", "owl:Axiom")
_PREDICATES = (
    "plan:inPlan",
    "skos:inScheme",
    "sssom:mapping_date",
    "plan:wording",
    "prov:wasRevisionOf",
    "dct:replaces",
    "prov:wasDerivedFrom",
    "foaf:page",
    "dct:issued",
    "dct:date",
    "prov:wasGeneratedBy",
    "plan:eventType",
    "rdf:type",
    "dct:title",
)
_LITERALS = (
    '"2022-11-17"^^xsd:date',
    '"2022-11-17"^^<http://www.w3.org/2001/XMLSchema#date>',
    '"x # no comment ; , ."@nb',
    "'it\\'s'",
    '"""two\nlines; "quoted" # no comment"""',
    "-1.5",
    "42",
    "true",
    '""',
)
_RENAMED = {"plan": "p", "skos": "", "dct": "dcterms", "prov": "pr.ov-1"}


class RandomTurtle:
    """A maker of documents.

    Args:
        chance: the source of chance.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._names: dict[str, str] = {}
        self.comments: list[str] = []

    def document(self) -> str:
        """Return a document; `comments` are those that are in it."""
        self.comments = []
        declared = [prefix for prefix in PREFIXES if self._is(0.9)]
        self._names = {p: _RENAMED[p] if p in _RENAMED and self._is(0.3) else p for p in declared}
        if self._is(0.7):
            self._names.pop("pav", None)
        lines = [self._declaration(name, PREFIXES[prefix]) for prefix, name in self._names.items()]
        lines.append(self._declaration("ex", "http://example.org/"))
        self._names["ex"] = "ex"
        if self._is(0.3):
            lines.insert(self._chance.randrange(len(lines)), "@base <http://example.org/> .\n")
        parts = [*lines, *(self._statement() for _ in range(self._chance.randrange(1, 12)))]
        text = "".join(parts)
        return text.replace("\n", "\r\n") if self._is(0.1) else text

    def _is(self, share: float) -> bool:
        return self._chance.random() < share

    def _declaration(self, name: str, namespace: str) -> str:
        if self._is(0.2):
            return f"PREFIX {name}:{self._space()}<{namespace}>{self._space()}"
        return f"@prefix {name}: {' ' * self._chance.randrange(4)}<{namespace}> .{self._break()}"

    def _statement(self) -> str:
        kind = self._chance.random()
        if kind < 0.1:
            subject = f"[{self._space()}{self._groups(1)}{self._space()}]"
            if self._is(0.3):
                return f"{subject}{self._space()}.{self._break()}"
        elif kind < 0.15:
            subject = f"({self._space()}{self._object(2)}{self._space()})"
        else:
            subject = self._node()
        return f"{subject} {self._space()}{self._groups(0)}{self._space()}.{self._break()}"

    def _groups(self, depth: int) -> str:
        groups = [self._group(depth) for _ in range(self._chance.randrange(1, 5 - depth))]
        text = groups[0]
        for group in groups[1:]:
            text += f"{self._space()};{self._space()}{'; ' if self._is(0.05) else ''}{group}"
        return text + (f"{self._space()};" if self._is(0.1) else "")

    def _group(self, depth: int) -> str:
        predicate = self._chance.choice(_PREDICATES)
        if predicate == "rdf:type":
            verb = "a" if self._is(0.8) else self._name(predicate)
            objects = [self._name(name) for name in self._few(_TYPES)]
        elif predicate in ("plan:wording", "plan:eventType"):
            verb = self._name(predicate)
            objects = [self._name(name) for name in self._few(("plan:Superseded", "plan:AsAdopted"))]
        else:
            verb = self._name(predicate)
            dated = predicate in ("dct:issued", "dct:date", "sssom:mapping_date")
            count = self._chance.choice((1, 1, 1, 2, 3))
            objects = [self._literal() if dated and self._is(0.9) else self._object(depth) for _ in range(count)]
        text = f"{verb} {self._space()}{objects[0]}"
        for value in objects[1:]:
            text += f"{self._space()},{self._space()}{value}"
        return text

    def _object(self, depth: int) -> str:
        kind = self._chance.random()
        if kind < 0.15 and depth < 2:
            return f"[{self._space()}{self._groups(depth + 1) if self._is(0.8) else ''}{self._space()}]"
        if kind < 0.25 and depth < 2:
            items = [self._object(depth + 1) for _ in range(self._chance.randrange(3))]
            return f"({self._space()}{f' {self._space()}'.join(items)}{self._space()})"
        return self._literal() if kind < 0.35 else self._node()

    def _node(self) -> str:
        node = self._chance.choice(_NODES)
        kind = self._chance.random()
        if kind < 0.1:
            return f"_:{node} "
        return f"<http://example.org/{node}>" if kind < 0.4 else f"ex:{node} "

    def _literal(self) -> str:
        literal = self._chance.choice(_LITERALS)
        if "xsd:" in literal and self._names.get("xsd") is None:
            return _LITERALS[1]
        return f"{literal} "

    def _name(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        if prefix not in self._names or self._is(0.1):
            return f"<{expand(name)}>"
        return f"{self._names[prefix]}:{local} "

    def _few(self, values: Sequence[str]) -> list[str]:
        return self._chance.sample(values, 2 if self._is(0.2) else 1)

    def _space(self) -> str:
        kind = self._chance.random()
        if kind < 0.06:
            return f" {self._comment()}"
        return "\n  " if kind < 0.3 else " "

    def _break(self) -> str:
        return f" {self._comment()}" if self._is(0.1) else "\n"

    def _comment(self) -> str:
        comment = f'# comment {len(self.comments)}: <a> "b" ; , . ]'
        self.comments.append(comment)
        return f"{comment}\n"
