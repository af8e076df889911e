"""The pages behind the links of mails: /cancel/…, /confirm/…, /ideas/… and /unsubscribe/….

Opening one changes nothing, because the programs of mail services open links before people do; its button does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException

from bot.adapters.web.html import html_page
from bot.adapters.web.page_frame import PageFrame, names_of
from bot.links import Links
from bot.phrases import orders as phrases_orders
from bot.phrases import pages as phrases_pages
from bot.phrases import payments as phrases_payments
from bot.phrases import wording
from bot.shop import Shop
from domain.errors import AlreadyCancelled, AlreadyShipped, CancelWindowClosed
from domain.model import Order, Product
from domain.orders.cancelling import cancel_by_link, check_open
from domain.outreach import unproven
from domain.outreach.consenting import confirm, stop_by_message
from domain.outreach.unproven import confirm_order, confirmable
from domain.payments.telling import told_of
from domain.ports import Clock, UnitOfWork
from domain.records.opting_in import HOLDS


@dataclass(frozen=True, kw_only=True)
class _Row:
    """An order line as it is shown."""

    name: str
    unit_price: str
    amount: str


def add_pages(app: FastAPI, *, unit_of_work: Callable[[], UnitOfWork], clock: Clock, shop: Shop, links: Links) -> None:
    """Adds the routes."""
    pages = _Pages(unit_of_work=unit_of_work, clock=clock, shop=shop, links=links)
    # A token is a whole path, so that every made-up one gets the same answer.
    app.add_route("/cancel/{token:path}", pages.cancel, methods=["GET", "POST"])
    app.add_route("/confirm/{token:path}", pages.confirm, methods=["GET", "POST"])
    app.add_route("/ideas/{token:path}", pages.ideas, methods=["GET", "POST"])
    app.add_route("/unsubscribe/{token:path}", pages.unsubscribe, methods=["GET", "POST"])
    app.add_exception_handler(404, pages.nowhere)


@dataclass(frozen=True, kw_only=True)
class _Pages(PageFrame):
    """The pages of one question or one button."""

    def cancel(self, request: Request) -> Response:
        """Shows the order that can be cancelled here; POST cancels it."""
        order_id = self.links.order_of(request.path_params["token"])
        if order_id is None:
            return self.unknown()
        return self.answered(lambda: self._cancel(order_id) if request.method == "POST" else self._order(order_id))

    def unsubscribe(self, request: Request) -> Response:
        """Asks whether marketing shall end; POST ends it, by the page's button or by a mail program.

        The one-click POST of mail programs (RFC 8058) has no cookie and need not be read: the token says it all.
        """
        message_id = self.links.message_of(request.path_params["token"])
        if message_id is None:
            return self.unknown()
        return self.answered(lambda: self._stop(message_id, for_good=request.method == "POST"))

    def confirm(self, request: Request) -> Response:
        """Asks the owner of an address whether an order is theirs; POST confirms it. It shows nothing of the order."""
        order_id = self.links.confirmed_by(request.path_params["token"])
        if order_id is None:
            return self.unknown()
        return self.answered(lambda: self._confirm(order_id, for_good=request.method == "POST"))

    def ideas(self, request: Request) -> Response:
        """Asks the owner of an address whether marketing shall come; POST agrees."""
        opt_in_id = self.links.opt_in_of(request.path_params["token"])
        if opt_in_id is None:
            return self.unknown()
        return self.answered(lambda: self._agree(opt_in_id) if request.method == "POST" else self._ask(opt_in_id))

    async def nowhere(self, request: Request, error: Exception) -> Response:
        """What leads to no page: the page of a made-up link for people, the usual answer for programs."""
        if request.url.path.startswith("/api/") and isinstance(error, HTTPException):
            return await http_exception_handler(request, error)
        return self.unknown()

    def _order(self, order_id: int) -> Response:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            order = uow.orders.get(order_id)
            if order is None:
                return self.unknown()
            products = uow.products.get([line.product_id for line in order.lines])
        try:
            check_open(order, now)
        except (AlreadyCancelled, AlreadyShipped, CancelWindowClosed) as error:
            return self._refused(error, status=200)
        shop = self.shop
        return html_page(
            "cancel",
            shop=shop.name,
            title=phrases_orders.ask_cancel(order_id=order_id),
            text=phrases_pages.placed(day=shop.day(order.placed_at), until=shop.local(order.cancel_until, now)),
            rows=self._rows(order, products),
            discounts=[(one.name, shop.money(-one.amount)) for one in order.discounts],
            discount=shop.money(-order.unnamed_discount) if order.unnamed_discount else "",
            total=shop.money(order.total),
            yes=phrases_pages.yes_cancel(order_id=order_id),
            no=phrases_pages.KEEP,
            note=phrases_pages.NOTHING_YET,
        )

    def _cancel(self, order_id: int) -> Response:
        now = self.clock.now()
        try:
            with self.unit_of_work() as uow:
                order = cancel_by_link(uow, order_id, now=now)
                unproven.note_cancelled_by_link(uow, order, now)
                products = uow.products.get([line.product_id for line in order.lines])
                told = told_of(uow, order_id)
                uow.commit()
        except AlreadyCancelled as error:
            return self._refused(error, status=200)
        except (AlreadyShipped, CancelWindowClosed) as error:
            return self._refused(error, status=409)
        back = wording.listed(names_of(order.lines, products))
        money = phrases_payments.after_cancelling(self.shop, total=order.total, told=told)
        text = phrases_orders.cancelled(lines=back, money=money)
        return self.message(200, phrases_orders.is_cancelled(order_id=order_id), text)

    def _confirm(self, order_id: int, *, for_good: bool) -> Response:
        what = phrases_pages.confirm_what(shop=self.shop.name)
        with self.unit_of_work() as uow:
            works = (confirm_order if for_good else confirmable)(uow, order_id, self.clock.now())
            uow.commit()
        if not works:
            over = phrases_pages.confirm_over(days=unproven.HOLDS.days)
            return self.message(410, phrases_pages.TOO_LATE, over)
        if for_good:
            return self.message(200, phrases_pages.confirmed(order_id=order_id), what)
        return html_page(
            "unsubscribe",
            shop=self.shop.name,
            title=phrases_pages.ask_confirm(order_id=order_id),
            texts=(what, phrases_pages.CONFIRM_ELSE),
            yes=phrases_pages.YES_CONFIRM,
            note=phrases_pages.NOTHING_YET,
        )

    def _ask(self, opt_in_id: int) -> Response:
        with self.unit_of_work() as uow:
            asked = uow.opt_ins.get(opt_in_id)
        if asked is None or not asked.open(self.clock.now()):
            return self._over()
        limits = self.shop.limits
        what = phrases_pages.ideas_what(shop=self.shop.name, day=limits.per_day, week=limits.per_week)
        return html_page(
            "unsubscribe",
            shop=self.shop.name,
            title=phrases_pages.ASK_IDEAS,
            texts=(what, phrases_pages.IDEAS_END),
            yes=phrases_pages.YES_IDEAS,
            note=phrases_pages.NOTHING_YET,
        )

    def _agree(self, opt_in_id: int) -> Response:
        with self.unit_of_work() as uow:
            agreed = confirm(uow, opt_in_id, self.clock.now())
            uow.commit()
        return self.message(200, phrases_pages.IDEAS_ON, phrases_pages.IDEAS_END) if agreed else self._over()

    def _over(self) -> Response:
        return self.message(410, phrases_pages.TOO_LATE, phrases_pages.ideas_over(days=HOLDS.days))

    def _stop(self, message_id: str, *, for_good: bool) -> Response:
        with self.unit_of_work() as uow:
            message = uow.notifications.of_message(message_id)
            if message is None:
                return self.unknown()
            if for_good:
                stop_by_message(uow, message, "link", self.clock.now())
                uow.commit()
        texts = (phrases_pages.no_more_mails(shop=self.shop.name), phrases_pages.STILL_COME)
        if for_good:
            return self.message(200, phrases_pages.STOPPED, *texts)
        return html_page(
            "unsubscribe",
            shop=self.shop.name,
            title=phrases_pages.ASK_STOP,
            texts=texts,
            yes=phrases_pages.YES_STOP,
            note=phrases_pages.NOTHING_YET,
        )

    def _refused(self, error: AlreadyCancelled | AlreadyShipped | CancelWindowClosed, *, status: int) -> Response:
        title, text = phrases_pages.refused(self.shop, error, self.clock.now())
        return self.message(status, title, text, self.a_person())

    def _rows(self, order: Order, products: dict[str, Product]) -> list[_Row]:
        return [
            _Row(
                name=name,
                unit_price=self.shop.money(line.unit_price) if line.quantity > 1 else "",
                amount=self.shop.money(line.amount),
            )
            for name, line in zip(names_of(order.lines, products), order.lines, strict=True)
        ]
