"""The answers of the tools: each says who says so, on what basis, under which licence and in which release."""

from typing import Literal

from pydantic import BaseModel, Field

Basis = Literal["stated", "editorial", "missing"]
"""Who says so: the plan or its publisher, an editor, or nobody, because the plan is not transcribed that far."""


class SourcedAnswer(BaseModel):
    """The fields of every answer, by which it can be cited.

    Attributes:
        release: the release of the data that says so.
        built: when the release was built.
        licences: the licences under which all of the answer may be used.
        cite: the address that tells how to cite it.
    """

    release: str = Field(description="the release of the data that says so")
    built: str | None = Field(description="when the release was built")
    licences: list[str] = Field(description="the licences under which all of the answer may be used")
    cite: str = Field(description="the address that tells how to cite the data")


class AnsweredThing(BaseModel):
    """A thing with its name.

    Attributes:
        iri: its IRI, by which it is cited.
        name: its name in the best language that there is.
        language: the language of the name, if it is known.
        page: the address of its page.
    """

    iri: str = Field(description="the IRI, by which the thing is cited")
    name: str
    language: str | None = Field(description="the language of the name")
    page: str | None = Field(description="the address of the page about it")


class ResultLink(BaseModel):
    """A tie to an SDG, and who says so; without a basis, nobody claims it."""

    sdg: str = Field(description="the IRI of the SDG")
    basis: Basis | None


class FoundThing(AnsweredThing):
    """A search result."""

    kind: str
    notation: str | None
    plan: AnsweredThing | None
    publishers: list[AnsweredThing]
    links: list[ResultLink] = Field(description="the SDGs that it is tied to, with who says so")
    basis: Basis | None = Field(
        description="missing: the links of its plan have not been transcribed, so that it may have others"
    )
    text: str | None = Field(description="another text in which the words were found")


class SearchAnswer(SourcedAnswer):
    """A page of search results."""

    total: int
    page_number: int
    pages: int
    results: list[FoundThing]


class LinkClaim(BaseModel):
    """A claim that a thing is linked to an SDG: who says so, where, and in which words."""

    claim: str = Field(description="the IRI of the claim, by which it is cited")
    basis: Basis = Field(description="stated: by the plan or its publisher; editorial: an editor's assessment")
    thing: AnsweredThing
    relation: str = Field(description="the property of the link")
    sdg: AnsweredThing
    plan: AnsweredThing | None
    publisher: AnsweredThing | None
    creators: list[AnsweredThing] = Field(description="who says so")
    sources: list[str] = Field(description="where it is said")
    quotes: list[str] = Field(description="the words of the source")


class StatementOf(BaseModel):
    """A statement about a thing."""

    property: str
    value: str
    language: str | None = None
    datatype: str | None = None
    name: str | None = Field(default=None, description="the name of a value that is an IRI")


class GraphLicence(BaseModel):
    """A named graph that says something, and its licences."""

    graph: str
    licences: list[str]


class DescribeAnswer(SourcedAnswer):
    """The statements of the release about a thing."""

    thing: AnsweredThing
    statements: list[StatementOf]
    claims: list[LinkClaim] = Field(description="what links it to the SDGs, with who says so")
    missing: list[AnsweredThing] = Field(description="what has not been transcribed: the data do not tell of it")
    graphs: list[GraphLicence]
    more: int = Field(description="the number of statements and claims that are left out")


class OutlinePart(BaseModel):
    """A part of a plan."""

    thing: AnsweredThing
    kind: str = Field(description="the class, such as plan:Goal")
    notation: str | None
    below: str | None = Field(description="the IRI of the part that it is a part of; none for the highest parts")
    definition: str | None
    claims: list[LinkClaim]


class PlanAnswer(SourcedAnswer):
    """A plan and its parts, in the order of the plan."""

    plan: AnsweredThing
    publishers: list[AnsweredThing]
    claims: list[LinkClaim]
    missing: list[AnsweredThing] = Field(description="what has not been transcribed: the data do not tell of it")
    sources: list[str]
    parts: list[OutlinePart]
    total: int = Field(description="the number of parts on all pages")
    page_number: int
    pages: int


class SdgCount(BaseModel):
    """How many things of a publisher are tied to an SDG; the two numbers are never added up."""

    sdg: str
    stated: int
    editorial: int


class ComparedPublisher(BaseModel):
    """A publisher in a comparison."""

    publisher: AnsweredThing
    key: str = Field(description="the name of the publisher for the arguments of tools")
    plans: list[AnsweredThing] = Field(description="its first 10 plans")
    counts: list[SdgCount] = Field(description="only the SDGs to which something is tied")
    basis: Basis | None = Field(description="missing: the links have not been transcribed, so no count means nothing")


class CompareAnswer(SourcedAnswer):
    """A comparison of publishers by SDG."""

    publishers: list[ComparedPublisher]
    total: int
    page_number: int
    pages: int


class ContributorsAnswer(SourcedAnswer):
    """Who contributes to an SDG goal or target, and on whose word."""

    sdg: AnsweredThing
    stated: int = Field(description="the number of claims that plans or their publishers state")
    editorial: int = Field(description="the number of claims that editors make")
    contributions: list[LinkClaim]
    without: list[AnsweredThing] = Field(
        description="publishers whose transcribed plans have no such link; the first 40"
    )
    without_total: int
    missing: list[AnsweredThing] = Field(description="publishers whose links have not been transcribed; the first 40")
    missing_total: int
    page_number: int
    pages: int


class ResultTerm(BaseModel):
    """A value in a row."""

    type: Literal["uri", "literal", "bnode"]
    value: str
    language: str | None = None
    datatype: str | None = None


class QueryAnswer(SourcedAnswer):
    """The answer to a SPARQL query."""

    form: Literal["solutions", "boolean", "graph"]
    columns: list[str]
    rows: list[dict[str, ResultTerm]]
    boolean: bool | None = None
    turtle: str | None = None
    truncated: bool = Field(description="whether there are more rows than the limit")


class FoundFault(BaseModel):
    """Something that a shape objects to."""

    severity: str
    thing: str | None
    property: str | None
    message: str
    shape: str
    line: int | None


class ValidateAnswer(SourcedAnswer):
    """The report on data: whether they conform to the shapes, and what is wrong."""

    conforms: bool
    violations: int
    warnings: int
    infos: int
    statements: int
    results: list[FoundFault]
    more: int
