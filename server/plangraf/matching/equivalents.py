"""Words that Norwegians use for the same, and that no stemmer brings together: bokmål and nynorsk, short forms."""

from collections.abc import Mapping
from types import MappingProxyType

from plangraf.search.words import stem_forms

_GROUPS = (
    *("bærekraft berekraft", "bærekraftig berekraftig", "utslipp utslepp", "vann vatn", "skole skule", "sult svolt"),
    *(
        "barnehage barnehagar",
        "likestilling jamstilling",
        "likeverd jamverd",
        "by byer byar",
        "arm fattig",
        "hjem heim",
    ),
    *("sysselsetting sysselsetjing", "mennesker menneske folk", "bolig bustad", "ulikhet ulikskap", "barn born"),
    *("kollektivtrafikk kollektivtransport", "sykkel sykle sykling", "forskjell skilnad", "trygghet tryggleik"),
    *("deltakelse deltaking", "medvirkning medverknad", "innbygger innbyggjar", "myndighet styresmakt"),
    *("virksomhet verksemd", "framtid fremtid", "gjenvinning gjenvinne resirkulering", "levekår levevilkår"),
    *("rettferdighet rettferd", "mangfold mangfald", "muligheter moglegheiter", "øke auke", "minske redusere"),
    *("flere fleire", "gjøre gjere", "fremme fremje", "vei veg", "uten utan", "ren rein", "rent reint", "noe noko"),
    *("hvordan korleis", "ikke ikkje", "eldre gamle", "ungdom unge", "klimagass drivhusgass", "tilsatte ansatte"),
    *("høyere høgere", "lav låg", "anstendig verdig", "fornybar attnybar", "kommuneplan kommuneplanen"),
    *("samfunnsdel samfunnsplan", "hav sjø", "gutter gutar", "begrense avgrense", "stans stopp"),
    *("stoppe stanse", "utrydde avskaffe", "helse helsa", "matsikkerhet matsikring mattrygghet", "kvinner kvinne"),
    *("vold vald", "sikkerhet sikring tryggleik", "fødsel fødsler", "ernæring kosthold", "søppel avfall"),
)


def _table() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group in _GROUPS:
        forms = [stem_forms(word, "nb") for word in group.split()]
        every = frozenset().union(*forms)
        for form in every:
            table.setdefault(form, set()).update(every)
    return MappingProxyType({form: frozenset(every - {form}) for form, every in table.items() if len(every) > 1})


EQUIVALENTS = _table()
"""For the forms of a word, as the index has them, the forms of the words that mean the same."""

_STOPWORDS = (
    "og i av for å aa til på paa med som en ein ei et eit den det dei de er om fra frå fraa ved skal vi vår vaar",
    "våre vaare har at eller innen innan alle sin sitt sine kommune kommunen kommunens kommuna fylkeskommune",
    "the of and in to for a an on with is are shall we our be as at from all within that its municipality",
    "municipal county authority",
)
STOPWORDS = frozenset(word for line in _STOPWORDS for word in line.split())
"""Words that say little about what is meant."""
