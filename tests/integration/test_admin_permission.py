"""Who may do what: roles by configuration, by chat and by group, asked at every command and every press."""

import threading

import pytest
from sqlalchemy import Engine as Database

from bot.messages import Choice, Named, Verb
from domain.conversation import ChatRef
from domain.errors import LastAdmin
from domain.records.staff import Role
from domain.staff.granting import grant_role, revoke_role
from tests.support.desk import Desk
from tests.support.factories import make_product, place, stock
from tests.support.shop import NOW


@pytest.fixture
def desk(engine: Database) -> Desk:
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        stock(uow, make_product(product_id="MUG", name="Red Mug"))
        place(uow, {"MUG": 2}, now=NOW)
    return desk


COMMANDS = ["inventory", "inventory list", "inventory set MUG price 1", "inventory export", "inventory undo 1"]
COMMANDS += ["inventory import", "orders 1001", "orders open", "orders ship 1001", "orders cancel 1001 fun"]
COMMANDS += [
    "parley role",
    "parley role grant slack:U7 admin",
    "INVENTORY remove MUG",
    "parley  ROLE revoke slack:U1 admin",
]


@pytest.mark.parametrize("said", COMMANDS)
def test_whoever_has_no_role_is_refused_politely_and_it_is_noted(desk: Desk, said: str) -> None:
    heard = desk.says(f"/{said}", "U7")
    assert "Sorry, that needs the role" in heard
    least = "support" if said in ("orders 1001", "orders open") else "admin"
    assert f"An admin can give it: /parley role grant slack:U7 {least}" in heard
    assert [(entry.actor, entry.action) for entry in desk.entries()] == [("slack:U7", "refused")]
    assert desk.number("SELECT count(*) FROM shop.product WHERE retired_at IS NULL AND sale_price = 12") == 1
    assert desk.number("SELECT count(*) FROM chat.staff_role") == 0


@pytest.mark.parametrize(
    "choice",
    [
        Choice(verb=Verb.INV_LIST, arg="2"),
        Choice(verb=Verb.INV_UNDO, arg="1"),
        Choice(verb=Verb.INV_REMOVE, arg="MUG"),
        Choice(verb=Verb.ORD_SHIP, arg="1001"),
        Choice(verb=Verb.ORD_DELIVER, arg="1001"),
    ],
)
def test_a_button_is_refused_just_like_its_command(desk: Desk, choice: Choice) -> None:
    assert "Sorry" in desk.presses_choice(choice, "U7")
    assert len(desk.entries("refused")) == 1


def test_what_was_typed_is_not_noted_with_a_refusal(desk: Desk) -> None:
    desk.says("/inventory ada@example.com lives here", "U7")
    desk.says("/orders ship 1001 ada@example.com", "U7")
    assert [entry.subject for entry in desk.entries()] == ["/inventory", "/orders ship"]


def test_a_role_that_was_taken_away_counts_at_the_next_press(desk: Desk) -> None:
    desk.says("/parley role grant <@U2|bea> admin")
    desk.says("/inventory set MUG price 13", "U2")
    undo = desk.buttons[0][1]
    desk.says("/parley role revoke <@U2> admin")
    assert "Sorry" in desk.presses_choice(undo, "U2")
    assert desk.product("MUG").sale_price == 13


def test_support_looks_orders_up_and_changes_nothing(desk: Desk) -> None:
    assert "Order #1001" in desk.says("/orders 1001", "U5", groups=("S9",))
    assert desk.buttons == []
    assert "#1001" in desk.says("/orders open", "U5", groups=("S9",))
    assert desk.buttons == []
    for said in ("/orders ship 1001", "/inventory list", "/parley role"):
        assert "needs the role admin" in desk.says(said, "U5", groups=("S9",))
    assert "Sorry" in desk.says("/orders 1001", "U5")


def test_a_customers_orders_command_shows_their_own_orders(desk: Desk) -> None:
    assert "Sorry" not in desk.says("/orders", "U7")
    assert desk.entries() == []
    assert "/orders NUMBER" in desk.says("/orders")


def test_roles_are_the_channels_own(desk: Desk) -> None:
    assert "Sorry" in desk.says("/inventory list", "U1", channel="telegram")
    desk.says("/parley role grant telegram:123 admin")
    assert "MUG" in desk.says("/inventory list", "123", channel="telegram")


def test_roles_are_listed_by_the_names_that_the_channel_knows(desk: Desk) -> None:
    desk.says("/parley role grant slack:U7 support")
    ada, helpers = Named(subject="slack:U1", name="Ada"), Named(subject="slack:S9", name="@helpers")
    heard = desk.says("/parley role", names=(ada, Named(subject="slack:U7", name="Ben"), helpers))
    assert "Ada\tadmin, config.yaml" in heard
    assert "Ben\tsupport, given by Ada" in heard
    assert "@helpers\tsupport" in heard
    assert "slack:" not in heard
    heard = desk.says("/parley role", names=(ada, Named(subject="slack:U7", name="Ada")))
    assert "Ada (slack:U7)\tsupport, given by Ada (slack:U1)" in heard
    assert "slack:S9\tsupport" in heard
    assert "slack:U7\tsupport, given by slack:U1" in desk.says("/parley role")


def test_who_is_gone_from_the_channel_is_listed_with_the_id_that_revokes_the_role(desk: Desk) -> None:
    desk.says("/parley role grant slack:U7 support")
    gone = (Named(subject="slack:U7", name="Ben", is_gone=True), Named(subject="slack:S9", name="@old", is_gone=True))
    heard = desk.says("/parley role", names=(Named(subject="slack:U1", name="Ada"), *gone))
    assert "Ben (slack:U7)\tsupport, given by Ada" in heard
    assert "@old (slack:S9)\tsupport, config.yaml" in heard


def test_a_group_may_be_given_a_role(desk: Desk) -> None:
    assert "slack:S3 is admin now" in desk.says("/parley role grant <!subteam^S3|@stock room> admin")
    assert "MUG" in desk.says("/inventory list", "U8", groups=("S3",))


def test_roles_are_listed_with_who_gave_them(desk: Desk) -> None:
    desk.says("/parley role grant slack:U2 finance")
    heard = desk.says("/parley role")
    assert "slack:U1\tadmin, config.yaml" in heard
    assert "slack:U2\tfinance, given by slack:U1" in heard


def test_a_role_is_given_and_taken_once_and_noted_once(desk: Desk) -> None:
    assert "is support now" in desk.says("/parley role grant slack:U2 support")
    assert "is support already" in desk.says("/parley role grant slack:U2 Support")
    assert "is no longer support" in desk.says("/parley role revoke slack:U2 support")
    assert "is not support" in desk.says("/parley role revoke slack:U2 support")
    assert "is admin already" in desk.says("/parley role grant slack:U1 admin")
    assert [(entry.action, entry.subject) for entry in desk.entries()] == [
        ("grant", "role:slack:U2"),
        ("revoke", "role:slack:U2"),
    ]


def test_a_role_of_the_configuration_stays(desk: Desk) -> None:
    assert "by config.yaml" in desk.says("/parley role revoke slack:U1 admin")
    assert "MUG" in desk.says("/inventory list")


@pytest.mark.parametrize(
    "said", ["grant", "grant slack:U2", "grant slack:U2 king", "grant ada support", "revoke telegram:0 admin", "dance"]
)
def test_a_role_command_that_is_not_understood_shows_the_right_form(desk: Desk, said: str) -> None:
    assert "Use: /parley role" in desk.says(f"/parley role {said}")
    assert desk.number("SELECT count(*) FROM chat.staff_role") == 0


def test_anybody_gets_help(desk: Desk) -> None:
    assert "/parley role" in desk.says("/parley help", "U7")
    assert "/parley role" in desk.says("/parley", "U7")
    assert desk.entries() == []


def test_who_asks_for_help_in_plain_words_hears_of_the_commands_of_their_roles(desk: Desk) -> None:
    assert "As staff you also have: " in desk.writes("help")
    desk.says("/parley role grant slack:U7 finance")
    heard = desk.writes("help", "U7")
    assert "/report" in heard
    assert "/inventory" not in heard
    assert "As staff" not in desk.writes("help", "U8")


def test_the_last_admin_cannot_leave_the_shop_to_nobody(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        grant_role(uow, "slack:U2", Role.ADMIN, actor="test", now=NOW)
        with pytest.raises(LastAdmin):
            revoke_role(uow, "slack:U2", Role.ADMIN, configured={}, actor="slack:U2", now=NOW)
        configured = {"slack:U1": frozenset({"admin"})}
        assert revoke_role(uow, "slack:U2", Role.ADMIN, configured=configured, actor="slack:U2", now=NOW)


def test_two_admins_who_revoke_each_other_leave_one(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        for subject in ("slack:U2", "slack:U3"):
            grant_role(uow, subject, Role.ADMIN, actor="test", now=NOW)
        uow.commit()
    barrier, refused = threading.Barrier(2), []

    def revoke(subject: str) -> None:
        with desk.unit_of_work() as uow:
            uow.staff.all()
            barrier.wait()
            try:
                revoke_role(uow, subject, Role.ADMIN, configured={}, actor="test", now=NOW)
                uow.commit()
            except LastAdmin:
                refused.append(subject)

    threads = [threading.Thread(target=revoke, args=(subject,)) for subject in ("slack:U2", "slack:U3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert desk.number("SELECT count(*) FROM chat.staff_role") == 1


def test_in_a_telegram_group_staff_is_answered_in_private(desk: Desk) -> None:
    desk.says("/parley role grant telegram:123 admin")
    alone = ChatRef(channel="telegram", chat_id="123")
    heard = desk.says("/inventory list", "123", channel="telegram", chat_id="-100", private_chat=alone)
    assert "MUG" in heard
    assert desk.answer is not None
    assert desk.answer.private_chat == alone
