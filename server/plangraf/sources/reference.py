"""The reference data of every release: the SDG scheme and its creator."""

from plangraf import shipped
from plangraf.sources.dataset import ListedFile, list_files


def list_reference() -> tuple[ListedFile, ...]:
    """Return the shipped files of the SDG scheme and of its creator, with their graphs."""
    folders = {shipped.DATA / "sdg", shipped.DATA / "plangraf"}
    return tuple(file for file in list_files([shipped.DATA]) if not folders.isdisjoint(file.path.parents))
