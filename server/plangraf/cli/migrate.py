"""`plangraf migrate`: rewrite files of the older model."""

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from plangraf.errors import InputError
from plangraf.formats import TRIG
from plangraf.migration.facts import Facts
from plangraf.migration.files import FileMigration, migrations, write_atomically
from plangraf.migration.migrate import Manner, MigratedFile, MigrationSource
from plangraf.migration.migrate import migrate as migrate_source
from plangraf.sources.recognition import recognize

_STANDARD_INPUT = Path("-")


def migrate(
    paths: Annotated[
        list[Path], typer.Argument(help="RDF files, or folders of them; - is standard input", metavar="PATH…")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="write nothing; show the changes as a diff")] = False,
    check: Annotated[bool, typer.Option("--check", help="write nothing; exit 1 if a file would change")] = False,
) -> None:
    """Rewrite RDF files of the older model to the present one. Exit 0: done; 2: a file cannot be read or written.

    Name the folder with all files of your plans: some rewrites depend on what another file says. In Turtle, TriG,
    N-Triples and N-Quads, only the statements concerned change. RDF/XML and JSON-LD are written anew in stable order.
    """
    if _STANDARD_INPUT in paths:
        _migrate_standard_input(paths, dry_run=dry_run, check=check)
        return
    writes = not (dry_run or check)
    total = changed = failed = 0
    for found in migrations(paths):
        total += 1
        try:
            if found.error is not None:
                raise found.error
            if found.after is None or found.after.manner is None:
                continue
            if writes:
                write_atomically(found.path, found.after.content)
        except InputError as error:
            failed += 1
            sys.stderr.write(f"plangraf: {error}\n")
            continue
        changed += 1
        if dry_run:
            sys.stdout.write(_diff(found, found.after))
        else:
            sys.stdout.write(f"{found.path}: {_summary(found.after)}\n")
    (sys.stderr if dry_run else sys.stdout).write(f"{_total(changed, total, writes=writes)}\n")
    if failed:
        raise typer.Exit(2)
    raise typer.Exit(1 if check and changed else 0)


def _migrate_standard_input(paths: Sequence[Path], *, dry_run: bool, check: bool) -> None:
    """Write what standard input says after the migration to standard output.

    Raises:
        InputError: there are other paths, or the input cannot be read.
    """
    if len(paths) > 1:
        raise InputError("- stands for standard input, and cannot be combined with other paths")
    content = sys.stdin.buffer.read()
    # TriG has Turtle, N-Triples and N-Quads but for their named graphs.
    source = MigrationSource(Path("<stdin>"), content, recognize(content, TRIG), "file:///dev/stdin")
    facts = Facts()
    facts.add(source.quads())
    after = migrate_source(source, facts)
    if dry_run:
        sys.stdout.write(_diff(FileMigration(source.path, content, after), after) if after.manner else "")
    elif not check:
        sys.stdout.buffer.write(after.content)
    if after.manner is not None:
        sys.stderr.write(f"{source.path}: {_summary(after)}\n")
    raise typer.Exit(1 if check and after.manner is not None else 0)


def _summary(after: MigratedFile) -> str:
    """Return the rewrites of a file with their counts, and whether it was written anew."""
    rewrites = ", ".join(f"{rewrite.old} → {rewrite.new}: {count}" for rewrite, count in after.counts.items())
    if after.manner == Manner.EDITED:
        return rewrites
    return f"{rewrites}; written anew in stable order{', without its comments' if after.lost_comments else ''}"


def _total(changed: int, total: int, *, writes: bool) -> str:
    files = f"{total} file{'' if total == 1 else 's'}"
    if not changed:
        return f"Nothing to rewrite in {files}."
    return f"{changed} of {files} {'rewritten' if writes else 'would be rewritten'}."


def _diff(found: FileMigration, after: MigratedFile) -> str:
    """Return the changes of a file as a unified diff."""
    before_lines, after_lines = (
        content.decode("utf-8", "replace").replace("\r\n", "\n").splitlines()
        for content in (found.before, after.content)
    )
    name = found.path.as_posix()
    return "".join(f"{line}\n" for line in difflib.unified_diff(before_lines, after_lines, name, name, lineterm=""))
