"""Pages that need no JavaScript: made from `templates/`, and sent with headers that suit what they show."""

from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TEMPLATES = Path(__file__).parent / "templates"
_EVERYWHERE = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' https: data:; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_BY_HTTPS = {"Strict-Transport-Security": f"max-age={365 * 24 * 3600}"}
# What a page shows to the holder of a link is kept by no cache, found by no search, and told to no other site.
PRIVATE = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src data:; style-src 'self'; frame-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def html_page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page that is meant for one person only; what stands in `values` never becomes markup."""
    return HTMLResponse(markup(template, **values), status_code=status, headers=PRIVATE)


def markup(template: str, **values: object) -> str:
    """A page for whoever; what stands in `values` never becomes markup."""
    return _environment().get_template(f"{template}.j2").render(values)


def error(status: int, words: str) -> JSONResponse:
    """What the page's script shows in place of an answer."""
    return JSONResponse({"error": words}, status_code=status)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class SecurityHeaders:
    """Adds the headers that every response has unless it brings its own.

    With a `public_url` of https, browsers are told to come by https only from now on.
    """

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self._app = app
        self._headers = _EVERYWHERE | (_BY_HTTPS if public_url.startswith("https://") else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
