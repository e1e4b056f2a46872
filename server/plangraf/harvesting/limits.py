"""The limits of a harvest."""

from dataclasses import dataclass

from plangraf.errors import InputError
from plangraf.settings import Settings

MOST_REDIRECTS = 5
"""The number of redirects that are followed."""
MOST_PAGES = 100
"""The number of pages of a catalogue that are read."""
LONGEST_ADDRESS = 2000
"""The number of characters of the longest address that is asked for."""


@dataclass(frozen=True)
class HarvestLimits:
    """The limits of a harvest.

    Attributes:
        size: the size of a document, in bytes, as it comes and after decompression.
        seconds: the time of a request with its answer, in seconds.
        source_seconds: the time of all requests for one source, in seconds, waiting included.
        processing_seconds: the time to process one source, in seconds of processor.
        memory: the memory to process one source, in bytes.
        documents: the number of documents of a catalogue.
        delay: the time between two requests to one host, in seconds.
        hosts: hosts whose addresses need not be public, each with or without a port.
    """

    size: int
    seconds: float
    source_seconds: float
    processing_seconds: float
    memory: int
    documents: int
    delay: float
    hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, settings: Settings) -> "HarvestLimits":
        """Return the limits that the settings have."""
        return cls(
            size=settings.harvest_size,
            seconds=settings.harvest_seconds,
            source_seconds=settings.harvest_source_seconds,
            processing_seconds=settings.harvest_processing_seconds,
            memory=settings.harvest_memory,
            documents=settings.harvest_documents,
            delay=settings.harvest_delay,
            hosts=frozenset(map(_written, settings.harvest_hosts)),
        )


def _written(host: str) -> str:
    """Return a host as addresses have it: in lower case and ASCII.

    Raises:
        InputError: it is none.
    """
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError as error:
        raise InputError(f"{host} is not a host that can be harvested: {error}") from error
