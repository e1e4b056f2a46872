"""The error of a build whose data violate the shapes."""

from plangraf.errors import NonconformingError
from plangraf.validation.render import to_text
from plangraf.validation.report import Report


class ViolatedError(NonconformingError):
    """The data of a release violate the shapes.

    Attributes:
        report: the validation report.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(to_text(report, "en"))
        self.report = report
