"""Of plans with a fault each, the shapes report as much as they ever did; of valid plans, nothing."""

from collections import Counter
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from tests.counts import FACTOR, chance
from tests.validation.mutations.floors import FALSE_ALARMS, FLOORS, UNREPORTED
from tests.validation.mutations.mutants import KINDS, MUTATIONS, mutants
from tests.validation.mutations.plans import referred_plans
from tests.validation.mutations.variants import VARIANTS, Variant

from plangraf.namespaces import PREFIXES
from plangraf.rdf.terms import to_graph
from plangraf.validation.result import Result, Severity
from plangraf.validation.shapes import Shapes

Note = Callable[[str, object], None]


def shape_of(result: Result) -> str:
    return str(result.shape).removeprefix(PREFIXES["psh"])


def test_each_kind_has_its_floor_and_each_excused_mutation_exists() -> None:
    assert FLOORS.keys() == set(KINDS)
    assert {mutation.name for mutation in MUTATIONS} >= UNREPORTED
    assert {variant.name for variant in VARIANTS} >= FALSE_ALARMS.keys()
    names = Counter(mutation.name for mutation in MUTATIONS)
    assert [name for name, count in names.items() if count > 1] == []


def test_each_mutation_has_a_place_in_a_plan() -> None:
    everywhere = [plan.data for plan in referred_plans()]
    placeless = [
        mutation.name
        for mutation in MUTATIONS
        if not any(change for plan in everywhere for change in mutation.plant(plan))
    ]
    assert placeless == []


@pytest.mark.parametrize("number", range(len(referred_plans())))
def test_the_plans_are_valid_before_they_are_changed(number: int, shapes: Shapes) -> None:
    plan = referred_plans()[number]
    results = plan.results(plan.data.quads, shapes)
    assert [shape_of(result) for result in results if result.severity != Severity.INFO] == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_as_many_mutants_of_a_kind_are_reported_as_ever(kind: str, shapes: Shapes, record_property: Note) -> None:
    planted: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for mutant in mutants(kind):
        planted[mutant.mutation.name] += 1
        if not mutant.plan.new_results(mutant.change.applied(mutant.plan.data.quads), shapes):
            missed[mutant.mutation.name] += 1
    reported = planted.total() - missed.total()
    record_property("mutants", (kind, planted.total(), reported, dict(missed)))
    assert missed.keys() - UNREPORTED == set()
    if FACTOR > 1:
        assert reported / planted.total() * 100 >= FLOORS[kind]


@pytest.mark.soak
@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_valid_variant_is_not_reported(variant: Variant, shapes: Shapes) -> None:
    source = chance(variant.name)
    plans = [plan for plan in referred_plans() if any(True for _ in variant.plant(plan.data))]
    assert plans
    severities = list(Severity)
    alarms = set()
    for plan in plans if FACTOR > 1 else source.sample(plans, 1):
        change = source.choice(list(variant.plant(plan.data)))
        for result in plan.new_results(change.applied(plan.data.quads), shapes):
            if severities.index(result.severity) < severities.index(variant.most):
                alarms.add(shape_of(result))
    assert alarms - FALSE_ALARMS.get(variant.name, frozenset()) == set()


def test_other_prefixes_change_nothing(shapes: Shapes) -> None:
    plan = referred_plans()[-1]
    prefixes = {f"p{number}": iri for number, iri in enumerate(PREFIXES.values())}
    written = ox.serialize(plan.data.quads, format=ox.RdfFormat.TRIG, prefixes=prefixes)
    assert written is not None
    read = tuple(ox.parse(written, format=ox.RdfFormat.TRIG))
    assert to_graph(read).isomorphic(to_graph(plan.data.quads))
    assert plan.new_results(read, shapes) == []
