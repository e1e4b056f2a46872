"""Downloads: every dump of the release, and their checksums."""

import base64

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from plangraf.errors import ResourceNotFound
from plangraf.formats import content_type
from plangraf.http.raw import raw_path
from plangraf.http.release_facts import TheHoldings
from plangraf.languages import N_
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.namespaces import DATA_LICENCE
from plangraf.release.dumps import file_name

router = APIRouter()

_METHODS = ["GET", "HEAD"]


@router.api_route("/dumps/SHA256SUMS", methods=_METHODS)
async def show_checksums(holdings: TheHoldings) -> Response:
    """Answer with the checksums of all dumps, as `sha256sum --check` reads them."""
    lines = [f"{dump.sha256}  {dump.name}\n" for dump in (await holdings.dumps()).files]
    return Response("".join(lines), media_type=content_type("text/plain"))


@router.api_route("/dumps/{name:path}", methods=_METHODS)
async def download(request: Request, holdings: TheHoldings) -> Response:
    """Answer with a dump, or with the part of it that `Range` asks for (RFC 9110, section 14)."""
    name = raw_path(request).removeprefix("/dumps/")
    dumps = await holdings.dumps()
    dump = dumps.by_name.get(name)
    if dump is None:
        raise ResourceNotFound(
            N_("There is no dump {name} in this release; /dumps/SHA256SUMS lists those that there are."), name=name
        )
    digest = base64.b64encode(bytes.fromhex(dump.sha256)).decode()
    headers = {
        "ETag": f'"{dump.sha256}"',
        "Repr-Digest": f"sha-256=:{digest}:",  # RFC 9530
        "Link": f'<{CATALOGUE_PATH}>; rel="collection"; type="text/html", <{DATA_LICENCE}>; rel="license"',
    }
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if headers["ETag"] in known or "*" in known:
        return Response(status_code=304, headers=headers)
    path = holdings.maker.path(file_name(name))
    return FileResponse(path, headers=headers, media_type=content_type(dump.media_type))
