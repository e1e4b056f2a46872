"""Empty language tags in XML documents, which the parser refuses."""

import subprocess
import sys

import pytest

from plangraf.sources.xml_source import NO_LANGUAGE, mark_empty_languages

MARKED = f'xml:lang="{NO_LANGUAGE}"'.encode()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (b'<a xml:lang="">x</a>', b"<a %b>x</a>" % MARKED),
        (b"<a b='>' xml:lang='' c=\"d\"/>", b"<a b='>' %b c=\"d\"/>" % MARKED),
        (b'<a\n  xml:lang = "">x</a>', b'<a\n  xml:lang = "%b">x</a>' % NO_LANGUAGE.encode()),
        (b'<!-- <a xml:lang=""> --><b xml:lang=""/>', b'<!-- <a xml:lang=""> --><b %b/>' % MARKED),
        (b'<![CDATA[<a xml:lang="">]]><b xml:lang=""/>', b'<![CDATA[<a xml:lang="">]]><b %b/>' % MARKED),
        (b'<?p <a xml:lang=""> ?><b xml:lang=""/>', b'<?p <a xml:lang=""> ?><b %b/>' % MARKED),
    ],
)
def test_an_empty_language_tag_of_an_element_is_marked(document: bytes, expected: bytes) -> None:
    assert mark_empty_languages(document) == expected


@pytest.mark.parametrize(
    "document",
    [
        b'<a b="">x</a>',
        b'<a xml:lang="nb" b="">x</a>',
        b"<a my.xml:lang=''/>",
        b"""<a b="xml:lang=''"/>""",
        b'xml:lang=""',
        b'<!-- no end <a xml:lang="">',
        b'<a xml:lang="" <b>',
    ],
)
def test_everything_else_stays_as_it_is(document: bytes) -> None:
    assert mark_empty_languages(document) == document


# Of a megabyte, the square is hours on the fastest machine; a process of its own can be stopped.
@pytest.mark.parametrize(
    "part", ["<a 'x", '<a "x', "<!--", "<![CDATA[", "<?p", "<a ", "<", "<a '' ", "<a b='' c"], ids=repr
)
def test_a_megabyte_of_markup_without_end_is_no_work(part: str) -> None:
    program = (
        "from plangraf.sources.xml_source import mark_empty_languages as mark\n"
        f"part = {part!r}.encode()\n"
        "data = b'<e xml:lang=\"\"/>' + part * (1_000_000 // len(part))\n"
        "assert mark(data).endswith(part)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)  # noqa: S603  # a program of this test


@pytest.mark.parametrize("inside", ["x", " ", "x ", "x=", "=", "'y'"], ids=repr)
def test_a_megabyte_in_one_tag_is_no_work(inside: str) -> None:
    program = (
        "from plangraf.sources.xml_source import mark_empty_languages as mark\n"
        f"inside = {inside!r}.encode()\n"
        "mark(b'<e xml:lang=\"\" ' + inside * (1_000_000 // len(inside)) + b'>')\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)  # noqa: S603  # a program of this test
