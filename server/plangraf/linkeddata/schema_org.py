"""The datasets of the catalogue in schema.org (https://schema.org/Dataset), for search engines and as a profile."""

from collections.abc import Iterable

import orjson
import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, preferred
from plangraf.licences import spdx_address
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.catalogue import CATALOGUE
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import PREFIXES, expand
from plangraf.rdf.canonical import canonical_triples

PROFILE = PREFIXES["schema"]
_ADDRESSES = ("url", "license", "contentUrl", "identifier", "isBasedOn")
_IN_A_LIST = ("@id", "@type", "name", "description", "url", "license", "creator", "datePublished", "dateModified")
CONTEXT: dict[str, object] = {"@vocab": PROFILE, **{name: {"@type": "@id"} for name in _ADDRESSES}}
"""A JSON-LD context with the terms used here, so that a client need not fetch the context of schema.org."""


def for_page(catalogue: Statements, dataset: str, language: InterfaceLanguage) -> dict[str, object]:
    """Return a dataset of the catalogue as JSON-LD to embed in a page, in one language."""
    return {"@context": PROFILE, **_dataset(catalogue, dataset, language)}


def catalogue_for_page(
    catalogue: Statements, datasets: Iterable[str], language: InterfaceLanguage
) -> dict[str, object]:
    """Return the catalogue with the names of some of its datasets as JSON-LD to embed in a page, in one language."""

    def texts(subject: str, name: str) -> object:
        return _texts(catalogue.literals(subject, expand(name)), language)

    agents = [
        _known({"@id": agent, "@type": "Organization", "name": texts(agent, "foaf:name")})
        for agent in catalogue.iris(CATALOGUE, expand("dct:publisher"))
    ]
    return _known(
        {
            "@context": PROFILE,
            "@id": CATALOGUE,
            "@type": "DataCatalog",
            "name": texts(CATALOGUE, "dct:title"),
            "description": texts(CATALOGUE, "dct:description"),
            "url": CATALOGUE,
            "publisher": agents,
            "creator": agents,
            "license": _licences(catalogue, CATALOGUE),
            "version": catalogue.text(CATALOGUE, expand("dcat:version")),
            "datePublished": catalogue.text(CATALOGUE, expand("dct:issued")),
            "dateModified": catalogue.text(CATALOGUE, expand("dct:modified")),
            "dataset": [
                {key: value for key, value in _dataset(catalogue, dataset, language).items() if key in _IN_A_LIST}
                for dataset in datasets
            ],
        }
    )


def defined_term(said: Statements, iri: str, path: str, language: InterfaceLanguage) -> dict[str, object]:
    """Return a concept as JSON-LD to embed in its page, in one language (https://schema.org/DefinedTerm).

    Args:
        said: the statements about the concept.
        iri: the concept.
        path: the path of its page.
        language: the language.
    """
    schemes = [
        _known({"@id": scheme, "@type": "DefinedTermSet", "name": _texts(said.names(scheme), language)})
        for scheme in said.iris(iri, expand("skos:inScheme"))
    ]
    return _known(
        {
            "@context": PROFILE,
            "@id": iri,
            "@type": "DefinedTerm",
            "name": _texts(said.names(iri), language),
            "termCode": said.text(iri, expand("skos:notation")),
            "description": _texts(said.literals(iri, expand("skos:definition")), language),
            "url": document_iri(path),
            "inDefinedTermSet": schemes,
        }
    )


def document(catalogue: Statements, dataset: str) -> dict[str, object]:
    """Return a dataset of the catalogue as self-contained JSON-LD, in all languages."""
    return {"@context": CONTEXT, **_dataset(catalogue, dataset, None)}


def triples(catalogue: Statements, dataset: str) -> list[ox.Triple]:
    """Return a dataset of the catalogue as triples with the terms of schema.org."""
    text = orjson.dumps(document(catalogue, dataset))
    return [*canonical_triples(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD))]


def _dataset(catalogue: Statements, iri: str, language: InterfaceLanguage | None) -> dict[str, object]:
    def texts(subject: str, name: str) -> object:
        return _texts(catalogue.literals(subject, expand(name)), language)

    def agents(subject: str, name: str) -> list[dict[str, object]]:
        return [
            _known({"@id": agent, "@type": "Organization", "name": texts(agent, "foaf:name")})
            for agent in catalogue.iris(subject, expand(name))
        ]

    about = [
        _known(
            {
                "@id": subject,
                "@type": "CreativeWork",
                "name": texts(subject, "dct:title") or texts(subject, "skos:prefLabel"),
                "publisher": agents(subject, "dct:publisher"),
                "datePublished": _published(catalogue, subject),
            }
        )
        for subject in catalogue.iris(iri, expand("dct:subject"))
    ]
    places = [
        _known({"@id": place, "@type": "Place", "name": texts(place, "rdfs:label")})
        for place in catalogue.iris(iri, expand("dct:spatial"))
    ]
    return _known(
        {
            "@id": iri,
            "@type": "Dataset",
            "name": texts(iri, "dct:title"),
            "description": texts(iri, "dct:description"),
            "identifier": iri,
            "url": catalogue.iri(iri, expand("dcat:landingPage")),
            "license": _licences(catalogue, iri),
            "version": catalogue.text(iri, expand("dcat:version")),
            "datePublished": catalogue.text(iri, expand("dct:issued")),
            "dateModified": catalogue.text(iri, expand("dct:modified")),
            "keywords": texts(iri, "dcat:keyword") if language is None else _all(catalogue, iri, language),
            "isAccessibleForFree": True,
            "publisher": agents(iri, "dct:publisher"),
            "creator": agents(iri, "dct:creator"),
            "about": about,
            "spatialCoverage": places,
            "temporalCoverage": _temporal(catalogue, iri),
            "isBasedOn": catalogue.iris(iri, expand("prov:wasDerivedFrom")),
            "includedInDataCatalog": {
                "@id": CATALOGUE,
                "@type": "DataCatalog",
                "name": texts(CATALOGUE, "dct:title"),
            },
            "distribution": list(_downloads(catalogue, iri)),
        }
    )


def _downloads(catalogue: Statements, iri: str) -> Iterable[dict[str, object]]:
    for distribution in catalogue.iris(iri, expand("dcat:distribution")):
        address = catalogue.iri(distribution, expand("dcat:downloadURL"))
        media_type = catalogue.iri(distribution, expand("dcat:mediaType"))
        size = catalogue.text(distribution, expand("dcat:byteSize"))
        if address and media_type:
            yield {
                "@type": "DataDownload",
                "contentUrl": address,
                "encodingFormat": "/".join(media_type.split("/")[-2:]),
                **({"contentSize": f"{size} B"} if size else {}),
            }


def _licences(catalogue: Statements, iri: str) -> list[str]:
    """Return the addresses of the licences of a dataset, with the SPDX addresses that tools look for."""
    stated = catalogue.iris(iri, expand("dct:license"))
    return list(dict.fromkeys([*stated, *(spdx for licence in stated if (spdx := spdx_address(licence)))]))


def _published(catalogue: Statements, plan: str) -> str | None:
    """Return when a plan was issued, else when it was adopted, as exact as the data."""
    dates = (catalogue.text(plan, expand(name)) for name in ("dct:issued", "dct:dateAccepted"))
    return next(filter(None, dates), None)


def _temporal(catalogue: Statements, iri: str) -> str | None:
    """Return the period as an ISO 8601 interval, with `..` for an open end."""
    period = catalogue.iri(iri, expand("dct:temporal"))
    if period is None:
        return None
    start, end = (catalogue.text(period, expand(name)) or ".." for name in ("dcat:startDate", "dcat:endDate"))
    return f"{start}/{end}"


def _texts(literals: list[ox.Literal], language: InterfaceLanguage | None) -> object:
    """Return the text in `language` with its fallbacks, or without a language all texts with their tags."""
    if language is not None:
        best = preferred(literals, language)
        return best.value if best else None
    return [{"@value": text.value, **({"@language": text.language} if text.language else {})} for text in literals]


def _all(catalogue: Statements, iri: str, language: InterfaceLanguage) -> list[str]:
    return [text.value for text in catalogue.literals(iri, expand("dcat:keyword")) if text.language == language]


def _known(node: dict[str, object]) -> dict[str, object]:
    """Return a node without the properties that have no value."""
    return {name: value for name, value in node.items() if value not in (None, [], ())}
