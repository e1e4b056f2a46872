import pytest

from plangraf.validation.texts import text_faults


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Klima og miljÃ¸", "Mojibake"),
        ("Klima â€“ og miljø", "Mojibake"),
        ("Kli\u00admaet", "Invisible"),
        ("Kli\u200bmaet", "Invisible"),
        ("<b>Klima</b>", "Markup"),
        ("Klima &amp; miljø", "Entity"),
        ("Klima ", "OuterSpace"),
        ("\tKlima", "OuterSpace"),
        ("• Klima", "Bullet"),
        ("Ga\u030ard", "NotNormal"),
        ("TODO: klima", "Placeholder"),
        ("xxx", "Placeholder"),
        ("1.1", "BareNumber"),
        ("https://www.eksempelvik.example/", "BareAddress"),
    ],
)
def test_a_fault_of_a_text_has_its_kind(text: str, kind: str) -> None:
    assert list(text_faults(text)) == [f"psh:{kind}"]


@pytest.mark.parametrize(
    "text",
    ["Klima", "Årsmål «å» – 2030", "Mindre enn < 5 og > 3", "AT&T", "Todos los santos", "Громада"],
)
def test_a_text_as_people_write_it_has_no_fault(text: str) -> None:
    assert list(text_faults(text)) == []
