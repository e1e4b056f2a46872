import re

import httpx

from plangraf.site.resources import RESOURCES


def test_llms_txt_lists_every_fixed_address_and_the_endpoint_for_assistants_first(server: str) -> None:
    answer = httpx.get(f"{server}/llms.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("# Plangraf\n\n> ")
    assert answer.headers["plangraf-release"] in answer.text
    listed = re.findall(r"^- \[[^\]]+\]\(([^)]+)\): \S", answer.text, re.MULTILINE)
    assert listed[0] == f"{server}/mcp"
    fixed = {resource.path for resource in RESOURCES if not resource.variable} - {"/llms.txt"}
    assert {f"{server}{path}" for path in fixed} <= set(listed)
    assert len(answer.content) < 20_000


def test_its_pages_are_there(server: str) -> None:
    pages = httpx.get(f"{server}/llms.txt").text.partition("## Pages")[2].partition("\n## ")[0]
    addresses = re.findall(r"\]\((http[^)]+)\)", pages)
    assert len(addresses) > 10
    with httpx.Client(headers={"Accept": "text/html"}) as client:
        assert {client.get(address).status_code for address in addresses} == {200}
