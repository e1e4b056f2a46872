"""Dereferencing: `/id/…` redirects to `/doc/…`, which has all forms of the document."""

from dataclasses import replace

import orjson
import pyoxigraph as ox
from anyio import to_thread

from plangraf.errors import ResourceGone, ResourceNotFound
from plangraf.formats import JSON_LD, REDIRECT, Format
from plangraf.http.content import Content, Redirect
from plangraf.http.declaration import Example, Listed, MenuEntry, Parameter
from plangraf.http.graph import graph_forms
from plangraf.http.negotiate import choose_form
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, FormResult, Resource, no_model
from plangraf.http.services import Services
from plangraf.http.signposting import page_links
from plangraf.languages import N_
from plangraf.linkeddata import schema_org
from plangraf.linkeddata.addresses import DOCUMENTS, document_iri, foreign_path
from plangraf.linkeddata.catalogue import dataset_iri
from plangraf.linkeddata.description import describe_with_graphs, document
from plangraf.linkeddata.plan_tree import plan_tree, read_plan_tree
from plangraf.rdf.serialization import require_expressible, serialize
from plangraf.site.document.foreign import or_redirect, read_foreign
from plangraf.site.document.linked_page import read_linked_page
from plangraf.site.document.model import Document, read_document, sources_of
from plangraf.site.document.page import document_page
from plangraf.site.document.profiles import (
    ALTERNATES,
    OWN,
    PROFILES,
    TREE,
    alternates,
    choose_graph_of,
    profile_links,
)
from plangraf.site.document.withdrawn import withdrawn_content
from plangraf.site.municipality.page import describe_publisher
from plangraf.view.page_form import page_form

_PLAN = "/doc/trondheim/samfunnsplan-2020-2032"


async def _redirect(_: None, request: RecordingRequest, services: Services) -> Redirect | Content:
    """Return the redirect from a thing to the document about it (Cool URIs for the Semantic Web, section 4.3).

    There is no thing any more to tell from its document if it has been withdrawn, so the document is returned then.

    Raises:
        ResourceNotFound: the release does not describe the thing, and none before did.
    """
    name = request.path.removeprefix("/id/")
    iri, path = services.addresses.identified_iri(name), f"{DOCUMENTS}/{name}"
    try:
        page = await read_linked_page(iri, services)
    except (ResourceGone, ResourceNotFound) as error:
        graph = services.addresses.graph_of_space(name)
        if graph is not None:
            return Redirect(graph)
        return await withdrawn_content(iri, path, error, request, services)
    links = tuple(page_links(page.landing, path, page.sources))
    return Redirect(f"{path}?{request.query}" if request.query else path, links=links)


def _identified(path: str, services: Services) -> list[str]:
    name = path.removeprefix("/id/")
    graph = services.addresses.graph_of_space(name)
    return [services.addresses.identified_iri(name), *([] if graph is None else [document_iri(graph)])]


def described_by(path: str, services: Services) -> tuple[str]:
    """Return the IRI that the document at a path below `/doc/` describes."""
    return (services.addresses.described_iri(path.removeprefix(f"{DOCUMENTS}/")),)


async def _triples(doc: Document, _: RecordingRequest, services: Services) -> list[ox.Triple]:
    publisher = services.addresses.publisher_iris(doc.iri)
    if publisher:
        described = await describe_publisher(services.engine, publisher)
    else:
        described = await describe_with_graphs(services.engine, doc.iri)
    sources = sources_of(await services.facts.datasets(), doc.dataset, described)
    return document(doc.iri, doc.path, described.triples, services.manifest.release, sources)


def graphs_of_document() -> tuple[Form[Document], ...]:
    """Return the graph formats of the documents about things."""
    return graph_forms(_triples, path=lambda doc, _: doc.path)


DOCUMENT_FORMS: tuple[Form[Document], ...] = (page_form(document_page), *graphs_of_document())


def choose_document_form(doc: Document, request: RecordingRequest) -> tuple[Form[Document], str]:
    """Return the form and its media type, negotiated first by profile and then by format."""
    if doc.profile != OWN:
        choice = choose_graph_of(doc.profile, request)
        return _by_profile(choice.format), choice.media_type
    choice = choose_form(request, [form.format for form in DOCUMENT_FORMS])
    form = unless_withdrawn(next(form for form in DOCUMENT_FORMS if form.format == choice.format))
    return _with_profile(form), choice.media_type


def unless_withdrawn(form: Form[Document]) -> Form[Document]:
    """Return a form that tells of the withdrawal if the thing is no longer described."""

    async def write(doc: Document, request: RecordingRequest, services: Services) -> FormResult:
        try:
            return await form.write(doc, request, services)
        except (ResourceGone, ResourceNotFound) as error:
            return await withdrawn_content(doc.iri, doc.path, error, request, services)

    return Form(form.format, write)


def _choose_or_redirect(
    found: Document | Redirect, request: RecordingRequest
) -> tuple[Form[Document | Redirect], str]:
    """Return the form as `choose_document_form` does; a redirect is the same in each form."""
    if isinstance(found, Redirect):
        return or_redirect(DOCUMENT_FORMS[0]), ""
    form, media_type = choose_document_form(found, request)
    return or_redirect(form), media_type


def _with_profile(form: Form[Document]) -> Form[Document]:
    """Return a form whose content states its profile in the headers, if the document has several profiles."""

    async def write(doc: Document, request: RecordingRequest, services: Services) -> Content:
        content = await form.write(doc, request, services)
        assert isinstance(content, Content)  # noqa: S101  # the forms of DOCUMENT_FORMS and _by_profile write Content
        if doc.dataset is None:
            return content
        headers = {**content.headers, "Content-Profile": f"<{doc.profile.iri}>"}
        return replace(
            content, links=(*content.links, *profile_links(doc.path, doc.profile, doc.profiles)), headers=headers
        )

    return Form(form.format, write)


def _by_profile(rdf_format: Format) -> Form[Document]:
    """Return the form of a document in `rdf_format` for the profiles other than Plangraf's own."""

    async def write(doc: Document, _: RecordingRequest, services: Services) -> Content:
        assert doc.dataset is not None  # noqa: S101  # only documents with a dataset have other profiles
        if doc.profile == ALTERNATES:
            return Content(await to_thread.run_sync(serialize, alternates(doc.path, doc.profiles), rdf_format))
        if doc.profile == TREE:
            return Content(await to_thread.run_sync(_write_tree, await _tree_triples(doc, services), doc.iri))
        described, iri = await services.facts.dataset(doc.dataset.name), dataset_iri(doc.dataset.name)
        if rdf_format == JSON_LD:
            # It has a JSON-LD context of its own, because Plangraf's does not define terms of schema.org.
            return Content(_json(schema_org.document(described, iri)))
        return Content(await to_thread.run_sync(serialize, schema_org.triples(described, iri), rdf_format))

    return _with_profile(Form(rdf_format, write))


async def _tree_triples(doc: Document, services: Services) -> list[ox.Triple]:
    """Return the triples of the tree of a plan, and those about the document."""
    sources = sources_of(await services.facts.datasets(), doc.dataset, None)
    about = document(doc.iri, doc.path, [], services.manifest.release, sources)
    return [*await read_plan_tree(services.engine, doc.iri), *about]


def _write_tree(triples: list[ox.Triple], plan: str) -> bytes:
    return _json(plan_tree(require_expressible(triples, JSON_LD), plan))


def _json(found: dict[str, object]) -> bytes:
    return orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


DOCUMENT_PARAMETERS = (
    Parameter(
        "_profile",
        "the profile: of a plan its graph, its dataset in schema.org, one nested tree, or the list of all",
        tuple(profile.token for profile in PROFILES),
    ),
    Parameter("_mediatype", "the media type of the form, or its name"),
)
_FOREIGN = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/971032146"

RESOURCES = (
    Resource(
        path="/id/{name:path}",
        summary="303 to the document about the thing; 410 if it was withdrawn, or 404",
        model=no_model,
        forms=(Form(REDIRECT, _redirect),),
        about=_identified,
    ),
    Resource(
        path=DOCUMENTS,
        summary="the document about a thing with an IRI of others, which the parameter `iri` names",
        model=read_foreign,
        forms=tuple(map(or_redirect, DOCUMENT_FORMS)),
        choose=_choose_or_redirect,
        parameters=(
            Parameter("iri", "the IRI; if it has a path of its own here, 303 to that", required=True),
            *DOCUMENT_PARAMETERS,
        ),
        sitemap=Listed(unlisted="its address has a query"),
        examples=(Example("thing of others", foreign_path(_FOREIGN), engine_calls=1),),
    ),
    Resource(
        path="/doc/{name:path}",
        summary="the document about a thing",
        model=read_document,
        forms=DOCUMENT_FORMS,
        about=described_by,
        choose=choose_document_form,
        menu=MenuEntry(N_("SDGs"), 2, "/doc/sdg"),
        parameters=DOCUMENT_PARAMETERS,
        sitemap=Listed(indexed=True),
        examples=(
            Example("plan", _PLAN, engine_calls=2),
            Example("goal", f"{_PLAN}/goal/1", engine_calls=2),
            Example("sub-goal", f"{_PLAN}/goal/1.1", engine_calls=2),
            Example("sub-goal without title", f"{_PLAN}/goal/2.1", engine_calls=2),
            Example("challenge", f"{_PLAN}/challenge/1", engine_calls=1),
            Example("actor group", f"{_PLAN}/actor/1", engine_calls=1),
            Example("indicator", f"{_PLAN}/indicator/1", engine_calls=1),
            Example("claim", f"{_PLAN}/link/1.1-13.2", engine_calls=1),
            Example("SDG overview", "/doc/sdg", engine_calls=2),
            Example("SDG goal", "/doc/sdg/13", engine_calls=2),
            Example("SDG target", "/doc/sdg/13.2", engine_calls=2),
            Example("SDG indicator", "/doc/sdg/C110601", engine_calls=2),
        ),
    ),
)
