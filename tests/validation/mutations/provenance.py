"""Mutations of provenance: sources, publishers, places, and codes of the EU's tables."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, missing, more, of_kind
from tests.validation.mutations.plan_data import CONCEPTS, Change, PlanData, Term, replaced, text, text_of

_SOURCED = (*CONCEPTS, "owl:Axiom", "prov:Activity", "qb:Observation", "plan:Plan")
_ORGANISATIONS = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/"
_EU = "http://publications.europa.eu/resource/authority/"
_PRIVATE = {
    "a file": "file:///C:/planer/samfunnsplan.pdf",
    "a mailbox": "mailto:post@vik.kommune.no",
    "a name": "urn:uuid:6a1b6f0e-5f0c-4d0e-9f3b-3f1f0d3a2b11",
    "a machine's own address": "http://localhost:8000/plan.pdf",
    "a number of a machine": "http://127.0.0.1/plan.pdf",
    "a private network": "http://192.168.1.4/plan.pdf",
    "an intranet": "https://intranett/plan.pdf",
    "a file server": "ftp://ftp.vik.kommune.no/plan.pdf",
    "an address without a host": "https:///plan.pdf",
    "a page of a program": "about:blank",
    "a script": "javascript:void(0)",
    "data": "data:text/plain,planen",
    "an address in IPv6": "http://[::1]/plan.pdf",
    "a network of ten": "https://10.0.0.7/plan.pdf",
    "a name in a local network": "http://filserver.local/plan.pdf",
    "a host without a domain": "https://plan/",
    "an address of the example of a machine": "http://0.0.0.0/plan.pdf",
    "an address with a password": "https://ola:hemmelig@www.vik.kommune.no/plan.pdf",
}


def _source(value: Term) -> Planting:
    """Return the planting of a single source of a thing."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements("dct:source", *_SOURCED):
            yield plan.setting(quad.subject, {"dct:source": value})

    return plant


def _source_of(value: Callable[[PlanData, ox.Quad], Term | None]) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements("dct:source", *_SOURCED):
            found = value(plan, quad)
            if found is not None:
                yield replaced(quad, found)

    return plant


def _checksum_broken(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def _organisation(plan: PlanData) -> Iterable[Change]:
    """Yield the renaming of an organisation to one whose number has a wrong check digit."""
    for node in plan.instances("org:Organization", "foaf:Agent"):
        number = node.value.removeprefix(_ORGANISATIONS)
        if number != node.value:
            wrong = _checksum_broken(number)
            known = [quad for quad in plan.about(node, "dct:identifier") if text_of(quad.object) == number]
            change = plan.renaming(node, ox.NamedNode(f"{_ORGANISATIONS}{wrong}"))
            renamed = tuple(
                ox.Quad(quad.subject, quad.predicate, ox.Literal(wrong), quad.graph_name)
                if known and quad.predicate == known[0].predicate and text_of(quad.object) == number
                else quad
                for quad in change.added
            )
            yield Change(change.removed, renamed)


def _number(change: Callable[[str], str]) -> Planting:
    def changed(quad: ox.Quad) -> Term | None:
        number = text_of(quad.object)
        return ox.Literal(change(number)) if number.isdigit() and len(number) == 9 else None

    return each("dct:identifier", changed, "org:Organization")


def _nameless(role: str, predicate: str) -> Planting:
    """Return the planting of one who is described without a property."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.about(plan.plan, role):
            gone = plan.about(quad.object, predicate)
            if gone:
                yield Change(tuple(gone))

    return plant


PROVENANCE = of_kind(
    "provenance",
    {
        **{f"a source that is {words}": _source(ox.NamedNode(iri)) for words, iri in _PRIVATE.items()},
        "a source that is a part of the thing": _source_of(
            lambda plan, quad: ox.NamedNode(f"{text_of(quad.subject)}#side-2")
        ),
        "a source that is a goal": _source_of(
            lambda plan, quad: next((goal for goal in plan.instances("plan:Goal") if goal != quad.subject), None)
        ),
        "a source that is the plan": _source_of(
            lambda plan, quad: plan.plan if plan.value(quad.subject, "skos:inScheme") == plan.plan else None
        ),
        "a page that is a mailbox": more(
            "foaf:page", lambda plan, node: ox.NamedNode("mailto:post@vik.kommune.no"), "plan:Plan"
        ),
        "a page in words": more("foaf:page", lambda plan, node: text("Planen på nett"), "plan:Plan"),
        "a quotation from a machine": more(
            "prov:wasQuotedFrom", lambda plan, node: ox.NamedNode("http://localhost/a"), *CONCEPTS
        ),
        "two wrong check digits": each(
            "dct:publisher", lambda quad: ox.NamedNode(f"{_ORGANISATIONS}123456789"), "plan:Plan"
        ),
        "a register's number with a wrong check digit": more(
            "owl:sameAs",
            lambda plan, node: ox.NamedNode("https://data.brreg.no/enhetsregisteret/api/enheter/942110465"),
            "org:Organization",
        ),
        "a theme that the EU's table lacks": more(
            "dcat:theme", lambda plan, node: ox.NamedNode(f"{_EU}data-theme/CLIM"), "prov:Entity"
        ),
        "an access right that the EU's table lacks": more(
            "dct:accessRights", lambda plan, node: ox.NamedNode(f"{_EU}access-right/OPEN"), "prov:Entity"
        ),
        "a language in small letters": each(
            "dct:language", lambda quad: ox.NamedNode(f"{_EU}language/nob"), "plan:Plan"
        ),
        "a language by https": each(
            "dct:language",
            lambda quad: ox.NamedNode(text_of(quad.object).replace("http:", "https:")),
            "plan:Plan",
        ),
        "a publisher that is a mailbox": each(
            "dct:publisher", lambda quad: ox.NamedNode("mailto:post@vik.kommune.no"), "plan:Plan"
        ),
        "an unnamed publisher": each("dct:publisher", lambda quad: ox.BlankNode("who"), "plan:Plan"),
        "a publisher without a label": _nameless("dct:publisher", "rdfs:label"),
        "a publisher without a source": _nameless("dct:publisher", "dct:source"),
        "a place without a label": _nameless("dct:spatial", "rdfs:label"),
        "a place without a source": _nameless("dct:spatial", "dct:source"),
        "a graph without a licence": missing("dct:license", "prov:Entity"),
        "a source that is the thing itself": _source_of(lambda plan, quad: quad.subject),
        "a source in words": _source(text("Kommuneplanen, side 12")),
        "a source as text": _source(ox.Literal("https://www.vik.kommune.no/plan.pdf")),
        "a source without a name": _source(ox.BlankNode("source")),
        "no source": missing("dct:source", *_SOURCED),
        "no publisher": missing("dct:publisher", "plan:Plan"),
        "a publisher in words": each("dct:publisher", lambda quad: text("Vik kommune"), "plan:Plan"),
        "a publisher that nobody describes": each(
            "dct:publisher", lambda quad: ox.NamedNode(f"{_ORGANISATIONS}974760673"), "plan:Plan"
        ),
        "a publisher with a wrong check digit": each(
            "dct:publisher", lambda quad: ox.NamedNode(f"{_ORGANISATIONS}942110465"), "plan:Plan"
        ),
        "a publisher with ten digits": each(
            "dct:publisher", lambda quad: ox.NamedNode(f"{_ORGANISATIONS}9421104640"), "plan:Plan"
        ),
        "an organisation with a wrong check digit": _organisation,
        "an organisation's number with a wrong check digit": _number(_checksum_broken),
        "an organisation's number of eight digits": _number(lambda number: number[:-1]),
        "an organisation's number that is another's": _number(lambda number: "974760673"),
        "a place that nobody describes": each(
            "dct:spatial", lambda quad: ox.NamedNode("https://www.vik.example/sted/1"), "plan:Plan"
        ),
        "a place in words": each("dct:spatial", lambda quad: text("Vik"), "plan:Plan"),
        "a language that the EU's table lacks": each(
            "dct:language", lambda quad: ox.NamedNode(f"{_EU}language/QQQ"), "plan:Plan"
        ),
        "a language by two letters": each(
            "dct:language", lambda quad: ox.NamedNode(f"{_EU}language/NO"), "plan:Plan"
        ),
        "a language in words": each("dct:language", lambda quad: ox.Literal("nb"), "plan:Plan"),
        "no language": missing("dct:language", "plan:Plan"),
        "a licence that the EU's table lacks": each(
            "dct:license", lambda quad: ox.NamedNode(f"{_EU}licence/NLOD_9_9")
        ),
        "a licence in words": each("dct:license", lambda quad: text("Fri bruk")),
        "a graph without a role": missing("plan:graphRole"),
        "a graph with a status as its role": each("plan:graphRole", lambda quad: ox.NamedNode(_EU)),
        "a graph without a title": missing("dct:title", "prov:Entity"),
        "a graph without a creator": missing("dct:creator", "prov:Entity"),
        "a graph that is derived from itself": more("prov:wasDerivedFrom", lambda plan, node: node, "prov:Entity"),
        "a plan that is a revision of itself": more("prov:wasRevisionOf", lambda plan, node: node, "plan:Plan"),
        "nobody who adopted": missing("prov:wasAssociatedWith"),
        "an adoption by words": each("prov:wasAssociatedWith", lambda quad: text("Kommunestyret")),
        "an adoption by one whom nobody describes": each(
            "prov:wasAssociatedWith", lambda quad: ox.NamedNode("https://www.vik.example/utvalget")
        ),
    },
)
