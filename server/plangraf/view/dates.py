"""Dates and periods in the reader's language, as exact as the data give them: a year, a month or a day."""

import re
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date as format_day

from plangraf.languages import DATE_LOCALES, InterfaceLanguage, translations

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_SKELETONS = {1: "y", 2: "LLLL y", 3: "long"}


@dataclass(frozen=True)
class ExactDate:
    """A date as it is in the data: the text of an xsd:gYear, xsd:gYearMonth or xsd:date."""

    text: str

    @property
    def parts(self) -> tuple[int, ...]:
        """The year, and the month and the day if they are given; nothing if the text is no date."""
        match = _DATE.fullmatch(self.text)
        parts = tuple(int(part) for part in match.groups() if part is not None) if match else ()
        try:
            date(*(*parts, 1, 1)[:3])
        except (TypeError, ValueError):
            return ()
        return parts

    def written(self, language: InterfaceLanguage) -> str:
        """Return the date in words, no more exact than the data; a text that is no date is unchanged."""
        parts = self.parts
        if not parts:
            return self.text
        return format_day(date(*(*parts, 1, 1)[:3]), format=_SKELETONS[len(parts)], locale=DATE_LOCALES[language])


@dataclass(frozen=True)
class PeriodOfTime:
    """A period whose start or end may be open, which is None."""

    start: ExactDate | None
    end: ExactDate | None

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None

    def written(self, language: InterfaceLanguage) -> str:
        """Return the period in words; years only are joined without spaces, as in 2020–2032."""
        _ = translations(language).gettext
        start, end = (bound.written(language) if bound else None for bound in (self.start, self.end))
        if start is not None and end is not None:
            bounds = (self.start, self.end)
            dash = "–" if all(bound is not None and len(bound.parts) == 1 for bound in bounds) else " – "
            return start if start == end else f"{start}{dash}{end}"
        if start is not None:
            return _("from {start}").format(start=start)
        return _("until {end}").format(end=end) if end is not None else ""
