"""The pages of the quality report: a table of all plans, and the findings of one plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Query
from plangraf.formats import GRAPH_FORMATS
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_, number, percent
from plangraf.linkeddata.addresses import Addresses
from plangraf.linkeddata.dqv import QUALITY_PATH
from plangraf.linkeddata.measures import (
    BY_KEY,
    CATEGORIES,
    DIMENSIONS,
    MEASURES,
    SKOS_CHECKS,
    Dimension,
    Kind,
    Measure,
)
from plangraf.linkeddata.quality import PAGE, PlanQuality, about, find, findings_query
from plangraf.view.page import Metadata, Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference, reference_key

_NAMES = load_query(__package__, "quality")
_LABELS = load_query("plangraf.view", "labels")
_COLUMNS = (
    "titles-missing",
    "parts-missing",
    "sourced-concepts",
    "sourced-statements",
    "stated-links",
    "editorial-links",
    "goals-without-sdg-link",
    "labels-nb",
    "labels-nn",
    "labels-en",
)
_LISTED = 20
_HELP = {
    "completeness": N_(
        "Find the adopted plan, write in what is missing, and take the value of plan:transcription away."
    ),
    "provenance": N_("Give the concept a dct:source with the address of the page or document that it was read from."),
    "links": N_(
        "If the plan ties the goal to an SDG, write the link and a claim with plan:StatedInPlan and its source."
    ),
    "languages": N_(
        "Add a skos:prefLabel with the language's tag; a translation of yours belongs in a graph of its own."
    ),
    "labelling-and-documentation": N_(
        "Add a skos:definition in the plan's own words; make names that are alike differ."
    ),
    "structure": N_("Tie the concept to the goal that it belongs to: skos:broader, plan:supports, plan:measures."),
    "linked-data": N_("Link to an SDG, a theme of Los, or the goal of the plan before that this one continues."),
}


@dataclass(frozen=True)
class QualityReport:
    """One page of the report on all plans.

    Attributes:
        qualities: the measures of the plans on this page.
        number: the number of this page, from 1.
        total: the number of plans on all pages.
        path: the path of the report, without an extension.
    """

    qualities: Sequence[PlanQuality]
    number: int
    total: int
    path: str

    @property
    def data_path(self) -> str | None:
        """The path to which the extensions of forms are added, or None for pages after the first."""
        return self.path if self.number == 1 else None


@dataclass(frozen=True)
class Figure:
    """The value of a measure with its bar.

    Attributes:
        measure: the measure.
        value: the value in the reader's format.
        width: the length of the bar in percent, or None for no bar.
    """

    measure: Measure
    value: str
    width: float | None


@dataclass(frozen=True)
class PlanRow:
    """A row in the table of all plans: a plan, its publishers, the link to its report, and its values."""

    plan: Reference
    publishers: list[Reference]
    href: str
    figures: list[Figure]
    checks: int


@dataclass(frozen=True)
class MeasureFindings:
    """A measure of one plan with its findings; `rest` is the number of findings that are not shown."""

    figure: Figure
    things: list[list[Reference]]
    rest: int
    query: str | None


def quality_path(plan: str, addresses: Addresses) -> str:
    """Return the path of the report of one plan."""
    return f"{QUALITY_PATH}/{addresses.name(plan)}"


async def quality_page(report: QualityReport, request: RecordingRequest, services: Services) -> Page:
    """Return a page of the report on all plans: one call of the engine."""
    qualities, number, total, reader = report.qualities, report.number, report.total, Reader.of(request)
    names = await construct(services.engine, Query(about(_NAMES, [quality.plan for quality in qualities])))
    reading = Reading(names, reader)
    longest = max((_links(quality) for quality in qualities), default=0) or 1
    rows = [
        PlanRow(
            plan=reading.reference(quality.plan),
            publishers=reading.references(quality.plan, "dct:publisher"),
            href=reader.href(quality_path(quality.plan, reader.addresses)),
            figures=[_figure(quality, BY_KEY[key], reader, longest) for key in _COLUMNS],
            checks=sum(1 for check in SKOS_CHECKS if quality.counts[check.query]),
        )
        for quality in qualities
    ]
    _ = reader.gettext
    context = {
        "rows": rows,
        "columns": [BY_KEY[key] for key in _COLUMNS],
        "skos_checks": len(SKOS_CHECKS),
        "number": number,
        "pages": max(1, -(-total // PAGE)),
        "first": (number - 1) * PAGE + 1,
        "total": total,
        "dimensions": _dimensions(),
        "help": _HELP,
        "categories": CATEGORIES,
        "graph_formats": GRAPH_FORMATS,
        "suffix": f"?page={number}" if number > 1 else "",
    }
    return Page("quality/quality.html", _("Quality of the data"), context, Metadata(report.data_path))


async def plan_quality_page(quality: PlanQuality, request: RecordingRequest, services: Services) -> Page:
    """Return the report of one plan: three calls of the engine at most."""
    engine, reader = services.engine, Reader.of(request)
    listed = {m.query for m in MEASURES if m.query and m.better != "neither" and quality.counts[m.query]}
    found = await find(engine, sorted(listed), quality.plan)
    shown = {name: things[:_LISTED] for name, things in found.items()}
    iris = {iri for things in shown.values() for thing in things for iri in thing}
    labels = await construct(engine, Query(_LABELS, values={"iri": tuple(sorted({*iris, quality.plan}))}))
    names = await construct(engine, Query(about(_NAMES, [quality.plan])))
    reading = Reading([*labels, *names], reader)
    longest = _links(quality) or 1
    sections = []
    for dimension, measures in _dimensions():
        findings = []
        for measure in measures:
            if measure.kind == Kind.FLAG and not quality.value(measure):
                continue
            things = shown.get(measure.query, [])
            findings.append(
                MeasureFindings(
                    figure=_figure(quality, measure, reader, longest),
                    things=sorted(map(reading.sorted, things), key=lambda thing: reference_key(thing[0])),
                    rest=len(found.get(measure.query, [])) - len(things),
                    query=_query_link(measure.query, quality.plan, reader) if things else None,
                )
            )
        sections.append((dimension, findings))
    plan = reading.reference(quality.plan)
    context = {
        "plan": plan,
        "publishers": reading.references(quality.plan, "dct:publisher"),
        "sections": sections,
        "help": _HELP,
        "overview": reader.href(QUALITY_PATH),
        "path_of_data": quality_path(quality.plan, reader.addresses),
    }
    title = reader.gettext("Quality of the data: {plan}").format(plan=plan.name.text)
    sources = (await services.facts.datasets()).sources_about([quality.plan])
    metadata = Metadata(request.stem, sources=sources)
    report = Reference(QUALITY_PATH, reader.href(QUALITY_PATH), Name(reader.gettext("Quality")), None, True)
    return Page("quality/plan.html", title, context, metadata, trail=(report,))


def _links(quality: PlanQuality) -> int:
    return max(quality.counts["stated-links"], quality.counts["editorial-links"])


def _figure(quality: PlanQuality, measure: Measure, reader: Reader, longest: int) -> Figure:
    value, total = quality.value(measure), quality.total(measure)
    if value is None:
        return Figure(measure, "–", None)
    if measure.kind == Kind.FLAG:
        return Figure(measure, reader.gettext("yes"), None)
    if measure.kind == Kind.SHARE:
        return Figure(measure, percent(value, reader.language), round(100 * value, 1))
    if total:
        text = reader.gettext("{count} of {total}").format(
            count=number(value, reader.language), total=number(total, reader.language)
        )
        return Figure(measure, text, round(100 * value / total, 1))
    width = (
        round(100 * value / longest, 1) if measure.better == "neither" and measure.query.endswith("links") else None
    )
    return Figure(measure, number(value, reader.language), width)


def _query_link(name: str, plan: str, reader: Reader) -> str:
    return reader.href(f"/sparql?{urlencode({'query': findings_query(name, plan)})}")


def _dimensions() -> list[tuple[Dimension, list[Measure]]]:
    return [(d, [measure for measure in MEASURES if measure.dimension == d]) for d in DIMENSIONS]
