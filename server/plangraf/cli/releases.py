"""`plangraf releases`: list the releases of the state folder and the switches between them."""

import sys

import typer

from plangraf.cli.state_option import StateOption, state_folder
from plangraf.visible import visible_line


def releases(state: StateOption = None) -> None:
    """List what was current and when, oldest first, with who switched and why."""
    from plangraf.release.release import is_pruned
    from plangraf.release.state import StateFolder

    folder = StateFolder(state_folder(state))
    stored = [name for name in folder.releases() if not is_pruned(folder.path / name)]
    entries = folder.history()
    current = folder.current
    for number, entry in enumerate(entries):
        last = number == len(entries) - 1
        mark = "*" if last and entry.release == current else " "
        gone = "" if entry.release in stored else "  (pruned)"
        words = "  ".join(visible_line(word) for word in (entry.by, entry.message) if word)
        line = f"{mark} {entry.time:%Y-%m-%dT%H:%M:%SZ}  {entry.release}  {entry.action:<10}  {words}{gone}"
        sys.stdout.write(f"{line.rstrip()}\n")
    for name in stored:
        if all(entry.release != name for entry in entries):
            sys.stdout.write(f"{'*' if name == current else ' '} {'not in the history':20}  {name}\n")
    if not stored and not entries:
        sys.stdout.write(f"{folder.path}: no release yet; plangraf publish makes the first one\n")
    raise typer.Exit
