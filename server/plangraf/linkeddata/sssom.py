"""The claims about links as a mapping set in SSSOM/TSV (https://mapping-commons.github.io/sssom/spec-formats-tsv/).

The output is in the canonical form of the specification: metadata as YAML in lines that begin with `#`, every
identifier a CURIE, columns in the order of the model, rows sorted.
"""

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files

from anyio import to_thread

from plangraf.engine.ask import Solution, select
from plangraf.engine.interface import Engine, Query
from plangraf.linkeddata.addresses import document_iri
from plangraf.namespaces import ID, PREFIXES

MAPPINGS_PATH = "/mappings.sssom.tsv"

_QUERY = (files(__package__) / "queries" / "mappings.rq").read_text(encoding="utf-8")
_TITLE = "Links from municipal plans to the Sustainable Development Goals"
_DESCRIPTION = (
    "All claims of a release of Plangraf. The column other says on what basis each is made: plan:StatedInPlan when "
    "the plan or its publisher states the link, plan:Editorial when an editor has judged it. Count them apart."
)
# Prefixes that are built into SSSOM and must not be in the curie map (spec-intro, IRI prefixes).
_BUILT_IN = ("owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd")
_KNOWN = {
    **{prefix: PREFIXES[prefix] for prefix in (*_BUILT_IN, "plan", "sdg")},
    "orgnr": "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/",
    "plangraf": ID,
}
COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "creator_id",
    "creator_label",
    "license",
    "mapping_date",
    "confidence",
    "see_also",
    "other",
)
_UNSPECIFIED = f"{PREFIXES['sssom']}license/unspecified"
"""The value of the mandatory `license` of a set that no one licence covers."""
_SEVERAL = ("creator_id", "creator_label", "see_also")

Row = dict[str, set[str]]


async def mapping_set(engine: Engine, release: str) -> bytes:
    """Return the mapping set of a release: one call of the engine."""
    solutions = await select(engine, Query(_QUERY))
    return (await to_thread.run_sync(write_mapping_set, solutions, release)).encode()


def write_mapping_set(solutions: Iterable[Solution], release: str) -> str:
    """Return the mapping set of the claims in `solutions`.

    The sources of a claim are in `see_also`, its basis in `other`. Labels are in bokmål, with English as fallback.
    Empty columns are omitted. A licence that all claims share is that of the set; otherwise each claim has its own,
    which is that of its graph.
    """
    curies = _Curies()
    claims: dict[str, Row] = {}
    for solution in solutions:
        row = claims.setdefault(solution["claim"].value, {})
        for column, value in _values(solution, curies):
            row.setdefault(column, set()).add(value)
    shared = set.intersection(*(row.get("license", set()) for row in claims.values())) if claims else set[str]()
    if shared:
        for row in claims.values():
            del row["license"]
    licence = min(shared, default=_UNSPECIFIED)
    columns = [column for column in COLUMNS if any(column in row for row in claims.values())]
    rows = sorted([_cell(column, row.get(column, set())) for column in columns] for row in claims.values())
    lines = [*(f"#{line}" for line in _metadata(curies.used(), release, licence)), "\t".join(columns)]
    return "\n".join([*lines, *("\t".join(map(_quoted, row)) for row in rows)]) + "\n"


def _values(solution: Solution, curies: "_Curies") -> Iterator[tuple[str, str]]:
    for column, name in (
        ("subject_id", "subject"),
        ("predicate_id", "predicate"),
        ("object_id", "object"),
        ("mapping_justification", "justification"),
        ("creator_id", "creator"),
    ):
        if name in solution:
            yield column, curies.shorten(solution[name].value)
    for column, names in (
        ("subject_label", ("subjectNb", "subjectEn")),
        ("object_label", ("objectNb", "objectEn")),
        ("creator_label", ("creatorName",)),
        ("license", ("licence",)),
        ("mapping_date", ("date",)),
        ("confidence", ("confidence",)),
        ("see_also", ("source",)),
    ):
        found = next((solution[name].value for name in names if name in solution), None)
        if found is not None:
            yield column, found
    if "basis" in solution:
        yield "other", f"plan:basis={curies.shorten(solution['basis'].value)}"


def _cell(column: str, values: set[str]) -> str:
    if column in _SEVERAL:
        # `|` separates values, so it is escaped within a value.
        return "|".join(value.replace("|", r"\|") for value in sorted(values))
    return min(values, default="")


def _quoted(value: str) -> str:
    if any(character in value for character in '\t\n\r"'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _metadata(prefixes: dict[str, str], release: str, licence: str) -> Iterator[str]:
    yield "curie_map:"
    for prefix, namespace in sorted(prefixes.items()):
        yield f"  {prefix}: {json.dumps(namespace)}"
    values = {
        "mapping_set_id": document_iri(MAPPINGS_PATH),
        "mapping_set_version": release,
        "mapping_set_title": _TITLE,
        "mapping_set_description": _DESCRIPTION,
        "license": licence,
    }
    for slot, value in values.items():
        yield f"{slot}: {json.dumps(value, ensure_ascii=False)}"


class _Curies:
    """Shortens IRIs to CURIEs and records the prefixes."""

    def __init__(self) -> None:
        self._prefixes: dict[str, str] = {}
        self._own = 0

    def shorten(self, iri: str) -> str:
        """Return `iri` as a CURIE; an unknown namespace gets a generated prefix."""
        known = {**_KNOWN, **self._prefixes}
        fitting = [(namespace, prefix) for prefix, namespace in known.items() if iri.startswith(namespace)]
        if fitting:
            namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
        else:
            namespace = iri[: max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1]
            self._own += 1
            prefix = f"ns{self._own}"
        self._prefixes[prefix] = namespace
        return f"{prefix}:{iri.removeprefix(namespace)}"

    def used(self) -> dict[str, str]:
        """Return the used prefixes that are not built into SSSOM."""
        return {prefix: namespace for prefix, namespace in self._prefixes.items() if prefix not in _BUILT_IN}
