"""The address of the comparison."""

from plangraf.http.declaration import Example, MenuEntry
from plangraf.http.resource import Resource
from plangraf.http.table import table_forms
from plangraf.languages import N_
from plangraf.site.compare.model import PATH, read_comparison
from plangraf.site.compare.page import compare_page
from plangraf.site.compare.table import compare_table
from plangraf.view.page_form import page_form

RESOURCES = (
    Resource(
        path=PATH,
        summary=(
            "the comparison of municipalities by SDG; parameters `publisher` (repeatable), `basis` (`stated` or "
            "`editorial`) and `sdg`; pages have 50 rows, data all; see the [researcher "
            "guide](researcher.md#comparison)"
        ),
        model=read_comparison,
        forms=(page_form(compare_page), *table_forms(compare_table)),
        menu=MenuEntry(N_("Compare"), 3),
        examples=(
            Example("compare", "/compare", engine_calls=2),
            Example("compare one publisher", "/compare?publisher=trondheim&basis=stated", engine_calls=2),
            Example("compare one SDG", "/compare?sdg=13", engine_calls=2),
        ),
    ),
)
