"""Files of packs: by the register's name of the pack and the manifest's of the file, and no other.

The report opens in the browser, shut in by its own policy; every other file is saved.
"""

import re

from fastapi import APIRouter, Response

from scorecard.orchestration.page.desk import AtDesk, Shelved, found
from scorecard.orchestration.page.writing import note_download
from scorecard.packs import delivery

files = APIRouter(include_in_schema=False)

REPORT = "report.html"
# It is shown on Airflow's own address, so it runs nothing and sends nothing. It keeps its origin:
# without that a browser would send no cookie with the links to its files, and 401 would answer.
SHUT_IN = (
    "sandbox allow-downloads allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)


@files.get("/packs/{quarter}/{variant}/{revision}/pack.zip")
def every(desk: AtDesk, quarter: str, variant: str, revision: str) -> Response:
    """Every file of a pack in one, to be verified in the folder that it makes."""
    pack = desk.pack(quarter, variant, revision)
    data = found(delivery.whole(pack.folder, pack.row.manifest_sha256, desk.stores.settings.packs))
    note_download(desk, pack, "pack.zip")
    saved = {"Content-Disposition": f'attachment; filename="{_name(pack, "pack.zip")}"'}
    return Response(data, media_type="application/zip", headers=saved)


@files.get("/packs/{quarter}/{variant}/{revision}/{path:path}")
def one(desk: AtDesk, quarter: str, variant: str, revision: str, path: str) -> Response:
    """A file of a pack, whose bytes are those of its manifest."""
    pack = desk.pack(quarter, variant, revision)
    entry, data = found(
        delivery.bytes_of(pack.folder, pack.row.manifest_sha256, path, desk.stores.settings.packs)
    )
    note_download(desk, pack, path)
    # Words for people carry their encoding; a manifest has no other than UTF-8.
    kind = f"{entry.media_type}; charset=utf-8" if "text/" in entry.media_type else entry.media_type
    shown = {"Content-Security-Policy": SHUT_IN}
    saved = {"Content-Disposition": f'attachment; filename="{_name(pack, path)}"'}
    return Response(data, media_type=kind, headers=shown if path == REPORT else saved)


def _name(pack: Shelved, path: str) -> str:
    """What a saved file is called: two packs in one folder must not be mistaken for each other."""
    return re.sub(r"[^A-Za-z0-9.-]", "_", f"{pack.address}/{path}")
