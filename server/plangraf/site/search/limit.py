"""The limit on the length of a search text."""

from plangraf.errors import RequestMalformed
from plangraf.languages import N_
from plangraf.search.criteria import LONGEST


def too_long() -> RequestMalformed:
    """Return the error for a search text of more than `LONGEST` characters."""
    return RequestMalformed(
        N_("At most {limit} characters can be searched for."), limit=LONGEST, members={"limit": LONGEST}
    )
