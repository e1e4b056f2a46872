"""Reports of changed parts: made apart only if those of the others do not depend on them."""

import shutil
from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.namespaces import ID, expand
from plangraf.release.build import build_release
from plangraf.release.write import ReleaseContent
from plangraf.search.index_build import is_separable
from plangraf.search.report_build import changed_parts, reports_are_separable
from plangraf.sources.dataset import list_files

PLAN = "asker/kommuneplan-2020-2032"


def _change(data: Path, name: str, before: str, after: str) -> None:
    path = data / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def _is_separable(content: ReleaseContent) -> bool:
    return is_separable(content) and reports_are_separable(content)


def _rebuilt(data: Path, out: Path) -> list[ReleaseContent]:
    """Return the content of a build; it can be read only while the build runs."""
    found = []

    def look(content: ReleaseContent, _: Path) -> tuple[str, ...]:
        found.append(content)
        if _is_separable(content):
            change = changed_parts(content)
            assert change.before is not None
            assert change.before.plans == {plan.plan for plan in change.after.qualities}
            assert all(plan.startswith(f"{ID}asker/") for plan in change.before.plans)
            assert change.before.paths <= set(change.after.paths)
            assert change.before.subjects <= {mapping.subject for mapping in change.after.mappings}
            assert all("object_label" in m.values for m in change.after.mappings if "object_id" in m.values)
        return ()

    build_release(list_files([data]), out, make_files=look)
    return found


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Return a folder with data and a release; a part is known by the paths of its files."""
    shutil.copytree(shipped.DATA, tmp_path / "data")
    _rebuilt(tmp_path / "data", tmp_path / "out")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "before", "after", "separable"),
    [
        (f"{PLAN}/plan.ttl", '"God helse"@nb', '"Bedre helse"@nb', True),
        ("plangraf/organisation.ttl", '"Plangraf"', '"Plankart"', False),  # claims name their creator
    ],
)
def test_reports_are_made_apart_if_others_do_not_depend_on_them(
    name: str, before: str, after: str, separable: bool, built: Path
) -> None:
    _change(built / "data", name, before, after)
    [content] = _rebuilt(built / "data", built / "out")
    assert _is_separable(content) is separable


def test_a_link_to_a_concept_of_an_unchanged_plan_is_not_reported_apart(built: Path) -> None:
    link = f"<{ID}{PLAN}/goal/3> <{expand('skos:relatedMatch')}> <{ID}trondheim/samfunnsplan-2020-2032/goal/1> ."
    (built / "data" / PLAN / "links.ttl").write_text(link, encoding="utf-8")
    [content] = _rebuilt(built / "data", built / "out")
    assert is_separable(content)
    assert not reports_are_separable(content)


def test_claims_about_the_same_thing_in_two_parts_are_not_reported_apart(built: Path) -> None:
    claim = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://w3id.org/plangraf/id/{name}/link/new> owl:annotatedSource <http://e.org/thing> .
"""
    for name in ("asker", "baerum"):
        (built / "data" / name / "claims.ttl").write_text(claim.format(name=name), encoding="utf-8")
        [content] = _rebuilt(built / "data", built / "out")
        assert is_separable(content)
        assert reports_are_separable(content) is (name == "asker")
