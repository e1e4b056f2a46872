"""Negotiation by profile (W3C, Content Negotiation by Profile): documents about plans and schemes come by two models.

By our own, and by schema.org, which tells of the dataset. Asked for by `Accept-Profile` or by `_profile`, with
`_mediatype` for the form; the profile `alt` lists what there is.
"""

import orjson
import pyoxigraph as ox
from fastapi import Request, Response

from plangraf.errors import RequestMalformed
from plangraf.formats import GRAPH_FORMATS, JSON_LD, TURTLE, Format
from plangraf.http.negotiate import VARY, document_form, prefers_page
from plangraf.http.respond import respond_data
from plangraf.http.signposting import Link, header
from plangraf.languages import N_
from plangraf.linkeddata import schema_org
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.catalogue import dataset_iri
from plangraf.linkeddata.datasets import Dataset
from plangraf.linkeddata.statements import Statements
from plangraf.linkeddata.triples import about, nodes, term
from plangraf.namespaces import ONTOLOGY
from plangraf.negotiation import Choice, choose_profile

OWN = ONTOLOGY
ALTERNATES = "http://www.w3.org/ns/dx/connegp/altr"
TOKENS = {"plan": OWN, "schema": schema_org.PROFILE, "alt": ALTERNATES}
_PROFILE = "http://www.w3.org/ns/dx/prof/Profile"
_OFFERS = (OWN, schema_org.PROFILE)


def chosen_profile(request: Request, extension: Format | None) -> str:
    """Return the IRI of the profile that `_profile` names, else that `Accept-Profile` likes best, else our own.

    At an address whose ending names the form, the header changes nothing.

    Raises:
        RequestMalformed: `_profile` names one that there is not.
    """
    named = request.query_params.get("_profile")
    if named is None and extension is not None:
        return OWN
    if named is None:
        return choose_profile(request.headers.get("accept-profile"), (*_OFFERS, ALTERNATES))
    profile = TOKENS.get(named, named)
    if profile not in TOKENS.values():
        raise RequestMalformed(
            N_("There is no profile {named} here; there are {known}."), named=named, known=", ".join(TOKENS)
        )
    return profile


async def respond_profile(
    request: Request, profile: str, path: str, extension: Format | None, dataset: Dataset, outline: Statements
) -> Response:
    """Return the document at `path` by a profile that is not our own.

    Raises:
        NotAcceptable: it does not come in the form that is asked for.
    """
    choice = _form(request, profile, extension)
    iri = dataset_iri(dataset.name)
    response: Response
    if profile == ALTERNATES:
        response = await respond_data(_alternates(path), choice, data_path=None, negotiated=False)
    elif choice.format == JSON_LD:
        # With a context of its own: the vocabulary's names nothing of schema.org.
        body = orjson.dumps(schema_org.document(outline, iri), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        response = Response(body, media_type=JSON_LD.media_type)
    else:
        response = await respond_data(schema_org.triples(outline, iri), choice, data_path=None, negotiated=False)
    return _mark(response, path, profile, extension)


def with_profiles(response: Response, path: str, extension: Format | None, dataset: Dataset | None) -> Response:
    """Return a response by our own profile with links to the others, where there are others."""
    return response if dataset is None else _mark(response, path, OWN, extension)


def _form(request: Request, profile: str, extension: Format | None) -> Choice:
    default = TURTLE if profile == ALTERNATES else JSON_LD
    offers = (default, *(f for f in GRAPH_FORMATS if f != default))
    asked = extension is not None or "_mediatype" in request.query_params
    return (
        Choice(default, default.media_type)
        if prefers_page(request) and not asked
        else document_form(request, extension, offers)
    )


def _mark(response: Response, path: str, profile: str, extension: Format | None) -> Response:
    """Say which profile the response is by, and which others there are (section 7)."""
    links = [Link(profile, "profile")]
    links += [
        Link(_address(path, token, f), "alternate", {"type": f.media_type, "formats": other})
        for token, other in TOKENS.items()
        if other in _OFFERS and other != profile
        for f in GRAPH_FORMATS
    ]
    links += [Link(_PROFILE, "type", {"token": token, "anchor": iri}) for token, iri in TOKENS.items()]
    before = response.headers.get("link")
    response.headers["Link"] = f"{before}, {header(links)}" if before else header(links)
    if extension is None:
        response.headers["Vary"] = f"{VARY['Vary']}, Accept-Profile"
    response.headers["Content-Profile"] = f"<{profile}>"
    return response


def _address(path: str, token: str, rdf_format: Format) -> str:
    return f"{path}?_profile={token}&_mediatype={rdf_format.media_type.replace('+', '%2B')}"


def _alternates(path: str) -> list[ox.Triple]:
    """Return which representations there are of the document at `path` (section 9, the alternates view)."""
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
