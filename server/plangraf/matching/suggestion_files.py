"""Suggestions as files: SSSOM/TSV, and rows of the plan workbook."""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from plangraf import __version__
from plangraf.languages import InterfaceLanguage
from plangraf.linkeddata.sssom import UNSPECIFIED, Mapping, write_mapping_set
from plangraf.matching.suggestions import GoalSuggestions, LinkSuggestion
from plangraf.namespaces import ID, SDG, expand
from plangraf.release.plan_source import PlanSource
from plangraf.workbook.addresses import slug
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.csv_folder import csv_folder_files
from plangraf.workbook.from_statements import from_statements
from plangraf.workbook.rows import Row, WorkbookRows, made_row

_TOOL = "Plangraf"
_TITLE = "Suggested links"
_DESCRIPTION = (
    "Links that a program suggests and nobody has judged. The comment gives the reasons; the confidence is the share "
    "of right ones among links with such a score, as docs/matching.md of Plangraf measures it."
)
_LINKS = "links"
_SOURCE = ox.NamedNode(expand("dct:source"))
_DECIMAL = ox.NamedNode(expand("xsd:decimal"))


def suggestions_sssom(suggestions: Iterable[GoalSuggestions], identifier: str, language: InterfaceLanguage) -> bytes:
    """Return suggestions as a mapping set in SSSOM/TSV.

    Args:
        suggestions: the suggestions.
        identifier: the IRI of the mapping set.
        language: the language of labels and reasons.
    """
    mappings = [
        Mapping(each.goal.iri, _values(each, language)) for found in suggestions for each in found.suggestions
    ]
    return write_mapping_set(mappings).headed(
        {
            "mapping_set_id": identifier,
            "mapping_set_title": _TITLE,
            "mapping_set_description": _DESCRIPTION,
            "license": UNSPECIFIED,
            "mapping_tool_version": __version__,
        }
    )


def _values(suggestion: LinkSuggestion, language: InterfaceLanguage) -> dict[str, list[str]]:
    values = {
        "subject_id": suggestion.goal.iri,
        "subject_label": suggestion.goal.label(language),
        "predicate_id": suggestion.predicate,
        "object_id": suggestion.thing.iri,
        "object_label": suggestion.thing.label(language),
        "mapping_justification": suggestion.justification,
        "mapping_tool": _TOOL,
        "comment": suggestion.explanation(language),
    }
    if suggestion.confidence is not None:
        values["confidence"] = f"{suggestion.confidence:.2f}"
    else:
        values["similarity_score"] = f"{min(suggestion.score, 1.0):.2f}"
    return {column: [value] for column, value in values.items()}


def suggestion_rows(
    source: PlanSource, suggestions: Iterable[GoalSuggestions], language: InterfaceLanguage
) -> list[Row]:
    """Return suggestions as rows of the sheet of links, each marked as a draft that somebody must judge.

    Args:
        source: the statements of the plan.
        suggestions: the suggestions.
        language: the language of the cells.
    """
    found = [each for goal in suggestions for each in goal.suggestions]
    given = set(source.quads)
    made = from_statements((*source.quads, *_claims(source, found)), source.addresses, language).rows
    before = {row.text("id") for row in from_statements(given, source.addresses, language).rows.of(_LINKS)}
    reasons = {source.addresses.name(_claim(source, each)): each.explanation(language) for each in found}
    rows = [row for row in made.of(_LINKS) if row.text("id") in reasons and row.text("id") not in before]
    draft = {"draft": code_lists()["yes"].entries[0].shown(language)}
    return [made_row(row.sheet, {**_texts(row), **draft, "note": reasons[row.text("id")]}) for row in rows]


def rows_csv(rows: Sequence[Row], language: InterfaceLanguage) -> bytes:
    """Return rows of the sheet of links as the CSV file that has them in a folder of CSV files."""
    return csv_folder_files(WorkbookRows({_LINKS: rows}), language)[f"{_LINKS}.csv"]


def with_rows(source: PlanSource, rows: Sequence[Row], language: InterfaceLanguage) -> WorkbookRows:
    """Return the rows of a plan, with further rows at the end of its sheet of links."""
    own = from_statements(source.quads, source.addresses, language).rows
    return WorkbookRows({**own.rows, _LINKS: (*own.of(_LINKS), *rows)})


def _texts(row: Row) -> dict[str, str]:
    return {key: cell.text for key, cell in row.cells.items()}


def _claim(source: PlanSource, suggestion: LinkSuggestion) -> str:
    end = source.addresses.name(suggestion.goal.iri).rpartition("/")[2]
    iri = suggestion.thing.iri
    other = iri.removeprefix(SDG) if iri.startswith(SDG) else slug(iri.removeprefix(ID))
    return source.addresses.thing(f"link/{slug(end)}-{other}")


def _claims(source: PlanSource, suggestions: Iterable[LinkSuggestion]) -> Iterator[ox.Quad]:
    """Yield the statements that a suggestion would make if an editor accepted it."""
    graph = ox.NamedNode(source.addresses.graph("editorial"))
    sources: dict[str, list[ox.NamedNode]] = {}
    for quad in source.quads:
        if (
            quad.predicate == _SOURCE
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
        ):
            sources.setdefault(quad.subject.value, []).append(quad.object)
    for each in suggestions:
        claim, goal = ox.NamedNode(_claim(source, each)), ox.NamedNode(each.goal.iri)
        predicate, sdg = ox.NamedNode(each.predicate), ox.NamedNode(each.thing.iri)
        yield ox.Quad(goal, predicate, sdg, graph)
        parts: tuple[tuple[str, ox.NamedNode | ox.Literal], ...] = (
            ("rdf:type", ox.NamedNode(expand("owl:Axiom"))),
            ("owl:annotatedSource", goal),
            ("owl:annotatedProperty", predicate),
            ("owl:annotatedTarget", sdg),
            ("plan:basis", ox.NamedNode(expand("plan:Editorial"))),
            ("sssom:mapping_justification", ox.NamedNode(each.justification)),
            *(("dct:source", source_of) for source_of in sources.get(each.goal.iri, ())),
            ("sssom:confidence", ox.Literal(f"{each.confidence or 0:.2f}", datatype=_DECIMAL)),
        )
        for name, value in parts:
            yield ox.Quad(claim, ox.NamedNode(expand(name)), value, graph)
