"""`plangraf quality`: a quality report on each plan."""

import io
import sys
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import pyoxigraph as ox
import typer

from plangraf import shipped
from plangraf.formats import TURTLE
from plangraf.languages import InterfaceLanguage, percent, translations
from plangraf.linkeddata.dqv import QUALITY_PATH, quality_description
from plangraf.linkeddata.measures import MEASURES, Kind, Measure
from plangraf.linkeddata.quality import PlanQuality, measure
from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.linkeddata.sources import find_sources
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ID, expand
from plangraf.rdf.serialization import serialize
from plangraf.release.release import Release
from plangraf.sources.dataset import list_files

_LICENCE = ox.NamedNode(expand("dct:license"))


class QualityFormat(StrEnum):
    """The format of the quality report."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"


def quality(
    release: Annotated[
        Path | None, typer.Option(help="the release to measure, or a directory of releases; else the shipped data")
    ] = None,
    lang: Annotated[InterfaceLanguage, typer.Option(help="the language of the report")] = "en",
    report_format: Annotated[
        QualityFormat, typer.Option("--format", help="how the report is written")
    ] = QualityFormat.TEXT,
) -> None:
    """Measure the quality of each plan: completeness, sources, links to the SDGs, languages, SKOS."""
    if release is not None:
        _report(Release.open(release), lang, report_format)
        return
    # The build imports pySHACL, which a report on a release does not need.
    from plangraf.release.build import build_release

    with tempfile.TemporaryDirectory(prefix="plangraf-") as out:
        _report(build_release(list_files([shipped.DATA]), Path(out)), lang, report_format)


def _report(release: Release, lang: InterfaceLanguage, report_format: QualityFormat) -> None:
    with release.quads.open("rb") as lines:
        store = ReleaseStore(lines)
    qualities = list(measure(store))
    if report_format == QualityFormat.TEXT:
        sys.stdout.write(to_text(qualities, lang))
    elif report_format == QualityFormat.JSON:
        sys.stdout.buffer.write(to_json(qualities, release.manifest.release))
    else:
        stated = Statements(
            ox.Triple(found["graph"], _LICENCE, found["licence"])  # type: ignore[arg-type]  # the graph is an IRI
            for found in store.select(f"SELECT ?graph ?licence {{ ?graph {_LICENCE} ?licence }}")
        )
        sources = find_sources(stated, release.manifest.counts.graphs)
        triples = quality_description(QUALITY_PATH, qualities, release.manifest.release, sources.licences)
        sys.stdout.buffer.write(serialize(triples, TURTLE))


def to_json(qualities: Sequence[PlanQuality], release: str) -> bytes:
    """Return the report as JSON: the values of the measures by key for each plan; null is a share of a total of 0."""
    plans = [
        {"plan": found.plan, "measures": {measure.key: found.value(measure) for measure in MEASURES}}
        for found in qualities
    ]
    document = {"release": release, "plans": plans}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def to_text(qualities: Sequence[PlanQuality], lang: InterfaceLanguage) -> str:
    """Return the report as text: a table for each plan, without measures that have no findings."""
    # A local import, because other commands do not need the library.
    from rich.console import Console
    from rich.table import Table

    _ = translations(lang).gettext
    out = io.StringIO()
    console = Console(file=out, width=100, color_system=None)
    for found in qualities:
        table = Table(title=found.plan.removeprefix(ID), title_justify="left", box=None, pad_edge=False)
        table.add_column(_("Measure"))
        table.add_column(_("Found"), justify="right")
        for each in MEASURES:
            value = found.value(each)
            if value is not None and value is not False:
                table.add_row(_(each.name), _shown(each, value, found.total(each), lang))
        console.print(table)
        console.print()
    return out.getvalue()


def _shown(measure: Measure, value: float, total: int | None, lang: InterfaceLanguage) -> str:
    _ = translations(lang).gettext
    if measure.kind == Kind.FLAG:
        return _("yes")
    if measure.kind == Kind.SHARE:
        return percent(value, lang)
    return str(value) if total is None else _("{count} of {total}").format(count=value, total=total)
