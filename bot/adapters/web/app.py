"""The web app: the chat page and its API, the pages behind links, health and metrics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import stat_result
from typing import Any

from cachetools.func import ttl_cache
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.requests import ClientDisconnect

from bot.adapters.slack.app import SlackApp
from bot.adapters.telegram.app import TelegramBot
from bot.adapters.web import replies as web_replies
from bot.adapters.web.api.app import PREFIX, make_api
from bot.adapters.web.chat import add_chat
from bot.adapters.web.health import add_health
from bot.adapters.web.html import SecurityHeaders, error
from bot.adapters.web.in_time import InTime
from bot.adapters.web.limits import WebLimits, pseudonyms
from bot.adapters.web.mail_events import add_mail_events
from bot.adapters.web.mailbox import add_mailbox
from bot.adapters.web.pages import add_pages
from bot.adapters.web.parts import WebParts
from bot.adapters.web.pay_page import add_pay_page
from bot.adapters.web.rating_page import add_rating_page
from bot.adapters.web.staff.card import OrderCard
from bot.adapters.web.staff.dashboards import DashboardPages, add_dashboards
from bot.adapters.web.staff.data import DataPages, add_data_pages
from bot.adapters.web.staff.door import StaffDoor, add_staff_door
from bot.adapters.web.staff.editing import EditingPages, add_editing_pages
from bot.adapters.web.staff.frame import StaffFrame
from bot.adapters.web.staff.order import OrderPages, add_order_pages
from bot.adapters.web.staff.orders import OrdersPage, add_orders_page
from bot.adapters.web.staff.products import ProductsPage, add_products_page
from bot.adapters.web.staff.steps import OrderSteps, add_order_steps
from bot.adapters.web.staff.undoing import UndoingPages, add_undoing_pages
from bot.adapters.web.static import add_page
from bot.adapters.web.stripe_events import add_stripe_events
from bot.adapters.web.visitors import Visitors
from bot.adapters.web.webhooks import add_webhooks, webhooks_running
from bot.phrases import pages as phrases_pages
from bot.phrases import talk as phrases_talk
from domain.errors import Away, Busy

WINDOW_SECONDS = 60.0  # so long the same things stand in the shop window


def make_app(parts: WebParts, slack: SlackApp | None = None, telegram: TelegramBot | None = None) -> FastAPI:
    """The ASGI app; it opens nothing by itself. Slack and Telegram have their routes in it when they are given."""
    delivered = web_replies.Delivered(parts.chats)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with delivered.marking(), webhooks_running(slack, telegram, parts.public_url):
            yield

    app = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.router.redirect_slashes = False  # it would build the address from the Host header
    app.state.stopping = lambda: False
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Busy, _busy)
    pseudonym = pseudonyms(parts.cookie_keys[-1])
    limits = WebLimits(
        parts.rates,
        parts.clock,
        messages_per_minute=parts.messages_per_minute,
        visitors_per_network=parts.visitors_per_network,
    )
    add_webhooks(app, slack, telegram)
    if parts.mail_events_key:
        add_mail_events(app, parts.unit_of_work, parts.clock, parts.mail_events_key)
    add_pages(app, unit_of_work=parts.unit_of_work, clock=parts.clock, shop=parts.shop, links=parts.links)
    add_rating_page(app, unit_of_work=parts.unit_of_work, clock=parts.clock, shop=parts.shop, links=parts.links)
    if parts.till is not None:
        add_stripe_events(app, parts.till, parts.unit_of_work, parts.clock)
        add_pay_page(
            app, parts.till, unit_of_work=parts.unit_of_work, clock=parts.clock, shop=parts.shop, links=parts.links
        )
    door = StaffDoor(
        unit_of_work=parts.unit_of_work,
        clock=parts.clock,
        shop=parts.shop,
        visitors=Visitors(parts.cookie_keys, parts.public_url),
    )
    add_staff_door(app, door)
    frame = StaffFrame(door=door, shop=parts.shop)
    add_data_pages(
        app,
        DataPages(
            unit_of_work=parts.unit_of_work, clock=parts.clock, shop=parts.shop, frame=frame, connect=parts.connect
        ),
    )
    add_dashboards(
        app,
        DashboardPages(
            unit_of_work=parts.unit_of_work,
            clock=parts.clock,
            shop=parts.shop,
            frame=frame,
            marts=parts.marts,
            glossary=parts.glossary,
        ),
    )
    _add_desk(app, parts, frame)
    app.mount(PREFIX, make_api(parts.api(pseudonym)), name="api")
    if parts.mailbox is not None:
        add_mailbox(app, parts.mailbox, parts.clock, parts.shop)
    app.add_middleware(InTime)
    app.add_middleware(SecurityHeaders, public_url=parts.public_url)
    add_page(app)
    app.mount("/images", _Pictures(directory=parts.images, check_dir=False), name="images")

    away: tuple[type[Exception], ...] = (Busy, *parts.chats.away)

    @ttl_cache(maxsize=1, ttl=WINDOW_SECONDS)
    def window() -> list[dict[str, Any]]:
        return web_replies.rendered(parts.shop_window())

    @app.get("/api/shop")
    def shop() -> dict[str, Any]:
        try:
            shown = window()
        except away:
            shown = []  # the page says what it can
        greeting = phrases_talk.hello(shop=parts.shop.name)
        told = {"name": parts.shop.name, "tagline": parts.tagline, "greeting": greeting}
        return {**told, "window": shown, "examples": parts.examples}

    @app.get("/api/products/{product_id:path}")
    def product(product_id: str, request: Request) -> JSONResponse:
        if not limits.take_look(pseudonym(request)):
            return error(429, phrases_pages.TOO_FAST)
        with parts.unit_of_work() as uow:
            found = uow.products.spelled(product_id)
        return JSONResponse({"title": found.title}) if found else error(404, phrases_pages.NO_PRODUCT)

    add_chat(app, parts, delivered, limits, pseudonym)
    add_health(app, parts.health, parts.reduced, parts.metrics_token)
    return app


def _add_desk(app: FastAPI, parts: WebParts, frame: StaffFrame) -> None:
    """Adds the pages on which staff runs orders and products."""
    unit_of_work, clock, shop = parts.unit_of_work, parts.clock, parts.shop
    add_orders_page(app, OrdersPage(unit_of_work=unit_of_work, clock=clock, shop=shop, frame=frame))
    card = OrderCard(shop=shop, frame=frame)
    add_order_pages(app, OrderPages(unit_of_work=unit_of_work, clock=clock, shop=shop, frame=frame, card=card))
    add_order_steps(app, OrderSteps(unit_of_work=unit_of_work, clock=clock, shop=shop, frame=frame, card=card))
    add_products_page(app, ProductsPage(unit_of_work=unit_of_work, shop=shop, frame=frame))
    add_editing_pages(app, EditingPages(unit_of_work=unit_of_work, clock=clock, shop=shop, frame=frame))
    add_undoing_pages(app, UndoingPages(unit_of_work=unit_of_work, clock=clock, shop=shop, frame=frame))


class _Pictures(StaticFiles):
    """The pictures of a folder that may not be there; then there is no picture."""

    async def check_config(self) -> None:
        """Expects nothing."""

    def lookup_path(self, path: str) -> tuple[str, stat_result | None]:
        """Where a picture is; nowhere for what is no name of a file."""
        return super().lookup_path(path) if path.isprintable() else ("", None)


async def _gone(request: Request, error: Exception) -> Response:
    """Who asked went away before the request was whole; nobody reads this."""
    return Response(status_code=400)


async def _busy(request: Request, failure: Exception) -> Response:
    """What a route does not word itself."""
    return error(503, phrases_pages.AWAY_CHAT if isinstance(failure, Away) else phrases_pages.BUSY_CHAT)
