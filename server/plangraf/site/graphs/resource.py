"""The address of the graph store."""

from plangraf.formats import GRAPH_FORMATS
from plangraf.http.declaration import Listed, Parameter
from plangraf.http.resource import Resource, no_model
from plangraf.site.graphs.change import CHANGE_TYPES
from plangraf.site.graphs.reason import CHANGE_PARAMETERS
from plangraf.site.graphs.store import GRAPHS_PATH, GraphStore, change_store

RESOURCES = (
    Resource(
        path=GRAPHS_PATH,
        summary="a graph by its IRI (`?graph=`), or the merge of all (`?default`): SPARQL 1.1 Graph Store Protocol; "
        "a publisher [changes](#changing-graphs) its graphs",
        model=no_model,
        forms=(),
        sitemap=Listed(unlisted="it has no page"),
        application=GraphStore,
        change=change_store,
        body_types=CHANGE_TYPES,
        media_types=tuple(f.media_type for f in GRAPH_FORMATS),
        parameters=(
            Parameter("graph", "the IRI of a graph"),
            *CHANGE_PARAMETERS,
            Parameter("default", "the merge of all graphs; it has no value"),
            Parameter(
                "format", "the format of the graph; by default as Accept asks", tuple(f.key for f in GRAPH_FORMATS)
            ),
        ),
    ),
)
