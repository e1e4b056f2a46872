"""The outline of a plan: what is below what, in which order, for a document that nests the parts of the plan."""

import re
from collections.abc import Iterable, Mapping

from plangraf.languages import preferred
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand

AREA, GOAL, CONTRIBUTION = (expand(f"plan:{name}") for name in ("FocusArea", "Goal", "Contribution"))
KINDS: Mapping[str, str] = {
    AREA: "focusAreas",
    GOAL: "goals",
    expand("plan:Strategy"): "otherStrategies",
    expand("plan:Measure"): "otherMeasures",
    CONTRIBUTION: "otherContributions",
    expand("plan:Indicator"): "otherIndicators",
    expand("plan:Challenge"): "challenges",
    expand("plan:Strength"): "strengths",
    expand("plan:ActorGroup"): "actorGroups",
    expand("skos:Concept"): "otherConcepts",
}
"""The keys below the plan for concepts that no other part of the plan holds, by their classes."""
_BROADER, _SUPPORTS = expand("skos:broader"), expand("plan:supports")
_INVERSES: Mapping[str, str] = {
    _BROADER: "parts",
    _SUPPORTS: "strategies",
    expand("plan:implements"): "implementedBy",
    expand("plan:measures"): "indicators",
}
"""The keys below a thing for what refers to it by a property."""
_HIERARCHY: Mapping[tuple[str, str], str] = {
    (AREA, AREA): "focusAreas",
    (GOAL, AREA): "goals",
    (GOAL, GOAL): "subGoals",
}
"""The keys for `skos:broader` by the classes of the narrower and of the broader thing, where they are not `parts`."""
KEYS = (
    *("focusAreas", "goals", "subGoals", "strategies", "implementedBy", "contributions", "indicators", "parts"),
    *(key for key in KINDS.values() if key not in ("focusAreas", "goals")),
)
"""All these keys, in the order of a document."""
_ORDER, _NOTATION = expand("plan:order"), expand("skos:notation")
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_DIGITS = re.compile(r"\d+")


class PlanOutline:
    """The parts of a plan, each below all things of the plan that it refers to as what it is a part of.

    Args:
        statements: the statements about the plan, in which only its own concepts have classes.
        plan: the IRI of the plan.

    Attributes:
        kinds: the class of each concept of the plan, by IRI.
        tops: the concepts that nothing holds, sorted.
    """

    def __init__(self, statements: Statements, plan: str) -> None:
        self._statements = statements
        self.kinds = {
            thing: kind
            for kind in reversed([*KINDS])
            for thing in statements.instances(kind)
            if thing != plan and ":" in thing  # a blank node cannot be referred to
        }
        self._below: dict[str, dict[str, list[str]]] = {}
        self.tops = self.sorted(thing for thing in self.kinds if not self._place(thing, plan))

    def below(self, thing: str) -> dict[str, list[str]]:
        """Return the sorted things below the plan or one of its concepts, by their keys."""
        found = self._below.get(thing, {})
        return {key: self.sorted(found[key]) for key in KEYS if key in found}

    def sorted(self, things: Iterable[str]) -> list[str]:
        """Return things sorted by `plan:order`, by notation (1.2 before 1.10), by label and by IRI."""
        return sorted(things, key=self._key)

    def _place(self, thing: str, plan: str) -> bool:
        """Put a thing below all that hold it; return whether there are any."""
        kind, placed = self.kinds[thing], False
        for relation, inverse in _INVERSES.items():
            for holder in self._statements.iris(thing, relation):
                if holder == thing or not (holder in self.kinds or holder == plan):
                    continue
                key = _HIERARCHY.get((kind, self.kinds.get(holder, "")), inverse) if relation == _BROADER else inverse
                if relation == _SUPPORTS and kind == CONTRIBUTION:
                    key = "contributions"
                self._below.setdefault(holder, {}).setdefault(key, []).append(thing)
                placed = True
        return placed

    def _key(self, thing: str) -> tuple[int, int, int, str, int, str, str]:
        order, notation = self._statements.text(thing, _ORDER), self._statements.text(thing, _NOTATION)
        label = preferred(self._statements.names(thing), "nb")
        return (
            *((0, int(order)) if order and _INTEGER.fullmatch(order) else (1, 0)),
            *((0, natural(notation)) if notation else (1, "")),
            *((0, label.value.casefold()) if label else (1, "")),
            natural(thing),
        )


def natural(text: str) -> str:
    """Return a sort key that puts 1.2 before 1.10: each number is prefixed with its length."""
    return _DIGITS.sub(lambda match: f"{len(match[0]):04}{match[0]}", text)
