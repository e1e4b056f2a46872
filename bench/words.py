"""The words of the synthetic plans, in bokmål and in English."""

Pair = tuple[str, str]

_DOINGS: list[Pair] = [("styrker", "strengthens"), ("fornyer", "renews"), ("tar vare på", "looks after")]
_THINGS: list[Pair] = [
    ("naturmangfoldet", "biodiversity"),
    ("skolene", "the schools"),
    ("kollektivtrafikken", "public transport"),
    ("folkehelsa", "public health"),
    ("det lokale næringslivet", "local business"),
    ("sirkulære løsninger", "circular solutions"),
    ("trygge oppvekstmiljøer", "safe places to grow up"),
    ("kulturlivet", "cultural life"),
    ("vannkvaliteten", "the quality of water"),
    ("sentrumsområdene", "the town centres"),
    ("klimatilpasningen", "climate adaptation"),
    ("medvirkningen", "participation"),
    ("inkludering i arbeidslivet", "inclusion in working life"),
    ("matjorda", "arable land"),
    ("beredskapen", "preparedness"),
    ("universell utforming", "universal design"),
]
AIMS: list[Pair] = [(f"{do[0]} {it[0]}", f"{do[1]} {it[1]}") for do in _DOINGS for it in _THINGS]
DEEDS: list[Pair] = [(f"Kommunen {nb}", f"The municipality {en}") for nb, en in AIMS]
OFFERS: list[Pair] = [(f"Alle som vil, {nb}", f"Everyone who wishes {en}") for nb, en in AIMS]

CHALLENGES: list[Pair] = [
    ("Klimaendringer", "Climate change"),
    ("Utenforskap", "Social exclusion"),
    ("Aldrende befolkning", "An ageing population"),
    ("Tap av natur", "Loss of nature"),
]
GROUPS: list[Pair] = [
    ("Kommune", "Municipality"),
    ("Innbyggere", "Inhabitants"),
    ("Næringsliv", "Business"),
    ("Frivillig sektor", "Voluntary sector"),
    ("Kunnskapsmiljøer", "Research and education"),
    ("Kulturliv", "Cultural life"),
]
# Measures with their units.
MEASURES: list[tuple[Pair, str]] = [
    (("Antall deltakere i året", "Participants a year"), "personer"),
    (("Utslipp av klimagasser", "Emissions of greenhouse gases"), "tonn"),
    (("Areal som er vernet", "Protected area"), "dekar"),
    (("Andel som er fornøyd", "Share who are content"), "prosent"),
    (("Antall reiser med buss", "Journeys by bus"), "reiser"),
    (("Mengde avfall per innbygger", "Waste for each inhabitant"), "kilogram"),
]
