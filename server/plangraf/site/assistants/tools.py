"""The tools: each with its arguments, its answer and the function that answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from plangraf.site.assistants import answers, arguments, checking, contributing, finding
from plangraf.site.assistants.asking import Asking


@dataclass(frozen=True)
class AssistantTool:
    """A tool.

    Attributes:
        name: its name.
        title: its name for people.
        description: what it answers, for the model that chooses among the tools.
        arguments: the class of its arguments.
        answer: the class of its answers.
        call: answers.
        limited: whether the engine or the validation limits how many of these run at once; others need a place.
    """

    name: str
    title: str
    description: str
    arguments: type[arguments.ToolArguments]
    answer: type[answers.SourcedAnswer]
    call: Callable[[Asking, Any], Awaitable[answers.SourcedAnswer]]
    limited: bool = False


TOOLS = (
    AssistantTool(
        "search",
        "Search",
        "Find plans, goals, measures, SDGs, themes and publishers by words. Results have IRIs, the plan and "
        "publisher they belong to, and the SDGs they are tied to with the basis of each tie.",
        arguments.SearchArguments,
        answers.SearchAnswer,
        finding.search,
    ),
    AssistantTool(
        "describe",
        "Describe a thing",
        "Everything that the data say of one thing: its statements, the claims that tie it to SDGs with who says so, "
        "and what has not been transcribed.",
        arguments.DescribeArguments,
        answers.DescribeAnswer,
        finding.describe,
    ),
    AssistantTool(
        "plan",
        "A plan and its parts",
        "The outline of a plan: focus areas, goals, sub-goals, strategies, measures and indicators in order, each "
        "with its links to SDGs.",
        arguments.PlanArguments,
        answers.PlanAnswer,
        finding.plan,
    ),
    AssistantTool(
        "compare",
        "Compare municipalities",
        "How many things of each municipality are tied to each SDG. Stated and editorial links are counted apart; "
        "never add them up. The basis 'missing' means that the links of a municipality have not been transcribed.",
        arguments.CompareArguments,
        answers.CompareAnswer,
        contributing.compare,
    ),
    AssistantTool(
        "who_contributes",
        "Who contributes to an SDG",
        "The plans and goals that contribute to an SDG goal or target, with the municipality, who says so, on what "
        "basis, and the source. Also who has no such link, and whose links are not known.",
        arguments.ContributorsArguments,
        answers.ContributorsAnswer,
        contributing.who_contributes,
    ),
    AssistantTool(
        "query",
        "Ask with SPARQL",
        "Evaluate a SPARQL query on the release. The resource plangraf:vocabulary has the classes and properties, "
        "and the resources plangraf:queries/… are example queries.",
        arguments.QueryArguments,
        answers.QueryAnswer,
        checking.query,
        limited=True,
    ),
    AssistantTool(
        "validate",
        "Check data",
        "Check RDF data about a plan against the shapes, and tell what is wrong. The data are not stored.",
        arguments.ValidateArguments,
        answers.ValidateAnswer,
        checking.validate,
        limited=True,
    ),
)
"""All tools, in the order of the list."""

TOOLS_BY_NAME = {tool.name: tool for tool in TOOLS}
