"""The names of terms in a Turtle text, with the prefixes that the text declares or needs."""

import re
from itertools import pairwise

from plangraf.migration.edits import Edits
from plangraf.migration.turtle_layout import Directive, Layout, PredicateObjects
from plangraf.namespaces import compact, expand

_PLAIN_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class TurtleNames:
    """The names of new terms of a text.

    Args:
        text: the text.
        layout: its layout.
    """

    def __init__(self, text: str, layout: Layout) -> None:
        self._text = text
        self._layout = layout
        self._needed: set[str] = set()

    def name(self, iri: str, group: PredicateObjects, instead_of: str) -> str:
        """Return how `iri` is written in `group` in the place of `instead_of`, or beside it.

        It is an IRI in angle brackets where the other is one, or where its usual prefix stands for something else.
        """
        if instead_of.startswith("<"):
            return f"<{iri}>"
        for prefix, namespace in group.prefixes.items():
            local = iri.removeprefix(namespace)
            if local != iri and namespace and _PLAIN_LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
        usual = compact(iri)
        prefix = usual.partition(":")[0]
        if usual.startswith("<") or prefix in self._layout.declared or not self._prefixes():
            return f"<{iri}>"
        self._needed.add(prefix)
        return usual

    def declare(self, edits: Edits) -> None:
        """Add the declarations of the prefixes that the names need, in the manner of those that are there."""
        for prefix in sorted(self._needed):
            self._declare(prefix, edits)

    def _prefixes(self) -> list[Directive]:
        return [directive for directive in self._layout.head if directive.prefix is not None]

    def _declare(self, prefix: str, edits: Edits) -> None:
        before = self._neighbour(prefix)
        lead = self._text[before.start : before.iri.start]
        begin = f"{before.keyword} {prefix}:"
        width = max(len(lead), len(begin) + 1)
        line = f"{begin.ljust(width)}<{expand(f'{prefix}:')}>{self._text[before.iri.end : before.end]}"
        if "\n" in lead or "#" in self._text[before.iri.end : before.end]:
            line = f"@prefix {prefix}: <{expand(f'{prefix}:')}> ."
        edits.insert_line(before.end, line, edits.indentation(before.start) or "")

    def _neighbour(self, prefix: str) -> Directive:
        """Return the declaration behind which that of `prefix` stands in the order of the alphabet, or the last."""
        known = self._prefixes()
        for directive, following in pairwise(known):
            if str(directive.prefix) < prefix < str(following.prefix):
                return directive
        return known[-1]
