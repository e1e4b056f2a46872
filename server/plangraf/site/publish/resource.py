"""The addresses of the page "Publish your plan" and of the workbooks to begin with."""

from plangraf.formats import XLSX
from plangraf.http.declaration import Example, Listed
from plangraf.http.resource import Form, Resource, no_model
from plangraf.site.publish.page import PUBLISH_PATH, publish_page
from plangraf.site.publish.workbooks import WORKBOOKS
from plangraf.view.page_form import page_form

RESOURCES = (
    Resource(
        path=PUBLISH_PATH,
        summary="how to publish a plan, in four steps: workbook, filling in, check and preview, publication",
        model=no_model,
        forms=(page_form(publish_page),),
        examples=(Example("publish", PUBLISH_PATH, engine_calls=0),),
        of_release=False,
    ),
    *(
        Resource(
            path=workbook.path,
            summary=f"{'the worked example' if workbook.example else 'the empty template'} of the "
            f"[workbook](municipality.md#workbook), {'in Norwegian' if workbook.language == 'nb' else 'in English'}",
            model=no_model,
            forms=(Form(XLSX, workbook.content),),
            sitemap=Listed(unlisted="it is a file"),
            examples=(Example(workbook.file_name, workbook.path, engine_calls=0),),
            of_release=False,
        )
        for workbook in WORKBOOKS
    ),
)
