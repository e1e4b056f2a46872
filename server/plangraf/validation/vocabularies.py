"""The terms of closed vocabularies: a term in one of their namespaces is one of these, or it does not exist.

Plangraf's own are those that the shipped ontology and the shipped shapes describe.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

import pyoxigraph as ox
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDFS, SKOS, VOID, XSD, DefinedNamespace

from plangraf import shipped
from plangraf.namespaces import PREFIXES
from plangraf.validation.files import shape_files

# rdflib knows DCAT 2. These are the terms that DCAT 3 added.
_DCAT_3 = """
DatasetSeries first hasCurrentVersion hasVersion inCatalog inSeries isCurrentVersionOf isDistributionOf
isVersionOf last next nextVersion prev previousVersion resource seriesMember version
"""

# The ontology of 2014 (https://www.w3.org/TR/vcard-rdf/), with its deprecated terms.
_VCARD = """
Acquaintance Address Agent BBS Car Cell Child Colleague Contact Coresident Coworker Crush Date Dom Email
Emergency Fax Female Friend Gender Group Home ISDN Individual Internet Intl Kin Kind Label Location Male Me
Met Modem Msg Muse Name Neighbor None Organization Other PCS Pager Parcel Parent Postal Pref RelatedType
Sibling Spouse Sweetheart Tel TelephoneType Text TextPhone Type Unknown VCard Video Voice Work X400
additional-name adr agent anniversary bday category class country-name email extended-address family-name fn
geo given-name hasAdditionalName hasAddress hasCalendarBusy hasCalendarLink hasCalendarRequest hasCategory
hasCountryName hasEmail hasFN hasFamilyName hasGender hasGeo hasGivenName hasHonorificPrefix
hasHonorificSuffix hasInstantMessage hasKey hasLanguage hasLocality hasLogo hasMember hasName hasNickname
hasNote hasOrganizationName hasOrganizationUnit hasPhoto hasPostalCode hasRegion hasRelated hasRole hasSound
hasSource hasStreetAddress hasTelephone hasTitle hasUID hasURL hasValue honorific-prefix honorific-suffix key
label language latitude locality logo longitude mailer n nickname note org organization-name organization-unit
photo post-office-box postal-code prodid region rev role sort-string sound street-address tel title tz url
value
"""

_CLOSED: tuple[type[DefinedNamespace], ...] = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDFS, SKOS, VOID, XSD)
_MORE = {str(DCAT): _DCAT_3, str(DCTERMS): "ISO639-2 ISO639-3", PREFIXES["vcard"]: _VCARD}
# How alike a term must be to be offered, from 0 to 1: dct:temporary and dct:temporal are at 0.82.
_ALIKE = 0.6


def nearest_term(iri: str) -> str | None:
    """Return what to write instead of a term that its vocabulary does not have.

    Returns:
        The most similar term of the vocabulary, or its namespace if none is similar. None if the vocabulary has the
        term, or if the namespace of `iri` is not that of a closed vocabulary.
    """
    for namespace, names in _vocabularies().items():
        if iri.startswith(namespace):
            name = iri.removeprefix(namespace)
            if not name or name in names:
                return None
            return namespace + _most_similar(name, names)
    return None


@cache
def own_terms() -> frozenset[str]:
    """Return the IRIs that the shipped ontology and the shipped shapes describe, those of the documents included."""
    files = (shipped.ONTOLOGY, *shape_files(shipped.SHAPES))
    subjects = {quad.subject for file in files for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)}
    return frozenset(subject.value for subject in subjects if isinstance(subject, ox.NamedNode))


def _most_similar(name: str, names: Iterable[str]) -> str:
    """Return the most similar of `names`, at first without regard to capitals, or an empty string."""
    by_small: dict[str, list[str]] = {}
    for known in sorted(names):
        by_small.setdefault(known.lower(), []).append(known)
    found = get_close_matches(name.lower(), by_small, 1, _ALIKE)
    if not found:
        return ""
    # org:Organization is a class and org:organization a property.
    return min(by_small[found[0]], key=lambda known: known[0].isupper() != name[0].isupper())


@cache
def _vocabularies() -> dict[str, frozenset[str]]:
    known = {str(each): {str(term).removeprefix(str(each)) for term in _terms(each)} for each in _CLOSED}
    for namespace, names in _MORE.items():
        known.setdefault(namespace, set()).update(names.split())
    return {namespace: frozenset(names) for namespace, names in known.items()}


def _terms(vocabulary: type[DefinedNamespace]) -> Iterable[str]:
    return (str(term) for term in dir(vocabulary) if str(term).startswith(str(vocabulary)))
