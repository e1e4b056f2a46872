"""The page "Publish your plan": four steps, with the workbooks to download and the form to check one."""

from dataclasses import dataclass

from plangraf.formats import SOURCE_FORMATS, WORKBOOK_FORMATS, XLSX
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import BilingualLanguage
from plangraf.previewing.limits import LIMITS
from plangraf.site.publish.workbooks import WORKBOOKS, WorkbookDownload
from plangraf.sources.recognition import EXTENSIONS
from plangraf.view.page import Page
from plangraf.view.reader import Reader

PUBLISH_PATH = "/publish"

ACCEPTED = ",".join(
    (
        *(f".{each.extension}" for each in (*WORKBOOK_FORMATS, *SOURCE_FORMATS)),
        ".xlsm",
        *EXTENSIONS,
    )
)
"""The files that the field accepts: the endings of workbooks, and of linked data."""
_LANGUAGES: tuple[tuple[BilingualLanguage, str], ...] = (("nb", "Bokmål"), ("en", "English"))


@dataclass(frozen=True)
class DownloadLine:
    """The workbooks to begin with in one language, and the name of that in itself."""

    language: BilingualLanguage
    name: str
    downloads: tuple[WorkbookDownload, ...]


async def publish_page(_: None, request: RecordingRequest, services: Services) -> Page:
    """Return the page for the reader; it needs no engine."""
    await services.background.get_ready()  # a visitor of the form may send a plan soon
    reader, settings = Reader.of(request), services.settings
    context = {
        "lines": [
            DownloadLine(language, name, tuple(each for each in WORKBOOKS if each.language == language))
            for language, name in _LANGUAGES
        ],
        "accepted": ACCEPTED,
        "xlsx": XLSX.media_type,
        "publishing": settings.publishing,
        "contact_email": settings.contact_email,
        "contact_url": settings.contact_url,
        "base": request.base,
        "limits": LIMITS,
        "megabytes": settings.upload_size // (1024 * 1024),
    }
    return Page(
        "publish/publish.html",
        reader.gettext("Publish your plan"),
        context,
        description=reader.gettext("From a plan on paper to a published plan in four steps, with a workbook."),
    )
