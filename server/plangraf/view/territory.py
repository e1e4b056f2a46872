"""The territory of a publisher: a municipality or a county, by the official number of its place."""

from dataclasses import dataclass
from enum import StrEnum

from plangraf.namespaces import expand
from plangraf.view.reading import Reading, Reference

MUNICIPALITIES, COUNTIES = 357, 15
"""The number of municipalities and of counties in Norway since 2024."""


class TerritoryKind(StrEnum):
    """The kind of a territory."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"


@dataclass(frozen=True)
class Territory:
    """The territory of a publisher.

    Attributes:
        kind: its kind; None if the data do not tell it.
        county: the county that it is, or in which it is; None if the data do not tell it.
        place: the place itself; None if the data do not tell it.
    """

    kind: TerritoryKind | None = None
    county: Reference | None = None
    place: Reference | None = None


def read_territory(reading: Reading, organisations: tuple[str, ...], plans: tuple[str, ...] = ()) -> Territory:
    """Return the territory of a publisher.

    Municipalities have numbers of four digits, of which the first two are the number of the county.

    Args:
        reading: the statements about the publisher, its plans and their places.
        organisations: the IRIs of the publisher.
        plans: its plans, whose places count if the publisher has none itself.
    """
    statements = reading.statements
    for subjects in (organisations, plans):
        for place in (place for subject in subjects for place in statements.iris(subject, expand("dct:spatial"))):
            above = statements.iri(place, expand("dct:isPartOf"))
            number = statements.text(place, expand("dct:identifier")) or ""
            digits = len(number) if number.isascii() and number.isdecimal() else 0
            if digits == 4 or (above is not None and digits == 0):
                county = reading.reference(above) if above is not None else None
                return Territory(TerritoryKind.MUNICIPALITY, county, reading.reference(place))
            if digits == 2:
                return Territory(TerritoryKind.COUNTY, reading.reference(place), reading.reference(place))
    return Territory()
