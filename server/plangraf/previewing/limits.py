"""The limits of previews."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PreviewLimits:
    """The size of a preview, how long it is kept, and how many there are at once.

    Attributes:
        things: the number of things of the plan that have a page, besides the plan itself.
        seconds: the time for which a preview is kept.
        previews: the number of previews at once; the oldest goes when there is another.
        size: the size of all previews, compressed, in bytes; the oldest go when it is exceeded.
        largest: the size of one preview, compressed, in bytes; it has fewer things then.
        largest_page: the size of one page, in bytes; a larger one is not in the preview.
    """

    things: int = 50
    seconds: int = 15 * 60
    previews: int = 20
    size: int = 50 * 1024 * 1024
    largest: int = 10 * 1024 * 1024
    largest_page: int = 8 * 1024 * 1024

    @property
    def minutes(self) -> int:
        """The time for which a preview is kept, in whole minutes."""
        return self.seconds // 60


LIMITS = PreviewLimits()
"""The limits of every server."""
