"""Releases of invented publishers, for the tests of their pages."""

from collections.abc import Mapping
from pathlib import Path

from plangraf.namespaces import GRAPH, ID, PREFIXES
from plangraf.release.build import build_release
from plangraf.release.release import Release
from plangraf.search.index_build import index_release
from plangraf.sources.dataset import list_files

REGISTRY = "https://registry.example/"
_SDGS = "\n".join(
    f"sdg:{number} a sdgo:Goal , skos:Concept ; skos:inScheme <http://metadata.un.org/sdg> ; "
    f'skos:notation "{number}" ; skos:prefLabel "Mål {number}"@nb , "Goal {number}"@en .'
    for number in range(1, 18)
)
_LOS = f"""
<{ID}los> a skos:ConceptScheme ; skos:prefLabel "Los"@nb ; skos:hasTopConcept los:miljo .
los:miljo a skos:Concept ; skos:inScheme <{ID}los> ; skos:prefLabel "Miljø"@nb , "Environment"@en .
los:luft a skos:Concept ; skos:inScheme <{ID}los> ; skos:broader los:miljo ; skos:prefLabel "Luft"@nb .
"""
_SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://e.example/shape> a sh:NodeShape ; sh:targetNode <https://e.example/nobody> .
"""


def build(folder: Path, publishers: Mapping[str, str]) -> Release:
    """Build a release of what some publishers say, with the 17 SDGs and two themes, against no shape that matters.

    Args:
        folder: an empty folder.
        publishers: the Turtle of each publisher by its segment in addresses; the base is its own IRI with a slash,
            and `r:` is the prefix of the IRIs of a registry.
    """
    for name, text in {**publishers, "sdg": _SDGS, "los": _LOS}.items():
        file = folder / "data" / name / "data.ttl"
        file.parent.mkdir(parents=True)
        prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
        head = (
            f"@prefix r: <{REGISTRY}> . @prefix los: <https://psi.norge.no/los/tema/> . @base <{ID}{name}/> .\n"
            f"<{GRAPH}{name}> a prov:Entity ; plan:graphRole plan:PublishersText ; "
            f'dct:creator <{ID}{name}> ; dct:title "Graf"@nb ;\n'
            "  dct:license <http://publications.europa.eu/resource/authority/licence/NLOD_2_0> .\n"
        )
        file.write_text(f"{prefixes}{head}{text}", encoding="utf-8")
    shape = folder / "shape.ttl"
    shape.write_text(_SHAPE, encoding="utf-8")
    return build_release(
        list_files([folder / "data"]), folder / "releases", shapes=(shape,), make_files=index_release
    )


def organisation(name: str, number: int, label: str) -> str:
    """Return a publisher in Turtle, with an own IRI and one in the registry."""
    return (
        f'r:{number} a foaf:Agent , org:Organization ; rdfs:label "{label}"@nb .\n'
        f'<{ID}{name}> a foaf:Agent , org:Organization ; owl:sameAs r:{number} ; rdfs:label "{label}"@nb .\n'
    )
