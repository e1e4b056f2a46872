"""What tests walk, read off the declarations of the resources."""

import re

from plangraf.formats import XLSX
from plangraf.http.declaration import Example
from plangraf.http.resource import Resource
from plangraf.site.resources import RESOURCES

EXAMPLES: dict[str, Example] = {example.name: example for resource in RESOURCES for example in resource.examples}
"""All examples of all resources, by their names."""
DOWNLOADS = {
    example.name
    for resource in RESOURCES
    for example in resource.examples
    if {form.format for form in resource.forms} == {XLSX}
}
"""The names of the examples that a browser saves and does not show."""


def shown_path(path: str) -> str:
    """Return a path with dots for its variable part, as the guides write it."""
    return re.sub(r"\{[^}]+\}", "…", path)


def address_row(resource: Resource[object]) -> list[str]:
    """Return the row of a resource in the table of addresses."""
    paths = " ".join(shown_path(path) for path in (resource.path, *resource.aliases))
    forms = ", ".join(form.format.label for form in resource.forms) if resource.application is None else "several"
    return [paths, ", ".join(resource.methods), forms, resource.summary]


def address_table() -> str:
    """Return the table of addresses, as docs/tool-builder.md has it."""
    rows = sorted((address_row(resource) for resource in RESOURCES), key=lambda row: row[0])
    lines = [
        f"| `{path.replace(' ', '` `')}` | {methods} | {forms} | {summary} |"
        for path, methods, forms, summary in rows
    ]
    return "\n".join(["| route | methods | forms | answers with |", "| --- | --- | --- | --- |", *lines]) + "\n"
