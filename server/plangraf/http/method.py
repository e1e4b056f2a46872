"""The refusal of a method that a resource does not have."""

from collections.abc import Sequence

from starlette.types import Scope

from plangraf.errors import MethodRefused
from plangraf.languages import N_


def method_refused(scope: Scope, allowed: Sequence[str]) -> MethodRefused:
    """Return the error for a request whose method the resource does not have.

    Args:
        scope: the ASGI scope of the request.
        allowed: the methods that the resource has.
    """
    return MethodRefused(
        N_("{method} is not a method of {path}."), method=scope["method"], path=scope["path"], allowed=allowed
    )
