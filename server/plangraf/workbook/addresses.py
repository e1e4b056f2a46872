"""The IRIs of a plan, of its graphs and of its things."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import quote

from plangraf.namespaces import GRAPH, ID

_CODE = re.compile(r"[a-z0-9][a-z0-9.-]*(?:/[a-z0-9][a-z0-9.-]*)+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})
_NOT_PLAIN = re.compile(r"[^a-z0-9.]+")
_LONGEST = 50


@dataclass(frozen=True)
class PlanAddresses:
    """The addresses of a plan.

    Attributes:
        code: the short names of publisher and plan, with a slash between.
        plan: the IRI of the plan.
    """

    code: str
    plan: str

    @classmethod
    def of(cls, code: str, iri: str = "") -> "PlanAddresses":
        """Return the addresses for a code, and an IRI if the publisher has its own."""
        return cls(code, iri.rstrip("/") or ID + code)

    def graph(self, tail: str = "") -> str:
        """Return the IRI of the graph of the plan, or of one below it."""
        return f"{GRAPH}{quote(self.code)}/{tail}" if tail else f"{GRAPH}{quote(self.code)}"

    def thing(self, name: str) -> str:
        """Return the IRI for an ID, which is an IRI or the part of one below the plan."""
        return name if "://" in name or name.startswith("urn:") else f"{self.plan}/{name}"

    def name(self, iri: str) -> str:
        """Return the ID for an IRI: the part below the plan, or else the IRI."""
        below = iri.removeprefix(f"{self.plan}/")
        return below if below and below != iri and "://" not in below else iri


def is_code(text: str) -> bool:
    """Return whether a text may be the code of a plan."""
    return bool(_CODE.fullmatch(text))


def slug(text: str) -> str:
    """Return a text as a part of an IRI: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = plain.encode("ascii", "ignore").decode()
    plain = _NOT_PLAIN.sub("-", plain).strip("-.")
    if len(plain) > _LONGEST:
        plain = plain[:_LONGEST].rsplit("-", 1)[0]
    return plain or "x"


def free(name: str, taken: Container[str]) -> str:
    """Return a name, with a number behind it if it is taken."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found
