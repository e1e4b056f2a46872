"""Where the wording of a thing's name comes from, in words."""

from collections.abc import Collection

from plangraf.namespaces import ID, expand
from plangraf.view.reading import Reading

_PLANGRAF = f"{ID}plangraf"
_OWN_SITES = ("kommune.no", "herad.no")
_COUNTY_SITES = ("fylke.no", "fylkeskommune.no")


def wording_words(reading: Reading, iri: str, creators: Collection[str]) -> list[str]:
    """Return where the wording of a thing comes from, in the words of the interface; one text for each statement.

    Args:
        reading: the statements about the thing.
        iri: the thing.
        creators: the IRIs of those who made the graphs that describe it, who wrote what is in their own words.
    """
    _ = reading.reader.gettext
    words = {
        expand("plan:AsAdopted"): _("as in the adopted plan"),
        expand("plan:SupersededWording"): _("from a draft or an older edition"),
        expand("plan:InOurWords"): _("rewritten by Plangraf")
        if _PLANGRAF in creators or not creators
        else _("rewritten by those who publish the data"),
        expand("plan:AsQuoted"): _quoted(reading, iri),
    }
    return [words.get(value.iri, value.name.text) for value in reading.references(iri, "plan:wording")]


def _quoted(reading: Reading, iri: str) -> str:
    _ = reading.reader.gettext
    sources = reading.statements.iris(iri, expand("prov:wasQuotedFrom"))
    sources = sources or reading.statements.iris(iri, expand("dct:source"))
    if any(site in source for source in sources for site in _COUNTY_SITES):
        return _("quoted from the county's website")
    if any(site in source for source in sources for site in _OWN_SITES):
        return _("quoted from the municipality's website")
    return _("quoted from another document")
