"""The publishers of plans, and their keys in URLs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from plangraf.linkeddata.addresses import DOCUMENTS, Addresses
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand
from plangraf.view.reading import Reading, Reference
from plangraf.view.transcription import has_known_links


@dataclass(frozen=True)
class Publisher:
    """A publisher of plans, mostly a municipality.

    Attributes:
        key: the key in URLs: the part of the IRIs of its plans that identifies it, or its IRI if that is not unique.
        reference: the organisation.
        plans: its plans.
    """

    key: str
    reference: Reference
    plans: tuple[Reference, ...]


def read_publishers(reading: Reading) -> list[Publisher]:
    """Return the publishers of the plans among the statements, sorted by name."""
    plans = _plans(reading.statements)
    keys = _keys(plans, reading.reader.addresses)
    return [
        Publisher(
            key=keys[reference.iri],
            reference=reference,
            plans=tuple(reading.sorted(plans[reference.iri])),
        )
        for reference in reading.sorted(plans)
    ]


def is_transcribed(reading: Reading, publisher: Publisher) -> bool:
    """Return whether the links to SDGs of any plan of a publisher are transcribed, or known not to exist.

    Only then does it mean anything that the data have no link: `plan:SDGLinksMissing` says that there may be others.
    """
    return any(has_known_links(reading, plan.iri) for plan in publisher.plans)


def publisher_keys(statements: Statements, addresses: Addresses) -> dict[str, str]:
    """Return the keys in URLs of the publishers of the plans among the statements, by their IRIs."""
    return _keys(_plans(statements), addresses)


def _plans(statements: Statements) -> dict[str, list[str]]:
    """Return the plans of each publisher."""
    plans: dict[str, list[str]] = {}
    for plan in statements.instances(expand("plan:Plan")):
        for publisher in statements.iris(plan, expand("dct:publisher")):
            plans.setdefault(publisher, []).append(plan)
    return plans


def _keys(plans: Mapping[str, list[str]], addresses: Addresses) -> dict[str, str]:
    keys = {publisher: _key(publisher, published, addresses) for publisher, published in plans.items()}
    shared = Counter(keys.values())
    # Publishers that would share a key get their IRIs as keys.
    return {publisher: key if shared[key] == 1 else publisher for publisher, key in keys.items()}


def _key(publisher: str, plans: list[str], addresses: Addresses) -> str:
    """Return the first segment after `/doc` of the path of a plan, or the publisher's IRI if there is none."""
    path = addresses.document_path(plans[0]) or ""
    return path.split("/")[2] if path.startswith(f"{DOCUMENTS}/") else publisher
