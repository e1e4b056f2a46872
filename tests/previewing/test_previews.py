"""How many previews are kept, how large, and for how long; the clock is the test's."""

from dataclasses import replace

from plangraf.previewing.bundle import PreviewBundle, PreviewPage
from plangraf.previewing.limits import LIMITS, PreviewLimits
from plangraf.previewing.previews import Previews

PAGE = PreviewPage(0, "nb")


class Watch:
    """A clock that the test turns, and what is told of previews."""

    def __init__(self) -> None:
        self.now = 0.0
        self.removed: list[str] = []
        self.kept = (0, 0)

    def time(self) -> float:
        return self.now

    def preview_made(self, outcome: str) -> None:
        raise AssertionError(outcome)

    def preview_removed(self, reason: str) -> None:
        self.removed.append(reason)

    def previews_changed(self, number: int, size: int) -> None:
        self.kept = (number, size)


def bundle(data: bytes = b"page") -> PreviewBundle:
    return PreviewBundle({PAGE: data})


def previews(watch: Watch, limits: PreviewLimits = LIMITS) -> Previews:
    return Previews(watch, limits, watch.time)


def test_the_limits_are_those_that_the_pages_and_the_guide_name() -> None:
    assert (LIMITS.things, LIMITS.minutes, LIMITS.previews, LIMITS.size) == (50, 15, 20, 50 * 1024 * 1024)


def test_a_preview_is_found_by_its_token_until_its_time_is_over() -> None:
    watch = Watch()
    kept = previews(watch)
    kept.add("secret", bundle())
    watch.now = LIMITS.seconds - 1
    assert kept.page("secret", PAGE) == b"page"
    assert kept.page("secret", PreviewPage(1, "nb")) is None
    assert kept.page("guess", PAGE) is None
    watch.now = LIMITS.seconds
    assert kept.page("secret", PAGE) is None
    assert watch.removed == ["time"]
    assert watch.kept == (0, 0)


def test_what_nobody_asks_for_is_removed_too() -> None:
    watch = Watch()
    kept = previews(watch)
    kept.add("secret", bundle())
    watch.now = LIMITS.seconds
    kept.remove_expired()
    assert watch.kept == (0, 0)


def test_the_oldest_goes_when_there_are_twenty_others() -> None:
    watch = Watch()
    kept = previews(watch)
    for number in range(21):
        kept.add(str(number), bundle())
    assert kept.page("0", PAGE) is None
    assert kept.page("1", PAGE) == b"page"
    assert watch.removed == ["number"]
    assert watch.kept == (20, 80)


def test_the_oldest_go_when_all_are_too_large_together() -> None:
    watch = Watch()
    kept = previews(watch, replace(LIMITS, size=10))
    for name in ("one", "two", "three"):
        kept.add(name, bundle(b"1234"))
    assert [kept.page(name, PAGE) is not None for name in ("one", "two", "three")] == [False, True, True]
    kept.add("large", bundle(b"123456789"))
    assert [kept.page(name, PAGE) is not None for name in ("two", "three", "large")] == [False, False, True]
    assert watch.removed == ["size", "size", "size"]
    assert watch.kept == (1, 9)


def test_a_bundle_is_read_as_it_was_written() -> None:
    pages = {PreviewPage(0, "nb"): b"a\nb", PreviewPage(0, "en"): b"", PreviewPage(12, "nn"): b"\x00\xff"}
    read = PreviewBundle.from_bytes(PreviewBundle(pages).to_bytes())
    assert read.pages == pages
    assert read.size == 5
