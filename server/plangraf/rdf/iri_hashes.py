"""Short hashes of IRIs, which are enough to find an IRI among those that a part or a release describes."""

import hashlib
from base64 import b64decode, b64encode
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

_WIDTH = 8


def iri_hash(iri: str) -> int:
    """Return the hash of an IRI, a number of 64 bits."""
    return int.from_bytes(hashlib.blake2b(iri.encode(), digest_size=_WIDTH).digest(), "big")


def _packed(hashes: frozenset[int]) -> str:
    return b64encode(b"".join(each.to_bytes(_WIDTH, "big") for each in sorted(hashes))).decode()


def _unpacked(value: object) -> frozenset[int]:
    if isinstance(value, frozenset):
        return value
    data = b64decode(str(value), validate=True)
    return frozenset(int.from_bytes(data[start : start + _WIDTH], "big") for start in range(0, len(data), _WIDTH))


IRIHashes = Annotated[frozenset[int], PlainValidator(_unpacked), PlainSerializer(_packed)]
"""A set of hashes, which JSON has as one string."""
