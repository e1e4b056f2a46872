"""Mutations of IRIs: of addresses that lead nowhere, and of terms that no vocabulary has."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, more, of_kind
from tests.validation.mutations.plan_data import CONCEPTS, Change, PlanData, name, text_of

from plangraf.namespaces import BASE, SDG


def _renamed(change: Callable[[str], str]) -> Planting:
    """Return the planting of another IRI of a thing below Plangraf's base."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for node in plan.instances(*CONCEPTS):
            if node.value.startswith(BASE):
                yield plan.renaming(node, ox.NamedNode(change(node.value)))

    return plant


def _sdg(change: Callable[[str], str]) -> Planting:
    """Return the planting of another IRI for an SDG, wherever the plan says something about it."""

    def plant(plan: PlanData) -> Iterable[Change]:
        met = {
            quad.object
            for quad in plan.quads
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(SDG)
        }
        for node in sorted(met, key=text_of):
            yield plan.renaming(node, ox.NamedNode(change(text_of(node))))

    return plant


def _instead_of(predicate: str, wrong: str) -> Planting:
    """Return the planting of another property in place of one."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements(predicate):
            other = ox.Quad(quad.subject, ox.NamedNode(wrong), quad.object, quad.graph_name)
            yield Change((quad,), (other,))

    return plant


def _to_nothing(predicate: str, *classes: str) -> Planting:
    return each(predicate, lambda quad: ox.NamedNode(f"{text_of(quad.object)}-99"), *classes)


ADDRESSES = of_kind(
    "addresses",
    {
        "an IRI with a letter outside ASCII": _renamed(lambda iri: f"{iri}å"),
        "an IRI with a query": _renamed(lambda iri: f"{iri}?a=b"),
        "an IRI with a fragment": _renamed(lambda iri: f"{iri}#a"),
        "an IRI with the ending of a page": _renamed(lambda iri: f"{iri}/foo.html"),
        "an IRI with the ending of a form": _renamed(lambda iri: f"{iri}/foo.ttl"),
        "an SDG by https": _sdg(lambda iri: iri.replace("http:", "https:")),
        "an SDG with a slash": _sdg(lambda iri: f"{iri}/"),
        "an SDG with www": _sdg(lambda iri: iri.replace("//", "//www.")),
        "an SDG that there is not": _sdg(lambda iri: f"{SDG}19"),
        "a target that there is not": _sdg(lambda iri: f"{SDG}13.99"),
        "a parent that nobody describes": _to_nothing("skos:broader", "plan:Goal"),
        "a top concept that nobody describes": _to_nothing("skos:hasTopConcept"),
        "a period that nobody describes": _to_nothing("dct:temporal"),
        "an adoption that nobody describes": _to_nothing("prov:wasGeneratedBy"),
        "a supported goal that nobody describes": _to_nothing("plan:supports"),
        "a relation to nothing": more(
            "skos:related", lambda plan, node: ox.NamedNode(f"{node.value}-99"), "plan:Goal"
        ),
        "a class that there is not": each("rdf:type", lambda quad: name("plan:Gaol"), "plan:Goal"),
        "a property that we lack": _instead_of("plan:wording", name("plan:wordings").value),
        "a property that SKOS lacks": _instead_of("skos:prefLabel", name("skos:preferredLabel").value),
        "a property that Dublin Core lacks": _instead_of("dct:source", name("dct:sources").value),
        "the older Dublin Core": _instead_of("dct:source", "http://purl.org/dc/terms#source"),
        "a namespace by https": _instead_of("skos:prefLabel", "https://www.w3.org/2004/02/skos/core#prefLabel"),
    },
)
