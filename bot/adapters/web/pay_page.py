"""The page behind an order's pay link: /pay/…. The provider's own form stands in it, so no card comes near the shop."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI, Request, Response

from bot.adapters.web.html import PRIVATE, html_page
from bot.adapters.web.page_frame import PageFrame
from bot.links import Links
from bot.phrases import payments as phrases
from bot.shop import Shop
from domain.orders.paying import note_asked, to_pay
from domain.payments.providing import Provider, ProviderAway, ProviderRefused
from domain.ports import Clock, UnitOfWork

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Till:
    """Who takes cards, and what its form needs: its script, the key that it shows browsers, and where it sends to.

    `webhook_secret` signs what it reports.
    """

    provider: Provider
    script: str
    publishable_key: str
    api: str
    webhook_secret: str

    @property
    def policy(self) -> str:
        """What a page with the form may load, https://docs.stripe.com/security/guide#content-security-policy."""
        script, api = _origin(self.script), _origin(self.api)
        hooks = " https://*.js.stripe.com https://hooks.stripe.com" if script == "https://js.stripe.com" else ""
        also = {"script-src": f"'self' {script}", "frame-src": f"{script}{hooks}", "connect-src": f"{api} {script}"}
        kept = [one for one in PRIVATE["Content-Security-Policy"].split("; ") if one.split()[0] not in also]
        return "; ".join([*kept, *(f"{name} {allowed}" for name, allowed in also.items())])


def add_pay_page(
    app: FastAPI, till: Till, *, unit_of_work: Callable[[], UnitOfWork], clock: Clock, shop: Shop, links: Links
) -> None:
    """Adds the route."""
    page = PayPage(unit_of_work=unit_of_work, clock=clock, shop=shop, links=links, till=till)
    app.add_route("/pay/{token:path}", page.pay, methods=["GET"])


@dataclass(frozen=True, kw_only=True)
class PayPage(PageFrame):
    """The page."""

    till: Till

    def pay(self, request: Request) -> Response:
        """Shows what is to be paid, and the form; the link itself is the permission, and shows nothing of the order."""
        order_id = self.links.paid_by(request.path_params["token"])
        return self.unknown() if order_id is None else self.answered(lambda: self._form(order_id))

    def _form(self, order_id: int) -> Response:
        with self.unit_of_work() as uow:
            due = to_pay(uow, order_id)
        if due is None:
            return self._paid(order_id)
        try:
            asked = self.till.provider.ask(order_id, due.amount, charge_id=due.charge_id, reference=due.reference)
        except (ProviderAway, ProviderRefused) as error:
            log.warning("payment not asked for", order_id=order_id, reason=error.reason)
            return self.message(503, phrases.CARDS_AWAY, phrases.CARDS_AWAY_TEXT, self.a_person())
        if not asked.secret:
            return self._paid(order_id)
        with self.unit_of_work() as uow:
            note_asked(uow, order_id, asked.reference)
            uow.commit()
        answer = html_page(
            "pay",
            shop=self.shop.name,
            title=phrases.pay_title(order_id=order_id),
            text=phrases.pay_text(amount=self.shop.money(due.amount)),
            yes=phrases.pay_button(amount=self.shop.money(due.amount)),
            note=phrases.NO_CARD_HERE,
            failed=phrases.NOT_PAID,
            unknown=phrases.PERHAPS_PAID,
            away=phrases.NO_FORM,
            script=self.till.script,
            key=self.till.publishable_key,
            secret=asked.secret,
        )
        answer.headers["Content-Security-Policy"] = self.till.policy
        return answer

    def _paid(self, order_id: int) -> Response:
        return self.message(200, phrases.pay_title(order_id=order_id), phrases.NOTHING_TO_PAY)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
