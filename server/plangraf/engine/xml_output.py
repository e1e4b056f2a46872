"""XML as pyoxigraph writes it, made such that parsers read from it what was written.

pyoxigraph writes carriage returns as they are, which parsers read as line feeds (XML 1.0, section 2.11), and
characters that XML does not have. Looking for both in the bytes takes far less time than looking at each value.
"""

import re

from plangraf.engine.errors import AnswerInexpressible
from plangraf.engine.output import ByteOutput
from plangraf.formats import XML
from plangraf.rdf.expressible import NOT_XML, code_point, escape_carriage_returns

_CONTROL = bytes({*range(9), 0x0B, 0x0C, *range(0x0E, 0x20)})
_OTHERS = bytes(set(range(256)).difference(_CONTROL))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
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
        if data.translate(None, _OTHERS) or any(character in data for character in _NONCHARACTERS):
            text = data.decode()
            found = NOT_XML.search(text)
            assert found is not None  # noqa: S101  # it is among the bytes
            before = text[: found.start()].encode()
            variable = (_VARIABLE.findall(before) or [self._variable])[-1].decode()
            raise AnswerInexpressible(False, XML.key, "character", code_point(found[0]), variable)
        start = data.rfind(b'<binding name="')
        if start >= 0 and (last := _VARIABLE.match(data, start)):
            self._variable = last[1]
        return super().write(data)
