"""The board tells of who leaves, which carts are left and what is clicked, beside the start and the goal of each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from charts.drawing import png
from dashboards.board import Board
from dashboards.marketing import make_board
from dashboards.marketing_goals import NOT_COUNTED
from domain.records.conversations_board import TalkedIn
from domain.records.goals import Goal, Goals
from domain.records.marketing_board import RecommendedIn
from domain.records.marts import ChurnMonth
from tests.support.charted import column, size, titled
from tests.support.looks import BEFORE, THIS, FakeConversations, FakeMarketing, look, said, section, tiles
from tests.support.marts import FakeMarts
from tests.support.reported_shop import SHOP

GOALS = Goals(churn=Goal(start=0.15, goal=0.10), cart_abandonment=Goal(start=0.68), click_through=Goal(goal=0.025))
CHURNED = [
    ChurnMonth(first_day=date(2026, 3, 1), active_at_start=1200, lost=180, churn_rate=Decimal("0.1500")),
    ChurnMonth(first_day=date(2026, 4, 1), active_at_start=1100, lost=132, churn_rate=Decimal("0.1200")),
]
TALKED = (
    TalkedIn(first_day=BEFORE, channel="web", conversations=90, reached_cart=50, reached_card=30, reached_order=10),
    TalkedIn(first_day=THIS, channel="web", conversations=80, reached_cart=30, reached_card=20, reached_order=12),
    TalkedIn(first_day=THIS, channel="slack", conversations=20, reached_cart=10, reached_card=8, reached_order=4),
)
SHOWN = RecommendedIn(
    first_day=THIS, placement="popular", shown=1000, added=18, dismissed=0, ordered=9, bought=8, paid=Decimal(90)
)


def board(
    goals: Goals = GOALS, *, talked: FakeConversations | None = None, churned: list[ChurnMonth] = CHURNED
) -> Board:
    asked = look(
        marts=FakeMarts(churned=churned),
        marketing_board=FakeMarketing(shown=(SHOWN,)),
        conversations_board=talked or FakeConversations(went=TALKED),
    )
    return make_board(replace(asked, shop=replace(SHOP, goals=goals)))


def levels(made: Board, key: str) -> list[tuple[list[float], list[str]]]:
    """The lines across each panel of a section's chart."""
    chart = section(made, key).chart
    assert chart is not None
    return [(column(one, "level"), column(one, "mark")) for one in chart.panels]


def test_the_churn_rate_has_its_start_and_goal_as_lines_and_in_words() -> None:
    made = board()
    assert levels(made, "churn") == [([15.0, 10.0], ["start: 15%", "goal: 10%"])]
    assert section(made, "churn").alt == (
        "In April 2026 132 of 1,100 active customers left, 12.0%; the highest rate was 15.0% in March 2026. "
        "Lines mark the start at 15% and the goal at 10%."
    )
    assert said(made, "churn")[0] == ["April 2026", "1,100", "132", "12.0%"]
    assert tiles(made)["Churn rate"] == "12.0%"
    notes = {one.label: one.note for one in made.tiles}
    assert notes["Churn rate"] == "April 2026; 132 of 1,100; goal: 10%"


def test_carts_that_were_left_are_a_funnel_and_a_share_by_period() -> None:
    made = board()
    there = section(made, "abandoned")
    assert there.chart is not None
    steps, shares = there.chart.panels
    assert column(steps, "label") == ["40", "28 · 70%", "16 · 40%"]
    assert titled(shares) == "Carts left, % of conversations with one"
    assert [one for one in column(shares, "value") if one] == [80.0, 60.0]
    assert levels(made, "abandoned")[1] == ([68.0], ["start: 68%"])
    assert there.alt == (
        "Of 40 conversations with something in the cart 24 (60.0%) came to no order. Lines mark the start at 68%."
    )
    assert said(made, "abandoned")[0][1:] == ["40", "28", "16", "24", "60.0%"]
    assert tiles(made)["Carts left"] == "60.0%"


def test_click_through_has_its_goal_in_the_chart_of_recommendations() -> None:
    made = board()
    assert levels(made, "recommended") == [([], []), ([2.5], ["goal: 2.5%"])]
    assert section(made, "recommended").alt.endswith(
        "Click-through of the last week: 1.8%. Lines mark the goal at 2.5%."
    )


def test_without_goals_there_are_no_lines_and_no_words_of_them() -> None:
    made = board(Goals())
    assert [one for key in ("churn", "abandoned", "recommended") for one in levels(made, key)] == [([], [])] * 5
    assert not [one for one in made.sections if "Lines mark" in one.alt]
    assert not [one for one in made.tiles if "goal" in one.note]


def test_the_charts_can_be_drawn() -> None:
    made = board()
    for key in ("churn", "abandoned", "recommended"):
        chart = section(made, key).chart
        assert chart is not None
        assert size(png(chart, SHOP.locale))[0] == 960


def test_without_figures_each_says_so() -> None:
    made = board(talked=FakeConversations(built=False), churned=[])
    assert section(made, "abandoned").empty == NOT_COUNTED
    assert section(made, "abandoned").chart is None
    assert section(made, "churn").empty == "No month is over at whose start anybody was active."
    assert (tiles(made)["Churn rate"], tiles(made)["Carts left"]) == ("–", "–")
    quiet = board(talked=FakeConversations())
    assert section(quiet, "abandoned").empty.startswith("No cart was filled since ")
