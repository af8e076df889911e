"""The dev mailbox as pages: a list of mails, and each of them as its reader would see it. For demos only.

Who has the token, which the demo prints, gets in: with `?token=…` once, and from then on with a cookie.
"""

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from bot.adapters.web.html import PRIVATE, html_page
from bot.shop import Shop
from domain.numbers import plain_number
from domain.ports import Clock
from domain.records.mails import Mails, StoredMail

SHOWN = 50
PICTURE = "image/png"
COOKIE = "parley_mailbox"
LOCKED = "The dev mailbox opens with the link that `parley demo` printed.\n"
# A mail is somebody else's document: it may show pictures and open links in a new tab, and nothing else.
_MAIL_HEADERS = PRIVATE | {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline'; frame-ancestors 'self'; "
        "base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
    )
}


class _View(StrEnum):
    """How a mail is shown."""

    HTML = "html"
    TEXT = "text"
    HEADERS = "headers"


_LABELS = {_View.HTML: "Mail", _View.TEXT: "Plain text", _View.HEADERS: "Headers"}


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A mail in the list."""

    mail_id: int
    to: str
    subject: str
    at: str


@dataclass(frozen=True, kw_only=True)
class OpenMailbox:
    """Everybody's mail, and what opens it."""

    mails: Mails
    token: str = field(repr=False)


def add_mailbox(app: FastAPI, opened: OpenMailbox, clock: Clock, shop: Shop) -> None:
    """Adds /mailbox, and /mailbox/{id} with the HTML of one mail."""
    mailbox = opened.mails

    def show_mailbox(request: Request) -> Response:
        mails = mailbox.newest(SHOWN)
        wanted = _chosen(mailbox, request.query_params.get("mail", ""))
        mail = wanted or (mailbox.get(mails[0].mail_id) if mails else None)
        views = [view for view in _View if view is not _View.HTML or (mail and mail.html)]
        asked = request.query_params.get("view", _View.HTML)
        view = next((one for one in views if one == asked), views[0])
        now = clock.now()
        return html_page(
            "mailbox",
            shop=shop.name,
            entries=[
                _Entry(mail_id=one.mail_id, to=one.to, subject=one.subject, at=shop.local(one.at, now)) for one in mails
            ],
            chosen=wanted is not None,
            mail=mail,
            at=shop.local(mail.at, now) if mail else "",
            views=[(str(one), _LABELS[one]) for one in views],
            view=str(view),
            shown=_shown(mail, view) if mail else "",
            files=[one.name for one in mail.files if one.media_type != PICTURE] if mail else [],
        )

    def show_mail(request: Request) -> Response:
        mail = _chosen(mailbox, request.path_params["mail_id"])
        if mail is None or not mail.html:
            return Response(status_code=404)
        return HTMLResponse(_in_new_tabs(_with_pictures(mail)), headers=_MAIL_HEADERS)

    def show_file(request: Request) -> Response:
        mail, name = _chosen(mailbox, request.path_params["mail_id"]), request.path_params["name"]
        file = next((one for one in mail.files if one.name == name), None) if mail else None
        if file is None:
            return Response(status_code=404)
        shown = "inline" if file.media_type == PICTURE else "attachment"
        headers = _MAIL_HEADERS | {"Content-Disposition": f'{shown}; filename="{quote(file.name)}"'}
        return Response(file.content, media_type=file.media_type, headers=headers)

    for path, show in (
        ("/mailbox", show_mailbox),
        ("/mailbox/{mail_id}", show_mail),
        ("/mailbox/{mail_id}/{name}", show_file),
    ):
        app.add_route(path, _locked(show, opened.token), methods=["GET"])


def _locked(show: Callable[[Request], Response], token: str) -> Callable[[Request], Response]:
    """The same page for who has the token."""

    def show_if_opened(request: Request) -> Response:
        given = request.query_params.get("token", "")
        if not hmac.compare_digest((given or request.cookies.get(COOKIE, "")).encode(), token.encode()):
            return Response(LOCKED, status_code=403, media_type="text/plain", headers=PRIVATE)
        response = show(request)
        if given:
            response.set_cookie(COOKIE, token, path="/mailbox", httponly=True, samesite="lax")
        return response

    return show_if_opened


def _chosen(mailbox: Mails, mail_id: str) -> StoredMail | None:
    number = plain_number(mail_id)
    return None if number is None else mailbox.get(number)


def _shown(mail: StoredMail, view: _View) -> str:
    """What is shown as text; nothing where the mail is shown itself."""
    match view:
        case _View.TEXT:
            return mail.body
        case _View.HEADERS:
            return "\n".join(
                [f"To: {mail.to}", f"Subject: {mail.subject}", f"Date: {mail.at:%Y-%m-%d %H:%M:%S} UTC"]
                + ([mail.headers] if mail.headers else [])
            )
        case _View.HTML:
            return ""


def _with_pictures(mail: StoredMail) -> str:
    """The mail's HTML with its own pictures in it, for its frame has no cookie to fetch them with."""
    html = mail.html
    for file in mail.files:
        content = base64.b64encode(file.content).decode()
        html = html.replace(f'"cid:{file.name}"', f'"data:{file.media_type};base64,{content}"')
    return html


def _in_new_tabs(html: str) -> str:
    """The mail with its links leading out of the frame, as in a mail program."""
    base = '<base target="_blank">'
    return html.replace("<head>", f"<head>{base}", 1) if "<head>" in html else f"{base}{html}"
