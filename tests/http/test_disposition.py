import pytest

from plangraf.http.disposition import file_name, inline


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/compare", "plangraf-r0123456789ab-compare.csv"),
        ("/browse/themes", "plangraf-r0123456789ab-browse-themes.csv"),
        ("/", "plangraf-r0123456789ab.csv"),
    ],
)
def test_a_file_is_named_by_its_release_and_content(path: str, name: str) -> None:
    assert file_name("r0123456789ab", path, "csv") == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plan.csv", 'inline; filename="plan.csv"'),
        ("måål.csv", "inline; filename=\"m--l.csv\"; filename*=UTF-8''m%C3%A5%C3%A5l.csv"),
        ('a"b;c\r\n.csv', "inline; filename=\"a-b-c--.csv\"; filename*=UTF-8''a%22b%3Bc%0D%0A.csv"),
    ],
)
def test_no_name_breaks_the_header(name: str, value: str) -> None:
    assert inline(name) == value
