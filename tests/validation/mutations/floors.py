"""The floors: how much of what ought to be reported is reported, which may not fall.

`make soak` prints the score of each kind; whoever adds a shape raises the floor, and takes the mutations that are
reported now out of the list of those that are not.
"""

from collections.abc import Mapping
from types import MappingProxyType

FLOORS = MappingProxyType(
    {
        "times": 95,
        "status": 95,
        "definitions": 95,
        "label text": 95,
        "indicators": 95,
        "numbering": 95,
        "claims": 95,
        "what is missing": 95,
        "provenance": 95,
        "empty strings": 95,
        "wrong kind": 95,
        "types deleted": 95,
        "addresses": 95,
        "schemes": 95,
        "language tags": 95,
        "cycles": 95,
        "blank nodes": 95,
    }
)
"""The percentage of the mutants of a kind that are reported when all are tried. Where some are not, it is three below
the measured one, as the seed chooses the places."""

UNREPORTED: frozenset[str] = frozenset()
"""The mutations of which a mutant may pass as valid; each mutant of another mutation must be reported."""

FALSE_ALARMS: Mapping[str, frozenset[str]] = MappingProxyType({})
"""The shapes that report a valid variant, by the name of the variant."""
