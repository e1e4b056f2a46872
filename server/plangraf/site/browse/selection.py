"""The selection of concepts in the URL of a concept list."""

from dataclasses import dataclass, replace
from urllib.parse import unquote

from plangraf.errors import RequestMalformed
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.languages import N_
from plangraf.site.browse.alphabet import LETTERS, OTHER
from plangraf.site.browse.concepts import CONCEPT
from plangraf.site.browse.schemes import browse_path
from plangraf.vocabulary import KINDS_BY_RANK

ORDERS = {"tree": N_("Tree"), "alphabetical": N_("Alphabetical")}
KINDS = {**{kind.key: kind.word for kind in KINDS_BY_RANK}, CONCEPT: N_("concept")}
BASES = ("stated", "editorial", "unclaimed")


@dataclass(frozen=True)
class ConceptSelection:
    """The scheme, filters and order of a concept list.

    Attributes:
        name: the name of the dataset.
        scheme: the IRI of one of its schemes or collections; None selects the first.
        order: `tree` or `alphabetical`; None selects the default.
        kind: a kind of concept; None selects all.
        letter: a letter of the alphabet, or `#`; None selects all.
        under: the notation or IRI of the concept at the root of the tree; None selects the whole tree.
        page: the page of a long list, counted from 1.
    """

    name: str
    scheme: str | None = None
    order: str | None = None
    kind: str | None = None
    letter: str | None = None
    under: str | None = None
    page: int = 1

    @classmethod
    def of(cls, request: RecordingRequest, name: str) -> "ConceptSelection":
        """Return the selection from the parameters of a request; empty values are ignored.

        Raises:
            RequestMalformed: a parameter has an invalid value.
            ResourceNotFound: there is no such page.
        """
        order, kind, letter = (request.parameter(parameter) or None for parameter in ("order", "kind", "letter"))
        if order not in (None, *ORDERS):
            raise RequestMalformed(N_("The parameter order is tree or alphabetical."))
        if kind not in (None, *KINDS):
            raise RequestMalformed(N_("The parameter kind is one of {kinds}."), kinds=", ".join(KINDS))
        if letter is not None and letter.upper() not in (*LETTERS, OTHER):
            raise RequestMalformed(
                N_("The parameter letter is a letter of the Norwegian alphabet, or # (written %23).")
            )
        return cls(
            name=unquote(name),
            scheme=request.parameter("scheme") or None,
            order=order,
            kind=kind,
            letter=letter.upper() if letter else None,
            under=request.parameter("under") or None,
            page=page_number(request),
        )

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query parameters of the selection."""
        named = {name: getattr(self, name) for name in ("scheme", "order", "kind", "letter", "under")}
        pairs = [(name, value) for name, value in named.items() if value]
        return pairs + ([("page", str(self.page))] if self.page > 1 else [])

    def path(self, ending: str = "", **changes: str | None) -> str:
        """Return the path of this list, or with `changes`, of the first page of the changed list."""
        changed = replace(self, page=1, **changes) if changes else self  # type: ignore[arg-type]  # names of texts only
        return browse_path(self.name, ending, changed.parameters)
