"""What all pages for staff share: the menu, and what is said where somebody may not see a page."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request, Response

from bot.adapters.web.html import html_page
from bot.adapters.web.staff.door import StaffDoor
from bot.adapters.web.staff.menu import PAGES, page_of
from bot.phrases import staff_pages as phrases
from bot.shop import Shop
from domain.staff.entering import Entered


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

    def page(
        self, who: Entered, template: str, title: str, *, here: str = "", status: int = 200, **values: object
    ) -> Response:
        """A page with the menu of who looks; `here` is its path."""
        menu = [(one.path, one.label, one is page_of(here)) for one in PAGES if one.may & who.roles]
        return html_page(template, status=status, shop=self.shop.name, title=title, say=phrases, menu=menu, **values)

    def message(self, who: Entered, status: int, title: str, *texts: str) -> Response:
        """A page of a few words."""
        return self.page(who, "staff_message", title, status=status, texts=texts)
