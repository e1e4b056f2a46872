"""Truncation of labels."""

from plangraf.view.shorten import cut


def test_a_text_is_put_on_one_line_and_cut_with_an_ellipsis() -> None:
    assert cut("a" * 100, 10) == "a" * 9 + "…"
    assert cut(" a \n b ", 10) == "a b"
    assert len(cut("word " * 2_000, 45)) <= 45
