"""The location of the quads of a release."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoreLocation:
    """A file to load into memory, or a store on disk; either `quads` or `directory` is set.

    Attributes:
        quads: the path of an N-Quads file, which the keeper loads into memory that the workers share.
        directory: the path of an Oxigraph directory, which each worker opens for reading.
    """

    quads: str | None = None
    directory: str | None = None
