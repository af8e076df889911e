"""What Slack sends, captured: who speaks, who does not, and which conversation it belongs to."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack.events import pressed, said
from bot.adapters.slack.text import plain

PAYLOADS = Path(__file__).parents[4] / "payloads" / "slack"


def payload(name: str) -> dict[str, Any]:
    return dict(json.loads((PAYLOADS / f"{name}.json").read_text()))


@pytest.mark.parametrize(
    ("name", "chat", "answer_thread", "mentioned"),
    [
        ("message_direct", "D01", "", False),
        ("message_direct_in_thread", "D01", "1763699000.000100", False),
        ("message_channel_mention", "C01:1763700000.000100", "1763700000.000100", True),
        ("app_mention", "C01:1763700000.000100", "1763700000.000100", True),
        ("message_channel_thread", "G01:1763699000.000100", "1763699000.000100", False),
        ("message_forwarded", "D01", "", False),
        ("voice_clip", "D01", "", False),
    ],
)
def test_people_speak(name: str, chat: str, answer_thread: str, mentioned: bool) -> None:
    spoken = said(payload(name))
    assert spoken is not None
    assert (spoken.chat.chat_id, spoken.answer_thread, spoken.mentioned) == (chat, answer_thread, mentioned)
    assert (spoken.user, spoken.bot) == ("U01", "U0BOT")


@pytest.mark.parametrize(
    "name",
    [
        "message_changed",
        "message_deleted",
        "channel_join",
        "thread_broadcast",
        "bot_message",
        "bot_own_message",
        "slackbot",
    ],
)
def test_nobody_speaks(name: str) -> None:
    assert said(payload(name)) is None


def test_a_post_with_a_mention_is_the_same_message_in_both_of_its_events() -> None:
    message, mention = said(payload("message_channel_mention")), said(payload("app_mention"))
    assert message is not None
    assert mention is not None
    assert (message.chat, message.ts) == (mention.chat, mention.ts)
    assert plain(message.text, bot=message.bot) == "2 mugs & a teapot"


def test_an_uploaded_file_comes_with_its_caption() -> None:
    spoken = said(payload("file_share"))
    assert spoken is not None
    assert spoken.text == "/inventory import"
    assert [(file.name, file.size) for file in spoken.files] == [("Products.CSV", 1234)]


def test_a_button_belongs_to_its_thread_and_its_owner() -> None:
    press = pressed(payload("action_in_thread"))
    assert press.chat.chat_id == "C01:1763700000.000100"
    assert (press.owner, press.value, press.ephemeral, press.in_home) == ("U01", "confirm:q1", False, False)
    assert press.message_id == pressed(payload("action_in_thread")).message_id


def test_buttons_of_ephemeral_answers_and_of_the_home_tab_are_told_apart() -> None:
    ephemeral, home = pressed(payload("action_ephemeral")), pressed(payload("action_in_home"))
    assert (ephemeral.ephemeral, ephemeral.in_home, ephemeral.blocks) == (True, False, ())
    assert (home.ephemeral, home.in_home, home.channel, home.owner) == (False, True, "", "")
    assert home.message_id == "V01:1763700001.123:U01"
