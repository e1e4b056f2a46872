"""Faults of sources, in words that are kept with the source and translated when a page shows them."""

from functools import partial

from pydantic import BaseModel, ConfigDict

from plangraf.errors import PlangrafError
from plangraf.languages import InterfaceLanguage, Msgid, filled

_LONGEST = 500
"""The number of characters of a value: what a source sends may have any length."""


class HarvestFault(BaseModel):
    """The words about a fault, as they are recorded.

    Attributes:
        template: the fault and its remedy, with the names of `values` in braces.
        values: the values of the placeholders.
    """

    model_config = ConfigDict(frozen=True)

    template: str
    values: dict[str, str | int] = {}

    def text(self, language: InterfaceLanguage) -> str:
        """Return the words in a language."""
        return filled(Msgid(self.template), self.values, language)


class HarvestError(PlangrafError):
    """A source, or a document of one, cannot be harvested.

    Attributes:
        fault: the words about it.
    """

    def __init__(self, template: Msgid, **values: str | int) -> None:
        shortened = {
            name: f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value
            for name, value in values.items()
        }
        self.fault = HarvestFault(template=template, values=shortened)
        super().__init__(self.fault.text("en"))

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process makes the same error."""
        return partial(type(self), Msgid(self.fault.template), **self.fault.values), ()


class NothingToHarvestError(HarvestError):
    """A document has no plan and no graph of a publisher, which is no fault of a document of a catalogue."""
