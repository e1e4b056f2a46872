"""The layout of a Turtle or TriG text: where its statements stand.

The statements of collections (`rdf:first`, `rdf:rest`) are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plangraf.migration.turtle_tokens import Span, TurtleToken


class UnknownLayout(Exception):  # noqa: N818  # named for what was met
    """A text is laid out in a way that this module does not know."""


@dataclass(frozen=True)
class Directive(Span):
    """A declaration of a prefix or a base.

    Attributes:
        keyword: the keyword as it is written, such as `@prefix`.
        prefix: the prefix without its colon; None for a base.
        iri: where the IRI stands.
    """

    keyword: str
    prefix: str | None
    iri: Span


@dataclass(eq=False)
class PredicateObjects:
    """A predicate with its objects (`predicate object , object`).

    Attributes:
        verb: the predicate.
        iri: its IRI, or None if that is relative.
        prefixes: the prefixes that are declared there, with their namespaces.
        objects: the objects.
        commas: the comma before each object but the first.
        semicolon: the first semicolon behind the objects.
    """

    verb: TurtleToken
    iri: str | None
    prefixes: Mapping[str, str]
    objects: list[Span] = field(default_factory=list)
    commas: list[Span] = field(default_factory=list)
    semicolon: Span | None = None


@dataclass(eq=False)
class Block:
    """A subject with its statements, or a blank node in square brackets with those that stand in them.

    Attributes:
        start: the offset of the subject or the bracket.
        bracket: whether it is a blank node in square brackets.
        subject_speaks: whether its subject is such a blank node, so that it may have no statements of its own.
        end: the full stop, or None if there is none.
        groups: the predicates with their objects.
    """

    start: int
    bracket: bool
    subject_speaks: bool = False
    end: Span | None = None
    groups: list[PredicateObjects] = field(default_factory=list)


@dataclass(frozen=True)
class StatementPlace:
    """The place of a statement: the index of an object in its group, and the block of the group."""

    block: Block
    group: PredicateObjects
    index: int


@dataclass
class Layout:
    """The layout of a text.

    Attributes:
        places: the places of the statements, in the order of the parser.
        head: the declarations before the first statement.
        declared: all prefixes that are declared anywhere.
        comments: the comments.
    """

    places: list[StatementPlace] = field(default_factory=list)
    head: list[Directive] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    comments: list[TurtleToken] = field(default_factory=list)
