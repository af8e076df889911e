"""The demo shop's history: the same every time, true to the shop's rules, and finished after an interruption."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from demo import history, load
from demo.shoppers import read_bundles
from storage.queries.deals import lowered
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.databases import as_owner
from tests.support.demo_history import NOW, one, run

# Whatever the history leaves, but for numbers that Postgres gives.
TELLING = (
    "SELECT o.hashed_email, placed_at, total, discount, state, source, store_id, loyalty, product_id, quantity,"
    " unit_price FROM shop.orders o JOIN shop.order_line USING (order_id) ORDER BY placed_at, o.hashed_email, line_no",
    "SELECT placed_at, hashed_email, status, s.shipped_at, s.delivered_at"
    " FROM shop.shipment s JOIN shop.orders USING (order_id) ORDER BY 1, 2",
    "SELECT at, product_id, wanted, missing FROM shop.lost_demand ORDER BY 1, 2",
    "SELECT day, channel, turns, misunderstood, handed_off, listed, carted, cards, orders, intents"
    " FROM shop.conversation_day ORDER BY conversation_day_id",
    "SELECT i.hashed_email, placed_at, placement, product_id, shown_at, added_at, dismissed_at FROM shop.impression i"
    " LEFT JOIN shop.orders USING (order_id) ORDER BY impression_id",
    "SELECT n.hashed_email, placed_at, kind, outcome, reason, created_at, settled_at FROM chat.notification n"
    " JOIN shop.orders USING (order_id) ORDER BY created_at, 1, kind",
    "SELECT * FROM chat.consent ORDER BY hashed_email",
    "SELECT channel, about, opened_at, first_answer_at, resolved_at FROM chat.ticket ORDER BY ticket_id",
    "SELECT hashed_email, location, loyalty, first_seen_at FROM shop.customer ORDER BY 1",
    "SELECT at, subject, changed_from, changed_to FROM shop.audit_log ORDER BY at, subject",
    "SELECT product_id, quantity, sale_price FROM shop.product ORDER BY 1",
)
LEFT = (
    "shop.simulation, shop.stock_movement, shop.order_line, shop.orders, shop.product, shop.shipment,"
    " shop.lost_demand, shop.conversation_day, shop.customer, shop.audit_log, shop.impression, shop.promotion,"
    " chat.notification, chat.ticket, chat.consent, pii.email_lookup"
)


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pictures have nothing to do with the history."""
    monkeypatch.setattr(load, "hang_all", lambda *_: 0)
    monkeypatch.setattr(load, "DAYS", 40)
    return tmp_path


def fingerprint(engine: Engine) -> list[list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return [[tuple(row) for row in connection.execute(text(query))] for query in TELLING]


def test_the_history_keeps_the_rules_of_the_shop(engine: Engine, pictures: Path) -> None:
    made = run(engine, pictures)
    assert one(engine, "SELECT count(*) FROM shop.orders") == made
    assert 300 < made < 700
    cancelled = one(engine, "SELECT count(*) FROM shop.orders WHERE state = 'cancelled'")
    assert isinstance(cancelled, int)
    assert 0.01 < cancelled / made < 0.10
    wrong = "SELECT count(*) FROM shop.orders WHERE cancelled_at >= cancel_until OR placed_at >= cancel_until"
    assert one(engine, wrong) == 0
    assert one(engine, "SELECT count(*) FROM shop.orders WHERE discount > 0") != 0
    assert one(engine, "SELECT count(*) FROM shop.customer WHERE loyalty = 1") != 0
    assert one(engine, "SELECT max(placed_at) FROM shop.orders") < NOW  # type: ignore[operator]


def test_the_stock_ends_where_the_catalogue_says_and_equals_its_movements(engine: Engine, pictures: Path) -> None:
    run(engine, pictures)
    with PostgresUnitOfWork(engine) as uow:
        stock = {product.product_id: product.quantity for product in uow.products.all()}
    with load.PRODUCTS.open(encoding="utf-8") as rows:
        assert stock == {row["product_id"]: int(row["quantity"]) for row in csv.DictReader(rows)}
    differing = (
        "SELECT count(*) FROM shop.product p WHERE quantity <> "
        "(SELECT coalesce(sum(delta), 0) FROM shop.stock_movement m WHERE m.product_id = p.product_id)"
    )
    assert one(engine, differing) == 0


def test_an_interrupted_load_ends_in_the_same_history_as_a_whole_one(
    engine: Engine, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted_load(engine, pictures, monkeypatch)
    assert one(engine, "SELECT next_day FROM shop.simulation") == "2026-10-26"
    run(engine, pictures)
    resumed = fingerprint(engine)
    assert all(resumed[:2])
    empty(engine)
    run(engine, pictures)
    assert fingerprint(engine) == resumed


def test_a_load_that_is_finished_a_day_later_keeps_to_the_plans(
    engine: Engine, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold = "SELECT placed_at, hashed_email, product_id, quantity, unit_price, discount FROM shop.orders"
    there = f"{sold} JOIN shop.order_line USING (order_id) WHERE placed_at < '2026-11-20' ORDER BY 1, 2, 3"
    interrupted_load(engine, pictures, monkeypatch)
    run(engine, pictures, now=NOW + timedelta(days=1))
    with engine.connect() as connection:
        late = connection.execute(text(there)).all()
    empty(engine)
    run(engine, pictures)
    with engine.connect() as connection:
        assert connection.execute(text(there)).all() == late


def interrupted_load(engine: Engine, pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load that is killed on its fifteenth day."""
    play = history.simulate_day
    days = 0

    def play_some(*arguments: object, **more: object) -> int:
        nonlocal days
        days += 1
        if days == 15:
            raise KeyboardInterrupt
        return play(*arguments, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as interrupted:
        interrupted.setattr(history, "simulate_day", play_some)
        with pytest.raises(KeyboardInterrupt):
            run(engine, pictures)


def empty(engine: Engine) -> None:
    with as_owner(engine.url.render_as_string(hide_password=False)) as owner:
        owner.execute(text(f"TRUNCATE {LEFT} CASCADE"))


def test_a_finished_load_is_not_repeated(engine: Engine, pictures: Path) -> None:
    made = run(engine, pictures)
    assert run(engine, pictures) == 0
    assert one(engine, "SELECT count(*) FROM shop.orders") == made


def test_a_shop_with_products_of_its_own_is_left_alone(engine: Engine, pictures: Path) -> None:
    with engine.begin() as connection:
        columns = "product_id, wholesale_cost, sale_price, supplier_id"
        connection.execute(text(f"INSERT INTO shop.product ({columns}) VALUES ('MINE', 1, 2, 'S')"))
    assert run(engine, pictures) == 0
    assert one(engine, "SELECT count(*) FROM shop.product") == 1


def test_no_address_leaves_the_restricted_tables(engine: Engine, pictures: Path) -> None:
    run(engine, pictures, orders=60)
    with engine.connect() as connection:
        for table in (name.strip() for name in LEFT.split(",") if "pii." not in name):
            rows = connection.execute(text(f"SELECT CAST(t AS text) FROM {table} t")).scalars()
            assert not [row for row in rows if "@" in row]


def test_every_bundle_names_products_that_exist() -> None:
    with load.PRODUCTS.open(encoding="utf-8") as rows:
        known = {row["product_id"] for row in csv.DictReader(rows)}
    for bundle in read_bundles(load.BUNDLES):
        assert len(bundle) >= 2
        assert set(bundle) <= known


def test_some_products_became_cheaper(engine: Engine, pictures: Path) -> None:
    run(engine, pictures)
    with engine.connect() as connection:
        deals = lowered(connection, NOW - timedelta(days=30), 9)
    assert {one.product.product_id: one.product.sale_price for one in deals} == history.CHEAPER
    assert all(one.was > one.product.sale_price for one in deals)
