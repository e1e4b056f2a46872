"""The address of the page about this server."""

from plangraf.http.declaration import Example, MenuEntry
from plangraf.http.resource import Resource, no_model
from plangraf.languages import N_
from plangraf.site.about.page import about_page
from plangraf.view.page_form import page_form

RESOURCES = (
    Resource(
        path="/about",
        summary="publisher, release date, licence, privacy and accessibility",
        model=no_model,
        forms=(page_form(about_page),),
        menu=MenuEntry(N_("About"), 5),
        examples=(Example("about", "/about", engine_calls=0),),
    ),
)
