"""Reading of a source: one document, or those that a catalogue or a SPARQL endpoint lists."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from plangraf.formats import SOURCE_FORMATS
from plangraf.harvesting.address import SourceAddress
from plangraf.harvesting.catalogue import ListedDocument, is_catalogue, read_page
from plangraf.harvesting.client import ACCEPT, HarvestClient, HarvestResponse, Known, StatusError
from plangraf.harvesting.document import HarvestedDocument, read_quads
from plangraf.harvesting.endpoint import RESULTS, check_count, graph_list, is_endpoint, read_graph_list
from plangraf.harvesting.faults import HarvestError, HarvestFault, NothingToHarvestError
from plangraf.harvesting.harvested_file import publisher_of
from plangraf.harvesting.limits import MOST_PAGES
from plangraf.harvesting.recognition import is_page, recognize_document
from plangraf.harvesting.records import DocumentRecord
from plangraf.languages import N_

_GONE = 410
_DATA_LINKS = frozenset(("describedby", "alternate"))
_LINKED_TYPES = tuple(each.media_type for each in SOURCE_FORMATS)


@dataclass(frozen=True)
class ReadDocument:
    """A document as it was found.

    Attributes:
        entry: where it was found.
        download: the answer; None if there was none.
        document: its statements; None if it has not changed, or cannot be read.
        fault: why it cannot be read, if it cannot.
    """

    entry: ListedDocument
    download: HarvestResponse | None = None
    document: HarvestedDocument | None = None
    fault: HarvestFault | None = None

    @property
    def address(self) -> str:
        """The address by which it is known."""
        return str(self.entry.address)

    @property
    def digest(self) -> str:
        """A hash of what is published from it."""
        data = self.download.data if self.download is not None else b""
        return hashlib.sha256(f"{self.entry.graph}\n{self.entry.licence}\n".encode() + data).hexdigest()


@dataclass(frozen=True)
class ReadSource:
    """A source as it was found.

    Attributes:
        documents: its documents.
        unusable: the number of datasets of a catalogue that have no document in a format that is harvested.
        passed: the publishers whose graphs were passed over, because the source may not publish them.
    """

    documents: tuple[ReadDocument, ...]
    unusable: int = 0
    passed: frozenset[str] = frozenset()


class SourceReader:
    """Reads a source.

    Args:
        client: the HTTP client.
        known: what is recorded of its documents, by address; documents that have not changed are not read again.
        may_publish: returns whether the source may publish the graphs of a publisher.
        most: the number of documents that a catalogue may list.
    """

    def __init__(
        self,
        client: HarvestClient,
        known: Mapping[str, DocumentRecord],
        may_publish: Callable[[str], bool],
        most: int,
    ) -> None:
        self._client = client
        self._known = known
        self._may_publish = may_publish
        self._most = most

    def read(self, address: SourceAddress) -> ReadSource:
        """Return the source at an address.

        Raises:
            HarvestError: nothing can be read; the words say why.
        """
        if is_endpoint(address):
            return self._endpoint(address)
        download = self._client.get(address, self._validators(address))
        if not download.unchanged and is_page(download.media_type, download.data):
            download = self._linked(download)
        if download.unchanged:
            return ReadSource((ReadDocument(ListedDocument(address), download),))
        rdf_format = recognize_document(download.media_type, download.address, download.data)
        if rdf_format in SOURCE_FORMATS and is_catalogue(quads := read_quads(download, rdf_format)):
            return self._catalogue(download, quads)
        return ReadSource((self._interpret(ListedDocument(address), download),))

    def _linked(self, page: HarvestResponse) -> HarvestResponse:
        """Return the data that the header of a web page links to, or else the page."""
        for target, media_type in page.linked(_DATA_LINKS):
            if media_type in _LINKED_TYPES:
                return self._client.get(page.address.joined(target), accept=f"{media_type}, {ACCEPT}")
        return page

    def _catalogue(self, download: HarvestResponse, quads: list[ox.Quad]) -> ReadSource:
        """Return the documents that a catalogue lists, on all its pages.

        Raises:
            HarvestError: a page cannot be read, the pages do not end, or they list too many documents.
        """
        entries: dict[str, ListedDocument] = {}
        seen = {str(download.address)}
        unusable, passed = 0, frozenset[str]()
        page = read_page(quads, download.address, self._may_publish)
        while True:
            entries.update((str(entry.address), entry) for entry in page.entries)
            unusable, passed = unusable + page.unusable, passed | page.passed
            self._check_number(len(entries))
            following = page.following
            if following is None:
                break
            if str(following) in seen:
                raise HarvestError(
                    N_("The pages of the catalogue lead round in a circle, back to {address}."),
                    address=str(following),
                )
            if len(seen) >= MOST_PAGES:
                raise HarvestError(N_("The catalogue has more than {most} pages, or no end."), most=MOST_PAGES)
            seen.add(str(following))
            download = self._client.get(following)
            rdf_format = recognize_document(download.media_type, download.address, download.data)
            page = read_page(read_quads(download, rdf_format), download.address, self._may_publish)
        listed = [entries[address] for address in sorted(entries)]
        return ReadSource(self._documents(listed), unusable, passed)

    def _endpoint(self, address: SourceAddress) -> ReadSource:
        """Return the graphs of publishers that a SPARQL endpoint has.

        Raises:
            HarvestError: it does not answer as one, or it has too many graphs.
        """
        listed = read_graph_list(self._client.get(graph_list(address), accept=RESULTS), address)
        self._check_number(len(listed))
        mine = [each for each in listed if not each.graph or self._may_publish(publisher_of(each.graph))]
        passed = frozenset(publisher_of(each.graph) for each in listed if each not in mine)
        return ReadSource(self._documents(mine), passed=passed)

    def _check_number(self, documents: int) -> None:
        if documents > self._most:
            raise HarvestError(
                N_("The catalogue lists more than {most} documents, which is the limit of this server."),
                most=self._most,
            )

    def _documents(self, listed: Iterable[ListedDocument]) -> tuple[ReadDocument, ...]:
        """Return the documents of a catalogue.

        Raises:
            HarvestError: there are none, or none can be read.
        """
        documents = tuple(found for each in listed if (found := self._entry(each)) is not None)
        if not documents:
            raise HarvestError(N_("The catalogue lists no plan that can be harvested here."))
        faults = [each.fault for each in documents if each.fault is not None]
        if len(faults) == len(documents) and len(documents) > 1:
            raise HarvestError(
                N_("None of the {count} documents of the catalogue can be read. The first one: {cause}"),
                count=len(documents),
                cause=faults[0].text("en"),
            )
        return documents

    def _entry(self, entry: ListedDocument) -> ReadDocument | None:
        """Return a document of a catalogue; None if there is nothing to harvest in it."""
        try:
            download = self._client.get(entry.address, self._validators(entry.address))
            if download.unchanged:
                return ReadDocument(entry, download)
            return self._interpret(entry, download)
        except NothingToHarvestError:
            return None
        except StatusError as error:
            # Who withdraws a document says 410; without one, it may come back.
            return None if error.status == _GONE else ReadDocument(entry, fault=error.fault)
        except HarvestError as error:
            return ReadDocument(entry, fault=error.fault)

    def _interpret(self, entry: ListedDocument, download: HarvestResponse) -> ReadDocument:
        """Return a document that was sent.

        Raises:
            HarvestError: it cannot be read.
        """
        read = ReadDocument(entry, download)
        known = self._known.get(read.address)
        if known is not None and known.digest == read.digest:
            return replace(read, download=replace(download, unchanged=True))
        document = HarvestedDocument.of(download, entry.graph)
        check_count(entry, len(set(document.quads)))
        return replace(read, document=document)

    def _validators(self, address: SourceAddress) -> Known | None:
        known = self._known.get(str(address))
        return Known(known.etag, known.modified) if known is not None and known.digest else None
