"""The arguments of the tools."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from plangraf.formats import SOURCE_FORMATS
from plangraf.languages import InterfaceLanguage
from plangraf.search.criteria import LONGEST, PAGES
from plangraf.search.things import KINDS

MOST_ROWS = 1000
_LONGEST_IRI = 2000

Language = Annotated[
    InterfaceLanguage, Field(description="the preferred language of names: bokmål, nynorsk, English")
]
PageNumber = Annotated[int, Field(ge=1, le=PAGES, description="the page of a long list")]
Iri = Annotated[str, Field(min_length=1, max_length=_LONGEST_IRI)]
ClaimBasis = Literal["stated", "editorial"]
Publishers = Annotated[
    list[Annotated[str, Field(max_length=_LONGEST_IRI)]],
    Field(max_length=20, description="keys of publishers, such as trondheim; none means all"),
]


class ToolArguments(BaseModel):
    """Arguments of a tool; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)
    language: Language = "nb"


class SearchArguments(ToolArguments):
    """The arguments of `search`."""

    text: str = Field("", max_length=LONGEST, description="words, in bokmål, nynorsk or English")
    kind: str | None = Field(None, description=f"the kind of thing: {', '.join(KINDS)}")
    publisher: str | None = Field(None, max_length=_LONGEST_IRI, description="the IRI of a publisher")
    sdg: int | None = Field(None, ge=1, le=17, description="only what is tied to this SDG")
    basis: ClaimBasis | None = Field(None, description="only what is tied to an SDG on this basis")
    page: PageNumber = 1


class DescribeArguments(ToolArguments):
    """The arguments of `describe`."""

    iri: Iri = Field(description="the IRI of the thing, as other tools return it")


class PlanArguments(ToolArguments):
    """The arguments of `plan`."""

    plan: Iri = Field(description="the IRI of a plan, or the end of it, such as trondheim/samfunnsplan-2020-2032")
    page: PageNumber = 1


class CompareArguments(ToolArguments):
    """The arguments of `compare`."""

    publishers: Publishers = []
    page: PageNumber = 1


class ContributorsArguments(ToolArguments):
    """The arguments of `who_contributes`."""

    sdg: str = Field(
        min_length=1,
        max_length=200,
        description="an SDG goal or target: 13, 13.2, or its IRI",
        examples=["13", "11.6"],
    )
    publishers: Publishers = []
    basis: ClaimBasis | None = Field(None, description="only claims on this basis")
    page: PageNumber = 1


class QueryArguments(ToolArguments):
    """The arguments of `query`."""

    query: str = Field(min_length=1, description="a SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE")
    rows: int = Field(100, ge=1, le=MOST_ROWS, description="the maximum number of rows or triples")


class ValidateArguments(ToolArguments):
    """The arguments of `validate`."""

    data: str = Field(min_length=1, description="RDF data, for example a plan in Turtle")
    format: Literal["turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads"] = Field(
        "turtle", description=f"the format of the data: {', '.join(each.label for each in SOURCE_FORMATS)}"
    )
