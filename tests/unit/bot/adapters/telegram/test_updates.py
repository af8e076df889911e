"""What updates mean, from payloads in the Bot API's form."""

import json
from pathlib import Path

import pytest
from telegram import Update, User

from bot.adapters.telegram.links import choice_of, start_link
from bot.adapters.telegram.updates import Request, label_of, read
from bot.messages import Choice, Command, Verb
from domain.conversation import ChatRef

PAYLOADS = Path(__file__).parents[4] / "payloads" / "telegram"
BOT = User(id=42, is_bot=True, first_name="Parley", username="ParleyBot")


def payload(name: str) -> Request | None:
    return read(Update.de_json(json.loads((PAYLOADS / f"{name}.json").read_text("utf-8")), None), BOT)


def request(name: str) -> Request:
    found = payload(name)
    assert found is not None
    return found


def typed(text: str, *, group: bool = False) -> Request | None:
    update = json.loads((PAYLOADS / ("group_mention.json" if group else "text.json")).read_text("utf-8"))
    update["message"] |= {"text": text, "entities": []}
    return read(Update.de_json(update, None), BOT)


def test_a_message() -> None:
    found = request("text")
    assert found.message.chat == ChatRef(channel="telegram", chat_id="7")
    assert (found.message.id, found.message.sender_id, found.message.private_chat) == ("u9001", "7", None)
    assert found.message.text == "2 red mugs"
    assert (found.group, found.reply_to) == (False, None)


def test_the_link_to_the_private_chat() -> None:
    link = start_link(Choice(verb=Verb.GO_ON), "ParleyBot")
    assert link == "https://t.me/ParleyBot?start=go-on"
    assert choice_of("go-on") == Choice(verb=Verb.GO_ON)
    found = typed("/start go-on")
    assert found is not None
    assert found.message.choice == Choice(verb=Verb.GO_ON)
    assert Choice(verb=Verb.GO_ON).trait.private


@pytest.mark.parametrize("product_id", ["MUG", "ÄPFEL 3 kg", "x" * 48, "a?b/c+d"])
def test_a_start_link_leads_to_its_product(product_id: str) -> None:
    link = start_link(Choice(verb=Verb.DEAL, arg=product_id), "ParleyBot")
    assert link.startswith("https://t.me/ParleyBot?start=")
    parameter = link.partition("start=")[2]
    assert len(parameter) <= 64
    found = typed(f"/start {parameter}")
    assert found is not None
    assert found.message.choice == Choice(verb=Verb.DEAL, arg=product_id)


@pytest.mark.parametrize("parameter", ["", "x" * 65, "a b", "A", "_w", "%3C"])
def test_a_start_with_anything_else_greets(parameter: str) -> None:
    found = typed(f"/start {parameter}".strip())
    assert found is not None
    assert (found.message.choice, found.message.text) == (None, "hello")


def test_a_start_link_does_nothing_in_a_group() -> None:
    found = typed("/start@ParleyBot TVVH", group=True)
    assert found is not None
    assert (found.message.choice, found.message.text) == (None, "hello")


@pytest.mark.parametrize(
    "name",
    "edited channel_post joined from_bot as_channel group_without_mention group_other_bot".split(),
)
def test_what_is_nothing_for_the_bot(name: str) -> None:
    assert payload(name) is None


@pytest.mark.parametrize("name", "voice sticker location contact album_photo forwarded".split())
def test_messages_without_words_of_the_sender(name: str) -> None:
    assert request(name).message.text == ""


def test_a_caption_is_what_was_said() -> None:
    assert request("photo_with_caption").message.text == "do you have this mug?"


def test_a_forwarded_file_is_no_order_of_who_forwards_it() -> None:
    update = json.loads((PAYLOADS / "forwarded.json").read_text("utf-8"))
    del update["message"]["text"]
    file = {"file_id": "f", "file_unique_id": "u", "file_name": "evil.csv", "file_size": 9}
    update["message"] |= {"caption": "/inventory import", "document": file}
    found = read(Update.de_json(update, None), BOT)
    assert found is not None
    assert (found.message.text, found.message.command, found.document) == ("", None, None)


def test_an_album_is_one_message() -> None:
    assert request("album_photo").message.id == "g13579"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("group_mention", "hey 2 red mugs 🙂"),
        ("group_caption_mention", "do you have this?"),
        ("group_reply_to_bot", "ada@example.com"),
    ],
)
def test_in_a_group_the_bot_hears_what_is_addressed_to_it(name: str, said: str) -> None:
    found = request(name)
    assert found.message.text == said
    assert found.message.chat.chat_id == "-1001234567890"
    assert (found.group, found.reply_to, found.message.sender_id) == (True, 501, "7")
    assert found.message.private_chat == ChatRef(channel="telegram", chat_id="7")


@pytest.mark.parametrize("text", ["mail me@ParleyBot.example", "@ParleyBots 2 mugs", "/cart", "x@@ParleyBot"])
def test_what_only_looks_addressed(text: str) -> None:
    assert typed(text, group=True) is None


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("/cart", "show_cart"),
        ("/orders", "past_orders"),
        ("/orders@ParleyBot", "past_orders"),
        ("/RECOMMEND", "recommend"),
        ("/human", "human"),
    ],
)
def test_commands_that_are_buttons(text: str, choice: str) -> None:
    found = typed(text)
    assert found is not None
    assert found.message.choice == Choice(verb=Verb.INTENT, arg=choice)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/start", "hello"),
        ("/start spring-sale", "hello"),
        ("/help", "help"),
        ("/cancel", "cancel"),
        ("/cancel 1042", "cancel 1042"),
        ("/order 2 mugs", "order 2 mugs"),
        ("/ 2 mugs", "/ 2 mugs"),
    ],
)
def test_commands_that_are_words(text: str, said: str) -> None:
    found = typed(text)
    assert found is not None
    assert (found.message.text, found.message.choice, found.message.command) == (said, None, None)


@pytest.mark.parametrize(("text", "intent"), [("/privacy", "my_data"), ("/forget", "forget_me")])
def test_ones_own_data_needs_no_understanding(text: str, intent: str) -> None:
    found = typed(text)
    assert found is not None
    assert found.message.choice == Choice(verb=Verb.INTENT, arg=intent)


def test_what_nobody_knows_is_a_command_too() -> None:
    found = typed("/report finance week")
    unknown = typed("/foo bar")
    assert found is not None
    assert unknown is not None
    assert found.message.command == Command(name="report", text="finance week")
    assert unknown.message.command == Command(name="foo", text="bar")


def test_commands_of_staff() -> None:
    assert request("staff_command").message.command == Command(name="inventory", text="set MUG-RED price 12")
    assert request("orders_with_arguments").message.command == Command(name="orders", text="ship 1042")
    group = typed("/parley@ParleyBot role list", group=True)
    assert group is not None
    assert group.message.command == Command(name="parley", text="role list")


def test_a_file_goes_with_an_import_only() -> None:
    found = request("import")
    assert found.message.command == Command(name="inventory", text="import")
    assert found.document is not None
    assert found.document.file_id == "BQAC"


def test_a_tap() -> None:
    found = request("tap")
    assert found.message.choice == Choice(verb=Verb.CONFIRM, arg="q1")
    assert found.message.id == "t495.7.confirm:q1"
    assert found.tapped is not None
    assert label_of(found.tapped, Choice(verb=Verb.CONFIRM, arg="q1")) == "Place order"
    assert label_of(found.tapped, Choice(verb=Verb.UNKNOWN)) == ""
    assert (found.mention, found.reply_to) == ("", None)


def test_a_tap_on_a_card_that_is_too_old_to_be_edited() -> None:
    found = request("tap_on_old_card")
    assert found.message.choice == Choice(verb=Verb.CONFIRM, arg="q1")
    assert found.tapped is None


def test_in_a_group_a_card_is_settled_by_the_one_it_is_for() -> None:
    found = request("group_tap")
    assert found.tapped is not None
    assert (found.reply_to, found.mention, found.message.sender_id) == (480, "", "7")
    after_mention = request("group_tap_after_mention")
    assert after_mention.tapped is not None
    assert (after_mention.reply_to, after_mention.mention) == (None, '<a href="tg://user?id=7">Ada</a>')


def test_in_a_group_the_tap_of_another_leaves_the_card_and_is_answered_by_name() -> None:
    found = request("group_tap_by_another")
    assert found.tapped is None
    assert (found.message.sender_id, found.reply_to) == ("8", None)
    assert found.message.private_chat == ChatRef(channel="telegram", chat_id="8")
    assert found.mention == '<a href="tg://user?id=8">Bob &lt;b&gt;</a>'


@pytest.mark.parametrize(
    ("text", "entities", "own"),
    [
        ("2 mugs\nno thanks", [("blockquote", 0, 6)], "> 2 mugs\nno thanks"),
        ("🎉 2 mugs\n3 pots\nno", [("expandable_blockquote", 0, 16)], "> 🎉 2 mugs\n> 3 pots\nno"),
        ("🎉 2 mugs 3 pots", [("strikethrough", 3, 7)], "🎉 3 pots"),
        ("no\n2 mugs", [("blockquote", 3, 6), ("strikethrough", 5, 4)], "no\n> 2 "),
        ("2 mugs", [("bold", 0, 6)], "2 mugs"),
    ],
)
def test_quotes_are_marked_and_struck_words_gone(text: str, entities: list[tuple[str, int, int]], own: str) -> None:
    update = json.loads((PAYLOADS / "text.json").read_text("utf-8"))
    update["message"] |= {
        "text": text,
        "entities": [{"type": kind, "offset": offset, "length": length} for kind, offset, length in entities],
    }
    found = read(Update.de_json(update, None), BOT)
    assert found is not None
    assert found.message.text == own
