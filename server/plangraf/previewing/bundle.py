"""The rendered pages of a preview, as the process that renders them writes them and the server keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import orjson

from plangraf.languages import InterfaceLanguage


@dataclass(frozen=True)
class PreviewPage:
    """Which page of a preview is meant.

    Attributes:
        number: 0 for the page of the plan, and 1 and so on for its things.
        language: the language of its labels.
    """

    number: int
    language: InterfaceLanguage


@dataclass(frozen=True)
class PreviewBundle:
    """The pages of a preview.

    Attributes:
        pages: the HTML of each page, compressed with zlib.
    """

    pages: Mapping[PreviewPage, bytes]

    @cached_property
    def size(self) -> int:
        """The size of all pages, compressed, in bytes."""
        return sum(map(len, self.pages.values()))

    def to_bytes(self) -> bytes:
        """Return a line of JSON with the pages and their sizes, followed by the pages."""
        listed = [(page.number, page.language, len(data)) for page, data in self.pages.items()]
        return b"".join((orjson.dumps(listed), b"\n", *self.pages.values()))

    @classmethod
    def from_bytes(cls, data: bytes) -> "PreviewBundle":
        """Return the bundle that `to_bytes` has written."""
        header, _, rest = data.partition(b"\n")
        pages, start = {}, 0
        for number, language, size in orjson.loads(header):
            pages[PreviewPage(number, language)] = rest[start : start + size]
            start += size
        return cls(pages)
