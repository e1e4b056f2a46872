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
        ("www.eksempelvik.example/plan", "BareAddress"),
        ("post@eksempelvik.example", "BareAddress"),
        ("K?benhavn", "Mojibake"),
        ("ðŸ˜€ by", "Mojibake"),
        ("Kli\u2060ma", "Invisible"),
        ("Kli\x7fma", "Invisible"),
        ("<tittel> på målet", "Markup"),
        ("Klima<!-- utkast -->", "Markup"),
        ("Klima &rarr; miljø", "Entity"),
        ("Klima\t", "OuterSpace"),
        ("\nKlima", "OuterSpace"),
        ("Klima\n", "Uneven"),
        ("Kli\tma", "Uneven"),
        ("Kli\nma", "Uneven"),
        ("Kli\u2028ma", "Uneven"),
        ("Klima  og miljø", "Uneven"),
        ("•Klima", "Bullet"),
        ("Klima (TODO)", "Placeholder"),
        ("[tittel]", "Placeholder"),
        ("ukjent", "NoName"),
        ("3a", "BareNumber"),
        ("IV.", "BareNumber"),
    ],
)
def test_a_fault_of_a_text_has_its_kind(text: str, kind: str) -> None:
    assert list(text_faults(text)) == [f"psh:{kind}"]


@pytest.mark.parametrize(
    "text",
    [
        *("Klima", "Årsmål «å» – 2030", "Mindre enn < 5 og > 3", "AT&T", "Todos los santos", "Громада"),
        *("Hvem? Hva? Hvor?", "Se https://x.example/a?b=c&d=e for mer", "3T", "Å bo", "CO₂-utslipp", "Smart by 2.0"),
        *(
            "Ingen skal være ensomme",
            "Test av drikkevann",
            "√2 er et tall",
            "Âge d’or",
            "Tom Hansen",
            "50 % færre utslipp",
        ),
    ],
)
def test_a_text_as_people_write_it_has_no_fault(text: str) -> None:
    assert list(text_faults(text)) == []
