"""Long lists are shown a page at a time, and there is no page beyond the last."""

from plangraf.errors import ResourceNotFound
from plangraf.languages import N_


def count_pages(rows: int, size: int, number: int) -> int:
    """Return how many pages a list has, at least one.

    Args:
        rows: how many rows the list has.
        size: how many rows a page shows.
        number: which page is asked for, counted from 1.

    Raises:
        ResourceNotFound: there is no such page.
    """
    pages = max(1, -(-rows // size))
    if not 1 <= number <= pages:
        raise ResourceNotFound(
            N_("There is no page {number} here; the last one is {pages}."), number=number, pages=pages
        )
    return pages
