import asyncio
import os
import signal
import subprocess
import sys

import orjson
import pytest
from tests.servers import children

from plangraf import settings
from plangraf.errors import UploadMalformed
from plangraf.validation.service import ValidationService
from plangraf.validation.task import ValidationTask

PLAN = b"<http://e.org/plan> a <https://w3id.org/plangraf/ontology#Plan> ."


def test_the_service_reports_on_an_upload_in_a_process_of_its_own() -> None:
    async def run() -> bytes:
        service = ValidationService(settings.load())
        try:
            return await service.check(PLAN, ValidationTask("turtle", "json", "en"))
        finally:
            await service.close()

    report = orjson.loads(asyncio.run(run()))
    assert report["conforms"] is False


def test_the_service_raises_the_problem_that_its_process_has_found() -> None:
    async def run() -> None:
        service = ValidationService(settings.load())
        try:
            await service.check(b"<http://e.org/a> <http://e.org/p>", ValidationTask("turtle", "json", "en"))
        finally:
            await service.close()

    with pytest.raises(UploadMalformed, match="Line 1"):
        asyncio.run(run())


def test_the_servers_side_of_validation_loads_neither_pyshacl_nor_rdflib() -> None:
    code = (
        "import sys, plangraf.validation.service; print(sorted({'pyshacl', 'rdflib', 'pyoxigraph'} & {*sys.modules}))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert ended.stdout.strip() == "[]"


def test_many_uploads_one_after_the_other_and_at_once_each_get_their_own_answer() -> None:
    plans = [PLAN.replace(b"plan>", f"plan-{number}>".encode()) for number in range(40)]

    async def run() -> list[bytes]:
        service = ValidationService(settings.load())
        try:
            task = ValidationTask("turtle", "json", "en")
            return await asyncio.gather(*(service.check(plan, task) for plan in plans))
        finally:
            await service.close()

    for number, report in enumerate(asyncio.run(run())):
        assert orjson.loads(report)["results"][0]["focusNode"] == f"http://e.org/plan-{number}"


def test_an_upload_after_the_end_of_the_template_has_a_new_one() -> None:
    others = {*children(os.getpid())}

    async def run() -> list[bool]:
        service = ValidationService(settings.load())
        try:
            task = ValidationTask("turtle", "json", "en")
            found = []
            for _ in range(2):
                found.append(orjson.loads(await service.check(PLAN, task))["conforms"])
                for process in {*children(os.getpid())} - others:
                    os.kill(process, signal.SIGKILL)
            return found
        finally:
            await service.close()

    assert asyncio.run(run()) == [False, False]
