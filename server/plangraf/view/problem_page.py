"""The HTML page of a problem."""

import re

from plangraf.http.content import Content
from plangraf.http.problems import Problem
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.search.criteria import LONGEST
from plangraf.view.page import Page
from plangraf.view.page_form import page_content
from plangraf.view.reader import Reader


def problem_page(problem: Problem, request: RecordingRequest, services: Services) -> Content:
    """Return the page of a problem; a page with status 404 offers a search."""
    title = Reader.of(request).gettext(problem.title)
    context = {"problem": problem, "words": _words(request) if problem.status == 404 else ""}
    return page_content(Page("problem.html", title, context, status=problem.status), request, services)


def _words(request: RecordingRequest) -> str:
    """Return a search text for a missing page: the last segment of its path as words."""
    segments = [segment for segment in request.decoded_path.split("/") if any(map(str.isalpha, segment))]
    return re.sub(r"[\W_]+", " ", segments[-1]).strip()[:LONGEST] if segments else ""
