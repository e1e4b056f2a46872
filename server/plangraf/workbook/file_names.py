"""The names of files and folders that are workbooks."""

from collections.abc import Sequence
from pathlib import Path, PurePath

XLSX = (".xlsx", ".xlsm")
CALAMINE = (".ods", ".xls")
EXTENSIONS = (*XLSX, *CALAMINE)
"""The ends of the names of workbooks; `.xls` and `.ods` are read, and not written."""
_CSV = ".csv"
_PLAN = "plan"
_LOCK = ("~$", ".~lock")


def is_workbook(path: Path) -> bool:
    """Return whether a file has the name of a workbook, and is not what a program keeps beside an open one."""
    return path.name.lower().endswith(EXTENSIONS) and not path.name.startswith(_LOCK)


def is_csv_folder(path: Path) -> bool:
    """Return whether a folder has the sheet of the plan as a CSV file."""
    return path.is_dir() and any(name.lower() == _PLAN for name in sheet_names(csv_files(path)))


def csv_files(path: Path) -> list[Path]:
    """Return the CSV files of a folder, in the order of their names."""
    return sorted(file for file in path.iterdir() if file.is_file() and file.name.lower().endswith(_CSV))


def sheet_names(files: Sequence[PurePath]) -> list[str]:
    """Return the names of the sheets that CSV files are, without the name of a workbook that all begin with.

    Programs that save all sheets write `plan-Mål.csv` or `plan - Mål.csv`.
    """
    stems = [file.stem for file in files]
    shared = "".join(stems[:1]).rpartition("-")[0] + "-"
    if len(stems) < 2 or not all(stem.startswith(shared) for stem in stems):
        return stems
    return [stem.removeprefix(shared).strip() for stem in stems]
