"""The namespaces of the IRIs that Plangraf mints, and the prefixes of its documents.

The canonical base is part of the data and does not depend on the address of a server.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

BASE = "https://w3id.org/plangraf"
ID = f"{BASE}/id/"
DOC = f"{BASE}/doc/"
GRAPH = f"{BASE}/graph/"
ONTOLOGY = f"{BASE}/ontology"
SHAPES = f"{BASE}/shapes"
NOTHING_KNOWN = f"{SHAPES}#NothingKnown"
"""The IRI of the result about data to which no shape applies."""
PROBLEMS = f"{BASE}/problems"
SPARQL = f"{BASE}/sparql"

PLAN = f"{ONTOLOGY}#"
SDG = "http://metadata.un.org/sdg/"
SDG_SCHEME = "http://metadata.un.org/sdg"

DERIVED_GRAPH = f"{GRAPH}derived"
"""The graph of what is derived and belongs to no plan; the rest is in the `derived_graph` of its plan."""
DATA_LICENCE = "http://publications.europa.eu/resource/authority/licence/NLOD_2_0"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "plan": PLAN,
        "psh": f"{SHAPES}#",
        "adms": "http://www.w3.org/ns/adms#",
        "as": "https://www.w3.org/ns/activitystreams#",
        "altr": "http://www.w3.org/ns/dx/connegp/altr#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcatap": "http://data.europa.eu/r5r/",
        "dcmitype": "http://purl.org/dc/dcmitype/",
        "dct": "http://purl.org/dc/terms/",
        "dqv": "http://www.w3.org/ns/dqv#",
        "eli": "http://data.europa.eu/eli/ontology#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "hydra": "http://www.w3.org/ns/hydra/core#",
        "ical": "http://www.w3.org/2002/12/cal/ical#",
        "ldes": "https://w3id.org/ldes#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "p-plan": "http://purl.org/net/p-plan#",
        "pav": "http://purl.org/pav/",
        "prov": "http://www.w3.org/ns/prov#",
        "qb": "http://purl.org/linked-data/cube#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "schema": "https://schema.org/",
        "sdg": SDG,
        "sdgio": "http://purl.unep.org/sdg/",
        "sdgo": "http://metadata.un.org/sdg/ontology#",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
        "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
        "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
        "semapv": "https://w3id.org/semapv/vocab/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "spdx": "http://spdx.org/rdf/terms#",
        "sssom": "https://w3id.org/sssom/",
        "stratml": "urn:ISO:std:iso:17469:tech:xsd:stratml_core#",
        "stratml2": "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport#",
        "tree": "https://w3id.org/tree#",
        "vann": "http://purl.org/vocab/vann/",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "void": "http://rdfs.org/ns/void#",
        "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
        "wd": "http://www.wikidata.org/entity/",
        "xkos": "http://rdf-vocabulary.ddialliance.org/xkos#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


THEME_SPACES = MappingProxyType(
    {
        "los": "https://psi.norge.no/los/tema/",
        "u4ssc": "https://data.norge.no/vocabulary/indicator/U4SSC/",
    }
)
"""The IRIs of others for themes and indicators that plans share, by the segment of their documents: `/doc/los/…`."""


def derived_graph(graph: str) -> str:
    """Return the IRI of the graph of what is derived about the plan that the named graph `graph` describes."""
    return f"{graph.rstrip('/')}/derived"


def is_derived_graph(graph: str) -> bool:
    """Return whether a graph holds what is derived when a release is built."""
    return graph == DERIVED_GRAPH or graph.endswith("/derived")


def compact(iri: str) -> str:
    """Return `iri` as a prefixed name, or `<iri>` if no prefix matches.

    A prefix matches if the local name needs no escaping in Turtle.
    """
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("_", "").replace("-", "").replace(".", "").isalnum():
            return f"{prefix}:{local}"
    return f"<{iri}>"


@lru_cache(1024)
def expand(name: str) -> str:
    """Return the IRI of a prefixed name such as `dct:title`, whose prefix is in `PREFIXES`."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def fragment(iri: str) -> str:
    """Return a fragment identifier for `iri`: its path if it is below the canonical base, else the whole IRI."""
    return quote(iri.removeprefix(f"{BASE}/"), safe="/")
