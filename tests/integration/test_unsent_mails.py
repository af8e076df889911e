"""Where no mail service is configured no mail counts as sent, and nobody's mail is shown but in a demo."""

import asyncio
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console
from sqlalchemy import Engine as Database

from bot.config import Settings, load
from bot.terminal.jobs import show, show_mails
from bot.terminal.refusals import NothingOfThatNumber
from bot.terminal.run import web_parts
from bot.wiring import parts
from domain.events import OrderPlaced
from domain.people.identity import hash_email
from domain.records.notifications import Outcome
from storage.queries.mailbox import DevMailbox
from tests.support.factories import make_order
from tests.support.shop import NOW

KEY = "k" * 40
ANN = hash_email("ann@example.com", KEY.encode())
TOKEN = "the-token-that-the-demo-prints"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """A shop on a configured database, without a mail service."""
    read = load(Path("config.yaml"), tmp_path)
    read.ensure_own_secrets()
    plain = dict.fromkeys(type(read.secrets).model_fields)
    ours = {"database_url": database_url, "email_hash_key": SecretStr(KEY)}
    return replace(read, secrets=read.secrets.model_copy(update=plain | ours))


def in_demo(settings: Settings) -> Settings:
    """The same as `parley demo` starts it."""
    return replace(settings, secrets=settings.secrets.model_copy(update={"demo_token": SecretStr(TOKEN)}))


def sell(settings: Settings) -> None:
    """Ann orders, and a worker carries out what is due."""
    with parts(settings, pool_size=4) as shop:
        with shop.unit_of_work() as uow:
            uow.people.remember_email(ANN, "ann@example.com", NOW)
            order = uow.orders.add(make_order({"MUG": 1}, hashed_email=ANN, quote_id=None))
            uow.record(OrderPlaced(order_id=order.order_id))
            uow.commit()
        asyncio.run(shop.jobs.work(shop.services, concurrency=2, wait=False))


def outcome(settings: Settings) -> tuple[Outcome, str]:
    """What became of Ann's confirmation."""
    with parts(settings, pool_size=1) as shop, shop.unit_of_work() as uow:
        (found,) = [one for one in uow.notifications.latest(ANN, 9) if not one.kind.marketing]
    return found.outcome, found.reason


def jobs_page(settings: Settings) -> str:
    out = StringIO()
    with parts(settings, pool_size=1) as shop:
        show(shop.database, shop.shop, Console(file=out, width=250))
    return out.getvalue()


def test_without_a_mail_service_the_job_fails_and_stays_to_be_tried_again(settings: Settings, engine: Database) -> None:
    sell(settings)
    assert outcome(settings) == (Outcome.WAITING, "no mail service: set PARLEY_SENDGRID_API_KEY, then retry")
    page = jobs_page(settings)
    assert "0 failed" in page
    for piece in ("mail_order", "step=placed", "no mail service: set PARLEY_SENDGRID_API_KEY"):
        assert piece in page
    assert "given up" not in page
    assert DevMailbox(engine).newest(9) == []  # a configured database keeps no copy


def test_a_shop_of_ones_own_keeps_the_mail_to_be_read(
    settings: Settings, engine: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wiring.database_url", lambda _: database_url)
    embedded = replace(settings, secrets=settings.secrets.model_copy(update={"database_url": None}))
    sell(embedded)
    assert outcome(embedded)[0] is Outcome.WAITING
    assert "mail_order" in jobs_page(embedded)
    out = StringIO()
    with parts(embedded, pool_size=1) as shop:
        show_mails(shop.mailbox, shop.shop, None, Console(file=out, width=200))
        (mail,) = DevMailbox(engine).newest(9)
        show_mails(shop.mailbox, shop.shop, mail.mail_id, Console(file=out, width=200))
        with pytest.raises(NothingOfThatNumber, match="parley mails"):
            show_mails(shop.mailbox, shop.shop, mail.mail_id + 1, Console(file=out))
    for piece in ("ann@example.com", "is placed", "Subject: Fern & Fable"):
        assert piece in out.getvalue()


def test_in_a_demo_the_mailbox_is_where_mails_go(settings: Settings, engine: Database) -> None:
    sell(in_demo(settings))
    assert outcome(settings)[0] is Outcome.SENT
    assert [mail.to for mail in DevMailbox(engine).newest(9)] == ["ann@example.com"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "shop.internal", ""])
def test_the_web_app_shows_the_mailbox_on_this_machine_only(settings: Settings, host: str) -> None:
    with parts(in_demo(settings), pool_size=1) as shop:
        shown = web_parts(in_demo(settings), shop, "127.0.0.1").mailbox
        assert shown is not None
        assert (shown.token, TOKEN in repr(shown)) == (TOKEN, False)
        assert web_parts(in_demo(settings), shop, host).mailbox is None
        assert web_parts(settings, shop, "127.0.0.1").mailbox is None
