"""The list of products for staff, from which several are chosen to be edited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response

from bot.adapters.web.staff.editing import DONE
from bot.adapters.web.staff.frame import StaffFrame
from bot.adapters.web.staff.menu import PRODUCTS
from bot.phrases import products_desk as phrases
from bot.phrases import staff_products
from bot.shop import Shop
from bot.values import clean
from domain.numbers import plain_number
from domain.ports import UnitOfWork
from domain.records.auditing import INVENTORY, Entry
from domain.staff.entering import Entered

PAGE = 25
LAST_PAGE = 1_000_000
LONGEST_PHRASE = 100


@dataclass(frozen=True, kw_only=True)
class ProductsPage:
    """The page with the list."""

    unit_of_work: Callable[[], UnitOfWork]
    shop: Shop
    frame: StaffFrame

    def all(self, request: Request) -> Response:
        """The products that the address asks for."""
        return self.frame.shown(request, lambda who: self._all(who, request.query_params))

    def _all(self, who: Entered, params: Mapping[str, str]) -> Response:
        phrase = clean(params.get("find", "")).strip()[:LONGEST_PHRASE]
        low = bool(params.get("low"))
        number = min(max(plain_number(params.get("page", "")) or 1, 1), LAST_PAGE)
        offset = (number - 1) * PAGE
        with self.unit_of_work() as uow:
            found, total = uow.stock_room.listed(
                phrase=phrase, at_most=self.shop.low_stock if low else None, limit=PAGE, offset=offset
            )
            newest = next(iter(uow.audit.of(INVENTORY, 1)), None)
        asked = {"find": phrase} if phrase else {"low": "1"} if low else {}
        return self.frame.page(
            who,
            "products_desk",
            phrases.PRODUCTS,
            here=PRODUCTS,
            words=phrases,
            path=PRODUCTS,
            find=phrase,
            views=[
                (PRODUCTS, phrases.ALL, not low and not phrase),
                (f"{PRODUCTS}?low=1", phrases.LOW, low and not phrase),
            ],
            products=[(one, self.shop.money(one.sale_price)) for one in found],
            last_import=self._shown(newest) if newest and newest.undone_at is None else None,
            removed=staff_products.REMOVED,
            low_stock=self.shop.low_stock,
            span=staff_products.span(self.shop, first=offset + 1, last=offset + len(found), total=total)
            if found
            else "",
            previous=f"{PRODUCTS}?{urlencode({**asked, 'page': number - 1})}" if number > 1 else "",
            following=f"{PRODUCTS}?{urlencode({**asked, 'page': number + 1})}" if total > number * PAGE else "",
        )

    def _shown(self, whole: Entry) -> tuple[str, str]:
        """Where an import is seen and undone, and what it is called."""
        return f"{DONE}?entry={whole.entry_id}", phrases.imported(who=whole.actor, at=self.shop.moment(whole.at))


def add_products_page(app: FastAPI, page: ProductsPage) -> None:
    """Adds the route."""
    app.add_route(PRODUCTS, page.all, methods=["GET"])
