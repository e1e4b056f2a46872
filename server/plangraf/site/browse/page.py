"""The concepts of one scheme: by the alphabet, or as a tree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from plangraf.errors import RequestMalformed
from plangraf.languages import N_, Msgid
from plangraf.namespaces import SDG
from plangraf.site.browse.alphabet import LETTERS, OTHER, collation_key, letter
from plangraf.site.browse.concepts import Concept, concepts_query
from plangraf.site.browse.hierarchy import ConceptBranch, Hierarchy
from plangraf.site.browse.schemes import PATH, ROWS, Scheme, browse_path
from plangraf.site.browse.selection import BASES, KINDS, ORDERS, ConceptSelection
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference, reference_key

MOST = 200
"""The maximum number of concepts in an expanded tree; a larger tree is shown one level at a time."""
DEPTH = 6
"""The maximum number of levels in an expanded tree."""

_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class ConceptRow:
    """A line of a list.

    Attributes:
        reference: the concept.
        kind: the name of its kind.
        see: the alternative label, if the line is a cross-reference.
        links: the linked SDGs, by basis.
    """

    reference: Reference
    kind: str
    see: Name | None
    links: Mapping[str, Sequence[Reference]]


@dataclass(frozen=True)
class TreeNode:
    """A concept in a tree: its line, its child nodes, the number of hidden descendants, and the path to show them."""

    row: ConceptRow
    children: tuple["TreeNode", ...]
    below: int
    href: str


class ConceptList:
    """The concepts of one scheme, filtered and sorted for one reader: the model of the page and the tables.

    Args:
        schemes: the schemes and collections of the dataset, at least one.
        scheme: the selected one of them.
        concepts: the concepts of `scheme`.
        selection: the filters and the order.
        reader: the reader.
    """

    def __init__(
        self,
        schemes: Sequence[Scheme],
        scheme: Scheme,
        concepts: Collection[Concept],
        selection: ConceptSelection,
        reader: Reader,
    ) -> None:
        self.schemes, self.scheme, self.reader = schemes, scheme, reader
        self._all, self._selection = concepts, selection
        self._names = {concept.iri: concept.reference(reader) for concept in concepts}
        of_kind = [concept for concept in concepts if selection.kind in (None, concept.kind)]
        self.concepts = sorted(of_kind, key=self._place)
        self._tree = Hierarchy(self.concepts)
        numbers = [concept.notation for concept in self.concepts]
        self._own_numbers = {number for number in numbers if number and numbers.count(number) == 1}

    @property
    def order(self) -> str:
        """The order of the list: `tree` or `alphabetical`, as selected.

        The default is a tree if there are levels, or if most concepts have numbers, by which a flat tree is sorted.
        """
        selection = self._selection
        if selection.order:
            return selection.order
        if selection.letter:
            return "alphabetical"
        return "tree" if selection.under or self._tree.has_levels or self._is_numbered else "alphabetical"

    @property
    def _is_numbered(self) -> bool:
        return 2 * sum(bool(concept.notation) for concept in self.concepts) > len(self.concepts)

    def page(self) -> Page:
        """Return the HTML page.

        Raises:
            RequestMalformed: the scheme has no such concept.
            ResourceNotFound: the list has no such page.
        """
        reader, selection = self.reader, self._selection
        _ = reader.gettext
        name = self.scheme.reference(reader)
        context = {
            "scheme": name,
            "is_plan": self.scheme.form == "plan",
            "total": len(self._all),
            "order": self.order,
            "orders": [
                (
                    _(self._word(order, word)),
                    reader.href(selection.path(order=order, letter=None, under=None)),
                    order == self.order,
                )
                for order, word in ORDERS.items()
            ],
            "kinds": self._kinds(),
            "all_kinds": reader.href(selection.path(kind=None, letter=None, under=None)),
            "schemes": self._choices(),
            "browse": reader.href(PATH),
            "chosen": selection,
            "data": [
                ("CSV", "text/csv", reader.table_href(selection.path(".csv", letter=None, under=None))),
                ("JSON", "application/json", reader.href(selection.path(".json", letter=None, under=None))),
            ],
            "query_href": sparql_href(concepts_query(self.scheme.iri), reader),
            **(self._tree_context() if self.order == "tree" else self._alphabet_context()),
        }
        title = _("Browse: {name}").format(name=name.name.text)
        query = browse_path("", parameters=selection.parameters).partition("?")[2]
        return Page("browse/browse.html", title, context, query=query)

    def _word(self, order: str, word: Msgid) -> Msgid:
        return N_("By number") if order == "tree" and not self._tree.has_levels else word

    def records(self, base: str) -> list[dict[str, object]]:
        """Return all concepts of the list as records; `base` is the address of the server."""
        concepts = self.concepts
        if self.order == "alphabetical":
            concepts = sorted(concepts, key=lambda concept: self._alphabetical(concept.iri))
        return [self._record(concept, base) for concept in concepts]

    def _record(self, concept: Concept, base: str) -> dict[str, object]:
        name, path = self._names[concept.iri].name, self.reader.addresses.document_path(concept.iri)
        return {
            "iri": concept.iri,
            "kind": concept.kind,
            "notation": concept.notation,
            "label": name.text if concept.labels else None,
            "language": (name.language or self.reader.language) if concept.labels else None,
            "broader": list(concept.broader),
            **{f"sdg_{basis}": list(concept.linked_iris(basis)) for basis in BASES},
            "page": base + path if path else concept.iri,
        }

    def _kinds(self) -> list[tuple[str, int, str, bool]]:
        counts: dict[str, int] = {}
        for concept in self._all:
            counts[concept.kind] = counts.get(concept.kind, 0) + 1
        selection, reader = self._selection, self.reader
        return [
            (
                reader.gettext(word),
                counts[kind],
                reader.href(selection.path(kind=kind, letter=None, under=None)),
                kind == selection.kind,
            )
            for kind, word in KINDS.items()
            if kind in counts
        ]

    def _choices(self) -> list[tuple[Reference, int, str, bool]]:
        return [
            (
                scheme.reference(self.reader),
                scheme.concepts,
                self.reader.href(
                    browse_path(self._selection.name, parameters=[("scheme", scheme.iri)] if place else [])
                ),
                scheme is self.scheme,
            )
            for place, scheme in enumerate(self.schemes)
        ]

    def _tree_context(self) -> dict[str, object]:
        selection = self._selection
        under = self._find(selection.under) if selection.under else None
        iri = under.iri if under else None
        level = self._tree.level(iri)
        expanded = self._tree.expanded(iri, MOST, DEPTH)
        number, pages = self._paged(len(level) if expanded is None else min(len(level), ROWS))
        shown = expanded if expanded is not None else self._tree.collapsed(level[(number - 1) * ROWS : number * ROWS])
        ancestors = [*self._tree.ancestors(iri), under] if iri and under else []
        return {
            "ancestors": [
                (self._names[step.iri], self.reader.href(selection.path(order="tree", under=self._called(step))))
                for step in ancestors
            ],
            "top": self.reader.href(selection.path(under=None)),
            "nodes": [self._node(branch) for branch in shown],
            "open": expanded is not None and len(self.concepts) <= ROWS,
            **self._pager(number, pages),
        }

    def _alphabet_context(self) -> dict[str, object]:
        selection, reader = self._selection, self.reader
        lines = [(self._names[concept.iri].name, concept, None) for concept in self.concepts]
        lines += [(name, concept, name) for concept in self.concepts for name in self._alternatives(concept)]  # type: ignore[misc]  # None or a name
        occurring = {letter(name.text) for name, _, _ in lines}
        if selection.letter:
            lines = [line for line in lines if letter(line[0].text) == selection.letter]
        lines.sort(key=lambda line: (collation_key(line[0].text), line[1].iri))
        number, pages = self._paged(len(lines))
        shown = lines[(number - 1) * ROWS : number * ROWS]
        return {
            "letters": [
                (one, reader.href(selection.path(order="alphabetical", letter=one)), one in occurring)
                for one in (*LETTERS, OTHER)
            ],
            "all_letters": reader.href(selection.path(order="alphabetical", letter=None)),
            "rows": [self._row(concept, see) for _, concept, see in shown],
            **self._pager(number, pages),
        }

    def _alternatives(self, concept: Concept) -> list[Name]:
        """Return the alternative labels in the language of the concept's label."""
        reference = self._names[concept.iri]
        language = reference.name.language or self.reader.language
        found = {text.value for text in concept.alternatives if text.language == language}
        return [Name(text, reference.name.language) for text in sorted(found - {reference.name.text})]

    def _paged(self, rows: int) -> tuple[int, int]:
        number = self._selection.page
        return number, count_pages(rows, ROWS, number)

    def _pager(self, number: int, pages: int) -> dict[str, object]:
        path, reader = replace(self._selection, page=number - 1).path, self.reader
        return {
            "at": number,
            "pages": pages,
            "before": reader.href(path()),
            "after": reader.href(replace(self._selection, page=number + 1).path()),
        }

    def _find(self, called: str) -> Concept:
        """Return the concept with this unique notation or IRI.

        Raises:
            RequestMalformed: there is none.
        """
        for concept in self.concepts:
            if called == concept.iri or (called == concept.notation and called in self._own_numbers):
                return concept
        raise RequestMalformed(N_("There is no concept {name} here."), name=called[:80])

    def _called(self, concept: Concept) -> str:
        number = concept.notation
        return number if number in self._own_numbers and number is not None else concept.iri

    def _node(self, branch: ConceptBranch) -> TreeNode:
        called = self._called(branch.concept)
        return TreeNode(
            self._row(branch.concept, None),
            tuple(self._node(lower) for lower in branch.children),
            branch.descendants,
            self.reader.href(self._selection.path(order="tree", under=called)),
        )

    def _row(self, concept: Concept, see: Name | None) -> ConceptRow:
        links = {basis: [_sdg_number(iri) for iri in concept.linked_iris(basis)] for basis in BASES}
        return ConceptRow(self._names[concept.iri], self.reader.gettext(KINDS[concept.kind]), see, links)

    def _place(self, concept: Concept) -> tuple[object, ...]:
        return (_ORDER[concept.kind], reference_key(self._names[concept.iri]))

    def _alphabetical(self, iri: str) -> tuple[object, ...]:
        return (collation_key(self._names[iri].name.text), iri)


def _sdg_number(iri: str) -> Reference:
    """Return a reference to an SDG with its number as label."""
    number = iri.removeprefix(SDG)
    return Reference(iri, None, Name(number), number, local=True)
