"""The pages of an order that change nothing: its card, where it goes, its packing slip."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response

from bot.adapters.web.forms import Filled
from bot.adapters.web.html import html_page
from bot.adapters.web.staff.card import Again, OrderCard, lines_of
from bot.adapters.web.staff.frame import StaffFrame
from bot.phrases import orders_desk as phrases
from bot.shop import Shop
from domain.model import Order
from domain.numbers import MOST_DIGITS
from domain.people.destinations import look, may_look, turn_away
from domain.ports import Clock, UnitOfWork
from domain.records.boards import ORDER_READERS, ORDERS
from domain.staff.entering import Entered


@dataclass(frozen=True, kw_only=True)
class OrderPages:
    """The pages."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    frame: StaffFrame
    card: OrderCard

    def one(self, request: Request) -> Response:
        """The card."""
        return self.frame.shown(request, lambda who: self._shown(request, who))

    def _shown(self, request: Request, who: Entered) -> Response:
        with self.unit_of_work() as uow:
            return self.card.shown(
                uow, who, number_of(request), self.clock.now(), done=request.query_params.get("done", "")
            )

    def address(self, request: Request, who: Entered, filled: Filled) -> Response:
        """The card with where the order goes, for who may know; that they looked is noted."""
        with self.unit_of_work() as uow:
            order = uow.orders.get(number_of(request))
            address = self._looked(uow, who, order) if order is not None else []
            answer = self.card.shown(uow, who, number_of(request), self.clock.now(), Again(address=address))
            uow.commit()
        return answer

    def slip(self, request: Request, who: Entered, filled: Filled) -> Response:
        """A page to print, which goes into the parcel: who gets what, and no prices. The look is noted."""
        with self.unit_of_work() as uow:
            order = uow.orders.get(number_of(request))
            address = self._looked(uow, who, order) if order is not None else []
            uow.commit()
            if order is None or not address:
                return self.card.shown(uow, who, number_of(request), self.clock.now())
            products = uow.products.get([line.product_id for line in order.lines])
        return html_page(
            "slip",
            shop=self.shop.name,
            title=phrases.slip(order_id=order.order_id),
            words=phrases,
            back=f"{ORDERS}/{order.order_id}",
            ordered=phrases.ordered(day=self.shop.day(order.placed_at)),
            address=address,
            lines=lines_of(self.shop, order, products),
            sums=phrases.slip_sums(self.shop, pieces=sum(line.quantity for line in order.lines)),
        )

    def _looked(self, uow: UnitOfWork, who: Entered, order: Order) -> list[str]:
        if not may_look(uow, order, who.roles):
            turn_away(uow, order, actor=who.subject, now=self.clock.now())
            return []
        return look(uow, order, actor=who.subject, now=self.clock.now())


def number_of(request: Request) -> int:
    """The order's number; that of none, where it is longer than any."""
    number: int = request.path_params["number"]
    return number if number < 10**MOST_DIGITS else 0


def add_order_pages(app: FastAPI, pages: OrderPages) -> None:
    """Adds the routes."""
    path = ORDERS + "/{number:int}"
    app.add_route(path, pages.one, methods=["GET"])
    app.add_route(f"{path}/address", pages.frame.form(pages.address, ORDER_READERS, "/orders show"), methods=["POST"])
    app.add_route(f"{path}/slip", pages.frame.form(pages.slip, ORDER_READERS, "/orders slip"), methods=["POST"])
