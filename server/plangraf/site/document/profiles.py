"""Negotiation by profile (W3C, Content Negotiation by Profile) for documents about plans and schemes.

They have two profiles: Plangraf's own, and schema.org, which describes the dataset. Clients select a profile with
`Accept-Profile` or `_profile`, and the form with `_mediatype`; the profile `alt` lists the representations.
"""

import pyoxigraph as ox

from plangraf.errors import RequestMalformed
from plangraf.formats import GRAPH_FORMATS, JSON_LD, TURTLE, Format
from plangraf.http.link import Link
from plangraf.http.negotiate import choose_form, prefers_page
from plangraf.http.request import RecordingRequest
from plangraf.languages import N_
from plangraf.linkeddata import schema_org
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.triples import about, nodes, term
from plangraf.namespaces import ONTOLOGY
from plangraf.negotiation import Choice, choose_profile

OWN = ONTOLOGY
ALTERNATES = "http://www.w3.org/ns/dx/connegp/altr"
TOKENS = {"plan": OWN, "schema": schema_org.PROFILE, "alt": ALTERNATES}
_PROFILE = "http://www.w3.org/ns/dx/prof/Profile"
_OFFERS = (OWN, schema_org.PROFILE)


def requested_profile(request: RecordingRequest) -> str:
    """Return the IRI of the requested profile: from `_profile`, else from `Accept-Profile`, else the default.

    The header is ignored at an address with an extension.

    Raises:
        RequestMalformed: `_profile` names an unknown profile.
    """
    named = request.parameter("_profile")
    if named is None and request.ending is not None:
        return OWN
    if named is None:
        return choose_profile(request.header("accept-profile"), (*_OFFERS, ALTERNATES))
    profile = TOKENS.get(named, named)
    if profile not in TOKENS.values():
        raise RequestMalformed(
            N_("There is no profile {named} here; there are {known}."), named=named, known=", ".join(TOKENS)
        )
    return profile


def choose_graph_of(profile: str, request: RecordingRequest) -> Choice:
    """Return the graph format for a profile other than the default; browsers get the first format of the profile.

    Raises:
        NotAcceptable: the client accepts none of the formats.
    """
    default = TURTLE if profile == ALTERNATES else JSON_LD
    named = request.ending is not None or request.parameter("_mediatype") is not None
    if not named and prefers_page(request):
        return Choice(default, default.media_type)
    return choose_form(request, (default, *(f for f in GRAPH_FORMATS if f != default)))


def profile_links(path: str, profile: str) -> tuple[Link, ...]:
    """Return links to the profile of the document at `path` and to its other profiles (section 7)."""
    links = [Link(profile, "profile")]
    links += [
        Link(_address(path, token, f), "alternate", {"type": f.media_type, "formats": other})
        for token, other in TOKENS.items()
        if other in _OFFERS and other != profile
        for f in GRAPH_FORMATS
    ]
    return (*links, *(Link(_PROFILE, "type", {"token": token, "anchor": iri}) for token, iri in TOKENS.items()))


def alternates(path: str) -> list[ox.Triple]:
    """Return the list of the representations of the document at `path` (section 9, the alternates view)."""
    here = document_iri(path)
    found: list[ox.Triple] = []
    for token, profile in TOKENS.items():
        for rdf_format in GRAPH_FORMATS if profile in _OFFERS else ():
            address = document_iri(_address(path, token, rdf_format))
            first = profile == OWN and rdf_format == GRAPH_FORMATS[0]
            found += about(here, (f"altr:has{'Default' if first else ''}Representation", nodes([address])))
            found += about(
                address,
                ("rdf:type", [term("altr:Representation")]),
                ("dct:conformsTo", nodes([profile])),
                ("dct:format", [ox.Literal(rdf_format.media_type)]),
            )
    return found


def _address(path: str, token: str, rdf_format: Format) -> str:
    return f"{path}?_profile={token}&_mediatype={rdf_format.media_type.replace('+', '%2B')}"
