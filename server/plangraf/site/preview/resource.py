"""The addresses of the pages of previews."""

import zlib

from anyio import to_thread

from plangraf.errors import ResourceNotFound
from plangraf.formats import HTML
from plangraf.http.content import Content
from plangraf.http.declaration import Listed
from plangraf.http.headers import UNSHARED
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.previewing.bundle import PreviewPage
from plangraf.previewing.limits import LIMITS
from plangraf.view.prefix import with_prefix
from plangraf.view.reader import Reader

PREVIEW_PATH = "/preview"
_PAGE_NUMBER = 4  # digits
_HEADERS = {**UNSHARED, "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "same-origin"}


def preview_path(token: str) -> str:
    """Return the path of the page of the plan of a preview."""
    return f"{PREVIEW_PATH}/{token}"


async def _page(_: None, request: RecordingRequest, services: Services) -> Content:
    """Return a page of a preview.

    Raises:
        ResourceNotFound: there is no such preview or page, or not any more.
    """
    reader = Reader.of(request)
    token, _mark, number = request.path.removeprefix(f"{PREVIEW_PATH}/").partition("/")
    page = None
    if not number or (number.isascii() and number.isdecimal() and len(number) <= _PAGE_NUMBER):
        page = await services.background.preview_page(token, PreviewPage(int(number or 0), reader.content))
    if page is None:
        raise ResourceNotFound(
            N_(
                "There is no such preview. A preview is deleted after {minutes} minutes, or earlier if there are "
                "many others. Check the plan again to get a new one."
            ),
            minutes=LIMITS.minutes,
        )
    html = (await to_thread.run_sync(zlib.decompress, page)).decode()
    return Content(
        with_prefix(html, request.prefix).encode(),
        language=reader.languages,
        headers=_HEADERS,
        lasting=False,
    )


RESOURCES = (
    Resource(
        path=PREVIEW_PATH + "/{name:path}",
        summary="a page of the preview of a plan that somebody has just checked at `/validate`; it is not published",
        model=no_model,
        forms=(Form(HTML, _page),),
        sitemap=Listed(unlisted="previews are not published"),
        lasting=False,
        of_release=False,
    ),
)
