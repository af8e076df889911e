"""What was sold is right to the cent: in every zone, over clock changes, and after a recount in plain Python."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from domain.conversation import ChatRef
from domain.model import Identity, Order, OrderState
from domain.periods import Period, Span
from domain.records.returns import Condition
from domain.records.sales import Bought, Buyer, Cancellations, DayTotals, Totals
from domain.returns.receiving import receive_return
from domain.returns.requesting import Item, ReturnWish, request_return
from storage.queries.sales import PostgresSales
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import TERMS, make_order
from tests.support.golden import DENVER, HASHES, PRICES, WEEK, fill, order, stock_products, there

UnitOfWork = Callable[[], PostgresUnitOfWork]
KOLKATA, AUCKLAND, UTC_ZONE = ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Auckland"), ZoneInfo("UTC")
SINCE, UNTIL = WEEK.begins(DENVER), WEEK.ends(DENVER)
# 36 + 41.75 + 31.25 + 34.50 + 29 + 12 + 7.25 + 34.50; off 4.18 + 0.01; gone 31.05 + 69 + 34.49
IN_WEEK = Totals(
    orders=8,
    gross=Decimal("226.25"),
    discounts=Decimal("4.19"),
    cancelled_orders=3,
    cancelled=Decimal("134.54"),
    customers=5,
)
RANDOM_ORDERS, RANDOM_PERIODS = 200, 50


@pytest.fixture
def sales(engine: Engine) -> Iterator[PostgresSales]:
    """Sees what is committed at the moment it is asked."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield PostgresSales(connection)


@pytest.fixture
def golden(unit_of_work: UnitOfWork) -> list[Order]:
    """The fifteen orders of `golden.py`, as they are stored."""
    with unit_of_work() as uow:
        return fill(uow)


def add(unit_of_work: UnitOfWork, *orders: Order) -> None:
    with unit_of_work() as uow:
        stock_products(uow)
        for one in orders:
            uow.orders.add(one)
        uow.commit()


def cancel(unit_of_work: UnitOfWork, order_id: int, at: datetime) -> None:
    with unit_of_work() as uow:
        uow.orders.change_state(order_id, OrderState.CANCELLED, at)
        uow.commit()


def day(iso: str, orders: int, net: str) -> DayTotals:
    return DayTotals(day=date.fromisoformat(iso), orders=orders, net=Decimal(net))


@pytest.mark.usefixtures("golden")
def test_a_week_is_right_to_the_cent(sales: PostgresSales) -> None:
    assert sales.totals([WEEK], DENVER) == [IN_WEEK]
    assert IN_WEEK.net == Decimal("87.52")


@pytest.mark.usefixtures("golden")
def test_periods_are_summed_together_in_the_order_asked(sales: PostgresSales) -> None:
    week, before, empty, year_ago = sales.totals([WEEK, WEEK.before(), WEEK.before(4), WEEK.year_before()], DENVER)
    assert week == IN_WEEK
    assert before == Totals(orders=2, gross=Decimal("81.00"), customers=2)
    assert empty == Totals()
    assert year_ago == Totals(orders=1, gross=Decimal("12.00"), customers=1)


@pytest.mark.usefixtures("golden")
def test_the_days_add_up_to_the_totals(sales: PostgresSales) -> None:
    found = sales.days(SINCE, UNTIL, DENVER)
    assert found == [
        day("2026-05-04", 2, "4.57"),  # 36.00 + 37.57 - 69.00
        day("2026-05-05", 1, "0.20"),  # 31.25 - 31.05
        day("2026-05-06", 1, "0.00"),  # 34.49 - 34.49
        day("2026-05-08", 1, "29.00"),
        day("2026-05-09", 1, "12.00"),
        day("2026-05-10", 2, "41.75"),  # 7.25 + 34.50
    ]
    assert (sum(one.orders for one in found), sum(one.net for one in found)) == (8, Decimal("87.52"))


@pytest.mark.usefixtures("golden")
def test_a_cancelled_order_counts_on_the_day_of_cancelling_and_is_tied_to_its_week(sales: PostgresSales) -> None:
    assert sales.cancelled_later(SINCE, UNTIL, DENVER) == [
        Cancellations(week=WEEK.before(2), orders=1, amount=Decimal("31.05")),
        Cancellations(week=WEEK.before(), orders=1, amount=Decimal("69.00")),
    ]


def test_a_later_cancellation_leaves_a_period_as_it_was(
    golden: list[Order], sales: PostgresSales, unit_of_work: UnitOfWork
) -> None:
    bought, buyers = sales.products(SINCE, UNTIL), sales.customers(SINCE, UNTIL, 5)
    later = Period.containing(date(2026, 5, 20), Span.WEEK)
    for one in golden[5:8]:
        cancel(unit_of_work, one.order_id, there("2026-05-20 12:00:00"))
    week, then = sales.totals([WEEK, later], DENVER)
    assert week == IN_WEEK
    assert (then.orders, then.cancelled_orders, then.net) == (0, 3, Decimal("-104.82"))  # 36 + 37.57 + 31.25
    assert (sales.products(SINCE, UNTIL), sales.customers(SINCE, UNTIL, 5)) == (bought, buyers)
    assert [one.week for one in sales.cancelled_later(later.begins(DENVER), later.ends(DENVER), DENVER)] == [WEEK]


def test_what_comes_back_counts_on_the_day_of_settling_and_leaves_earlier_periods_as_they_were(
    golden: list[Order], sales: PostgresSales, unit_of_work: UnitOfWork
) -> None:
    later, at = Period.containing(date(2026, 5, 20), Span.WEEK), there("2026-05-20 12:00:00")
    one = next(order for order in golden if order.state is not OrderState.CANCELLED and order.discount)
    line, who = one.lines[0], Identity(identity_id=0, proven_email=one.hashed_email)
    with unit_of_work() as uow:
        uow.orders.change_state(one.order_id, OrderState.DELIVERED, at)
        wish = ReturnWish(items=(Item(product_id=line.product_id, quantity=1),))
        asked = request_return(
            uow, one.order_id, wish, identity=who, terms=TERMS, now=at, told_in=ChatRef(channel="web", chat_id="c")
        )
        done = receive_return(uow, asked.return_id, Condition.GOOD, actor="slack:U1", now=at)
        uow.commit()
    assert 0 < done.back < line.unit_price  # the discount stays with the shop
    week, then = sales.totals([WEEK, later], DENVER)
    assert week == IN_WEEK
    assert (then.returns, then.returned, then.net) == (1, done.back, -done.back)
    assert sales.days(later.begins(DENVER), later.ends(DENVER), DENVER) == [day("2026-05-20", 0, str(-done.back))]


@pytest.mark.usefixtures("golden")
def test_gross_is_what_the_lines_cost(sales: PostgresSales, engine: Engine) -> None:
    lines = text("SELECT sum(quantity * unit_price) FROM shop.orders JOIN shop.order_line USING (order_id)")
    taken_off = text("SELECT sum(discount) FROM shop.orders")
    always = sales.totals([Period(span=Span.MONTH, first=date(2025, 1, 1), last=date(2026, 12, 31))], DENVER)[0]
    with engine.connect() as connection:
        assert always.gross == connection.execute(lines).scalar_one() == Decimal("414.75")
        assert always.discounts == connection.execute(taken_off).scalar_one() == Decimal("12.14")
    assert always.cancelled == Decimal("146.54")  # 31.05 + 69.00 + 34.49 + 12.00
    assert always.net == Decimal("256.07")


@pytest.mark.usefixtures("golden")
def test_products_are_ranked_by_live_orders_then_pieces(sales: PostgresSales) -> None:
    found = sales.products(SINCE, UNTIL)
    assert found == [
        Bought(product_id="PLATE", title="Plate", orders=4, units=7, amount=Decimal("50.75")),
        Bought(product_id="MUG", title="Mug", orders=3, units=6, amount=Decimal("72.00")),
        Bought(product_id="TEAPOT", title="Teapot", orders=2, units=2, amount=Decimal("69.00")),
    ]
    cancelled_within = Decimal("34.50")
    assert sum(one.amount for one in found) == IN_WEEK.gross - cancelled_within


@pytest.mark.usefixtures("golden")
def test_what_is_cancelled_the_moment_after_was_live(sales: PostgresSales) -> None:
    found = {one.product_id: (one.orders, one.units) for one in sales.products(WEEK.before().begins(DENVER), SINCE)}
    assert found == {"MUG": (1, 1), "TEAPOT": (1, 2)}


@pytest.mark.usefixtures("golden")
def test_customers_are_ranked_by_what_they_paid(sales: PostgresSales) -> None:
    found = sales.customers(SINCE, UNTIL, 5)
    assert [(one.hashed_email, one.orders, one.amount) for one in found] == [
        (HASHES["dee"], 2, Decimal("44.82")),
        (HASHES["bob"], 2, Decimal("43.25")),
        (HASHES["ada"], 1, Decimal("36.00")),
        (HASHES["cyd"], 1, Decimal("34.50")),
        (HASHES["eve"], 1, Decimal("29.00")),
    ]
    cancelled_within = Decimal("34.49")
    assert sum(one.amount for one in found) == IN_WEEK.gross - IN_WEEK.discounts - cancelled_within
    assert sales.customers(SINCE, UNTIL, 2) == found[:2]


@pytest.mark.usefixtures("golden")
def test_a_new_customer_never_ordered_before(sales: PostgresSales) -> None:
    assert sales.new_customers(SINCE, UNTIL) == 2  # dee and eve
    assert sales.new_customers(WEEK.before().begins(DENVER), SINCE) == 1  # cyd
    assert sales.new_customers(UNTIL, UNTIL + timedelta(days=7)) == 0


def test_who_orders_first_at_the_first_moment_is_new(sales: PostgresSales, unit_of_work: UnitOfWork) -> None:
    add(unit_of_work, order("ada", SINCE, {"MUG": 1}), order("bob", UNTIL, {"MUG": 1}))
    assert sales.new_customers(SINCE, UNTIL) == 1


@pytest.mark.parametrize(
    ("zone", "orders", "gross", "net", "days"),
    [
        # With 5, without 13.
        (UTC_ZONE, 8, "260.75", "122.02", "04 2 36.00, 05 2 37.77, 06 1 0.00, 09 1 29.00, 10 2 19.25"),
        # Without 12 too; 8 is at midnight.
        (KOLKATA, 7, "253.50", "114.77", "04 2 36.00, 05 1 6.52, 06 2 31.25, 09 1 29.00, 10 1 12.00"),
        (AUCKLAND, 7, "253.50", "114.77", "04 2 36.00, 05 1 37.57, 06 1 0.20, 07 1 0.00, 09 1 29.00, 10 1 12.00"),
    ],
    ids=str,
)
@pytest.mark.usefixtures("golden")
def test_the_same_orders_fall_into_each_zones_own_days(
    sales: PostgresSales, zone: ZoneInfo, orders: int, gross: str, net: str, days: str
) -> None:
    (found,) = sales.totals([WEEK], zone)
    assert (found.orders, found.gross, found.net) == (orders, Decimal(gross), Decimal(net))
    told = sales.days(WEEK.begins(zone), WEEK.ends(zone), zone)
    assert ", ".join(f"{one.day:%d} {one.orders} {one.net}" for one in told) == days


@pytest.mark.parametrize(
    ("iso", "inside", "outside"),
    [
        ("2026-03-08", ("2026-03-08T07:00", "2026-03-09T05:59"), ("2026-03-08T06:59", "2026-03-09T06:00")),
        ("2026-11-01", ("2026-11-01T06:00", "2026-11-02T06:59"), ("2026-11-01T05:59", "2026-11-02T07:00")),
        ("2026-11-01", ("2026-11-01T07:30", "2026-11-01T08:30"), ()),  # both at 01:30
    ],
)
def test_days_of_clock_changes_hold_their_own_orders(
    sales: PostgresSales, unit_of_work: UnitOfWork, iso: str, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    moments = [datetime.fromisoformat(f"{moment}:00+00:00") for moment in (*inside, *outside)]
    add(unit_of_work, *(order("ada", moment, {"MUG": 1}) for moment in moments))
    changed = Period.containing(date.fromisoformat(iso), Span.DAY)
    assert sales.totals([changed], DENVER)[0].orders == 2
    assert sales.days(changed.begins(DENVER), changed.ends(DENVER), DENVER) == [day(iso, 2, "24.00")]


def test_an_empty_shop_has_zeros(sales: PostgresSales) -> None:
    assert sales.totals([WEEK], DENVER) == [Totals()]
    assert sales.days(SINCE, UNTIL, DENVER) == []
    assert sales.cancelled_later(SINCE, UNTIL, DENVER) == []
    assert (sales.products(SINCE, UNTIL), sales.customers(SINCE, UNTIL, 5)) == ([], [])
    assert sales.new_customers(SINCE, UNTIL) == 0
    assert sales.first_order_at() is None


@pytest.mark.usefixtures("golden")
def test_the_first_order_is_known(sales: PostgresSales) -> None:
    assert sales.first_order_at() == there("2025-05-07 12:00:00")


def test_ties_are_ranked_by_id_whatever_came_first(sales: PostgresSales, unit_of_work: UnitOfWork) -> None:
    numbers = list(range(100))
    random.Random(7).shuffle(numbers)
    # Every third twice, so that Postgres has to sort, and may leave what ties as it likes.
    bought = [number for number in numbers for _ in range(2 if number % 3 == 0 else 1)]
    add(unit_of_work, *(make_order({f"P{n:02}": 1}, hashed_email=f"{n:064}", placed_at=SINCE) for n in bought))
    by_id = sorted(numbers, key=lambda number: (number % 3 != 0, number))
    assert [one.product_id for one in sales.products(SINCE, UNTIL)] == [f"P{number:02}" for number in by_id]
    assert [int(one.hashed_email) for one in sales.customers(SINCE, UNTIL, 100)] == by_id


def test_a_customers_pseudonym_shows_six_characters_of_the_hash() -> None:
    assert Buyer(hashed_email="7f3a9c" + "0" * 58, orders=1, amount=Decimal(1)).pseudonym == "cust_7f3a9c"


def random_order(chance: random.Random) -> Order:
    placed_at = datetime(2026, 2, 20, tzinfo=UTC) + timedelta(seconds=chance.randrange(60 * 86400))
    basket = {name: chance.randint(1, 4) for name in chance.sample(sorted(PRICES), chance.randint(1, 3))}
    end: dict[str, Any] = {}
    if chance.random() < 0.3:
        cancelled_at = placed_at + timedelta(seconds=chance.randrange(20 * 86400))
        end = {"state": OrderState.CANCELLED, "cancelled_at": cancelled_at}
    discount = Decimal(chance.randrange(700)) / 100
    return order(chance.choice(sorted(HASHES)), placed_at, basket, discount=discount, **end)


def test_random_orders_are_summed_as_plain_python_sums_them(sales: PostgresSales, unit_of_work: UnitOfWork) -> None:
    chance = random.Random(20260504)
    orders = [random_order(chance) for _ in range(RANDOM_ORDERS)]
    add(unit_of_work, *orders)
    for _ in range(RANDOM_PERIODS):
        zone = chance.choice([UTC_ZONE, DENVER, KOLKATA, AUCKLAND])
        first = date(2026, 2, 10) + timedelta(days=chance.randrange(90))
        period = Period.containing(first, chance.choice(list(Span)))
        since, until = period.begins(zone), period.ends(zone)
        assert sales.totals([period], zone) == [totals_of(orders, period, zone)]
        assert sales.days(since, until, zone) == days_of(orders, period, zone)
        assert live_sums(sales, since, until) == live_sums_of(orders, period, zone)


def inside(moment: datetime | None, period: Period, zone: ZoneInfo) -> bool:
    return moment is not None and period.first <= moment.astimezone(zone).date() <= period.last


def totals_of(orders: list[Order], period: Period, zone: ZoneInfo) -> Totals:
    placed = [one for one in orders if inside(one.placed_at, period, zone)]
    gone = [one for one in orders if inside(one.cancelled_at, period, zone)]
    return Totals(
        orders=len(placed),
        gross=sum((line.quantity * line.unit_price for one in placed for line in one.lines), Decimal(0)),
        discounts=sum((one.discount for one in placed), Decimal(0)),
        cancelled_orders=len(gone),
        cancelled=sum((one.total for one in gone), Decimal(0)),
        customers=len({one.hashed_email for one in placed}),
    )


def days_of(orders: list[Order], period: Period, zone: ZoneInfo) -> list[DayTotals]:
    count: Counter[date] = Counter()
    net: defaultdict[date, Decimal] = defaultdict(Decimal)
    for one in orders:
        if inside(one.placed_at, period, zone):
            count[one.placed_at.astimezone(zone).date()] += 1
            net[one.placed_at.astimezone(zone).date()] += one.total
        if one.cancelled_at is not None and inside(one.cancelled_at, period, zone):
            net[one.cancelled_at.astimezone(zone).date()] -= one.total
    return [DayTotals(day=on, orders=count[on], net=net[on]) for on in sorted(net)]


def live_sums(sales: PostgresSales, since: datetime, until: datetime) -> tuple[dict[str, int], dict[str, Decimal]]:
    units = {one.product_id: one.units for one in sales.products(since, until)}
    return units, {one.hashed_email: one.amount for one in sales.customers(since, until, 100)}


def live_sums_of(orders: list[Order], period: Period, zone: ZoneInfo) -> tuple[dict[str, int], dict[str, Decimal]]:
    units: Counter[str] = Counter()
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in orders:
        if inside(one.placed_at, period, zone) and not inside(one.cancelled_at, period, zone):
            paid[one.hashed_email] += one.total
            for line in one.lines:
                units[line.product_id] += line.quantity
    return dict(units), dict(paid)
