"""Cards through Stripe, against a stand-in: paid by the link, told by a signed report, given back once under kills."""

import hashlib
import hmac
import json
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import uvicorn
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from bot.adapters.web.pay_page import Till, add_pay_page
from bot.adapters.web.stripe_events import TOLERANCE, add_stripe_events
from bot.config import load
from bot.links import Links
from bot.terminal.doctor import cards
from domain.events import RefundDue
from domain.model import Identity
from domain.orders.cancelling import cancel_order
from domain.orders.money import costs_today
from domain.orders.ordering import place_order
from domain.orders.refunding import owed_by_hand
from domain.payments.providing import ProviderAway, ProviderRefused
from domain.payments.settling import settle
from domain.ports import Clock
from domain.records.payments import PAY_LINK, Payment, PaymentState, Why, balance
from nlu.processes import free_port
from paying.stripe_provider import StripeProvider
from scheduler.paying import Paying
from scheduler.tasks import PAY_OUT
from scheduler.workplace import Workplace
from storage.server import database
from storage.server.clock import MachineClock
from storage.unit_of_work import PostgresUnitOfWork
from tests.support import local_stripe
from tests.support.factories import ADA, TERMS, make_order, make_product, stock
from tests.support.fakes import StillClock
from tests.support.local_stripe import API_KEY, WEBHOOK_SECRET, LocalStripe
from tests.support.shop import SHOP

pytestmark = pytest.mark.skipif(local_stripe.binary() is None, reason=local_stripe.MISSING)

UnitOfWork = Callable[[], PostgresUnitOfWork]
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LINKS = Links("http://shop.test", [b"k" * 32])
SECONDS = 20.0


@pytest.fixture(scope="module")
def stripe() -> Iterator[LocalStripe]:
    with local_stripe.running() as server:
        yield server


@pytest.fixture
def provider(stripe: LocalStripe) -> StripeProvider:
    return StripeProvider(API_KEY, "USD", url=stripe.url)


@pytest.fixture
def till(provider: StripeProvider, stripe: LocalStripe) -> Till:
    return Till(
        provider=provider,
        script=f"{stripe.url}/js.stripe.com/v3/",
        publishable_key="pk_test_parley",
        api=stripe.url,
        webhook_secret=WEBHOOK_SECRET,
    )


@pytest.fixture
def app(till: Till, unit_of_work: UnitOfWork) -> FastAPI:
    return shop_of(till, unit_of_work, StillClock(NOW))


def shop_of(till: Till, unit_of_work: UnitOfWork, clock: Clock) -> FastAPI:
    made = FastAPI()
    add_pay_page(made, till, unit_of_work=unit_of_work, clock=clock, shop=SHOP, links=LINKS)
    add_stripe_events(made, till, unit_of_work, clock)
    return made


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


@pytest.fixture
def order_id(unit_of_work: UnitOfWork) -> int:
    """Ada's order of two mugs at 12.00, to be paid by the link."""
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"))
        order = place_order(uow, make_order({"MUG": 2}, placed_at=NOW), terms=TERMS, method_id=PAY_LINK.method_id)
        uow.commit()
    return order.order_id


def path(order_id: int) -> str:
    return LINKS.pay(order_id).removeprefix("http://shop.test")


def ledger(unit_of_work: UnitOfWork, order_id: int) -> list[Payment]:
    with unit_of_work() as uow:
        return uow.payments.of_order(order_id)


def asked(client: TestClient, unit_of_work: UnitOfWork, order_id: int) -> str:
    """What Stripe calls the payment that the page asks for."""
    assert client.get(path(order_id)).status_code == 200
    return next(one.reference for one in ledger(unit_of_work, order_id) if one.state is PaymentState.OPEN)


def report(client: TestClient, intent: str, *, event_id: str = "evt_1", at: datetime = NOW, key: str = "") -> int:
    """What the report of a payment is answered."""
    body = json.dumps({"id": event_id, "type": "payment_intent.succeeded", "data": {"object": {"id": intent}}})
    seconds = int(at.timestamp())
    signed = hmac.new((key or WEBHOOK_SECRET).encode(), f"{seconds}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"stripe-signature": f"t={seconds},v1={signed}"}
    return client.post("/stripe/events", content=body, headers=headers).status_code


def cancel(unit_of_work: UnitOfWork, order_id: int) -> list[object]:
    with unit_of_work() as uow:
        cancel_order(uow, order_id, identity=Identity(identity_id=ADA), actor="web", now=NOW)
        uow.commit()
        return list(uow.recorded)


def cost(unit_of_work: UnitOfWork, order_id: int, owed: str) -> None:
    """The order costs something else."""
    with unit_of_work() as uow:
        order = uow.orders.lock(order_id)
        assert order is not None
        settle(uow, order, owed=Decimal(owed), why=Why.CHANGED, now=NOW)
        uow.commit()


def test_the_page_behind_the_link_asks_for_what_is_open_and_no_card_reaches_the_shop(
    client: TestClient, unit_of_work: UnitOfWork, order_id: int, stripe: LocalStripe
) -> None:
    page = client.get(path(order_id))
    assert "$24.00 is still to be paid." in page.text
    assert "<input" not in page.text
    policy = page.headers["content-security-policy"]
    assert f"script-src 'self' {stripe.url}" in policy
    assert f"connect-src {stripe.url}" in policy
    assert "default-src 'none'" in policy
    intent = asked(client, unit_of_work, order_id)
    assert f"{intent}_secret_" in page.text
    cost(unit_of_work, order_id, "12.00")
    assert "$12.00 is still to be paid." in client.get(path(order_id)).text
    assert asked(client, unit_of_work, order_id) == intent
    assert client.get("/pay/made-up").status_code == 404


def test_a_report_that_is_signed_notes_the_payment_once(
    client: TestClient, unit_of_work: UnitOfWork, order_id: int, stripe: LocalStripe
) -> None:
    intent = asked(client, unit_of_work, order_id)
    assert report(client, intent) == 204
    assert [one.state for one in ledger(unit_of_work, order_id)] == [PaymentState.OPEN]  # nobody paid it yet
    stripe.pays(intent)
    assert report(client, intent, key="whsec_other") == 403
    assert report(client, intent, at=NOW - TOLERANCE - timedelta(seconds=1)) == 403
    assert report(client, intent, at=NOW + TOLERANCE + timedelta(seconds=1)) == 403
    assert client.post("/stripe/events", content=b"{}").status_code == 403
    for _ in range(2):
        assert report(client, intent) == 204
    assert report(client, intent, event_id="evt_2") == 204
    (charge,) = ledger(unit_of_work, order_id)
    assert (charge.state, charge.amount, charge.reference) == (PaymentState.DONE, Decimal(24), intent)
    with unit_of_work() as uow:
        assert uow.payments.methods([charge.method_id])[charge.method_id].label == "card ending in 4242"
    assert "Nothing is to be paid here" in client.get(path(order_id)).text
    assert report(client, "pi_of_another_shop", event_id="evt_3") == 204


def test_stripe_itself_reports_what_was_paid(
    client: TestClient, till: Till, unit_of_work: UnitOfWork, order_id: int, stripe: LocalStripe
) -> None:
    port = free_port()
    app = shop_of(till, unit_of_work, MachineClock())  # the stand-in signs with the machine's clock
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        stripe.reports_to(f"http://127.0.0.1:{port}/stripe/events")
        stripe.pays(asked(client, unit_of_work, order_id))
        ends = time.monotonic() + SECONDS
        while ledger(unit_of_work, order_id)[0].state is not PaymentState.DONE:
            assert time.monotonic() < ends, "nothing was reported"
            time.sleep(0.1)
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.mark.parametrize(("owed", "back", "still"), [("12.00", "12.00", "0"), ("30.00", "0", "6.00")])
def test_an_order_that_changes_while_it_is_paid_still_sums_up(
    client: TestClient,
    unit_of_work: UnitOfWork,
    order_id: int,
    stripe: LocalStripe,
    owed: str,
    back: str,
    still: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("domain.orders.paying.costs_today", lambda order: Decimal(owed))
    intent = asked(client, unit_of_work, order_id)
    stripe.pays(intent)
    cost(unit_of_work, order_id, owed)
    assert report(client, intent) == 204
    lines = ledger(unit_of_work, order_id)
    assert balance(lines) == Decimal(owed)
    open_now = {str(one.kind): one.amount for one in lines if one.state is PaymentState.OPEN}
    assert (open_now.get("refund", Decimal(0)), open_now.get("charge", Decimal(0))) == (Decimal(back), Decimal(still))


def test_what_is_paid_after_the_order_was_cancelled_goes_back(
    client: TestClient, unit_of_work: UnitOfWork, order_id: int, stripe: LocalStripe, paying: Paying
) -> None:
    intent = asked(client, unit_of_work, order_id)
    stripe.pays(intent)
    assert RefundDue(order_id=order_id) not in cancel(unit_of_work, order_id)
    assert report(client, intent) == 204
    paying.pay_out(order_id)
    assert stripe.refunds(intent) == [2400]
    with unit_of_work() as uow:
        order = uow.orders.get(order_id)
        assert order is not None
        assert balance(uow.payments.of_order(order_id)) == costs_today(order) == 0


@pytest.fixture
def paying(engine: Engine, unit_of_work: UnitOfWork, provider: StripeProvider) -> Paying:
    return Paying(workplace(engine), provider)


def workplace(engine: Engine) -> Workplace:
    return Workplace(database=engine, unit_of_work=lambda: PostgresUnitOfWork(engine), shop=SHOP, clock=StillClock(NOW))


@pytest.fixture
def paid(client: TestClient, unit_of_work: UnitOfWork, order_id: int, stripe: LocalStripe) -> str:
    """What Stripe calls the payment of an order that is paid and then cancelled."""
    intent = asked(client, unit_of_work, order_id)
    stripe.pays(intent)
    assert report(client, intent) == 204
    assert RefundDue(order_id=order_id) in cancel(unit_of_work, order_id)
    return intent


def test_money_goes_back_by_a_job_and_staff_pays_nothing_out(
    unit_of_work: UnitOfWork, order_id: int, stripe: LocalStripe, paid: str, paying: Paying
) -> None:
    with unit_of_work() as uow:
        order = uow.orders.get(order_id)
        assert order is not None
        assert owed_by_hand(order, uow.payments.of_order(order_id)) == 0
    assert PAY_OUT.due(order_id=order_id).lock == f"pay_out:{order_id}"
    for _ in range(3):
        paying.pay_out(order_id)
    assert stripe.refunds(paid) == [2400]
    refund = ledger(unit_of_work, order_id)[-1]
    assert (refund.state, refund.reference[:3]) == (PaymentState.DONE, "re_")


class Deadly:
    """Gives money back, and then its process is killed before anybody can note it."""

    def __init__(self, provider: StripeProvider) -> None:
        self._provider = provider

    def give_back(self, refund_id: int, amount: Decimal, *, reference: str) -> str:
        self._provider.give_back(refund_id, amount, reference=reference)
        os.kill(os.getpid(), signal.SIGKILL)
        return ""


def dies(database_url: str, stripe_url: str, order_id: int) -> None:
    """A worker that dies between the provider's answer and the note of it."""
    engine = database.app_engine(database_url, pool_size=1)
    deadly = Deadly(StripeProvider(API_KEY, "USD", url=stripe_url))
    Paying(workplace(engine), deadly).pay_out(order_id)  # type: ignore[arg-type]


def test_a_worker_that_is_killed_between_the_refund_and_its_note_gives_nothing_back_twice(
    unit_of_work: UnitOfWork, database_url: str, order_id: int, stripe: LocalStripe, paid: str, paying: Paying
) -> None:
    for _ in range(2):
        process = multiprocessing.get_context("spawn").Process(target=dies, args=(database_url, stripe.url, order_id))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        assert ledger(unit_of_work, order_id)[-1].state is PaymentState.OPEN
    paying.pay_out(order_id)
    assert stripe.refunds(paid) == [2400]
    assert ledger(unit_of_work, order_id)[-1].state is PaymentState.DONE


def test_what_stripe_refuses_staff_pays_out(
    engine: Engine, unit_of_work: UnitOfWork, order_id: int, paid: str, provider: StripeProvider
) -> None:
    class Refusing(Deadly):
        def give_back(self, refund_id: int, amount: Decimal, *, reference: str) -> str:
            raise ProviderRefused("charge_already_refunded")

    Paying(workplace(engine), Refusing(provider)).pay_out(order_id)  # type: ignore[arg-type]
    with unit_of_work() as uow:
        order = uow.orders.get(order_id)
        assert order is not None
        assert owed_by_hand(order, uow.payments.of_order(order_id)) == Decimal(24)


def test_without_stripe_nothing_is_lost(
    app: FastAPI, engine: Engine, unit_of_work: UnitOfWork, order_id: int, paid: str, till: Till
) -> None:
    away = StripeProvider(API_KEY, "USD", url=f"http://127.0.0.1:{free_port()}", timeout=1)
    with pytest.raises(ProviderAway):
        Paying(workplace(engine), away).pay_out(order_id)
    with pytest.raises(ProviderAway):
        Paying(workplace(engine), None).pay_out(order_id)
    made = shop_of(replace(till, provider=away), unit_of_work, StillClock(NOW))
    with unit_of_work() as uow:
        other = place_order(uow, make_order({"MUG": 1}, placed_at=NOW), terms=TERMS, method_id=PAY_LINK.method_id)
        uow.commit()
    assert TestClient(made).get(path(other.order_id)).status_code == 503
    assert report(TestClient(made), "pi_1", event_id="evt_9") == 503


@pytest.mark.parametrize(
    ("given", "says", "broken"),
    [
        ({}, "no card can be taken without PARLEY_STRIPE_API_KEY", True),
        ({"STRIPE_API_KEY": API_KEY, "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET}, "the token is accepted", False),
        ({"STRIPE_API_KEY": "rubbish", "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET}, "refuses the token", True),
    ],
)
def test_the_doctor_says_whether_cards_can_be_taken(
    given: dict[str, str], says: str, broken: bool, stripe: LocalStripe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = yaml.safe_load(Path("config.yaml").read_text())
    config["payments"] = {"provider": "stripe", "publishable_key": "pk_test_1"}
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(config))
    for name, value in (given | {"STRIPE_API_URL": stripe.url}).items():
        monkeypatch.setenv(f"PARLEY_{name}", value)
    (found,) = cards(load(tmp_path / "config.yaml", tmp_path))
    assert says in found.how
    assert found.broken is broken


def test_a_shop_that_takes_no_cards_is_not_asked_about_them(tmp_path: Path) -> None:
    assert list(cards(load(Path("config.yaml"), tmp_path))) == []
