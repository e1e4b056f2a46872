"""The reference data that every release holds: the SDG scheme."""

from plangraf import shipped
from plangraf.sources.dataset import Dataset, read_dataset


def read_reference() -> Dataset:
    """Read the SDG scheme as it is shipped, in the graphs that it has in the shipped data."""
    folder = shipped.DATA / "sdg"
    return Dataset(tuple(file for file in read_dataset([shipped.DATA]).files if folder in file.path.parents))
