from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

import pytest
from pydantic import ValidationError

from plangraf.errors import InputError
from plangraf.settings import Settings, load


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PLANGRAF_{name.upper()}", raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = load()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.data, settings.release) == ((), None)
    assert settings.max_body == 2 * 1024 * 1024


@pytest.mark.parametrize(
    ("variable", "value", "name", "expected"),
    [
        ("PLANGRAF_HOST", "0.0.0.0", "host", "0.0.0.0"),  # noqa: S104  # nothing is bound here
        ("PLANGRAF_PORT", "0", "port", 0),
        ("PLANGRAF_PORT", "65535", "port", 65535),
        ("plangraf_port", "81", "port", 81),
        ("PLANGRAF_RELEASE", "/srv/release", "release", Path("/srv/release")),
        ("PLANGRAF_DATA", '["/srv/a", "b.ttl"]', "data", (Path("/srv/a"), Path("b.ttl"))),
        ("PLANGRAF_MAX_BODY", "1", "max_body", 1),
        (
            "PLANGRAF_TRUSTED_PROXIES",
            '["127.0.0.1", "10.0.0.0/8", "2001:db8::/64"]',
            "trusted_proxies",
            (IPv4Network("127.0.0.1/32"), IPv4Network("10.0.0.0/8"), IPv6Network("2001:db8::/64")),
        ),
    ],
)
def test_a_variable_sets_an_option(
    variable: str, value: str, name: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert getattr(load(), name) == expected


def test_a_variable_without_the_prefix_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "81")
    assert load().port == 8000


def test_an_option_goes_before_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANGRAF_PORT", "81")
    assert load(port=82).port == 82
    assert load(port=0).port == 0


def test_an_option_that_is_not_given_leaves_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANGRAF_PORT", "81")
    assert load(port=None, host=None).port == 81


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PLANGRAF_PORT", "http"),
        ("PLANGRAF_PORT", "65536"),
        ("PLANGRAF_PORT", "-1"),
        ("PLANGRAF_MAX_BODY", "0"),
        ("PLANGRAF_MAX_BODY", "2 MiB"),
        ("PLANGRAF_HEADER_SECONDS", "inf"),
        ("PLANGRAF_HEADER_SECONDS", "nan"),
        ("PLANGRAF_BODY_SECONDS", "-1.0"),
        ("PLANGRAF_CONNECTIONS", "0"),
        ("PLANGRAF_PROXY_HEADER", "X-Real-IP"),
    ],
)
def test_a_bad_variable_is_named_with_its_value(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(InputError) as caught:
        load()
    assert str(caught.value).startswith(f"the variable {variable} cannot be {value!r}: ")


NUMBERS = [name for name, field in Settings.model_fields.items() if field.annotation in (int, float)]


@pytest.mark.parametrize("value", ["inf", "-inf", "nan", "-1", "1e300", "1" + 30 * "0", "", "0x10", "ten"])
@pytest.mark.parametrize("name", NUMBERS)
def test_no_number_that_is_absurd_is_accepted(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PLANGRAF_{name.upper()}", value)
    if value == "":
        assert getattr(load(), name) == Settings.model_fields[name].default
        return
    with pytest.raises(InputError, match=f"PLANGRAF_{name.upper()}"):
        load()


@pytest.mark.parametrize("value", ["/srv/data", "[1]", '["/srv/data"'])
def test_data_that_are_no_list_of_paths_are_an_error_that_names_the_variable(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANGRAF_DATA", value)
    with pytest.raises(InputError, match="PLANGRAF_DATA"):
        load()


@pytest.mark.parametrize("value", ["127.0.0.1", '["example.org"]', '["10.0.0.1/8"]', "[1.5]"])
def test_proxies_that_are_no_list_of_networks_are_an_error_that_names_the_variable(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANGRAF_TRUSTED_PROXIES", value)
    with pytest.raises(InputError, match="PLANGRAF_TRUSTED_PROXIES"):
        load()


def test_a_bad_option_is_named_with_its_value() -> None:
    with pytest.raises(InputError, match="the option --port cannot be 'http': "):
        load(port="http")


def test_a_bad_option_is_named_and_not_the_variable_that_it_hides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANGRAF_PORT", "81")
    with pytest.raises(InputError, match="the option --port cannot be 65536: "):
        load(port=65536)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(InputError, match="the option --colour "):
        load(colour="blue")


def test_settings_do_not_change() -> None:
    settings = load()
    with pytest.raises(ValidationError):
        settings.port = 81


def test_every_setting_says_what_it_means() -> None:
    assert {name for name, field in Settings.model_fields.items() if not field.description} == set()


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANGRAF_RELEASE", "")
    assert load().release is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PLANGRAF_PUBLISHER", "Trondheim kommune"),
        ("PLANGRAF_CONTACT_EMAIL", "nobody"),
        ("PLANGRAF_CONTACT_URL", "x y"),
    ],
)
def test_who_publishes_and_whom_to_contact_is_checked(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(InputError, match=variable):
        load()
