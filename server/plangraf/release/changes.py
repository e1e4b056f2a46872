"""The changes of a switch to a release, thing by thing: the entries of the change log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from plangraf.release.history import Action


class ChangeKind(StrEnum):
    """The kind of change of a thing by a switch."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    """Described again, after it had been withdrawn."""


class Detail(StrEnum):
    """How much is known of what a switch has changed."""

    WHOLE = "whole"
    PRESENCE = "presence"
    """The release before has been pruned: only what came and what went is known, not what was changed."""
    NONE = "none"
    """The release itself has been pruned, or never had a history."""


@dataclass(frozen=True)
class RecordedSwitch:
    """A switch as the change log has it.

    Attributes:
        number: its place in the history, from 1.
        time: when the release became current, in UTC.
        release: the release that became current.
        before: the one that was current before, or None for the first.
        action: the command that switched.
        message: what the operator says about the change; empty if nothing.
        detail: how much is known of what it has changed.
    """

    number: int
    time: datetime
    release: str
    before: str | None
    action: Action
    message: str
    detail: Detail


@dataclass(frozen=True)
class ThingChange:
    """The change of one thing by a switch.

    Attributes:
        iri: the thing.
        change: what was done to it.
        kind: the key of its kind in the table of kinds; empty if it is of none.
        notation: its notation; empty if it has none.
        labels: its names by language tag; the tag is empty for a name without a language.
        plan: the IRI of the plan that it is or belongs to, or None.
        switch: the number of the switch.
        sequence: its place among all changes, from 1; later ones have higher numbers.
    """

    iri: str
    change: ChangeKind
    kind: str = ""
    notation: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    plan: str | None = None
    switch: int = 0
    sequence: int = 0


@dataclass(frozen=True)
class ThingVersion:
    """A version of a thing: the switch that made it, and what it did to the thing."""

    switch: RecordedSwitch
    change: ChangeKind
