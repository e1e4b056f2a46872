"""The changes of the thing that a document is about."""

from plangraf.http.services import Services
from plangraf.release.change_reader import ChangeReader
from plangraf.release.changes import RecordedSwitch, ThingChange, ThingVersion
from plangraf.release.state import StateFolder
from plangraf.view.reader import Reader
from plangraf.view.timeline import (
    CHANGES_PATH,
    FEED_PATH,
    LatelyInPlan,
    Timeline,
    change_line,
    plan_parameter,
    switch_line,
    version_line,
)

_VERSIONS = 20
_SWITCHES = 5
"""The number of recent switches on the page of a plan, with `_THINGS` things each."""
_THINGS = 10


async def read_timeline(services: Services, iri: str, path: str, reader: Reader) -> Timeline | None:
    """Return what has changed in a thing, without a call of the engine; None if the server has no history of it.

    Args:
        services: the services of the release.
        iri: the thing.
        path: the path of its document.
        reader: the reader.
    """
    if services.settings.served is None:
        return None  # a temporary release begins with each start of the server
    versions, lately = await services.changes.ask(lambda log: _read(log, iri, iri in services.manifest.plans))
    if not versions:
        return None
    parameter, state = plan_parameter(iri), StateFolder.around(services.settings.served)
    return Timeline(
        versions=tuple(
            version_line(version, path, reader, held=state.holds(version.switch.release))
            for version in versions[:_VERSIONS]
        ),
        cut=len(versions) > _VERSIONS,
        lately=tuple(
            LatelyInPlan(
                switch_line(switch, reader),
                tuple(change_line(change, reader) for change in changes),
                total - len(changes),
            )
            for switch, changes, total in lately
        ),
        all_href=reader.href(f"{CHANGES_PATH}?plan={parameter}") if lately else "",
        feed=reader.href(f"{FEED_PATH}?plan={parameter}") if lately else "",
    )


def _read(
    log: ChangeReader, iri: str, is_plan: bool
) -> tuple[list[ThingVersion], list[tuple[RecordedSwitch, list[ThingChange], int]]]:
    versions = log.versions(iri, _VERSIONS + 1)
    lately = [
        (
            switch,
            log.in_plan(switch.number, iri, _THINGS),
            sum(count.things for count in log.counts(switch.number) if count.plan == iri),
        )
        for switch in (log.switches(0, _SWITCHES, iri) if is_plan else ())
    ]
    return versions, lately
