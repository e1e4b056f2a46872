"""The examples of publishing over HTTP are run, in the order of the guides."""

import os
import subprocess
from pathlib import Path

from tests.docs.documents import DOCS, blocks
from tests.release.test_publish import write_plan
from tests.servers import PATIENCE, serving

from plangraf.namespaces import GRAPH
from plangraf.publishing.tokens import TokenFile
from plangraf.release.history import Action, read_history
from plangraf.release.publish import publish
from plangraf.release.release import Release
from plangraf.release.state import Switch

GUIDES = ("municipality.md", "tool-builder.md")
PLANS = ("eksempelvik/samfunnsplan-2013-2025", "eksempelvik/samfunnsplan-2025-2037")


def test_the_examples_publish_and_withdraw_a_plan(tmp_path: Path) -> None:
    state = tmp_path / "state"
    old, new = PLANS
    publish([write_plan(tmp_path / "data", old)], state, Switch(Action.PUBLISH))
    (tmp_path / "plan.ttl").write_bytes((write_plan(tmp_path / "new", new) / "plan.ttl").read_bytes())
    environment = {**os.environ, "TOKEN": TokenFile(state).make("eksempelvik")}
    examples = [block for guide in GUIDES for block in blocks(DOCS / guide, "sh token")]
    assert len(examples) == len(GUIDES)
    with serving(state=state, publishing="true") as server:
        for example in examples:
            script = example.text.replace("http://127.0.0.1:8000", server.address)
            done = subprocess.run(  # noqa: S603  # what our own guides say
                ["/bin/sh", "-e", "-c", script],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
    assert f"{GRAPH}{new}" in Release.open(state).manifest.counts.graphs
    messages = [entry.message for entry in read_history(state)]
    assert messages == ["", "Goal 3 as adopted", "Opphevet"]
