"""IRIs that were published and that a new release no longer describes, without saying that they are withdrawn."""

from collections.abc import Iterable

from plangraf.errors import NonconformingError
from plangraf.namespaces import ID
from plangraf.release.write import ReleaseContent

_OWN = f"<{ID}".encode()
_DEPRECATED = b"<http://www.w3.org/2002/07/owl#deprecated>"
_MOST = 20
"""The number of IRIs that the message lists."""


class VanishedError(NonconformingError):
    """A release would no longer describe IRIs that have been published.

    Attributes:
        iris: the IRIs, sorted.
        statements: the statements that withdraw the first of them, in Turtle.
    """

    def __init__(self, iris: list[str]) -> None:
        self.iris = iris
        self.statements = "".join(
            f'  <{iri}> owl:deprecated true ; skos:changeNote "…"@nb ; dct:isReplacedBy <…> .\n'
            for iri in iris[:_MOST]
        )
        more = f"  … and {len(iris) - _MOST} more\n" if len(iris) > _MOST else ""
        super().__init__(
            f"Violation: {len(iris)} published IRIs are no longer described, and a published IRI never breaks.\n"
            "Describe them again, or withdraw them: write in a file of the plan, with the reason and with what "
            f"replaces them, if anything does:\n\n{self.statements}{more}\n"
        )


def refuse_vanished(content: ReleaseContent) -> None:
    """Refuse a release that no longer describes an IRI that the previous one described.

    An IRI is withdrawn by a statement about it, or about one above it, with owl:deprecated.

    Raises:
        VanishedError: IRIs have vanished; the report offers the statements that withdraw them.
    """
    before = _subjects(content.previous_lines(content.replaced))
    if not before:
        return
    after, withdrawn = set[bytes](), set[bytes]()
    for line in content.lines(part for part in content.parts if not part.reused):
        subject, _, rest = line.partition(b" ")
        if subject.startswith(_OWN):
            after.add(subject)
            if rest.startswith(_DEPRECATED):
                withdrawn.add(subject[:-1])
    gone = sorted(
        subject[1:-1].decode()
        for subject in before - after
        if not any(subject.startswith((above + b"/", above + b"#")) for above in withdrawn)
    )
    others = [part.index for part in content.parts]
    gone = [iri for iri in gone if not any(index.describes(iri) for index in others)]
    if gone:
        raise VanishedError(gone)


def _subjects(lines: Iterable[bytes]) -> set[bytes]:
    found = set()
    for line in lines:
        if line.startswith(_OWN):
            found.add(line[: line.index(b" ")])
    return found
