"""The page that explains every problem type."""

from plangraf.http.problems import PROBLEM_TYPES
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.view.page import Page
from plangraf.view.reader import Reader


async def problems_page(_: None, request: RecordingRequest, __: Services) -> Page:
    """Return the page of the problem types: no call of the engine."""
    title = Reader.of(request).gettext("Error messages")
    return Page("problems/problems.html", title, {"problems": PROBLEM_TYPES})
