"""What a row says of a channel is what the settings and staff's commands go by."""

import ast
from pathlib import Path

import pytest

from bot.channels import CHANNELS, channel_of, mentioned, names_room, names_somebody


@pytest.mark.parametrize("subject", ["slack:U0123", "slack:W1", "slack:S9", "telegram:42"])
def test_roles_are_for_people_and_groups_that_a_channel_knows(subject: str) -> None:
    assert names_somebody(subject)
    assert mentioned(subject) == subject


@pytest.mark.parametrize("subject", ["", "slack:", "slack:C0123", "telegram:-42", "telegram:@ann", "web:U1", "U1"])
def test_nobody_else_can_hold_one(subject: str) -> None:
    assert not names_somebody(subject)
    assert mentioned(subject) == ""


@pytest.mark.parametrize(
    ("written", "subject"),
    [("<@U0123>", "slack:U0123"), ("<@W0123|ann>", "slack:W0123"), ("<!subteam^S1|@staff>", "slack:S1")],
)
def test_who_is_mentioned_in_a_channels_own_way_is_known(written: str, subject: str) -> None:
    assert mentioned(written) == subject


@pytest.mark.parametrize(
    ("room", "is_one"),
    [
        ("slack:C0123", True),
        ("slack:D0123", False),
        ("telegram:-100", True),
        ("telegram:@shop", True),
        ("telegram:7", False),
        ("web:C0123", False),
        ("mail:maya@example.com", False),
    ],
)
def test_posts_go_where_many_read(room: str, is_one: bool) -> None:
    assert names_room(room) is is_one


def test_a_channel_that_nobody_registered_can_nothing() -> None:
    unknown = channel_of("carrier pigeon")
    assert (unknown.pushes, unknown.knows_people, unknown.adapter) == (False, False, "")
    assert channel_of("slack") is CHANNELS["slack"]


ROOT = Path(__file__).parents[3]
# The table itself; the parts that run, of which one is called "web"; jobs that were enqueued before they named one.
MAY = (
    "bot/channels.py",
    "bot/adapters/",
    "bot/terminal/",
    "bot/cli.py",
    "scheduler/reporting.py",
    "storage/server/",
    "bot/config.py",
)


def test_nothing_is_decided_by_a_channels_name() -> None:
    found = [
        f"{name}:{node.lineno}"
        for folder in ("bot", "domain", "scheduler", "storage", "reports", "mail")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not (name := str(path.relative_to(ROOT))).startswith((*MAY, "storage/migrations/"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in CHANNELS
    ]
    assert not found
