"""The door to the pages for staff: a link from a chat works once and begins a session, which a cookie holds.

Opening the link changes nothing, because chats open links to preview them; the button on its page does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.adapters.web.html import PRIVATE, html_page
from bot.adapters.web.staff.menu import first_page, own_address
from bot.adapters.web.visitors import Visitors
from bot.phrases import staff_pages as phrases
from bot.shop import Shop
from domain.ports import Clock, UnitOfWork
from domain.staff.entering import SESSION_HOLDS, Entered, enter, who

COOKIE = "parley-staff"
TO = "to"  # of a link: the page that it leads to


@dataclass(frozen=True, kw_only=True)
class StaffDoor:
    """Lets staff in, knows them again, and lets them out."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    visitors: Visitors

    def entered(self, request: Request) -> Entered | None:
        """Who of staff asks; None for everybody else, and for a form that another site sends."""
        secret = request.cookies.get(self._cookie(request), "")
        if not secret or (request.method != "GET" and self.visitors.is_foreign(request)):
            return None
        with self.unit_of_work() as uow:
            return who(uow, secret, self.shop.staff, self.clock.now())

    def closed(self, *why: str) -> Response:
        """What everybody else sees."""
        texts = [*why, phrases.HOW_IN]
        return html_page("message", status=403, shop=self.shop.name, title=phrases.CLOSED, texts=texts)

    def enter(self, request: Request) -> Response:
        """Asks whether to come in; POST begins a session, and the link works no more."""
        if request.method != "POST":
            return html_page(
                "unsubscribe",
                shop=self.shop.name,
                title=phrases.COME_IN,
                texts=[phrases.FOR_STAFF],
                yes=phrases.YES,
                note=phrases.once(hours=int(SESSION_HOLDS.total_seconds() // 3600)),
            )
        if self.visitors.is_foreign(request):
            return self.closed()
        now = self.clock.now()
        with self.unit_of_work() as uow:
            session = enter(uow, request.path_params["token"], now)
            entered = who(uow, session, self.shop.staff, now) if session else None
            uow.commit()
        if session is None or entered is None:
            return self.closed(phrases.USED)
        to = own_address(request.query_params.get(TO, "")) or first_page(entered.roles)
        response = RedirectResponse(to, status_code=303, headers=PRIVATE)
        response.set_cookie(
            self._cookie(request),
            session,
            max_age=int(SESSION_HOLDS.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=self.visitors.is_secure(request),
        )
        return response

    def leave(self, request: Request) -> Response:
        """Ends the session; a form of another site does not."""
        if self.visitors.is_foreign(request):
            return self.closed()
        if self.entered(request) is not None:
            with self.unit_of_work() as uow:
                uow.staff_passes.end(request.cookies.get(self._cookie(request), ""))
                uow.commit()
        response = RedirectResponse("/", status_code=303, headers=PRIVATE)
        response.delete_cookie(
            self._cookie(request), httponly=True, samesite="strict", secure=self.visitors.is_secure(request)
        )
        return response

    def _cookie(self, request: Request) -> str:
        return f"__Host-{COOKIE}" if self.visitors.is_secure(request) else COOKIE


def add_staff_door(app: FastAPI, door: StaffDoor) -> None:
    """Adds the routes."""
    app.add_route("/staff/leave", door.leave, methods=["POST"])
    app.add_route("/staff/{token:path}", door.enter, methods=["GET", "POST"])
