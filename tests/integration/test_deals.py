"""The weekly post to customers' channels: what it shows, that this is true, when it goes out, and what a tap does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.messages import AnswerLost, Choice, Reply, Verb
from bot.shop import Shop
from domain.conversation import ChatRef
from domain.periods import Span
from domain.products.editing import change_product
from domain.records.feedback import Placement
from domain.records.sales import ReportName
from scheduler.planning import Destination, Plan, Planned
from scheduler.posting import Posts
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.desk import BOSS, Desk
from tests.support.factories import EMAIL, HASHED_EMAIL, make_order, make_product
from tests.support.fakes import StillClock
from tests.support.rooms import LIMITS, RULES, StaffedJobs
from tests.support.shop import NOW, SHOP
from tests.support.stocking import create_product

DAY = timedelta(days=1)
DENVER = ZoneInfo("America/Denver")
WEEKLY = Planned(name=ReportName.DEALS, span=Span.WEEK, cron="0 10 * * thu")
POSTED = Plan(times=(WEEKLY,), to={ReportName.DEALS: (Destination.parse("slack:C-SHOP"),)}, products=2)


@pytest.fixture
def desk(engine: Database) -> Desk:
    """A shop with four products at $12; mugs were ordered twice, teapots once."""
    with PostgresUnitOfWork(engine) as uow:
        names = ("Red Mug", "Glass Teapot", "Oak Board", "Tin Lantern")
        for name in names:
            product = make_product(name=name, product_id=name.split()[1].upper())
            create_product(uow, product, actor="test", now=NOW - 60 * DAY)
        uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
        for product_id in ("MUG", "MUG", "TEAPOT"):
            uow.orders.add(make_order({product_id: 1}, placed_at=NOW - 2 * DAY))
        uow.commit()
    return Desk(engine)


def post(desk: Desk, after: timedelta = timedelta(0), products: int = 5, shop: Shop = SHOP) -> Reply:
    clock = StillClock(NOW + after)
    place = Workplace(database=desk.database, unit_of_work=desk.unit_of_work, shop=shop, clock=clock)
    found = Posts(place, products).make()
    assert found is not None
    return found


def shown(reply: Reply) -> list[str]:
    return [card.title for card in reply.cards]


def prices(desk: Desk, product_id: str, *changes: str) -> None:
    for price in changes:
        assert "cannot" not in desk.says(f"/inventory set {product_id} price {price}")
        assert desk.product(product_id).sale_price == Decimal(price)


def test_deals_come_first_and_what_is_ordered_most_after_them(desk: Desk) -> None:
    prices(desk, "LANTERN", "9")
    prices(desk, "BOARD", "6")
    reply = post(desk)
    assert shown(reply) == ["Oak Board", "Tin Lantern", "Red Mug", "Glass Teapot"]
    board, _, mug, _ = reply.cards
    assert board.text == "Now $6.00\nIt was $12.00, its lowest price in the 30 days before."
    assert mug.text == "$12.00\nIn 2 orders of the last 30 days."
    assert [button.choice.encode() for button in board.buttons] == ["deal:BOARD"]
    assert reply.title == "Test Shop: deals and favourites"


@pytest.mark.parametrize(
    ("changes", "was"),
    [
        (("9",), "12"),
        (("9", "12"), None),  # as before
        (("9", "12", "9"), None),  # it was as cheap a moment ago
        (("15", "12"), None),  # raised, to be cut
        (("15", "9"), "12"),  # the lowest price before it, not the highest
        (("10", "9"), "10"),
        (("12.50",), None),
    ],
)
def test_only_what_is_truly_cheaper_is_a_deal(desk: Desk, changes: tuple[str, ...], was: str | None) -> None:
    prices(desk, "BOARD", *changes)
    board = next((card for card in post(desk).cards if card.title == "Oak Board"), None)
    assert (board is None) == (was is None)
    assert board is None or f"It was ${was}.00" in board.text


@pytest.mark.parametrize(
    ("history", "was"),
    [
        ([(50, "6"), (31, "12"), (29, "8")], None),  # it cost 6 two days before the cut
        ([(65, "6"), (50, "12"), (1, "8")], "12"),  # that it cost 6 is long ago
        ([(31, "8")], None),  # no news any more
        ([(29, "8"), (1, "7")], "8"),
    ],
)
def test_a_deal_was_dearer_for_a_month(desk: Desk, history: list[tuple[int, str]], was: str | None) -> None:
    with desk.unit_of_work() as uow:
        uow.connection.execute(text("UPDATE shop.stock_movement SET at = at - interval '60 d'"))
        for days, price in history:
            board = uow.products.get(["BOARD"])["BOARD"]
            cheaper = replace(board, sale_price=Decimal(price))
            change_product(uow, cheaper, actor="test", low_stock=0, now=NOW - days * DAY)
        uow.commit()
    board_card = next((card for card in post(desk).cards if card.title == "Oak Board"), None)
    assert (board_card is None) == (was is None)
    assert board_card is None or f"It was ${was}.00" in board_card.text


def test_what_is_new_in_the_shop_is_no_deal(desk: Desk) -> None:
    desk.says("/inventory add VASE price=99 cost=4 quantity=9 name=Clay Vase")
    prices(desk, "VASE", "12")  # a typo, mended
    assert "Clay Vase" not in shown(post(desk))


def test_a_cut_that_nobody_sees_is_no_deal(desk: Desk) -> None:
    prices(desk, "BOARD", "11.90")
    assert "Oak Board" not in shown(post(desk, shop=replace(SHOP, currency="JPY")))


def test_an_undone_change_is_no_deal(desk: Desk) -> None:
    desk.says("/inventory set BOARD price 9")
    desk.presses("Undo")
    assert "Oak Board" not in shown(post(desk))


def test_an_import_that_lowers_a_price_makes_a_deal(desk: Desk) -> None:
    head = "product_id,quantity,wholesale_cost,sale_price,supplier_id\n"
    desk.says("/inventory import", file=f"{head}BOARD,10,4,8,S\n")
    assert "It was $12.00" in post(desk).cards[0].text


def test_what_is_sold_out_removed_or_long_ago_is_not_shown(desk: Desk, engine: Database) -> None:
    for product_id in ("BOARD", "LANTERN", "TEAPOT"):
        prices(desk, product_id, "9")
    desk.says("/inventory remove LANTERN")
    with engine.begin() as connection:
        connection.execute(text("UPDATE shop.product SET quantity = 0 WHERE product_id = 'BOARD'"))
    assert shown(post(desk)) == ["Glass Teapot", "Red Mug"]
    later = post(desk, after=40 * DAY)
    assert [card.text.partition("\n")[0] for card in later.cards] == ["$12.00", "$9.00"]  # by orders of all time


def test_a_post_is_as_long_as_the_shop_wants_and_leaves_room_for_favourites(desk: Desk) -> None:
    for product_id in ("BOARD", "LANTERN", "TEAPOT"):
        prices(desk, product_id, "9")
    assert shown(post(desk, products=3)) == ["Oak Board", "Tin Lantern", "Red Mug"]
    assert shown(post(desk, products=1)) == ["Oak Board"]


class Poster:
    """The jobs of a shop that posts on Thursdays at ten."""

    def __init__(self, url: str, engine: Database, desk: Desk) -> None:
        self.clock = desk.clock
        self.jobs = StaffedJobs(url, engine, replace(SHOP, limits=LIMITS), self.clock, replace(RULES, plan=POSTED))

    def at(self, moment: datetime) -> list[Reply]:
        """The posts that customers have seen by then."""
        self.clock.moment = moment
        self.jobs.services.reports.enqueue_due()
        self.jobs.all_done()
        return self.jobs.room.in_channel("C-SHOP")


@pytest.fixture
def poster(database_url: str, engine: Database, desk: Desk) -> Poster:
    return Poster(database_url, engine, desk)


def thursday(hour: int, weeks: int = 0) -> datetime:
    return datetime(2026, 5, 14, hour, tzinfo=DENVER) + weeks * 7 * DAY


def test_it_is_posted_once_a_week_as_one_message(poster: Poster) -> None:
    for hour in (10, 11, 15):
        (reply,) = poster.at(thursday(hour))
    assert shown(reply) == ["Red Mug", "Glass Teapot"]
    assert reply.title == "Test Shop: favourites"
    assert poster.jobs.room.files == []
    assert len(poster.at(thursday(10, weeks=1))) == 2


@pytest.mark.parametrize(("hour", "until"), [(21, 15), (23, 15), (8, 14)])
def test_a_missed_post_is_not_caught_up_at_night(poster: Poster, engine: Database, hour: int, until: int) -> None:
    poster.clock.moment = thursday(hour)
    poster.jobs.services.reports.send("deals", "week", "2026-05-04")
    assert poster.jobs.room.in_channel("C-SHOP") == []
    with engine.connect() as connection:
        (due,) = connection.execute(text("SELECT scheduled_at FROM jobs.procrastinate_jobs")).scalars()
    assert due.astimezone(DENVER) == datetime(2026, 5, until, 9, tzinfo=DENVER)


@pytest.mark.parametrize(("days", "posts"), [(0, 1), (1, 1), (3, 0), (6, 0)])
def test_a_post_that_is_days_late_is_left_out(poster: Poster, engine: Database, days: int, posts: int) -> None:
    assert len(poster.at(thursday(10) + days * DAY)) == posts
    with engine.connect() as connection:
        remark = connection.execute(text("SELECT remark FROM shop.report")).scalar_one()
    assert remark == ("" if posts else "left out, too late")
    assert len(poster.at(thursday(10, weeks=1))) == posts + 1


def test_a_shop_that_has_nothing_to_show_posts_nothing(poster: Poster, engine: Database) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE shop.product SET quantity = 0"))
    assert poster.at(thursday(10)) == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT remark FROM shop.report")).scalar_one() == "nothing to post"


def test_a_post_whose_answer_was_lost_is_not_repeated(poster: Poster) -> None:
    post, tries = poster.jobs.room.post, []

    def loses_the_answer(channel: str, reply: Reply, thread: str | None = None) -> str:
        tries.append(channel)
        raise AnswerLost

    poster.jobs.room.post = loses_the_answer  # type: ignore[method-assign]
    poster.at(thursday(10))
    poster.jobs.room.post = post  # type: ignore[method-assign]
    assert poster.at(thursday(11)) == []
    assert tries == ["C-SHOP"]


def test_cards_that_went_out_before_a_failure_are_not_sent_again(
    poster: Poster, desk: Desk, engine: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = poster.jobs.room
    monkeypatch.setattr(room, "messages", lambda reply: [replace(reply, cards=()), *reply.cards])
    posted = room.post

    def second_card_fails(channel: str, reply: Reply, thread: str | None = None) -> str:
        if reply.title == "Glass Teapot":
            raise ConnectionError
        return posted(channel, reply, thread)

    monkeypatch.setattr(room, "post", second_card_fails)
    poster.at(thursday(10))
    monkeypatch.setattr(room, "post", posted)
    prices(desk, "LANTERN", "9")  # now the post has a deal, and begins with it
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE jobs.procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'send_report'")
        )
    poster.at(thursday(10) + timedelta(minutes=1))
    assert sorted(reply.title for reply in room.in_channel("C-SHOP")) == [
        "Red Mug",
        "Test Shop: favourites",
        "Tin Lantern",
    ]


def test_while_marketing_is_paused_nothing_is_posted(poster: Poster, desk: Desk, engine: Database) -> None:
    assert "Marketing is not paused" in desk.says("/parley marketing")
    assert "needs the role admin or marketing" in desk.says("/parley marketing pause", who="U-STRANGER")
    for _ in range(2):
        assert f"slack:{BOSS} paused marketing on" in desk.says("/parley marketing pause")
    assert "I do not know" in desk.says("/parley marketing stop")
    assert poster.at(thursday(10)) == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT remark FROM shop.report")).scalar_one() == "marketing is paused"
    assert "is not paused" in desk.says("/parley marketing resume")
    assert len(poster.at(thursday(10, weeks=1))) == 1
    assert [entry.action for entry in desk.entries() if entry.subject == "marketing"] == ["pause", "resume"]


def test_marketing_sees_it_first(desk: Desk, poster: Poster) -> None:
    assert "comes to your private chat" in desk.says("/report deals")
    assert "always as of now" in desk.says("/report deals month")
    assert "needs the role admin or marketing" in desk.says("/report deals", who="U-STRANGER")
    (event,) = desk.events
    with PostgresUnitOfWork(desk.database, poster.jobs.enqueue) as uow:
        uow.record(event)
        uow.commit()
    poster.jobs.all_done()
    (reply,) = poster.jobs.room.in_channel(f"D-{BOSS}")
    assert shown(reply) == ["Red Mug", "Glass Teapot"]  # as many as customers will see


def counted(desk: Desk) -> int:
    return desk.number("SELECT count(*) FROM shop.impression")


def test_a_tap_fills_the_own_cart_and_counts(
    desk: Desk, poster: Poster, unit_of_work: Callable[[], PostgresUnitOfWork]
) -> None:
    assert shown(poster.at(thursday(10))[0]) == ["Red Mug", "Glass Teapot"]
    desk.clock.moment = NOW
    heard = desk.presses_choice(Choice(verb=Verb.DEAL, arg="MUG"), who="U-CARLA")
    assert "Red Mug" in heard
    desk.presses_choice(Choice(verb=Verb.DEAL, arg="MUG"), who="U-BOB")
    with unit_of_work() as uow:
        carla = uow.conversations.lock(ChatRef(channel="slack", chat_id="DU-CARLA"), "U-CARLA", NOW)
        (found,) = uow.impressions.performance(NOW - DAY, NOW + DAY)
    assert [(line.product_id, line.quantity) for line in carla.cart] == [("MUG", 1)]
    assert (found.placement, found.shown, found.added) == (Placement.CHANNEL_POST, 2, 2)


def test_only_what_a_post_offered_there_counts(desk: Desk, poster: Poster) -> None:
    desk.presses_choice(Choice(verb=Verb.DEAL, arg="MUG"), who="U-CARLA")  # nothing was posted yet
    poster.at(thursday(10))
    desk.presses_choice(Choice(verb=Verb.DEAL, arg="BOARD"), who="U-CARLA")  # it was not among it
    for channel in ("web", "telegram", "console"):  # it was posted in Slack
        desk._send("U-CARLA", channel, "", choice=Choice(verb=Verb.DEAL, arg="MUG"))
    assert counted(desk) == 0
    desk.presses_choice(Choice(verb=Verb.DEAL, arg="MUG"), who="U-CARLA")
    assert counted(desk) == 1
    desk.clock.passes(days=61)
    desk.presses_choice(Choice(verb=Verb.DEAL, arg="TEAPOT"), who="U-CARLA")
    assert counted(desk) == 1


def test_a_mails_link_that_somebody_made_up_counts_for_nothing(desk: Desk) -> None:
    desk.presses_choice(Choice(verb=Verb.FOLLOW, arg=f"{'0' * 32} MUG"), who="U-CARLA")
    assert counted(desk) == 0


def test_a_tap_on_what_is_gone_says_so(desk: Desk) -> None:
    with desk.database.begin() as connection:
        connection.execute(text("UPDATE shop.product SET quantity = 0 WHERE product_id = 'MUG'"))
    assert "sold out" in desk.presses_choice(Choice(verb=Verb.DEAL, arg="MUG"), who="U-CARLA")


def test_a_link_that_somebody_made_up_greets_and_leaves_nothing(desk: Desk) -> None:
    heard = desk.presses_choice(Choice(verb=Verb.DEAL, arg="ada@example.com"), who="U-CARLA")
    assert "bot" in heard
    assert "ada@example.com" not in heard
    assert desk.number("SELECT count(*) FROM shop.impression") == 0
