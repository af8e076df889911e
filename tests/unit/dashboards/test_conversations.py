"""The board of conversations says how far they came, where they went wrong, and shows nobody's own words."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboards.conversations import NOT_BUILT, make_board
from dashboards.looking import BadFilter
from domain.periods import Span
from domain.records.conversations_board import AskedByMany, IntentIn, TalkedIn
from domain.records.staff import Role
from tests.support.golden import there
from tests.support.looks import BEFORE, THIS, FakeConversations, look, said, section, tiles
from tests.support.marts import FakeMarts, ticket


def talked(first: date, channel: str, *reached: int, **counts: Any) -> TalkedIn:
    names = ("conversations", "reached_list", "reached_cart", "reached_card", "reached_order")
    return TalkedIn(first_day=first, channel=channel, **dict(zip(names, reached, strict=True)), **counts)


WENT = (
    talked(BEFORE, "web", 20, 10, 5, 5, 5, orders=5, turns=40, misunderstood=1, handed_off=1),
    talked(THIS, "web", 30, 20, 10, 8, 6, orders=7, turns=90, misunderstood=9, handed_off=2),
    talked(THIS, "slack", 10, 9, 2, 1, 0, orders=0, turns=10, misunderstood=1, handed_off=1),
)
AT = datetime(2026, 5, 9, 3, tzinfo=UTC)  # still May 8 in Denver
MANY = (
    AskedByMany(number=7, text="Do you gift wrap?", product_id="", people=5, times=6, last_at=AT),
    AskedByMany(number=9, text="", product_id="MUG-RED", people=3, times=3, last_at=AT),
)
WANTED = tuple(
    IntentIn(first_day=first, channel=channel, intent=intent, turns=turns)
    for first, channel, intent, turns in (
        (BEFORE, "web", "order", 10),
        (BEFORE, "web", "recommend", 30),
        (THIS, "web", "order", 40),
        (THIS, "slack", "order", 5),
        (THIS, "web", "button", 30),
        (THIS, "web", "order_status", 15),
        (THIS, "slack", "not_understood", 10),
    )
)
FULL = FakeConversations(went=WENT, wanted=WANTED, many=MANY)
TICKETS = FakeMarts(
    asked=[
        ticket(there("2026-05-04 09:00:00"), 10, 60),
        ticket(there("2026-05-05 09:00:00"), 30),
        ticket(there("2026-04-28 09:00:00"), 60, 90),
    ]
)


def test_tiles_add_up_all_channels_and_compare_them_with_the_week_before() -> None:
    board = make_board(look(conversations_board=FULL, marts=TICKETS))
    assert tiles(board) == {
        "Conversations": "40",
        "Orders from them": "7",
        "Misunderstood": "10%",
        "Handed to people": "3",
        "To the first answer": "20 min",
    }
    told = {one.label: ([str(two) for two in one.compared], one.note) for one in board.tiles}
    assert told["Conversations"] == (["+100.0% on the week before"], "100 messages answered")
    assert told["Orders from them"] == (["+40.0% on the week before"], "in 15% of conversations")
    assert told["Misunderstood"] == ([], "10 of 100 messages; the week before 2.5%")
    assert told["Handed to people"] == (["+200.0% on the week before"], "7.5% of conversations")
    assert told["To the first answer"] == (["−66.7% on the week before"], "median of 2, all channels")


def test_the_funnel_is_told_by_channel_and_says_where_most_ended() -> None:
    board = make_board(look(conversations_board=FULL))
    assert said(board, "funnel") == [
        ["web", "30", "20", "10", "8", "6", "20.0%"],
        ["slack", "10", "9", "2", "1", "0", "0.0%"],
        ["all", "40", "29", "12", "9", "6", "15.0%"],
    ]
    assert section(board, "funnel").alt == (
        "Of 40 conversations 6 came to an order; most, 17, ended between list and cart. "
        "Shares are of all conversations."
    )
    assert section(board, "funnel").table.rows[0][0].href == "/dashboard/conversations?span=week&channel=web"


def test_over_time_and_its_troubles() -> None:
    board = make_board(look(conversations_board=FULL, marts=TICKETS))
    assert said(board, "trend")[:2] == [
        ["May 4 – 10, 2026", "40", "29", "12", "9", "6", "7", "100"],
        ["Apr 27 – May 3, 2026", "20", "10", "5", "5", "5", "5", "40"],
    ]
    assert said(board, "troubles")[:3] == [
        ["May 4 – 10, 2026", "10", "10.0%", "3", "7.5%"],
        ["Apr 27 – May 3, 2026", "1", "2.5%", "1", "5.0%"],
        ["Apr 20 – 26, 2026", "0", "–", "0", "–"],
    ]
    assert said(board, "tickets")[:2] == [
        ["May 4 – 10, 2026", "2", "0", "20 min", "1 h", "1"],
        ["Apr 27 – May 3, 2026", "1", "0", "1 h", "1 h 30 min", "0"],
    ]


def test_a_channel_that_is_asked_for_is_the_only_one_and_stays_in_the_address() -> None:
    board = make_board(look({"channel": "slack"}, conversations_board=FULL))
    assert tiles(board)["Conversations"] == "10"
    assert [row[0] for row in said(board, "funnel")] == ["slack", "all"]
    address = section(board, "trend").table.rows[1][0].href
    assert address == "/dashboard/conversations?span=week&day=2026-04-27&channel=slack"
    chosen = next(one for one in board.choices if one.name == "channel")
    assert (chosen.value, [value for value, _ in chosen.options]) == ("slack", ["", "slack", "web"])


def test_what_people_wanted_is_told_by_period_and_intent() -> None:
    wanted = section(make_board(look(conversations_board=FULL)), "wanted")
    assert [[cell.said for cell in row] for row in wanted.table.rows] == [
        ["May 4 – 10, 2026", "order", "45", "45.0%", "+350.0% on the week before"],
        ["May 4 – 10, 2026", "button", "30", "30.0%", "new since the week before"],
        ["May 4 – 10, 2026", "order status", "15", "15.0%", "new since the week before"],
        ["May 4 – 10, 2026", "not understood", "10", "10.0%", "new since the week before"],
        ["Apr 27 – May 3, 2026", "recommend", "30", "75.0%", "–"],
        ["Apr 27 – May 3, 2026", "order", "10", "25.0%", "–"],
    ]
    assert wanted.most == 4
    assert wanted.alt == "Most wanted: order, in 45% of messages; then order status."
    assert wanted.chart is not None
    assert len(wanted.chart.panels) == 2
    slack = section(make_board(look({"channel": "slack"}, conversations_board=FULL)), "wanted")
    assert [[cell.said for cell in row[1:3]] for row in slack.table.rows] == [["not understood", "10"], ["order", "5"]]


@pytest.mark.parametrize("channel", ["pigeon", "<b>", "web' OR 1=1"])
def test_a_channel_in_which_nobody_wrote_is_refused_in_a_sentence(channel: str) -> None:
    with pytest.raises(BadFilter, match="there are slack, web"):
        make_board(look({"channel": channel}, conversations_board=FULL))


def test_questions_are_for_who_may_answer_them() -> None:
    for role in Role:
        board = make_board(look(conversations_board=FULL, roles=frozenset({role})))
        assert (board.section("questions") is not None) == (role in (Role.ADMIN, Role.SUPPORT))


def test_words_that_only_one_used_are_not_shown() -> None:
    board = make_board(look(conversations_board=FULL))
    assert said(board, "questions") == [
        ["Do you gift wrap?", "5", "6", "May 8, 2026"],
        ["each in other words: number 9 of /answers (MUG-RED)", "3", "3", "May 8, 2026"],
    ]


@pytest.mark.parametrize("span", Span)
def test_an_empty_shop_gets_a_sentence_in_each_section(span: Span) -> None:
    board = make_board(look({"span": span}, conversations_board=FakeConversations()))
    assert tiles(board)["Misunderstood"] == "–"
    for one in board.sections:
        assert (one.chart, one.table.rows) == (None, ())
        assert one.empty.endswith(".")
    with pytest.raises(BadFilter, match="nobody wrote yet"):
        make_board(look({"channel": "web"}, conversations_board=FakeConversations()))


def test_a_warehouse_of_before_the_counts_says_so() -> None:
    assert make_board(look(conversations_board=FakeConversations(built=False))).said == (NOT_BUILT,)


def test_a_period_that_goes_on_says_so_and_is_compared_with_none_that_is_over() -> None:
    board = make_board(look({"day": "2026-05-08"}, as_of=date(2026, 5, 8), conversations_board=FULL))
    assert board.said == ("May 4 – 10, 2026, so far up to May 8, 2026.",)
    assert [one.compared for one in board.tiles] == [()] * 5
    today = make_board(look({"day": "2026-05-09"}, as_of=date(2026, 5, 8), conversations_board=FULL))
    assert today.said == board.said  # a day that the warehouse does not know yet, of a week that it knows
