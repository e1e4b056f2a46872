"""The rules of a site for crawlers (RFC 9309)."""

from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

from plangraf.harvesting.address import SourceAddress

AGENT = "Plangraf"
"""The name by which rules address a harvest."""
LARGEST = 512 * 1024
"""The number of bytes of the rules that are read; RFC 9309, section 2.5, requires 500 KiB."""
_LONGEST_DELAY = 10.0


@dataclass(frozen=True)
class RobotRules:
    """The rules of one site.

    Attributes:
        parser: the rules; None allows everything.
    """

    parser: RobotFileParser | None = None

    @classmethod
    def parse(cls, data: bytes) -> "RobotRules":
        """Return the rules that a file has."""
        parser = RobotFileParser()
        parser.parse(data[:LARGEST].decode("utf-8-sig", "replace").splitlines())
        return cls(parser)

    def allow(self, address: SourceAddress) -> bool:
        """Return whether a harvest may ask for an address."""
        return self.parser is None or self.parser.can_fetch(AGENT, str(address))

    @property
    def delay(self) -> float:
        """The time between two requests that the site asks for, in seconds, up to what is reasonable."""
        asked = self.parser.crawl_delay(AGENT) if self.parser is not None else None
        try:
            return min(float(asked or 0.0), _LONGEST_DELAY)
        except ValueError:
            return 0.0
