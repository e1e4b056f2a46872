"""Evaluation of the rules: SPARQL constraints (SHACL, section 5), which pyoxigraph runs over the whole dataset."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.namespaces import compact
from plangraf.rdf.terms import blank_label
from plangraf.validation.shapes import Rule

_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class Finding:
    """One solution of a rule's query, from which a result is made.

    Attributes:
        rule: the rule.
        focus: the value of ?this.
        path: the value of ?path.
        value: the value of ?value. If the query selects ?valueDatatype, ?value is the lexical form of a literal of
            that datatype, which a store would have normalised.
        messages: the messages by language tag, with the values of the solution.
        due: the value of ?due, the property that is due in place of the one at fault.
    """

    rule: Rule
    focus: Term
    path: Term | None
    value: Term | None
    messages: dict[str, str]
    due: Term | None = None


def run_rules(rules: tuple[Rule, ...], store: ox.Store) -> Iterator[Finding]:
    """Yield the solutions of the rules in the default graph of `store`.

    Raises:
        InputError: the query of a rule does not parse, or is not a SELECT query with ?this.
    """
    for rule in rules:
        try:
            solutions = store.query(rule.select)
        except SyntaxError as error:
            raise InputError(f"the query of the rule {rule.iri} does not parse: {error.msg}") from error
        if not isinstance(solutions, ox.QuerySolutions) or ox.Variable("this") not in solutions.variables:
            raise InputError(f"the query of the rule {rule.iri} must be a SELECT query with ?this")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            terms = {name: solution[name] for name in names}
            if terms["this"] is None:
                raise InputError(f"the query of the rule {rule.iri} has a solution without ?this")
            yield Finding(
                rule,
                terms["this"],
                terms.get("path"),
                _as_written(terms.get("value"), terms.get("valueDatatype")),
                {tag: _fill(message, terms) for tag, message in rule.messages.items()},
                terms.get("due"),
            )


def _as_written(value: Term | None, datatype: Term | None) -> Term | None:
    if isinstance(value, ox.Literal) and isinstance(datatype, ox.NamedNode):
        return ox.Literal(value.value, datatype=datatype)
    return value


def _fill(message: str, terms: dict[str, Term | None]) -> str:
    """Substitute the values of a solution in a message (SHACL, section 5.3.2)."""

    def text(match: re.Match[str]) -> str:
        term = terms.get(match[1])
        if term is None:
            return match[0]
        if isinstance(term, ox.BlankNode):
            return f"_:{blank_label(term.value)}"
        return compact(term.value) if isinstance(term, ox.NamedNode) else term.value

    return _PLACEHOLDER.sub(text, message)
