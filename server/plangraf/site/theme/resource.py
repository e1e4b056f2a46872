"""The addresses of the themes of Los and of the indicators of U4SSC."""

from plangraf.http.declaration import Example, Listed, Parameter
from plangraf.http.resource import Resource
from plangraf.http.table import table_forms
from plangraf.linkeddata.addresses import DOCUMENTS
from plangraf.site.document.model import Document, read_document
from plangraf.site.document.resource import graphs_of_document, unless_withdrawn
from plangraf.site.theme.page import theme_page, theme_table
from plangraf.view.page_form import page_form


def _resource(scheme: str, summary: str, *examples: Example) -> Resource[Document]:
    forms = (page_form(theme_page), *graphs_of_document(), *table_forms(theme_table))
    return Resource(
        path=f"{DOCUMENTS}/{scheme}/{{name:path}}",
        summary=f"{summary}; pages have 50 goals, CSV and JSON all",
        model=read_document,
        forms=tuple(map(unless_withdrawn, forms)),
        about=lambda path, services: (services.addresses.described_iri(path.removeprefix(f"{DOCUMENTS}/")),),
        parameters=(Parameter("_mediatype", "the media type of the form, or its name"),),
        sitemap=Listed(indexed=True),
        examples=examples,
    )


RESOURCES = (
    _resource(
        "los",
        "the document about a theme of Los, with the goals on it and on the themes below it, by municipality",
        Example("theme", f"{DOCUMENTS}/los/natur-klima-og-miljo", engine_calls=2),
        Example("theme without goals", f"{DOCUMENTS}/los/luftfart", engine_calls=2),
    ),
    _resource(
        "u4ssc",
        "the document about an indicator of U4SSC, with the goals on it, by municipality",
        Example("U4SSC indicator", f"{DOCUMENTS}/u4ssc/2150", engine_calls=2),
    ),
)
