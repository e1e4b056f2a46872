"""What the process of a preview makes of uploads, also of such as no shape lets through."""

import asyncio
import os
import re
import zlib
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from tests.docs.documents import DOCS, blocks
from tests.servers import children
from tests.site.hostile import LABELS, MARKUP
from tests.workbook.books import example
from tests.workbook.opendocument import as_ods

from plangraf import settings
from plangraf.languages import INTERFACE_LANGUAGES
from plangraf.previewing.bundle import PreviewPage
from plangraf.previewing.outcome import PreviewFailure, PreviewOutcome
from plangraf.previewing.service import PreviewService
from plangraf.settings import Settings

[COMPLETE] = [block.text for block in blocks(DOCS / "municipality.md", "turtle complete")]
PREFIXES = COMPLETE.partition("# a.")[0]


class Counted:
    """What has been told of previews."""

    def __init__(self) -> None:
        self.outcomes: list[str] = []

    def preview_made(self, outcome: str) -> None:
        self.outcomes.append(outcome)

    def preview_removed(self, reason: str) -> None:
        raise AssertionError(reason)

    def previews_changed(self, number: int, size: int) -> None:
        assert (number, size > 0) == (1, True)


class Tags(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def preview(
    data: str | bytes, source: str = "turtle", given: Settings | None = None
) -> tuple[PreviewOutcome, list[str]]:
    """Return the outcome, and the pages in bokmål."""

    async def run() -> tuple[PreviewOutcome, list[str]]:
        counted = Counted()
        service = PreviewService(given or settings.load(), counted)
        outcome = await service.make(data.encode() if isinstance(data, str) else data, source)
        assert counted.outcomes == [outcome.failure.value if outcome.failure else "made"]
        pages: list[str] = []
        while (page := service.page(outcome.token, PreviewPage(len(pages), "nb"))) is not None:
            pages.append(zlib.decompress(page).decode())
            assert all(service.page(outcome.token, PreviewPage(len(pages) - 1, each)) for each in INTERFACE_LANGUAGES)
        return outcome, pages

    return asyncio.run(run())


def with_goals(count: int, label: str = "Mål") -> str:
    goals = "\n".join(
        f"<goal/2.{number}> a plan:Goal ; skos:inScheme ev:samfunnsplan-2025-2037 ; skos:broader <goal/1> ;\n"
        f'  skos:notation "2.{number}" ; skos:prefLabel "{label} {number}"@nb ;\n'
        "  dct:source <https://www.eksempelvik.example/samfunnsplan.pdf> ."
        for number in range(1, count + 1)
    )
    return f"{COMPLETE}\n{goals}\n"


def test_a_plan_has_its_page_and_those_of_its_things_with_links_to_each_other() -> None:
    outcome, pages = preview(COMPLETE)
    assert len(outcome.token) >= 22  # 128 bits in Base64
    assert "<h1>Eksempelvikplanen</h1>" in pages[0]
    [number] = [number for number, page in enumerate(pages) if "<h1>1.1 Ingen bygger der vannet kommer</h1>" in page]
    link = f'<a href="/preview/{outcome.token}/{number}?lang=nb">'
    assert re.search(rf"{re.escape(link)}(<[^>]+>)*1\.1(<[^>]+>)* (<[^>]+>)*Ingen bygger", pages[0])
    assert f'<a href="/preview/{outcome.token}?lang=nb">Eksempelvikplanen</a>' in pages[number]
    assert 'href="/doc/sdg/13?lang=nb"' in pages[0]
    assert f'href="/preview/{outcome.token}?lang=en" lang="en"' in pages[0]
    for page in pages:
        assert "<strong>Forhåndsvisning, ikke publisert.</strong>" in page
        assert '<meta name="robots" content="noindex, nofollow">' in page
        assert 'rel="canonical"' not in page
        assert "ld+json" not in page
        assert "?release=" not in page
        assert not re.search(r'href="/(workbook|quality)/eksempelvik', page)


@pytest.mark.parametrize(("data", "source"), [(example(), "xlsx"), (as_ods(example()), "ods")])
def test_a_workbook_has_a_preview(data: bytes, source: str) -> None:
    _, pages = preview(data, source)
    assert "<h1>Eksempelvikplanen</h1>" in pages[0]
    assert len(pages) > 10


def test_a_preview_has_fifty_things_at_most_the_first_that_the_page_of_the_plan_names() -> None:
    outcome, pages = preview(with_goals(70))
    assert len(pages) == 51
    links = re.findall(rf'href="/preview/{outcome.token}/(\d+)\?lang=nb"', pages[0])
    first = list(dict.fromkeys(map(int, links)))
    assert first == sorted(first)
    assert "/goal/2.70?lang=nb" in pages[0]


@pytest.mark.parametrize("data", ["<http://e.org/a> <http://e.org/p> 1 .", "nonsense"])
def test_what_has_no_plan_has_no_preview(data: str) -> None:
    assert preview(data)[0] == PreviewOutcome(failure=PreviewFailure.NO_PLAN)


def test_nothing_in_an_upload_becomes_markup_or_leads_to_a_script() -> None:
    labels = "\n".join(
        f"<goal/h{number}> skos:inScheme ev:samfunnsplan-2025-2037 ; a plan:Goal ; skos:broader <goal/1> ;\n"
        f"  skos:prefLabel {quoted(label)}@nb ; skos:definition {quoted(label)}@nb ;\n"
        f"  skos:notation {quoted(label)} ;\n"
        "  rdfs:seeAlso <javascript:alert(3)>, <data:text/html,x> ; dct:source <javascript:alert(4)> ."
        for number, label in enumerate(LABELS)
    )
    plan = f"ev:samfunnsplan-2025-2037 plan:vision {quoted(MARKUP)}@nb ; dct:description {quoted(MARKUP)}@nb ."
    _, pages = preview(f"{COMPLETE}\n{labels}\n{plan}\n")
    assert sum(MARKUP[8:16] in page for page in pages) > 1
    for page in pages:
        for tag, attributes in Tags(page).found:
            assert not any(name.startswith("on") for name in attributes)
            if tag == "script":
                assert attributes["src"].startswith("/static/search.js")
            if tag in ("a", "link"):
                assert re.match(r"(/(?!/)|#|https?://|\?)", attributes["href"]), attributes
            if tag in ("img", "iframe", "object", "embed", "base"):
                assert attributes["src"].startswith("/static/")


def test_a_plan_that_says_things_of_others_changes_nothing_but_its_preview() -> None:
    lies = '<http://metadata.un.org/sdg/13> skos:prefLabel "Løgn"@nb .'
    _, pages = preview(f"{COMPLETE}\n{lies}\n")
    assert "Løgn" in "".join(pages)
    _, pages = preview(COMPLETE)
    assert "Løgn" not in "".join(pages)


def test_the_limits_of_time_and_memory_hold() -> None:
    assert preview(with_goals(3000), given=settings.load(upload_seconds=0.05))[0].failure == PreviewFailure.TIME
    many = "\n".join(f'<x{number}> <y{number % 7}> "{"z" * 200}" .' for number in range(60_000))
    small = settings.load(upload_memory=16 * 1024 * 1024, upload_seconds=600)
    outcome, _ = preview(f"{COMPLETE}\n{many}", given=small)
    assert outcome.failure in (PreviewFailure.MEMORY, PreviewFailure.CRASH)


def test_a_process_that_was_started_in_advance_is_used_or_ends_with_the_service() -> None:
    async def run() -> None:
        service = PreviewService(settings.load(), Counted())
        service.get_ready()
        service.get_ready()
        assert (await service.make(COMPLETE.encode(), "turtle")).failure is None
        assert set(children(os.getpid())) <= others
        service.get_ready()
        await service.close()
        assert set(children(os.getpid())) <= others

    others = set(children(os.getpid()))
    asyncio.run(run())


def quoted(text: str) -> str:
    """Return a text as a literal of Turtle, without characters that it cannot have."""
    escaped = "".join(f"\\U{ord(each):08X}" for each in text if each > "\u0001" and not "\ud800" <= each <= "\udfff")
    return f'"{escaped}"'
