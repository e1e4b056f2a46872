"""The reports on a release, which are made once, when it is built: measurements of its plans, mappings, documents."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.resources import files

from plangraf.linkeddata.addresses import DOCUMENTS, Addresses
from plangraf.linkeddata.quality import PlanQuality, measure
from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.linkeddata.sssom import Mapping, find_mappings
from plangraf.uri_spaces import URI_SPACE
from plangraf.validation.spaces import declared_spaces

_DOCUMENTS = (files(__package__) / "queries" / "documents.rq").read_text(encoding="utf-8")
_SUBJECTS = "SELECT DISTINCT ?iri WHERE { ?iri ?property ?value FILTER (isIRI(?iri)) }"
_SPACES = f"SELECT ?graph ?space WHERE {{ GRAPH ?graph {{ ?subject <{URI_SPACE}> ?space }} }}"
_MAPPED = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?subject WHERE { ?claim owl:annotatedSource|owl:sourceIndividual ?subject }
"""


@dataclass(frozen=True)
class ReportKeys:
    """The subjects of the reports on some parts of a release.

    Attributes:
        plans: the IRIs of the plans.
        subjects: the IRIs of the subjects of mappings.
        paths: the paths of the documents.
    """

    plans: frozenset[str]
    subjects: frozenset[str]
    paths: frozenset[str]

    @classmethod
    def of(cls, plans: Iterable[str], store: ReleaseStore) -> "ReportKeys":
        """Return the keys of the parts that `store` holds.

        Args:
            plans: the plans of these parts.
            store: the quads of these parts, and of no others.
        """
        subjects = frozenset(solution["subject"].value for solution in store.select(_MAPPED))
        return cls(frozenset(plans), subjects, frozenset(document_paths(store)))


@dataclass(frozen=True)
class Reports:
    """The reports on a release, or on some of its parts.

    Attributes:
        qualities: the measurements of the plans.
        mappings: the claims about links.
        paths: the paths of the documents about things.
    """

    qualities: tuple[PlanQuality, ...]
    mappings: tuple[Mapping, ...]
    paths: Collection[str]

    @classmethod
    def of_release(cls, store: ReleaseStore) -> "Reports":
        """Return the reports on all that `store` holds."""
        return cls(tuple(measure(store)), tuple(find_mappings(store)), document_paths(store))

    @classmethod
    def of_parts(cls, keys: ReportKeys, store: ReleaseStore) -> "Reports":
        """Return the reports on some parts.

        Args:
            keys: the keys of these parts.
            store: the quads of these parts, and of those that they refer to.
        """
        mappings = tuple(mapping for mapping in find_mappings(store) if mapping.subject in keys.subjects)
        qualities = measure(store, sorted(keys.plans)) if keys.plans else []
        return cls(tuple(qualities), mappings, keys.paths)


def document_paths(store: ReleaseStore) -> set[str]:
    """Return the paths of the documents about all described things.

    IRIs with a fragment have no document of their own; other resources list their paths themselves.
    """
    declared = ((solution["graph"].value, solution["space"]) for solution in store.select(_SPACES))
    addresses = Addresses(tuple(declared_spaces(declared).items()))
    iris = {solution["iri"].value for solution in store.select(_DOCUMENTS)}
    if addresses.spaces:
        subjects = (solution["iri"].value for solution in store.select(_SUBJECTS))
        iris.update(iri for iri in subjects if addresses.space_of(iri) is not None)
    found = map(addresses.document_path, iris)
    return {path for path in found if path is not None and path.startswith(f"{DOCUMENTS}/") and "#" not in path}
