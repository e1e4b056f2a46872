"""The folder of a new publisher: files that conform as they are, and that say what is missing.

They state what the author has said and nothing else: what belongs elsewhere stands in comments, with an example.
"""

import re
import shutil
import tempfile
from collections.abc import Container, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.namespaces import BASE, GRAPH, ID

LANGUAGES: Mapping[str, str] = {"nb": "NOB", "nn": "NNO", "en": "ENG", "se": "SME", "sma": "SMA", "smj": "SMJ"}
"""The languages that a plan may be written in, by tag, with their codes in the EU's table."""

_SEGMENT = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 100
_PERIOD = re.compile(r"([0-9]{4})\s*[-–]\s*([0-9]{4})")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ROLES = re.compile("derived|editorial|translation(-[a-z]+)?")
"""The names of the graphs below that of a plan, which would make a plan look like a part of its publisher's."""


@dataclass(frozen=True)
class NewPublisher:
    """The statements of an author about a publisher and its first plan.

    Attributes:
        publisher: the segment of the publisher in addresses.
        name: its name.
        plan: the segment of the plan.
        title: the title of the plan.
        period: the first and the last year of the plan, such as `2025-2037`, or None.
        base: the prefix of the publisher's own addresses, which ends with a slash, or None.
        language: the tag of the language of the name and the title.
    """

    publisher: str
    name: str
    plan: str
    title: str
    period: str | None = None
    base: str | None = None
    language: str = "nb"


def check_segment(segment: str, what: str, taken: Container[str] = ()) -> str:
    """Return a segment of addresses, if it can be one.

    Args:
        segment: the segment.
        what: the thing that it is of, for the message.
        taken: segments that are not free.

    Raises:
        InputError: it has other characters than an address should have, or is taken.
    """
    if not _SEGMENT.fullmatch(segment) or len(segment) > _LONGEST:
        raise InputError(
            f"the address of {what} has the letters a-z, digits and single hyphens, such as samfunnsplan-2025-2037; "
            f"it cannot be {segment[:_LONGEST]!r}"
        )
    if segment in taken:
        raise InputError(f"{segment} is taken; choose another address for {what}")
    return segment


def write_publisher_folder(new: NewPublisher, parent: Path, taken: Container[str] = ()) -> tuple[Path, ...]:
    """Write the folder of a publisher, and return its files, sorted; it appears as a whole or not at all.

    Args:
        new: what the author says.
        parent: the folder that it is made in, which is created if necessary.
        taken: segments that no publisher may have.

    Raises:
        InputError: something that the author says cannot be used, the folder exists, or it cannot be written.
    """
    contents = _contents(new, taken)
    target = parent / new.publisher
    if target.exists() or target.is_symlink():
        raise InputError("exists already; name another publisher, or another folder with --out", target)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=parent))
        try:
            for name, text in contents.items():
                path = draft / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            draft.chmod(0o755)
            draft.rename(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", target) from error
    return tuple(sorted(target / name for name in contents))


def _contents(new: NewPublisher, taken: Container[str]) -> dict[str, str]:
    """Return the contents of the files, by path below the folder."""
    check_segment(new.publisher, "the publisher", taken)
    check_segment(new.plan, "the plan")
    if _ROLES.fullmatch(new.plan):
        raise InputError(f"{new.plan} is the name of a part of a plan; choose another address for the plan")
    if new.language not in LANGUAGES:
        raise InputError(f"the language is one of {', '.join(LANGUAGES)}, not {new.language!r}")
    name, title = _text(new.name, "the name of the publisher"), _text(new.title, "the title of the plan")
    base = _base(new.base)
    graph = f"{GRAPH}{new.publisher}"
    plan = f"{base or f'{ID}{new.publisher}/'}{new.plan}"
    other = "nb" if new.language == "en" else "en"
    common = {"publisher": f"{ID}{new.publisher}", "plan": plan, "lang": new.language}
    translation, editorial = f"translation-{other}", "editorial"
    years = _period(new.period)
    return {
        "organisation.ttl": _filled(
            "organisation",
            common,
            graph=graph,
            about=_both(f"Om {name}", f"About {name}"),
            name=_literal(name, new.language),
            base=f"  void:uriSpace {ox.Literal(base)} ;\n" if base else "",
        ),
        f"{new.plan}/plan.ttl": _filled(
            "plan",
            common,
            graph=f"{graph}/{new.plan}",
            title=_literal(title, new.language),
            language=LANGUAGES[new.language],
            temporal="  dct:temporal <period> ;\n" if years else "",
            period=_period_description(years, new.language) if years else "",
        ),
        f"{new.plan}/{translation}/labels.ttl": _filled(
            "labels",
            {**common, "lang": other},
            graph=f"{graph}/{new.plan}/{translation}",
            source=f"{graph}/{new.plan}",
            title=_both(f"Oversettelse av {title}", f"Translation of {title}"),
            language=LANGUAGES[other],
        ),
        f"{new.plan}/{editorial}/links.ttl": _filled(
            "links",
            common,
            graph=f"{graph}/{new.plan}/{editorial}",
            source=f"{graph}/{new.plan}",
            title=_both(f"Redaksjonelle koblinger fra {title}", f"Editorial links from {title}"),
        ),
    }


def _filled(template: str, common: Mapping[str, str], **values: str) -> str:
    text = (files(__package__) / "templates" / f"{template}.ttl").read_text(encoding="utf-8")
    return Template(text).substitute(common, **values)


def _text(given: str, what: str) -> str:
    """Return a text on one line.

    Raises:
        InputError: it is blank, or has characters that are not shown.
    """
    text = " ".join(given.split(" ")).strip()
    if not text:
        raise InputError(f"{what} is missing")
    if _UNPRINTABLE.search(text):
        raise InputError(f"{what} is one line of text, without control characters; it cannot be {text!r}")
    return text


def _literal(text: str, language: str) -> str:
    return str(ox.Literal(text, language=language))


def _both(norwegian: str, english: str) -> str:
    return f"{_literal(norwegian, 'nb')} , {_literal(english, 'en')}"


def _period(given: str | None) -> tuple[str, str] | None:
    """Return the first and the last year.

    Raises:
        InputError: they are no years, or in the wrong order.
    """
    if not given:
        return None
    found = _PERIOD.fullmatch(given.strip())
    if found is None or found[1] > found[2]:
        raise InputError(f"the period is its first and its last year, such as 2025-2037; it cannot be {given!r}")
    return found[1], found[2]


def _period_description(years: tuple[str, str], language: str) -> str:
    first, last = years
    return (
        "\n<period> a dct:PeriodOfTime ;\n"
        f"  rdfs:label {_literal(f'{first}–{last}', language)} ;\n"
        f'  dcat:startDate "{first}"^^xsd:gYear ;\n'
        f'  dcat:endDate "{last}"^^xsd:gYear .\n'
    )


def _base(given: str | None) -> str | None:
    """Return the prefix of the publisher's own addresses.

    Raises:
        InputError: it is no address of a folder, or one of Plangraf's.
    """
    if given is None:
        return None
    refused = InputError(
        "the base is an address that ends with a slash, such as https://data.example.no/plan/; "
        f"it cannot be {given!r}"
    )
    try:
        parts = urlsplit(given)
        ox.NamedNode(given)
        host = parts.hostname
        port = parts.port
    except ValueError as error:
        raise refused from error
    plain = f"{host or ''}{'' if port is None else f':{port}'}"
    segments = parts.path.split("/")[1:-1]
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.netloc != plain
        or not re.fullmatch(r"/(?:[A-Za-z0-9._~-]+/)*", parts.path)
        or {".", ".."} & set(segments)
        or given != f"{parts.scheme}://{plain}{parts.path}"
    ):
        raise refused
    if given.startswith(f"{BASE}/") or BASE.startswith(given):
        raise InputError(f"addresses below {BASE}/ are given without --base")
    return given
