"""The board of marketing says what its figures come to, what they are compared with, and where there is nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from charts.chart import unthemed
from dashboards.campaigns import NONE_YET
from dashboards.looking import BadFilter
from dashboards.marketing import NOT_BUILT, make_board
from domain.periods import Span
from domain.records.campaigns import CampaignKind
from domain.records.marketing_board import MessagesIn, RatedIn, RecommendedIn, RecoveredIn, Subscribers
from domain.records.notifications import Outcome
from tests.support.campaigns import automation, group, result
from tests.support.looks import BEFORE, THIS, FakeCampaigns, FakeMarketing, look, said, section, tiles


def recommended(first: date, placement: str, *counts: int, paid: str) -> RecommendedIn:
    shown, added, dismissed, ordered, bought = counts
    return RecommendedIn(
        first_day=first,
        placement=placement,
        shown=shown,
        added=added,
        dismissed=dismissed,
        ordered=ordered,
        bought=bought,
        paid=Decimal(paid),
    )


def messages(first: date, kind: str, outcome: Outcome, count: int, reason: str = "") -> MessagesIn:
    return MessagesIn(first_day=first, kind=kind, outcome=outcome, reason=reason, messages=count)


SHOWN = (
    recommended(BEFORE, "popular", 50, 10, 0, 2, 2, paid="50.00"),
    recommended(THIS, "popular", 100, 20, 3, 6, 4, paid="60.00"),
    recommended(THIS, "similar", 300, 10, 1, 4, 4, paid="40.00"),
)
SENT = (
    messages(BEFORE, "order_placed", Outcome.SENT, 8),
    messages(THIS, "order_placed", Outcome.SENT, 9),
    messages(THIS, "order_placed", Outcome.FAILED, 1, "SendGrid answered 400"),
    messages(THIS, "remarketing", Outcome.SENT, 3),
    messages(THIS, "remarketing", Outcome.WITHHELD, 5, "no consent"),
    messages(THIS, "remarketing", Outcome.WAITING, 2, "quiet hours"),
    messages(THIS, "cart_reminder", Outcome.WITHHELD, 4, "no consent"),
    messages(THIS, "cart_reminder", Outcome.WITHHELD, 6, "opted out"),
    messages(THIS, "cart_reminder", Outcome.SENT, 4),
)
BACK = (
    RecoveredIn(first_day=BEFORE, orders=4, cancelled=0, net=Decimal("10.00")),
    RecoveredIn(first_day=THIS, orders=3, cancelled=1, net=Decimal("75.50")),
)
FULL = FakeMarketing(shown=SHOWN, sent=SENT, back=BACK, people=Subscribers(now=120, agreed=7, stopped=2))


def test_tiles_add_up_the_period_and_compare_it_with_the_one_before() -> None:
    board = make_board(look(marketing_board=FULL))
    assert tiles(board) == {
        "From recommendations": "$100.00",
        "Carts recovered": "3",
        "Messages sent": "16",
        "Withheld": "15",
        "Subscribers": "120",
        "Unsubscribed": "2",
        "Churn rate": "–",
        "Carts left": "–",
    }
    told = {one.label: ([str(two) for two in one.compared], one.note) for one in board.tiles}
    assert told["From recommendations"] == (["+100.0% on the week before"], "8 products of 400 shown")
    assert told["Carts recovered"][0] == ["−25.0% on the week before"]
    assert "$75.50" in told["Carts recovered"][1]
    assert "some would have ordered anyway" in told["Carts recovered"][1]
    assert told["Messages sent"] == (["+100.0% on the week before"], "7 of marketing")
    assert told["Withheld"][0] == ["new since the week before"]
    assert told["Subscribers"] == ([], "as of now; 7 agreed in the week")


def test_the_period_that_is_asked_for_is_read_by_the_shops_clock() -> None:
    asked = FakeMarketing()
    make_board(look({"span": "week"}, marketing_board=asked))
    assert asked.asked == [
        (date(2026, 2, 2), date(2026, 5, 10), Span.WEEK),
        (datetime(2026, 5, 4, 6, tzinfo=UTC), datetime(2026, 5, 11, 6, tzinfo=UTC)),
    ]


def test_the_funnel_has_rates_of_the_step_before_and_its_placements_add_up() -> None:
    board = make_board(look(marketing_board=FULL))
    assert said(board, "funnel") == [
        ["popular", "100", "20", "6", "4", "3", "20.0%", "30.0%", "66.7%", "60.00"],
        ["similar", "300", "10", "4", "4", "1", "3.3%", "40.0%", "100.0%", "40.00"],
        ["all", "400", "30", "10", "8", "4", "7.5%", "33.3%", "80.0%", "100.00"],
    ]
    assert section(board, "funnel").alt.startswith(
        "Of 400 products shown, 30 (7.5%) went into a cart, 10 were ordered and 8 paid for."
    )
    assert section(board, "placements").alt == "Most was paid for “popular”: $60.00."


def test_time_runs_backwards_in_tables_with_empty_periods_as_zeros() -> None:
    board = make_board(look(marketing_board=FULL))
    rows = said(board, "recommended")
    assert len(rows) == 13
    assert [row[0] for row in rows[:2]] == ["May 4 – 10, 2026", "Apr 27 – May 3, 2026"]
    assert rows[0][1:5] == ["400", "30", "10", "8"]
    assert rows[2][1:] == ["0", "0", "0", "0", "0", "–", "–", "–", "0.00"]
    assert section(board, "recommended").table.rows[1][0].href == "/dashboard/marketing?span=week&day=2026-04-27"
    assert said(board, "reminders")[0] == ["May 4 – 10, 2026", "4", "3", "1", "75.50"]


def test_messages_are_told_by_kind_and_outcome_and_reasons_with_the_most_first() -> None:
    board = make_board(look(marketing_board=FULL))
    assert said(board, "messages") == [
        ["cart reminder", "4", "0", "0", "10"],
        ["order placed", "9", "0", "1", "0"],
        ["remarketing", "3", "2", "0", "5"],
        ["all", "16", "2", "1", "15"],
    ]
    assert said(board, "reasons") == [
        ["opted out", "cart reminder", "withheld", "6"],
        ["no consent", "remarketing", "withheld", "5"],
        ["no consent", "cart reminder", "withheld", "4"],
        ["quiet hours", "remarketing", "waiting", "2"],
        ["SendGrid answered 400", "order placed", "failed", "1"],
    ]
    assert section(board, "reasons").alt == "The most frequent reason: no consent, 9 times."


def test_ratings_are_told_by_their_mean_and_how_many_were_low() -> None:
    rated = (
        RatedIn(first_day=BEFORE, ratings=1, scores=5, low=0),
        RatedIn(first_day=THIS, ratings=4, scores=14, low=1),
    )
    board = make_board(look(marketing_board=replace(FULL, rates=rated)))
    assert said(board, "ratings")[:3] == [
        ["May 4 – 10, 2026", "4", "3.50", "25.0%"],
        ["Apr 27 – May 3, 2026", "1", "5.00", "0.0%"],
        ["Apr 20 – 26, 2026", "0", "–", "–"],
    ]
    assert section(board, "ratings").alt == "In May 4 – 10, 2026 4 orders rated, 3.50 of 5 on average."
    assert section(board, "ratings").chart is not None


def test_charts_keep_names_out_of_their_fields() -> None:
    board = make_board(look(marketing_board=FULL))
    charts = [one.chart for one in board.sections if one.chart is not None]
    assert len(charts) == 6
    for spec in (one for chart in charts for one in unthemed(chart)):
        assert "popular" not in {key for row in spec["layer"][0]["data"]["values"] for key in row}


@pytest.mark.parametrize("span", Span)
def test_an_empty_shop_gets_a_sentence_in_each_section(span: Span) -> None:
    board = make_board(look({"span": span}, marketing_board=FakeMarketing()))
    assert tiles(board)["From recommendations"] == "$0.00"
    for one in board.sections:
        assert (one.chart, one.table.rows) == (None, ())
        assert one.empty.endswith(".")
    assert section(board, "campaigns").empty == NONE_YET


def test_a_warehouse_of_before_the_counts_says_so() -> None:
    board = make_board(look(marketing_board=FakeMarketing(built=False)))
    assert (board.said, board.tiles, board.sections) == ((NOT_BUILT,), (), ())


def test_what_the_warehouse_does_not_reach_is_refused() -> None:
    with pytest.raises(BadFilter, match="reaches to May 10, 2026"):
        make_board(look({"day": "2026-05-11"}, marketing_board=FULL))


def test_what_reminders_change_is_told_against_those_who_got_none() -> None:
    carts = result(group(90, 900), group(3, 100), automation(3, CampaignKind.CART_LEFT))
    fake = FakeCampaigns((carts, result(group(1, 9), group(1, 9), automation(4))))
    board = make_board(look(marketing_board=FULL, campaigns=fake, campaign_results=fake))
    assert section(board, "reminders").notes == ("Not known yet: about 270 more customers are needed.",)
