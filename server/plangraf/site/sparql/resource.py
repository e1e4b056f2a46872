"""The address of the SPARQL endpoint and its page."""

from plangraf.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS
from plangraf.http.declaration import Example, Parameter
from plangraf.http.resource import Resource, no_model
from plangraf.site.sparql.endpoint import Endpoint
from plangraf.site.sparql.page import query_form_page
from plangraf.sparql.protocol import FORM, QUERY
from plangraf.view.page_form import page_form

_LINE = (
    "/sparql?query=SELECT%20%3Fyear%20%3Fn%20%7BVALUES%28%3Fyear%20%3Fn%29%7B%282019%201%29"
    "%282020%20-3%29%282024%207.5%29%7D%7D&chart=line"
)

RESOURCES = (
    Resource(
        path="/sparql",
        summary="the SPARQL endpoint and its query page; see the [researcher guide](researcher.md#formats)",
        model=no_model,
        forms=(page_form(query_form_page),),
        examples=(
            Example("form", "/sparql", engine_calls=0, scripted=True),
            Example(
                "answer",
                "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%2020",
                engine_calls=1,
                scripted=True,
            ),
            Example(
                "answer with chart",
                "/sparql?query=SELECT%20%3Fc%20%28COUNT%28*%29%20AS%20%3Fn%29%20%7B%3Fs%20a%20%3Fc%7D"
                "%20GROUP%20BY%20%3Fc",
                engine_calls=1,
                scripted=True,
            ),
            Example("answer with line", _LINE, engine_calls=1, scripted=True),
            Example("mistake", "/sparql?query=SELECT", engine_calls=1, scripted=True, status=400),
        ),
        application=Endpoint,
        aliases=("/sparql/",),
        media_types=(HTML.media_type, *(f.media_type for f in (*RESULT_FORMATS, *GRAPH_FORMATS))),
        body_types=(FORM, QUERY),
        parameters=(
            Parameter("query", "the query in SPARQL 1.1; without it, the answer is the service description"),
            Parameter("default-graph-uri", "a graph of the default graph, which is the merge of all that are named"),
            Parameter("named-graph-uri", "a named graph of the query; without any, all graphs"),
            Parameter("format", "the format of the answer; by default as Accept asks"),
            Parameter("limit", "the maximum number of rows or triples"),
            Parameter("timeout", "the time limit in seconds, at most that of the server"),
        ),
    ),
)
