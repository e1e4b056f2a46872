"""Which address answers for which IRI.

An IRI of ours is answered at the path behind the canonical base, wherever the server runs. The UN's IRIs are not ours
to answer for; our documents about them are at `/doc/sdg/…`.
"""

from urllib.parse import quote

from plangraf.namespaces import BASE, GRAPH, ID, SDG, SDG_SCHEME

_SAFE = "/:@!$&'()*+,;=-._~%"


def document_path(iri: str) -> str | None:
    """Return the path of the page or document about `iri` on this server, or None when it is not ours to show."""
    if iri == SDG_SCHEME:
        return "/doc/sdg"
    if iri.startswith(SDG) and "#" not in iri:
        return "/doc/sdg/" + quote(iri.removeprefix(SDG), safe=_SAFE)
    if iri.startswith(ID):
        return "/doc/" + quote(iri.removeprefix(ID), safe=_SAFE)
    if iri.startswith(BASE + "/"):
        return quote(iri.removeprefix(BASE), safe=_SAFE + "#")
    return None


def document_iri(path: str) -> str:
    """Return the canonical IRI of the document at `path`, which begins with a slash."""
    return BASE + path


def own_iri(iri: str) -> str:
    """Return the IRI that stands for `iri` in references: itself, or that of our document when it is another's."""
    path = None if iri.startswith(f"{BASE}/") else document_path(iri)
    return iri if path is None else document_iri(path)


def described_iri(name: str) -> str:
    """Return the IRI that the document `/doc/{name}` is about; `name` is as it stands in the address, escapes too."""
    if name == "sdg":
        return SDG_SCHEME
    # Editions of the indicators are ours; everything else below sdg/ is the UN's.
    if name.startswith("sdg/") and not name.startswith("sdg/edition/"):
        return SDG + name.removeprefix("sdg/")
    return ID + name


def graph_iri(name: str) -> str:
    """Return the IRI of the named graph that `/graph/{name}` answers for."""
    return GRAPH + name
