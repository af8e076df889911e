"""The marts of the golden orders are right to the cent; what is new is added, and what fails changes nothing."""

import random
import re
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, make_url, text

from analytics.building import PROJECT, Builder, fingerprint
from analytics.child import address
from analytics.children import AlreadyBuilding, CutOff
from analytics.warehouse import WHOLE_EVERY
from domain.conversation import ChatRef
from domain.model import Identity, Order, OrderState
from domain.periods import Period, Span
from domain.records.builds import Build, Outcome
from domain.records.ingested import FileKind, FileState, IngestedFile
from domain.records.returns import Condition
from domain.returns.receiving import receive_return
from domain.returns.requesting import Item, ReturnWish, request_return
from scheduler.ports import StaffChannels
from scheduler.warehousing import AfterBuild, Warehousing, build_due
from scheduler.workplace import Workplace
from storage.queries.builds import PostgresBuilds
from storage.queries.ingested import PostgresIngested
from storage.queries.sales import PostgresSales
from storage.server import embedded
from storage.server.clock import MachineClock
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.databases import as_owner, own_database
from tests.support.factories import NOW
from tests.support.fakes import StillClock
from tests.support.golden import DENVER, HASHES, PRICES, fill, order, there
from tests.support.reported_shop import SHOP
from tests.support.rooms import FakeStaffRoom
from tests.support.warehouses import TERMS, build, marts, rows, warehouse_of

AS_OF = date(2026, 5, 12)
NAME = "golden_warehouse"
SEED = 20261129
NEXT_DAY = NOW + timedelta(days=1)  # after that last day was built


@dataclass(frozen=True, kw_only=True)
class Built:
    """A shop whose warehouse was built, and what its marts held then."""

    engine: Engine
    url: str
    marts: dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def template(postgres: embedded.EmbeddedPostgres) -> Iterator[str]:
    """The name of a database with the golden orders and their warehouse; nobody is connected to it."""
    with own_database(postgres, NAME) as engine:
        with PostgresUnitOfWork(engine) as uow:
            fill(uow)
        age(postgres.database_url(NAME))
        build(engine, postgres.database_url(NAME), AS_OF)
        engine.dispose()
        yield NAME


@pytest.fixture(scope="module")
def golden(postgres: embedded.EmbeddedPostgres, template: str) -> Iterator[Engine]:
    """A copy of it; tests that share it change nothing."""
    with own_database(postgres, f"{NAME}_read", template) as engine:
        yield engine


@pytest.fixture
def built(postgres: embedded.EmbeddedPostgres, template: str) -> Iterator[Built]:
    """A copy of it, to be changed."""
    name = f"copy_{uuid.uuid4().hex}"
    with own_database(postgres, name, template) as engine:
        yield Built(engine=engine, url=postgres.database_url(name), marts=marts(engine))


def trends(engine: Engine, span: str, first: str, dimension: str = "total") -> list[dict[str, Any]]:
    return rows(
        engine,
        "SELECT * FROM mart.sales_trends WHERE span = :span AND first_day = CAST(:first AS date)"
        " AND dimension = :dimension ORDER BY member",
        span=span,
        first=first,
        dimension=dimension,
    )


def test_a_week_is_the_one_of_the_finance_report(golden: Engine) -> None:
    (week,) = trends(golden, "week", "2026-05-04")
    found = {name: week[name] for name in ("orders", "gross", "discount", "cancelled_orders", "cancelled", "net")}
    # 36 + 41.75 + 31.25 + 34.50 + 29 + 12 + 7.25 + 34.50; off 4.18 + 0.01; gone 31.05 + 69 + 34.49
    assert found == {
        "orders": 8,
        "gross": Decimal("226.25"),
        "discount": Decimal("4.19"),
        "cancelled_orders": 3,
        "cancelled": Decimal("134.54"),
        "net": Decimal("87.52"),
    }
    assert (week["is_complete"], week["net_before"], week["comparison"]) == (True, Decimal("81.00"), "compared")
    assert week["net_change"] == Decimal("0.0805")  # 87.52 / 81 - 1


def test_every_week_is_the_one_of_the_finance_report(golden: Engine) -> None:
    found = rows(
        golden, "SELECT * FROM mart.sales_trends WHERE span = 'week' AND dimension = 'total' ORDER BY first_day"
    )
    periods = [Period.containing(row["first_day"], Span.WEEK) for row in found]
    assert periods[0].first == date(2025, 5, 5)
    assert len(periods) == 54
    with golden.connect() as connection:
        totals = PostgresSales(connection).totals(periods, DENVER)
    assert [(row["orders"], row["gross"], row["discount"], row["cancelled"], row["net"]) for row in found] == [
        (one.orders, one.gross, one.discounts, one.cancelled, one.net) for one in totals
    ]


def test_days_without_sales_are_zeros_and_the_first_after_them_is_new(golden: Engine) -> None:
    (empty,) = trends(golden, "day", "2026-05-07")
    assert (empty["orders"], empty["net"], empty["comparison"]) == (0, 0, "n/a")  # net was 0 on the day before
    (new,) = trends(golden, "day", "2026-05-08")
    assert (new["net"], new["net_change"], new["comparison"]) == (Decimal("29.00"), None, "new")
    (running,) = trends(golden, "month", "2026-05-01")
    assert (running["is_complete"], running["net_before"], running["comparison"]) == (False, None, "n/a")


def test_parts_of_the_day_add_up(golden: Engine) -> None:
    found = {row["member"]: row["net"] for row in trends(golden, "week", "2026-05-04", "daypart")}
    assert found == {
        "morning": Decimal("-31.05"),  # 34.49 - 34.49 of the sixth, less 31.05 whose order came in the morning
        "noon": Decimal("31.25"),
        "afternoon": Decimal("7.25"),
        "evening": Decimal("66.57"),  # 37.57 + 29
        "night": Decimal("13.50"),  # 36 + 12 + 34.50 - 69
    }
    assert sum(found.values()) == Decimal("87.52")


def test_customers_are_scored_as_by_hand(golden: Engine) -> None:
    found = rows(golden, "SELECT * FROM mart.dim_customers")
    named = {name: row for row in found for name, hashed in HASHES.items() if row["hashed_email"] == hashed}
    scores = {
        name: (row["recency_score"], row["frequency_score"], row["monetary_score"], row["segment"], row["clv_tier"])
        for name, row in named.items()
    }
    # Live orders: ada 12 + 36 + 12, bob 14.50 + 12 + 31.25 + 30, cyd 34.50, dee 37.57 + 7.25, eve 29.
    assert scores == {
        "bob": (5, 5, 5, "VIP", "High"),
        "ada": (4, 4, 4, "VIP", "Medium"),
        "dee": (2, 3, 3, "Regular", "Medium"),
        "cyd": (2, 1, 2, "Churn Risk", "Medium"),
        "eve": (1, 1, 1, "Churn Risk", "Low"),
    }
    bob = named["bob"]
    assert (bob["lifetime_net"], bob["orders"], bob["order_days"]) == (Decimal("87.75"), 4, 4)
    assert (bob["days_since_order"], bob["usual_gap_days"]) == (0, Decimal("9.3"))  # 28 days, three gaps
    assert named["eve"]["usual_gap_days"] is None


def test_cohorts_begin_with_the_first_order_that_was_not_cancelled(golden: Engine) -> None:
    found = {
        (row["cohort"], row["months_later"]): (row["customers"], row["ordered"], row["net"], row["is_complete"])
        for row in rows(golden, "SELECT * FROM mart.cohort_retention WHERE ordered > 0")
    }
    may_a_year_ago, april, may = date(2025, 5, 1), date(2026, 4, 1), date(2026, 5, 1)
    assert found == {
        (may_a_year_ago, 0): (1, 1, Decimal("12.00"), True),  # ada
        (may_a_year_ago, 12): (1, 1, Decimal("48.00"), False),  # 36 + 12; not in April, when hers was cancelled
        (april, 0): (1, 1, Decimal("26.50"), True),  # bob: 14.50 + 12
        (april, 1): (1, 1, Decimal("61.25"), False),  # 31.25 + 30
        (may, 0): (3, 3, Decimal("108.32"), False),  # cyd 34.50, dee 37.57 + 7.25, eve 29
    }
    (every,) = rows(golden, "SELECT count(*) AS n, sum(ordered) AS ordered FROM mart.cohort_retention")
    assert every == {"n": 13 + 2 + 1, "ordered": 7}  # a row for each month, whoever ordered


def test_the_star_has_a_row_for_each_thing(golden: Engine) -> None:
    names = ("fct_orders", "fct_order_lines", "dim_products", "dim_stores", "dim_customers")
    counts = {name: rows(golden, f"SELECT count(*) AS n FROM mart.{name}")[0]["n"] for name in names}
    assert counts == {
        "fct_orders": 15,
        "fct_order_lines": 17,
        "dim_products": 3,
        "dim_stores": 1,
        "dim_customers": 5,
    }
    sums = rows(golden, "SELECT sum(net) AS net, sum(margin) AS margin FROM mart.fct_orders")
    # 256.07 of live orders, which hold 20 pieces at 5.00
    assert sums == [{"net": Decimal("256.07"), "margin": Decimal("156.07")}]
    holiday = rows(golden, "SELECT holiday, is_holiday, weekday FROM mart.dim_dates WHERE date_day = '2026-12-25'")
    assert holiday == [{"holiday": "Christmas Day", "is_holiday": True, "weekday": 5}]


def test_models_make_of_odd_cases_what_their_own_tests_expect(
    postgres: embedded.EmbeddedPostgres, template: str, tmp_path: Path
) -> None:
    dbt = Path(sys.executable).with_name("dbt")
    project, target = str(PROJECT), str(tmp_path)
    arguments = ["test", "--select", "test_type:unit", "--project-dir", project, "--profiles-dir", project]
    done = subprocess.run(
        [str(dbt), *arguments, "--target-path", target, "--log-path", target, "--no-use-colors"],
        env={"PATH": str(dbt.parent), **address(postgres.database_url(template))},
        capture_output=True,
        text=True,
        check=False,
    )
    passed = re.search(r"Done\. PASS=(\d+) WARN=0 ERROR=0 SKIP=0", done.stdout)
    assert passed is not None, done.stdout
    assert int(passed[1]) >= 20


# --- what changes -----------------------------------------------------------------------------------------------------


def age(url: str) -> None:
    """Lets every row look as if it had been written when the order was placed, or when it ended."""
    with as_owner(url) as owner:
        owner.execute(text("ALTER TABLE shop.orders DISABLE TRIGGER touched"))
        owner.execute(text("UPDATE shop.orders SET updated_at = greatest(placed_at, cancelled_at, shipped_at)"))
        owner.execute(text("ALTER TABLE shop.orders ENABLE TRIGGER touched"))


def random_shop(engine: Engine, chance: random.Random, count: int, first: datetime) -> list[int]:
    """Stores random orders, from `first` on; returns their numbers."""
    numbers = []
    with PostgresUnitOfWork(engine) as uow:
        for _ in range(count):
            placed_at = first + timedelta(minutes=chance.randrange(60 * 24 * 90))
            basket = {name: chance.randint(1, 4) for name in chance.sample(sorted(PRICES), chance.randint(1, 3))}
            made = order(
                chance.choice(sorted(HASHES)),
                placed_at,
                basket,
                discount=Decimal(chance.randrange(700)) / 100,
                store_id=chance.choice(["", "denver", "boulder"]),
            )
            numbers.append(uow.orders.add(made).order_id)
        uow.commit()
    return numbers


def comes_back(engine: Engine, chance: random.Random, numbers: list[int]) -> None:
    """A piece of each order comes back for money or for the same once more, some days after the order came."""
    with PostgresUnitOfWork(engine) as uow:
        uow.connection.execute(text("UPDATE shop.product SET quantity = 99"))
        for number in numbers:
            known = uow.orders.get(number)
            assert known is not None
            if known.state is OrderState.CANCELLED:
                continue
            uow.orders.change_state(number, OrderState.DELIVERED, NOW - timedelta(days=9))
            product_id, at = known.lines[0].product_id, NOW - timedelta(days=chance.randrange(8))
            uow.connection.execute(
                text("UPDATE shop.product SET quantity = 99 WHERE product_id = :it"), {"it": product_id}
            )
            item = Item(product_id=product_id, quantity=1, replacement_id=chance.choice(["", product_id]))
            who = Identity(identity_id=0, proven_email=known.hashed_email)
            chat = ChatRef(channel="web", chat_id="c1")
            wish = ReturnWish(items=(item,))
            one = request_return(uow, number, wish, identity=who, terms=SHOP.terms, now=at, told_in=chat)
            receive_return(uow, one.return_id, chance.choice(list(Condition)), actor="slack:U1", now=at)
        uow.commit()


def test_what_is_new_and_what_changed_is_added_as_if_all_were_built_anew(engine: Engine, database_url: str) -> None:
    chance = random.Random(SEED)
    with PostgresUnitOfWork(engine) as uow:
        fill(uow)
    numbers = random_shop(engine, chance, 150, datetime(2026, 1, 1, tzinfo=UTC))
    age(database_url)
    assert build(engine, database_url, AS_OF - timedelta(days=2)).build.whole
    with PostgresUnitOfWork(engine) as uow:
        for number in chance.sample(numbers, 30):
            uow.orders.change_state(number, chance.choice([OrderState.CANCELLED, OrderState.SHIPPED]), NOW)
        for number in chance.sample(numbers, 15):
            known = uow.orders.get(number)
            assert known is not None
            uow.orders.change(shorter(known))
        uow.commit()
    comes_back(engine, chance, chance.sample(numbers, 8))
    random_shop(engine, chance, 20, datetime(2024, 1, 1, tzinfo=UTC))  # imported later, of long ago
    random_shop(engine, chance, 20, datetime(2026, 5, 1, tzinfo=UTC))
    assert not build(engine, database_url, AS_OF - timedelta(days=1)).build.whole
    with engine.begin() as connection:
        connection.execute(text("UPDATE shop.customer SET loyalty = 1 - loyalty WHERE customer_id % 2 = 0"))
        connection.execute(text("UPDATE shop.product SET wholesale_cost = 6, sale_price = 13 WHERE product_id = 'MUG'"))
    random_shop(engine, chance, 10, datetime(2026, 3, 1, tzinfo=UTC))
    added = build(engine, database_url, AS_OF)
    assert not added.build.whole
    lines = next(step for step in added.steps if step.name == "fct_order_lines")
    assert lines.rows is not None
    every = rows(engine, "SELECT count(*) AS lines FROM mart.fct_order_lines")[0]["lines"]
    assert 2 * lines.rows < every  # not all of them again
    kept = marts(engine)
    whole = build(engine, database_url, AS_OF, whole=True)
    assert whole.build.whole
    assert {name for name, found in marts(engine).items() if found != kept[name]} == set()


def test_another_last_day_is_not_reached_by_what_is_new(built: Built) -> None:
    warehouse = warehouse_of(built.engine, built.url, clock=StillClock(NEXT_DAY))
    (first,) = warehouse.last(9)
    assert_is_whole(built.engine, first, AS_OF)
    for as_of in (
        AS_OF - timedelta(days=9),  # back
        AS_OF - timedelta(days=1),  # and forward, from a day that was long ago when it was built
    ):
        assert_is_whole(built.engine, warehouse.build(as_of).build, as_of)


def assert_is_whole(engine: Engine, build: Build, as_of: date) -> None:
    """All was built anew, and counts what was ordered up to that day."""
    assert (build.failure, build.whole, build.as_of) == (None, True, as_of)
    (counted,) = rows(engine, "SELECT sum(orders) AS orders FROM mart.dim_customers")
    expected = "SELECT count(*) AS orders FROM mart.fct_orders WHERE NOT is_cancelled AND order_date <= :day"
    assert counted == rows(engine, expected, day=as_of)[0]


def shorter(known: Order) -> Order:
    """The order with its first line only, as its customer changed it."""
    return replace(known, lines=known.lines[:1], discount=Decimal("0.00"), changes=known.changes + 1)


def test_an_empty_shop_is_built_and_its_first_order_is_found(engine: Engine, database_url: str) -> None:
    build(engine, database_url, AS_OF)
    assert rows(engine, "SELECT * FROM mart.sales_trends") == []
    with PostgresUnitOfWork(engine) as uow:
        fill(uow)
    assert not build(engine, database_url, AS_OF).build.whole
    assert rows(engine, "SELECT count(*) AS orders FROM mart.fct_orders") == [{"orders": 15}]


def warehousing(engine: Engine, url: str, room: FakeStaffRoom) -> Warehousing:
    place = Workplace(
        database=engine, unit_of_work=lambda: PostgresUnitOfWork(engine), shop=SHOP, clock=StillClock(NEXT_DAY)
    )
    warehouse = warehouse_of(engine, url, clock=place.clock)
    return Warehousing(
        place,
        warehouse,
        room,
        StaffChannels(admins="C-ADMINS"),
        AfterBuild(tell_ports=lambda _: None, predict=lambda: None, export=lambda: None),
    )


def test_a_build_that_fails_leaves_the_marts_and_tells_the_admins_in_one_line(built: Built) -> None:
    engine, database_url = built.engine, built.url
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO shop.order_line VALUES (1015, 9, 'NO-SUCH', 1, 2)"))
        connection.execute(text("UPDATE shop.orders SET total = total + 2 WHERE order_id = 1015"))
    room = FakeStaffRoom()
    warehousing(engine, database_url, room).build()
    assert marts(engine) == built.marts
    (told,) = room.in_channel("C-ADMINS")
    assert told.text == (
        "The warehouse could not be built (lines_have_products: 1 rows are wrong). The figures of May 12 stand. "
        "`parley analytics status` says more."
    )
    with engine.begin() as connection:
        last, good = PostgresBuilds(connection).last()[0], PostgresBuilds(connection).last_good()
        steps = PostgresBuilds(connection).steps(last.build_id)
        assert (last.succeeded, good and good.as_of) == (False, AS_OF)
        assert [step.name for step in steps if step.outcome is Outcome.FAILED] == ["lines_have_products"]
        connection.execute(text("DELETE FROM shop.order_line WHERE product_id = 'NO-SUCH'"))
        connection.execute(text("UPDATE shop.orders SET total = total - 2 WHERE order_id = 1015"))
    warehousing(engine, database_url, room).build()
    assert len(room.posts) == 1
    assert rows(engine, "SELECT max(as_of) AS as_of FROM mart.dim_customers") == [{"as_of": AS_OF}]


def test_where_a_test_of_the_marts_fails_all_that_is_made_anew_stays_as_it_was_and_the_next_build_mends_it(
    built: Built,
) -> None:
    engine, database_url, before = built.engine, built.url, built.marts
    with as_owner(database_url) as owner:
        bogus = "SELECT -1, 'all', 1, 1, DATE '2026-01-01', DATE '2026-01-01', 5, 0, 5, 5, TIMESTAMPTZ '2026-01-01'"
        owner.execute(text(f"INSERT INTO intermediate.int_customer_totals {bogus}"))
    random_shop(engine, random.Random(SEED), 20, datetime(2026, 2, 10, tzinfo=UTC))
    clock = StillClock(there("2026-05-13 03:30:00"))
    failed = warehouse_of(engine, database_url, clock=clock).build(AS_OF)
    assert failed.build.failure == "totals_are_those_of_orders: 1 rows are wrong"
    after = marts(engine)
    facts = {
        "fct_orders",
        "fct_order_lines",
        "sales_days",
        "sales_hours",
        "product_days",
    }  # they are added to, as far as the build came, and each is right by itself
    assert {"fct_orders", "fct_order_lines"} <= {name for name in before if after[name] != before[name]} <= facts
    named = [step.name for step in failed.steps if step.outcome is Outcome.FAILED]
    assert named == ["totals_are_those_of_orders"]
    mended = warehouse_of(engine, database_url, clock=clock).build(AS_OF)
    assert (mended.build.failure, mended.build.whole) == (None, True)


def test_a_mart_that_cannot_be_built_is_named_and_nothing_is_published(built: Built) -> None:
    engine, database_url = built.engine, built.url
    with as_owner(database_url) as owner:
        owner.execute(text("REVOKE SELECT ON raw.holiday FROM parley_dbt"))
    done = warehouse_of(engine, database_url).build(AS_OF)
    assert done.build.failure is not None
    assert done.build.failure.startswith("dim_dates: permission denied")
    assert marts(engine) == built.marts


def test_who_reads_a_mart_for_long_keeps_it_and_the_build_is_told_as_failed(built: Built) -> None:
    engine, database_url = built.engine, built.url
    with engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM mart.dim_customers"))
        done = warehouse_of(engine, database_url, clock=StillClock(NOW)).build(AS_OF)
    assert done.build.failure == "somebody reads the marts for too long, so the new ones could not take their place"
    assert marts(engine)["dim_customers"] == built.marts["dim_customers"]


def test_a_database_that_refuses_is_a_failure_that_is_noted(built: Built) -> None:
    engine = built.engine
    nobody = make_url(str(engine.url)).set(username="nobody_at_all").render_as_string(hide_password=False)
    done = warehouse_of(engine, nobody).build(AS_OF)
    assert done.build.failure == "dbt ended with code 1"
    with engine.connect() as connection:
        last = PostgresBuilds(connection).last()[0]
    assert (last.failure, last.finished_at is not None) == ("dbt ended with code 1", True)


def test_one_builds_at_a_time(engine: Engine, database_url: str) -> None:
    with Builder.started(database_url):
        with pytest.raises(AlreadyBuilding):
            warehouse_of(engine, database_url).build(AS_OF)
        with pytest.raises(AlreadyBuilding):  # so that its job is tried again
            warehousing(engine, database_url, FakeStaffRoom()).build()
    with engine.connect() as connection:
        assert PostgresBuilds(connection).last() == []


def test_a_worker_that_is_told_to_stop_does_not_wait_for_a_build(
    unit_of_work: Callable[[], PostgresUnitOfWork], engine: Engine, database_url: str
) -> None:
    with unit_of_work() as uow:
        fill(uow)
    warehouse = warehouse_of(engine, database_url)
    with pytest.raises(CutOff):
        warehouse.build(AS_OF, tell=lambda step, done, total: warehouse.stop())
    assert warehouse.last()[0].finished_at is None
    assert warehouse.last_good() is None
    assert build_due(engine, "30 3 * * *", MachineClock().now(), DENVER)


def test_a_missed_time_is_due_until_a_build_comes_to_its_end(engine: Engine) -> None:
    zone, nightly = ZoneInfo("America/Denver"), "30 3 * * *"
    noon = there("2026-05-12 12:00:00")
    assert build_due(engine, nightly, noon, zone)
    assert not build_due(engine, "", noon, zone)

    def built_at(moment: str, *, ended: bool = True) -> None:
        with engine.begin() as connection:
            builds = PostgresBuilds(connection)
            number = builds.begin(AS_OF, whole=True, fingerprint="", now=there(moment))
            if ended:
                builds.end(number, [], None, there(moment))

    built_at("2026-05-12 03:29:59")
    assert build_due(engine, nightly, noon, zone)
    built_at("2026-05-12 03:30:00", ended=False)
    assert build_due(engine, nightly, noon, zone)
    built_at("2026-05-12 03:31:00")
    assert not build_due(engine, nightly, noon, zone)
    assert build_due(engine, nightly, noon, zone, "of other models, as after an upgrade")


def corrected(removed: int) -> IngestedFile:
    """A file that took the place of one with so many orders more."""
    return IngestedFile(
        source="north",
        name="monday.csv",
        kind=FileKind.ORDERS,
        stamp="1",
        digest="1",
        bytes=1,
        state=FileState.LOADED,
        kept_at="raw",
        said="",
        removed=removed,
        at=NEXT_DAY,
    )


def test_all_is_built_anew_each_week_and_where_it_would_come_out_otherwise(built: Built) -> None:
    engine = built.engine
    mark, now = fingerprint(TERMS.variables()), NEXT_DAY

    def whole(mark: str, now: datetime) -> bool:
        with engine.connect() as connection:
            return PostgresBuilds(connection).must_be_whole(AS_OF, mark, now, WHOLE_EVERY)

    assert not whole(mark, now)
    assert whole(mark, now + timedelta(days=7))
    assert whole(fingerprint(replace(TERMS, at_risk_days=60).variables()), now)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shop.product SET category = 'Crockery' WHERE product_id = 'PLATE'"))
    assert whole(mark, now)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shop.product SET category = '' WHERE product_id = 'PLATE'"))
        assert not PostgresBuilds(connection).must_be_whole(AS_OF, mark, now, WHOLE_EVERY)
    with engine.connect() as connection:
        PostgresIngested(connection).note(corrected(removed=0))
        assert not PostgresBuilds(connection).must_be_whole(AS_OF, mark, now, WHOLE_EVERY)
        PostgresIngested(connection).note(replace(corrected(removed=2), digest="other"))
        assert PostgresBuilds(connection).must_be_whole(AS_OF, mark, now, WHOLE_EVERY)
        connection.rollback()
    with engine.begin() as connection:
        PostgresBuilds(connection).begin(AS_OF, whole=True, fingerprint=mark, now=now)  # and is killed
    assert whole(mark, now)


def test_a_build_that_was_cut_off_is_told_as_such(engine: Engine) -> None:
    with engine.begin() as connection:
        builds = PostgresBuilds(connection)
        builds.begin(AS_OF, whole=True, fingerprint="a", now=NOW)
        builds.begin(AS_OF, whole=True, fingerprint="a", now=NOW + timedelta(hours=1))
        running, cut_off = builds.last(2)
    assert (running.failure, running.finished_at) == (None, None)
    assert (cut_off.failure, cut_off.succeeded) == ("it was cut off", False)
