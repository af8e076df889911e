"""Which commands there are, for whom and where; what nobody knows is said to be unknown, in every channel."""

from itertools import count

import pytest
from sqlalchemy import Engine as Database

from bot.admin import COMMANDS
from bot.messages import IncomingMessage, Reply
from bot.phrases import orders as phrases_orders
from bot.phrases import shopping as phrases_shopping
from domain.records.staff import Role
from tests.support.chats import chat_in
from tests.support.desk import BOSS, Desk
from tests.support.factories import make_product, place, stock
from tests.support.shop import NOW

_IDS = count(1)


@pytest.fixture
def desk(engine: Database) -> Desk:
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        stock(uow, make_product(product_id="MUG", name="Red Mug"))
        place(uow, {"MUG": 2}, now=NOW)
        uow.staff.grant("telegram:7", Role.ADMIN, "test", NOW)
        uow.commit()
    return desk


def types(desk: Desk, text: str, *, channel: str, sender: str = "c1", chat_id: str = "") -> list[Reply]:
    """The replies to a text, as a channel brings it."""
    chat = chat_in(channel, chat_id or f"D{sender}")
    return list(
        desk._engine.handle(IncomingMessage(id=f"t{next(_IDS)}", chat=chat, sender_id=sender, text=text)).replies
    )


@pytest.mark.parametrize("channel", ["web", "console", "slack", "telegram"])
@pytest.mark.parametrize("text", ["/foo", "/Foo bar", "  /foo@x", "/inventories list", "/report_me"])
def test_an_unknown_command_is_said_to_be_unknown_and_what_there_is(desk: Desk, channel: str, text: str) -> None:
    if text.endswith("@x"):
        text = "/foo"
    [reply] = types(desk, text, channel=channel)
    assert reply.text.startswith("I know no command /")
    assert "cart" in reply.text
    assert "/inventory" not in reply.text.replace("/inventories", "")
    assert desk.entries() == []


@pytest.mark.parametrize("channel", ["web", "console"])
@pytest.mark.parametrize("name", COMMANDS)
def test_staffs_commands_are_unknown_where_nobody_has_a_role(desk: Desk, channel: str, name: str) -> None:
    [reply] = types(desk, f"/{name} 1001 x", channel=channel, sender=BOSS)
    assert reply.text.startswith(f"I know no command /{name}")
    assert desk.entries() == []


@pytest.mark.parametrize(
    ("who", "groups", "listed"),
    [
        (
            BOSS,
            (),
            "/answers, /campaign, /churn, /dashboard, /data, /inventory, /orders, /parley, /promo, /report, /segment, "
            "/why",
        ),
        ("U5", ("S9",), "/answers, /dashboard, /data, /orders, /parley, /report, /why"),
    ],
)
def test_staff_is_told_what_their_role_has(desk: Desk, who: str, groups: tuple[str, ...], listed: str) -> None:
    assert f"As staff you also have: {listed}." in desk.says("/stock", who, groups=groups)


@pytest.mark.parametrize(("channel", "sender"), [("slack", BOSS), ("telegram", "7")])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_in_both_channels(desk: Desk, channel: str, sender: str, name: str) -> None:
    examples = {
        "answers": ("help", "/answers answer NUMBER"),
        "dashboard": ("", "This link opens it once"),
        "data": ("", "Data products"),
        "inventory": ("list", "Red Mug"),
        "campaign": ("", "There is no campaign yet"),
        "churn": ("", "parley predict train"),
        "orders": ("1001", "Order #1001"),
        "parley": ("role", "Roles"),
        "promo": ("", "There is no promotion"),
        "report": ("finance", "private chat"),
        "segment": ("vip", "parley analytics build"),
        "why": ("1001", "sent"),
    }
    words, heard = examples[name]
    assert heard in desk.says(f"/{name} {words}", sender, channel=channel)
    [reply] = types(desk, f" /{name} {words}", channel=channel, sender=sender)
    assert heard in f"{reply.title}\n{reply.text}"


@pytest.mark.parametrize("channel", ["web", "slack", "telegram"])
def test_what_customers_write_with_a_slash_is_what_they_mean(desk: Desk, channel: str) -> None:
    types(desk, "hello", channel=channel)  # who comes first has the identity that ordered
    assert types(desk, "/cart", channel=channel)[0].text.startswith(phrases_shopping.EMPTY_CART)
    assert types(desk, "/orders", channel=channel, sender="c2")[0].text == phrases_orders.NO_ORDERS
    assert "I am a bot" in types(desk, "/help", channel=channel)[0].text
    assert "Red Mug" in types(desk, "/order 2 MUG", channel=channel)[0].text


def test_what_only_looks_like_a_command_is_words(desk: Desk) -> None:
    for text in ("/ 2 mugs", "//", "1/2", "/2"):
        assert "I know no command" not in types(desk, text, channel="web")[0].text


def test_staffs_commands_are_not_answered_where_others_read_along(desk: Desk) -> None:
    [reply] = types(desk, "/orders 1001", channel="slack", sender=BOSS, chat_id="C01:1.5")
    assert "direct messages" in reply.text
    assert "1001" not in f"{reply.title}{reply.text}"


def test_a_report_is_asked_for_from_telegram(desk: Desk) -> None:
    desk.says("/report finance", "7", channel="telegram")
    [event] = desk.events[-1:]
    assert (event.channel, event.user) == ("telegram", "7")  # type: ignore[union-attr]
