"""The pages of themes: the goals on them and on those below them, by municipality, in every form."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.servers import serving

from plangraf import shipped
from plangraf.namespaces import ID

CLIMATE = "/doc/los/natur-klima-og-miljo"
HTML = {"Accept": "text/html"}
MANY = 5000
HOSTILE = ("<script>alert(1)</script>", "אבגדה", "langt " * 50)


def _page(server: str, path: str, **parameters: str) -> str:
    answer = httpx.get(server + path, params={"lang": "nb", **parameters}, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server on whose theme there are 5,000 goals, the first with names that are odd."""
    data: Path = tmp_path_factory.mktemp("data")
    shutil.copytree(shipped.DATA / "los", data / "los")
    folder = data / "eksempelvik" / "samfunnsplan-2025-2037"
    folder.mkdir(parents=True)
    plan = f"<{ID}eksempelvik/samfunnsplan-2025-2037>"
    names = (*HOSTILE, *(f"Mål nummer {number}" for number in range(MANY - len(HOSTILE))))
    goals = "".join(
        f"""<goal/m{place}> a plan:Goal ; skos:inScheme {plan} ; skos:prefLabel "{name.strip()}"@nb ;
        plan:order {place} ; plan:wording plan:AsAdopted ; dct:subject <https://psi.norge.no/los/tema/luftfart> ;
        dct:source <https://www.eksempelvik.example/samfunnsplan.pdf> .\n"""
        for place, name in enumerate(names, 1)
    )
    (folder / "plan.ttl").write_text(shipped.EXAMPLE.read_text(encoding="utf-8") + goals, encoding="utf-8")
    with serving("--data", str(data)) as server:
        yield server.address


def test_a_theme_has_the_goals_on_it_and_below_it_by_municipality(server: str) -> None:
    page = _page(server, CLIMATE)
    assert "Natur, klima og miljø" in page
    shares = re.findall(r'<section class="share">.*?</section>', page, re.DOTALL)
    trondheim = next(share for share in shares if "Trondheim kommune" in share)
    assert "/goal/1.1?" in trondheim
    assert "1.5</bdi>" in trondheim
    assert "Naturforvaltning" in trondheim, "the goal is about a theme below this one, which is named"
    names = [re.sub(r"<[^>]*>", "", heading) for heading in re.findall(r"<h3>(.*?)</h3>", "".join(shares), re.DOTALL)]
    assert names == sorted(names, key=lambda name: (name.startswith("Ørland"), name))


def test_a_theme_leads_up_and_down(server: str) -> None:
    assert "/doc/los/naturforvaltning?" in _page(server, CLIMATE)
    below = _page(server, "/doc/los/naturforvaltning")
    assert f'href="{CLIMATE}?' in below
    assert "Emner under dette" not in below


def test_the_tables_have_all_goals_and_the_page_counts_them(server: str) -> None:
    table = httpx.get(f"{server}{CLIMATE}.csv?lang=nb").text
    rows = list(csv.DictReader(io.StringIO(table)))
    records = httpx.get(f"{server}{CLIMATE}.json?lang=nb").json()["records"]
    assert len(rows) == len(records) > 10
    goals = {row["goal"] for row in rows}
    assert f"{len(goals)} mål" in _page(server, CLIMATE)
    assert f"{ID}trondheim/samfunnsplan-2020-2032/goal/1.1" in goals
    assert all(row["page"].startswith(server) and row["label"] for row in rows)


@pytest.mark.parametrize("extension", ["ttl", "jsonld", "nt", "rdf"])
def test_a_theme_is_data_too(server: str, extension: str) -> None:
    answer = httpx.get(f"{server}{CLIMATE}.{extension}")
    assert answer.status_code == 200
    assert "https://psi.norge.no/los/tema/natur-klima-og-miljo" in answer.text


def test_the_address_by_its_iri_leads_to_the_page_and_what_is_no_theme_is_not_found(server: str) -> None:
    answer = httpx.get(f"{server}/doc?iri=https://psi.norge.no/los/tema/luftfart", headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/doc/los/luftfart")
    for path in ("/doc/los/finnes-ikke", "/doc/u4ssc/0", "/doc/los/luftfart?page=2"):
        assert httpx.get(server + path, headers=HTML).status_code == 404
    assert httpx.get(f"{server}/doc/los/finnes-ikke.csv").status_code == 404


def test_a_theme_without_goals_says_so_and_an_indicator_of_u4ssc_names_its_sdg(server: str) -> None:
    assert "Ingen mål i dataene er knyttet til dette emnet." in _page(server, "/doc/los/luftfart")
    assert 'class="chip sdg-17"' in _page(server, "/doc/u4ssc/2150")


def test_goals_and_lists_lead_to_the_page_of_their_theme(server: str) -> None:
    assert f'href="{CLIMATE}?lang=nb"' in _page(server, "/doc/trondheim/samfunnsplan-2020-2032/goal/1.1")
    assert f'href="{CLIMATE}?lang=nb"' in _page(server, "/browse/los")


def test_a_citation_names_the_page(server: str) -> None:
    assert "https://w3id.org/plangraf/doc/los/luftfart" in _page(server, "/doc/los/luftfart")


def test_a_theme_of_5000_goals_is_paged_and_light(crowded: str) -> None:
    path = "/doc/los/luftfart"
    first = httpx.get(f"{crowded}{path}?lang=nb", headers=HTML)
    assert first.status_code == 200
    assert len(first.content) < 100_000
    assert first.text.count("/goal/m") == 50
    assert "<script>alert" not in first.text
    assert "5\N{NO-BREAK SPACE}000 mål" in first.text
    assert "Mål nummer 4996" in _page(crowded, path, page="100")
    assert httpx.get(f"{crowded}{path}?page=101", headers=HTML).status_code == 404
    assert httpx.get(f"{crowded}{path}.csv").text.count("\n") == MANY + 1
