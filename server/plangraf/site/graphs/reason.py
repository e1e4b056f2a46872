"""The statements of a request about a change of a graph: its reason, and what replaces a withdrawn graph."""

from dataclasses import dataclass

from fastapi import Request

from plangraf.errors import RequestMalformed
from plangraf.http.declaration import Parameter
from plangraf.http.resource import CHANGING
from plangraf.languages import N_
from plangraf.rdf.well_formed import is_language_tag, is_web_address

_MESSAGE, _BECAUSE, _REPLACED_BY, _LANGUAGE = "message", "because", "replaced-by", "lang"
_WITHDRAWING = "DELETE"
_LONGEST = 1000

CHANGE_PARAMETERS = (
    Parameter(_MESSAGE, "what a change is about, for the history; the reason of a DELETE", methods=CHANGING),
    Parameter(_BECAUSE, "the reason, which everyone may read; another name of message", methods=(_WITHDRAWING,)),
    Parameter(_REPLACED_BY, "the IRI of what replaces the graph and the things in it", methods=(_WITHDRAWING,)),
    Parameter(_LANGUAGE, "the language of the reason; by default nb", methods=(_WITHDRAWING,)),
)
"""The query parameters of requests to change a graph."""


@dataclass(frozen=True)
class ChangeReason:
    """The statements of a request about a change.

    Attributes:
        text: what the change is about, or the reason of a withdrawal; may be empty.
        language: the language of the reason.
        replaced_by: the IRI of what replaces the graph, or None.
    """

    text: str
    language: str
    replaced_by: str | None


def read_reason(request: Request) -> ChangeReason:
    """Return what a request says about a change.

    Raises:
        RequestMalformed: a parameter is given twice, or is not what it must be.
    """
    withdraws = request.method == _WITHDRAWING
    if not withdraws:
        for name in (_BECAUSE, _REPLACED_BY):
            if name in request.query_params:
                raise RequestMalformed(
                    N_("The parameter {name} belongs to DELETE, which withdraws a graph."), name=name
                )
    texts = [text for name in (_MESSAGE, _BECAUSE) for text in request.query_params.getlist(name)]
    replaced = request.query_params.getlist(_REPLACED_BY)
    if len(texts) > 1 or len(replaced) > 1:
        raise RequestMalformed(
            N_("The reason of a change is given once, as message or because, and so is what replaces a graph.")
        )
    text = " ".join("".join(texts).split())
    if len(text) > _LONGEST or not text.isprintable():
        raise RequestMalformed(N_("The parameter message is a text of at most {limit} characters."), limit=_LONGEST)
    if replaced and not is_web_address(replaced[0]):
        raise RequestMalformed(
            N_("The parameter replaced-by is an absolute IRI with http or https, not “{given}”."),
            given=replaced[0][:200],
        )
    language = request.query_params.get(_LANGUAGE, "nb") if withdraws else "nb"
    if not is_language_tag(language):
        raise RequestMalformed(
            N_("The parameter lang is the tag of the language of the reason, such as nb, not “{given}”."),
            given=language[:40],
        )
    return ChangeReason(text, language, replaced[0] if replaced else None)
