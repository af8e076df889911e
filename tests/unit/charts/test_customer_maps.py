"""The maps of customers: a cell for each place, what it holds, and where a click on it leads."""

from datetime import date
from decimal import Decimal

import pytest

from charts.chart import Chart
from charts.customer_maps import NO_TIER, cohorts, rfm, risks
from charts.drawing import png
from charts.theme import DARK, LIGHT, Theme
from domain.records.customers_board import CohortMonth, RiskShare, Scored
from domain.records.segments import Tier
from tests.support.charted import column, rows, size, without_data
from tests.support.reported_shop import SHOP
from tests.unit.charts.test_chart import contrast

WIDTH = 960  # dots


def came_back(cohort: int, later: int, ordered: int, of: int = 10) -> CohortMonth:
    share = Decimal(ordered) / of
    return CohortMonth(cohort=date(2026, cohort, 1), months_later=later, customers=of, ordered=ordered, share=share)


def drawn(chart: Chart) -> int:
    return size(png(chart, SHOP.locale))[0]


def test_each_pair_of_scores_has_a_cell_and_an_empty_one_says_nothing() -> None:
    chart = rfm([Scored(recency=5, frequency=4, customers=7, net=Decimal("12.50"))], "RFM")
    (panel,) = chart.panels
    found = rows(panel)
    assert len(found) == 25
    assert [row for row in found if row["customers"]] == [{"recency": 5, "frequency": 4, "customers": 7, "paid": 12.5}]
    words = [view for view in panel.spec["layer"] if view["mark"]["type"] == "text"]
    assert len(words) == 2
    assert all(view["transform"] == [{"filter": "datum.customers > 0"}] for view in words)
    assert drawn(chart) == WIDTH


def test_cohorts_are_named_with_their_size_and_a_month_to_come_has_no_cell() -> None:
    chart = cohorts([came_back(1, 1, 5), came_back(1, 2, 0), came_back(2, 1, 3, 30)], "Who comes back", SHOP)
    (panel,) = chart.panels
    assert panel.spec["params"][0]["value"] == [["Jan 2026", "10"], ["Feb 2026", "30"]]
    assert [(row["place"], row["later"], row["share"]) for row in rows(panel)] == [(0, 1, 50), (0, 2, 0), (1, 1, 10)]
    assert drawn(chart) == WIDTH


def test_a_cell_of_risk_leads_to_its_customers_and_an_empty_one_nowhere() -> None:
    some = [
        RiskShare(tenth=9, tier=Tier.HIGH, customers=3, at_stake=Decimal("90.10")),
        RiskShare(tenth=0, tier=None, customers=1, at_stake=Decimal(1)),
    ]
    chart = risks(some, {(9, "High"): "/high", (0, NO_TIER): "/none"}, "Who may leave", SHOP)
    (panel,) = chart.panels
    found = rows(panel)
    assert len(found) == 10 * 4
    assert (found[0]["risk"], found[0]["tier"], found[0]["customers"], found[0]["stake"]) == (
        "90 – 100%",
        "High",
        3,
        90.1,
    )
    assert {row["href"]: row["customers"] for row in found if "href" in row} == {"/high": 3, "/none": 1}
    assert NO_TIER not in column(risks(some[:1], {}, "Who may leave", SHOP).panels[0], "tier")
    assert drawn(chart) == WIDTH


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_ink_is_read_on_the_strongest_colour(theme: Theme) -> None:
    (panel,) = cohorts([came_back(1, 1, 10), came_back(1, 2, 5)], "Who comes back", SHOP).panels
    first, most = panel.spec["layer"][0]["encoding"]["color"]["scale"]["domain"]
    reach = 100 / most
    assert first == 0

    def mixed(at: int) -> str:
        pale, strong = (int(colour[at : at + 2], 16) for colour in (theme.shade, theme.accent))
        return f"{round(pale + reach * (strong - pale)):02x}"

    assert contrast(theme.ink, "#" + "".join(map(mixed, (1, 3, 5)))) >= 4.5


def test_no_data_is_read_as_anything_else() -> None:
    one = RiskShare(tenth=9, tier=Tier.HIGH, customers=3, at_stake=Decimal(1))
    (panel,) = risks([one], {(9, "High"): "datum['x']"}, "Who may leave", SHOP).panels
    assert "datum['x']" not in str(without_data(panel.spec))
