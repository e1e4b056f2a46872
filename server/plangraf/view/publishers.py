"""Who publishes plans, and what they are called in addresses."""

from collections import Counter
from dataclasses import dataclass

from plangraf.namespaces import ID, expand
from plangraf.view.reading import Reading, Reference


@dataclass(frozen=True)
class Publisher:
    """A publisher of plans, mostly a municipality.

    Attributes:
        key: what it is called in addresses: the part of its plans' IRIs that names it.
        reference: the organisation.
        plans: its plans.
    """

    key: str
    reference: Reference
    plans: tuple[Reference, ...]


def read_publishers(reading: Reading) -> list[Publisher]:
    """Return those who publish the plans among the statements, by name."""
    plans: dict[str, list[str]] = {}
    for plan in reading.statements.instances(expand("plan:Plan")):
        for publisher in reading.statements.iris(plan, expand("dct:publisher")):
            plans.setdefault(publisher, []).append(plan)
    keys = {publisher: _key(publisher, published) for publisher, published in plans.items()}
    shared = Counter(keys.values())
    return [
        Publisher(
            # A key that two publishers would share says nothing; their IRIs do.
            key=keys[reference.iri] if shared[keys[reference.iri]] == 1 else reference.iri,
            reference=reference,
            plans=tuple(reading.sorted(plans[reference.iri])),
        )
        for reference in reading.sorted(plans)
    ]


def _key(publisher: str, plans: list[str]) -> str:
    first = plans[0]
    return first.removeprefix(ID).split("/")[0] if first.startswith(ID) else publisher
