"""The previews of a server in memory: bounded in number, size and time, and found by a secret alone."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from plangraf.previewing.bundle import PreviewBundle, PreviewPage
from plangraf.previewing.limits import LIMITS, PreviewLimits


class PreviewObserver(Protocol):
    """Is told of previews, so that it can keep metrics."""

    def preview_made(self, outcome: str) -> None:
        """Receive `made`, or the reason why a preview could not be made."""

    def preview_removed(self, reason: str) -> None:
        """Receive why a preview is gone: `time`, `number` or `size`."""

    def previews_changed(self, number: int, size: int) -> None:
        """Receive the number of previews, and their size in bytes."""


@dataclass(frozen=True)
class _Preview:
    bundle: PreviewBundle
    until: float


class Previews:
    """The previews that are kept.

    Args:
        observer: is told of each change.
        limits: how many there may be, how large, and for how long.
        clock: returns the time in seconds.
    """

    def __init__(
        self,
        observer: PreviewObserver,
        limits: PreviewLimits = LIMITS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._observer = observer
        self._limits = limits
        self._clock = clock
        self._kept: dict[str, _Preview] = {}  # the oldest first
        self._size = 0

    def add(self, token: str, bundle: PreviewBundle) -> None:
        """Keep a preview; the oldest ones go if there are too many now, or if they are too large together."""
        self._remove_expired()
        self._kept[token] = _Preview(bundle, self._clock() + self._limits.seconds)
        self._size += bundle.size
        while len(self._kept) > self._limits.previews:
            self._remove(next(iter(self._kept)), "number")
        while self._size > self._limits.size:
            self._remove(next(iter(self._kept)), "size")
        self._tell()

    def page(self, token: str, page: PreviewPage) -> bytes | None:
        """Return a page, compressed with zlib; None if there is no such preview or page, or not any more."""
        self.remove_expired()
        preview = self._kept.get(token)
        return None if preview is None else preview.bundle.pages.get(page)

    def remove_expired(self) -> None:
        """Remove the previews whose time is over."""
        if self._remove_expired():
            self._tell()

    def _remove_expired(self) -> bool:
        now = self._clock()
        expired = [token for token, preview in self._kept.items() if preview.until <= now]
        for token in expired:
            self._remove(token, "time")
        return bool(expired)

    def _remove(self, token: str, reason: str) -> None:
        self._size -= self._kept.pop(token).bundle.size
        self._observer.preview_removed(reason)

    def _tell(self) -> None:
        self._observer.previews_changed(len(self._kept), self._size)
