"""Negotiation by profile (W3C, Content Negotiation by Profile) for documents about plans and schemes.

They have several profiles: Plangraf's own; schema.org, which describes the dataset; and for a plan its tree, one
nested document. Clients select a profile with `Accept-Profile` or `_profile`, and the form with `_mediatype`; the
profile `alt` lists the representations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.errors import RequestMalformed
from plangraf.formats import GRAPH_FORMATS, JSON_LD, TURTLE, Format
from plangraf.http.link import Link
from plangraf.http.negotiate import choose_form, not_acceptable, prefers_page
from plangraf.http.request import RecordingRequest
from plangraf.languages import N_
from plangraf.linkeddata import plan_tree, schema_org
from plangraf.linkeddata.addresses import document_iri, with_query
from plangraf.linkeddata.triples import about, nodes, term
from plangraf.namespaces import ONTOLOGY
from plangraf.negotiation import Choice, choose_profile

_PROFILE = "http://www.w3.org/ns/dx/prof/Profile"


@dataclass(frozen=True)
class DocumentProfile:
    """A profile of documents.

    Attributes:
        token: its name in the parameter `_profile`.
        iri: its IRI.
        formats: its graph formats; the first is that for clients without a preference.
        listed: whether it is among the representations of a document, of which `alt` is the list.
    """

    token: str
    iri: str
    formats: tuple[Format, ...]
    listed: bool = True


OWN = DocumentProfile("plan", ONTOLOGY, GRAPH_FORMATS)
SCHEMA_ORG = DocumentProfile("schema", schema_org.PROFILE, (JSON_LD, *(f for f in GRAPH_FORMATS if f != JSON_LD)))
TREE = DocumentProfile("tree", plan_tree.PROFILE, (JSON_LD,))
ALTERNATES = DocumentProfile(
    "alt",
    "http://www.w3.org/ns/dx/connegp/altr",
    (TURTLE, *(f for f in GRAPH_FORMATS if f != TURTLE)),
    listed=False,
)
PROFILES = (OWN, SCHEMA_ORG, TREE, ALTERNATES)
"""All profiles, which the document about a plan has."""


def requested_profile(request: RecordingRequest, offers: Sequence[DocumentProfile]) -> DocumentProfile:
    """Return the requested profile: from `_profile`, else from `Accept-Profile`, else the first of `offers`.

    The header is ignored at an address with an extension, and for a document that has only one profile.

    Raises:
        RequestMalformed: `_profile` names a profile that is not in `offers`.
    """
    named = request.parameter("_profile")
    if named is None:
        if request.ending is not None or len(offers) == 1:
            return offers[0]
        iri = choose_profile(request.header("accept-profile"), [profile.iri for profile in offers])
        return next(profile for profile in offers if profile.iri == iri)
    for profile in offers:
        if named in (profile.token, profile.iri):
            return profile
    known = ", ".join(profile.token for profile in offers)
    raise RequestMalformed(N_("There is no profile {named} here; there are {known}."), named=named, known=known)


def choose_graph_of(profile: DocumentProfile, request: RecordingRequest) -> Choice:
    """Return the graph format for a profile other than the default; browsers get the first format of the profile.

    Raises:
        NotAcceptable: the client accepts none of the formats, or the extension is that of another one.
    """
    if request.ending in GRAPH_FORMATS and request.ending not in profile.formats:
        raise not_acceptable(profile.formats)
    default = profile.formats[0]
    named = request.ending is not None or request.parameter("_mediatype") is not None
    if not named and prefers_page(request):
        return Choice(default, default.media_type)
    return choose_form(request, profile.formats)


def profile_links(path: str, profile: DocumentProfile, offers: Sequence[DocumentProfile]) -> tuple[Link, ...]:
    """Return links to the profile of the document at `path` and to its other profiles (section 7)."""
    links = [Link(profile.iri, "profile")]
    links += [
        Link(_address(path, other, f), "alternate", {"type": f.media_type, "formats": other.iri})
        for other in offers
        if other.listed and other != profile
        for f in GRAPH_FORMATS
        if f in other.formats
    ]
    return (*links, *(Link(_PROFILE, "type", {"token": one.token, "anchor": one.iri}) for one in offers))


def alternates(path: str, offers: Sequence[DocumentProfile]) -> list[ox.Triple]:
    """Return the list of the representations of the document at `path` (section 9, the alternates view)."""
    here = document_iri(path)
    found: list[ox.Triple] = []
    for profile in offers:
        for rdf_format in profile.formats if profile.listed else ():
            address = document_iri(_address(path, profile, rdf_format))
            first = profile == OWN and rdf_format == GRAPH_FORMATS[0]
            found += about(here, (f"altr:has{'Default' if first else ''}Representation", nodes([address])))
            found += about(
                address,
                ("rdf:type", [term("altr:Representation")]),
                ("dct:conformsTo", nodes([profile.iri])),
                ("dct:format", [ox.Literal(rdf_format.media_type)]),
            )
    return found


def _address(path: str, profile: DocumentProfile, rdf_format: Format) -> str:
    return with_query(path, f"_profile={profile.token}&_mediatype={rdf_format.media_type.replace('+', '%2B')}")
