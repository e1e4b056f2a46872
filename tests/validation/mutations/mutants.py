"""Mutants: plans with one fault each, as many as the one setting of how much is tried says."""

from dataclasses import dataclass

from tests.counts import FACTOR, chance
from tests.validation.mutations.addresses import ADDRESSES
from tests.validation.mutations.claims import CLAIMS, MISSING
from tests.validation.mutations.hierarchy import CYCLES, NUMBERING, SCHEMES
from tests.validation.mutations.indicators import INDICATORS
from tests.validation.mutations.kinds import BLANK_NODES, UNTYPED, WRONG_KIND
from tests.validation.mutations.mutation import Mutation
from tests.validation.mutations.plan_data import Change
from tests.validation.mutations.plans import ReferredPlan, referred_plans
from tests.validation.mutations.provenance import PROVENANCE
from tests.validation.mutations.text_faults import DEFINITIONS, EMPTY, LABELS, LANGUAGES
from tests.validation.mutations.times import STATUS, TIMES

MUTATIONS: tuple[Mutation, ...] = (
    *(*TIMES, *STATUS, *DEFINITIONS, *LABELS, *INDICATORS, *NUMBERING, *CLAIMS, *MISSING, *PROVENANCE, *EMPTY),
    *(*WRONG_KIND, *UNTYPED, *ADDRESSES, *SCHEMES, *LANGUAGES, *CYCLES, *BLANK_NODES),
)
KINDS = tuple(dict.fromkeys(mutation.kind for mutation in MUTATIONS))
_PLACES = 2
"""In how many places of a plan each mutation is planted when all are tried."""


@dataclass(frozen=True)
class Mutant:
    """A plan with one fault.

    Attributes:
        mutation: the mutation.
        plan: the plan.
        change: the change of the plan.
    """

    mutation: Mutation
    plan: ReferredPlan
    change: Change


def mutants(kind: str) -> list[Mutant]:
    """Return mutants of a kind: one of each mutation, or in a soak some of each in every plan that has a place."""
    return [mutant for mutation in MUTATIONS if mutation.kind == kind for mutant in _of(mutation)]


def _of(mutation: Mutation) -> list[Mutant]:
    source = chance(f"{mutation.kind}: {mutation.name}")
    # Small plans come first more often, as they take less time.
    plans = sorted(referred_plans(), key=lambda plan: source.random() * len(plan.data.quads))
    found: list[Mutant] = []
    for plan in plans:
        changes = [change for change in mutation.plant(plan.data) if change != Change()]
        found += (Mutant(mutation, plan, change) for change in source.sample(changes, min(_PLACES, len(changes))))
        if found and FACTOR == 1:
            return found[:1]
    return found
