"""The claims about links as a mapping set in SSSOM/TSV (https://mapping-commons.github.io/sssom/spec-formats-tsv/).

The output is in the canonical form of the specification: metadata as YAML in lines that begin with `#`, every
identifier a CURIE, columns in the order of the model, rows sorted.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as StringMapping
from dataclasses import dataclass
from importlib.resources import files

from plangraf.engine.ask import Solution, Term
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.namespaces import ID, PREFIXES

MAPPINGS_PATH = "/mappings.sssom.tsv"

_QUERY = (files(__package__) / "queries" / "mappings.rq").read_text(encoding="utf-8")
_TITLE = "Links from municipal plans to the Sustainable Development Goals"
_DESCRIPTION = (
    "All claims of a release of Plangraf. The column other says on what basis each is made: plan:StatedInPlan when "
    "the plan or its publisher states the link, plan:Editorial when an editor has judged it. Count them apart. A row "
    "with the predicate_modifier Not is a link that an editor has refused."
)
# Prefixes that are built into SSSOM and must not be in the curie map (spec-intro, IRI prefixes).
_BUILT_IN = ("owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd")
_KNOWN = {
    **{prefix: PREFIXES[prefix] for prefix in (*_BUILT_IN, "plan", "sdg")},
    "orcid": "https://orcid.org/",
    "orgnr": "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/",
    "plangraf": ID,
}
COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "creator_id",
    "creator_label",
    "license",
    "mapping_tool",
    "mapping_date",
    "confidence",
    "similarity_score",
    "see_also",
    "other",
    "comment",
)
_VARIABLES = {
    "subject_id": ("subject",),
    "predicate_id": ("predicate",),
    "predicate_modifier": ("modifier",),
    "object_id": ("object",),
    "mapping_justification": ("justification",),
    "creator_id": ("creator",),
    "subject_label": ("subjectNb", "subjectEn"),
    "object_label": ("objectNb", "objectEn"),
    "creator_label": ("creatorName",),
    "license": ("licence",),
    "mapping_date": ("date",),
    "confidence": ("confidence",),
    "see_also": ("source",),
    "other": ("basis",),
}
UNSPECIFIED = f"{PREFIXES['sssom']}license/unspecified"
"""The value of the mandatory `license` of a set that no one licence covers."""
_SPECIAL = re.compile('[\t\n\r"]')
_SEVERAL = ("creator_id", "creator_label", "see_also")

_IRIS = ("subject_id", "predicate_id", "object_id", "mapping_justification", "creator_id", "other")


@dataclass(frozen=True)
class Mapping:
    """A claim about a link.

    Attributes:
        subject: the IRI of its subject.
        values: the values by column, sorted; identifiers are IRIs, and `other` has that of the basis.
    """

    subject: str
    values: dict[str, list[str]]


@dataclass(frozen=True)
class MappingSet:
    """The mapping set of a release, without the parts that depend on its identifier.

    Attributes:
        prefixes: the prefixes of the CURIEs, without those that are built into SSSOM.
        licence: the IRI of the licence that all claims share, or the one of SSSOM that says that there is none.
        table: the names of the columns and the rows.
    """

    prefixes: dict[str, str]
    licence: str
    table: bytes

    def document(self, release: str) -> bytes:
        """Return the whole document, with `release` as the version."""
        return self.headed(
            {
                "mapping_set_id": document_iri(MAPPINGS_PATH),
                "mapping_set_version": release,
                "mapping_set_title": _TITLE,
                "mapping_set_description": _DESCRIPTION,
                "license": self.licence,
            }
        )

    def headed(self, metadata: StringMapping[str, str]) -> bytes:
        """Return the table below metadata, which are in the order of the slots of the specification."""
        return "".join(f"#{line}\n" for line in _metadata(self.prefixes, metadata)).encode() + self.table


def find_mappings(store: ReleaseStore) -> Iterator[Mapping]:
    """Yield the claims of a release."""
    return read_mappings(store.select(_QUERY))


def read_mappings(solutions: Iterable[Solution]) -> Iterator[Mapping]:
    """Yield the claims in the solutions of the query for them.

    The sources of a claim are in `see_also`. Labels are in bokmål, with English as fallback.
    """
    claims: dict[Term, dict[str, set[str]]] = {}
    for solution in solutions:
        values = claims.setdefault(solution["claim"], {})
        for column, names in _VARIABLES.items():
            found = next((solution[name].value for name in names if name in solution), None)
            if found is not None:
                values.setdefault(column, set()).add(found)
    for values in claims.values():
        yield Mapping(min(values["subject_id"]), {column: sorted(found) for column, found in sorted(values.items())})


def write_mapping_set(mappings: Iterable[Mapping]) -> MappingSet:
    """Return the mapping set of claims, whose order determines the names of generated prefixes.

    Columns without values are left out. A licence that all claims share is that of the set; otherwise each claim has
    its own, which is that of its graph.
    """
    curies = _Curies()
    claims = [_with_curies(mapping, curies) for mapping in mappings]
    shared = set.intersection(*({*values.get("license", ())} for values in claims)) if claims else set[str]()
    if shared:
        claims = [{column: found for column, found in values.items() if column != "license"} for values in claims]
    columns = [column for column in COLUMNS if any(column in values for values in claims)]
    rows = sorted([_cell(column, values.get(column, ())) for column in columns] for values in claims)
    lines = ["\t".join(columns), *("\t".join(map(_quoted, row)) for row in rows)]
    return MappingSet(curies.used(), min(shared, default=UNSPECIFIED), ("\n".join(lines) + "\n").encode())


def _with_curies(mapping: Mapping, curies: "_Curies") -> dict[str, Sequence[str]]:
    values: dict[str, Sequence[str]] = dict(mapping.values)
    for column in _IRIS:
        if column in values:
            values[column] = [curies.shorten(iri) for iri in values[column]]
    if "other" in values:
        values["other"] = [f"plan:basis={basis}" for basis in values["other"]]
    return values


def _cell(column: str, values: Sequence[str]) -> str:
    if column in _SEVERAL:
        # `|` separates values, so it is escaped within a value.
        return "|".join(value.replace("|", r"\|") for value in sorted(values))
    return min(values, default="")


def _quoted(value: str) -> str:
    if _SPECIAL.search(value):
        return '"' + value.replace('"', '""') + '"'
    return value


def _metadata(prefixes: StringMapping[str, str], values: StringMapping[str, str]) -> Iterator[str]:
    yield "curie_map:"
    for prefix, namespace in sorted(prefixes.items()):
        yield f"  {prefix}: {json.dumps(namespace)}"
    for slot, value in values.items():
        yield f"{slot}: {json.dumps(value, ensure_ascii=False)}"


class _Curies:
    """Shortens IRIs to CURIEs and records the prefixes."""

    def __init__(self) -> None:
        self._used: dict[str, str] = {}
        self._own = 0
        self._curies: dict[str, str] = {}
        self._known = [(namespace, prefix) for prefix, namespace in _KNOWN.items()]
        self._sort()

    def shorten(self, iri: str) -> str:
        """Return `iri` as a CURIE; an unknown namespace gets a generated prefix."""
        if iri in self._curies:  # most IRIs are in many claims
            return self._curies[iri]
        found = next((pair for pair in self._known if iri.startswith(pair[0])), None)
        if found is None:
            self._own += 1
            found = iri[: max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1], f"ns{self._own}"
            self._known.append(found)
            self._sort()
        namespace, prefix = found
        self._used[prefix] = namespace
        curie = self._curies[iri] = f"{prefix}:{iri[len(namespace) :]}"
        return curie

    def used(self) -> dict[str, str]:
        """Return the used prefixes that are not built into SSSOM."""
        return {prefix: namespace for prefix, namespace in self._used.items() if prefix not in _BUILT_IN}

    def _sort(self) -> None:
        self._known.sort(key=lambda pair: len(pair[0]), reverse=True)  # the longest fitting namespace is used
