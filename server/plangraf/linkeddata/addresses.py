"""The mapping between IRIs and paths on this server.

An IRI below the canonical base is dereferenced at the same path on any server. The SDGs have IRIs of the UN, which
this server does not dereference; its documents about them are at `/doc/sdg/…`.
"""

import re
from urllib.parse import quote

from plangraf.namespaces import BASE, GRAPH, ID, SDG, SDG_SCHEME

RELEASE = "release"
"""The parameter of an address that names the release from which it is answered."""
_SAFE = "/:@!$&'()*+,;=-._~%"
_PLAIN = re.compile("[A-Za-z0-9/._-]*")


def document_path(iri: str) -> str | None:
    """Return the path of the document or page about `iri`, or None if this server has none."""
    if iri == SDG_SCHEME:
        return "/doc/sdg"
    if iri.startswith(SDG) and "#" not in iri:
        return "/doc/sdg/" + _quoted(iri.removeprefix(SDG), _SAFE)
    if iri.startswith(ID):
        return "/doc/" + _quoted(iri.removeprefix(ID), _SAFE)
    if iri.startswith(BASE + "/"):
        return _quoted(iri.removeprefix(BASE), _SAFE + "#")
    return None


def _quoted(name: str, safe: str) -> str:
    """Return `name` with the characters escaped that are neither plain nor `safe`; most names have none of them."""
    return name if _PLAIN.fullmatch(name) else quote(name, safe=safe)


def document_iri(path: str) -> str:
    """Return the canonical IRI of the document at `path`, which begins with a slash."""
    return BASE + path


def own_iri(iri: str) -> str:
    """Return the IRI to cite for `iri`: `iri` itself, or the IRI of our document about an IRI of others."""
    path = None if iri.startswith(f"{BASE}/") else document_path(iri)
    return iri if path is None else document_iri(path)


def described_iri(name: str) -> str:
    """Return the IRI that the document `/doc/{name}` describes; `name` is the raw path, with its percent-escapes."""
    if name == "sdg":
        return SDG_SCHEME
    # Editions of the indicators are ours; everything else below sdg/ is the UN's.
    if name.startswith("sdg/") and not name.startswith("sdg/edition/"):
        return SDG + name.removeprefix("sdg/")
    return ID + name


def graph_iri(name: str) -> str:
    """Return the IRI of the named graph at `/graph/{name}`."""
    return GRAPH + name


def with_release(address: str, release: str) -> str:
    """Return an address of the server, or an IRI that leads to one, which asks for a release."""
    base, mark, fragment = address.partition("#")
    return f"{base}{'&' if '?' in base else '?'}{RELEASE}={release}{mark}{fragment}"
