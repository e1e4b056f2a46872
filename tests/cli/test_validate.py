import re
import subprocess
from pathlib import Path

import orjson
import pytest
from rdflib import RDF, SH, XSD, Graph
from tests.servers import COMMAND, PATIENCE

from plangraf import shipped


def validate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "validate", *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_the_shipped_data_conform_and_say_what_is_missing() -> None:
    ended = validate(shipped.DATA)
    assert ended.returncode == 0
    assert re.search(r"Violations: 0, warnings: 0, infos: [1-9]", ended.stdout)
    assert "plan.ttl:" in ended.stdout


def test_a_broken_plan_is_told_where_and_what_to_write(tmp_path: Path) -> None:
    source = tmp_path / "plan.ttl"
    source.write_text(
        "@prefix plan: <https://w3id.org/plangraf/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
        "<https://e.org/goal> a plan:Goal ;\n"
        '  skos:notation "1 1" .\n'
    )
    ended = validate(source, "--lang", "nb")
    assert ended.returncode == 1
    assert f"{source}:5: Feil: <https://e.org/goal>" in ended.stdout
    assert 'skos:notation "1.1"' in ended.stdout


def test_the_formats_of_the_report_agree(tmp_path: Path) -> None:
    source = tmp_path / "plan.ttl"
    source.write_text("<https://e.org/p> a <https://w3id.org/plangraf/ontology#Plan> .")
    as_json = orjson.loads(validate(source, "--format", "json").stdout)
    graph = Graph().parse(data=validate(source, "--format", "turtle").stdout, format="turtle")
    assert as_json["conforms"] is False
    assert len(as_json["results"]) == len(list(graph.subjects(RDF.type, SH.ValidationResult))) > 3
    assert sum(as_json["counts"].values()) == len(as_json["results"])
    assert as_json["counts"]["violation"] > 3


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.ttl", b"<http://a> <http://b> .", "is not well-formed Turtle"),
        ("a.ttl", "<http://a> <http://b> 'æ' .".encode("latin-1"), "is not UTF-8"),
        ("a.txt", b"", "is not of a known kind"),
        ("a.ttl", None, "there is no such file"),
    ],
)
def test_what_cannot_be_read_ends_with_2_and_a_message(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ended = validate(tmp_path / name)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert str(tmp_path / name) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_data_of_others_do_not_need_our_reference_data(tmp_path: Path) -> None:
    """A plan that links to the SDGs is checked against the scheme that is shipped."""
    source = tmp_path / "link.ttl"
    source.write_text(
        "@prefix plan: <https://w3id.org/plangraf/ontology#> .\n"
        "<https://e.org/goal> plan:contributesToSDG <http://metadata.un.org/sdg/18> .\n"
    )
    ended = validate(source)
    assert ended.returncode == 1
    assert "one of the UN's 17 goals" in ended.stdout


def test_files_without_statements_end_with_2(tmp_path: Path) -> None:
    for name, text, words in (
        ("a.ttl", "# later\n", "has no statements"),
        ("b.ttl", "", "has no statements"),
        ("c.jsonld", '{"success": true}', "JSON without @context"),
    ):
        (tmp_path / name).write_text(text)
        ended = validate(tmp_path / name)
        assert ended.returncode == 2
        assert words in ended.stderr
        assert ended.stdout == ""
    assert validate(tmp_path).returncode == 2


def test_data_about_nothing_known_are_not_said_to_conform(tmp_path: Path) -> None:
    source = tmp_path / "a.ttl"
    source.write_text("<https://e.org/a> <https://e.org/p> 1 .")
    ended = validate(source)
    assert "Nothing in the data was checked." in ended.stdout
    assert "warnings: 1" in ended.stdout
    assert "conform" not in ended.stdout


@pytest.mark.parametrize("form", ["text", "json", "csv", "turtle"])
def test_ill_typed_values_are_in_the_report_alone(form: str, tmp_path: Path) -> None:
    source = tmp_path / "a.ttl"
    typed = {
        "boolean": " true",
        "integer": "1_000",
        "decimal": "abc",
        "double": "abc",
        "float": "nan",
        "date": "2025-02-30",
        "gYear": "9",
        "time": "x",
        "duration": "P",
        "hexBinary": "x",
        "base64Binary": "x!",
        "anyURI": "x y",
    }
    source.write_text(
        f"@prefix xsd: <{XSD}> .\n"
        + "".join(f'<https://e.org/a> <https://e.org/p> "{value}"^^xsd:{name} .\n' for name, value in typed.items())
    )
    ended = validate(source, "--format", form, "--all")
    assert ended.returncode == 1
    assert "LexicalForm" in ended.stdout
    assert ended.stderr == ""


def test_a_fault_found_often_is_listed_three_times_and_all_on_demand(tmp_path: Path) -> None:
    source = tmp_path / "a.ttl"
    source.write_text("".join(f'<https://e.org/{n}> <https://e.org/p> "x"@no .\n' for n in range(10)))
    ended, every = validate(source), validate(source, "--all")
    assert ended.stdout.count("Violation: <https://e.org/") == 3
    assert "7 more results of psh:LanguageTag" in ended.stdout
    assert every.stdout.count("Violation: <https://e.org/") == 10
    assert "violations: 10" in ended.stdout.lower()
    assert validate(source, "--format", "csv").stdout.count("LanguageTag") == 10
