"""Reading of the layout of a Turtle or TriG text.

The parser of `plangraf.sources` reads what a text says; this reads where it says it. The places are in the order in
which that parser yields the statements.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from plangraf.migration.turtle_layout import (
    Block,
    Directive,
    Layout,
    PredicateObjects,
    StatementPlace,
    UnknownLayout,
)
from plangraf.migration.turtle_tokens import Span, TurtleToken, UnknownToken, tokens, unescaped_iri, unescaped_local
from plangraf.namespaces import expand

_TERMS = ("iri", "string", "blank", "name", "number", "word")
_TYPE = expand("rdf:type")
_LINKS = (expand("rdf:first"), expand("rdf:rest"))


def layout_of(text: str) -> Layout:
    """Return the layout of a text that the parser reads without errors.

    Raises:
        UnknownLayout: the text is laid out in an unknown way.
    """
    try:
        return _LayoutReader(text).read()
    except (UnknownToken, IndexError) as error:
        raise UnknownLayout(str(error)) from error


@dataclass(eq=False)
class _OpenBlock:
    """A block that is being read, and what comes next in it: `subject`, `verb`, `object` or `mark`."""

    block: Block
    next: str
    placed: bool = False


@dataclass(eq=False)
class _OpenCollection:
    """A collection that is being read."""

    start: int


class _LayoutReader:
    def __init__(self, text: str) -> None:
        self._layout = Layout()
        found = list(tokens(text))
        self._layout.comments = [token for token in found if token.kind == "comment"]
        self._tokens = [token for token in found if token.kind != "comment"]
        self._at = 0
        self._prefixes: Mapping[str, str] = {}
        self._open: list[_OpenBlock | _OpenCollection] = []
        self._begun = False

    def read(self) -> Layout:
        while self._at < len(self._tokens):
            token = self._take()
            if token.kind == "mark":
                self._mark(token)
            elif not self._open and self._is_keyword(token):
                self._directive(token)
            elif token.kind in _TERMS:
                self._term_or_verb(token)
            else:
                raise UnknownLayout(token.text)
        if self._open:
            raise UnknownLayout("the text ends in a statement")
        return self._layout

    def _take(self) -> TurtleToken:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _peek(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _is_keyword(self, token: TurtleToken) -> bool:
        return token.kind == "at" or (token.kind == "word" and token.text.lower() in ("prefix", "base", "graph"))

    def _directive(self, keyword: TurtleToken) -> None:
        """Read a declaration; the keyword GRAPH says nothing of its own."""
        word = keyword.text.lower().removeprefix("@")
        if word == "graph":
            return
        prefix = self._take().text.removesuffix(":") if word == "prefix" else None
        iri = self._take()
        end = self._take().end if keyword.kind == "at" else iri.end
        if iri.kind != "iri":
            raise UnknownLayout(iri.text)
        if prefix is not None:
            self._prefixes = {**self._prefixes, prefix: unescaped_iri(iri.text)}
            self._layout.declared.add(prefix)
        if not self._begun:
            self._layout.head.append(Directive(keyword.start, end, keyword.text, prefix, iri))

    def _term_or_verb(self, token: TurtleToken) -> None:
        top = self._subject(token.start)
        if isinstance(top, _OpenBlock) and top.next == "verb":
            top.block.groups.append(PredicateObjects(token, self._iri(token), self._prefixes))
            top.next = "object"
            return
        end = token.end
        if token.kind == "string":
            following = self._tokens[self._at] if self._at < len(self._tokens) else token
            if following.kind == "at":
                end = self._take().end
            elif following.text == "^^":
                self._take()
                end = self._take().end
        self._term(Span(token.start, end))

    def _subject(self, start: int) -> "_OpenBlock | _OpenCollection":
        """Return what is being read, which a new statement may begin."""
        if not self._open:
            self._begun = True
            self._open.append(_OpenBlock(Block(start, bracket=False), "subject"))
        return self._open[-1]

    def _term(self, span: Span) -> None:
        """Take a whole term: a subject, an object or an item."""
        top = self._open[-1]
        if isinstance(top, _OpenCollection):
            return
        if top.next == "subject":
            top.next = "verb"
        elif top.next == "object":
            group = self._place(top)
            group.objects.append(span)
            top.placed = False
            top.next = "mark"
        else:
            raise UnknownLayout("a term where a mark should be")

    def _place(self, top: _OpenBlock) -> PredicateObjects:
        """Give the object that comes next its place, if it has none yet."""
        group = top.block.groups[-1]
        if not top.placed:
            top.placed = True
            if group.iri not in _LINKS:
                self._layout.places.append(StatementPlace(top.block, group, len(group.objects)))
        return group

    def _mark(self, token: TurtleToken) -> None:
        mark = token.text
        if mark == "{":
            self._graph_begins()
        elif mark == "}":
            if self._open:
                self._statement_ends(None)
        elif mark == "[":
            self._subject(token.start)
            self._open.append(_OpenBlock(Block(token.start, bracket=True), "verb"))
        elif mark == "(":
            top = self._subject(token.start)
            if isinstance(top, _OpenBlock) and top.next == "object" and self._peek() != ")":
                self._place(top)  # the parser yields the statement before those of the items
            self._open.append(_OpenCollection(token.start))
        elif mark == "]":
            self._bracket_ends(token)
        elif mark == ")":
            collection = self._open.pop()
            if not isinstance(collection, _OpenCollection):
                raise UnknownLayout(mark)
            self._term(Span(collection.start, token.end))
        else:
            self._separator(token)

    def _separator(self, token: TurtleToken) -> None:
        top = self._open[-1]
        if not isinstance(top, _OpenBlock):
            raise UnknownLayout(token.text)
        if token.text == ".":
            self._statement_ends(token)
        elif token.text == ";":
            group = top.block.groups[-1]
            group.semicolon = group.semicolon or token
            top.next = "verb"
        elif token.text == "," and top.next == "mark":
            top.block.groups[-1].commas.append(token)
            top.next = "object"
        else:
            raise UnknownLayout(token.text)

    def _statement_ends(self, stop: Span | None) -> None:
        closed = self._open.pop()
        if self._open or not isinstance(closed, _OpenBlock) or closed.block.bracket:
            raise UnknownLayout("a statement ends in another one")
        closed.block.end = stop

    def _bracket_ends(self, token: TurtleToken) -> None:
        closed = self._open.pop()
        if not isinstance(closed, _OpenBlock) or not closed.block.bracket:
            raise UnknownLayout(token.text)
        top = self._open[-1]
        if isinstance(top, _OpenBlock) and top.next == "subject":
            top.block.subject_speaks = bool(closed.block.groups)
        places = self._layout.places
        before = len(places)
        self._term(Span(closed.block.start, token.end))
        waiting = self._tokens[self._at - 2].kind == "string"
        if waiting and len(places) > before > 0 and places[before - 1].block is closed.block:
            # The parser waits for the datatype of a string, and the bracket comes before that is known to be missing.
            places[-2:] = places[-1], places[-2]

    def _graph_begins(self) -> None:
        """Take what has been read as a subject for the name of a graph."""
        if self._open:
            name = self._open.pop()
            if self._open or not isinstance(name, _OpenBlock) or name.next != "verb" or name.block.groups:
                raise UnknownLayout("{")
        self._begun = True

    def _iri(self, verb: TurtleToken) -> str | None:
        if verb.text == "a":
            return _TYPE
        if verb.kind == "iri":
            iri = unescaped_iri(verb.text)
            return iri if ":" in iri else None
        prefix, _, local = verb.text.partition(":")
        namespace = self._prefixes.get(prefix, "")
        return namespace + unescaped_local(local) if ":" in namespace else None
