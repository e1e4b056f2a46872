"""IRIs that were published and that a new release no longer describes, without saying that they are withdrawn."""

from collections.abc import Iterable
from itertools import chain

from plangraf.errors import NonconformingError
from plangraf.namespaces import ID
from plangraf.release.ledger import subject_starts
from plangraf.release.write import ReleaseContent

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
        count = "1 published IRI is" if len(iris) == 1 else f"{len(iris)} published IRIs are"
        super().__init__(
            f"Violation: {count} no longer described, and a published IRI never breaks.\n"
            "Describe what is missing again, or withdraw it: write in a file of the plan, with the reason and with "
            f"what replaces it, if anything does:\n\n{self.statements}{more}\n"
        )


def refuse_vanished(content: ReleaseContent) -> None:
    """Refuse a release that no longer describes an IRI that the previous one described.

    An IRI is withdrawn by a statement about it, or about one above it, with owl:deprecated; all below a URI space are
    by one about the publisher. An IRI below a space that is no longer declared has no document any more, so it must
    be withdrawn, too.

    Raises:
        VanishedError: IRIs have vanished; the report offers the statements that withdraw them.
    """
    declared = chain.from_iterable(record.index.uri_spaces.items() for record in content.replaced)
    spaces = {space: publisher for publisher, space in declared}
    lost = spaces.keys() - content.uri_spaces.values()
    own = subject_starts(ID, spaces)
    before = _subjects(content.previous_lines(content.replaced), own)
    if not before:
        return
    without_document = subject_starts(ID, lost)[1:]
    after, withdrawn = set[bytes](), set[bytes]()
    for line in content.lines(part for part in content.parts if not part.reused):
        subject, _, rest = line.partition(b" ")
        if subject.startswith(own):
            if not subject.startswith(without_document):
                after.add(subject)
            if rest.startswith(_DEPRECATED):
                withdrawn.add(subject[:-1].rstrip(b"/#"))
    withdrawn |= {
        f"<{space}".rstrip("/#").encode()
        for space, publisher in spaces.items()
        if f"<{ID}{publisher}".encode() in withdrawn
    }
    gone = sorted(
        subject[1:-1].decode()
        for subject in before - after
        if not any(subject.startswith((above + b">", above + b"/", above + b"#")) for above in withdrawn)
    )
    others = [part.index for part in content.parts]
    gone = [
        iri
        for iri in gone
        if f"<{iri}>".encode().startswith(without_document) or not any(index.describes(iri) for index in others)
    ]
    if gone:
        raise VanishedError(gone)


def _subjects(lines: Iterable[bytes], own: tuple[bytes, ...]) -> set[bytes]:
    found = set()
    for line in lines:
        if line.startswith(own):
            found.add(line[: line.index(b" ")])
    return found
