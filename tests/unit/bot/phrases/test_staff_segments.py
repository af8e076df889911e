"""How somebody's habits are put into words, and that all that can be listed has a meaning."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bot.admin import COMMANDS
from bot.phrases import staff_segments, telegram
from domain.records.segments import Segment, Tier
from tests.support.reported_shop import SHOP


@pytest.mark.parametrize(
    ("days", "gap", "said"),
    [
        (None, None, "no orders"),
        (0, None, "ordered that day, on one day only"),
        (1, "1.0", "ordered 1 day ago, usually every day"),
        (2, "1.1", "ordered 2 days ago, usually every 1.1 days"),
        (1200, "365.0", "ordered 1,200 days ago, usually every 365 days"),
        (30, "10.0", "ordered 30 days ago, usually every 10 days"),
    ],
)
def test_habits(days: int | None, gap: str | None, said: str) -> None:
    assert staff_segments.habits(SHOP, days_since=days, usual_gap=None if gap is None else Decimal(gap)) == said


def test_every_group_has_a_meaning() -> None:
    assert set(staff_segments.MEANINGS) == {*Segment, *Tier}


def test_every_command_of_staff_is_in_slacks_manifest_and_telegrams_menu() -> None:
    manifest = yaml.safe_load(Path("slack-app-manifest.yaml").read_text(encoding="utf-8"))
    slack = {one["command"].removeprefix("/") for one in manifest["features"]["slash_commands"]}
    assert slack == set(COMMANDS) == set(telegram.STAFF_MENU)
