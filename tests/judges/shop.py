"""A shop of each trade, as a stranger would start it: Postgres, Rasa and `parley web`, and a look into its tables."""

import csv
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, make_url, text

from bench.web import running_web
from bot.terminal.processes import free_port
from nlu import server
from storage.imports.inventory import import_inventory
from storage.server import database, embedded
from tests.judges.verdicts import Product


@dataclass(frozen=True, kw_only=True, slots=True)
class TradeShop:
    """A running shop of one trade."""

    base: str
    products: dict[str, Product]
    owner: Engine

    def order_lines(self, order_id: int) -> dict[str, int]:
        """What an order holds now; nothing of one that is cancelled."""
        return {
            row.product_id: row.quantity
            for row in self._rows(
                "SELECT product_id, quantity FROM shop.order_line JOIN shop.orders USING (order_id)"
                " WHERE order_id = :it AND state <> 'cancelled'",
                order_id,
            )
        }

    def last_contact(self) -> tuple[str, bool]:
        """The address of the conversation that was held last, and whether it has an e-mail."""
        rows = self._rows(
            "SELECT coalesce(address, '') AS address, state ->> 'hashed_email' IS NOT NULL AS email"
            " FROM chat.conversation LEFT JOIN pii.address ON address_id = CAST(state ->> 'address_id' AS bigint)"
            " ORDER BY updated_at DESC LIMIT 1"
        )
        return (rows[0].address, rows[0].email) if rows else ("", False)

    def _rows(self, query: str, it: object = None) -> list[Any]:
        with self.owner.connect() as connection:
            return list(connection.execute(text(query), {"it": it} if it is not None else {}))


@contextmanager
def running(inventories: dict[str, Path], folder: Path) -> Iterator[dict[str, TradeShop]]:
    """A shop for each trade, over a Postgres and a Rasa of their own; all end with the block."""
    with servers(folder) as (postgres_url, nlu_url), opened(inventories, folder, postgres_url, nlu_url) as shops:
        yield shops


@contextmanager
def servers(folder: Path) -> Iterator[tuple[str, str]]:
    """Where a Postgres and a Rasa of their own answer; both end with the block."""
    with ExitStack() as stack:
        server.train()
        postgres = embedded.start(folder)
        port = free_port()
        rasa = server.serve(port, log=folder / "rasa.log")
        stack.callback(rasa.wait)
        stack.callback(rasa.terminate)
        nlu_url = f"http://127.0.0.1:{port}"
        server.wait_ready(nlu_url, process=rasa)
        yield postgres.url, nlu_url


@contextmanager
def opened(
    inventories: dict[str, Path], folder: Path, postgres_url: str, nlu_url: str, nlu_token: str = ""
) -> Iterator[dict[str, TradeShop]]:
    """A shop for each trade, with a database of its own in a Postgres that runs; all end with the block."""
    with ExitStack() as stack:
        yield {
            trade: _open(stack, folder, postgres_url, (nlu_url, nlu_token), trade, inventory)
            for trade, inventory in inventories.items()
        }


def _open(stack: ExitStack, folder: Path, url: str, nlu: tuple[str, str], trade: str, inventory: Path) -> TradeShop:
    name = f"judge_{trade}_{uuid.uuid4().hex}"
    with database.owner_engine(url).execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    own = make_url(url).set(database=name).render_as_string(hide_password=False)
    database.upgrade(own)
    engine = database.app_engine(own)
    import_inventory(engine, inventory, now=datetime.now(UTC))
    engine.dispose()
    owner = database.owner_engine(own)
    stack.callback(owner.dispose)
    base = stack.enter_context(running_web(own, nlu[0], folder, nlu_token=nlu[1], name=trade))
    return TradeShop(base=base, products=_products(inventory), owner=owner)


def _products(inventory: Path) -> dict[str, Product]:
    with inventory.open(encoding="utf-8", newline="") as rows:
        return {
            row["product_id"]: Product(
                product_id=row["product_id"],
                name=row["name"],
                price=Decimal(row["sale_price"]),
                category=row["category"],
            )
            for row in csv.DictReader(rows)
        }
