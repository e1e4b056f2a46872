import pytest
from tests.counts import chance, times

from plangraf.engine.service import ServiceCall, find_service

GROUP = "{ ?s ?p ?o }"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service <http://x/> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }",
        "SELECT * { SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { SERVICE $x{ ?s ?p ?o } }",
        "SELECT * { SERVICE<http://x/>{ ?s ?p ?o } }",
        "SELECT *{SERVICE<http://x/>{?s?p?o}}",
        "SELECT * { SERVICE\t\r\n<http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICE # to x\n <http://x/> { ?s ?p ?o } }",
        "SELECT * { # to x\n SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { # to x\r SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { OPTIONAL { SERVICE <http://x/> { ?s ?p ?o } } }",
        "SELECT * { OPTIONAL{SERVICE<http://x/>{?s ?p ?o}}}",
        "SELECT * { { SELECT * { SERVICE <http://x/> { ?s ?p ?o } } } }",
        "SELECT * { FILTER NOT EXISTS { SERVICE <http://x/> { ?s ?p ?o } } }",
        "ASK { SERVICE <http://x/> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
        "DESCRIBE ?s { SERVICE <http://x/> { ?s ?p ?o } }",
        # no space, and a prefixed name as the address
        "SELECT * { ?s ?p trueSERVICE<http://x/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://x/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 1.SERVICE<http://x/>{ ?s ?p ?o } }",
        'SELECT * { ?s ?p "o"@en.SERVICE<http://x/>{ ?s ?p ?o } }',
        "PREFIX : <http://x/> SELECT * { SERVICE:x{ ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * { SERVICE:x # to x\n { ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * { ?s ?p trueSERVICE:x{ ?s ?p ?o } }",
        "PREFIX x: <http://x/> SELECT * { SERVICEx:x{ ?s ?p ?o } }",
        "PREFIX x: <http://x/> SELECT * { SERVICE x:x { ?s ?p ?o } }",
        # a word that allows a graph's name stands far before
        "PREFIX : <http://x/> SELECT * { GRAPH ?g { SERVICE:x{ ?s ?p ?o } } }",
        "PREFIX : <http://x/> SELECT * FROM <http://g> { SERVICE:x{ ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * FROM NAMED <http://g> { SERVICE:x{ ?s ?p ?o } }",
        # a prefixed name that makes no IRI is read as a prefix and a keyword
        "PREFIX e: <http://a:8> SELECT * { ?s ?p e:SERVICE<http://x/>{ ?s ?p ?o } }",
        "PREFIX e: <http://a:8> SELECT * { ?s ?p e:SERVICE SILENT ?x{ ?s ?p ?o } }",
        'PREFIX e: <http://a:8> SELECT * { ?s ?p "o"^^e:SERVICE<http://x/>{ ?s ?p ?o } }',
        "PREFIX e: <http://a/> SELECT * { ?s ?p e:.SERVICE<http://x/>{ ?s ?p ?o } }",
        "PREFIX e: <http://a:8> SELECT * { ?s e:trueSERVICE<http://x/>{ ?s ?p ?o } }",
        "PREFIX e: <http://a/> PREFIX e: <http://a:8> SELECT * { ?s ?p e:SERVICE<http://x/>{ ?s ?p ?o } }",
        "PREFIX e: <http://a/> PREFIXe: <http://a:8> SELECT * { ?s ?p e:SERVICE<http://x/>{ ?s ?p ?o } }",
        "BASE <http://a:8> PREFIX e: <> SELECT * { ?s ?p e:SERVICE<http://x/>{ ?s ?p ?o } }",
        "PREFIX e: <http://a/> PREFIX e: <http://a:8\\u0030> SELECT * { ?s ?p e:SERVICE<http://x/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p e:SERVICE<http://x/>{ ?s ?p ?o } }",
        # what looks like an IRI is a comparison, and a comment or a string follows it
        "SELECT * { FILTER(?a<?b#>'''\n) SERVICE <http://x/> { ?s ?p ?o } #'''\n}",
        "SELECT * { FILTER(?a<?b&&'>'=?c) SERVICE <http://x/> { ?s ?p ?o } FILTER('>'=?c) }",
        "SELECT * { FILTER(1<<http://a#>) SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { <<?a?b?c#>'''\n>> ?p ?o SERVICE <http://x/> { ?s ?p ?o } #'''\n}",
        # escapes: the specification reads them everywhere, the engine in strings alone
        "SELECT * { SERV\\u0049CE <http://x/> { ?s ?p ?o } }",
        "SELECT * { \\U00000053ERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { #\\u000a SERVICE <http://x/> { ?s ?p ?o }\n }",
        'SELECT * { BIND("\\u0022" AS ?x) SERVICE <http://x/> { ?s ?p ?o } BIND("\\u0022" AS ?y) }',
        'SELECT * { BIND("\\u005c" AS ?x) SERVICE <http://x/> { ?s ?p ?o } BIND("" AS ?y) }',
        # strings that end
        'SELECT * { BIND("\\\\" AS ?x) SERVICE <http://x/> { ?s ?p ?o } BIND("" AS ?y) }',
        'SELECT * { BIND("""a"" """ AS ?x) SERVICE <http://x/> { ?s ?p ?o } BIND("""""" AS ?y) }',
        "SELECT * { BIND('' AS ?x) SERVICE <http://x/> { ?s ?p ?o } BIND('' AS ?y) }",
    ],
)
def test_service_is_found(query: str) -> None:
    assert find_service(query) is not None


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SELECT * { ?s ?p ?o }",
        f"SELECT * {{ # SERVICE <http://x/> {GROUP}\n ?s ?p ?o }}",
        f"SELECT * {{ ?s ?p ?o }} # SERVICE <http://x/> {GROUP}",
        f'SELECT * {{ ?s ?p "SERVICE <http://x/> {GROUP}" }}',
        f"SELECT * {{ ?s ?p 'SERVICE <http://x/> {GROUP}' }}",
        f'SELECT * {{ ?s ?p "\\" SERVICE <http://x/> {GROUP}" }}',
        f'SELECT * {{ ?s ?p """a "" \n SERVICE <http://x/> {GROUP}""" }}',
        f"SELECT * {{ ?s ?p '''it's \n SERVICE <http://x/> {GROUP}''' }}",
        "SELECT * { ?s ?p <http://x/service> }",
        "SELECT * { ?s <http://x/#service> ?o { ?a ?b ?c } }",
        "SELECT ?service WHERE { ?service ?p $SERVICE }",
        "SELECT ?service ?x { ?service ?p ?x }",
        "SELECT * { GRAPH ?service { ?s ?p ?o } }",
        "SELECT * { _:service ?p ?o { ?a ?b ?c } }",
        'SELECT * { ?s ?p "tjeneste"@service }',
        # prefixed names
        "PREFIX dcat: <http://d/> SELECT * { ?s a dcat:DataService . { ?s ?p ?o } }",
        "PREFIX dcat: <http://d/> SELECT * { ?s dcat:accessService ?o OPTIONAL { ?o ?p ?q } }",
        "PREFIX service: <http://s/> SELECT * { ?s a service:Thing ; ?p service:thing }",
        "PREFIX service: <http://s/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
        "PREFIX service: <http://s/> SELECT * { graph # the graph\n service:g { ?s ?p ?o } }",
        "PREFIX s: <http://s/> SELECT * { GRAPH s:service { ?s ?p ?o } }",
        "PREFIX service: <http://s/> SELECT * FROM service:g { ?s ?p ?o }",
        "PREFIX service: <http://s/> SELECT * FROM NAMED service:g { ?s ?p ?o }",
        "PREFIX dcat: <http://d/> SELECT * { ?s dcat:accessService ?o { ?o ?p ?q } }",
        "PREFIX dcat: <http://d#> SELECT * { ?s dcat:accessService ?o{ ?o ?p ?q } }",
        "PREFIX dcat: <http://d/> SELECT * { ?s a dcat:DataService { ?s ?p ?o } }",
        "PREFIX s: <urn:s:> SELECT * { ?s s:service s:services { ?s ?p ?o } }",
        "PREFIX s: <http://s/> # the service\n PREFIX t: <http://t/> SELECT * { ?s t:service ?o { ?s ?p ?o } }",
        # IRIs with # that nothing is compared with
        "SELECT ?service { VALUES (?a ?b) { (<http://a#a> <http://a#b>) (<#c> <#d>) } ?service ?p ?a }",
        "SELECT ?service { ?service (<http://a#a>/<http://a#b>|^<http://a#c>) ?o }",
        "SELECT ?service { ?service ?p ?o FILTER(?o IN (<http://a#a>, <http://a#b>) && ?p != <http://a#c>) }",
    ],
)
def test_what_is_no_service_is_let_through(query: str) -> None:
    assert find_service(query) is None


PIECES = (
    "?s ?p ?o . ",
    "GRAPH ?g { ?s ?p 1 } ",
    "FILTER(?a<?b && 1>?c) ",
    "?s <http://e.org/#service> 'service' . ",
    '?s ?p "\\" service { "@en . ',
    "# service <http://x/> {\n",
    'OPTIONAL { ?service ?p """it"" service {""" } ',
    "?s ?p '''a ' service '' { ''' . ",
    "BIND('\\\\' AS ?x) ",
    "?s (<#a>/<#b>|^<#c>) ?æøå . ",
    "\t\r\n ",
)
"""Parts of a group; there is no service in any of them."""


@pytest.mark.soak
def test_a_service_is_found_at_its_place_in_a_group_of_any_parts_and_nowhere_else() -> None:
    random = chance("service")
    for _ in range(times(200)):
        before = "SELECT * { " + "".join(random.choices(PIECES, k=random.randrange(12)))
        after = "".join(random.choices(PIECES, k=random.randrange(12))) + "}"
        assert find_service(before + after) is None, before + after
        query = f"{before}{random.choice(('SERVICE', 'service', 'SeRvIcE'))} <http://x/> {{ ?s ?p ?o }} {after}"
        lines = before.split("\n")
        assert find_service(query) == ServiceCall(len(lines), len(lines[-1]) + 1), query


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SERVICE", (1, 1)),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", (1, 12)),
        ("SELECT *\n{\n  SERVICE <http://x/> { ?s ?p ?o } }", (3, 3)),
        ("SELECT *\r\n{ SERVICE <http://x/> { ?s ?p ?o } }", (2, 3)),
        ("# SERVICE\nSELECT * { ?s ?p 'SERVICE' SERVICE ?x {} SERVICE ?y {} }", (2, 28)),
        ("# æøå 🌍\nSELECT * { ?æøå ?p '🌍' SERVICE ?x {} }", (2, 24)),
        ("SELECT * { SERVICE:x{ ?s ?p ?o } }", (1, 12)),
    ],
)
def test_the_place_of_the_first_service_is_told(query: str, place: tuple[int, int]) -> None:
    call = find_service(query)
    assert call is not None
    assert (call.line, call.column) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a." * 1_000_000 + " service", (1, 2_000_002)),
        ("<" * 2_000_000 + " service", (1, 2_000_002)),
        ("<a" * 1_000_000 + " service", (1, 2_000_002)),
        ('"' * 2_000_000 + " service", (1, 2_000_002)),
        ('\\"' * 1_000_000 + " service", (1, 2_000_002)),
        ("'''\\" * 500_000 + " service", (1, 2_000_002)),
        ("\\u0027" * 350_000 + " service", (1, 2_100_002)),
        ("#\n" * 1_000_000 + " service", (1_000_001, 2)),
        ("(" * 2_000_000 + " service", (1, 2_000_002)),
        ("e:service " * 200_000, None),
        ("?service " * 200_000, None),
    ],
)
def test_two_mebibytes_of_ill_will_are_read_to_the_end(text: str, place: tuple[int, int] | None) -> None:
    assert find_service(text) == (place and ServiceCall(*place))


def test_a_name_that_can_be_read_as_service_is_told() -> None:
    call = find_service("PREFIX service: <http://s/> SELECT * { ?s service:of ?o { ?s ?p ?o } }")
    assert call == ServiceCall(1, 43, "service:of")
