"""The index file of a release that is being built: written anew, or changed from that of the previous release."""

import gc
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from plangraf.errors import InputError
from plangraf.release.release import read_manifest
from plangraf.release.write import ReleaseContent
from plangraf.search.index_file import changing, update_index, write_index
from plangraf.search.release_index import INDEX, find_index
from plangraf.search.report_build import changed_parts, reports_are_separable, whole_change
from plangraf.search.statements import IndexSource

_MOST = 0.2
"""The share of the quads up to which changing the index of the previous release is faster than writing a new one."""


def index_release(content: ReleaseContent, folder: Path) -> tuple[str, ...]:
    """Write the index file of a release to a folder, and return its name.

    Raises:
        InputError: the file cannot be written.
    """
    path = folder / INDEX
    try:
        with _without_collections(), ThreadPoolExecutor(1) as reporter:
            previous = _previous_index(content) if is_separable(content) else None
            if previous is not None and reports_are_separable(content):
                reporting = reporter.submit(changed_parts, content)
            else:
                reporting = reporter.submit(lambda: whole_change(content.lines(content.parts)))
            if previous is not None:
                shutil.copyfile(previous, path)
                before, after = IndexSource(), IndexSource()
                before.read(content.previous_lines(content.replaced))
                after.read(content.lines(part for part in content.parts if not part.reused))
                update_index(path, before, after)
            else:
                source = IndexSource()
                source.read(content.lines(content.parts))
                write_index(path, source)
            with changing(path) as database:
                reporting.result().write(database)
    except (OSError, sqlite3.Error) as error:
        raise InputError(f"the search index cannot be written: {error}", folder) from error
    return (INDEX,)


def is_separable(content: ReleaseContent) -> bool:
    """Return whether few parts have changed, and what is indexed of the others does not depend on them.

    An entry depends on all parts that describe its resource or make claims about it, and on the part of its plan.
    """
    reused = [part for part in content.parts if part.reused]
    changed = [part for part in content.parts if not part.reused]
    replaced, previous = content.replaced, content.previous.parts.values()
    size = sum(record.size for record in replaced)
    if not previous or size > _MOST * sum(record.size for record in previous) or len(changed) > len(reused):
        return False
    own = {plan for record in replaced for plan in record.plans} | {p for part in changed for p in part.source.plans}
    others = {plan for record in previous for plan in record.plans} - own
    indexes = [*(record.index for record in replaced), *(part.index for part in changed)]
    return not any(index.refers_to(others) for index in indexes) and all(
        not part.index.refers_to(own) and all(index.is_apart_from(part.index) for index in indexes) for part in reused
    )


def _previous_index(content: ReleaseContent) -> Path | None:
    folder = content.previous.quads.parent
    try:
        return find_index(folder, read_manifest(folder).files)
    except (FileNotFoundError, InputError):
        return None


@contextmanager
def _without_collections() -> Iterator[None]:
    """Switch garbage collection off, which would look through the many objects of an index again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
