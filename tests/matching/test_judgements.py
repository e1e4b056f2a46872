import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.counts import times

from plangraf.errors import InputError
from plangraf.matching.judgement_columns import ColumnChoice
from plangraf.matching.judgement_table import read_table
from plangraf.matching.judgements import MANUAL, Judgement, Judgements, Verdict, read_judgements
from plangraf.matching.linkables import Linkables
from plangraf.namespaces import ID, SDG, expand

PLAN = f"{ID}bergen/bergen-2030"
GREEN, SAFE, COMPACT = (f"{PLAN}/focus-area/{name}" for name in ("gronn", "trygg", "kompakt"))
ROWS = f"""Mål,vår iri,match,judgment
Grønn,{GREEN},{SDG}11.7,matched
Trygg,{SAFE},{SDG}11.2,new
Kompakt,{COMPACT},,none
Kompakt,{COMPACT},{SDG}9,
Aktiv,{PLAN}/focus-area/aktiv,,new
"""


def _read(linkables: Linkables, path: Path, content: str | bytes, columns: ColumnChoice | None = None) -> Judgements:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_judgements(read_table(path), linkables, columns or ColumnChoice())


def _pairs(found: Judgements) -> list[tuple[str, str, Verdict]]:
    return [(each.subject, each.object, each.verdict) for each in found.found]


BOTH = [(GREEN, f"{SDG}11.7", Verdict.ACCEPTED), (SAFE, f"{SDG}11.2", Verdict.REFUSED)]


def test_an_export_of_openrefine(linkables: Linkables, tmp_path: Path) -> None:
    found = _read(linkables, tmp_path / "export.csv", ROWS)
    assert found.faults == ()
    assert found.unjudged == 3
    assert found.found[0] == Judgement(
        subject=GREEN,
        object=f"{SDG}11.7",
        predicate=expand("skos:broadMatch"),
        verdict=Verdict.ACCEPTED,
        creator=None,
        date=None,
        justification=MANUAL,
        confidence=None,
        place=f"{tmp_path / 'export.csv'}:2",
    )
    assert _pairs(found) == BOTH


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(",", ";").encode("utf-8-sig"),
        lambda text: text.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
        lambda text: (
            text.replace("judgment", "cell.recon.judgment").replace("match,", "cell.recon.match.id,").encode()
        ),
        lambda text: text.replace("judgment", "Judgement").replace("matched", "Ja").replace(",new", ",NEI").encode(),
        lambda text: text.replace("vår iri", "whatever").replace("match,", "column 2,").encode(),
        lambda text: text.replace(SDG, "sdg:").replace(ID, "plangraf:").encode(),
        lambda text: text.replace(SDG, "https://metadata.un.org/sdg/").encode(),
        lambda text: text.replace(f"{SDG}", "SDG ").encode(),
        lambda text: text.replace("Mål", "id").encode(),
        lambda text: f"\n{text}\n\n".encode("latin-1"),
    ],
)
def test_exports_in_sensible_variants_say_the_same(linkables: Linkables, tmp_path: Path, change: object) -> None:
    assert callable(change)
    assert _pairs(_read(linkables, tmp_path / "export.csv", change(ROWS))) == BOTH


def test_columns_can_be_named(linkables: Linkables, tmp_path: Path) -> None:
    text = f"a,b,c,d\n{SDG}9,{GREEN},{SDG}11.7,yes\n"
    found = _read(linkables, tmp_path / "x.csv", text, ColumnChoice(subject="B", object="c", judgement="d"))
    assert _pairs(found) == BOTH[:1]
    with pytest.raises(
        InputError, match=r"x\.csv: has no column “e” \(--object-column\); its columns are a, b, c, d"
    ):
        _read(linkables, tmp_path / "x.csv", text, ColumnChoice(object="e"))
    with pytest.raises(InputError, match="has no column with the subjects of links; name it with --subject-column"):
        _read(linkables, tmp_path / "x.csv", "x,y\n1.1,2\n")


def test_a_workbook_is_read_by_cells(linkables: Linkables, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Export"
    for line in (*ROWS.splitlines(), f"x,{GREEN},{SDG}99,matched"):
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    found = _read(linkables, tmp_path / "export.xlsx", out.getvalue())
    assert _pairs(found) == BOTH
    (fault,) = found.faults
    assert fault.startswith(f"{tmp_path / 'export.xlsx'}: Export!C7: {SDG}99 is not known; did you mean {SDG}9")


SSSOM = """#curie_map:
#  b: "https://w3id.org/plangraf/id/bergen/bergen-2030/"
#  o: https://orcid.org/
#mapping_set_id: "https://example.org/set"
#mapping_date: "2026-10-01"
#creator_id:
#- o:0000-0002-1825-0097
"""
TABLE = """subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tconfidence\tauthor_id
b:focus-area/gronn\tskos:broadMatch\t\tsdg:11.7\tsemapv:MappingReview\t0.8\t
b:focus-area/trygg\tskos:relatedMatch\tNot\tsdg:11.2\t\t\to:0000-0001-5109-3700|o:1
b:focus-area/kompakt\tskos:relatedMatch\t\tsssom:NoTermFound\t\t\t
"""


def test_sssom_with_metadata(linkables: Linkables, tmp_path: Path) -> None:
    found = _read(linkables, tmp_path / "set.sssom.tsv", SSSOM + TABLE)
    assert (_pairs(found), found.unjudged, found.faults) == (BOTH, 1, ())
    first, second = found.found
    assert (first.justification, first.confidence) == (expand("semapv:MappingReview"), "0.8")
    assert (first.creator, first.date) == ("https://orcid.org/0000-0002-1825-0097", date(2026, 10, 1))
    assert (second.creator, second.predicate) == (
        "https://orcid.org/0000-0001-5109-3700",
        expand("skos:relatedMatch"),
    )


def test_sssom_without_metadata(linkables: Linkables, tmp_path: Path) -> None:
    text = TABLE.replace("b:", "plangraf:bergen/bergen-2030/").replace("o:", "orcid:").replace("orcid:1", "o:1")
    found = _read(linkables, tmp_path / "set.tsv", text)
    assert (_pairs(found), found.faults) == (BOTH, ())
    assert found.found[0].creator is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (f"{GREEN},{SDG}11.77,matched,,", ":2: object: http://metadata.un.org/sdg/11.77 is not known; did you mean"),
        (f"{PLAN}/focus-area/grønn,{SDG}11,matched,,", f":2: subject: {PLAN}/focus-area/grønn is not known; did you"),
        (f",{SDG}11,matched,,", ":2: subject: the cell is empty; write the IRI of the subject"),
        (f"{GREEN},{SDG}11,perhaps,,", ":2: judgement: “perhaps” is no judgement; write one of matched, new, none"),
        (
            f"{GREEN},{SDG}11,matched,skos:exactMatch,",
            ":2: predicate: skos:exactMatch is no relation of a claim; write",
        ),
        (f"{GREEN},{SDG}11,matched,,24.12.2026", ":2: date: 24.12.2026 is no date; write it as 2026-11-26"),
        (f"{SDG}11,{GREEN},matched,,", f":2: subject: {SDG}11 is not known"),
    ],
)
def test_a_fault_names_the_line_and_column_and_how_to_mend_it(
    linkables: Linkables, tmp_path: Path, row: str, message: str
) -> None:
    more = f"{SAFE},{SDG}11.2,new,,\n{COMPACT},{SDG}9,none,,\n"
    found = _read(linkables, tmp_path / "x.csv", f"subject,object,judgement,predicate,date\n{row}\n{more}")
    assert len(found.found) == 1
    (fault,) = found.faults
    assert fault.startswith(f"{tmp_path / 'x.csv'}{message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no headings"),
        (b"#a: b\n", "has no headings"),
        (b"\0\1\2\xff" * 50, "is not text|has no column"),
        (b'"a,b\n' + b"x" * 100, "is not well-formed CSV|has no column"),
        (b"PK\x03\x04nonsense", "x.csv"),
    ],
)
def test_a_file_that_is_no_table_is_an_error_of_the_file(
    linkables: Linkables, tmp_path: Path, content: bytes, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        _read(linkables, tmp_path / "x.csv", content)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_table(tmp_path / "none.csv")


@pytest.mark.soak
@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=8), st.sampled_from(",;\t"))
@settings(max_examples=times(40), deadline=None)
def test_any_table_is_read_or_refused_in_words(linkables: Linkables, rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["subject", "object", "judgement"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
        try:
            told = list(read_judgements(read_table(path), linkables).faults)
        except InputError as error:
            told = [str(error)]
        assert all(each.startswith(f"{path}:") for each in told)
