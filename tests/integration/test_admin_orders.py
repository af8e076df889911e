"""`/orders` through the engine: looking up, shipping, delivering, cancelling, each once and each told."""

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.phrases import why
from domain.conversation import ChatRef
from domain.events import OrderCancelled, OrderDelivered, OrderShipped, ParcelCorrected
from domain.model import OrderState
from domain.people.forgetting import forget_email
from domain.people.identity import hash_email
from domain.promotions.applying import Claim
from domain.records.ratings import Rating
from tests.support.desk import STAFFED, Desk
from tests.support.factories import ADA, EMAIL, HASHED_EMAIL, confirm, make_product, make_promotion, place, quote, stock
from tests.support.shop import NOW


@pytest.fixture
def desk(engine: Database) -> Desk:
    """A shop with ten mugs, of which order 1001 has two."""
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        stock(uow, make_product(product_id="MUG", name="Red Mug"))
        place(uow, {"MUG": 2}, now=NOW)
    desk.events.clear()
    return desk


def state(desk: Desk, order_id: int = 1001) -> OrderState:
    with desk.unit_of_work() as uow:
        order = uow.orders.get(order_id)
        assert order is not None
        return order.state


def test_an_order_is_looked_up_without_a_word_about_its_customer(desk: Desk) -> None:
    heard = desk.says("/orders 1001")
    assert "Order #1001 · placed" in heard
    assert "2 × Red Mug at $12.00\t$24.00" in heard
    assert f"cust_{HASHED_EMAIL[:6]} · web" in heard
    assert EMAIL not in heard
    assert HASHED_EMAIL[:7] not in heard
    assert desk.says("/orders #1001") == heard


def test_an_order_is_shown_with_a_row_for_each_promotion(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        uow.promotions.add(make_promotion())
        claim = Claim(codes=("SPRING10",))
        order, _ = confirm(uow, quote(uow, {"MUG": 2}, now=desk.now(), claim=claim), now=desk.now())
        uow.commit()
    heard = desk.says(f"/orders {order.order_id}")
    assert "SPRING10\t−$2.40" in heard
    assert "Total\t$21.60" in heard


def test_how_an_order_was_rated_is_shown(desk: Desk) -> None:
    assert "rated" not in desk.says("/orders 1001")
    with desk.unit_of_work() as uow:
        uow.ratings.put(Rating(order_id=1001, score=2, at=NOW, source="email"))
        uow.commit()
    assert "rated\t2 of 5, by mail" in desk.says("/orders 1001")


@pytest.mark.parametrize(
    "said", ["x", "-1", "1001x", "ship", "ship x", "deliver", "cancel", "cancel all", "²", "1" * 30]
)
def test_what_is_no_order_number_is_answered_with_the_right_form(desk: Desk, said: str) -> None:
    assert "Use: /orders" in desk.says(f"/orders {said}")
    assert state(desk) is OrderState.PLACED


@pytest.mark.parametrize("said", ["9", "ship 9", "deliver 9", "cancel 9 no", "cancel 9"])
def test_an_order_that_never_was_is_not_found(desk: Desk, said: str) -> None:
    assert "There is no order #9." in desk.says(f"/orders {said}")


def test_the_life_of_an_order_goes_on_from_button_to_button_and_is_told(desk: Desk) -> None:
    assert "cust_" in desk.says("/orders open")
    assert "state\tplaced → shipped" in desk.presses("Ship #1001")
    assert "state\tshipped → delivered" in desk.presses("Mark delivered")
    assert desk.buttons == []
    assert desk.events == [OrderShipped(order_id=1001), OrderDelivered(order_id=1001)]
    assert [(entry.action, entry.subject, dict(entry.changed_to)) for entry in desk.entries()] == [
        ("ship", "order:1001", {"state": "shipped"}),
        ("deliver", "order:1001", {"state": "delivered"}),
    ]
    assert "No order waits" in desk.says("/orders open")


def test_a_second_shipping_is_refused_with_the_state_and_told_nobody(desk: Desk) -> None:
    desk.says("/orders ship 1001", message_id="s")
    desk.says("/orders ship 1001", message_id="s")
    assert "was shipped at" in desk.says("/orders ship 1001")
    assert desk.events == [OrderShipped(order_id=1001)]
    assert len(desk.entries()) == 1


def test_nothing_is_delivered_before_it_left_nor_twice(desk: Desk) -> None:
    assert "/orders ship 1001 comes first" in desk.says("/orders deliver 1001")
    desk.says("/orders ship 1001")
    desk.says("/orders deliver 1001")
    assert "was delivered at" in desk.says("/orders deliver 1001")
    assert "was delivered at" in desk.says("/orders cancel 1001 too late")
    assert state(desk) is OrderState.DELIVERED


def test_the_shop_cancels_with_a_reason_after_the_window_and_the_stock_is_back(desk: Desk) -> None:
    desk.clock.passes(days=3)
    assert desk.product("MUG").quantity == 8
    desk.says("/orders 1001")
    assert "Why? The customer reads it." in desk.presses("Cancel")
    form = desk.reply
    assert state(desk) is OrderState.PLACED
    assert "placed → cancelled" in desk.fills(form, reason="The kiln\nbroke, sorry")
    assert desk.product("MUG").quantity == 10
    assert desk.events == [OrderCancelled(order_id=1001, reason="The kiln broke, sorry")]
    assert "was cancelled at" in desk.says("/orders cancel 1001 again")
    assert "was cancelled at" in desk.says("/orders ship 1001")
    assert desk.product("MUG").quantity == 10
    assert [dict(entry.changed_to) for entry in desk.entries()] == [{"state": "cancelled"}]


def movements(desk: Desk) -> list[tuple[str, int]]:
    """Why the stock of mugs changed since order 1001, and by how much."""
    with desk.database.connect() as connection:
        found = text("SELECT reason, delta FROM shop.stock_movement WHERE reference = '1001' ORDER BY movement_id")
        return [(row.reason, row.delta) for row in connection.execute(found)]


@pytest.mark.parametrize(
    ("label", "stock_then", "moved"),
    [
        ("Came back good", 10, [("return", 2)]),
        ("Lost", 8, [("cancel", 2), ("lost", -2)]),
        ("Damaged", 8, [("cancel", 2), ("damaged", -2)]),
    ],
)
def test_a_shipped_order_is_cancelled_when_it_is_said_what_became_of_it(
    desk: Desk, label: str, stock_then: int, moved: list[tuple[str, int]]
) -> None:
    desk.says("/orders ship 1001")
    desk.events.clear()
    assert "What became of the parcel?" in desk.says("/orders cancel 1001 The carrier gave up, sorry")
    assert [one for one, _ in desk.buttons] == ["Came back good", "Lost", "Damaged"]
    assert (state(desk), desk.product("MUG").quantity, movements(desk)) == (OrderState.SHIPPED, 8, [("order", -2)])
    assert "shipped → cancelled" in desk.presses(label)
    assert desk.product("MUG").quantity == stock_then
    assert movements(desk) == [("order", -2), *moved]
    assert ("The stock is back." in desk.heard) == (stock_then == 10)
    assert desk.events == [OrderCancelled(order_id=1001, reason="The carrier gave up, sorry")]
    assert "was cancelled at" in desk.says("/orders cancel 1001 lost")
    assert desk.product("MUG").quantity == stock_then


@pytest.mark.parametrize(
    ("words", "stock_then"),
    [
        ("lost in the post", 8),
        ("Lost by the carrier", 8),
        ("the parcel arrived broken", 8),
        ("came back good", 10),
        ("it came back in good condition", 10),
        ("it came back", None),
        ("not lost, the customer moved", None),
        ("it isn't damaged", None),
        ("lost or damaged?", None),
        ("it came back good but one is broken", None),
        ("no room", None),
    ],
)
def test_what_a_reason_clearly_says_of_the_parcel_is_not_asked(desk: Desk, words: str, stock_then: int | None) -> None:
    desk.says("/orders ship 1001")
    heard = desk.says(f"/orders cancel 1001 {words}")
    if stock_then is None:
        assert "Nothing is cancelled yet" in heard
        assert state(desk) is OrderState.SHIPPED
    else:
        assert "shipped → cancelled" in heard
        assert desk.product("MUG").quantity == stock_then


def test_the_form_of_a_shipped_order_asks_what_became_of_it(desk: Desk) -> None:
    desk.says("/orders ship 1001")
    desk.says("/orders cancel 1001")
    form = desk.reply
    assert "What became of the parcel?" in desk.fills(form, reason="Sorry")
    assert "shipped → cancelled" in desk.fills(form, reason="Sorry", fate="damaged")
    assert desk.product("MUG").quantity == 8
    assert desk.events[-1] == OrderCancelled(order_id=1001, reason="Sorry")


def test_an_order_that_has_not_left_comes_back_whatever_the_reason_says(desk: Desk) -> None:
    assert "placed → cancelled" in desk.says("/orders cancel 1001 the supplier's truck is lost")
    assert (desk.product("MUG").quantity, movements(desk)) == (10, [("order", -2), ("cancel", 2)])


ADDRESS = "Ann Lee\n12 Main St\nDenver CO 80203"


@pytest.fixture
def shipping(desk: Desk) -> Desk:
    """Order 1001 goes to Ann Lee."""
    with desk.unit_of_work() as uow:
        uow.conversations.lock(ChatRef(channel="web", chat_id="w"), "w", NOW)  # the identity that ordered
        address_id = uow.people.remember_address(HASHED_EMAIL, ADA, ADDRESS, NOW)
        uow.connection.execute(text(f"UPDATE shop.orders SET address_id = {address_id}"))
        uow.commit()
    return desk


def test_an_admin_sees_where_an_order_goes_and_each_look_is_noted(shipping: Desk) -> None:
    heard = shipping.says("/orders 1001")
    assert ADDRESS in heard
    shipping.says("/orders 1001")
    noted = shipping.entries("look")
    assert [(entry.actor, entry.subject) for entry in noted] == [("slack:U1", "order:1001")] * 2
    assert shipping.number("SELECT count(*) FROM shop.audit_log WHERE audit_log::text LIKE '%Main St%'") == 0


def test_support_sees_it_while_the_customer_has_an_open_ticket(shipping: Desk) -> None:
    def heard() -> str:
        return shipping.says("/orders 1001", "U7", groups=("S9",)) + shipping.says(
            "/orders slip 1001", "U7", groups=("S9",)
        )

    assert "Main St" not in heard()
    assert shipping.entries("look") == []
    with shipping.unit_of_work() as uow:
        ticket = uow.tickets.open(ChatRef(channel="web", chat_id="w"), "w", ADA, "", NOW)
        uow.commit()
    assert "Main St" in heard()
    assert len(shipping.entries("look")) == 2
    with shipping.unit_of_work() as uow:
        uow.tickets.close(ticket.ticket_id, NOW)
        uow.commit()
    assert "Main St" not in heard()
    assert "Sorry, that needs the role" in shipping.says("/orders 1001", "U8")


def test_where_others_read_along_no_address_is_said(shipping: Desk) -> None:
    shipping.says("/parley role grant telegram:7 admin")
    for said in ("/orders 1001", "/orders slip 1001"):
        assert "direct messages" in shipping.says(said, chat_id="C01:1.5")
        assert "Main St" not in shipping.heard
        assert "our private chat" in shipping.says(said, "7", channel="telegram", chat_id="-100")
        assert "Main St" not in shipping.heard
        assert shipping.reply.attachment is None
    assert shipping.entries("look") == []


def test_the_packing_slip_is_a_page_to_print(shipping: Desk) -> None:
    with shipping.database.begin() as connection:
        connection.execute(text("UPDATE shop.product SET name = 'Mug <b>&'"))
        connection.execute(text("UPDATE pii.address SET address = address || ' <script>'"))
    shipping.says("/orders 1001")
    shipping.presses("Packing slip")
    attachment = shipping.reply.attachment
    assert attachment is not None
    assert attachment.name == "packing-slip-1001.html"
    for piece in (
        "order #1001",
        "Ann Lee<br>12 Main St<br>Denver CO 80203 &lt;script&gt;",
        "Mug &lt;b&gt;&amp;",
        "<td>2</td>",
    ):
        assert piece in attachment.content
    assert len(shipping.entries("look")) == 2


def test_after_erasing_nothing_of_an_address_is_left_with_staff(shipping: Desk) -> None:
    shipping.says("/orders ship 1001 UPS 1Z999AA10123456784")
    shipping.says("/orders 1001")
    shipping.says("/orders slip 1001")
    kept = "SELECT count(*) FROM pii.delivery WHERE reply::text LIKE '%Main St%'"
    assert shipping.number(kept) == 2
    with shipping.unit_of_work() as uow:
        assert forget_email(uow, HASHED_EMAIL) is not None
        uow.commit()
    assert shipping.number(kept) == 0
    assert shipping.number("SELECT count(*) FROM pii.parcel") == 0
    assert "is not known" in shipping.says("/orders 1001")
    assert "is not known" in shipping.says("/orders slip 1001")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("", ("", "")),
        ("UPS 1Z999AA10123456784", ("UPS", "1Z999AA10123456784")),
        ("ups 1z999aa10123456784", ("UPS", "1Z999AA10123456784")),
        ("with DHL 0034 0434 1610 9404 2557", ("DHL", "00340434161094042557")),
        ("royal mail AB 1234 5678 9GB", ("Royal Mail", "AB123456789GB")),
        ("Bike Messenger", ("Bike Messenger", "")),
        ("123456789012", ("", "123456789012")),
    ],
)
def test_carrier_and_tracking_number_are_kept(desk: Desk, words: str, kept: tuple[str, str]) -> None:
    assert "placed → shipped" in desk.says(f"/orders ship 1001 {words}")
    with desk.unit_of_work() as uow:
        assert uow.people.parcel(1001) == kept
    assert (f"parcel\t{' '.join(kept).strip()}" in desk.heard) == any(kept)


@pytest.mark.parametrize(
    "words", ["UPS 1Z/../x", "UPS 1<b>", "1Z9", "UPS " + "1" * 41, "<b> 12345", "x" * 41 + " 12345"]
)
def test_what_is_no_tracking_number_ships_nothing(desk: Desk, words: str) -> None:
    assert "Use: /orders ship NUMBER [CARRIER] [TRACKING NUMBER]" in desk.says(f"/orders ship 1001 {words}")
    assert state(desk) is OrderState.PLACED


def test_a_form_takes_carrier_and_tracking_number(desk: Desk) -> None:
    desk.says("/orders 1001")
    desk.presses("Ship with tracking")
    form = desk.reply
    assert form.form is not None
    assert [field.label for field in form.form.fields] == ["Carrier", "Tracking number"]
    assert state(desk) is OrderState.PLACED
    assert "parcel\tFedEx 7946 12".replace(" 12", "12") in desk.fills(form, carrier="fedex", tracking="7946 12")
    assert state(desk) is OrderState.SHIPPED


@pytest.mark.parametrize(
    "said", ["cust_{six}", "cust_{four}", "`cust_{six}`", "{six}", "{hash}", "cust_{hash}", "1001"]
)
@pytest.mark.parametrize("command", ["orders", "why", "report reveal"])
def test_every_command_takes_every_form_of_a_customer(desk: Desk, command: str, said: str) -> None:
    said = said.format(six=HASHED_EMAIL[:6].upper(), four=HASHED_EMAIL[:4], hash=HASHED_EMAIL)
    expected = {"orders": "#1001", "why": why.NOTHING, "report reveal": f"cust_{HASHED_EMAIL[:6]} is {EMAIL}"}
    assert expected[command] in desk.says(f"/{command} {said}")


def test_an_order_of_a_customer_is_found_by_their_address(desk: Desk) -> None:
    hashed = hash_email(EMAIL, STAFFED.hash_key)
    with desk.database.begin() as connection:
        connection.execute(text("UPDATE shop.orders SET hashed_email = :it"), {"it": hashed})
    assert "#1001" in desk.says(f"/orders {EMAIL}")
    assert "#1001" in desk.says(f"/orders <mailto:{EMAIL}|{EMAIL}>")
    assert EMAIL not in desk.heard
    assert "They have no orders" in desk.says("/orders bob@example.com")


def test_a_blank_or_endless_reason_cancels_nothing(desk: Desk) -> None:
    desk.says("/orders cancel 1001")
    assert "Why?" in desk.fills(desk.reply, reason=" \n ")
    assert "at most 300" in desk.says("/orders cancel 1001 " + "x" * 301)
    assert state(desk) is OrderState.PLACED


def test_open_orders_are_paged_oldest_first(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        stock(uow, make_product(product_id="TIN", quantity=50))
        for _ in range(11):
            place(uow, {"TIN": 1}, now=NOW)
    rows = desk.says("/orders open").splitlines()
    assert rows[1].startswith("#1001 ·")
    assert "2 items\t$24.00" in rows[1]
    assert len(rows) == 11
    assert "#1012" in desk.presses("More")
    assert [label for label, _ in desk.buttons] == ["Ship #1011", "Ship #1012"]


def test_staff_hears_whether_the_customer_is_told(desk: Desk) -> None:
    assert "The customer is told." in desk.says("/orders ship 1001")
    with desk.database.begin() as connection:
        connection.execute(text("UPDATE shop.orders SET identity_id = NULL"))
    assert "its customer gets a mail" in desk.says("/orders deliver 1001")


def test_a_wrong_tracking_number_is_corrected_and_told_once_each_time(desk: Desk) -> None:
    desk.says("/orders ship 1001 UPS 1Z999AA10123456784")
    desk.says("/orders 1001")
    desk.presses("Correct tracking")
    form = desk.reply
    assert "parcel\tcorrected to UPS 1Z999AA10123456795" in desk.fills(form, tracking="1z999aa10123456795")
    assert "was shipped at" in desk.says("/orders ship 1001 UPS 1Z999AA10123456795")
    assert "corrected to DHL 1Z999AA10123456795" in desk.says("/orders ship 1001 dhl")
    with desk.unit_of_work() as uow:
        assert uow.people.parcel(1001) == ("DHL", "1Z999AA10123456795")
    corrected = [event for event in desk.events if isinstance(event, ParcelCorrected)]
    assert corrected == [ParcelCorrected(order_id=1001, correction=number) for number in (1, 2)]
    noted = desk.entries("parcel")
    assert [(entry.actor, entry.subject) for entry in noted] == [("slack:U1", "order:1001")] * 2
    assert desk.number("SELECT count(*) FROM shop.audit_log WHERE audit_log::text LIKE '%1Z999%'") == 0


def test_the_parcel_of_an_order_that_arrived_is_not_corrected(desk: Desk) -> None:
    desk.says("/orders ship 1001 UPS 1Z999AA10123456784")
    desk.says("/orders deliver 1001")
    assert "was shipped at" in desk.says("/orders ship 1001 UPS 1Z999AA10123456795")


def test_name_address_and_remark_are_told_apart(shipping: Desk) -> None:
    with shipping.database.begin() as connection:
        kept = "Ann Lee, 12 Main St, Denver CO 80203 (leave it at the back door)"
        connection.execute(text("UPDATE pii.address SET address = :kept"), {"kept": kept})
    assert "Ann Lee\n12 Main St, Denver CO 80203\nleave it at the back door" in shipping.says("/orders 1001")
