"""The addresses of the reconciliation service."""

from collections.abc import Awaitable, Callable
from functools import partial

from plangraf.formats import JSON_REPORT
from plangraf.http.declaration import Example, Listed, Parameter
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.site.reconcile.card import card_page
from plangraf.site.reconcile.endpoint import (
    FORM,
    post_endpoint,
    read_endpoint,
    refuse_callback,
    write_endpoint,
    write_json,
)
from plangraf.site.reconcile.help_page import help_page
from plangraf.site.reconcile.manifest import EXTEND, FLYOUT, HELP, PREVIEW, PROPOSALS, RECONCILE, SUGGEST
from plangraf.site.reconcile.suggest import (
    flyout,
    propose_properties,
    suggest_entities,
    suggest_properties,
    suggest_types,
)
from plangraf.view.page_form import page_form

_JSON = (Form(JSON_REPORT, write_json),)
_ENDPOINT = (Form(JSON_REPORT, write_endpoint),)
_PREFIX = (
    Parameter("prefix", "the text so far", required=True),
    Parameter("cursor", "the number of suggestions to skip"),
)


async def _entities(request: RecordingRequest, services: Services) -> dict[str, object]:
    refuse_callback(request)
    return {"result": await suggest_entities(request, services)}


def _offered(
    suggest: Callable[[RecordingRequest], list[dict[str, str]]],
) -> Callable[[RecordingRequest, Services], Awaitable[dict[str, object]]]:
    async def read(request: RecordingRequest, _: Services) -> dict[str, object]:
        refuse_callback(request)
        return {"result": suggest(request)}

    return read


async def _proposals(request: RecordingRequest, _: Services) -> dict[str, object]:
    refuse_callback(request)
    return propose_properties(request)


async def _flyout(kind: str, request: RecordingRequest, services: Services) -> dict[str, str]:
    refuse_callback(request)
    return await flyout(kind, request, services)


def _flyouts(kind: str, of: str) -> Resource[dict[str, str]]:
    return Resource(
        path=FLYOUT + kind,
        summary=f"a short text about {of} with the identifier `id`, while it is suggested",
        model=partial(_flyout, kind),
        forms=(Form(JSON_REPORT, write_json),),
        ready=Services.index_opened,
        parameters=(Parameter("id", f"the identifier of {of}", required=True),),
    )


RESOURCES = (
    Resource(
        path=RECONCILE,
        summary="the reconciliation service: its manifest, and the answers to `queries` and `extend`; see "
        "[Reconciliation](#reconciliation)",
        model=read_endpoint,
        forms=_ENDPOINT,
        ready=Services.index_opened,
        post=post_endpoint,
        body_types=(FORM,),
        parameters=(
            Parameter("queries", "a batch of queries as JSON; in the form of a POST it may be long"),
            Parameter("extend", "a request for values of properties as JSON"),
        ),
    ),
    Resource(
        path=EXTEND,
        summary="the same as `/reconcile` for `extend`, at an address of its own",
        model=read_endpoint,
        forms=_ENDPOINT,
        ready=Services.index_opened,
        post=post_endpoint,
        body_types=(FORM,),
        parameters=(Parameter("extend", "a request for values of properties as JSON"),),
    ),
    Resource(
        path=PROPOSALS,
        summary="the properties that entities of `type` have, for data extension",
        model=_proposals,
        forms=_JSON,
        parameters=(
            Parameter("type", "the identifier of a type; without it, all properties"),
            Parameter("limit", "the maximum number of properties"),
        ),
    ),
    Resource(
        path=f"{SUGGEST}entity",
        summary="the entities whose name or number begins with `prefix`, for the reconciliation service",
        model=_entities,
        forms=_JSON,
        ready=Services.index_opened,
        parameters=(*_PREFIX, Parameter("type", "the identifier of a type, several times for several types")),
    ),
    Resource(
        path=f"{SUGGEST}type",
        summary="the types whose name has `prefix`",
        model=_offered(suggest_types),
        forms=_JSON,
        parameters=_PREFIX,
    ),
    Resource(
        path=f"{SUGGEST}property",
        summary="the properties whose name has `prefix`",
        model=_offered(suggest_properties),
        forms=_JSON,
        parameters=_PREFIX,
    ),
    _flyouts("entity", "an entity"),
    _flyouts("type", "a type"),
    _flyouts("property", "a property"),
    Resource(
        path=PREVIEW,
        summary="a card about the entity with the identifier `id`, which pages of others may frame",
        model=no_model,
        forms=(page_form(card_page),),
        ready=Services.index_opened,
        parameters=(Parameter("id", "the identifier of an entity", required=True),),
        sitemap=Listed(unlisted="the cards are parts of other pages"),
    ),
    Resource(
        path=HELP,
        summary="how to match a table with what is published, in OpenRefine",
        model=no_model,
        forms=(page_form(help_page),),
        examples=(Example("reconciliation help", HELP, engine_calls=0),),
    ),
)
