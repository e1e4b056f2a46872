"""The document about something that has been withdrawn: when, why, and what replaces it. Its status is 410."""

from anyio import to_thread

from plangraf.engine.errors import InvalidIri
from plangraf.errors import ResourceGone, ResourceNotFound
from plangraf.formats import GRAPH_FORMATS, HTML
from plangraf.http.content import Content
from plangraf.http.negotiate import choose_form
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.signposting import data_links
from plangraf.linkeddata.withdrawal import Withdrawal, find_withdrawal
from plangraf.namespaces import GRAPH, compact, expand
from plangraf.rdf.serialization import serialize
from plangraf.release.ledger import Ledger
from plangraf.site.document.timeline import read_timeline
from plangraf.view.dates import ExactDate
from plangraf.view.page import Metadata, Page
from plangraf.view.page_form import page_content
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.term_names import term_names

_STATUS = 410
_DAY = 10
"""The number of characters of a date in the text of an xsd:dateTime."""


async def withdrawn_content(
    iri: str, path: str, error: ResourceGone | ResourceNotFound, request: RecordingRequest, services: Services
) -> Content:
    """Return the document about something that has been withdrawn, in the form that the client prefers.

    Args:
        iri: the thing.
        path: the path of the document, without an ending.
        error: the error of a document about the thing.
        request: the request.
        services: the services of the release.

    Raises:
        ResourceNotFound: it is the error, and the thing has never been published.
        NotAcceptable: the client accepts none of the forms.
        EngineError: the engine cannot answer the query.
    """
    try:
        withdrawal = await find_withdrawal(services.engine, iri)
    except InvalidIri:
        raise error from None  # what is no IRI has never been published
    if isinstance(error, ResourceNotFound) and not _was_published(withdrawal, services.ledger):
        raise error
    choice = choose_form(request, (HTML, *GRAPH_FORMATS))
    if choice.format == HTML:
        reader = Reader.of(request)
        metadata = Metadata(path, timeline=await read_timeline(services, iri, path, reader))
        return page_content(_page(withdrawal, reader, metadata), request, services)
    triples = withdrawal.document(path, services.manifest.release)
    body = await to_thread.run_sync(serialize, triples, choice.format)
    return Content(body, choice.media_type, links=tuple(data_links(path)), status=_STATUS)


def _was_published(withdrawal: Withdrawal, ledger: Ledger) -> bool:
    """Return whether something was published; without a ledger, it may have been if something above it was."""
    return withdrawal.iri in ledger if len(ledger) else withdrawal.withdrawn is not None


def _page(withdrawal: Withdrawal, reader: Reader, metadata: Metadata) -> Page:
    reading = Reading(withdrawal.triples, reader, term_names(reader.language))
    of = withdrawal.withdrawn or withdrawal.iri
    times = [time.value[:_DAY] for time in reading.statements.literals(of, expand("prov:invalidatedAtTime"))]
    # The title of the graph of a notice says that it was withdrawn.
    named = of == withdrawal.iri and not of.startswith(GRAPH)
    context = {
        "iri": withdrawal.iri,
        "name": reading.name(of) if named else None,
        "above": reading.reference(of) if of != withdrawal.iri else None,
        "when": [ExactDate(time).written(reader.language) for time in times],
        "reasons": reading.texts(of, "skos:changeNote"),
        "replacements": reading.references(of, "dct:isReplacedBy"),
        "publishers": reading.references(of, "dct:publisher"),
    }
    label = reading.name(of).text if named else compact(withdrawal.iri).strip("<>")
    title = reader.gettext("Withdrawn: {name}").format(name=label)
    return Page("document/withdrawn.html", title, context, metadata, status=_STATUS)
