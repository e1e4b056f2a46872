"""What is browsed, and how, as it stands in an address."""

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
    """What is browsed, and how.

    Attributes:
        name: the name of the dataset.
        scheme: the IRI of one of its schemes or collections; None is the first.
        order: `tree` or `alphabetical`; None is the tree where there is one.
        kind: a kind of concepts; None is all.
        letter: a letter of the alphabet, or `#`; None is all.
        under: the number or the IRI of the concept below which the tree is shown; None is the top.
        page: which page of a long list.
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
        """Return the selection of an address; empty values are as if they were not given.

        Raises:
            RequestMalformed: a parameter has a value that it cannot have.
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
        """What of this stands in the query of an address."""
        named = {name: getattr(self, name) for name in ("scheme", "order", "kind", "letter", "under")}
        pairs = [(name, value) for name, value in named.items() if value]
        return pairs + ([("page", str(self.page))] if self.page > 1 else [])

    def path(self, ending: str = "", **changes: str | None) -> str:
        """Return the path of this list, or of the first page of one that differs by `changes`."""
        changed = replace(self, page=1, **changes) if changes else self  # type: ignore[arg-type]  # names of texts only
        return browse_path(self.name, ending, changed.parameters)
