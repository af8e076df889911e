"""Customers order and cancel while everything around them is killed; in the end nothing is lost, doubled or half done.

`make chaos` runs it for a minute. Killed with SIGKILL at random moments: the web process, two workers, the scheduler,
and connections to Postgres; the mail service answers 500 and 429, hangs, hangs up, and loses its answers.

Nobody has proven an address when they order. Most owners of one press the links in their mails while all that goes on,
some never do, and some addresses are typed in two chats: what must wait for its owner waits, and then comes once.

Then branches hand in files while who takes them in is killed (`handing_in.py`).
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import yaml
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from bot.links import Links
from domain.errors import Away
from domain.model import Product
from domain.outreach.unproven import NOT_CONFIRMED
from nlu.processes import free_port, start
from storage.server import database, embedded
from storage.server.clock import DatabaseClock
from storage.unit_of_work import PostgresUnitOfWork
from tests.e2e import handing_in
from tests.support.sendgrid_api import API_KEY, SendGridServer
from tests.support.stocking import create_product

KEY = "c" * 40
NO_RASA = "http://127.0.0.1:9"  # without a model the exact commands are understood
PRODUCTS = [f"CUP-{number}" for number in range(8)]
STOCK = 5000
PARTS = ("web", "worker", "worker", "scheduler")
BAD_MOODS = ("500", "429", "hang", "drop", "lost")
PATIENCE_SECONDS = 120.0
QUICK_START_SECONDS = 3.0
SETTLE_SECONDS = 12  # times five it is longer than any time in which the web process is away


@dataclass
class Seen:
    """What the customers saw, all of them together."""

    placed: dict[int, int] = field(default_factory=dict)  # an order's number -> how many pieces
    customers: dict[int, int] = field(default_factory=dict)  # who placed it
    cancelled: set[int] = field(default_factory=set)
    by_link: set[int] = field(default_factory=set)  # of them
    confirmations: Counter[int] = field(default_factory=Counter)
    retries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Shop:
    """The shop's processes, and the monkey among them."""

    def __init__(self, folder: Path, url: str, sendgrid: SendGridServer, seed: int) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = url
        self.kills: Counter[str] = Counter()
        self._dice = random.Random(seed)
        self._environment = {
            "PYTHONPATH": os.getcwd(),
            "PARLEY_DATABASE_URL": url,
            "PARLEY_EMAIL_HASH_KEY": KEY,
            "PARLEY_NLU_URL": NO_RASA,
            "PARLEY_SENDGRID_API_KEY": API_KEY,
            "PARLEY_SENDGRID_API_URL": sendgrid.url,
            "PARLEY_SENDGRID_WEBHOOK_KEY": sendgrid.public_key,
        }
        self._config = folder / "config.yaml"
        self._config.write_text(yaml.safe_dump(_config(self.port)))
        self._children: list[subprocess.Popen[bytes]] = [self._begin(part) for part in PARTS]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _begin(self, part: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bot.cli", "--config", str(self._config), part]
        return start(command, log=self.folder / f"{part}.log", env=self._environment, cwd=self.folder)

    def close(self) -> None:
        for child in self._children:
            child.kill()
            child.wait()

    def misbehave(self, seconds: float, going_on: Callable[[], bool] = lambda: False) -> None:
        """Kills at random for so many seconds, counted from when the shop runs, and while it goes on; at least once.

        In the main thread: children die with the thread that started them. On a busy machine, where a part takes long
        to start, it kills as much less often: else nothing would ever run. In the end everything runs.
        """
        engine = database.owner_engine(self.url)
        slowness = max(1.0, self._starts_within() / QUICK_START_SECONDS)
        end = time.monotonic() + seconds
        while time.monotonic() < end or going_on() or not self.kills.total():
            time.sleep(self._dice.uniform(0.5, 4.0) * slowness)
            victim = self._dice.choice([*range(len(PARTS)), "connections", "connections"])
            if isinstance(victim, int):
                self._children[victim].kill()
                self.kills[PARTS[victim]] += 1
                time.sleep(self._dice.uniform(0, 0.5))
            else:
                with suppress(OperationalError, Away), engine.begin() as connection:
                    self.kills["connections"] += connection.execute(_CUT).rowcount
            self._revive()
        engine.dispose()

    def _starts_within(self) -> float:
        """Waits until the web process answers; returns how many seconds that took."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE_SECONDS:
            with suppress(httpx.HTTPError):
                httpx.get(self.address)
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError("the web process does not start")

    def ended(self) -> list[str]:
        """The parts that ended although nobody killed them."""
        return [part for part, child in zip(PARTS, self._children, strict=True) if child.poll() is not None]

    def _revive(self) -> None:
        for number, part in enumerate(PARTS):
            if self._children[number].poll() is not None:
                self._children[number].wait()
                self._children[number] = self._begin(part)


_CUT = text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
      AND random() < 0.3
""")


def _config(port: int) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(Path("config.yaml").read_text())
    config["shop"]["answers"] = ""
    config["web"] = {"host": "127.0.0.1", "port": port, "public_url": ""}
    config["mail"] |= {"settle_seconds": SETTLE_SECONDS, "timeout_seconds": 1.5}
    config["jobs"] = {"attempts": 100, "stalled_seconds": 3}
    config["limits"] |= {"messages_per_minute": 10_000, "unproven_mails_per_hour": 10_000}  # all are of one network
    config["marketing"] |= {"quiet_from": "00:00", "quiet_until": "00:00"}
    return config


def _owner(number: int) -> int:
    """Whose address a customer types: every fifth one that of the customer before."""
    return number - 1 if number % 5 == 4 else number


def _email(number: int) -> str:
    return f"chaos{_owner(number)}@example.com"


def _confirms(number: int) -> bool:
    """Whether the owner of the address that a customer typed presses the links in the mails."""
    return _owner(number) % 4 != 3


class _Person:
    """Somebody who asks the shop until it answers."""

    def __init__(self, shop: Shop, seen: Seen) -> None:
        self._seen = seen
        self._http = httpx.Client(base_url=shop.address, timeout=15)

    def close(self) -> None:
        self._http.close()

    def _until_answered(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            with suppress(httpx.HTTPError):
                answer = send()
                if answer.status_code < 500:
                    assert answer.status_code == 200, answer.text
                    return answer
            with self._seen.lock:
                self._seen.retries += 1
            time.sleep(0.2)
        raise AssertionError("nobody answered")


class Owners(_Person):
    """The owners of the addresses: they read every mail in turn, and most press the links that confirm."""

    def __init__(self, shop: Shop, seen: Seen, sendgrid: SendGridServer) -> None:
        super().__init__(shop, seen)
        self._sendgrid = sendgrid
        self._read = 0
        self._over = threading.Event()

    @property
    def all_read(self) -> bool:
        return self._read == len(self._sendgrid.accepted)

    def over(self) -> None:
        self._over.set()

    def read(self) -> None:
        """Until it is over."""
        while not self._over.wait(0.05):
            for mail in self._sendgrid.accepted[self._read :]:
                if _confirms(int(mail.to.removeprefix("chaos").partition("@")[0])):
                    for link in _CONFIRMING.findall(mail.text):
                        self._press(link)
                self._read += 1

    def _press(self, link: str) -> None:
        self._until_answered(lambda: self._http.post(link))


_CONFIRMING = re.compile(r"http://[\w.:]+/(?:confirm|ideas)/[\w.-]+")


class Customer(_Person):
    """A visitor of the chat page, who repeats a message with the same id until it is answered, as the page does."""

    def __init__(self, shop: Shop, seen: Seen, number: int, dice: random.Random) -> None:
        super().__init__(shop, seen)
        self._number, self._dice = number, dice
        self._buttons: dict[str, str] = {}

    def orders(self) -> int:
        """Orders something; returns the order's number."""
        pieces = self._dice.randint(1, 3)
        self._says(f"order {pieces} {self._dice.choice(PRODUCTS)}")
        self._says(_email(self._number))
        self._says(f"address: {self._number} Main St, Denver CO 80203")
        replies = self._presses("Place order")
        titles = [found[1] for reply in replies if (found := re.fullmatch(r"Order #(\d+) is placed", reply["title"]))]
        assert len(titles) == 1, replies
        order_id = int(titles[0])
        with self._seen.lock:
            self._seen.placed[order_id] = pieces
            self._seen.customers[order_id] = self._number
            self._seen.confirmations[order_id] += 1
        if "Yes, mail me ideas" in self._buttons:
            self._presses("Yes, mail me ideas")
        return order_id

    def cancels(self, order_id: int, links: Links) -> None:
        """Cancels in the chat or by the link of the confirmation mail, and at times twice."""
        by_link = self._dice.random() >= 0.5
        if not by_link:
            self._send({"choice": f"cancel:{order_id}"})
            self._presses("Yes, cancel it")
        else:
            path = links.cancel(order_id)
            self._until_answered(lambda: self._http.post(path))
            if self._dice.random() < 0.3:
                self._until_answered(lambda: self._http.post(path))
        with self._seen.lock:
            self._seen.cancelled.add(order_id)
            self._seen.by_link |= {order_id} if by_link else set()

    def _says(self, said: str) -> list[dict[str, Any]]:
        return self._send({"text": said})

    def _presses(self, label: str) -> list[dict[str, Any]]:
        return self._send({"choice": self._buttons[label]})

    def _send(self, body: dict[str, str]) -> list[dict[str, Any]]:
        body = body | {"id": uuid.uuid4().hex}
        answer = self._until_answered(lambda: self._http.post("/api/chat", json=body))
        replies: list[dict[str, Any]] = answer.json()["replies"]
        self._buttons = {one["label"]: one["choice"] for reply in replies for one in reply["buttons"]}
        return replies


def run(
    folder: Path, url: str, *, orders: int, cancellations: int, clients: int, seconds: float, seed: int
) -> dict[str, object]:
    """Runs the whole story on an empty, migrated database and checks how it ended; returns its numbers.

    The chaos lasts until all have ordered and cancelled, and at least `seconds`.
    """
    engine = database.app_engine(url, pool_size=4)
    _fill(engine)
    seen, began = Seen(), time.monotonic()
    with SendGridServer(hang_seconds=3.0, retry_after="1", repeat_batches=True).running() as sendgrid:
        sendgrid.fail_randomly(0.4, seed, BAD_MOODS)
        shop = Shop(folder, url, sendgrid, seed)
        sendgrid.webhook(f"{shop.address}/sendgrid/events")
        owners = Owners(shop, seen, sendgrid)
        reading = ThreadPoolExecutor(max_workers=1)
        try:
            read = reading.submit(owners.read)
            with ThreadPoolExecutor(max_workers=clients) as pool:
                customers = _customers(pool, shop, seen, orders, cancellations, seed)
                shop.misbehave(seconds, lambda: not all(customer.done() for customer in customers))
            for customer in customers:
                customer.result()
            sendgrid.fail_randomly(0.0, seed)
            calmed = time.monotonic()
            _until_quiet(engine, sendgrid, owners)
            quiet = time.monotonic() - calmed
            owners.over()
            read.result()
            held = _check(engine, sendgrid, seen, orders, cancellations)
            assert shop.ended() == [], "a part ended by itself"
        finally:
            owners.over()
            reading.shutdown()
            owners.close()
            shop.close()
            engine.dispose()
    return {
        "orders": len(seen.placed),
        "cancelled": len(seen.cancelled),
        "killed": dict(shop.kills),
        "requests repeated by customers": seen.retries,
        "calls to SendGrid": sendgrid.requests,
        "of which failed": dict(Counter(sendgrid.failed)),
        "mails accepted": len(sendgrid.accepted),
        "mails that still wait for their owner": held,
        "seconds": round(time.monotonic() - began),
        "seconds until quiet": round(quiet),
    }


def _fill(engine: Engine) -> None:
    now = DatabaseClock(engine).now()
    with PostgresUnitOfWork(engine) as uow:
        for product_id in PRODUCTS:
            product = Product(
                product_id=product_id,
                name=product_id.replace("-", " "),
                quantity=STOCK,
                wholesale_cost=Decimal(1),
                sale_price=Decimal("2.50"),
                supplier_id="CHAOS",
            )
            create_product(uow, product, actor="chaos", now=now)
        uow.commit()


def _customers(
    pool: ThreadPoolExecutor, shop: Shop, seen: Seen, orders: int, cancellations: int, seed: int
) -> list[Future[None]]:
    links = Links(shop.address, [KEY.encode()])

    def one(number: int) -> None:
        customer = Customer(shop, seen, number, random.Random(seed + number))
        try:
            order_id = customer.orders()
            if number < cancellations:
                customer.cancels(order_id, links)
        finally:
            customer.close()

    return [pool.submit(one, number) for number in range(orders)]


def _until_quiet(engine: Engine, sendgrid: SendGridServer, owners: Owners) -> None:
    """Waits until no job is left to do and no mail to read; the long pauses after many failures are cut short.

    The mail service goes on reporting, as it does wherever more than one mail is sent.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    quiet = 0
    while quiet < 3:
        assert time.monotonic() < end, f"jobs are left: {rows_of(engine, _LEFT)}"
        time.sleep(0.5)
        rows_of(engine, _SOONER)
        sendgrid.report("delivered", sendgrid.accepted[-1])
        quiet = quiet + 1 if owners.all_read and not rows_of(engine, _LEFT) else 0


_UPKEEP = "('catch_up', 'rescue', 'sweep', 'left_carts', 'end_readers')"
_LEFT = f"""
    SELECT task_name, CAST(status AS text), count(*), max(attempts) FROM jobs.procrastinate_jobs
    WHERE status IN ('todo', 'doing') AND task_name NOT IN {_UPKEEP} GROUP BY 1, 2
"""

_SOONER = """
    UPDATE jobs.procrastinate_jobs SET scheduled_at = now() + interval '5 seconds'
    WHERE status = 'todo' AND scheduled_at > now() + interval '5 seconds' RETURNING id
"""


def rows_of(engine: Engine, query: str) -> list[Any]:
    """What a query finds, however often its connection is cut."""
    for _ in range(20):  # our own connections are cut too
        with suppress(OperationalError, Away), engine.begin() as connection:
            return list(connection.execute(text(query)).all())
    raise AssertionError("Postgres does not answer")


def _check(engine: Engine, sendgrid: SendGridServer, seen: Seen, orders: int, cancellations: int) -> int:
    """What must be true in the end; returns how many mails still wait for their owner."""
    stored = dict(tuple(row) for row in rows_of(engine, "SELECT order_id, CAST(state AS text) FROM shop.orders"))
    assert len(stored) == orders, "an order was lost or doubled"
    assert set(stored) == set(seen.placed), "customers and shop disagree about the orders"
    cancelled = {order_id for order_id, state in stored.items() if state == "cancelled"}
    assert cancelled == seen.cancelled
    assert len(cancelled) == cancellations

    told = rows_of(engine, "SELECT reply ->> 'title', count(*) FROM pii.delivery WHERE position = 1 GROUP BY 1")
    told_once = {title: count for title, count in told if title and title.startswith("Order #")}
    for order_id in stored:
        assert told_once.get(f"Order #{order_id} is placed") == 1, f"order {order_id} is not confirmed once in the chat"
        assert seen.confirmations[order_id] == 1
    for order_id in cancelled:
        assert told_once.get(f"Order #{order_id} is cancelled") == 1, f"the end of order {order_id} is not told once"

    accepted = Counter(mail.message_id for mail in sendgrid.accepted)
    twice = [round(mail.at) for mail in sendgrid.accepted if accepted[mail.message_id] > 1]
    assert twice == [], f"mails were taken twice, at {twice}"
    sent = rows_of(engine, "SELECT key, message_id, outcome, reason FROM chat.notification WHERE NOT marketing")
    by_key = {row.key: row for row in sent if not row.key.startswith("mail:opt-in/")}
    opt_ins = [row for row in sent if row.key not in by_key]
    assert len(opt_ins) == len({_email(number) for number in range(orders)}), "not one question for each address"
    steps = {f"mail:order/{order_id}/placed": order_id for order_id in stored}
    steps |= {f"mail:order/{order_id}/cancelled": order_id for order_id in cancelled}
    assert set(by_key) == set(steps)
    held = {key for key, row in by_key.items() if row.reason == NOT_CONFIRMED}
    for row in [*opt_ins, *(row for key, row in by_key.items() if key not in held)]:
        assert row.outcome == "sent", f"{row.key} is {row.outcome}: {row.reason}"
        assert accepted[row.message_id] == 1, f"{row.key} was not taken once"
    for key in held:
        assert not _confirms(seen.customers[steps[key]]), f"{key} waits although its owner confirmed"
        assert by_key[key].outcome == "waiting"
        assert accepted[by_key[key].message_id] == 0, f"{key} went to an address that nobody confirmed"
    out = Counter(_email(seen.customers[order_id]) for key, order_id in steps.items() if key not in held)
    strangers = {_email(number) for number in range(orders) if not _confirms(number)}
    answered = Counter(_email(seen.customers[order_id]) for order_id in seen.by_link)
    wrong = {email: out[email] for email in strangers if not 1 <= out[email] <= 1 + answered[email]}
    assert wrong == {}, "an address that nobody confirmed got none, or more than one beside what its reader cancelled"
    marketing = rows_of(engine, "SELECT key, message_id, outcome, reason FROM chat.notification WHERE marketing")
    assert len(marketing) == orders, "an order's recommendation has no reason row"
    for row in marketing:
        assert accepted[row.message_id] <= 1
        assert (row.outcome == "sent") <= (accepted[row.message_id] == 1)

    stock = rows_of(engine, "SELECT product_id, quantity FROM shop.product")
    sums = rows_of(engine, "SELECT product_id, sum(delta) FROM shop.stock_movement GROUP BY 1")
    moved = dict(tuple(row) for row in sums)
    assert {row.product_id: row.quantity for row in stock} == moved
    live = sum(pieces for order_id, pieces in seen.placed.items() if order_id not in cancelled)
    assert sum(row.quantity for row in stock) == STOCK * len(PRODUCTS) - live, "stock was lost or came back twice"
    failed = rows_of(engine, "SELECT task_name, args FROM jobs.procrastinate_jobs WHERE status = 'failed'")
    assert [row for row in failed if row.task_name not in _UPKEEP] == []
    return len(held)


def main() -> None:
    """Runs it and prints what happened."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--orders", type=int, default=500)
    parser.add_argument("--cancellations", type=int, default=200)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    print(f"Chaos with seed {given.seed} …", flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory(prefix="parley-chaos-", ignore_cleanup_errors=True) as folder:
        server = embedded.start(Path(folder) / "state")
        database.upgrade(server.url)
        numbers = run(Path(folder), server.url, **vars(given))
        url = server.database_url("handing_in")
        with database.owner_engine(server.url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CREATE DATABASE handing_in"))
        database.upgrade(url)
        numbers |= handing_in.run(Path(folder), url, files=60, seed=given.seed)
    for name, value in numbers.items():
        print(f"{name:32}{value}")  # noqa: T201
    print("✓ nothing lost, nothing doubled")  # noqa: T201


if __name__ == "__main__":
    main()
