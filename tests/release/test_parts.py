from pathlib import Path

import pyoxigraph as ox

from plangraf.namespaces import GRAPH, ONTOLOGY
from plangraf.release.parts import Part, PartIndex, batches, divide, needs
from plangraf.sources.dataset import ListedFile


def index(turtle: str) -> PartIndex:
    text = f"@prefix e: <http://e.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . {turtle}"
    return PartIndex.of(list(ox.parse(text, format=ox.RdfFormat.TURTLE)))


def test_the_files_of_a_publisher_are_a_part_in_the_order_of_names() -> None:
    files = [
        ListedFile(Path(name), graph)
        for name, graph in (
            ("b.ttl", f"{GRAPH}trondheim/plan/editorial"),
            ("a.ttl", f"{GRAPH}asker"),
            ("c.ttl", f"{GRAPH}trondheim"),
            ("o.ttl", ONTOLOGY),
            ("c.ttl", f"{GRAPH}trondheim"),
        )
    ]
    parts = divide(files)
    assert [(part.name, [file.path.name for file in part.files]) for part in parts] == [
        ("asker", ["a.ttl"]),
        (ONTOLOGY, ["o.ttl"]),
        ("trondheim", ["b.ttl", "c.ttl"]),
    ]


def test_the_digest_of_a_part_tells_its_content_and_its_graph(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    digests = set()
    for text, graph in (("1", "g"), ("2", "g"), ("2", "h")):
        file.write_text(text)
        digests.add(Part("a", (ListedFile(file, graph),)).digest())
    assert len(digests) == 3


def test_a_part_needs_what_describes_what_it_points_to() -> None:
    found = needs({"a": index("e:a e:p e:b ."), "b": index("e:b e:p 1 ."), "c": index("e:c e:p 1 .")})
    assert found == {"a": ("b",), "b": (), "c": ()}


def test_parts_that_describe_the_same_thing_need_each_other() -> None:
    assert needs({"a": index("e:a e:p 1 ."), "b": index("e:a e:p 2 .")}) == {"a": ("b",), "b": ("a",)}


def test_a_part_needs_the_claims_that_are_made_of_it() -> None:
    found = needs({"a": index("e:a e:p 1 ."), "b": index("e:claim owl:annotatedSource e:a .")})
    assert found == {"a": ("b",), "b": ("a",)}


def test_an_index_is_the_same_when_it_has_been_written_and_read() -> None:
    written = index("e:a e:p e:b , e:c ; e:q 1 . e:claim owl:annotatedSource e:d .")
    assert PartIndex.model_validate_json(written.model_dump_json()) == written
    assert (len(written.subjects), len(written.objects), len(written.claimed)) == (2, 3, 1)


def test_batches_keep_the_order_and_hold_no_more_than_they_may() -> None:
    parts = [Part(name, ()) for name in ("1", "2", "9", "3", "3", "3")]
    found = batches(parts, lambda part: int(part.name), 6)
    assert [[part.name for part in batch] for batch in found] == [["1", "2"], ["9"], ["3", "3"], ["3"]]
    assert batches([], lambda _: 1, 6) == []
