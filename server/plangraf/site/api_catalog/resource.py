"""The addresses of the catalogue of APIs (RFC 9727) and of their description in OpenAPI."""

import orjson

from plangraf.formats import ATOM, HTML, JSON_REPORT, LINKSET, OPENAPI, TRIG, TURTLE
from plangraf.http.content import Content
from plangraf.http.link import Link
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.http.signposting import API_CATALOG
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.void import FRAGMENTS_PATH, VOID_PATH
from plangraf.site.api_catalog.openapi import openapi
from plangraf.site.reconcile.manifest import HELP, RECONCILE
from plangraf.view.timeline import CHANGES_PATH, FEED_PATH

_OPENAPI_PATH = "/openapi.json"
_PROFILE = "https://www.rfc-editor.org/info/rfc9727"


async def _catalogue(_: None, request: RecordingRequest, __: Services) -> Content:
    """Return the APIs of the server: the resources as a whole, the endpoint, fragments, changes and the matching."""
    base = request.base

    def link(path: str, media_type: str) -> dict[str, str]:
        return {"href": base + path, "type": media_type}

    whole, sparql, fragments, changes = f"{base}/", f"{base}/sparql", base + FRAGMENTS_PATH, base + CHANGES_PATH
    matching = base + RECONCILE
    described = [link(_OPENAPI_PATH, OPENAPI.media_type)]
    linkset = [
        {
            "anchor": base + API_CATALOG,
            "item": [{"href": each} for each in (whole, sparql, fragments, changes, matching)],
        },
        {
            "anchor": whole,
            "service-desc": described,
            "service-doc": [link("/about", HTML.media_type)],
            "service-meta": [link(f"{CATALOGUE_PATH}.ttl", TURTLE.media_type)],
        },
        {
            "anchor": sparql,
            "service-desc": [*described, link("/sparql", TURTLE.media_type)],
            "service-doc": [link("/sparql", HTML.media_type)],
            "service-meta": [link(f"{VOID_PATH}.ttl", TURTLE.media_type)],
        },
        {
            "anchor": fragments,
            "service-desc": [*described, link(f"{FRAGMENTS_PATH}.trig", TRIG.media_type)],
            "service-doc": [link(FRAGMENTS_PATH, HTML.media_type)],
            "service-meta": [link(f"{VOID_PATH}.ttl", TURTLE.media_type)],
        },
        {
            "anchor": changes,
            "service-desc": described,
            "service-doc": [link(CHANGES_PATH, HTML.media_type)],
            "service-meta": [link(f"{CHANGES_PATH}.ttl", TURTLE.media_type)],
            "alternate": [link(FEED_PATH, ATOM.media_type)],
        },
        {
            "anchor": matching,
            "service-desc": described,
            "service-doc": [link(HELP, HTML.media_type)],
            "service-meta": [link(RECONCILE, JSON_REPORT.media_type)],
        },
    ]
    return Content(
        orjson.dumps({"linkset": linkset}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
        media_type=f'{LINKSET.media_type}; profile="{_PROFILE}"',
        links=(Link(API_CATALOG, "api-catalog"),),
    )


async def _openapi(_: None, request: RecordingRequest, services: Services) -> Content:
    document = openapi(services.resources, request.base, services.manifest.release)
    return Content(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


RESOURCES = (
    Resource(
        path=API_CATALOG,
        summary="the APIs of the server as a link set (RFC 9727)",
        model=no_model,
        forms=(Form(LINKSET, _catalogue),),
    ),
    Resource(
        path=_OPENAPI_PATH,
        summary="the description of all addresses in OpenAPI 3.1",
        model=no_model,
        forms=(Form(OPENAPI, _openapi),),
    ),
)
