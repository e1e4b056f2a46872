"""The page about matching a table with what is published."""

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.site.reconcile.manifest import RECONCILE
from plangraf.site.reconcile.properties import PROPERTIES
from plangraf.view.page import Page
from plangraf.view.reader import Reader
from plangraf.vocabulary import KINDS_BY_RANK

_TITLE = N_("Match your table with goals and SDGs")
_ABOUT = N_("How to match the rows of a table with SDGs, goals of plans, themes and publishers, in OpenRefine.")


async def help_page(_: None, request: RecordingRequest, __: Services) -> Page:
    """Return the page, with the address of the service."""
    reader = Reader.of(request)
    return Page(
        template="reconcile/help.html",
        title=reader.gettext(_TITLE),
        description=reader.gettext(_ABOUT),
        context={
            "service": f"{request.base}{RECONCILE}?lang={reader.language}",
            "manifest": reader.href(RECONCILE),
            "types": [reader.gettext(kind.word) for kind in KINDS_BY_RANK],
            "conditions": [reader.gettext(found.word) for found in PROPERTIES if found.condition],
        },
    )
