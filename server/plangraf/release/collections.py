"""The collections of a plan (`skos:Collection`): one for each kind of its concepts.

A goal stands in a hierarchy of goals; a challenge, a strategy or an indicator stands alone. The collections hold them
together for programs that know SKOS and not the classes of Plangraf.
"""

from collections.abc import Collection, Container, Iterable, Iterator

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, Msgid, preferred, translations
from plangraf.namespaces import expand
from plangraf.release.plan_graphs import PlanGraphs
from plangraf.vocabulary import PLAN_CONCEPTS

_TYPE, _LABEL, _MEMBER, _COLLECTION = (
    ox.NamedNode(expand(name)) for name in ("rdf:type", "skos:prefLabel", "skos:member", "skos:Collection")
)
_TEMPLATES: dict[InterfaceLanguage, str] = {
    "nb": "{things} i {plan}",
    "nn": "{things} i {plan}",
    "en": "{things} in {plan}",
}


def collections(
    plan: ox.NamedNode,
    labels: Collection[ox.Literal],
    graphs: PlanGraphs,
    described: Collection[object],
    spaces: Container[str] = (),
) -> Iterator[ox.Triple]:
    """Yield the statements about the collections of a plan, `{plan}/collection/{key of the kind}`.

    Where the parts of a plan are told apart by a hash, so are its collections.

    Args:
        plan: the plan.
        labels: its labels. With one in nynorsk, the collections have a label in nynorsk too.
        graphs: the concepts of the plan.
        described: what the publishers describe: where one of them has a collection of its own, theirs stays.
        spaces: the URI spaces that the publishers declare.
    """
    above = f"{plan.value}#" if f"{plan.value}#" in spaces else f"{plan.value.rstrip('/')}/"
    for kind in PLAN_CONCEPTS:
        collection = ox.NamedNode(f"{above}collection/{kind.key}")
        members = list(graphs.concepts(plan, kind.classes))
        if not members or collection in described:
            continue
        yield ox.Triple(collection, _TYPE, _COLLECTION)
        for language in _languages(labels):
            things = _things(kind.heading, language)
            name = preferred(labels, language)
            label = _TEMPLATES[language].format(things=things, plan=name.value) if name else things
            yield ox.Triple(collection, _LABEL, ox.Literal(label, language=language))
        for member in members:
            yield ox.Triple(collection, _MEMBER, member)


def _languages(labels: Iterable[ox.Literal]) -> tuple[InterfaceLanguage, ...]:
    return ("nb", "nn", "en") if any(label.language == "nn" for label in labels) else ("nb", "en")


def _things(heading: Msgid, language: InterfaceLanguage) -> str:
    return translations(language).gettext(heading)
