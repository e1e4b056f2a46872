"""Switches and changes for one reader: when, what in words, and links to the things."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

import pyoxigraph as ox
from babel.dates import format_datetime

from plangraf.languages import DATE_LOCALES, N_, Msgid
from plangraf.linkeddata.addresses import with_release
from plangraf.namespaces import BASE, ID, compact
from plangraf.release.changes import ChangeKind, RecordedSwitch, ThingChange, ThingVersion
from plangraf.release.history import Action
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference, best
from plangraf.vocabulary import KINDS

CHANGES_PATH = "/changes"
FEED_PATH = f"{CHANGES_PATH}.atom"
CHANGE_WORDS: Mapping[ChangeKind, Msgid] = MappingProxyType(
    {
        ChangeKind.ADDED: N_("added"),
        ChangeKind.CHANGED: N_("changed"),
        ChangeKind.WITHDRAWN: N_("withdrawn"),
        ChangeKind.RETURNED: N_("brought back"),
    }
)
_ACTION_WORDS: Mapping[Action, Msgid] = MappingProxyType(
    {
        Action.BUILD: N_("All data were published."),
        Action.PUBLISH: N_("Plans were published."),
        Action.WITHDRAW: N_("Something was withdrawn."),
        Action.ROLLBACK: N_("An earlier release was brought back."),
        Action.UNRECORDED: N_("Another release was put in place."),
    }
)
_KIND_WORDS = {kind.key: kind.word for kind in KINDS}


@dataclass(frozen=True)
class SwitchLine:
    """A switch as a page shows it.

    Attributes:
        when: its time in words.
        time: its time as xsd:dateTime.
        action: what was done, in a sentence.
        message: what the operator says about it; empty if nothing.
        release: the release that became current.
        href: the link to its page.
    """

    when: str
    time: str
    action: str
    message: str
    release: str
    href: str


@dataclass(frozen=True)
class ChangeLine:
    """A change as a page shows it: the thing, the word for its kind, and what was done, in a word and as its key."""

    thing: Reference
    kind: str
    word: str
    change: ChangeKind


@dataclass(frozen=True)
class VersionLine:
    """A version of a thing as its page shows it.

    Attributes:
        switch: the switch that made it.
        word: what was done to the thing.
        href: the link to the page of this version; None if it is that of the withdrawal.
    """

    switch: SwitchLine
    word: str
    href: str | None


@dataclass(frozen=True)
class LatelyInPlan:
    """A recent switch that has changed something in a plan, with the first changes and the number of the others."""

    switch: SwitchLine
    changes: tuple[ChangeLine, ...]
    more: int


@dataclass(frozen=True)
class Timeline:
    """The versions of a thing for its page.

    Attributes:
        versions: the versions, the newest first.
        cut: whether there are more.
        lately: for a plan, the recent switches that have changed something in it.
        all_href: for a plan, the link to all its changes.
        feed: for a plan, the path of the feed of its changes.
    """

    versions: tuple[VersionLine, ...]
    cut: bool
    lately: tuple[LatelyInPlan, ...] = ()
    all_href: str = ""
    feed: str = ""


def switch_path(number: int) -> str:
    """Return the path of the page of a switch."""
    return f"{CHANGES_PATH}/{number}"


def plan_parameter(plan: str) -> str:
    """Return the value of the parameter `plan` for a plan: the end of an IRI of ours, or the whole IRI."""
    return quote(plan.removeprefix(ID), safe="/")


def switch_line(switch: RecordedSwitch, reader: Reader) -> SwitchLine:
    """Return a switch as a page shows it."""
    when = format_datetime(switch.time, "long", locale=DATE_LOCALES[reader.language])
    return SwitchLine(
        when,
        switch.time.isoformat().replace("+00:00", "Z"),
        reader.gettext(_ACTION_WORDS[switch.action]),
        switch.message,
        switch.release,
        reader.href(switch_path(switch.number)),
    )


def change_line(change: ThingChange, reader: Reader) -> ChangeLine:
    """Return a change as a page shows it."""
    word = reader.gettext(CHANGE_WORDS[change.change])
    return ChangeLine(thing_reference(change, reader), kind_word(change, reader), word, change.change)


def kind_word(change: ThingChange, reader: Reader) -> str:
    """Return the word for the kind of a thing; empty if it is of none."""
    word = _KIND_WORDS.get(change.kind)
    return "" if word is None else reader.gettext(word)


def thing_reference(change: ThingChange, reader: Reader) -> Reference:
    """Return the link to a thing, by the name that it had."""
    path = reader.addresses.document_path(change.iri)
    external = change.iri if change.iri.startswith(("http://", "https://")) else None
    return Reference(
        iri=change.iri,
        href=reader.href(path) if path else external,
        name=thing_name(change, reader),
        notation=change.notation or None,
        local=path is not None,
    )


def thing_name(change: ThingChange, reader: Reader) -> Name:
    """Return the name that a thing had, else the end of its IRI."""
    found = best((ox.Literal(text, language=tag or None) for tag, text in change.labels.items()), reader)
    if found is not None:
        return found
    if change.plan is not None and change.iri.startswith(f"{change.plan}/"):
        return Name(change.iri.removeprefix(f"{change.plan}/"))
    if change.iri.startswith(f"{BASE}/"):
        return Name(change.iri.removeprefix(f"{BASE}/"))
    return Name(compact(change.iri).strip("<>"))


def version_line(version: ThingVersion, path: str, reader: Reader, *, held: bool) -> VersionLine:
    """Return a version of the thing whose document is at `path`, with a link to it if its release is still there."""
    gone = version.change == ChangeKind.WITHDRAWN or not held
    href = None if gone else reader.href(with_release(path, version.switch.release))
    return VersionLine(switch_line(version.switch, reader), reader.gettext(CHANGE_WORDS[version.change]), href)
