"""The part of the board on campaigns says what went out and what is known, and claims nothing that is not."""

import json

import pytest

from charts.chart import unthemed
from charts.drawing import png
from dashboards.board import Board
from dashboards.campaigns import NONE_YET
from dashboards.looking import BadFilter
from dashboards.marketing import make_board
from domain.records.campaign_results import CampaignResult
from domain.records.campaigns import CampaignState
from tests.support.campaigns import automation, campaign, group, result
from tests.support.charted import names, rows, size, without_data
from tests.support.looks import FakeCampaigns, look, said, section

KNOWN = result(group(1500, 9000), group(100, 1000), campaign(7), sent=8000, withheld={"cap": 900, "no consent": 100})
EARLY = result(
    group(90, 900, members=950), group(3, 100), automation(8), sent=880, in_chat=30, opened=400, clicked=50, followed=9
)
NEW = result(group(0, 0, members=40), group(0, 0, members=4), campaign(9, name="datum['x']{{7*7}}"), waiting=40)


def board(*results: CampaignResult, asked: str = "") -> Board:
    fake = FakeCampaigns(results)
    return make_board(look({"campaign": asked} if asked else {}, campaigns=fake, campaign_results=fake))


def test_each_campaign_has_a_row_that_says_what_it_changed() -> None:
    found = said(board(KNOWN, EARLY, NEW), "campaigns")
    assert [row[0] for row in found] == ["Spring", "datum['x']{{7*7}}", "win back"]
    spring, new, back = found
    assert spring[1:7] == ["running", "9,000", "1,000", "8,000", "1,000", "0"]
    assert spring[11:13] == ["16.7%", "10.0%"]
    assert spring[15].startswith("More ordered, by 6.7 points")
    assert back[7:11] == ["400", "50", "9", "0"]
    assert back[15] == "Not known yet: about 270 more customers are needed."
    assert new[11:13] == ["–", "–"]
    assert new[15] == "Not known yet: the first 30 days are not over."


def test_the_picture_shows_what_is_not_known_pale_and_without_a_number() -> None:
    there = section(board(KNOWN, EARLY, NEW), "campaigns")
    assert there.chart is not None
    (panel,) = there.chart.panels
    assert [*map(tuple, names(panel))] == [("Spring", "+6.7 (+4.5 to +8.5)"), ("win back", "not known yet")]
    assert [(row["known"], round(row["difference"], 1)) for row in rows(panel) if "known" in row] == [
        (True, 6.7),
        (False, 7.0),
    ]
    assert {layer["mark"]["style"] for layer in panel.spec["layer"][3:]} == {"faint"}
    assert there.alt.endswith("Known: Spring: +6.7.")
    assert size(png(there.chart, "en_US"))[0] == 960


def test_names_that_staff_wrote_are_data_and_no_expressions() -> None:
    evil = result(group(90, 900), group(3, 100), campaign(9, name="datum['x']{{7*7}}"))
    chart = section(board(evil), "campaigns").chart
    assert chart is not None
    assert all("7*7" not in json.dumps(without_data(spec)) for spec in unthemed(chart))


def test_one_campaign_alone_shows_its_groups_and_its_messages_by_how_they_are_known() -> None:
    alone = board(KNOWN, EARLY, asked="8")
    groups = {row[0]: row[1:] for row in said(alone, "campaign")}
    assert groups["customers"] == ["950", "100"]
    assert groups["customers whose 30 days are over"] == ["900", "100"]
    assert groups["the same as a share"] == ["10.0%", "3.0%"]
    assert section(alone, "campaign").notes == (
        "Not known yet: about 270 more customers are needed.",
        "1,262 customers in both groups would find it.",
    )
    messages = {row[0]: row[1:] for row in said(alone, "campaign_messages")}
    assert messages["of these, into a chat"] == ["30", "known for sure: they arrived"]
    assert messages["opened"] == ["400", "the mail service says so: not sure"]
    assert messages["link followed into a cart"] == ["9", "known for sure"]
    withheld = {row[0]: row[1] for row in said(board(KNOWN, asked="7"), "campaign_messages") if "withheld" in row[0]}
    assert withheld == {"withheld: cap": "900", "withheld: no consent": "100"}


def test_what_is_known_has_its_revenue() -> None:
    notes = section(board(KNOWN, asked="7"), "campaign").notes
    assert len(notes) == 2
    assert notes[1].startswith("Net of a customer: +$1.47")


@pytest.mark.parametrize("asked", ["9", "x", "7 OR 1=1", "9" * 40])
def test_a_campaign_that_is_none_is_refused(asked: str) -> None:
    with pytest.raises(BadFilter, match="No campaign of that number"):
        board(KNOWN, asked=asked)


def test_drafts_are_not_measured_and_without_any_campaign_that_is_said() -> None:
    draft = result(group(0, 0), group(0, 0), campaign(5, state=CampaignState.DRAFT, started_at=None))
    there = section(board(draft), "campaigns")
    assert (there.table.rows, there.chart, there.empty) == ((), None, NONE_YET)


def test_what_is_shown_is_of_the_moment_of_looking() -> None:
    fake = FakeCampaigns((KNOWN,))
    asked = look({}, campaigns=fake, campaign_results=fake)
    make_board(asked)
    assert fake.asked == [asked.now]
