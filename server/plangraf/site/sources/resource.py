"""The addresses of the sources."""

from plangraf.http.declaration import Example, Listed, Parameter
from plangraf.http.resource import Resource
from plangraf.http.table import table_forms
from plangraf.site.sources.model import SOURCES_PATH, read_source, read_sources
from plangraf.site.sources.page import source_page, sources_page
from plangraf.site.sources.table import documents_table, sources_table
from plangraf.view.page_form import page_form

RESOURCES = (
    Resource(
        path=SOURCES_PATH,
        summary="the sources that are [harvested](operator.md#harvesting), with outcome, times and licences; pages "
        "have 25, tables all",
        model=read_sources,
        forms=(page_form(sources_page), *table_forms(sources_table)),
        parameters=(Parameter("page", "the number of a page of 25 sources"),),
        lasting=False,
        of_release=False,
        examples=(Example("sources", SOURCES_PATH, engine_calls=0),),
    ),
    Resource(
        path=f"{SOURCES_PATH}/{{key}}",
        summary="a source that is harvested, with its documents and its report; pages have 25 documents, tables all",
        model=read_source,
        forms=(page_form(source_page), *table_forms(documents_table)),
        sitemap=Listed(unlisted="it is about the server and not about plans"),
        parameters=(Parameter("page", "the number of a page of 25 documents"),),
        lasting=False,
        of_release=False,
    ),
)
