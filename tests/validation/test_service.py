import asyncio
import subprocess
import sys

import orjson
import pytest

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
