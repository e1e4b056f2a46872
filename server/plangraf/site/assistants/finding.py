"""The tools that find and describe things: search, describe, and a plan with its parts."""

import pyoxigraph as ox

from plangraf.engine.ask import load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.errors import ResourceNotFound
from plangraf.languages import N_, InterfaceLanguage
from plangraf.linkeddata.description import describe_with_graphs
from plangraf.linkeddata.plan_outline import PlanOutline
from plangraf.linkeddata.plan_tree import read_plan_tree
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ID, PREFIXES, SDG, compact, expand
from plangraf.site.assistants.answers import (
    DescribeAnswer,
    FoundThing,
    GraphLicence,
    LinkClaim,
    OutlinePart,
    PlanAnswer,
    ResultLink,
    SearchAnswer,
    StatementOf,
)
from plangraf.site.assistants.arguments import DescribeArguments, PlanArguments, SearchArguments
from plangraf.site.assistants.asking import Asking
from plangraf.site.assistants.contributing import link_claim
from plangraf.site.document.model import sources_of
from plangraf.site.search.results import ResultRow, read_results
from plangraf.view.claims import read_claims
from plangraf.view.paging import count_pages
from plangraf.view.reading import Reading, add_labels
from plangraf.view.term_names import term_names

_UNKNOWN = load_query(__package__, "unknown_links")
_STATEMENTS = 100
"""The maximum number of statements about a thing in an answer."""
_CLAIMS = 40
"""The maximum number of claims in an answer about one thing."""
_PARTS = 60
"""The number of parts of a plan on a page."""


async def search(asking: Asking, given: SearchArguments) -> SearchAnswer:
    """Return a page of search results.

    Raises:
        RequestMalformed: an argument has an unknown value.
        ResourceNotFound: there is no such page.
    """
    await asking.services.index_opened()
    parameters = {
        "q": given.text,
        "kind": given.kind,
        "publisher": given.publisher,
        "sdg": given.sdg,
        "basis": given.basis,
        "page": given.page,
    }
    services = asking.services
    found = await read_results(asking.request("/search", given.language, parameters), services)
    unknown = await services.facts.once("plans without known links", lambda: _unknown_links(services.engine))
    return SearchAnswer(
        **await asking.sourcing(),
        total=found.found.total,
        page_number=given.page,
        pages=found.found.pages,
        results=[_found(asking, row, given.language, unknown) for row in found.rows],
    )


async def _unknown_links(engine: Engine) -> frozenset[str]:
    """Return the plans whose links to SDGs have not been transcribed: one call of the engine."""
    return frozenset(solution["plan"].value for solution in await select(engine, Query(_UNKNOWN)))


def _found(asking: Asking, row: ResultRow, language: InterfaceLanguage, unknown: frozenset[str]) -> FoundThing:
    profile = row.hit.thing.profile
    return FoundThing(
        **asking.thing(row.reference, language).model_dump(),
        kind=profile.kind,
        notation=row.reference.notation,
        plan=asking.thing(row.plan, language) if row.plan else None,
        publishers=asking.things(row.publishers, language),
        links=[
            ResultLink(sdg=f"{SDG}{number}", basis="stated" if basis == "stated" else "editorial" if basis else None)
            for number, basis in profile.sdg_links
        ],
        basis="missing" if row.hit.thing.plan in unknown else None,
        text="".join(piece.text for piece in row.text.pieces) if row.text else None,
    )


async def describe(asking: Asking, given: DescribeArguments) -> DescribeAnswer:
    """Return what the release says of a thing: one call of the engine.

    Raises:
        ResourceNotFound: the release has no such thing.
        ResourceGone: it has been withdrawn.
    """
    services, language, iri = asking.services, given.language, _expanded(given.iri)
    description = await describe_with_graphs(services.engine, iri)
    datasets = await services.facts.datasets()
    sources = sources_of(datasets, datasets.about(iri), description)
    statements = Statements(description.triples)
    await add_labels(services, statements)
    reader = asking.reader(language)
    reading = Reading(statements, reader, term_names(reader.language), described=(iri,))
    said = [
        _statement(reading, predicate, value)
        for predicate in statements.predicates(iri)
        for value in statements.objects(iri, predicate)
    ]
    claims = [link_claim(asking, claim, language) for claim in read_claims(reading).everything]
    return DescribeAnswer(
        **await asking.sourcing(sources),
        thing=asking.thing(reading.reference(iri), language),
        statements=said[:_STATEMENTS],
        claims=claims[:_CLAIMS],
        missing=asking.things(reading.references(iri, "plan:transcription"), language),
        graphs=[GraphLicence(graph=source.graph, licences=[*source.licences]) for source in sources.graphs],
        more=max(0, len(said) - _STATEMENTS) + max(0, len(claims) - _CLAIMS),
    )


def _statement(reading: Reading, predicate: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> StatementOf:
    name = compact(predicate).strip("<>")
    if isinstance(value, ox.Literal):
        return StatementOf(
            property=name,
            value=value.value,
            language=value.language,
            datatype=None if value.language else value.datatype.value,
        )
    if isinstance(value, ox.BlankNode):
        return StatementOf(property=name, value=str(value))
    return StatementOf(property=name, value=value.value, name=reading.name(value.value).text)


async def plan(asking: Asking, given: PlanArguments) -> PlanAnswer:
    """Return a plan and a page of its parts, with the claims that tie them to the SDGs: one call of the engine.

    Raises:
        ResourceNotFound: the release has no such plan or page.
    """
    services, language = asking.services, given.language
    iri = given.plan if given.plan.startswith(("http://", "https://")) else ID + given.plan.strip("/")
    if iri not in services.manifest.plans:
        raise ResourceNotFound(N_("There is no description of {iri} in this release."), iri=iri, members={"iri": iri})
    statements = Statements(await read_plan_tree(services.engine, iri))
    await add_labels(services, statements)
    reader = asking.reader(language)
    reading = Reading(statements, reader, term_names(reader.language))
    claims: dict[str, list[LinkClaim]] = {}
    for claim in read_claims(reading).everything:
        claims.setdefault(claim.source.iri, []).append(link_claim(asking, claim, language))
    outline = PlanOutline(statements, iri)
    parts = _in_order(outline, iri)
    pages = count_pages(len(parts), _PARTS, given.page)
    datasets = await services.facts.datasets()
    return PlanAnswer(
        **await asking.sourcing(sources_of(datasets, datasets.about(iri), None)),
        plan=asking.thing(reading.reference(iri), language),
        publishers=asking.things(reading.references(iri, "dct:publisher"), language),
        claims=claims.get(iri, []),
        missing=asking.things(reading.references(iri, "plan:transcription"), language),
        sources=statements.iris(iri, expand("dct:source")),
        parts=[
            _part(asking, reading, outline.kinds[part], part, above, claims.get(part, []), language)
            for part, above in parts[(given.page - 1) * _PARTS : given.page * _PARTS]
        ],
        total=len(parts),
        page_number=given.page,
        pages=pages,
    )


def _in_order(outline: PlanOutline, plan: str) -> list[tuple[str, str | None]]:
    """Return the parts of a plan, each once and after the part that it is a part of, which follows it here."""
    found: dict[str, str | None] = {}
    below = [part for parts in outline.below(plan).values() for part in parts]
    waiting = [(part, None) for part in reversed([*outline.tops, *below, *outline.sorted(outline.kinds)])]
    stack: list[tuple[str, str | None]] = [*waiting]
    while stack:
        part, above = stack.pop()
        if part in found:
            continue
        found[part] = above
        stack += [(each, part) for parts in reversed(outline.below(part).values()) for each in reversed(parts)]
    return [*found.items()]


def _part(
    asking: Asking,
    reading: Reading,
    kind: str,
    part: str,
    above: str | None,
    claims: list[LinkClaim],
    language: InterfaceLanguage,
) -> OutlinePart:
    reference, definition = reading.reference(part), reading.text(part, "skos:definition")
    return OutlinePart(
        thing=asking.thing(reference, language),
        kind=compact(kind).strip("<>"),
        notation=reference.notation,
        below=above,
        definition=definition.text if definition else None,
        claims=claims,
    )


def _expanded(given: str) -> str:
    """Return an IRI that may be written with one of our prefixes, such as `sdg:13`."""
    prefix, colon, name = given.strip().partition(":")
    return PREFIXES[prefix] + name if colon and prefix in PREFIXES and not name.startswith("//") else given.strip()
