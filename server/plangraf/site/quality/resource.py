"""The addresses of the quality report, as pages and as RDF (DQV)."""

from collections.abc import Sequence

import pyoxigraph as ox

from plangraf.http.declaration import Example, Listed, Parameter
from plangraf.http.graph import graph_forms
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Resource
from plangraf.http.services import Services
from plangraf.http.table import Table, table_forms
from plangraf.linkeddata.dqv import QUALITY_PATH, quality_description
from plangraf.linkeddata.measures import MEASURES
from plangraf.linkeddata.quality import PAGE, PlanQuality
from plangraf.site.quality.page import QualityReport, plan_quality_page, quality_page, quality_path
from plangraf.view.page_form import page_form
from plangraf.view.reader import Reader


async def _report(request: RecordingRequest, services: Services) -> QualityReport:
    number = page_number(request)
    page = await services.reports.quality_page(number)
    return QualityReport(page.qualities, number, page.total, request.stem)


async def _report_triples(report: QualityReport, _: RecordingRequest, services: Services) -> list[ox.Triple]:
    licences = await _licences(report.qualities, services)
    return quality_description(report.path, report.qualities, services.manifest.release, licences)


async def _table(report: QualityReport, request: RecordingRequest, services: Services) -> Table:
    """Return the measures of all plans, or of those on the page that the request names, as one row for each plan."""
    number, qualities = request.parameter("page"), report.qualities
    if number is None:
        rest = range(2, -(-report.total // PAGE) + 1)
        pages = [await services.reports.quality_page(page) for page in rest]
        qualities = (*qualities, *(found for page in pages for found in page.qualities))
    keys = [measure.key for measure in MEASURES]
    records = [
        {"plan": found.plan, "page": f"{request.base}{quality_path(found.plan, services.addresses)}"}
        | {measure.key: found.value(measure) for measure in MEASURES}
        for found in qualities
    ]
    return Table(("plan", "page", *keys), records, Reader.of(request).language)


async def _plan(request: RecordingRequest, services: Services) -> PlanQuality:
    return await services.reports.quality(services.addresses.named_iri(request.stem.removeprefix(f"{QUALITY_PATH}/")))


async def _plan_triples(quality: PlanQuality, request: RecordingRequest, services: Services) -> list[ox.Triple]:
    licences = await _licences([quality], services)
    return quality_description(request.stem, [quality], services.manifest.release, licences)


async def _licences(qualities: Sequence[PlanQuality], services: Services) -> tuple[str, ...]:
    datasets = await services.facts.datasets()
    return datasets.sources_about(quality.plan for quality in qualities).licences


async def _paths(services: Services) -> Sequence[str]:
    return [quality_path(plan, services.addresses) for plan in services.manifest.plans]


RESOURCES = (
    Resource(
        path=QUALITY_PATH,
        summary="the data quality of the plans (DQV); 50 plans, `?page=2` returns the next; tables have all plans",
        model=_report,
        forms=(
            page_form(quality_page),
            *table_forms(_table),
            *graph_forms(_report_triples, linked=lambda report, _: report.data_path is not None),
        ),
        parameters=(Parameter("page", "the number of a page of 50 plans; tables have all plans without it"),),
        ready=Services.index_opened,
        examples=(Example("quality", QUALITY_PATH, engine_calls=1),),
    ),
    Resource(
        path=f"{QUALITY_PATH}/{{name:path}}",
        summary="the quality report of one plan, by the end of its IRI",
        model=_plan,
        about=lambda path, services: (services.addresses.named_iri(path.removeprefix(f"{QUALITY_PATH}/")),),
        forms=(page_form(plan_quality_page), *graph_forms(_plan_triples)),
        sitemap=Listed(_paths),
        ready=Services.index_opened,
        examples=(Example("quality of a plan", f"{QUALITY_PATH}/trondheim/samfunnsplan-2020-2032", engine_calls=3),),
    ),
)
