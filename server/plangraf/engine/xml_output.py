"""XML as pyoxigraph writes it, made such that parsers read from it what was written.

pyoxigraph writes carriage returns as they are, which parsers read as line feeds (XML 1.0, section 2.11), and
characters that XML does not have. Looking for both in the bytes takes far less time than looking at each value.
"""

import re

from plangraf.engine.errors import AnswerInexpressible
from plangraf.engine.output import ByteOutput
from plangraf.formats import XML
from plangraf.rdf.expressible import NOT_XML, code_point, escape_carriage_returns

# Control characters, among them the carriage return, and the first byte of U+FFFE and U+FFFF in UTF-8.
_SUSPICIOUS = {*range(9), *range(0x0B, 0x20), 0xEF}
_OTHERS = bytes(set(range(256)) - _SUSPICIOUS)
_VARIABLE = re.compile(rb'<binding name="([^"]*)">')


class GraphXmlOutput:
    """Passes RDF/XML on to an output, with carriage returns as references.

    Args:
        out: the output.
    """

    def __init__(self, out: ByteOutput) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        """Write some bytes, and return their number."""
        self._out.write(escape_carriage_returns(data))
        return len(data)

    def flush(self) -> None:
        """Flush the output."""
        self._out.flush()


class ResultsXmlOutput(GraphXmlOutput):
    """Passes SPARQL results in XML on to an output, with carriage returns as references.

    Args:
        out: the output.
    """

    def __init__(self, out: ByteOutput) -> None:
        super().__init__(out)
        self._variable = b""

    def write(self, data: bytes) -> int:
        """Write some bytes, and return their number.

        Raises:
            AnswerInexpressible: XML cannot hold a character of a value.
        """
        if data.translate(None, _OTHERS):
            text = data.decode()
            found = NOT_XML.search(text)
            if found is not None:
                before = text[: found.start()].encode()
                variable = (_VARIABLE.findall(before) or [self._variable])[-1].decode()
                raise AnswerInexpressible(False, XML.key, "character", code_point(found[0]), variable)
        start = data.rfind(b'<binding name="')
        if start >= 0 and (last := _VARIABLE.match(data, start)):
            self._variable = last[1]
        return super().write(data)
