from plangraf import settings
from plangraf.serving.contacts import missing_contacts


def test_the_operator_is_told_what_visitors_do_not_find() -> None:
    contact, accessibility = missing_contacts(settings.load())
    assert "PLANGRAF_CONTACT_EMAIL" in contact
    assert "PLANGRAF_ACCESSIBILITY_URL" in accessibility


def test_an_operator_who_has_said_both_is_told_nothing() -> None:
    address = "https://kommunen.example/tilgjengelighet"
    for contact in ({"contact_email": "a@kommunen.example"}, {"contact_url": "https://kommunen.example/kontakt"}):
        assert missing_contacts(settings.load(accessibility_url=address, **contact)) == []
