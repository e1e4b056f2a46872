"""Documents about things that have no path of their own: `/doc?iri=…`."""

from urllib.parse import parse_qsl, urlencode

from plangraf.errors import RequestMalformed
from plangraf.http.content import Redirect
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, FormResult
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.addresses import DOCUMENTS, foreign_path, with_extension, with_query
from plangraf.site.document.linked_page import read_linked_page
from plangraf.site.document.model import Document, document_about

_IRI = "iri"


async def read_foreign(request: RecordingRequest, services: Services) -> Document | Redirect:
    """Return the document about the thing that the parameter names, or the redirect to the path that it has here.

    Raises:
        RequestMalformed: the parameter is missing, or the request names a profile that the document does not have.
        ResourceNotFound: the release does not describe the thing, which would have a path of its own.
    """
    iri = asked_iri(request)
    path = services.addresses.document_path(iri)
    if path is None or iri in services.addresses.foreign:
        return await document_about(iri, foreign_path(iri), request, services)
    await read_linked_page(iri, services)
    return Redirect(_with_form(path, request))


def asked_iri(request: RecordingRequest) -> str:
    """Return the IRI that the parameter `iri` names.

    Raises:
        RequestMalformed: the parameter is missing.
    """
    iri = request.parameter(_IRI)
    if not iri:
        raise RequestMalformed(N_("The parameter iri is missing; it is the IRI of what is to be shown."))
    return iri


def landing_path(path: str, request: RecordingRequest, services: Services) -> str:
    """Return the path of the page about a thing, which for `/doc` is that of the IRI that the parameter names.

    Args:
        path: the path in a request for something about the page, such as its citation.
        request: the request.
        services: the services of the release.

    Raises:
        RequestMalformed: the path is `/doc`, and the parameter is missing.
    """
    return services.addresses.described_path(asked_iri(request)) if path == DOCUMENTS else path


def or_redirect(form: Form[Document]) -> Form[Document | Redirect]:
    """Return the form of a document that may turn out to be a redirect."""

    async def write(found: Document | Redirect, request: RecordingRequest, services: Services) -> FormResult:
        return found if isinstance(found, Redirect) else await form.write(found, request, services)

    return Form(form.format, write)


def _with_form(path: str, request: RecordingRequest) -> str:
    """Return a path with the extension and the other parameters of the request."""
    stem, hash_mark, fragment = path.partition("#")
    if request.ending is not None and not fragment:
        stem = with_extension(stem, request.ending.extension)
    rest = [(name, value) for name, value in parse_qsl(request.query) if name != _IRI]
    return f"{with_query(stem, urlencode(rest)) if rest else stem}{hash_mark}{fragment}"
