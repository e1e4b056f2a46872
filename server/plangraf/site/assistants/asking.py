"""An assistant that asks: the release that answers, its client, and the requests of the pages that tell the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import urlencode

from starlette.types import Scope

from plangraf.http.client import client_of
from plangraf.http.request import ADDRESSES, PREFIX, RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import InterfaceLanguage
from plangraf.linkeddata.sources import Sources
from plangraf.linkeddata.triples import date_time
from plangraf.site.assistants.answers import AnsweredThing
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference


class Sourcing(TypedDict):
    """The fields of a `SourcedAnswer`."""

    release: str
    built: str | None
    licences: list[str]
    cite: str


@dataclass(frozen=True)
class Asking:
    """An assistant that asks.

    Attributes:
        services: the services of the release that answers.
        scope: the ASGI scope of its request, or one that stands for it.
    """

    services: Services
    scope: Scope

    @classmethod
    def here(cls, services: Services) -> "Asking":
        """Return an assistant that asks over standard input; the addresses in answers are the canonical ones."""
        scope = {
            "type": "http",
            "method": "GET",
            "scheme": "https",
            "path": "/",
            "raw_path": b"/",
            "query_string": b"",
            "headers": [(b"host", b"w3id.org")],
            PREFIX: "/plangraf",
            ADDRESSES: services.addresses,
        }
        return cls(services, scope)

    @property
    def client(self) -> str:
        """The client, for the limits."""
        return client_of(self.scope)

    @property
    def base(self) -> str:
        """The address of the server, as the assistant sees it."""
        return RecordingRequest(self.scope).base

    def request(
        self, path: str, language: InterfaceLanguage, parameters: Mapping[str, object] | None = None
    ) -> RecordingRequest:
        """Return the request of a page or its data.

        Args:
            path: the path.
            language: the preferred language of labels.
            parameters: the parameters; a list is one that occurs several times, and None is left out.
        """
        given = {name: value for name, value in (parameters or {}).items() if value is not None}
        hosts = [(name, value) for name, value in self.scope["headers"] if name == b"host"]
        scope = {
            **self.scope,
            "path": path,
            "raw_path": path.encode(),
            "query_string": urlencode(given, doseq=True).encode(),
            "headers": [*hosts, (b"accept-language", language.encode())],
        }
        return RecordingRequest(scope)

    def reader(self, language: InterfaceLanguage) -> Reader:
        """Return the reader for a language."""
        return Reader.of(self.request("/", language))

    async def sourcing(self, sources: Sources | None = None) -> Sourcing:
        """Return what every answer carries.

        Args:
            sources: the graphs behind the answer; None for those of the whole release.
        """
        manifest = self.services.manifest
        found = sources if sources is not None else await self.services.facts.sources() or Sources()
        built = date_time(manifest.built)
        return Sourcing(
            release=manifest.release,
            built=built[0].value if built else None,
            licences=[*found.licences],
            cite=f"{self.base}/cite",
        )

    def thing(self, reference: Reference, language: InterfaceLanguage) -> AnsweredThing:
        """Return a thing with its name and the address of its page."""
        href = reference.href
        page = self.base + href if href and href.startswith("/") else href
        return AnsweredThing(
            iri=reference.iri, name=reference.name.text, language=_tag(reference.name, language), page=page
        )

    def things(self, references: Iterable[Reference], language: InterfaceLanguage) -> list[AnsweredThing]:
        """Return things with their names."""
        return [self.thing(reference, language) for reference in references]


def _tag(name: Name, language: InterfaceLanguage) -> str:
    return name.language or language
