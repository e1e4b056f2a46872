"""All resources of the site, which the modules `resource` in the folders of the site declare."""

import pkgutil
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from plangraf import site
from plangraf.http.resource import Resource


def _declared(folder: str) -> tuple[Resource[Any], ...]:
    module = f"{site.__name__}.{folder}.resource"
    if find_spec(module) is None:
        return ()  # the folder has a page of another resource, such as that of a plan
    found = import_module(module).RESOURCES
    assert isinstance(found, tuple)  # noqa: S101  # every module `resource` declares a tuple
    return found


def _specificity(resource: Resource[Any]) -> tuple[bool, int, str]:
    """Return the sort key for routing: fixed paths first, then paths with the most fixed characters."""
    return (resource.variable, -len(resource.path), resource.path)


RESOURCES: tuple[Resource[Any], ...] = tuple(
    sorted(
        (
            resource
            for module in pkgutil.iter_modules(site.__path__)
            if module.ispkg
            for resource in _declared(module.name)
        ),
        key=_specificity,
    )
)
"""All resources, in the order of routing."""
