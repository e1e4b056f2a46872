"""The address of the suggestions for a plan."""

from plangraf.formats import TSV
from plangraf.http.declaration import Example, Listed, Parameter
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.http.table import table_forms
from plangraf.site.suggestions.model import PATH, read_plan_suggestions
from plangraf.site.suggestions.page import suggestions_page
from plangraf.site.suggestions.table import suggestions_table, write_sssom
from plangraf.view.page_form import page_form

RESOURCES = (
    Resource(
        path=f"{PATH}/{{name:path}}",
        summary=(
            "suggested links of a plan; pages have 20 goals, other forms all; TSV is SSSOM; see "
            "the [matching guide](matching.md#link-suggestions)"
        ),
        model=read_plan_suggestions,
        forms=(page_form(suggestions_page), *table_forms(suggestions_table), Form(TSV, write_sssom)),
        ready=Services.index_opened,
        parameters=(
            Parameter("to", "`sdg`, or the publisher whose goals are suggested, such as `trondheim`"),
            Parameter("page", "the number of a page of 20 goals"),
        ),
        sitemap=Listed(unlisted="nobody has judged what a program suggests"),
        examples=(
            Example("suggestions", f"{PATH}/bergen/bergen-2030", engine_calls=0),
            Example("suggestions of goals", f"{PATH}/bergen/bergen-2030?to=trondheim", engine_calls=0),
        ),
    ),
)
