"""The publishers of plans as tiles, by county: where each is, and how much of its plans is transcribed."""

from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.languages import N_, Msgid
from plangraf.namespaces import expand
from plangraf.site.municipality.plans import order_plans
from plangraf.view.publishers import Publisher
from plangraf.view.reading import Reading, Reference, reference_key
from plangraf.view.territory import Territory, TerritoryKind, read_territory

LEVELS: tuple[Msgid, ...] = (
    N_("only that there is a plan"),
    N_("the goals, in part"),
    N_("all goals"),
    N_("the whole plan"),
)
"""How much of a plan is transcribed, in words, from least to most."""

_NO_GOALS = expand("plan:GoalsMissing")
_GOAL_GAPS = frozenset(expand(f"plan:{name}") for name in ("TitleMissing", "StatementMissing", "SubGoalsMissing"))
_GAPS = frozenset(
    expand(f"plan:{name}Missing") for name in ("Strategies", "Measures", "Contributions", "Indicators", "VisionText")
)


@dataclass(frozen=True)
class Tile:
    """A publisher.

    Attributes:
        publisher: the publisher, with its plans.
        territory: where it is.
        level: how much of the plan that its page shows first is transcribed, as an index in `LEVELS`.
    """

    publisher: Publisher
    territory: Territory
    level: int

    @property
    def is_county(self) -> bool:
        """Whether it is the authority of a county."""
        return self.territory.kind == TerritoryKind.COUNTY

    @property
    def name(self) -> Reference:
        """What the tile is called: the place of a municipality, else the publisher."""
        place = self.territory.place
        return place if place is not None and self.territory.kind == TerritoryKind.MUNICIPALITY else self.reference

    @property
    def reference(self) -> Reference:
        """The publisher."""
        return self.publisher.reference


@dataclass(frozen=True)
class CountyTiles:
    """The tiles of a county, its own authority first; None for those that are in no known county."""

    county: Reference | None
    tiles: tuple[Tile, ...]


def read_tiles(reading: Reading, publishers: Iterable[Publisher]) -> list[Tile]:
    """Return a tile for each publisher, by county and name; those in no known county are last."""
    tiles = [
        Tile(
            publisher,
            read_territory(reading, (publisher.reference.iri,), tuple(plan.iri for plan in publisher.plans)),
            transcribed(reading, order_plans(reading, [plan.iri for plan in publisher.plans])[0]),
        )
        for publisher in publishers
    ]
    return sorted(tiles, key=_place)


def by_county(tiles: Iterable[Tile]) -> list[CountyTiles]:
    """Return tiles, in the order of `read_tiles`, grouped by county."""
    groups: dict[str, list[Tile]] = {}
    for tile in tiles:
        groups.setdefault(tile.territory.county.iri if tile.territory.county else "", []).append(tile)
    return [CountyTiles(found[0].territory.county, tuple(found)) for found in groups.values()]


def transcribed(reading: Reading, plan: str) -> int:
    """Return how much of a plan is transcribed, as an index in `LEVELS`."""
    gaps = set(reading.statements.iris(plan, expand("plan:transcription")))
    if _NO_GOALS in gaps:
        return 0
    if gaps & _GOAL_GAPS:
        return 1
    return 2 if gaps & _GAPS else 3


def count_territories(tiles: Iterable[Tile], kind: TerritoryKind) -> int:
    """Return the number of territories of a kind, each of which counts once."""
    found = [tile for tile in tiles if tile.territory.kind == kind]
    return len({tile.territory.place.iri if tile.territory.place else tile.reference.iri for tile in found})


def _place(tile: Tile) -> tuple[bool, object, bool, object]:
    county = tile.territory.county
    return (county is None, reference_key(county) if county else (), not tile.is_county, reference_key(tile.name))
