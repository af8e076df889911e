"""What the boards of marketing and conversations read: counted by hand, and as other parts of the shop count it."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from domain.periods import Span
from domain.records.builds import Checked
from domain.records.conversations_board import AskedByMany, Talked
from domain.records.marketing_board import MessagesIn, RatedIn, Recommended, RecoveredIn, Subscribers
from domain.records.notifications import Outcome
from storage.server import embedded
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.api import AskedShop
from tests.support.databases import own_database
from tests.support.golden import HASHES, WEEK, there
from tests.support.marked import MARKS, fill_marked
from tests.support.warehouses import build, rows

NAME = "marketing_boards"
AS_OF = date(2026, 5, 12)
WORDS = "what did Zebulon Quux of 17 Analytical Way ask"  # as if the scrubbing had let it through
# Of the golden orders: 8 is Bob's of May 5 with two mugs and a plate, 9 Ada's of May 6, cancelled, 12 Dee's of May 10.
_SHOWN = """
    WITH o AS (SELECT order_id FROM shop.orders)
    INSERT INTO shop.impression (placement, product_id, shown_at, added_at, dismissed_at, order_id) VALUES
        ('popular', 'MUG', '2026-05-05 12:00+00', '2026-05-05 13:00+00', NULL, (SELECT min(order_id) + 7 FROM o)),
        ('popular', 'PLATE', '2026-05-05 12:00+00', '2026-05-05 13:00+00', NULL, (SELECT min(order_id) + 7 FROM o)),
        ('popular', 'TEAPOT', '2026-05-06 12:00+00', '2026-05-06 13:00+00', NULL, (SELECT min(order_id) + 8 FROM o)),
        ('similar', 'MUG', '2026-05-06 12:00+00', NULL, '2026-05-06 13:00+00', NULL),
        ('similar', 'MUG', '2026-05-11 05:59+00', '2026-05-11 06:10+00', NULL, NULL),
        ('similar', 'MUG', '2026-05-11 06:00+00', NULL, NULL, NULL),
        ('popular', 'MUG', '2026-05-03 12:00+00', NULL, NULL, NULL);
"""
_SENT = """
    INSERT INTO chat.notification (key, message_id, kind, marketing, channel, hashed_email, outcome, reason,
                                   created_at, settled_at) VALUES
        ('1', 'm1', 'cart_reminder', true, 'email', :bob, 'sent', 'agreed (web)', '2026-05-04 12:00+00',
         '2026-05-04 12:00+00'),
        ('2', 'm2', 'cart_reminder', true, 'slack', :ada, 'sent', 'agreed (web)', '2026-05-05 12:00+00',
         '2026-05-05 12:00+00'),
        ('3', 'm3', 'remarketing', true, 'email', :dee, 'withheld', 'opted out (link)', '2026-05-05 12:00+00', NULL),
        ('4', 'm4', 'remarketing', true, 'email', :ada, 'withheld', 'opted out (web)', '2026-05-06 12:00+00', NULL),
        ('5', 'm5', 'order_placed', false, 'email', :ada, 'failed', 'no box of zebulon.lovelace@example.com',
         '2026-05-06 12:00+00', NULL),
        ('6', 'm6', 'report', false, 'email', '', 'sent', '', '2026-05-06 12:00+00', NULL);
    INSERT INTO chat.suppression (hashed_email, reason, at) VALUES (:eve, 'bounce', '2026-05-01 12:00+00');
    INSERT INTO chat.consent (hashed_email, given, given_by, at) VALUES
        (:ada, true, 'web', '2026-05-04 06:00+00'), (:bob, true, 'link', '2026-05-04 05:59+00'),
        (:cyd, true, 'web, not proven', '2026-05-05 12:00+00'), (:dee, false, 'link', '2026-05-05 12:00+00'),
        (:eve, true, 'link', '2026-05-05 12:00+00'), (:fay, false, 'web', '2026-05-11 06:00+00');
"""
_RATED = """
    INSERT INTO shop.rating (order_id, score, at, source) VALUES
        (1, 5, '2026-05-05 12:00+00', 'web'), (2, 3, '2026-05-05 12:00+00', 'email'),
        (3, 2, '2026-05-11 05:59+00', 'slack'), (4, 1, '2026-05-11 06:00+00', 'web');
"""
_TALKED = """
    INSERT INTO shop.conversation_day (identity_id, channel, day, turns, misunderstood, handed_off, listed, carted,
                                       cards, orders, intents) VALUES
        (101, 'web', '2026-05-04', 4, 1, 0, 1, 0, 0, 0, '{"recommend": 3, "not_understood": 1}'),
        (102, 'web', '2026-05-10', 6, 0, 0, 0, 1, 1, 2, '{"order": 4, "button": 2}'),
        (103, 'slack', '2026-05-10', 1, 1, 1, 0, 0, 0, 0, '{"not_understood": 1}'),
        (104, 'web', '2026-05-03', 2, 0, 0, 1, 1, 1, 0, '{"order": 2}'),
        (NULL, 'web', '2026-05-10', 3, 0, 0, 1, 1, 0, 0, '{"recommend": 1, "order": 2}');
    DELETE FROM pii.question;
    INSERT INTO pii.question (question_id, number, identity_id, text, product_id, encoder, vector, at, closed_at)
    OVERRIDING SYSTEM VALUE VALUES
        (901, NULL, 1, 'Do you gift wrap?', '', '', '', '2026-05-05 12:00+00', NULL),
        (902, 901, 2, 'do you gift wrap', '', '', '', '2026-05-06 12:00+00', NULL),
        (903, 901, 3, :words, '', '', '', '2026-05-07 12:00+00', NULL),
        (904, 901, 3, :words, '', '', '', '2026-05-08 12:00+00', NULL),
        (905, NULL, 1, :words, 'MUG', '', '', '2026-05-05 12:00+00', NULL),
        (906, 905, 2, 'is it food safe', 'MUG', '', '', '2026-05-05 12:00+00', NULL),
        (907, 905, 3, 'safe for food?', 'MUG', '', '', '2026-05-05 12:00+00', NULL),
        (908, NULL, 1, 'only two ask this', '', '', '', '2026-05-05 12:00+00', NULL),
        (909, 908, 2, 'only two ask this', '', '', '', '2026-05-05 12:00+00', NULL),
        (910, 908, 2, 'only two ask this', '', '', '', '2026-05-05 12:00+00', NULL),
        (911, NULL, 1, 'answered', '', '', '', '2026-05-05 12:00+00', '2026-05-06 12:00+00'),
        (912, 911, 2, 'answered', '', '', '', '2026-05-05 12:00+00', '2026-05-06 12:00+00'),
        (913, 911, 3, 'answered', '', '', '', '2026-05-05 12:00+00', '2026-05-06 12:00+00');
"""


@pytest.fixture(scope="module")
def database(postgres: embedded.EmbeddedPostgres) -> Iterator[Engine]:
    """The marked shop with what was recommended, sent and said, and its warehouse."""
    with own_database(postgres, NAME) as engine:
        fill_marked(engine)
        terms = {**HASHES, "fay": "f" * 64, "words": WORDS}
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM shop.impression; DELETE FROM chat.notification")
            for statements in (_SHOWN, _SENT, _RATED, _TALKED):
                connection.execute(
                    text(statements), {name: one for name, one in terms.items() if f":{name}" in statements}
                )
        build(engine, postgres.database_url(NAME), AS_OF)
        yield engine


@pytest.fixture
def uow(database: Engine) -> Iterator[PostgresUnitOfWork]:
    with PostgresUnitOfWork(database) as uow:
        assert uow.marketing_board.is_built()
        assert uow.conversations_board.is_built()
        yield uow


def test_recommendations_come_to_what_is_counted_by_hand(uow: PostgresUnitOfWork) -> None:
    found = uow.marketing_board.recommended(WEEK.first, WEEK.last, Span.WEEK)
    told = {one.placement: (one.shown, one.added, one.dismissed, one.ordered, one.bought, one.paid) for one in found}
    assert told == {
        "popular": (3, 3, 0, 3, 2, Decimal("31.25")),  # order 9 was cancelled
        "similar": (2, 1, 1, 0, 0, Decimal(0)),  # one before midnight of Sunday in Denver, one after
    }
    assert {one.first_day for one in found} == {WEEK.first}


def test_they_are_those_of_the_report_on_recommendations(uow: PostgresUnitOfWork) -> None:
    reported = uow.impressions.performance(there("2026-05-03 00:00:00"), there("2026-05-13 00:00:00"))
    found = uow.marketing_board.recommended(date(2026, 5, 3), AS_OF, Span.MONTH)
    assert {(one.placement, one.shown, one.added, one.dismissed, one.bought, one.paid) for one in found} == {
        (str(one.placement), one.shown, one.added, one.dismissed, one.ordered, one.revenue) for one in reported
    }


@pytest.mark.parametrize("span", Span)
def test_periods_add_up_to_the_whole(uow: PostgresUnitOfWork, span: Span) -> None:
    first = date(2026, 5, 3)
    shown: Recommended = reduce(Recommended.__add__, uow.marketing_board.recommended(first, AS_OF, span), Recommended())
    assert (shown.shown, shown.added, shown.bought) == (7, 4, 2)
    went: Talked = reduce(Talked.__add__, uow.conversations_board.talked(first, AS_OF, span), Talked())
    known = rows_of(
        uow, "SELECT count(*), sum(turns), sum(orders) FROM shop.conversation_day WHERE day <= '2026-05-12'"
    )
    assert (went.conversations, went.turns, went.orders) == known


def rows_of(uow: PostgresUnitOfWork, query: str) -> tuple[object, ...]:
    return tuple(uow.connection.execute(text(query)).one())


def test_messages_count_with_what_became_of_them_and_without_whom_they_were_about(uow: PostgresUnitOfWork) -> None:
    def told(kind: str, outcome: Outcome, reason: str, messages: int) -> MessagesIn:
        return MessagesIn(first_day=WEEK.first, kind=kind, outcome=outcome, reason=reason, messages=messages)

    assert uow.marketing_board.messages(WEEK.first, WEEK.last, Span.WEEK) == [
        told("cart_reminder", Outcome.SENT, "", 2),
        told("order_placed", Outcome.FAILED, "another reason", 1),
        told("remarketing", Outcome.WITHHELD, "opted out", 2),
    ]


def test_an_order_after_a_reminder_is_recovered_and_a_cancelled_one_is_told_apart(uow: PostgresUnitOfWork) -> None:
    # Bob's first after his is 8 (not 11), Ada's is 9, which was cancelled.
    assert uow.marketing_board.recovered(WEEK.first, WEEK.last, Span.WEEK) == [
        RecoveredIn(first_day=WEEK.first, orders=1, cancelled=1, net=Decimal("31.25"))
    ]
    assert uow.marketing_board.recovered(date(2026, 5, 11), AS_OF, Span.WEEK) == []


def test_who_agreed_is_counted_by_the_latest_word(uow: PostgresUnitOfWork) -> None:
    week = there("2026-05-04 00:00:00"), there("2026-05-11 00:00:00")
    assert uow.marketing_board.subscribers(*week) == Subscribers(now=2, agreed=1, stopped=1)
    assert uow.marketing_board.subscribers(week[1], there("2026-05-12 00:00:00")).stopped == 1


def test_ratings_are_summed_by_the_shops_days(uow: PostgresUnitOfWork) -> None:
    assert uow.marketing_board.rated(WEEK.first, AS_OF, Span.WEEK) == [
        RatedIn(first_day=WEEK.first, ratings=3, scores=10, low=1),  # one before midnight of Sunday in Denver
        RatedIn(first_day=date(2026, 5, 11), ratings=1, scores=1, low=1),
    ]


def test_conversations_come_as_far_as_is_counted_by_hand(uow: PostgresUnitOfWork) -> None:
    found = {one.channel: one for one in uow.conversations_board.talked(WEEK.first, WEEK.last, Span.WEEK)}
    web, slack = found["web"], found["slack"]
    assert (web.conversations, web.reached_list, web.reached_cart, web.reached_card, web.reached_order) == (
        3,
        3,
        2,
        1,
        1,
    )
    assert (web.orders, web.turns, web.misunderstood, web.handed_off) == (2, 13, 1, 0)
    assert (slack.conversations, slack.reached_list, slack.misunderstood, slack.handed_off) == (1, 0, 1, 1)
    assert set(found) <= set(uow.conversations_board.channels())


def test_intents_are_counted_by_channel_and_period(uow: PostgresUnitOfWork) -> None:
    found = uow.conversations_board.intents(WEEK.first, WEEK.last, Span.WEEK)
    counted = {(one.channel, one.intent): one.turns for one in found if one.intent != "other"}
    assert counted == {
        ("web", "recommend"): 4,
        ("web", "order"): 6,
        ("web", "button"): 2,
        ("web", "not_understood"): 1,
        ("slack", "not_understood"): 1,
    }
    assert {one.first_day for one in found} == {WEEK.first}
    before = uow.conversations_board.intents(date(2026, 5, 3), date(2026, 5, 3), Span.WEEK)
    assert [(one.intent, one.turns) for one in before] == [("order", 2)]


def test_only_what_several_asked_is_read_and_only_in_words_that_several_used(uow: PostgresUnitOfWork) -> None:
    assert uow.conversations_board.asked_by_many(20) == [
        AskedByMany(
            number=901,
            text="Do you gift wrap?",
            product_id="",
            people=3,
            times=4,
            last_at=datetime(2026, 5, 8, 12, tzinfo=UTC),
        ),
        AskedByMany(
            number=905,
            text="",
            product_id="MUG",
            people=3,
            times=3,
            last_at=datetime(2026, 5, 5, 12, tzinfo=UTC),
        ),
    ]
    assert len(uow.conversations_board.asked_by_many(1)) == 1


def test_a_database_without_the_counts_is_told_apart(engine: Engine) -> None:
    with PostgresUnitOfWork(engine) as uow:
        assert not uow.marketing_board.is_built()
        assert uow.marketing_board.rated(WEEK.first, AS_OF, Span.WEEK) == []
        assert not uow.conversations_board.is_built()
        assert (uow.builds.last(7), uow.builds.last_good(), uow.builds.tested([])) == ([], None, {})


def test_the_tests_of_a_build_are_counted(database: Engine, uow: PostgresUnitOfWork) -> None:
    (one,) = uow.builds.last(7)
    [known] = rows(database, "SELECT count(*) AS n FROM raw.build_step WHERE kind = 'test'")
    assert uow.builds.tested([one.build_id]) == {one.build_id: Checked(tests=known["n"], failed=0)}
    for outcome, which in (("failed", "min"), ("skipped", "max")):
        name = f"(SELECT {which}(name) FROM raw.build_step WHERE kind = 'test')"
        uow.connection.execute(text(f"UPDATE raw.build_step SET outcome = '{outcome}' WHERE name = {name}"))
    assert uow.builds.tested([one.build_id]) == {one.build_id: Checked(tests=known["n"] - 1, failed=1)}


@pytest.fixture
def shop(database: Engine, tmp_path: Path) -> AskedShop:
    return AskedShop(database, tmp_path)


@pytest.mark.parametrize("name", ["marketing", "conversations"])
@pytest.mark.parametrize("query", ["", "?day=2026-05-10", "?span=day&day=2026-05-10", "?span=month&day=2026-04-30"])
def test_pages_and_their_tables_name_nobody(shop: AskedShop, name: str, query: str) -> None:
    browser = shop.enters("slack:UADMIN")
    page = browser.get(f"/dashboard/{name}{query}")
    assert page.status_code == 200, page.text
    said = [page.text]
    for key in {part.split('"')[0] for part in page.text.split('<section class="panel" id="')[1:]}:
        table = browser.get(f"/dashboard/{name}/{key}.csv{query}")
        assert table.status_code == 200
        assert list(csv.reader(io.StringIO(table.text)))
        said.append(table.text)
    for one in said:
        assert [mark for mark in (*MARKS, *HASHES.values()) if mark in one.lower()] == []


def test_support_reads_what_many_ask_and_marketing_does_not(shop: AskedShop) -> None:
    assert "Do you gift wrap?" in shop.enters("slack:USUPPORT").get("/dashboard/conversations").text
    marketing = shop.enters("slack:UMARKETING")
    assert "gift wrap" not in marketing.get("/dashboard/conversations").text
    assert marketing.get("/dashboard/conversations/questions.csv").status_code == 404


def test_the_catalogue_tells_how_fresh_the_warehouse_is(shop: AskedShop) -> None:
    page = shop.enters("slack:UFINANCE").get("/data").text
    assert "All figures reach to May 12, 2026; built May 13" in page
    assert "a night was missed" not in page
    assert "all anew" in page
    assert " passed" in page
    shop.at(datetime(2026, 5, 14, 21, 1, tzinfo=UTC))  # 36 hours after it began
    assert "more than 36 hours ago: a night was missed" in shop.enters("slack:UFINANCE").get("/data").text


def test_a_shop_that_never_built_says_so_in_the_catalogue(engine: Engine, tmp_path: Path) -> None:
    page = AskedShop(engine, tmp_path, built=False).enters("slack:UFINANCE").get("/data")
    assert (page.status_code, "It was never built" in page.text) == (200, True)
