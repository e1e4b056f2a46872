"""Valid variants: changes after which a plan is as valid as before, whatever shapes are added."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from tests.validation.mutations.model_variants import MODEL_VARIANTS
from tests.validation.mutations.mutation import Planting, more
from tests.validation.mutations.plan_data import (
    CONCEPTS,
    Change,
    PlanData,
    Term,
    name,
    replaced,
    text,
    text_of,
    typed,
)

from plangraf.validation.result import Severity

_GOALS, _ACTORS, _INDICATORS = "plan:Goal", "plan:ActorGroup", "plan:Indicator"
_PAGE = ox.NamedNode("https://www.trondheim.kommune.no/planer/")
_MANY = ("plan:Plan", *CONCEPTS)


@dataclass(frozen=True)
class Variant:
    """A change after which a plan is as valid as before.

    Attributes:
        name: the change in words.
        plant: returns the changes.
        most: the most severe result that may be reported.
    """

    name: str
    plant: Planting
    most: Severity = Severity.INFO


def _is(value: Term) -> Callable[[PlanData, ox.NamedNode], Term]:
    return lambda plan, node: value


def _described(plan: PlanData, iri: str, values: dict[str, Term]) -> Change:
    """Return the change that describes another thing, which the plan lacks."""
    change, node = Change(), ox.NamedNode(iri)
    for predicate, value in values.items():
        change += plan.adding(node, predicate, value)
    return change


def _agent(plan: PlanData, iri: str, label: str, kind: str = "foaf:Agent") -> Change:
    values: dict[str, Term] = {"rdf:type": name(kind), "rdfs:label": text(label), "dct:source": _PAGE}
    return _described(plan, iri, values)


def _with_agent(predicate: str, classes: tuple[str, ...], ending: str, label: str, kind: str) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        iri = f"{plan.plan.value}/{ending}"
        for node in plan.instances(*classes):
            yield plan.adding(node, predicate, ox.NamedNode(iri)) + _agent(plan, iri, label, kind)

    return plant


def _claimed(predicate: str, target: Term) -> Planting:
    """Return the planting of a mapping with its claim, which is the publisher's."""

    def plant(plan: PlanData) -> Iterable[Change]:
        publisher = plan.value(plan.plan, "dct:publisher")
        assert publisher is not None
        for node in plan.instances(_GOALS):
            values: dict[str, Term] = {
                "rdf:type": name("owl:Axiom"),
                "owl:annotatedSource": node,
                "owl:annotatedProperty": name(predicate),
                "owl:annotatedTarget": target,
                "plan:basis": name("plan:StatedInPlan"),
                "sssom:mapping_justification": name("semapv:ManualMappingCuration"),
                "dct:creator": publisher,
                "dct:source": _PAGE,
            }
            claim = _described(plan, f"{plan.plan.value}/link/narrow", values)
            yield plan.adding(node, predicate, target) + claim

    return plant


def _shuffled(plan: PlanData) -> Iterable[Change]:
    yield Change(plan.quads, tuple(sorted(plan.quads, key=lambda quad: str(quad)[::-1])))


def _axiom_of_an_ontology(plan: PlanData) -> Iterable[Change]:
    values: dict[str, Term] = {
        "rdf:type": name("owl:Axiom"),
        "owl:annotatedSource": ox.NamedNode("https://www.vik.example/ontologi#Park"),
        "owl:annotatedProperty": name("rdfs:subClassOf"),
        "owl:annotatedTarget": ox.NamedNode("https://www.vik.example/ontologi#Omraade"),
        "rdfs:comment": text("Etter loven"),
    }
    yield _described(plan, "https://www.vik.example/ontologi#axiom-1", values)


def _by_district(plan: PlanData) -> Iterable[Change]:
    """Yield observations of one indicator in one year for two districts."""
    for observation in plan.instances("qb:Observation"):
        about = [quad for quad in plan.about(observation) if quad.predicate != name("sdmx-dimension:refArea")]
        change = Change()
        for district in ("midtbyen", "ostbyen"):
            node = ox.NamedNode(f"{observation.value}-{district}")
            area = ox.NamedNode(f"https://www.trondheim.kommune.no/bydel/{district}")
            change += Change(added=tuple(ox.Quad(node, q.predicate, q.object, q.graph_name) for q in about))
            change += plan.adding(node, "sdmx-dimension:refArea", area)
        yield change


def _doubles(plan: PlanData) -> Iterable[Change]:
    for predicate in ("plan:baseline", "plan:target", "sdmx-measure:obsValue"):
        for quad in plan.statements(predicate):
            yield replaced(quad, typed("1.75E0", "double"))


def _adopted(value: str, datatype: str) -> Planting:
    """Return the planting of a date of adoption as exact as the source, and of no date of issue."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements("dct:date", "prov:Activity"):
            date = typed(text_of(quad.object)[: len(value)], datatype)
            yield replaced(quad, date) + Change(tuple(plan.about(plan.plan, "dct:issued")))

    return plant


def _period(predicate: str, change: Callable[[PlanData, Term, str], Change]) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements(predicate, "dct:PeriodOfTime"):
            if len(plan.about(quad.subject, "dcat:startDate", "dcat:endDate")) == 2:
                yield change(plan, quad.subject, text_of(quad.object)[:4])

    return plant


def _ordered(plan: PlanData) -> Iterable[Change]:
    for quad in plan.statements("skos:notation", _GOALS):
        yield Change((quad,)) + plan.adding(quad.subject, "plan:order", typed(1, "integer"))


def _measured(direction: str, values: dict[str, Term]) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for node in plan.instances(_INDICATORS):
            keys = ("plan:baseline", "plan:baselineYear", "plan:target", "plan:targetYear")
            gone = Change(tuple(plan.about(node, *keys)))
            yield gone + plan.setting(node, {"plan:direction": name(direction), **values})

    return plant


_NUMBERS = {"plan:baseline": typed("120.5", "decimal"), "plan:target": typed("60", "decimal")}
_YEARS: dict[str, Term] = {"plan:baselineYear": typed("2024", "gYear"), "plan:targetYear": typed("2030", "gYear")}

VARIANTS: tuple[Variant, ...] = (
    *(Variant(name, plant) for name, plant in MODEL_VARIANTS.items()),
    Variant("a property of schema.org", more("schema:keywords", _is(ox.Literal("klima, by")), *_MANY)),
    Variant(
        "a property that is somebody's own",
        lambda plan: (
            Change(
                added=(
                    ox.Quad(
                        node,
                        ox.NamedNode("https://www.vik.example/ord#prioritet"),
                        typed(2, "integer"),
                        plan.about(node)[0].graph_name,
                    ),
                )
            )
            for node in plan.instances(*_MANY)
        ),
    ),
    Variant("a relation of Dublin Core", more("dct:relation", _is(_PAGE), *_MANY)),
    Variant("another order", _shuffled),
    Variant(
        "two publishers",
        _with_agent("dct:publisher", ("plan:Plan",), "utgiver", "Interkommunalt utvalg", "foaf:Agent"),
    ),
    Variant(
        "two adopting bodies",
        _with_agent("prov:wasAssociatedWith", ("prov:Activity",), "utvalg", "Formannskapet", "foaf:Agent"),
    ),
    Variant(
        "a strategy that supports the plan", more("plan:supports", lambda plan, node: plan.plan, "plan:Strategy")
    ),
    Variant(
        "a responsible unit",
        _with_agent("plan:responsible", ("plan:Strategy",), "enhet/miljo", "Miljøenheten", "org:OrganizationalUnit"),
    ),
    Variant("a claim on narrowMatch", _claimed("skos:narrowMatch", name("sdg:9.c"))),
    Variant(
        "a foreign concept that matches closely",
        more("skos:closeMatch", _is(ox.NamedNode("http://eurovoc.europa.eu/718")), _GOALS),
    ),
    Variant(
        "a foreign concept that is wider",
        more("skos:broadMatch", _is(ox.NamedNode("http://www.wikidata.org/entity/Q7942")), _GOALS),
    ),
    Variant(
        "a label in Kven", more("skos:prefLabel", _is(text("Puhas kaupunki", "fkv")), *_MANY), most=Severity.WARNING
    ),
    Variant("a label in British English", more("skos:altLabel", _is(text("A greener harbour", "en-GB")), *_MANY)),
    Variant(
        "a label in Ukrainian",
        more("skos:prefLabel", _is(text("Чисте місто", "uk")), *_MANY),
        most=Severity.WARNING,
    ),
    Variant("numbers as xsd:double", _doubles),
    Variant(
        "a company's name without language",
        more("foaf:name", _is(ox.Literal("Equinor ASA")), "foaf:Agent", "org:Organization"),
    ),
    Variant(
        "a company whose label is its name, without language",
        lambda plan: (
            plan.setting(node, {"rdfs:label": ox.Literal("Equinor ASA")})
            for node in plan.instances("foaf:Agent", "org:Organization")
        ),
    ),
    Variant("an axiom of an ontology", _axiom_of_an_ontology),
    Variant("observations by district", _by_district),
    Variant("an adoption in a month", _adopted("2022-11", "gYearMonth")),
    Variant("an adoption in a year", _adopted("2022", "gYear")),
    Variant(
        "a period with an end only",
        _period("dcat:startDate", lambda plan, node, year: Change(tuple(plan.about(node, "dcat:startDate")))),
    ),
    Variant(
        "a period with a start only",
        _period("dcat:endDate", lambda plan, node, year: Change(tuple(plan.about(node, "dcat:endDate")))),
    ),
    Variant(
        "a period from a month",
        _period(
            "dcat:startDate",
            lambda plan, node, year: plan.setting(node, {"dcat:startDate": typed(f"{year}-01", "gYearMonth")}),
        ),
    ),
    Variant("a goal without a number, in an order", _ordered),
    Variant(
        "two words for a level",
        lambda plan: (
            plan.setting(node, {"plan:level": text("samfunnsmål")})
            + plan.adding(node, "plan:level", text("hovedmål"))
            for node in plan.instances(_GOALS)
        ),
    ),
    Variant("a decrease to less", _measured("plan:Decrease", {**_NUMBERS, **_YEARS})),
    Variant("a decrease without numbers", _measured("plan:Decrease", {})),
    Variant("a decrease since a year, by a year", _measured("plan:Decrease", _YEARS)),
    Variant("another text", more("skos:altLabel", _is(text("Ei anna form av namnet", "nn")), *_MANY)),
    Variant(
        "a text with signs like those of HTML",
        more("skos:scopeNote", _is(text("Andelen skal være < 5 % og > 1 % (FoU & næring), 1–2 år.")), *_MANY),
    ),
)
