import pytest
from tests.drafting.papers import drafted, plain_pdf, text_at

from plangraf.drafting.finds import FoundKind, FoundPart


def table(*rows: tuple[tuple[float, str], ...]) -> list[FoundPart]:
    """Return the indicators of a PDF with pieces of text, each at a place, a row below the other."""
    lines = [(60.0, 760.0, 14.0, "Mål 1: Mindre utslipp")]
    for number, row in enumerate(rows):
        lines += [(x, 730.0 - 16 * number, 10.0, text) for x, text in row]
    draft = drafted(plain_pdf(text_at(*lines)), "plan.pdf")
    return [part for part in draft.parts if part.kind is FoundKind.INDICATOR]


@pytest.mark.parametrize("head", ["Indikator", "Indikatorar", "Måleindikator", "Mål/indikator"])
def test_a_small_table_with_a_centred_head_is_read(head: str) -> None:
    # The columns are 3 points apart, and the head stands in the middle of the first one.
    rows = (
        ((90.0, head), (170.0, "2023"), (195.5, "2030")),
        ((60.0, "Utslepp av klimagass"), (170, "1200"), (195.5, "600")),
    )
    [part] = table(*rows)
    assert part.name == "Utslepp av klimagass"
    assert part.cells == {"note": "2023: 1200; 2030: 600"}
    assert part.above is not None


def test_columns_that_say_so_are_baseline_and_target() -> None:
    head = ((60.0, "Indikator"), (170.0, "Nå"), (190.0, "Mål 2030"))
    [part] = table(head, ((60.0, "Utslepp"), (170.0, "12"), (190.0, "6")))
    assert part.cells == {"baseline": "12", "target": "6", "target_year": "2030"}


def test_words_without_values_are_no_table() -> None:
    assert table(((60.0, "Indikator"), (120.0, "2023")), ((60.0, "Slik gikk det"), (125.0, "med oss alle"))) == []
