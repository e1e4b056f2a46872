"""`plangraf info`: what a release holds."""

import sys
from typing import Annotated

import typer

from plangraf.cli.completion import release_names
from plangraf.cli.state_option import StateOption, state_folder
from plangraf.visible import visible_line


def info(
    release: Annotated[
        str | None,
        typer.Argument(help="else the current one", metavar="RELEASE", autocompletion=release_names),
    ] = None,
    state: StateOption = None,
) -> None:
    """Tell what a release holds, and when it was current."""
    from plangraf.release.release import CURRENT, is_pruned, read_manifest
    from plangraf.release.state import StateFolder

    folder = StateFolder(state_folder(state))
    path = folder.find(release or CURRENT)
    manifest = read_manifest(path)
    counts = manifest.counts
    mark = " (pruned)" if is_pruned(path) else " (current)" if manifest.release == folder.current else ""
    lines = [
        f"release    {manifest.release}{mark}",
        f"folder     {path}",
        f"built      {manifest.built:%Y-%m-%dT%H:%M:%SZ} by Plangraf {manifest.software}"
        if manifest.built
        else f"built      by Plangraf {manifest.software}",
        f"sha256     {manifest.sha256}",
        f"size       {manifest.size} bytes",
        f"triples    {counts.triples} in {len(counts.graphs)} graphs",
        "results    " + ", ".join(f"{number} {severity}" for severity, number in manifest.validation.items()),
        *(f"plan       {plan}" for plan in manifest.plans),
        *(
            f"switch     {entry.time:%Y-%m-%dT%H:%M:%SZ} {entry.action}"
            + "".join(f", {visible_line(word)}" for word in (entry.by, entry.message) if word)
            for entry in folder.history()
            if entry.release == manifest.release
        ),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
