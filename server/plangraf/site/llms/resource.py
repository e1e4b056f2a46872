"""The address of `/llms.txt` (llmstxt.org): where things are, in Markdown, from the declarations of the resources."""

import re
from typing import Any

from plangraf.formats import HTML, TEXT
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services

LLMS_PATH = "/llms.txt"
_ASSISTANTS = "/mcp"
_VARIABLE = re.compile(r"\{[^}]+\}")
_SUMMARY_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_HEAD = """# Plangraf

> The plans of Norwegian municipalities as linked open data: visions, goals, strategies, measures and indicators, and
> how they are tied to the Sustainable Development Goals (SDGs). This server has release {release}.

Everything has an IRI, by which to cite it. Links to SDGs have a basis: *stated* by the plan or its publisher, or
*editorial*, an editor's assessment that is not the plan's own. Where a plan is not transcribed that far, that is
recorded as *missing*: do not take it for an absence. Name the release, the source and the licence when you cite.

Pages are in bokmål, nynorsk and English (`lang=nb`, `nn` or `en`). Ask for other forms of a page by its extension,
such as `.json`, `.csv` or `.ttl`, or by the `Accept` header.
"""


async def _write(_: None, request: RecordingRequest, services: Services) -> Content:
    """Return the text: the endpoint for assistants, the pages, the patterns of addresses; files are optional."""
    resources = sorted(services.resources, key=lambda resource: resource.path)
    fixed = [resource for resource in resources if not resource.variable and resource.path != LLMS_PATH]
    assistants = [resource for resource in fixed if resource.path == _ASSISTANTS]
    pages = [resource for resource in fixed if resource.has_page and not resource.sitemap.unlisted]
    shown = [_line(f"[{_name(resource)}]({request.base}{_start(resource)})", resource) for resource in pages]
    things = [_line(f"`{_pattern(resource)}`", resource) for resource in resources if resource.variable]
    optional = [resource for resource in fixed if resource not in pages and resource not in assistants]
    sections = (
        ("Assistants", [_line(f"[{each.path}]({request.base}{each.path})", each) for each in assistants]),
        ("Pages", shown),
        ("Things", things),
        ("Optional", [_line(f"[{each.path}]({request.base}{each.path})", each) for each in optional]),
    )
    text = "".join(f"\n## {title}\n\n{''.join(lines)}" for title, lines in sections if lines)
    return Content((_HEAD.format(release=services.manifest.release) + text).encode())


def _line(link: str, resource: Resource[Any]) -> str:
    return f"- {link}: {_summary(resource)}\n"


def _start(resource: Resource[Any]) -> str:
    return (resource.menu.path if resource.menu is not None else None) or resource.path


def _name(resource: Resource[Any]) -> str:
    return str(resource.menu.name) if resource.menu is not None else resource.path


def _pattern(resource: Resource[Any]) -> str:
    return _VARIABLE.sub("…", resource.path)


def _summary(resource: Resource[Any]) -> str:
    """Return what is there, without links into the guides, and in which forms besides HTML."""
    forms = ", ".join(form.format.label for form in resource.forms if form.format != HTML)
    return _SUMMARY_LINK.sub(r"\1", resource.summary) + (f" ({forms})" if forms else "")


RESOURCES = (
    Resource(
        path=LLMS_PATH,
        summary="where things are, for language models (llmstxt.org)",
        model=no_model,
        forms=(Form(TEXT, _write),),
    ),
)
