"""The address of the front page."""

from plangraf.http.declaration import Example, MenuEntry
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Resource
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.site.home.page import home_page
from plangraf.view.page_form import page_form


async def _number(request: RecordingRequest, _: Services) -> int:
    return page_number(request)


RESOURCES = (
    Resource(
        path="/",
        summary="the front page",
        model=_number,
        forms=(page_form(home_page),),
        menu=MenuEntry(N_("Municipalities"), 1),
        examples=(Example("home", "/", engine_calls=2),),
    ),
)
