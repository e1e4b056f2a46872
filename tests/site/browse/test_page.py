"""Lists of concepts that no release would let in, and how few calls a list takes."""

import asyncio
from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from tests.engines import Counting, running
from tests.http.requests import scope_of

from plangraf.app import make_services
from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.http.request import RecordingRequest
from plangraf.release.release import Release
from plangraf.settings import load
from plangraf.site.browse.concepts import Concept
from plangraf.site.browse.page import ConceptList
from plangraf.site.browse.resource import RESOURCES
from plangraf.site.browse.schemes import Scheme
from plangraf.site.browse.selection import ConceptSelection
from plangraf.view.reader import Reader
from plangraf.view.render import Frame, render

READER = Reader("nb", named=False)


def _concept(iri: str, *labels: str, notation: str | None = None, above: tuple[str, ...] = ()) -> Concept:
    texts = tuple(ox.Literal(label, language="nb") for label in labels)
    return Concept(iri, "goal", notation, texts, (), above, ())


def _list(concepts: Sequence[Concept], **chosen: str | int) -> ConceptList:
    scheme = Scheme("https://x.example/plan", "https://x.example/graph", "plan", (), len(concepts))
    selection = ConceptSelection("x/plan", **chosen)  # type: ignore[arg-type]  # names
    return ConceptList([scheme], scheme, concepts, selection, READER)


def _html(concepts: Sequence[Concept], **chosen: str | int) -> str:
    return render(_list(concepts, **chosen).page(), READER, "/browse/x/plan", Frame("0"))


def test_a_list_takes_three_calls_at_most_and_one_when_the_release_is_known(release: Release) -> None:
    async def ask() -> list[int]:
        async with running(release.quads) as engine:
            counting = Counting(engine)
            services = make_services(counting, release.manifest, release.quads, (), (), load())
            [of_scheme] = [resource for resource in RESOURCES if resource.variable]
            calls = []
            for name in ("sdg", "los", "los"):
                before = len(counting.asked)
                request = RecordingRequest(scope_of(f"/browse/{name}"), of_scheme.endings)
                assert isinstance(await of_scheme.model(request, services), ConceptList)
                calls.append(len(counting.asked) - before)
            await services.close()
            return calls

    assert asyncio.run(ask()) == [3, 1, 0]


def test_what_has_no_label_is_shown_by_its_number_or_its_iri() -> None:
    concepts = [_concept("https://x.example/a", notation="7.7"), _concept("https://x.example/b")]
    for order in ("tree", "alphabetical"):
        page = _html(concepts, order=order)
        assert ">7.7<" in page
        assert "7.7 " not in page
        assert ">https://x.example/b<" in page
    assert [record["label"] for record in _list(concepts).records("")] == [None, None]


def test_a_ring_of_concepts_is_shown_and_ends() -> None:
    ring = [
        _concept(f"https://x.example/{n}", f"Mål {n}", above=(f"https://x.example/{(n + 1) % 3}",)) for n in range(3)
    ]
    page = _html(ring)
    assert all(page.count(f">Mål {n}</bdi></a>") == 1 for n in range(3))


def test_a_plan_of_2000_goals_is_opened_a_level_at_a_time() -> None:
    tops = [_concept(f"https://x.example/{n}", f"Mål {n}", notation=str(n)) for n in range(100)]
    goals = [
        _concept(f"https://x.example/{n}.{m}", f"Delmål {m}", notation=f"{n}.{m}", above=(f"https://x.example/{n}",))
        for n in range(100)
        for m in range(20)
    ]
    every = [*tops, *goals]
    page = _html(every)
    assert page.count("https://x.example/") < 60
    assert page.count("20 ") >= 50
    assert 'href="/browse/x/plan?order=tree&amp;under=0"' in page
    assert "/browse/x/plan?page=2" in page
    assert "Mål 99" in _html(every, page=2)
    below = _html(every, under="7")
    assert below.count("Delmål") == 20
    with pytest.raises(ResourceNotFound):
        _html(every, page=3)
    assert len(_html(every, order="alphabetical").encode()) < 100_000
    assert len(_list(every).records("")) == 2100


def test_a_number_that_several_have_leads_to_none_of_them() -> None:
    concepts = [
        _concept("https://x.example/a", "A", notation="1"),
        _concept("https://x.example/b", "B", notation="1"),
        *(_concept(f"https://x.example/c{n}", f"C {n}", above=("https://x.example/b",)) for n in range(300)),
    ]
    assert "under=https%3A%2F%2Fx.example%2Fb" in _html(concepts)
    with pytest.raises(RequestMalformed):
        _html(concepts, under="1")


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "\"'&", "\u202eabc", "å" * 10_000, "😀"])
def test_a_label_is_text_whatever_it_holds(label: str) -> None:
    for order in ("tree", "alphabetical"):
        page = _html([_concept("https://x.example/a", label)], order=order)
        assert "<script>alert" not in page
        assert len(page) < 10_000


def test_an_alternative_label_leads_to_the_concept() -> None:
    text = (ox.Literal("Trikk", language="nb"), ox.Literal("Tram", language="en"))
    concept = Concept("https://x.example/a", "goal", None, (ox.Literal("Bybane", language="nb"),), text, (), ())
    page = _html([concept], order="alphabetical")
    assert page.index("Bybane") < page.index("Trikk")
    assert "Tram" not in page
    assert page.count('href="https://x.example/a"') == 2
    assert "Trikk" in _html([concept], order="alphabetical", letter="T")
    assert "Trikk" not in _html([concept], order="alphabetical", letter="B")
