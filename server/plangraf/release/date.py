"""The date of a release: now, or SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch)."""

import os
from datetime import UTC, datetime

from plangraf.errors import InputError

VARIABLE = "SOURCE_DATE_EPOCH"


def build_date() -> datetime:
    """Return the build date, in UTC and whole seconds.

    Raises:
        InputError: SOURCE_DATE_EPOCH is set and is not a number of seconds since 1970.
    """
    given = os.environ.get(VARIABLE)
    if not given:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        if not (given.isascii() and given.isdecimal()):
            raise ValueError(given)
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(f"the variable {VARIABLE} cannot be {given!r}; it is seconds since 1970-01-01") from error
