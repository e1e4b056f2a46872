"""The address of the graph store."""

from plangraf.http.resource import Listed, Resource, no_model
from plangraf.site.graphs.store import GRAPHS_PATH, METHODS, GraphStore

RESOURCES = (
    Resource(
        path=GRAPHS_PATH,
        summary="a graph by its IRI (`?graph=`), or the merge of all (`?default`): SPARQL 1.1 Graph Store Protocol",
        model=no_model,
        forms=(),
        sitemap=Listed(unlisted="it has no page"),
        application=GraphStore,
        application_methods=METHODS,
    ),
)
