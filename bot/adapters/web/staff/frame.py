"""What all pages for staff share: the menu, forms and who may send them, what is said where somebody may not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from bot.adapters.web.forms import Filled
from bot.adapters.web.html import html_page
from bot.adapters.web.staff.door import StaffDoor
from bot.adapters.web.staff.menu import PAGES, first_page, page_of
from bot.phrases import staff
from bot.phrases import staff_pages as phrases
from bot.shop import Shop
from domain.errors import Busy
from domain.patience import patiently
from domain.records.auditing import Action, Entry
from domain.records.staff import Role
from domain.staff.entering import Entered

Change = Callable[[Request, Entered, Filled], Response]


@dataclass(frozen=True, kw_only=True)
class StaffFrame:
    """Shows pages to who of staff may see them."""

    door: StaffDoor
    shop: Shop

    def shown(self, request: Request, show: Callable[[Entered], Response]) -> Response:
        """What `show` makes for who asks, if they may see this page; else a page that says so."""
        who = self.door.entered(request)
        if who is None:
            return self.door.closed()
        here = page_of(request.url.path)
        if here is not None and not here.may & who.roles:
            return self.message(who, 403, phrases.NOT_YOUR_ROLE, phrases.roles_needed(roles=sorted(here.may)))
        return show(who)

    def form(self, change: Change, needed: frozenset[Role], subject: str) -> Callable[[Request], Awaitable[Response]]:
        """The route of a form, for who has one of the roles; it is noted, with `subject`, that others tried."""

        async def sent(request: Request) -> Response:
            filled = Filled(await request.body())
            return await run_in_threadpool(self._sent, request, filled, change, needed, subject)

        return sent

    def _sent(
        self, request: Request, filled: Filled, change: Change, needed: frozenset[Role], subject: str
    ) -> Response:
        who = self.door.entered(request)
        if who is None:
            return self.door.closed()
        now = self.door.clock.now()
        if not needed & who.roles:
            with self.door.unit_of_work() as uow:
                uow.audit.note(Entry(at=now, actor=who.subject, action=Action.REFUSED, subject=subject))
                uow.commit()
            return self.message(who, 403, phrases.NOT_YOUR_ROLE, phrases.roles_needed(roles=sorted(needed)))
        try:
            return patiently(lambda: change(request, who, filled))
        except Busy as error:
            return self.message(who, 503, phrases.LATER, staff.sorry(self.shop, error, now))

    def page(
        self, who: Entered, template: str, title: str, *, here: str = "", status: int = 200, **values: object
    ) -> Response:
        """A page with the menu of who looks; `here` is its path."""
        menu = [(one.path, one.label, one is page_of(here)) for one in PAGES if one.may & who.roles]
        values |= {"shop": self.shop.name, "writes": self.shop, "say": phrases, "menu": menu}
        values["home"] = first_page(who.roles)
        return html_page(template, status=status, title=title, **values)

    def message(self, who: Entered, status: int, title: str, *texts: str) -> Response:
        """A page of a few words."""
        return self.page(who, "staff_message", title, status=status, texts=texts)
