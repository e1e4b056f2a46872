"""The conditions of a change: If-Match and If-None-Match (RFC 9110, section 13).

They are compared with the state of the graph and not with the bytes of one of its forms, so the entity tag of any
form will do. A tag begins with what tells the state: the release from which the answer was, or the version of the
graph.
"""

import re
from collections.abc import Callable

from pydantic import BaseModel, ConfigDict

from plangraf.errors import PreconditionFailed, RequestMalformed
from plangraf.languages import N_

_EACH = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


class Conditions(BaseModel):
    """The header fields of a request on which its change depends.

    Attributes:
        if_match: the value of If-Match, or None.
        if_none_match: the value of If-None-Match, or None.
    """

    model_config = ConfigDict(frozen=True)

    if_match: str | None = None
    if_none_match: str | None = None

    def check(self, exists: bool, is_state: Callable[[str], bool]) -> None:
        """Check the conditions.

        Args:
            exists: whether there is a graph.
            is_state: returns whether an entity tag, without quotes, is that of a form of the present graph.

        Raises:
            PreconditionFailed: a condition does not hold.
            RequestMalformed: a header field cannot be parsed.
        """
        if self.if_match is not None:
            # Weak tags never match here (section 13.1.1): they do not say that the graph is the same.
            tags = [tag for weak, tag in _tags("If-Match", self.if_match) if not weak]
            if not exists or (self.if_match.strip() != "*" and not any(map(is_state, tags))):
                raise PreconditionFailed(
                    N_("The graph is not the one that If-Match names. Read it again, and apply your change to it.")
                )
        if self.if_none_match is not None:
            tags = [tag for _, tag in _tags("If-None-Match", self.if_none_match)]
            if exists and (self.if_none_match.strip() == "*" or any(map(is_state, tags))):
                raise PreconditionFailed(N_("The graph exists already, and If-None-Match asks for the opposite."))


def _tags(name: str, value: str) -> list[tuple[bool, str]]:
    """Return the entity tags of a header field, each with whether it is weak; `*` has none."""
    if value.strip() == "*":
        return []
    if not _EACH.search(value) or _EACH.sub("", value).strip(" \t,"):
        raise RequestMalformed(
            N_("The header field {name} is a list of entity tags in quotation marks, or an asterisk."), name=name
        )
    return [(bool(weak), tag) for weak, tag in _EACH.findall(value)]
