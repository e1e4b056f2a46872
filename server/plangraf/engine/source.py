"""Where a keeper's workers find the release."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One of two places.

    Attributes:
        quads: the path of an N-Quads file, which the keeper loads into memory that the workers share.
        directory: the path of an Oxigraph directory, which each worker opens for reading.
    """

    quads: str | None = None
    directory: str | None = None
