"""The addresses of publishers, `/doc/{publisher}`: documents whose list of plans is a table, too."""

from plangraf.http.declaration import Example, Listed
from plangraf.http.negotiate import choose_form, not_acceptable
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.table import table_forms
from plangraf.linkeddata.addresses import DOCUMENTS
from plangraf.site.document.model import Document, read_document
from plangraf.site.document.resource import DOCUMENT_FORMS, DOCUMENT_PARAMETERS, choose_document_form, described_by
from plangraf.site.municipality.table import plans_table

_TABLES = table_forms(plans_table)
_FORMS: tuple[Form[Document], ...] = (*DOCUMENT_FORMS, *_TABLES)


def _choose(document: Document, request: RecordingRequest) -> tuple[Form[Document], str]:
    """Return the form and its media type; only publishers have tables."""
    if request.addresses.publisher_iris(document.iri):
        choice = choose_form(request, [form.format for form in _FORMS])
        table = next((form for form in _TABLES if form.format == choice.format), None)
        if table is not None:
            return table, choice.media_type
    elif request.ending in [form.format for form in _TABLES]:
        raise not_acceptable([form.format for form in DOCUMENT_FORMS])
    return choose_document_form(document, request)


RESOURCES = (
    Resource(
        path=f"{DOCUMENTS}/{{municipality}}",
        summary="the document about a municipality or another publisher, with its plans as a table",
        model=read_document,
        forms=_FORMS,
        choose=_choose,
        about=described_by,
        parameters=DOCUMENT_PARAMETERS,
        sitemap=Listed(indexed=True),
        examples=(
            Example("municipality", f"{DOCUMENTS}/trondheim", engine_calls=2),
            Example("county", f"{DOCUMENTS}/trondelag", engine_calls=2),
        ),
    ),
)
