"""The paths of the shipped ontology, data and shapes.

In a wheel they are inside the package; in a checkout, at the top level of the repository.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "shipped"
ROOT = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parents[1]

ONTOLOGY = ROOT / "ontology" / "plangraf.ttl"
EXAMPLE = ROOT / "ontology" / "example.ttl"
CONTEXT = ROOT / "ontology" / "context.jsonld"
EARLIER_VERSIONS = ROOT / "ontology" / "versions"
"""Of each earlier version of the ontology, `{version}.ttl` and its JSON-LD context, `{version}.jsonld`."""
DATA = ROOT / "data"
SHAPES = ROOT / "shapes"
EXAMPLES = SHAPES / "examples"
EARLIER_SHAPES = SHAPES / "versions"
"""Of each earlier version of the shapes, `{version}.ttl`."""
