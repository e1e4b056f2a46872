"""The address of the SPARQL endpoint and its page."""

from plangraf.http.resource import Example, MenuEntry, Resource, no_model
from plangraf.languages import N_
from plangraf.site.sparql.endpoint import Endpoint
from plangraf.site.sparql.page import query_form_page
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
        menu=MenuEntry(N_("SPARQL"), 5),
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
    ),
)
