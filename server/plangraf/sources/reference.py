"""The reference data that every release holds: the SDG scheme, and who made it."""

from plangraf import shipped
from plangraf.sources.dataset import Dataset, read_dataset


def read_reference() -> Dataset:
    """Read the SDG scheme and its creator as they are shipped, in the graphs that they have in the shipped data."""
    folders = {shipped.DATA / "sdg", shipped.DATA / "plangraf"}
    files = read_dataset([shipped.DATA]).files
    return Dataset(tuple(file for file in files if not folders.isdisjoint(file.path.parents)))
