"""The target of an indicator as a sentence: "at least 80% lower than in 2009 by 2030"."""

import re
from dataclasses import dataclass
from string import Formatter

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, translations
from plangraf.namespaces import expand
from plangraf.view.amount import format_amount
from plangraf.view.reading import Name, Reading
from plangraf.view.shorten import cut

_LONGEST = 120
"""The number of letters of a unit that a sentence has."""
_YEAR = re.compile(r"(-?\d{4,9})(?:Z|[+-]\d\d:\d\d)?")
_PERCENT = re.compile(r"(?:per ?cent|prosent|%)(?=\s|$)", re.IGNORECASE)
_AT_LEAST, _AT_MOST, _INCREASE, _DECREASE, _MAINTAIN = (
    expand(f"plan:{name}") for name in ("AtLeast", "AtMost", "Increase", "Decrease", "Maintain")
)


@dataclass(frozen=True)
class IndicatorTarget:
    """The statements about the target of an indicator, each as the data have it, or None.

    Attributes:
        direction: the IRI of the direction.
        value: the target value.
        year: the year by which the target value should be reached.
        unit: the unit, in the best language for the reader.
        baseline: the value that the indicator is compared with.
        baseline_year: the year of the baseline.
    """

    direction: str | None = None
    value: ox.Literal | None = None
    year: str | None = None
    unit: Name | None = None
    baseline: ox.Literal | None = None
    baseline_year: str | None = None


@dataclass(frozen=True)
class TargetSentence:
    """The target of an indicator in words.

    Attributes:
        parts: the words in the language of the page, and the unit with its language, in the order of the sentence.
    """

    parts: tuple[Name, ...]

    @property
    def text(self) -> str:
        """The whole sentence, without a capital letter and without a full stop."""
        return "".join(part.text for part in self.parts)


def read_target(reading: Reading, indicator: str) -> IndicatorTarget:
    """Return what the statements say about the target of an indicator."""

    def literal(name: str) -> ox.Literal | None:
        return next(iter(reading.statements.literals(indicator, expand(name))), None)

    return IndicatorTarget(
        direction=reading.statements.iri(indicator, expand("plan:direction")),
        value=literal("plan:target"),
        year=_year(literal("plan:targetYear")),
        unit=reading.text(indicator, "plan:unit"),
        baseline=literal("plan:baseline"),
        baseline_year=_year(literal("plan:baselineYear")),
    )


def read_target_sentence(reading: Reading, indicator: str) -> TargetSentence | None:
    """Return the target of an indicator in words, or None if the statements tell no target."""
    return target_sentence(read_target(reading, indicator), reading.reader.language)


def target_sentence(target: IndicatorTarget, language: InterfaceLanguage) -> TargetSentence | None:
    """Return a target in words, or None if the statements tell none: no sentence says more than they do.

    "At least" without a value is no target. "At most" without a value means the baseline, as the ontology says.

    Args:
        target: the statements about the target.
        language: the language of the sentence; a unit in another language keeps its own.
    """
    template = _with_value(target, language) if target.value is not None else _without_value(target, language)
    if template is None:
        return None
    _ = translations(language).gettext
    if target.year is not None:
        # What is held or not exceeded is so all the time; the rest is reached in the end.
        lasting = target.value is None and target.direction in (_AT_MOST, _MAINTAIN)
        template = (_("{target} until {year}") if lasting else _("{target} by {year}")).replace("{target}", template)
    year_in_unit = (
        target.baseline_year is not None and target.unit is not None and target.baseline_year in target.unit.text
    )
    if target.value is not None and target.baseline_year and target.baseline is None and not year_in_unit:
        template = _("{target}, compared with {baseline_year}").replace("{target}", template)
    return TargetSentence(tuple(_filled(template, target, language)))


def _with_value(target: IndicatorTarget, language: InterfaceLanguage) -> str | None:
    _ = translations(language).gettext
    compared = target.baseline is not None and target.baseline_year is not None
    if target.direction == _INCREASE:
        return (
            _("should increase from {baseline} in {baseline_year} to {value}")
            if compared
            else _("should increase to {value}")
        )
    if target.direction == _DECREASE:
        return (
            _("should decrease from {baseline} in {baseline_year} to {value}")
            if compared
            else _("should decrease to {value}")
        )
    sentences = {
        _AT_LEAST: _("at least {value}"),
        _AT_MOST: _("at most {value}"),
        _MAINTAIN: _("should stay at {value}"),
    }
    sentence = sentences.get(target.direction or "", _("should reach {value}"))
    return _("{target} ({baseline} in {baseline_year})").replace("{target}", sentence) if compared else sentence


def _without_value(target: IndicatorTarget, language: InterfaceLanguage) -> str | None:
    _ = translations(language).gettext
    valued, dated = target.baseline is not None, target.baseline_year is not None
    if valued and dated:
        sentences = {
            _AT_MOST: _("should not be higher than {baseline}, as in {baseline_year}"),
            _INCREASE: _("should increase from {baseline} in {baseline_year}"),
            _DECREASE: _("should decrease from {baseline} in {baseline_year}"),
            _MAINTAIN: _("should stay at the level of {baseline_year}: {baseline}"),
        }
    elif valued:
        sentences = {
            _AT_MOST: _("should not be higher than {baseline}"),
            _INCREASE: _("should increase from {baseline}"),
            _DECREASE: _("should decrease from {baseline}"),
            _MAINTAIN: _("should stay at {baseline}"),
        }
    elif dated:
        sentences = {
            _AT_MOST: _("should not be higher than in {baseline_year}"),
            _INCREASE: _("should be higher than in {baseline_year}"),
            _DECREASE: _("should be lower than in {baseline_year}"),
            _MAINTAIN: _("should stay at the level of {baseline_year}"),
        }
    else:
        sentences = {
            _AT_MOST: _("should not increase"),
            _INCREASE: _("should increase"),
            _DECREASE: _("should decrease"),
            _MAINTAIN: _("should stay at the same level"),
        }
    return sentences.get(target.direction or "")


def _filled(template: str, target: IndicatorTarget, language: InterfaceLanguage) -> list[Name]:
    """Return the parts of a sentence, from a template with names of placeholders."""
    parts: list[Name] = []
    years = {"year": target.year, "baseline_year": target.baseline_year}
    amounts = {"value": target.value, "baseline": target.baseline}
    for words, placeholder, _, _ in Formatter().parse(template):
        parts.append(Name(words))
        amount = amounts.get(placeholder or "")
        if amount is not None:
            # A unit that compares, as "per cent lower than in 2009", is no unit of the baseline.
            comparing = placeholder == "baseline" and target.baseline_year is not None
            unit = target.unit
            if unit is not None and comparing and (target.baseline_year or "") in unit.text:
                unit = None
            parts += _amount(amount, unit, language)
        elif placeholder is not None:
            parts.append(Name(years.get(placeholder) or ""))
    return _joined(parts)


def _amount(value: ox.Literal, unit: Name | None, language: InterfaceLanguage) -> list[Name]:
    number = format_amount(value, language)
    if len(number) > _LONGEST:
        number = cut(number, _LONGEST)
    if unit is None or not unit.text.strip():
        return [Name(number)]
    words = cut(unit.text.strip(), _LONGEST)
    percent = _PERCENT.match(words)
    if percent is not None:
        space = "" if language == "en" else " "
        return [Name(f"{number}{space}%"), Name(words[percent.end() :], unit.language)]
    return [Name(f"{number} "), Name(words, unit.language)]


def _joined(parts: list[Name]) -> list[Name]:
    """Return parts in which no two in the same language follow each other, and none is empty."""
    joined: list[Name] = []
    for part in filter(lambda part: part.text, parts):
        if joined and joined[-1].language == part.language:
            joined[-1] = Name(joined[-1].text + part.text, part.language)
        else:
            joined.append(part)
    return joined


def _year(literal: ox.Literal | None) -> str | None:
    """Return a year without its time zone; a value that is no year is not told."""
    match = None if literal is None else _YEAR.fullmatch(literal.value)
    return match[1] if match else None
