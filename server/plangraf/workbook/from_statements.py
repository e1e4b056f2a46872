"""The conversion of the statements of a plan to the rows of a workbook, and the list of what it cannot hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.addresses import PlanAddresses
from plangraf.workbook.described import PlanDescription
from plangraf.workbook.row_writer import RowWriter
from plangraf.workbook.rows import WorkbookRows
from plangraf.workbook.to_statements import to_statements


@dataclass(frozen=True)
class PlanRows:
    """The rows for the statements of a plan.

    Attributes:
        rows: the rows.
        lost: the statements that the rows do not make.
        added: the statements that the rows make beyond those.
    """

    rows: WorkbookRows
    lost: tuple[ox.Quad, ...]
    added: tuple[ox.Quad, ...]


def from_statements(
    quads: Iterable[ox.Quad], addresses: PlanAddresses, language: InterfaceLanguage = "nb"
) -> PlanRows:
    """Return the rows that make the statements of a plan; what they lose is found by reading them back.

    Args:
        quads: the statements of the graphs of the plan.
        addresses: the addresses of the plan.
        language: the language of the codes in the cells.
    """
    given = tuple(dict.fromkeys(quads))
    rows = RowWriter(PlanDescription(given, addresses), language).rows()
    made = to_statements(rows).quads
    return PlanRows(rows, _without(given, made), _without(made, given))


def _without(quads: Sequence[ox.Quad], others: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    known = set(others)
    return tuple(quad for quad in quads if quad not in known)
