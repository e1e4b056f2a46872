"""`plangraf prune`: remove the data of old releases."""

import sys
from typing import Annotated

import typer

from plangraf.cli.state_option import StateOption, state_folder


def prune(
    keep: Annotated[
        int | None,
        typer.Option("--keep", metavar="N", min=1, help="keep the N releases that were current last"),
    ] = None,
    older_than: Annotated[
        float | None,
        typer.Option("--older-than", metavar="DAYS", min=0, help="keep what was current in the last DAYS days"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="remove nothing; tell what would be removed")] = False,
    state: StateOption = None,
) -> None:
    """Remove the data of old releases; their manifests and the history stay, and their addresses answer 410.

    The current release stays, and so does one that is served or read. With both options, a release goes only if
    neither keeps it.
    """
    from plangraf.release.prune import Retention
    from plangraf.release.prune import prune as prune_releases

    folder = state_folder(state)
    done = prune_releases(folder, Retention(keep, older_than), dry_run=dry_run)
    for each in done.folders:
        sys.stdout.write(f"{each.name}  {each.size} bytes\n")
    for name in done.in_use:
        sys.stdout.write(f"{name}  stays: it is being served or read\n")
    verb = "would be freed" if dry_run else "freed"
    sys.stdout.write(f"{folder}: {done.size} bytes {verb}\n")
