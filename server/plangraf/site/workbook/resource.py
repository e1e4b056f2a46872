"""The addresses of the plans as workbooks."""

from plangraf.errors import ResourceNotFound
from plangraf.formats import XLSX
from plangraf.http.content import Content
from plangraf.http.declaration import Example, Listed
from plangraf.http.disposition import attachment
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.site.workbook.plan_workbook import WORKBOOK_PATH, plan_workbook
from plangraf.view.reader import Reader

_ENDING = f".{XLSX.extension}"


async def _workbook(_: None, request: RecordingRequest, services: Services) -> Content:
    """Return a plan as a workbook in the language of the reader.

    Raises:
        ResourceNotFound: the release has no such plan.
    """
    name = request.path.removeprefix(f"{WORKBOOK_PATH}/")
    if not name.endswith(_ENDING):
        raise ResourceNotFound(N_("There is nothing at {path}."), path=request.decoded_path)
    plan, language = services.addresses.named_iri(name.removesuffix(_ENDING)), Reader.of(request).language
    data = await plan_workbook(plan, language, services)
    file = name.replace("/", "-")
    return Content(data, language=language, headers={"Content-Disposition": attachment(file)})


RESOURCES = (
    Resource(
        path=WORKBOOK_PATH + "/{name:path}",
        summary="a plan as a [workbook](municipality.md#workbook), with `.xlsx` at the end; what is missing is "
        "yellow, and the times in it are those of the release",
        model=no_model,
        forms=(Form(XLSX, _workbook),),
        sitemap=Listed(unlisted="it is a file"),
        examples=(
            Example("workbook of a plan", f"{WORKBOOK_PATH}/trondheim/samfunnsplan-2020-2032.xlsx", engine_calls=1),
        ),
    ),
)
