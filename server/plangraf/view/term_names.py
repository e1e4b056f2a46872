"""Labels of terms on resource pages, whose statements have no labels of their properties."""

from functools import cache

import pyoxigraph as ox

from plangraf import shipped
from plangraf.languages import InterfaceLanguage, translations
from plangraf.licences import LICENCES
from plangraf.namespaces import expand


@cache
def term_names(language: InterfaceLanguage) -> dict[str, str]:
    """Return the labels of the terms of our ontology, as it says them, and of others' by IRI, in `language`."""
    _ = translations(language).gettext
    names = {
        "adms:status": _("status"),
        "dcat:endDate": _("end"),
        "dcat:startDate": _("start"),
        "dct:bibliographicCitation": _("citation"),
        "dct:audience": _("meant for"),
        "dct:creator": _("creator"),
        "dct:date": _("date"),
        "dct:dateAccepted": _("adopted on"),
        "dct:description": _("description"),
        "dct:identifier": _("identifier"),
        "dct:isPartOf": _("part of"),
        "dct:isReplacedBy": _("replaced by"),
        "dct:issued": _("issued"),
        "dct:language": _("language"),
        "dct:license": _("licence"),
        "dct:modified": _("modified"),
        "dct:publisher": _("publisher"),
        "dct:replaces": _("replaces"),
        "dct:source": _("source"),
        "dct:spatial": _("area"),
        "dct:subject": _("subject"),
        "dct:temporal": _("period"),
        "dct:title": _("title"),
        "dct:Location": _("place"),
        "dct:PeriodOfTime": _("period of time"),
        "foaf:Agent": _("agent"),
        "foaf:Document": _("document"),
        "foaf:homepage": _("homepage"),
        "foaf:name": _("name"),
        "foaf:page": _("document of the plan"),
        "org:Organization": _("organisation"),
        "org:OrganizationalUnit": _("organisational unit"),
        "org:unitOf": _("unit of"),
        "owl:Axiom": _("statement about a statement"),
        "owl:Class": _("class"),
        "owl:DatatypeProperty": _("property with text or number"),
        "owl:NegativePropertyAssertion": _("refused link"),
        "owl:ObjectProperty": _("property with a link"),
        "owl:annotatedProperty": _("kind of link"),
        "owl:annotatedSource": _("link from"),
        "owl:annotatedTarget": _("link to"),
        "owl:assertionProperty": _("kind of link"),
        "owl:deprecated": _("retired"),
        "owl:sourceIndividual": _("refused link from"),
        "owl:targetIndividual": _("refused link to"),
        "pav:authoredOn": _("date of the claim"),
        "prov:Activity": _("activity"),
        "prov:Entity": _("entity"),
        "prov:wasAssociatedWith": _("carried out by"),
        "prov:wasDerivedFrom": _("derived from"),
        "prov:wasGeneratedBy": _("came about by"),
        "prov:wasInfluencedBy": _("influenced by"),
        "prov:wasInvalidatedBy": _("repealed by"),
        "prov:wasQuotedFrom": _("quoted from"),
        "prov:wasRevisionOf": _("continues"),
        "qb:DataSet": _("set of observations"),
        "qb:DataStructureDefinition": _("structure of observations"),
        "qb:Observation": _("observation"),
        "qb:dataSet": _("in the set"),
        "qb:structure": _("structure"),
        "rdf:type": _("type"),
        "rdfs:isDefinedBy": _("defined in"),
        "rdfs:label": _("label"),
        "rdfs:seeAlso": _("see also"),
        "rdfs:subClassOf": _("subclass of"),
        "sdgo:Goal": _("SDG"),
        "sdgo:Indicator": _("SDG indicator"),
        "sdgo:Target": _("SDG target"),
        "sdgo:tier": _("tier"),
        "sdmx-dimension:refPeriod": _("period"),
        "sdmx-measure:obsValue": _("value"),
        "skos:Collection": _("collection"),
        "skos:Concept": _("concept"),
        "skos:ConceptScheme": _("concept scheme"),
        "skos:altLabel": _("alternative label"),
        "skos:broadMatch": _("belongs under"),
        "skos:broader": _("broader"),
        "skos:closeMatch": _("roughly the same as"),
        "skos:definition": _("definition"),
        "skos:editorialNote": _("editorial note"),
        "skos:hasTopConcept": _("top concept"),
        "skos:historyNote": _("history note"),
        "skos:inScheme": _("in the scheme"),
        "skos:member": _("member"),
        "skos:narrower": _("narrower"),
        "skos:notation": _("number"),
        "skos:note": _("note"),
        "skos:prefLabel": _("preferred label"),
        "skos:exactMatch": _("is the same as"),
        "skos:narrowMatch": _("has as a part"),
        "skos:related": _("related"),
        "skos:scopeNote": _("scope note"),
        "skos:relatedMatch": _("touches on"),
        "skos:topConceptOf": _("top concept of"),
        "sssom:confidence": _("confidence"),
        "sssom:mapping_date": _("date of the claim"),
        "sssom:NegatedPredicate": _("refused"),
        "sssom:predicate_modifier": _("modifier of the link"),
        "sssom:mapping_justification": _("how the claim came about"),
        "semapv:ManualMappingCuration": _("made by a person"),
    }
    return (
        _own_names(language)
        | {expand(prefixed): name for prefixed, name in names.items()}
        | {licence.authority: licence.name for licence in LICENCES if licence.authority}
    )


def _own_names(language: InterfaceLanguage) -> dict[str, str]:
    label = ox.NamedNode(expand("rdfs:label"))
    return {
        triple.subject.value: triple.object.value
        for triple in ox.parse(path=str(shipped.ONTOLOGY), format=ox.RdfFormat.TURTLE)
        if triple.predicate == label
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
        and triple.object.language == language
    }
