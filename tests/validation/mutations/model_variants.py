"""Valid variants in what a plan can say: events, numbers, focus areas, measures, and where statements are from."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, more
from tests.validation.mutations.plan_data import CONCEPTS, Change, PlanData, Term, name, text, text_of, typed

_PAGE = ox.NamedNode("https://www.trondheim.kommune.no/planer/")
_GOAL, _STRATEGY = "plan:Goal", "plan:Strategy"


def _part(plan: PlanData, ending: str) -> ox.NamedNode:
    return ox.NamedNode(f"{plan.plan.value}/{ending}")


def _thing(plan: PlanData, ending: str, kind: str, label: str, values: dict[str, Term] | None = None) -> Change:
    """Return the change that adds a thing of a kind to a plan."""
    node, change = _part(plan, ending), Change()
    described: dict[str, Term] = {
        "rdf:type": name(kind),
        "skos:inScheme": plan.plan,
        "skos:prefLabel": text(label),
        "dct:source": _PAGE,
        **(values or {}),
    }
    for predicate, value in described.items():
        change += plan.adding(node, predicate, value)
    return change


def _event(kind: str, predicate: str, values: Callable[[PlanData], dict[str, Term] | None]) -> Planting:
    """Return the planting of an event of a plan; values of None plant nothing."""

    def plant(plan: PlanData) -> Iterable[Change]:
        given = values(plan)
        if given is None:
            return
        event = _part(plan, "event")
        change = plan.adding(plan.plan, predicate, event) + plan.adding(event, "rdf:type", name("prov:Activity"))
        described: dict[str, Term] = {"plan:eventType": name(kind), "dct:source": _PAGE, **given}
        for key, value in described.items():
            change += plan.adding(event, key, value)
        if "dct:temporal" in given:
            change += plan.adding(given["dct:temporal"], "rdf:type", name("dct:PeriodOfTime"))
            change += plan.adding(given["dct:temporal"], "dcat:endDate", typed("2008-01-31", "date"))
        yield change

    return plant


def _adopted_by(plan: PlanData) -> dict[str, Term] | None:
    """Return who adopted a plan and when, for a second adoption in the same year."""
    adoption = plan.value(plan.plan, "prov:wasGeneratedBy")
    date = plan.value(adoption, "dct:date") if adoption is not None else None
    who = plan.value(adoption, "prov:wasAssociatedWith") if adoption is not None else None
    if date is None or who is None:
        return None
    return {
        "dct:date": typed(text_of(date)[:4], "gYear"),
        "prov:wasAssociatedWith": who,
        "dct:identifier": ox.Literal("91/20"),
    }


def _awaited(plan: PlanData) -> Iterable[Change]:
    """Yield a plan under preparation whose adoption is awaited at the end of the year."""
    who = ox.NamedNode(f"{plan.plan.value}/who")
    agent = Change()
    for key, value in (("rdf:type", name("foaf:Agent")), ("rdfs:label", text("Bystyret")), ("dct:source", _PAGE)):
        agent += plan.adding(who, key, value)
    gone = (
        "prov:wasGeneratedBy",
        "dct:dateAccepted",
        "dct:issued",
        "dct:isReplacedBy",
        "prov:wasInfluencedBy",
        "dct:temporal",
    )
    if any(quad.predicate in (name("dct:replaces"), name("prov:wasRevisionOf")) for quad in plan.quads):
        return
    orphans = [
        quad
        for predicate in ("prov:wasGeneratedBy", "prov:wasInfluencedBy")
        for event in plan.about(plan.plan, predicate)
        for quad in plan.about(event.object)
    ]
    for planted in _event(
        "plan:Adoption",
        "prov:wasGeneratedBy",
        lambda plan: {"dct:date": typed("2027", "gYear"), "prov:wasAssociatedWith": who},
    )(plan):
        yield (
            plan.setting(plan.plan, {"adms:status": name("plan:UnderPreparation")})
            + Change((*plan.about(plan.plan, *gone), *orphans))
            + planted
            + agent
        )


def _counted_in_each_area(plan: PlanData) -> Iterable[Change]:
    """Yield two focus areas, in each of which the goals are counted from 1."""
    change = Change()
    for area in ("a", "b"):
        above = _part(plan, f"area/{area}")
        change += _thing(
            plan, f"area/{area}", "plan:FocusArea", f"Området {area}", {"plan:order": typed(1, "integer")}
        )
        change += plan.adding(plan.plan, "skos:hasTopConcept", above)
        change += _thing(
            plan,
            f"goal/{area}-first",
            _GOAL,
            f"Målet i området {area}",
            {"skos:broader": above, "skos:notation": ox.Literal("1")},
        )
    yield change


def _counted_below_each_goal(plan: PlanData) -> Iterable[Change]:
    """Yield a strategy with the number 1 for each of two goals."""
    goals = plan.instances(_GOAL)[:2]
    if len(goals) == 2:
        change = Change()
        for place, goal in enumerate(goals):
            values: dict[str, Term] = {"plan:supports": goal, "skos:notation": ox.Literal("1")}
            change += _thing(plan, f"strategy/{'ab'[place]}", _STRATEGY, f"Vi gjør det på måte {place}", values)
        yield change


def _measures(target: str) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for node in plan.instances(target):
            values: dict[str, Term] = {"plan:implements": node, "plan:priority": typed(1, "integer")}
            yield _thing(plan, "measure/ny", "plan:Measure", "Bygge gang- og sykkelvei langs elva", values)

    return plant


def _slug(plan: PlanData) -> Iterable[Change]:
    for node in plan.instances(_GOAL):
        place, _, _ = node.value.rpartition("/")
        yield plan.renaming(node, ox.NamedNode(f"{place}/en-by-for-alle"))


def _without_numbers(plan: PlanData) -> Iterable[Change]:
    """Yield a plan whose source gives no numbers, and whose goals keep the IRIs that they have."""
    numbers = plan.statements("skos:notation", *CONCEPTS)
    if numbers:
        change = Change(tuple(numbers))
        for place, quad in enumerate(numbers, 1):
            change += plan.adding(quad.subject, "plan:order", typed(place, "integer"))
        yield change


def _source_of_a_title(plan: PlanData) -> Iterable[Change]:
    axiom = _part(plan, "source/title")
    for quad in plan.about(plan.plan, "dct:title"):
        yield (
            plan.adding(axiom, "rdf:type", name("owl:Axiom"))
            + plan.adding(axiom, "owl:annotatedSource", plan.plan)
            + plan.adding(axiom, "owl:annotatedProperty", name("dct:title"))
            + plan.adding(axiom, "owl:annotatedTarget", quad.object)
            + plan.adding(axiom, "dct:source", _PAGE)
        )


def _quoted(plan: PlanData) -> Iterable[Change]:
    for node in plan.instances(*CONCEPTS):
        yield plan.setting(node, {"plan:wording": name("plan:AsQuoted")}) + plan.adding(
            node, "prov:wasQuotedFrom", _PAGE
        )


def _until(plan: PlanData) -> dict[str, Term]:
    return {"dct:temporal": _part(plan, "event/period"), "rdfs:label": text("Høring")}


def _is(value: Term) -> Callable[[PlanData, ox.NamedNode], Term]:
    return lambda plan, node: value


MODEL_VARIANTS: dict[str, Planting] = {
    "a hearing of which the deadline is known": _event("plan:Hearing", "prov:wasInfluencedBy", _until),
    "a programme without a date, with a note": _event(
        "plan:Programme", "prov:wasInfluencedBy", lambda plan: {"skos:note": text("Kilden har ingen dato.")}
    ),
    "a second body that adopts": _event("plan:Adoption", "prov:wasGeneratedBy", _adopted_by),
    "an adoption that is awaited": _awaited,
    "goals that are counted in each focus area": _counted_in_each_area,
    "strategies that are counted below each goal": _counted_below_each_goal,
    "a measure of a goal": _measures(_GOAL),
    "a measure of a strategy": _measures(_STRATEGY),
    "a goal with a name in its IRI": _slug,
    "a plan without numbers": _without_numbers,
    "a source of a title": _source_of_a_title,
    "a wording as quoted": _quoted,
    "a strength": lambda plan: [_thing(plan, "strength/ny", "plan:Strength", "Mange som stiller opp for hverandre")],
    "an indicator of no goal": lambda plan: (
        plan.setting(node, {"skos:inScheme": plan.plan}) + Change(tuple(plan.about(node, "plan:measures")))
        for node in plan.instances("plan:Indicator")
    ),
    "a type of plan": more("plan:planType", _is(name("plan:SocialElement")), "plan:Plan"),
    "another's type of plan": more(
        "plan:planType", _is(ox.NamedNode("https://register.geonorge.no/sosi-kodelister/plan/1/20")), "plan:Plan"
    ),
    "a plan that follows up one elsewhere": more("plan:followsUp", _is(_PAGE), "plan:Plan"),
    "a plan that replaces one elsewhere": more("dct:replaces", _is(_PAGE), "plan:Plan"),
    "a page of the plan": more("foaf:page", _is(_PAGE), "plan:Plan"),
    "a strategy for some": more(
        "dct:audience", lambda plan, node: next(iter(plan.instances("plan:ActorGroup")), None), _STRATEGY
    ),
    "a plan for some": more(
        "dct:audience", lambda plan, node: next(iter(plan.instances("plan:ActorGroup")), None), "plan:Plan"
    ),
    "a quotation of a claim": lambda plan: (
        plan.adding(quad.subject, "plan:quote", text("Målet svarer til delmål 13.1."))
        for quad in plan.statements("plan:basis")
    ),
    "a goal that is not like another, below another goal": lambda plan: (
        _thing(plan, "goal/ny", _GOAL, "Innbyggerne har det bra her", {"skos:broader": node})
        for node in plan.instances(_GOAL)
    ),
    "a long note of several lines": more(
        "skos:note", _is(text("Første linje.\n\nAndre linje.")), "plan:Plan", *CONCEPTS
    ),
    "a word that is short": more("skos:altLabel", _is(text("Å")), *CONCEPTS),
    "a name with a number": more("skos:altLabel", _is(text("Trondheim 3.0 – 50 % færre utslipp")), *CONCEPTS),
    "a question": more("skos:altLabel", _is(text("Hva vil vi? Og hvordan?")), *CONCEPTS),
    "a text in Sámi": more("skos:altLabel", _is(text("Ruoná gávpot – buohkaide", "se")), *CONCEPTS),
    "signs of other languages": more(
        "skos:altLabel", _is(text("Łódź, İzmir, Þórshöfn, Đắk Lắk, Âge d’or", "en")), *CONCEPTS
    ),
    "an address in a note": more("skos:note", _is(text("Se https://www.vik.example/?a=1&b=2, og a&b.")), *CONCEPTS),
}
"""The changes by their names, after each of which a plan is as valid as before."""
