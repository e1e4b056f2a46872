"""Limits of documents and of the process that reads them, and the error about a document that cannot be read."""

from pathlib import Path

from plangraf.errors import InputError

MOST_BYTES = 64 * 1024 * 1024
"""The size of the largest document that is read."""
MOST_PAGES = 600
"""The number of pages that a document may have."""
MOST_CHARACTERS = 5_000_000
"""The number of characters that a document may have."""
MOST_BLOCKS = 50_000
"""The number of blocks that a document may have."""
SECONDS = 60.0
"""The time limit of the reading process, in seconds of processor."""
MEMORY = 1024 * 1024 * 1024
"""The memory that the reading process may use beyond its libraries, in bytes."""
EXTRA = "draft"
"""The extra with the libraries that read documents."""


class DocumentError(InputError):
    """A document cannot be read; the message says why, and what to do."""


class LibraryMissingError(InputError):
    """The libraries that read documents are not installed."""

    def __init__(self, library: str) -> None:
        super().__init__(
            f"reading documents needs the package {library}, which is not installed: pip install 'plangraf[{EXTRA}]'"
        )


def too_large(path: Path, found: str, most: str) -> DocumentError:
    """Return the error about a document that exceeds a limit."""
    return DocumentError(
        f"has {found}, and at most {most} are read; take out the pages that hold the goals, or save it smaller", path
    )
