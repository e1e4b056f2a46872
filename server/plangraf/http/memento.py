"""The addresses of a resource in time (RFC 7089): the original, its mementos, the time gate and the time map."""

from dataclasses import dataclass

from plangraf.formats import LINK_FORMAT
from plangraf.http.link import Link
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.linkeddata.addresses import with_release


@dataclass(frozen=True)
class MementoAddresses:
    """The addresses of an original resource (RFC 7089).

    Attributes:
        original: the path of the resource, with a query that does not name a release.
    """

    original: str

    @property
    def gate(self) -> str:
        """The path of the time gate."""
        return f"/timegate{self.original}"

    @property
    def map(self) -> str:
        """The path of the time map."""
        return f"/timemap{self.original}"

    def version_links(self) -> tuple[Link, ...]:
        """Return the links from the original."""
        return self.links()[1:]

    def memento(self, release: str) -> str:
        """Return the path of the memento in a release."""
        return with_release(self.original, release)

    def links(self) -> tuple[Link, ...]:
        """Return the links from a memento."""
        return (
            Link(self.original, "original"),
            Link(self.gate, "timegate"),
            Link(self.map, "timemap", {"type": LINK_FORMAT.media_type}),
        )


def version_links(request: RecordingRequest, services: Services) -> tuple[Link, ...]:
    """Return the links from an address to its versions; none if the server has no history of releases."""
    if services.settings.served is None or services.older is not None:
        return ()
    return MementoAddresses(request.path).version_links()
