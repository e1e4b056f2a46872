"""The transcript in docs/assistants.md: what the tools answer to a question, made from a real run.

`python -m tests.site.assistants.transcript http://127.0.0.1:8000` writes it anew, from a server of the shipped data.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from typing import Any

from mcp.client import Client

from plangraf import shipped

GUIDE = shipped.ROOT / "docs" / "assistants.md"
BEGIN, END = "<!-- transcript -->\n", "<!-- end of the transcript -->\n"
_CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"text": "klima", "kind": "goal", "language": "nb"}),
    ("who_contributes", {"sdg": "13", "language": "nb"}),
)


async def make_transcript(address: str) -> str:
    """Return the transcript of a run on the server at an address."""
    async with Client(f"{address}/mcp") as client:
        steps = []
        for name, arguments in _CALLS:
            found = await client.call_tool(name, arguments)
            assert isinstance(found.structured_content, dict)
            lines = _results(found.structured_content) if name == "search" else _claims(found.structured_content)
            call = json.dumps(arguments, ensure_ascii=False)
            steps.append(f"`{name}` with `{call}`:\n\n" + "".join(f"{line}\n" for line in lines))
    return "\n".join(steps)


def in_guide(text: str) -> str:
    """Return the transcript that is in the guide."""
    return text.partition(BEGIN)[2].partition(END)[0].strip()


def _results(answer: dict[str, Any]) -> Iterator[str]:
    for one in answer["results"]:
        who = ", ".join(publisher["name"] for publisher in one["publishers"])
        links = ", ".join(f"{tie['sdg'].rpartition('/')[2]} {tie['basis']}" for tie in one["links"])
        links = links or one["basis"] or "none"
        yield f"- {who}: {one['name']} (<{one['iri']}>); links to SDGs: {links}"
    yield f"- licences: {', '.join(answer['licences'])}"


def _claims(answer: dict[str, Any]) -> Iterator[str]:
    for one in answer["contributions"]:
        who = ", ".join(creator["name"] for creator in one["creators"])
        publisher = one["publisher"]["name"] if one["publisher"] else "nobody"
        yield f"- {publisher}: {one['thing']['name']} (<{one['thing']['iri']}>)"
        yield f"  {one['basis']} by {who}, in <{'>, <'.join(one['sources'])}>; claim <{one['claim']}>"
    for name in ("without", "missing"):
        yield f"- {name}: {', '.join(publisher['name'] for publisher in answer[name]) or 'none'}"
    yield f"- licences: {', '.join(answer['licences'])}"
    yield ""
    for basis, said in (("stated", "say so themselves"), ("editorial", "were tied to it by an editor")):
        names = {one["publisher"]["name"]: None for one in answer["contributions"] if one["basis"] == basis}
        yield f"So {', '.join(names)} {said}."


def _write(address: str) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    made = asyncio.run(make_transcript(address))
    GUIDE.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    _write(sys.argv[1])
