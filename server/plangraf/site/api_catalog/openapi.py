"""The OpenAPI description of a server, written from the declarations of its resources (OpenAPI 3.1)."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from plangraf import __version__
from plangraf.formats import CSV, HTML, REDIRECT
from plangraf.http.declaration import Parameter
from plangraf.http.problems import PROBLEM_TYPES
from plangraf.http.resource import Resource
from plangraf.languages import INTERFACE_LANGUAGES

_VARIABLE = re.compile(r"\{(\w+)(:path)?\}")
_SUMMARY_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_OTHERS = {"GET": "get", "HEAD": "head", "POST": "post", "PUT": "put", "DELETE": "delete"}
_WITH_BODY = ("post", "put")
_LANGUAGE = Parameter("lang", "the language of labels and messages", INTERFACE_LANGUAGES)


def openapi(resources: Iterable[Resource[Any]], server: str, release: str) -> dict[str, object]:
    """Return the OpenAPI description of a server.

    Args:
        resources: its resources.
        server: the address of the server, without a slash at its end.
        release: the identifier of the release.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Plangraf",
            "version": __version__,
            "summary": "Municipal plans as linked open data",
            "description": f"Release {release}. All answers are also available by content negotiation.",
        },
        "servers": [{"url": server or "/"}],
        "paths": dict(path for resource in resources for path in _paths(resource)),
        "components": {
            "schemas": {
                "Problem": {
                    "type": "object",
                    "description": "A problem document (RFC 9457).",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": {"type": "string", "format": "uri"},
                        "title": {"type": "string"},
                        "status": {"type": "integer", "enum": sorted({problem.status for problem in PROBLEM_TYPES})},
                        "detail": {"type": "string"},
                    },
                }
            },
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "the token of a publisher"}
            },
            "responses": {
                "Problem": {
                    "description": "A problem; its type is described at its address.",
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
            },
        },
    }


def _paths(resource: Resource[Any]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the path items of a resource: its path, and one for each extension of a fixed path."""
    media_types = list(dict.fromkeys([*(form.format.media_type for form in resource.forms), *resource.media_types]))
    yield _path(resource.path), _item(resource, media_types)
    if not resource.variable and resource.application is None and resource.path != "/":
        for form in resource.endings:
            yield f"{resource.path}.{form.extension}", _item(resource, [form.media_type])
    for alias in resource.aliases:
        yield _path(alias), _item(resource, list(resource.media_types))


def _path(path: str) -> str:
    return _VARIABLE.sub(lambda match: f"{{{match[1]}}}", path)


def _item(resource: Resource[Any], media_types: list[str]) -> dict[str, object]:
    summary = _SUMMARY_LINK.sub(r"\1", resource.summary).replace("`", "")
    parameters: list[dict[str, object]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "description": _part(resource, more),
        }
        for name, more in _VARIABLE.findall(resource.path)
    ]
    parameters += [_parameter(parameter) for parameter in resource.parameters if not parameter.methods]
    if HTML.media_type in media_types or CSV.media_type in media_types:
        parameters.append(_parameter(_LANGUAGE))
    redirects = any(form.format == REDIRECT for form in resource.forms)
    answer: dict[str, object] = (
        {"303": {"description": summary}}
        if redirects
        else {"200": {"description": summary, "content": {media_type: {} for media_type in media_types}}}
    )
    body = {"required": True, "content": {media_type: {} for media_type in resource.body_types}}
    operations = {_OTHERS[method]: method for method in resource.methods if method in _OTHERS}
    return {
        "summary": summary,
        **({"parameters": parameters} if parameters else {}),
        **{
            operation: {
                **_own_parameters(resource, method),
                **({"requestBody": body} if operation in _WITH_BODY and resource.body_types else {}),
                **_responses(answer, changes=resource.change is not None and operation not in ("get", "head")),
            }
            for operation, method in operations.items()
        },
    }


def _own_parameters(resource: Resource[Any], method: str) -> dict[str, object]:
    """Return the parameters that an operation of a resource has beside those of all."""
    found = [_parameter(parameter) for parameter in resource.parameters if method in parameter.methods]
    return {"parameters": found} if found else {}


_CHANGED: dict[str, object] = {
    "201": {"description": "the graph is new"},
    "202": {"description": "the change is published, and not served yet"},
    "204": {"description": "the graph has changed, was the same already, or is withdrawn"},
}
_PROBLEM = {"$ref": "#/components/responses/Problem"}


def _responses(answer: dict[str, object], *, changes: bool) -> dict[str, object]:
    """Return the responses of an operation, and what it needs if it changes data."""
    if changes:
        return {"security": [{"token": []}], "responses": {**_CHANGED, "default": _PROBLEM}}
    return {"responses": {**answer, "default": _PROBLEM}}


def _part(resource: Resource[Any], more: str) -> str:
    endings = ", ".join(f".{form.extension}" for form in resource.endings)
    segments = "one or several segments" if more else "one segment"
    return f"{segments}; an extension chooses the form: {endings}" if endings else segments


def _parameter(parameter: Parameter) -> dict[str, object]:
    schema: dict[str, object] = {"type": "string"}
    if parameter.values:
        schema["enum"] = list(parameter.values)
    required = {"required": True} if parameter.required else {}
    return {"name": parameter.name, "in": "query", **required, "description": parameter.summary, "schema": schema}
