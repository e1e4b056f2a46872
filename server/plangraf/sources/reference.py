"""The reference data that every release holds: the SDG scheme, and who made it."""

from plangraf import shipped
from plangraf.sources.dataset import ListedFile, list_files


def list_reference() -> tuple[ListedFile, ...]:
    """List the files of the SDG scheme and of its creator as they are shipped, in the graphs that they have there."""
    folders = {shipped.DATA / "sdg", shipped.DATA / "plangraf"}
    return tuple(file for file in list_files([shipped.DATA]) if not folders.isdisjoint(file.path.parents))
