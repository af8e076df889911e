"""`/inventory reorder` and what hangs on it through the engine: from a suggestion to what came of it, and back."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.messages import Choice, Verb
from bot.terminal.undoing import take_back
from domain.errors import NotDue
from domain.products.purchasing import accept
from tests.support.desk import Desk
from tests.support.factories import make_order, make_product, place
from tests.support.predicting import predict
from tests.support.shop import NOW, SHOP, stock_mugs
from tests.support.stocking import create_product, retire_product

TODAY = NOW.date()


@pytest.fixture
def desk(engine: Database) -> Desk:
    stock_mugs(engine)
    return Desk(engine)


def stocks(desk: Desk, **products: int) -> None:
    """More products of supplier CLAYBIRD, at a cost of 5."""
    with desk.unit_of_work() as uow:
        for product_id, quantity in products.items():
            create_product(uow, make_product(product_id=product_id, name=product_id.title(), quantity=quantity))
        uow.commit()


def due(desk: Desk) -> None:
    """The red mug, of which ten are left, is to be reordered: thirty are missing."""
    predict(desk.database, {"MUG-RED": {"lost_weekly": 0.5}})


def test_before_the_first_prediction_it_is_said_when_there_will_be_one_and_what_helps_until_then(desk: Desk) -> None:
    for said in ("reorder", "why MUG-RED"):
        heard = desk.says(f"/inventory {said}")
        assert "No demand is predicted yet" in heard
        assert "every night after the warehouse is built" in heard
        assert "/inventory low" in heard
    assert "lists only what nobody bought" in desk.says("/inventory overstock")


def test_what_is_due_comes_with_how_much_and_why(desk: Desk) -> None:
    due(desk)
    heard = desk.says("/inventory reorder")
    assert "By the demand predicted from sales up to May 11." in heard
    assert "S: 30 pieces, $120.00" in heard
    assert "1. Red Mug · MUG-RED · order 30\t$120.00" in heard
    assert "10 left; lasts 10 days at 7 a week; 0.5 of them asked for in vain; a delivery takes 14 days" in heard
    assert [label for label, _ in desk.buttons] == ["1: order 30", "1: snooze", "1: why?"]


def test_the_latest_run_counts(desk: Desk) -> None:
    due(desk)
    predict(desk.database, {"MUG-RED": {"reorder_point": 3}})
    assert "Nothing is to be reordered" in desk.says("/inventory reorder")


def test_nothing_is_due_of_what_is_retired(desk: Desk) -> None:
    due(desk)
    with desk.unit_of_work() as uow:
        retire_product(uow, "MUG-RED")
        uow.commit()
    assert "Nothing is to be reordered" in desk.says("/inventory reorder")
    assert "was removed before" in desk.says("/inventory order MUG-RED 5")


def test_lists_are_paged(desk: Desk) -> None:
    stocks(desk, **{f"P{n}": 1 for n in range(7)})
    predict(desk.database, {f"P{n}": {} for n in range(7)})
    assert "1 to 5 of 7" in desk.says("/inventory reorder")
    heard = desk.presses("More")
    assert "6. P5 · order 39" in heard
    assert "6 to 7 of 7" in heard
    assert "There is no such page" in desk.says("/inventory reorder 3")
    assert "Use: /inventory reorder [PAGE]" in desk.says("/inventory reorder soon")


def test_an_accepted_line_is_on_its_way_and_suggested_no_more(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory reorder")
    accepting = desk.buttons[0][1]
    heard = desk.presses_choice(accepting)
    assert "30 × Red Mug are on order P1, expected May 26." in heard
    assert "ordered\t0 → 30" in heard
    again = desk.presses_choice(accepting)
    assert "on order already: 30 are coming, the latest with P1" in again
    assert "Nothing is to be reordered" in desk.says("/inventory reorder")
    assert desk.number("SELECT sum(ordered) FROM shop.purchase_order_line") == 30
    entry = desk.entries("order")[0]
    assert (entry.subject, dict(entry.changed_from), dict(entry.changed_to)) == (
        "purchase:1",
        {"product": "MUG-RED", "ordered": "0"},
        {"product": "MUG-RED", "ordered": "30"},
    )


def test_the_same_press_delivered_twice_orders_once_and_is_answered_alike(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory reorder")
    first = desk.presses("1: order", message_id="x")
    desk.says("/inventory reorder")
    assert desk.number("SELECT count(*) FROM shop.purchase_order_line") == 1
    assert "30 × Red Mug are on order" in first


def test_lines_of_one_supplier_come_into_the_same_order_of_the_day(desk: Desk) -> None:
    stocks(desk, CUP=1, POT=2)
    predict(desk.database, {"CUP": {}, "POT": {}})
    desk.says("/inventory reorder")
    buttons = [choice for label, choice in desk.buttons if "order" in label]
    for choice in buttons:
        desk.presses_choice(choice)
    heard = desk.says("/inventory incoming")
    assert "P1 · CLAYBIRD · ordered May 12, expected May 26" in heard
    assert "Cup: 0 of 39 came\t$195.00" in heard
    assert "Pot: 0 of 38 came\t$190.00" in heard
    assert desk.number("SELECT count(*) FROM shop.purchase_order") == 1
    desk.clock.passes(days=1)
    stocks(desk, JUG=0)
    predict(desk.database, {"JUG": {}})
    desk.says("/inventory order JUG 40")
    assert desk.number("SELECT count(*) FROM shop.purchase_order") == 2  # yesterday's was sent


def test_two_admins_who_accept_a_line_at_once_order_it_once(desk: Desk, threads: ThreadPoolExecutor) -> None:
    due(desk)
    begun = threading.Barrier(2)

    def accepts(who: str) -> str:
        with desk.unit_of_work() as uow:
            begun.wait()
            try:
                accept(uow, "MUG-RED", 30, actor=who, today=TODAY, now=NOW)
            except NotDue as refused:
                return f"on order P{refused.purchase_id}"
            uow.commit()
            return "ordered"

    assert sorted(threads.map(accepts, ["slack:U1", "slack:U2"])) == ["on order P1", "ordered"]
    assert desk.number("SELECT sum(ordered) FROM shop.purchase_order_line") == 30
    assert len(desk.entries("order")) == 1


def test_an_undone_order_is_suggested_again_and_none_is_left_open(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 30")
    undo = desk.buttons[0][1]
    assert "ordered\t30 → 0" in desk.presses_choice(undo)
    assert "was undone before" in desk.presses_choice(undo)
    assert "order 30" in desk.says("/inventory reorder")
    assert "Nothing is on its way" in desk.says("/inventory incoming")
    assert desk.number("SELECT count(*) FROM shop.purchase_order WHERE state = 'cancelled'") == 1


def test_the_terminal_takes_back_an_order_to_a_supplier_too(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory reorder")
    desk.presses("1: order")
    (entry,) = desk.entries("order")
    said = StringIO()
    with desk.unit_of_work() as uow:
        take_back(uow, SHOP, entry.entry_id, desk.now(), Console(file=said, width=200))
    assert f"change #{entry.entry_id} of {entry.subject} undone" in said.getvalue()
    assert desk.number("SELECT count(*) FROM shop.purchase_order_line") == 0


def test_undo_without_a_number_takes_back_the_last_order(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 30")
    assert "ordered\t30 → 0" in desk.says("/inventory undo")


def test_what_came_of_an_order_cannot_be_undone_with_it(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 30")
    undo = desk.buttons[0][1]
    desk.says("/inventory restock MUG-RED 10")
    assert "the received is no longer 0, it is 10" in desk.presses_choice(undo)


def test_a_restock_closes_the_line_that_it_is_of_and_its_undo_opens_it_again(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 30")
    heard = desk.says("/inventory restock MUG-RED 30")
    assert "quantity\t10 → 40" in heard
    assert "30 of them are of order P1: 30 of 30 came, so that is all." in heard
    undo = desk.buttons[0][1]
    assert desk.number("SELECT count(*) FROM shop.purchase_order WHERE state = 'received'") == 1
    assert "Nothing is on its way" in desk.says("/inventory incoming")
    assert "quantity\t40 → 10" in desk.presses_choice(undo)
    assert "Red Mug: 0 of 30 came" in desk.says("/inventory incoming")
    assert [entry.action for entry in desk.entries() if entry.subject == "purchase:1"] == ["order", "receive", "undo"]


def test_less_than_was_ordered_leaves_the_rest_on_its_way_until_it_is_called_off(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 30")
    assert "20 of 30 came, 10 still to come." in desk.says("/inventory restock MUG-RED 20")
    assert "Nothing is to be reordered" in desk.says("/inventory reorder")
    calling_off = next(choice for label, choice in desk.buttons_of("/inventory incoming") if label == "Call off P1")
    assert "Nothing more is expected of order P1." in desk.presses_choice(calling_off)
    assert "state\topen → cancelled" in desk.heard
    assert "as far as that goes" in desk.presses_choice(calling_off)
    predict(desk.database, {"MUG-RED": {"reorder_point": 35}})
    assert "order 10" in desk.says("/inventory reorder")


def test_more_than_was_ordered_is_said(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 30")
    assert "36 of 30 came, 6 more than ordered." in desk.says("/inventory restock MUG-RED 36")
    assert desk.product("MUG-RED").quantity == 46
    desk.says("/inventory undo")
    assert "Red Mug: 0 of 30 came" in desk.says("/inventory incoming")


def test_what_comes_counts_for_the_oldest_order_first(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 5")
    desk.clock.passes(days=1)
    desk.says("/inventory order MUG-RED 25")
    heard = desk.says("/inventory restock MUG-RED 8")
    assert "5 of them are of order P1: 5 of 5 came, so that is all." in heard
    assert "3 of them are of order P2: 3 of 25 came, 22 still to come." in heard
    assert [label for label, _ in desk.buttons] == ["Undo", "No more comes"]
    assert "state\topen → cancelled" in desk.presses("No more comes")


def test_one_line_of_an_order_can_be_called_off_alone_and_taken_back(desk: Desk) -> None:
    stocks(desk, CUP=1, POT=2)
    predict(desk.database, {"CUP": {}, "POT": {}})
    desk.says("/inventory order CUP 39")
    desk.says("/inventory order POT 38")
    assert "ordered\t39 → 0" in desk.says("/inventory calloff p1 cup")
    assert "Cup" not in desk.says("/inventory incoming")
    assert "ordered\t0 → 39" in desk.says("/inventory undo")
    assert "Cup: 0 of 39 came" in desk.says("/inventory incoming")
    assert "state\topen → cancelled" in desk.says("/inventory calloff P1")
    assert "state\tcancelled → open" in desk.says("/inventory undo")
    assert "Pot: 0 of 38 came" in desk.says("/inventory incoming")


def test_a_line_is_not_taken_back_into_an_order_that_was_called_off_since(desk: Desk) -> None:
    stocks(desk, CUP=1, POT=2)
    predict(desk.database, {"CUP": {}, "POT": {}})
    desk.says("/inventory order CUP 39")
    desk.says("/inventory order POT 38")
    desk.says("/inventory calloff P1 CUP")
    undo = desk.buttons[0][1]
    desk.says("/inventory calloff P1")
    assert "the state is no longer open, it is cancelled" in desk.presses_choice(undo)
    desk.says("/inventory undo")
    assert "ordered\t0 → 39" in desk.presses_choice(undo)
    assert "Cup: 0 of 39 came" in desk.says("/inventory incoming")


def test_a_line_that_is_taken_back_into_an_order_that_was_only_empty_opens_it(desk: Desk) -> None:
    stocks(desk, CUP=1, POT=2)
    predict(desk.database, {"CUP": {}, "POT": {}})
    desk.says("/inventory order CUP 39")
    desk.says("/inventory order POT 38")
    ordering = desk.buttons[0][1]
    desk.says("/inventory calloff P1 CUP")
    undo = desk.buttons[0][1]
    desk.presses_choice(ordering)
    assert "Nothing is on its way" in desk.says("/inventory incoming")
    assert "ordered\t0 → 39" in desk.presses_choice(undo)
    assert "Cup: 0 of 39 came" in desk.says("/inventory incoming")


def test_why_and_the_list_suggest_alike(desk: Desk) -> None:
    stocks(desk, CUP=1, POT=2)
    predict(desk.database, {"CUP": {"weekly_demand": 14}, "POT": {}})
    desk.says("/inventory supplier CLAYBIRD minimum 90")
    assert "order 52" in desk.says("/inventory reorder")
    assert "39 are missing up to the level: order 52, 13 of them for the minimum." in desk.says("/inventory why CUP")
    assert "order 38." in desk.says("/inventory why POT")
    desk.says("/inventory order POT 70")
    assert "order 39" in desk.says("/inventory reorder")
    assert "order 39." in desk.says("/inventory why CUP")
    desk.says("/inventory snooze CUP")
    assert "order 39." in desk.says("/inventory why CUP")


def test_a_restock_without_an_order_is_one_like_any_other(desk: Desk) -> None:
    heard = desk.says("/inventory restock MUG-RED 5")
    assert "of them are of order" not in heard
    assert desk.number("SELECT count(*) FROM shop.purchase_receipt") == 0


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("order", "Which product?"),
        ("order MUG-RED", "How many?"),
        ("order MUG-RED many", "not a whole number"),
        ("order MUG-RED 0", "not between 1"),
        ("order NOTHING 5", "There is no product"),
        ("order MUG-RED 5", "need not be ordered any more: 10 are on the shelf"),
        ("calloff", "Which order?"),
        ("calloff soon", "Which order?"),
        ("calloff P99", "There is no order P99"),
        ("calloff 99999999999999999999", "Which order?"),
        ("snooze", "Which product?"),
        ("why", "Which product?"),
        ("supplier", "Which supplier?"),
        ("supplier NOBODY lead 3", "No product comes from “NOBODY”"),
        ("supplier S price 3", "“price” is nothing that is agreed"),
        ("supplier S lead soon", "not a whole number"),
        ("supplier S lead -1", "not between 0"),
        ("supplier S lead 731", "is no lead time"),
        ("supplier S pack 0", "not between 1"),
        ("supplier S minimum 1.5", "not a whole number"),
        ("supplier S amount lots", "not an amount of money"),
        ("supplier S lead 1 lead 2", "twice"),
        ("incoming 0", "not a page number"),
        ("overstock x", "not a page number"),
        ("suppliers x", "not a page number"),
    ],
)
def test_odd_input_is_answered_with_what_is_right(desk: Desk, said: str, why: str) -> None:
    predict(desk.database, {"MUG-RED": {"reorder_point": 3}})
    assert why in desk.says(f"/inventory {said}")
    assert desk.entries() == []


def test_terms_of_a_supplier_change_what_is_suggested_and_can_be_undone(desk: Desk) -> None:
    due(desk)
    assert "S · 1 product\tlead time as usual" in desk.says("/inventory suppliers")
    assert "lead time in days\tas usual" in desk.says("/inventory supplier s")
    heard = desk.says("/inventory supplier S lead 10 minimum=50 amount $100 pack 12 name Stone & Clay")
    assert "lead time in days\tas usual → 10" in heard
    assert "least pieces of an order\tnone → 50" in heard
    assert "name\tnone → Stone & Clay" in heard
    undo = desk.buttons[0][1]
    heard = desk.says("/inventory reorder")
    assert "Stone & Clay: 60 pieces, $240.00" in heard
    assert "order 60 (5 × 12)" in heard
    assert "a delivery takes 10 days; 24 are for the minimum" in heard
    assert "packs of 12, at least 50 pieces, at least $100.00" in desk.says("/inventory suppliers")
    assert "Nothing was changed" in desk.says("/inventory supplier S lead 10 days")
    assert "lead time in days\t10 → as usual" in desk.presses_choice(undo)
    assert "order 30" in desk.says("/inventory reorder")
    desk.says("/inventory supplier S lead 10")
    undo = desk.buttons[0][1]
    desk.says("/inventory supplier S lead 12")
    assert "the lead is no longer 10, it is 12" in desk.presses_choice(undo)


def test_the_history_of_an_order_and_of_a_supplier_tells_who_did_what(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 30")
    desk.says("/inventory restock MUG-RED 10")
    desk.says("/inventory supplier S lead 10")
    heard = desk.says("/inventory history P1").splitlines()
    assert heard[0] == "P1"
    assert heard[1].endswith("you · receive · MUG-RED · received 0 → 10 (#4)")
    assert heard[2].endswith("you · order · MUG-RED · ordered 0 → 30 (#2)")
    assert "you · set · lead time in days as usual → 10" in desk.says("/inventory history s")
    assert "There is no product “P9”" in desk.says("/inventory history P9")


def test_a_supplier_whose_id_holds_spaces_is_named_by_all_of_it(desk: Desk) -> None:
    desk.says("/inventory set MUG-RED supplier Clay Bird Ltd")
    assert "lead time in days\tas usual → 3" in desk.says("/inventory supplier clay bird ltd lead 3")


def test_a_snoozed_product_is_silent_for_a_week_unless_it_is_undone(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory reorder")
    assert "I say nothing more of Red Mug until May 19" in desk.presses("1: snooze")
    undo = desk.buttons[0][1]
    assert "Nothing is to be reordered" in desk.says("/inventory reorder")
    assert "silent until\tMay 19" in desk.says("/inventory why MUG-RED")
    desk.clock.passes(days=7)
    assert "order 30" in desk.says("/inventory reorder")
    desk.says("/inventory snooze MUG-RED")
    assert "Nothing is to be reordered" in desk.says("/inventory reorder")
    assert "cannot be undone: the silent until is no longer" in desk.presses_choice(undo)
    desk.says("/inventory undo")
    assert "order 30" in desk.says("/inventory reorder")


def test_why_tells_all_that_a_suggestion_is_made_of(desk: Desk) -> None:
    predict(desk.database, {"MUG-RED": {"lost_weekly": 1.25}})
    desk.says("/inventory supplier S pack 8")
    heard = desk.says("/inventory why mug-red")
    for row in (
        "on the shelf\t10",
        "on its way\t0",
        "sold a week\t7",
        "of that not had\t1.2",
        "lasts\t10 days",
        "until a delivery comes\t14 days",
        "to be had\t95%",
        "class\tAX",
        "ordered at or below\t20",
        "ordered up to\t40",
        "30 are missing up to the level, in packs of 8: order 32.",
    ):
        assert row in heard
    assert "on order P1" in desk.presses("Order 32")
    assert "with what is on its way there is enough" in desk.says("/inventory why MUG-RED")


def test_what_lies_too_long_is_listed_by_the_money_in_it(desk: Desk) -> None:
    stocks(desk, SLOW=100, NEW=50, OLD=30, QUICK=20)
    predict(
        desk.database,
        {
            "SLOW": {"weekly_demand": 7, "abc": "C", "xyz": "Z"},
            "OLD": {"weekly_demand": 0},
            "NEW": {"weekly_demand": 0},
        },
    )
    with desk.unit_of_work() as uow:
        uow.people.remember_email(make_order().hashed_email, "ada@example.com", NOW)
        place(uow, {"OLD": 1})
        uow.connection.execute(text("UPDATE shop.orders SET placed_at = :at"), {"at": NOW - timedelta(days=200)})
        uow.connection.execute(
            text("UPDATE shop.stock_movement SET at = :at WHERE product_id = 'OLD'"), {"at": NOW - timedelta(days=300)}
        )
        uow.commit()
    heard = desk.says("/inventory overstock").splitlines()
    assert heard[1] == "1. Slow · SLOW · CZ · 100 left · lasts 100 days\t$500.00"
    assert heard[2] == "2. Old · OLD · AX · 29 left · lasts for ever, nothing sold since Oct 24, 2025\t$145.00"
    assert heard[3] == "1 to 2 of 2"


def test_dead_stock_is_told_of_before_any_prediction(desk: Desk) -> None:
    desk.clock.passes(days=200)
    heard = desk.says("/inventory overstock")
    assert "lists only what nobody bought in half a year" in heard
    assert "Red Mug · MUG-RED · 10 left · nothing sold since May 12" in heard


@pytest.mark.parametrize("word", ["reorder", "order MUG-RED 3", "snooze MUG-RED", "supplier S lead 3", "calloff P1"])
def test_support_is_refused_and_that_is_noted(desk: Desk, word: str) -> None:
    due(desk)
    assert "needs the role admin" in desk.says(f"/inventory {word}", "U7", groups=("S9",))
    assert desk.number("SELECT count(*) FROM shop.purchase_order") == 0
    assert desk.entries()[0].subject == f"/inventory {word.split(maxsplit=1)[0]}"


def test_a_button_is_refused_like_what_is_typed(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory reorder")
    assert "needs the role admin" in desk.presses("1: order", "U7")
    assert desk.number("SELECT count(*) FROM shop.purchase_order") == 0


@pytest.mark.parametrize(
    "arg", ["", "MUG-RED", "MUG-RED -3", "MUG-RED 99999999", "NOTHING 3", "MUG-RED 3 3", "'; DROP TABLE 3"]
)
def test_made_up_buttons_do_no_harm(desk: Desk, arg: str) -> None:
    due(desk)
    assert desk.presses_choice(Choice(verb=Verb.INV_ORDER, arg=arg))
    assert desk.number("SELECT count(*) FROM shop.purchase_order") == 0


def test_what_a_line_costs_is_what_it_cost_when_it_was_ordered(desk: Desk) -> None:
    due(desk)
    desk.says("/inventory order MUG-RED 30")
    desk.says("/inventory set MUG-RED cost 9")
    assert "Red Mug: 0 of 30 came\t$120.00" in desk.says("/inventory incoming")
    assert desk.product("MUG-RED").wholesale_cost == Decimal(9)
