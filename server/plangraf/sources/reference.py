"""The reference data that every release holds: the SDG scheme."""

from plangraf import shipped
from plangraf.sources.dataset import ListedFile, list_files


def list_reference() -> tuple[ListedFile, ...]:
    """List the files of the SDG scheme as it is shipped, in the graphs that it has in the shipped data."""
    folder = shipped.DATA / "sdg"
    return tuple(file for file in list_files([shipped.DATA]) if folder in file.path.parents)
