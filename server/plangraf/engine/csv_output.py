"""CSV as pyoxigraph writes it, made into CSV for spreadsheets."""

from plangraf.engine.output import ByteOutput
from plangraf.spreadsheet import SpreadsheetConverter


class SpreadsheetOutput:
    """Passes CSV on to an output, as CSV for spreadsheets. It is complete after `finish`.

    Args:
        out: the output.
    """

    def __init__(self, out: ByteOutput) -> None:
        self._out = out
        self._converter = SpreadsheetConverter()

    def write(self, data: bytes) -> int:
        """Take some bytes, write the rows that are complete with them, and return the number of bytes taken."""
        self._out.write(self._converter.convert(data))
        return len(data)

    def flush(self) -> None:
        """Flush the output."""
        self._out.flush()

    def finish(self) -> None:
        """Write the last row, after the last bytes."""
        self._out.write(self._converter.convert(b"", final=True))
        self._out.flush()
