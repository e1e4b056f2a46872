"""An index over the triples of one answer, for documents and pages."""

import asyncio
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import cast

import pyoxigraph as ox

from plangraf.engine.interface import Engine, Query, read
from plangraf.formats import N_TRIPLES, TSV
from plangraf.namespaces import PREFIXES
from plangraf.negotiation import Choice

_NAMING = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label", PREFIXES["dct"] + "title")
TYPE = PREFIXES["rdf"] + "type"
_CLAIM = PREFIXES["owl"] + "Axiom"
_ABBREVIATED = {
    "integer": re.compile(r"[+-]?\d+"),
    "decimal": re.compile(r"[+-]?\d*\.\d+"),
    "double": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+"),
    "boolean": re.compile("true|false"),
}
"""The literals that SPARQL's TSV format may write without quotation marks and datatype, by their datatype."""
_ROWS = Choice(TSV, TSV.media_type)
_LINES = Choice(N_TRIPLES, N_TRIPLES.media_type)

Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Statements:
    """Triples, indexed by subject and by object. Triple terms (RDF 1.2) are left out.

    A page reads only some of the terms of its answer. So the index has terms as text, and parses literals on demand.

    Args:
        triples: the triples, each any number of times.
    """

    def __init__(self, triples: Iterable[ox.Triple] = ()) -> None:
        self._forward: dict[str, dict[str, list[str]]] = {}
        self._backward: dict[str, dict[str, list[str]]] = {}
        self._terms: dict[str, Term] = {}
        self.add(triples)

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples; the index ignores those that it has already."""
        # Each access of a triple makes its terms anew.
        self.add_texts((str(subject), str(predicate), str(value)) for subject, predicate, value in triples)

    def add_rows(self, body: bytes) -> None:
        """Add the statements in the TSV results of a query that selects a subject, a property and a value.

        Args:
            body: the results, whose rows have no unbound variables; rows may occur several times.
        """
        rows = set(body.decode().split("\n")[1:])
        rows.discard("")
        self.add_texts(row.split("\t") for row in rows)

    def add_lines(self, body: bytes) -> None:
        """Add the triples of the N-Triples that an engine has written; the same line may occur several times."""
        lines = set(body.decode().split("\n"))
        lines.discard("")
        self.add_texts(line[:-2].split(" ", 2) for line in lines)

    def add_texts(self, triples: Iterable[Iterable[str]]) -> None:
        """Add triples of which the texts of the terms are given, as in N-Triples or TSV."""
        forward, backward = self._forward, self._backward
        for subject, predicate, value in triples:
            kind = value[0]
            if subject[1] == "<" or value[:2] == "<<":
                continue
            name, relation = subject[1:-1] if subject[0] == "<" else subject[2:], predicate[1:-1]
            if kind not in '<"_':
                value = _unabbreviated(value)  # it is the same value
            of = forward.get(name)
            if of is None:
                of = forward[name] = {}
            values = of.get(relation)
            if values is None:
                of[relation] = [value]
            elif value in values:
                continue
            else:
                values.append(value)
            if kind == "<":
                backward.setdefault(relation, {}).setdefault(value[1:-1], []).append(name)

    def without(self, subjects: Collection[str]) -> "Statements":
        """Return a copy without the triples about `subjects`."""
        copy = Statements()
        copy._forward = {
            name: {relation: [*values] for relation, values in of.items()}
            for name, of in self._forward.items()
            if name not in subjects
        }
        for relation, referred in self._backward.items():
            for value, names in referred.items():
                kept = [name for name in names if name not in subjects]
                if kept:
                    copy._backward.setdefault(relation, {})[value] = kept
        return copy

    def __contains__(self, iri: str) -> bool:
        return iri in self._forward

    @property
    def unnamed(self) -> set[str]:
        """The IRIs of subjects and values that have no label here, without claims, which never have one."""
        things = self._forward.keys() | {value for of in self._backward.values() for value in of}
        named = {name for name, of in self._forward.items() if not of.keys().isdisjoint(_NAMING)}
        return {name for name in things - named - set(self.instances(_CLAIM)) if ":" in name}  # not a blank node

    def predicates(self, subject: str) -> list[str]:
        """Return the properties of `subject`, sorted."""
        return sorted(self._forward.get(subject, {}))

    def objects(self, subject: str, predicate: str) -> list[Term]:
        """Return the values of a property, in a stable order."""
        return [self._term(text) for text in self._texts(subject, predicate)]

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property that are IRIs, sorted."""
        return [text[1:-1] for text in self._texts(subject, predicate) if text[0] == "<"]

    def iri(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a property that is an IRI."""
        return next(iter(self.iris(subject, predicate)), None)

    def literals(self, subject: str, predicate: str) -> list[ox.Literal]:
        """Return the values of a property that are literals, in a stable order."""
        return [cast("ox.Literal", self._term(text)) for text in self._texts(subject, predicate) if text[0] == '"']

    def text(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a property that is a literal, without its language."""
        return next((_lexical_form(text) for text in self._texts(subject, predicate) if text[0] == '"'), None)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have the IRI `value` for a property, sorted."""
        return sorted(self._backward.get(predicate, {}).get(value, ()))

    def subjects_with(self, predicate: str) -> list[str]:
        """Return the subjects that have any value for a property, sorted."""
        return sorted(subject for subject, of in self._forward.items() if predicate in of)

    def values_of(self, predicate: str) -> list[str]:
        """Return the values that any subject has for a property and that are IRIs, sorted."""
        return sorted(self._backward.get(predicate, ()))

    def referring(self, value: str) -> list[tuple[str, str]]:
        """Return the pairs of property and subject that refer to the IRI `value`, sorted."""
        return sorted(
            (predicate, subject) for predicate, of in self._backward.items() for subject in of.get(value, ())
        )

    def instances(self, *classes: str) -> list[str]:
        """Return the instances of any of `classes`, sorted."""
        return sorted({subject for iri in classes for subject in self.subjects(TYPE, iri)})

    def types(self, subject: str) -> set[str]:
        """Return the classes of `subject`."""
        return set(self.iris(subject, TYPE))

    def names(self, subject: str) -> list[ox.Literal]:
        """Return the labels of `subject`: the values of its first labelling property, in order of precedence."""
        of = self._forward.get(subject, {})
        for predicate in _NAMING:
            if predicate in of and (found := self.literals(subject, predicate)):
                return found
        return []

    def name_in(self, subject: str, language: str) -> str | None:
        """Return the label of `subject` in a language, or None if `names` has none or several in it.

        Most labels are read only so, and need not become literals.

        Args:
            subject: the IRI of the subject.
            language: the language tag, in lower case.
        """
        of, suffix = self._forward.get(subject, {}), f'"@{language}'
        for predicate in _NAMING:
            texts = [text for text in of.get(predicate, ()) if text[0] == '"']
            if texts:
                found = [text for text in texts if text.endswith(suffix)]
                return _lexical_form(found[0]) if len(found) == 1 else None
        return None

    def _texts(self, subject: str, predicate: str) -> list[str]:
        values = self._forward.get(subject, {}).get(predicate, ())
        return sorted(values) if len(values) > 1 else [*values]

    def _term(self, text: str) -> Term:
        known = self._terms.get(text)
        if known is None:
            known = self._terms[text] = _parse_term(text)
        return known


def _lexical_form(text: str) -> str:
    """Return the value of a literal of which the text is given."""
    lexical = text[1:].rpartition('"')[0]
    return cast("ox.Literal", _parse_term(text)).value if "\\" in lexical else lexical


def _parse_term(text: str) -> Term:
    lexical, quote, suffix = text[1:].rpartition('"')
    if quote and "\\" not in lexical and "--" not in suffix:  # the usual literal, in a third of the time
        if not suffix:
            return ox.Literal(lexical)
        if suffix[0] == "@":
            return ox.Literal(lexical, language=suffix[1:])
    [parsed] = ox.parse(f"_:s <p:> {text} .", format=ox.RdfFormat.N_TRIPLES)
    return cast("Term", parsed.object)


async def select_statements(engine: Engine, *queries: Query) -> Statements:
    """Return the statements of queries that select a subject, a property and a value, in this order.

    They are evaluated at the same time.

    Raises:
        PlangrafError: the engine cannot answer a query.
    """
    found = Statements()

    async def add(query: Query) -> None:
        found.add_rows(await read(await engine.evaluate(replace(query, results=_ROWS))))

    await asyncio.gather(*map(add, queries))
    return found


async def construct_statements(engine: Engine, query: Query) -> Statements:
    """Return the statements of a CONSTRUCT query.

    Raises:
        PlangrafError: the engine cannot answer the query.
    """
    found = Statements()
    found.add_lines(await read(await engine.evaluate(replace(query, graphs=_LINES))))
    return found


def _unabbreviated(text: str) -> str:
    datatype = next((name for name, pattern in _ABBREVIATED.items() if pattern.fullmatch(text)), None)
    assert datatype is not None, f"{text} is not a term"  # noqa: S101  # the engine writes TSV by the specification
    return f'"{text}"^^<{PREFIXES["xsd"]}{datatype}>'
