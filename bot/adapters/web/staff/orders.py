"""The list of orders for staff: by state, and by what the page's address asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.adapters.web.html import PRIVATE
from bot.adapters.web.staff.frame import StaffFrame
from bot.phrases import misread, staff, staff_products
from bot.phrases import orders_desk as phrases
from bot.shop import Shop
from bot.values import BadInput, clean, order_number
from domain.model import OrderState
from domain.numbers import plain_number
from domain.ports import Clock, UnitOfWork
from domain.pseudonyms import hash_said, pseudonym
from domain.records.boards import ORDERS
from domain.records.orders import Found, Wanted
from domain.staff.entering import Entered

T = TypeVar("T")
PAGE = 25
MOST_COUNTED = 1000
COUNTED = (OrderState.PLACED, OrderState.SHIPPED)
FILTERS = ("state", "number", "product", "from", "to", "customer")


@dataclass(frozen=True, kw_only=True)
class _Row:
    """An order in the list."""

    order_id: int
    placed: str
    state: str
    customer: str
    pieces: int
    total: str


@dataclass(frozen=True, kw_only=True)
class OrdersPage:
    """The page with the list."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    frame: StaffFrame

    def all(self, request: Request) -> Response:
        """The orders that the address asks for."""
        return self.frame.shown(request, lambda who: self._all(who, request.query_params))

    def _all(self, who: Entered, params: Mapping[str, str]) -> Response:
        said = {name: clean(params.get(name, "")).strip() for name in FILTERS}
        if "@" in said["customer"]:  # it would stay in the address, and so in what browsers and proxies keep
            asked = urlencode({**_given(said | {"customer": ""}), "email": "1"})
            return RedirectResponse(f"{ORDERS}?{asked}", status_code=303, headers=PRIVATE)
        after = plain_number(params.get("after", ""))
        now = self.clock.now()
        with self.unit_of_work() as uow:
            wanted, wrong = self._wanted(uow, said)
            wrong |= {"customer": phrases.NO_EMAILS} if params.get("email") and not said["customer"] else {}
            found = Found(orders=(), next_after=None) if wrong else uow.orders.find(wanted, PAGE, after)
            counts = {
                str(state): phrases.some(self.shop, count=uow.orders.count(state, MOST_COUNTED), most=MOST_COUNTED)
                for state in COUNTED
            }
        rows = [
            _Row(
                order_id=order.order_id,
                placed=self.shop.local(order.placed_at, now),
                state=order.state,
                customer=pseudonym(order.hashed_email),
                pieces=sum(line.quantity for line in order.lines),
                total=self.shop.money(order.total),
            )
            for order in found.orders
        ]
        others = {name: value for name, value in _given(said).items() if name != "state"}
        views = [
            (f"{ORDERS}?{urlencode({'state': state, **others})}", label, counts.get(state, ""), state == said["state"])
            for state, label in phrases.STATES.items()
        ]
        on = {**_given(said), "after": found.next_after}
        return self.frame.page(
            who,
            "orders_desk",
            phrases.ORDERS,
            here=ORDERS,
            words=phrases,
            status=422 if wrong else 200,
            said=said,
            wrong=wrong,
            filtered=bool(others),
            views=views,
            rows=rows,
            first=f"{ORDERS}?{urlencode(_given(said))}" if after else "",
            following=f"{ORDERS}?{urlencode(on)}" if found.next_after else "",
            is_full=len(rows) == PAGE,
        )

    def _wanted(self, uow: UnitOfWork, said: Mapping[str, str]) -> tuple[Wanted, dict[str, str]]:
        """What is asked for, and what of it cannot be, by field."""
        wrong: dict[str, str] = {}

        def read(name: str, reader: Callable[[str], T]) -> T | None:
            try:
                return reader(said[name]) if said[name] else None
            except BadInput as bad:
                wrong[name] = bad.reason
                return None

        since, until = read("from", _day), read("to", _day)
        if since and until and until < since:
            wrong["to"] = phrases.BAD_RANGE
        wanted = Wanted(
            state=OrderState(said["state"]) if said["state"] in list(OrderState) else None,
            order_id=read("number", lambda text: order_number(text, "order")),
            product_id=read("product", lambda text: _product(uow, text)) or "",
            hashed_email=read("customer", lambda text: _customer(uow, text)) or "",
            since=self._midnight(since) if since else None,
            before=self._midnight(until + timedelta(days=1)) if until else None,
        )
        return wanted, wrong

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.shop.time_zone)


def _given(said: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in said.items() if value}


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as exc:
        raise BadInput(misread.date(word=text[: misread.SHOWN])) from exc
    if not 1900 <= day.year <= 2900:  # farther off than any calendar of ours reaches
        raise BadInput(misread.date(word=text[: misread.SHOWN]))
    return day


def _product(uow: UnitOfWork, text: str) -> str:
    found = uow.products.spelled(text)
    if found is None:
        raise BadInput(staff_products.no_product(text[:100]))
    return found.product_id


def _customer(uow: UnitOfWork, text: str) -> str:
    beginning = hash_said(text)
    if beginning is None:
        raise BadInput(misread.WHO_IS_IT)
    found = uow.people.hashes_beginning(beginning)
    if len(found) != 1:
        called = staff.several_called if found else staff.nobody_called
        raise BadInput(called(pseudonym=f"cust_{beginning}"))
    return found[0]


def add_orders_page(app: FastAPI, page: OrdersPage) -> None:
    """Adds the route."""
    app.add_route(ORDERS, page.all, methods=["GET"])
