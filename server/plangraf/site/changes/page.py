"""The pages of the changes: the recent switches, and all that one switch has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from plangraf.formats import GRAPH_FORMATS
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_, number
from plangraf.namespaces import fragment
from plangraf.release.change_reader import ChangeCount, ChangeReader
from plangraf.release.changes import ChangeKind, Detail, RecordedSwitch, ThingChange
from plangraf.site.changes.selection import ChangeSelection
from plangraf.view.page import Metadata, Page
from plangraf.view.paging import count_pages
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference
from plangraf.view.timeline import (
    CHANGE_WORDS,
    CHANGES_PATH,
    FEED_PATH,
    ChangeLine,
    SwitchLine,
    change_line,
    plan_parameter,
    switch_line,
    switch_path,
    thing_name,
    thing_reference,
)

_SWITCHES = 20
_PLANS = 12
"""The number of plans of a switch that the list of switches shows, with `_THINGS` things each."""
_THINGS = 8
_ON_PAGE = 200
"""The number of things on a page of a switch."""
_DESCRIPTION = N_(
    "What has been added, changed and withdrawn, the newest first, as a page, a feed and an event stream."
)
_NOTES = {
    Detail.NONE: N_("It is not recorded what was changed."),
    Detail.PRESENCE: N_("It is recorded what was added and withdrawn, but not what was changed."),
}


@dataclass(frozen=True)
class PlanLines:
    """The changes of a switch in a plan, or in what belongs to none.

    Attributes:
        plan: the link to the plan, or None.
        counts: the numbers of things by what was done, in words.
        changes: the first changes.
        more: the number of the others.
    """

    plan: Reference | None
    counts: str
    changes: tuple[ChangeLine, ...]
    more: int


@dataclass(frozen=True)
class SwitchLines:
    """The changes of a switch, by plan.

    Attributes:
        switch: the switch.
        note: a sentence on what is not known; empty if all is.
        plans: the first plans.
        more: the number of other plans.
    """

    switch: SwitchLine
    note: str
    plans: tuple[PlanLines, ...]
    more: int


@dataclass(frozen=True)
class _PlanChanges:
    """The changes of a switch in a plan, or in what belongs to none: numbers, and the first changes."""

    plan: str | None
    counts: list[ChangeCount]
    changes: list[ThingChange]


@dataclass(frozen=True)
class _SwitchChanges:
    """A switch, what it has changed in the first plans, and the number of other plans."""

    switch: RecordedSwitch
    plans: list[_PlanChanges]
    more: int


@dataclass(frozen=True)
class _Recent:
    """The model of the list of switches."""

    switches: list[_SwitchChanges]
    pages: int
    plans: Mapping[str, ThingChange]


async def changes_page(selection: ChangeSelection, request: RecordingRequest, services: Services) -> Page:
    """Return the page of the recent switches.

    Raises:
        ResourceNotFound: the list has no such page.
    """
    found = await services.changes.ask(lambda log: _read_recent(log, selection))
    reader = Reader.of(request)
    _ = reader.gettext
    of = found.plans.get(selection.plan or "")
    title = (
        _("What has changed")
        if of is None
        else _("What has changed: {plan}").format(plan=thing_name(of, reader).text)
    )
    context = {
        "switches": [_lines(each, found.plans, reader) for each in found.switches],
        "number": selection.number,
        "pages": found.pages,
        "previous": reader.href(CHANGES_PATH + selection.query(selection.number - 1)),
        "following": reader.href(CHANGES_PATH + selection.query(selection.number + 1)),
        "action": CHANGES_PATH,
        "chosen": selection.plan,
        "choices": sorted(
            ((iri, plan_parameter(iri), thing_name(plan, reader)) for iri, plan in found.plans.items()),
            key=lambda choice: choice[2].text.casefold(),
        ),
        "feed": reader.href(FEED_PATH + selection.query(1)),
        "graph_formats": GRAPH_FORMATS,
        "temporary": services.settings.served is None,
        "all_href": reader.href(CHANGES_PATH),
        "plan": thing_reference(of, reader) if of is not None else None,
        "lead": _(_DESCRIPTION),
    }
    return Page(
        "changes/changes.html",
        title,
        context,
        Metadata(CHANGES_PATH),
        query=selection.query(selection.number).removeprefix("?"),
        description=_(_DESCRIPTION),
    )


async def switch_page(switch: RecordedSwitch, request: RecordingRequest, services: Services) -> Page:
    """Return the page of all that a switch has changed.

    Raises:
        RequestMalformed: the parameter `page` is no number.
        ResourceNotFound: the list has no such page.
    """
    reader, number = Reader.of(request), page_number(request)
    _ = reader.gettext

    def read(log: ChangeReader) -> tuple[list[ChangeCount], list[ThingChange], Mapping[str, ThingChange], int]:
        counts = log.counts(switch.number)
        pages = count_pages(sum(each.things for each in counts), _ON_PAGE, number)
        changes = log.of_switch(switch.number, (number - 1) * _ON_PAGE, _ON_PAGE)
        return counts, changes, _names(log, {each.plan for each in changes}), pages

    counts, changes, plans, pages = await services.changes.ask(read)
    line, path = switch_line(switch, reader), switch_path(switch.number)
    title = _("Changes of {when}").format(when=line.when)
    context = {
        "switch": line,
        "note": _(_NOTES[switch.detail]) if switch.detail in _NOTES else "",
        "counts": _counted(counts, reader),
        "groups": [
            (_reference(plan, plans, reader), [(change_line(each, reader), fragment(each.iri)) for each in group])
            for plan, group in groupby(changes, key=lambda change: change.plan)
        ],
        "number": number,
        "pages": pages,
        "previous": reader.href(f"{path}?page={number - 1}"),
        "following": reader.href(f"{path}?page={number + 1}"),
    }
    trail = Reference(CHANGES_PATH, reader.href(CHANGES_PATH), Name(_("What has changed")), None, local=True)
    return Page(
        "changes/switch.html",
        title,
        context,
        trail=(trail,),
        query=f"page={number}" if number > 1 else "",
        description=" ".join(part for part in (title + ".", line.action, line.message) if part),
    )


def _read_recent(log: ChangeReader, selection: ChangeSelection) -> _Recent:
    pages = count_pages(log.count_switches(selection.plan), _SWITCHES, selection.number)
    switches = log.switches((selection.number - 1) * _SWITCHES, _SWITCHES, selection.plan)
    return _Recent(
        [_read_switch(log, switch, selection.plan) for switch in switches],
        pages,
        {plan.iri: plan for plan in log.plans()},
    )


def _read_switch(log: ChangeReader, switch: RecordedSwitch, plan: str | None) -> _SwitchChanges:
    by_plan: dict[str | None, list[ChangeCount]] = {}
    for count in log.counts(switch.number):
        if plan is None or count.plan == plan:
            by_plan.setdefault(count.plan, []).append(count)
    shown = list(by_plan)[:_PLANS]
    return _SwitchChanges(
        switch,
        [_PlanChanges(each, by_plan[each], log.in_plan(switch.number, each, _THINGS)) for each in shown],
        len(by_plan) - len(shown),
    )


def _names(log: ChangeReader, plans: set[str | None]) -> Mapping[str, ThingChange]:
    return {plan: found for plan in plans if plan is not None and (found := log.last_change(plan)) is not None}


def _lines(changes: _SwitchChanges, plans: Mapping[str, ThingChange], reader: Reader) -> SwitchLines:
    detail = changes.switch.detail
    return SwitchLines(
        switch_line(changes.switch, reader),
        reader.gettext(_NOTES[detail]) if detail in _NOTES else "",
        tuple(
            PlanLines(
                _reference(each.plan, plans, reader),
                _counted(each.counts, reader),
                tuple(change_line(change, reader) for change in each.changes),
                sum(count.things for count in each.counts) - len(each.changes),
            )
            for each in changes.plans
        ),
        changes.more,
    )


def _reference(plan: str | None, plans: Mapping[str, ThingChange], reader: Reader) -> Reference | None:
    return thing_reference(plans[plan], reader) if plan in plans and plan is not None else None


def _counted(counts: list[ChangeCount], reader: Reader) -> str:
    """Return the numbers of things by what was done, in words, such as `3 added, 1 changed`."""
    totals = {kind: sum(each.things for each in counts if each.change == kind) for kind in ChangeKind}
    return ", ".join(
        f"{number(total, reader.language)} {reader.gettext(CHANGE_WORDS[kind])}"
        for kind, total in totals.items()
        if total
    )
