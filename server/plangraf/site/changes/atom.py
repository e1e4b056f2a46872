"""The changes as an Atom feed (RFC 4287), in pages (RFC 5005, section 3): the members of the stream as entries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from plangraf.formats import ATOM, HTML, TURTLE
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.addresses import document_iri
from plangraf.release.change_reader import ChangeReader
from plangraf.release.changes import ChangeKind, RecordedSwitch, ThingChange
from plangraf.site.changes.selection import ChangeSelection
from plangraf.site.changes.stream import member_iri
from plangraf.view.paging import count_pages
from plangraf.view.reader import Reader
from plangraf.view.timeline import CHANGE_WORDS, CHANGES_PATH, FEED_PATH, kind_word, thing_name

_SIZE = 100
"""The number of entries on a page of the feed."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML cannot hold."""
_TITLE = N_("Plangraf: changes")
_OF_PLAN = N_("Plangraf: changes of {plan}")


@dataclass(frozen=True)
class _FeedPage:
    """The changes on a page of the feed, the newest first, with their switches and the names of their plans."""

    changes: list[ThingChange]
    switches: Mapping[int, RecordedSwitch]
    plans: Mapping[str, ThingChange]
    newest: RecordedSwitch
    pages: int


async def write_feed(selection: ChangeSelection, request: RecordingRequest, services: Services) -> Content:
    """Return a page of the feed.

    Raises:
        ResourceNotFound: the feed has no such page.
    """
    page = await services.changes.ask(lambda log: _read(log, selection))
    reader = Reader.of(request)
    settings = services.settings
    address = request.base + FEED_PATH

    def link(relation: str, number: int) -> str:
        return _link(relation, reader.href(address + selection.query(number)), ATOM.media_type)

    title = reader.gettext(_TITLE)
    if selection.plan is not None:
        plan = page.plans[selection.plan]
        title = reader.gettext(_OF_PLAN).format(plan=thing_name(plan, reader).text)
    number = selection.number
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{reader.language}">',
        f"<id>{_text(document_iri(CHANGES_PATH) + selection.query(1))}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{_time(page.newest)}</updated>",
        f"<author><name>{_text(settings.publisher_name)}</name><uri>{_text(settings.publisher)}</uri></author>",
        f'<generator uri="{document_iri("/about")}">Plangraf</generator>',
        link("self", number),
        _link("alternate", reader.href(request.base + CHANGES_PATH + selection.query(1)), HTML.media_type),
        _link("related", f"{request.base}{CHANGES_PATH}.{TURTLE.extension}", TURTLE.media_type),
        link("first", 1),
        *([link("previous", number - 1)] if number > 1 else []),
        *([link("next", number + 1)] if number < page.pages else []),
        link("last", page.pages),
        *(_entry(change, page, reader, request.base) for change in page.changes),
        "</feed>",
    ]
    return Content(("\n".join(lines) + "\n").encode(), language=reader.languages)


def _read(log: ChangeReader, selection: ChangeSelection) -> _FeedPage:
    total = log.last if selection.plan is None else log.count_changes(selection.plan)
    pages = count_pages(total, _SIZE, selection.number)
    changes = log.newest((selection.number - 1) * _SIZE, _SIZE, selection.plan)
    plans = {change.plan for change in changes} | {selection.plan}
    return _FeedPage(
        changes,
        {each: switch for each in {change.switch for change in changes} if (switch := log.switch(each))},
        {plan: last for plan in plans if plan is not None and (last := log.last_change(plan))},
        log.switches(0, 1, selection.plan)[0],
        pages,
    )


def _entry(change: ThingChange, page: _FeedPage, reader: Reader, base: str) -> str:
    switch, path = page.switches[change.switch], reader.addresses.document_path(change.iri)
    plan = page.plans.get(change.plan or "")
    word = reader.gettext(CHANGE_WORDS[change.change])
    name = thing_name(change, reader).text
    numbered = f"{change.notation} {name}" if change.notation else name
    said = [kind_word(change, reader), thing_name(plan, reader).text if plan else "", switch.message]
    if path is None:
        target = change.iri
    elif change.change == ChangeKind.WITHDRAWN:
        target = base + path
    else:
        stem, mark, place = path.partition("#")
        target = f"{base}{reader.href(f'{stem}?release={switch.release}')}{mark}{place}"
    parts = [
        f"<id>{_text(member_iri(change))}</id>",
        f"<title>{_text(f'{numbered} – {word}')}</title>",
        f"<updated>{_time(switch)}</updated>",
        f"<category term={quoteattr(change.change.value)} label={quoteattr(word)}/>",
        _link("alternate", target, HTML.media_type if path is not None else None),
        f"<summary>{_text(' · '.join(part for part in said if part) or numbered)}</summary>",
    ]
    return f"<entry>{''.join(parts)}</entry>"


def _link(relation: str, target: str, media_type: str | None) -> str:
    kind = f" type={quoteattr(media_type)}" if media_type else ""
    return f"<link rel={quoteattr(relation)}{kind} href={quoteattr(target)}/>"


def _time(switch: RecordedSwitch) -> str:
    return switch.time.isoformat().replace("+00:00", "Z")


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))
