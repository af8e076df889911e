"""What customers were recommended and what they did with it: each act counts once, where it belongs, and for whom."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from domain.model import Order
from domain.records.feedback import ATTRIBUTED, Performance, Placement
from domain.records.privacy import Reach
from storage.repositories.impressions import forget_impressions
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW, SECOND, make_order, make_product, stock

UnitOfWork = Callable[[], PostgresUnitOfWork]

ANN, BOB = 1, 2
DAY = timedelta(days=1)
POPULAR, TOGETHER, MAIL = Placement.POPULAR, Placement.BOUGHT_TOGETHER, Placement.MAIL
MESSAGE = "5f0c"


@pytest.fixture
def uow(unit_of_work: UnitOfWork) -> Iterator[PostgresUnitOfWork]:
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"), make_product(name="Teapot"))
        yield uow


def of(uow: PostgresUnitOfWork, placement: Placement, since: datetime = NOW - 30 * DAY) -> Performance:
    """A placement's performance; all zero where nothing was shown."""
    nothing = Performance(placement=placement, shown=0, added=0, dismissed=0, ordered=0, revenue=Decimal(0))
    found = {one.placement: one for one in uow.impressions.performance(since, NOW + 30 * DAY)}
    return found.get(placement, nothing)


def orders(uow: PostgresUnitOfWork, quantities: dict[str, int], at: datetime, identity_id: int = ANN) -> Order:
    order = uow.orders.add(make_order(quantities, placed_at=at, identity_id=identity_id))
    uow.impressions.ordered(order)
    return order


def test_what_was_shown_added_and_ordered_is_counted_with_what_was_paid(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG", "TEAPOT"], ANN, NOW)
    uow.impressions.added(["MUG"], ANN, NOW + SECOND)
    orders(uow, {"MUG": 3, "TEAPOT": 1}, NOW + 2 * SECOND)
    found = of(uow, POPULAR)
    assert (found.shown, found.added, found.dismissed, found.ordered, found.revenue) == (2, 1, 0, 1, Decimal(36))
    assert found.click_through == 0.5
    assert of(uow, TOGETHER).click_through == 0


def test_an_act_counts_once_and_for_the_place_that_came_last(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG"], ANN, NOW)
    uow.impressions.shown(TOGETHER, ["MUG"], ANN, NOW + SECOND)
    for seconds in (2, 3):
        uow.impressions.added(["MUG"], ANN, NOW + seconds * SECOND)
    orders(uow, {"MUG": 1}, NOW + 4 * SECOND)
    orders(uow, {"MUG": 1}, NOW + 5 * SECOND)
    assert (of(uow, POPULAR).added, of(uow, POPULAR).ordered) == (0, 0)
    assert (of(uow, TOGETHER).added, of(uow, TOGETHER).ordered, of(uow, TOGETHER).revenue) == (1, 1, Decimal(12))


def test_a_line_of_a_changed_order_counts_once(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG"], ANN, NOW)
    uow.impressions.added(["MUG"], ANN, NOW)
    order = orders(uow, {"MUG": 1}, NOW)
    uow.impressions.shown(TOGETHER, ["MUG"], ANN, NOW + SECOND)
    uow.impressions.added(["MUG"], ANN, NOW + SECOND)
    uow.impressions.ordered(order)
    assert (of(uow, POPULAR).ordered, of(uow, TOGETHER).ordered) == (1, 0)


def test_another_customers_acts_count_for_nothing(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG"], ANN, NOW)
    uow.impressions.added(["MUG"], BOB, NOW)
    uow.impressions.dismissed(["MUG"], BOB, NOW)
    orders(uow, {"MUG": 1}, NOW, BOB)
    found = of(uow, POPULAR)
    assert (found.shown, found.added, found.dismissed, found.ordered) == (1, 0, 0, 0)
    assert uow.impressions.dismissed_since(BOB, NOW - DAY) == set()


def test_an_order_counts_only_for_what_was_added_in_time(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG", "TEAPOT"], ANN, NOW)
    uow.impressions.added(["MUG"], ANN, NOW + ATTRIBUTED + SECOND)
    assert of(uow, POPULAR).added == 0
    uow.impressions.added(["MUG", "TEAPOT"], ANN, NOW + ATTRIBUTED)
    orders(uow, {"MUG": 1}, NOW + 2 * ATTRIBUTED + SECOND)
    assert (of(uow, POPULAR).added, of(uow, POPULAR).ordered) == (2, 0)
    orders(uow, {"TEAPOT": 1}, NOW + 2 * ATTRIBUTED)
    assert of(uow, POPULAR).ordered == 1


def test_an_order_that_nothing_was_added_for_is_not_attributed(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG"], ANN, NOW)
    orders(uow, {"MUG": 1}, NOW + SECOND)
    assert of(uow, POPULAR).ordered == 0


def test_a_cancelled_orders_money_is_taken_back(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG"], ANN, NOW)
    uow.impressions.added(["MUG"], ANN, NOW)
    orders(uow, {"MUG": 2}, NOW)
    assert of(uow, POPULAR).revenue == 24
    uow.connection.execute(
        text("UPDATE shop.orders SET state = 'cancelled', cancelled_at = :now"), {"now": NOW + SECOND}
    )
    assert (of(uow, POPULAR).added, of(uow, POPULAR).ordered, of(uow, POPULAR).revenue) == (1, 0, Decimal(0))


def test_what_was_dismissed_is_known_for_a_while(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG", "TEAPOT"], ANN, NOW)
    uow.impressions.dismissed(["MUG"], ANN, NOW + SECOND)
    assert uow.impressions.dismissed_since(ANN, NOW) == {"MUG"}
    assert uow.impressions.dismissed_since(ANN, NOW + 2 * SECOND) == set()
    assert of(uow, POPULAR).dismissed == 1


def test_a_mail_counts_once_and_for_who_followed_its_link(uow: PostgresUnitOfWork) -> None:
    for _ in range(2):
        uow.impressions.mailed(MAIL, ["MUG", "TEAPOT"], "a hash", MESSAGE, NOW)
    uow.impressions.followed(MESSAGE, "MUG", ANN, NOW)
    uow.impressions.followed("made up", "TEAPOT", ANN, NOW)
    uow.impressions.added(["MUG", "TEAPOT"], ANN, NOW)
    orders(uow, {"MUG": 1, "TEAPOT": 1}, NOW)
    found = of(uow, MAIL)
    assert (found.shown, found.added, found.ordered, found.revenue) == (2, 1, 1, Decimal(12))


def test_who_follows_a_mails_link_after_somebody_else_takes_nothing_away(uow: PostgresUnitOfWork) -> None:
    uow.impressions.mailed(MAIL, ["MUG"], "a hash", MESSAGE, NOW)
    uow.impressions.followed(MESSAGE, "MUG", ANN, NOW)
    uow.impressions.followed(MESSAGE, "MUG", BOB, NOW)
    orders(uow, {"MUG": 1}, NOW, ANN)
    assert of(uow, MAIL).ordered == 1


def test_what_somebody_else_did_with_a_mail_is_not_told_to_its_owner(uow: PostgresUnitOfWork) -> None:
    uow.impressions.mailed(MAIL, ["MUG"], "a hash", MESSAGE, NOW)
    uow.impressions.followed(MESSAGE, "MUG", BOB, NOW)
    orders(uow, {"MUG": 1}, NOW, BOB)
    told = uow.privacy.data(Reach(identity_ids=(), hashed_emails=("a hash",), users=())).recommended
    assert [(one.about, one.text) for one in told] == [("mail after an order", "MUG")]
    mine = uow.privacy.data(Reach(identity_ids=(BOB,), hashed_emails=(), users=())).recommended
    assert [one.text for one in mine] == ["MUG, put into the cart, order 1001"]


def test_a_mails_link_can_be_claimed_once_even_after_its_follower_was_forgotten(uow: PostgresUnitOfWork) -> None:
    uow.impressions.mailed(MAIL, ["MUG"], "a hash", MESSAGE, NOW)
    uow.impressions.followed(MESSAGE, "MUG", BOB, NOW)
    uow.privacy.erase(Reach(identity_ids=(BOB,), hashed_emails=(), users=()))
    uow.impressions.followed(MESSAGE, "MUG", ANN, NOW)
    orders(uow, {"MUG": 1}, NOW, ANN)
    assert of(uow, MAIL).ordered == 0


def test_a_report_is_of_what_was_shown_in_its_time(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG"], ANN, NOW)
    assert of(uow, POPULAR, since=NOW).shown == 1
    assert of(uow, POPULAR, since=NOW + SECOND).shown == 0
    assert uow.impressions.performance(NOW - DAY, NOW) == []


def test_what_was_shown_long_ago_is_forgotten(uow: PostgresUnitOfWork) -> None:
    uow.impressions.shown(POPULAR, ["MUG"], ANN, NOW - 2 * DAY)
    uow.impressions.shown(POPULAR, ["MUG"], ANN, NOW)
    assert forget_impressions(uow.connection, NOW - DAY) == 1
    assert of(uow, POPULAR).shown == 1
