"""`parley doctor` says which folders do not answer, whether the lake can be written, and which contracts are broken."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from analytics.products.catalogue import products
from bot.config import Secrets, Settings, ShopFile
from bot.terminal.sharing import folders, ports
from domain.records.data_products import Check, PortMade
from storage.queries.builds import PostgresBuilds
from storage.queries.data_products import PostgresDataProducts
from storage.server.clock import MachineClock

PORT = "sales_erp.orders"


def settings(folder: Path, *addresses: str, lake: str = "") -> Settings:
    sources = [{"address": one, "kind": "tickets" if one.startswith("https:") else "orders"} for one in addresses]
    file = ShopFile.model_validate({"shop": {"name": "T"}, "ingest": {"sources": sources}, "lake": {"url": lake}})
    return Settings(file=file, secrets=Secrets(), state_folder=folder)


def test_folders_and_the_lake_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENDPOINT_URL", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "http://127.0.0.1:9" if name == "ENDPOINT_URL" else "x")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.csv").write_text("date\n")
    here, page, away = folders(settings(tmp_path, str(inbox), "https://desk.example/tickets", "s3://nowhere/x"))
    assert here == (f"{inbox} (orders) answers, 1 files in it", False)
    assert page == ("https://desk.example/tickets (tickets) is asked by the worker, once an hour", False)
    assert "s3://nowhere/x (orders) does not answer" in away[0]
    assert away[1]
    assert list((tmp_path / "lake").iterdir()) == []
    (broken,) = folders(settings(tmp_path, lake="s3://nowhere/lake"))
    assert "the lake at s3://nowhere/lake cannot be written" in broken[0]


def build(engine: Engine, at: datetime, *checks: Check) -> None:
    with engine.begin() as connection:
        number = PostgresBuilds(connection).begin(date(2026, 5, 12), whole=True, fingerprint="", now=at)
        held = all(check.held for check in checks)
        made = PortMade(port=PORT, published=held, rows=2, checks=checks)
        PostgresDataProducts(connection).note(number, [made], [], at)


def test_a_broken_contract_is_red_and_an_old_port_doubtful(engine: Engine) -> None:
    def told() -> list[tuple[str, bool]]:
        with engine.connect() as connection:
            return [(doubt.how, doubt.broken) for doubt in ports(connection, products())]

    now = MachineClock().now()
    assert told() == []
    build(engine, now - timedelta(hours=40), Check(name="order_id: none twice", held=True, found="none is wrong"))
    assert told() == [(f"{PORT} is older than the 36 h that it promises", False)]
    build(engine, now, Check(name="order_id: none twice", held=False, found="2 are wrong"))
    assert told() == [(f"{PORT} breaks its contract: order_id: none twice (2 are wrong)", True)]
    build(engine, now, Check(name="order_id: none twice", held=True, found="none is wrong"))
    assert told() == []
