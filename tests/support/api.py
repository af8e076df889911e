"""A shop with a warehouse, as other programs ask it, and as staff looks at it in a browser."""

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.testclient import TestClient

from analytics.products.catalogue import products
from analytics.warehouse import WarehouseTerms
from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.engine import MessageEngine
from bot.links import Links
from domain.records.api_keys import ApiKey, Scope
from domain.records.staff import Role
from domain.staff.api_access import make_key
from domain.staff.entering import make_link
from scheduler.mart_reports import glossary_as_of
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.queries.marts import standing
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP

TERMS = WarehouseTerms(time_zone=str(SHOP.time_zone))
V1 = "/api/v1"
STAFF = {f"slack:U{role.upper()}": frozenset({str(role)}) for role in Role}
SAME_SITE = {"sec-fetch-site": "same-origin"}


class AskedShop:
    """A shop on a database, with its web app; the clock stands still until it is set."""

    def __init__(self, database: Engine, folder: Path, *, built: bool = True) -> None:
        self.database = database
        self.clock = StillClock(NOW)
        self.shop = replace(SHOP, data_products=products, web_url="https://shop.example.com", staff=STAFF)
        self.app: FastAPI = make_app(
            WebParts(
                engine=MessageEngine(
                    interpreter=CommandInterpreter(),
                    unit_of_work=self.unit_of_work,
                    clock=self.clock,
                    shop=self.shop,
                ),
                chats=PostgresChats(database, self.clock),
                health=PostgresHealth(database),
                unit_of_work=self.unit_of_work,
                rates=PostgresRates(database),
                clock=self.clock,
                reduced=lambda: False,
                cookie_keys=[SHOP.hash_key],
                links=Links("", [SHOP.hash_key]),
                shop=self.shop,
                tagline="",
                examples=(),
                images=folder,
                mailbox=None,
                messages_per_minute=100,
                marts=partial(standing, database) if built else nullcontext,
                glossary=partial(glossary_as_of, self.shop, TERMS),
            )
        )

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, rates=PostgresRates(self.database))

    def at(self, moment: datetime) -> None:
        """Sets the clock."""
        self.clock.moment = moment

    def secret(self, *scopes: Scope, name: str = "till", days: int = 30, per_minute: int = 10_000) -> str:
        """A new key."""
        now = self.clock.now()
        key = ApiKey(
            name=name, scopes=frozenset(scopes), per_minute=per_minute, made_at=now, ends_at=now + timedelta(days=days)
        )
        with self.unit_of_work() as uow:
            secret = make_key(uow, key, "terminal")
            uow.commit()
        return secret

    def client(self, secret: str = "", address: str = "192.0.2.1") -> TestClient:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        return TestClient(self.app, client=(address, 50_000), headers=headers, base_url=f"http://testserver{V1}")

    def enters(self, subject: str, to: str = "") -> TestClient:
        """The browser of somebody of staff who opened a link and came in."""
        browser = self.browser()
        with self.unit_of_work() as uow:
            secret = make_link(uow, (subject,), self.clock.now())
            uow.commit()
        entered = browser.post(f"/staff/{secret}", params={"to": to} if to else {}, headers=SAME_SITE)
        assert entered.status_code != 403, entered.text
        return browser

    def browser(self) -> TestClient:
        """The browser of nobody yet."""
        return TestClient(self.app, base_url="https://shop.example.com")

    def may(self, *scopes: Scope) -> TestClient:
        """Who asks with a new key."""
        return self.client(self.secret(*scopes, name=called(scopes)))


def called(scopes: Collection[Scope]) -> str:
    """What the key with these scopes is called."""
    return "-".join(scope[:3] for scope in sorted(scopes))
