"""The address that the IRIs of problem types lead to."""

from plangraf.http.declaration import Example
from plangraf.http.resource import Resource, no_model
from plangraf.site.problems.page import problems_page
from plangraf.view.page_form import page_form

RESOURCES = (
    Resource(
        path="/problems",
        summary="the descriptions of the problem types",
        model=no_model,
        forms=(page_form(problems_page),),
        examples=(Example("problems", "/problems", engine_calls=0),),
    ),
)
