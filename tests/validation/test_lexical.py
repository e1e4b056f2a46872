import pytest

from plangraf.validation.lexical import is_ill_typed

# XSD 1.1, part 2: the lexical spaces, at their edges.
WELL_TYPED = {
    "gYear": ("2025", "0001", "-0044", "12025", "2025Z", "2025+01:00"),
    "gYearMonth": ("2028-12",),
    "gMonthDay": ("--02-29",),
    "date": ("2024-02-29", "2000-02-29", "2025-03-20+01:00", "12024-02-29"),
    "dateTime": ("2025-03-20T10:00:00", "2025-03-20T24:00:00Z", "2025-03-20T10:00:00.5-14:00"),
    "dateTimeStamp": ("2025-03-20T10:00:00Z",),
    "integer": ("007", "-1", "+5"),
    "positiveInteger": ("1", "+010"),
    "long": ("9223372036854775807", "-9223372036854775808", "0" * 5000 + "1"),
    "int": ("2147483647", "-2147483648"),
    "short": ("32767", "-32768"),
    "byte": ("127", "-128", "+0000127", "-0"),
    "unsignedLong": ("18446744073709551615",),
    "unsignedInt": ("4294967295",),
    "unsignedShort": ("65535",),
    "unsignedByte": ("255", "-0", "+0255"),
    "nonPositiveInteger": ("0", "-7"),
    "decimal": ("1.", ".5", "-0.0", "123456789012345678901234567890.1"),
    "double": ("NaN", "-INF", "1e3", "1.5E-3"),
    "boolean": ("true", "0"),
    "duration": ("P1Y", "PT1.5S", "-P1DT2H", "P1Y2M3DT4H5M6S"),
    "base64Binary": ("QUJD", "QQ==", ""),
    "anyURI": ("", "https://example.org/æ"),
    "language": ("nb", "zh-Hans-CN"),
    "unknown": ("anything",),
}
ILL_TYPED = {
    "gYear": ("25", "abc", "", "202", "2025-03", "2025-03-20", " 2025", "02025", "2025\n"),
    "gYearMonth": ("2028-13", "2028"),
    "date": (
        "2023-02-29",
        "1900-02-29",
        "2025-04-31",
        "2025-03-20T10:00:00Z",
        "2029-W12-4",
        "2025-13-01",
        "20.03.2025",
    ),
    "dateTime": ("2025-03-20", "2025-03-20T25:00:00", "2025-03-20 10:00:00"),
    "dateTimeStamp": ("2025-03-20T10:00:00",),
    "integer": ("1_000", "٣", " 5", "1e3", "5\n", "1 000", "5.0"),
    "nonNegativeInteger": ("-1",),
    "long": ("9223372036854775808", "-9223372036854775809", "9" * 5000),
    "int": ("2147483648", "-2147483649", "99999999999"),
    "short": ("32768", "-32769", "70000"),
    "byte": ("128", "-129", "300", "000300"),
    "unsignedLong": ("18446744073709551616", "-1"),
    "unsignedInt": ("4294967296", "-1"),
    "unsignedShort": ("65536", "-1"),
    "unsignedByte": ("256", "-1"),
    "decimal": ("Infinity", "NaN", "1e3", "1_0.5", ".", "1,5"),
    "double": ("Infinity", "inf"),
    "boolean": ("yes", "True"),
    "duration": ("P", "PT", "P1DT", "P3W", "12 years"),
    "hexBinary": ("abc",),
    "anyURI": ("not an address",),
}


@pytest.mark.parametrize(("datatype", "value"), [(name, value) for name, of in WELL_TYPED.items() for value in of])
def test_a_value_in_the_lexical_space_is_not_ill_typed(datatype: str, value: str) -> None:
    assert not is_ill_typed(value, datatype)


@pytest.mark.parametrize(("datatype", "value"), [(name, value) for name, of in ILL_TYPED.items() for value in of])
def test_a_value_outside_the_lexical_space_is_ill_typed(datatype: str, value: str) -> None:
    assert is_ill_typed(value, datatype)
