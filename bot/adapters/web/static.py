"""The page's own files, under an address of their version: a module of one version never meets one of another."""

import hashlib
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

PAGE = Path(__file__).parent / "page"
# A file of a version is never another one: whoever has it need not ask again. All else is asked for each time.
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


def version_of(folder: Path) -> str:
    """What changes when any file of the folder does."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    whole = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files))
    return whole.hexdigest()[:12]


def add_page(app: FastAPI) -> None:
    """Adds the chat page at /, and what it is made of below /static."""
    version = version_of(PAGE)
    page = (PAGE / "index.html").read_text().replace("{version}", version)
    app.mount(f"/static/{version}", _Kept(PAGE, FOR_EVER), name="page")
    app.mount("/static", _Kept(PAGE, ASK_AGAIN), name="static")

    @app.get("/")
    async def index() -> HTMLResponse:
        return HTMLResponse(page, headers={"Cache-Control": ASK_AGAIN})


class _Kept(StaticFiles):
    """Files with word on how long a browser may keep them."""

    def __init__(self, folder: Path, kept: str) -> None:
        super().__init__(directory=folder)
        self._kept = kept

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or what says that the browser has it."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = self._kept
        return response
