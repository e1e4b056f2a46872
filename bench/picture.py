"""The picture of a plan's page in the README: `make picture` makes it anew.

It needs Chromium, and it serves the shipped data for as long as it takes.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parents[1] / "docs" / "plan-page.png"
PAGE = "/doc/trondheim/samfunnsplan-2020-2032?lang=en"
WIDTH, HEIGHT = 1280, 1480
"""The size in CSS pixels: the head of the page and the table of its goals."""
_ADDRESS = re.compile(r"http://[^\s;)]+")


def main() -> None:
    """Serve the shipped data, and write the picture."""
    with _served() as address:
        image = screenshot(f"{address}{PAGE}")
    PICTURE.write_bytes(image)
    sys.stdout.write(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes\n")


def screenshot(address: str) -> bytes:
    """Return the top of a page as a PNG, in the light scheme."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        page.goto(address)
        page.evaluate("document.fonts.ready")
        image = page.screenshot()
        browser.close()
    return image


@contextmanager
def _served() -> Iterator[str]:
    """Yield the address of a server with the shipped data, which ends on exit."""
    command = [str(Path(sys.executable).with_name("plangraf")), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own command
        assert process.stderr is not None  # noqa: S101  # it is a pipe
        try:
            found = _ADDRESS.search(process.stderr.readline())
            if found is None:
                raise SystemExit("the server did not start")
            yield found[0]
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
