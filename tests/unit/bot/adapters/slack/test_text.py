"""Slack's escapes, mentions and links, both ways."""

import pytest

from bot.adapters.slack.text import escape, mentions, mrkdwn, plain
from bot.messages import Row


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("salt &amp; pepper &lt;3 &gt; &amp;lt;", "salt & pepper <3 > &lt;"),
        ("<mailto:ada@example.com|ada@example.com>", "ada@example.com"),
        ("<mailto:ada@example.com|write me>", "ada@example.com"),
        ("see <https://example.com/a?b=1&amp;c=2>", "see https://example.com/a?b=1&c=2"),
        ("a <http://tea.pot|tea.pot>", "a tea.pot"),
        ("call <tel:+4930123|+49 30 123>", "call +49 30 123"),
        ("<@U0BOT> 2 mugs", "2 mugs"),
        ("<@U0BOT|parley>: 2 mugs", "2 mugs"),
        ("hi <@U0BOT>, 2 mugs", "hi   2 mugs"),
        ("for <@U02|bob> in <#C01|general>", "for @bob in #general"),
        ("<@U02> <#C01>", "@U02 #C01"),
        ("<!here> <!subteam^S01|@team> <!date^1^{date}|May 12>", "@here @team May 12"),
        ("2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
        ("&gt; 2 mugs\nno thanks", "> 2 mugs\nno thanks"),
        ("no thanks\n&gt;&gt;&gt; 2 mugs\nyes", "no thanks\n>  2 mugs\n> yes"),
        ("a &gt;&gt;&gt; b", "a >>> b"),
        ("", ""),
        ("<>", "<>"),
        ("<" * 1000, "<" * 1000),
    ],
)
def test_what_somebody_wrote_is_what_they_meant(written: str, meant: str) -> None:
    assert plain(written, bot="U0BOT") == meant


def test_people_and_groups_in_commands_are_named_as_roles_name_them() -> None:
    text = "role grant <@U02|bob> support, <!subteam^S01|@team> finance"
    assert plain(text, subjects=True) == "role grant slack:U02 support, slack:S01 finance"


def test_a_mention_is_of_one_user() -> None:
    assert mentions("hi <@U0BOT|parley>", "U0BOT")
    assert not mentions("hi <@U0BOTHER> U0BOT", "U0BOT")


@pytest.mark.parametrize(
    "text", ["<!channel>", "a & b", "<@U01>", "&amp;", "{{7*7}}", "'; DROP TABLE x", "\u202eabc", "👋"]
)
def test_what_is_escaped_is_read_back_as_it_was(text: str) -> None:
    assert "<" not in escape(text)
    assert plain(escape(text)) == text


def test_rows_have_their_amount_in_bold_and_control_characters_are_gone() -> None:
    assert mrkdwn([Row("2 × Mug <b>", "$24.00"), Row("Total", "$24.00", strong=True), "Thanks\x00\x1b!"]) == (
        "2 × Mug &lt;b&gt; — *$24.00*\nTotal — *$24.00*\nThanks!"
    )
    assert mrkdwn([Row("left only", " "), Row("", "$12.00")]) == "left only\n$12.00"


def test_a_tab_in_what_somebody_wrote_makes_no_row() -> None:
    assert mrkdwn(["We send\ta new one"]) == "We send\ta new one"
