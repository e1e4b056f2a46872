import pyoxigraph as ox

from plangraf.linkeddata.dqv import quality_description
from plangraf.linkeddata.measures import MEASURES, QUERIES
from plangraf.linkeddata.quality import PlanQuality
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ID, expand

QUALITY = "https://w3id.org/plangraf/quality"
PLAN = ID + "a/plan"
COUNTS = {**dict.fromkeys(QUERIES, 0), "concepts": 4, "unsourced-concepts": 1, "titles-missing": 2}
MEASURED = PlanQuality(PLAN, COUNTS, (expand("plan:StrategiesMissing"),))


def _document() -> Statements:
    return Statements(quality_description("/quality", [MEASURED], "abc"))


def test_each_measure_is_a_metric_in_a_dimension_of_a_category_in_each_language() -> None:
    document = _document()
    assert document.instances(expand("dqv:Metric")) == sorted(f"{QUALITY}#{measure.key}" for measure in MEASURES)
    for metric in document.instances(expand("dqv:Metric")):
        for name in ("skos:prefLabel", "skos:definition"):
            texts = {literal.language: literal.value for literal in document.literals(metric, expand(name))}
            assert set(texts) == {"nb", "nn", "en"}
            assert texts["en"] not in (texts["nb"], texts["nn"])
        (dimension,) = document.iris(metric, expand("dqv:inDimension"))
        (category,) = document.iris(dimension, expand("dqv:inCategory"))
        assert document.types(category) == {expand("dqv:Category")}


def test_a_measurement_is_of_one_metric_on_one_plan_with_one_value_of_its_type() -> None:
    document = _document()
    measurements = document.instances(expand("dqv:QualityMeasurement"))
    assert len(measurements) == len(MEASURES) - 1  # there are no statements, so none can be sourced
    for measurement in measurements:
        assert document.iris(measurement, expand("dqv:computedOn")) == [PLAN]
        (metric,) = document.iris(measurement, expand("dqv:isMeasurementOf"))
        (value,) = document.literals(measurement, expand("dqv:value"))
        assert document.iris(metric, expand("dqv:expectedDataType")) == [value.datatype.value]


def test_values_are_what_was_measured() -> None:
    document = _document()

    def value(key: str) -> ox.Literal:
        (found,) = document.literals(f"{QUALITY}#id/a/plan/{key}", expand("dqv:value"))
        return found

    assert value("titles-missing") == ox.Literal(2)
    assert value("strategies-missing") == ox.Literal(True)
    assert value("goals-missing") == ox.Literal(False)
    assert value("sourced-concepts") == ox.Literal("0.7500", datatype=ox.NamedNode(expand("xsd:decimal")))


def test_the_document_says_from_which_release_it_is() -> None:
    assert _document().text(QUALITY, expand("dcat:version")) == "abc"
