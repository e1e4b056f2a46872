"""Paging of long lists."""

from plangraf.errors import ResourceNotFound
from plangraf.languages import N_


def count_pages(rows: int, size: int, number: int) -> int:
    """Return the number of pages of a list, at least one.

    Args:
        rows: the number of rows of the list.
        size: the number of rows on a page.
        number: the requested page, counted from 1.

    Raises:
        ResourceNotFound: there is no such page.
    """
    pages = max(1, -(-rows // size))
    if not 1 <= number <= pages:
        raise ResourceNotFound(
            N_("There is no page {number} here; the last one is {pages}."), number=number, pages=pages
        )
    return pages
