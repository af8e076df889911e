"""`/inventory` through the engine: looking, writing, undoing, conflicts, and everything typed wrongly."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.events import StockFell
from tests.support.desk import Desk, Impatient
from tests.support.factories import make_product
from tests.support.shop import NOW, stock_mugs
from tests.support.stocking import create_product, edit_product, restock

ALLOWED = "slack:U2"


@pytest.fixture
def desk(engine: Database) -> Desk:
    stock_mugs(engine)
    return Desk(engine)


def fill_shelves(desk: Desk, products: int) -> None:
    with desk.unit_of_work() as uow:
        uow.connection.execute(
            text("""
                INSERT INTO shop.product (product_id, name, category, wholesale_cost, sale_price, supplier_id, quantity)
                SELECT 'P-' || lpad(CAST(n AS text), 5, '0'), 'Thing number ' || n, 'things', 1, 2, 'S', n
                FROM generate_series(1, :products) AS n
            """),
            {"products": products},
        )
        uow.commit()


def test_without_words_there_is_help_with_an_example(desk: Desk) -> None:
    assert "For example: /inventory set MUG-RED price 12.50" in desk.says("/inventory")
    assert "I do not know “dance”" in desk.says("/inventory dance now")


def test_lists_are_paged(desk: Desk) -> None:
    fill_shelves(desk, 25)
    heard = desk.says("/inventory list")
    assert "MUG-RED · Red Mug · 10\t$12.00" in heard
    assert "1 to 10 of 26" in heard
    assert "11 to 20 of 26" in desk.presses("More")
    assert "21 to 26 of 26" in desk.presses("More")
    assert desk.buttons == []
    assert "There is no such page." in desk.says("/inventory list 9")


@pytest.mark.parametrize("page", ["0", "-1", "two", "1.5", "99999999999999999999", "²"])
def test_odd_page_numbers_are_answered_with_the_right_form(desk: Desk, page: str) -> None:
    assert "Use: /inventory list [PAGE]" in desk.says(f"/inventory list {page}")


@pytest.mark.parametrize("phrase", ["red mug", "RED", "mug-r", "Redd Mug", "%' OR 1=1 --"])
def test_finding_looks_into_ids_and_names_and_forgives_a_slip(desk: Desk, phrase: str) -> None:
    assert ("MUG-RED" in desk.says(f"/inventory find {phrase}")) is ("%" not in phrase)


def test_findings_are_paged_and_hold_removed_products(desk: Desk) -> None:
    fill_shelves(desk, 12)
    desk.says("/inventory remove P-00012")
    assert "1 to 10 of 12" in desk.says("/inventory find thing")
    assert "removed" in desk.presses("More")


def test_a_product_is_shown_whatever_the_case_of_its_id(desk: Desk) -> None:
    heard = desk.says("/inventory show mug-red")
    assert "Red Mug · MUG-RED" in heard
    assert "price\t$12.00" in heard
    assert [label for label, _ in desk.buttons] == ["Edit", "Restock", "Remove", "History"]


def test_an_unknown_id_names_the_closest(desk: Desk) -> None:
    assert "Did you mean: Red Mug · MUG-RED?" in desk.says("/inventory show MUG-RDE")
    assert "Red Mug · MUG-RED" in desk.presses("MUG-RED")
    assert "There is no product “zzzz”" in desk.says("/inventory set zzzz price 3")


def test_a_change_shows_before_and_after_and_its_undo_brings_it_back_once(desk: Desk) -> None:
    assert "price\t$12.00 → $12.50" in desk.says("/inventory set mug-red price 12.50")
    undo = desk.buttons[0][1]
    assert desk.product("MUG-RED").sale_price == Decimal("12.50")
    assert "price\t$12.50 → $12.00" in desk.presses_choice(undo)
    assert desk.product("MUG-RED").sale_price == Decimal("12.00")
    assert "was undone before" in desk.presses_choice(undo)
    assert desk.product("MUG-RED").sale_price == Decimal("12.00")
    assert [entry.action for entry in desk.entries()] == ["set", "undo"]
    assert desk.entries()[0].actor == "slack:U1"


def test_the_pieces_in_a_pack_are_a_field_like_every_other(desk: Desk) -> None:
    assert "pack size\t1" in desk.says("/inventory show MUG-RED")
    assert "pack size\t1 → 6" in desk.says("/inventory set MUG-RED pack_size 6")
    assert desk.product("MUG-RED").pack_size == 6
    assert "pack size 1 → 6" in desk.says("/inventory history MUG-RED")
    assert "pack size\t6 → 1" in desk.says("/inventory undo")
    assert "0 is not between 1 and" in desk.says("/inventory set MUG-RED pack_size 0")
    assert "pack size\t4" in desk.says("/inventory add CUPS price=8 cost=2 pack_size=4")
    assert "pack size" not in desk.says("/inventory add CUP price=2 cost=1")
    assert (desk.product("CUPS").pack_size, desk.product("CUP").pack_size) == (4, 1)
    desk.says("/inventory set CUPS")
    assert desk.reply.form is not None
    assert {field.name: field.value for field in desk.reply.form.fields}["pack_size"] == "4"


def test_a_redelivered_command_has_no_second_effect_and_the_same_answer(desk: Desk) -> None:
    first = desk.says("/inventory restock MUG-RED 5", message_id="x")
    assert desk.says("/inventory restock MUG-RED 5", message_id="x") == first
    assert desk.product("MUG-RED").quantity == 15
    assert "quantity\t15 → 10" in desk.presses("Undo", message_id="y")
    assert desk.says("/inventory restock MUG-RED 5", message_id="x") == first
    assert desk.presses("Undo", message_id="y")
    assert desk.product("MUG-RED").quantity == 10


def test_a_number_behind_low_is_a_mark_and_no_page(desk: Desk) -> None:
    fill_shelves(desk, 25)
    heard = desk.says("/inventory low 3")
    assert "3 or fewer in stock" in heard
    assert [line.split(" · ")[0] for line in heard.splitlines() if line.startswith("P-")] == [
        "P-00001",
        "P-00002",
        "P-00003",
    ]
    assert "1 to 10 of 16" in desk.says("/inventory low 15")
    assert "11 to 16 of 16" in desk.presses("More")
    assert "11 to 16 of 16" in desk.says("/inventory low 15 page 2")
    assert "5 or fewer in stock" in desk.says("/inventory low")
    assert "There is no such page." in desk.says("/inventory low page 2")
    assert "Use: /inventory low [N] [page PAGE]" in desk.says("/inventory low few")


def test_a_change_of_the_stock_may_have_a_reason_which_its_history_shows(desk: Desk) -> None:
    heard = desk.says("/inventory set MUG-RED quantity 9 because  broken in the window")
    assert "quantity\t10 → 9\nbecause broken in the window" in heard
    assert "because found in the cellar" in desk.says("/inventory restock MUG-RED 3 because found in the cellar")
    history = desk.says("/inventory history MUG-RED")
    assert "set · quantity 10 → 9, because broken in the window (#" in history
    assert "restock · quantity 9 → 12, because found in the cellar (#" in history
    assert "quantity\t12 → 9" in desk.says("/inventory undo")
    assert "name\tRed Mug → Just because we can" in desk.says("/inventory set MUG-RED name Just because we can")
    assert "The reason has 201 characters" in desk.says(f"/inventory restock MUG-RED 1 because {'x' * 201}")


def test_an_undo_never_overwrites_a_later_change(desk: Desk) -> None:
    desk.says("/inventory set MUG-RED price 13")
    undo = desk.buttons[0][1]
    desk.says("/parley role grant slack:U2 admin")
    desk.says("/inventory set MUG-RED price 14", "U2")
    heard = desk.presses_choice(undo)
    assert "the price is no longer $13.00, it is $14.00" in heard
    assert "slack:U2 · set · price $13.00 → $14.00" in heard
    assert desk.product("MUG-RED").sale_price == Decimal(14)
    assert desk.entries("undo") == []


def test_an_undone_restock_takes_no_sold_piece_back(desk: Desk) -> None:
    desk.says("/inventory restock MUG-RED 5")
    undo = desk.buttons[0][1]
    with desk.unit_of_work() as uow:
        restock(uow, "MUG-RED", -12, actor="test", now=NOW)
        uow.commit()
    assert "2 pieces could not be taken back" in desk.presses_choice(undo)
    assert desk.product("MUG-RED").quantity == 0
    assert "undone before" in desk.presses_choice(undo)


def test_undo_steps_back_through_ones_own_changes_only(desk: Desk) -> None:
    desk.says("/parley role grant slack:U2 admin")
    desk.says("/inventory set MUG-RED price 13")
    desk.says("/inventory set MUG-RED category kitchen", "U2")
    desk.says("/inventory restock MUG-RED 1")
    assert "quantity\t11 → 10" in desk.says("/inventory undo")
    assert "price\t$13.00 → $12.00" in desk.says("/inventory undo")
    assert "There is no change of yours left to undo" in desk.says("/inventory undo")
    assert desk.product("MUG-RED").category == "kitchen"


@pytest.mark.parametrize("number", ["999", "0", "x", "-1", "99999999999999999999"])
def test_an_undo_of_nothing_is_answered(desk: Desk, number: str) -> None:
    heard = desk.says(f"/inventory undo {number}")
    assert "There is no change" in heard or "Use: /inventory undo" in heard


def test_grants_and_shipments_are_not_undone_like_products(desk: Desk) -> None:
    desk.says("/parley role grant slack:U2 admin")
    assert "cannot be undone here" in desk.says(f"/inventory undo {desk.entries()[0].entry_id}")


def test_a_removed_product_is_kept_and_can_be_brought_back(desk: Desk) -> None:
    assert "state\tin the shop → removed" in desk.says("/inventory remove mug-red")
    assert desk.product("MUG-RED").retired_at == desk.now()
    assert "MUG-RED" not in desk.says("/inventory list")
    assert "was removed before" in desk.says("/inventory remove MUG-RED")
    assert "removed → in the shop" in desk.says("/inventory restore MUG-RED")
    assert "is in the shop" in desk.says("/inventory restore MUG-RED")
    assert "MUG-RED" in desk.says("/inventory list")


def test_undoing_a_removal_is_a_restoring(desk: Desk) -> None:
    desk.says("/inventory remove MUG-RED")
    desk.presses("Undo")
    assert desk.product("MUG-RED").retired_at is None


def test_a_product_is_added_by_text_and_its_undo_removes_it(desk: Desk) -> None:
    desk.says('/inventory add TEA-1 price=3 cost=1 name="Black Tea" description=So a=b? No.')
    assert "“a” is not a field" in desk.heard
    desk.says('/inventory add TEA-1 price=3 cost=1 name="Black Tea" description=Is it=good? Yes.')
    assert "“it” is not a field" in desk.heard
    desk.says('/inventory add TEA-1 price=3 cost=1 name="Black Tea" description=1+1=2.')
    assert desk.product("TEA-1").description == "1+1=2."
    desk.says("/inventory add TEA-2 price=$3.50 cost=1 quantity=1,200 name=“Green Tea” category=tea & coffee")
    assert "name\tGreen Tea\ncategory\ttea & coffee\nprice\t$3.50\ncost\t$1.00\nquantity\t1200" in desk.heard
    made = desk.product("TEA-2")
    assert (made.name, made.category, made.sale_price, made.quantity) == (
        "Green Tea",
        "tea & coffee",
        Decimal("3.50"),
        1200,
    )
    desk.presses("Undo")
    assert desk.product("TEA-2").retired_at is not None
    assert desk.product("TEA-2").quantity == 1200
    assert "1200 at the start" in desk.says("/inventory history TEA-2")


def test_a_taken_id_is_not_added_again_whatever_its_case(desk: Desk) -> None:
    assert "There is a product MUG-RED already" in desk.says("/inventory add mug-red price=1 cost=1")
    assert desk.product("MUG-RED").sale_price == Decimal(12)


def test_a_product_is_added_by_a_form_that_comes_back_with_what_was_wrong(desk: Desk) -> None:
    desk.says("/inventory add")
    blank = desk.reply
    assert blank.form is not None
    assert [field.name for field in blank.form.fields] == (
        "product_id name category price cost quantity pack_size supplier description image group options".split()
    )
    assert "not an amount of money" in desk.fills(blank, product_id="TEA", price="free", cost="1", name="Tea")
    again = desk.reply
    assert again.form is not None
    assert {field.name: field.value for field in again.form.fields}["price"] == "free"
    desk.fills(again, price="3.20")
    assert desk.product("TEA").sale_price == Decimal("3.20")
    assert desk.product("TEA").supplier_id == "UNKNOWN"


def test_of_two_forms_of_one_product_the_second_sees_the_conflict(desk: Desk) -> None:
    desk.says("/parley role grant slack:U2 admin")
    desk.says("/inventory set MUG-RED")
    mine = desk.reply
    desk.says("/inventory set MUG-RED", "U2")
    theirs = desk.reply
    assert "$12.00 → $13.00" in desk.fills(theirs, "U2", price="13")
    heard = desk.fills(mine, name="Crimson Mug")
    assert "Somebody was faster" in heard
    assert "slack:U2 · set · price $12.00 → $13.00" in heard
    assert desk.product("MUG-RED").name == "Red Mug"
    assert "Red Mug → Crimson Mug" in desk.fills(desk.reply, name="Crimson Mug")
    assert desk.product("MUG-RED").sale_price == Decimal(13)


def test_a_conflict_with_a_change_outside_the_chat_is_seen_too(desk: Desk) -> None:
    desk.says("/inventory set MUG-RED")
    mine = desk.reply
    with desk.unit_of_work() as uow:
        uow.products.save([replace(uow.products.get(["MUG-RED"])["MUG-RED"], sale_price=Decimal(15))])
        uow.commit()
    assert "an import or another program" in desk.fills(mine, price="13")


def test_an_order_between_form_and_saving_does_not_give_pieces_back(desk: Desk) -> None:
    desk.says("/inventory set MUG-RED")
    mine = desk.reply
    with desk.unit_of_work() as uow:
        restock(uow, "MUG-RED", -2, actor="test", now=NOW)
        uow.commit()
    desk.fills(mine, price="13")
    assert desk.product("MUG-RED").quantity == 8
    desk.says("/inventory set MUG-RED")
    mine = desk.reply
    with desk.unit_of_work() as uow:
        restock(uow, "MUG-RED", -1, actor="test", now=NOW)
        uow.commit()
    assert "the stock moved from 8 to 7" in desk.fills(mine, quantity="20")
    assert desk.product("MUG-RED").quantity == 7


def test_while_somebody_else_holds_the_product_nothing_is_changed_and_it_is_said(desk: Desk) -> None:
    with desk.unit_of_work() as other:
        other.products.lock(["MUG-RED"])
        desk.transaction = Impatient
        assert "Try again in a moment" in desk.says("/inventory set MUG-RED price 13")
    assert "$12.00 → $13.00" in desk.says("/inventory set MUG-RED price 13")
    assert len(desk.entries()) == 1


def test_values_that_came_by_file_and_no_form_would_take_do_not_stand_in_the_way(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        mug = uow.products.get(["MUG-RED"])["MUG-RED"]
        edit_product(uow, replace(mug, description="long " * 500, image_url="mug.png"))
        uow.commit()
    desk.says("/inventory set MUG-RED")
    assert "price\t$12.00 → $13.00" in desk.fills(desk.reply, price="13")
    assert len(desk.product("MUG-RED").description) == 2500


def test_a_form_with_the_same_values_changes_nothing(desk: Desk) -> None:
    desk.says("/inventory set MUG-RED")
    assert "Nothing was changed" in desk.fills(desk.reply)
    assert desk.entries() == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("set MUG-RED price -3", "cannot be negative"),
        ("set MUG-RED price abc", "not an amount of money"),
        ("set MUG-RED price 1.234", "3 decimals"),
        ("set MUG-RED price NaN", "not an amount of money"),
        ("set MUG-RED price 1e5", "not an amount of money"),
        ("set MUG-RED price ١٢", "not an amount of money"),
        ("set MUG-RED price 99999999999", "too much"),
        ("set MUG-RED price", "is missing"),
        ("set MUG-RED quantity 1.5", "not a whole number"),
        ("set MUG-RED quantity -1", "not between 0 and 1,000,000"),
        ("set MUG-RED quantity 1000001", "not between 0 and 1,000,000"),
        ("set MUG-RED colour red", "not a field of a product"),
        ("set MUG-RED colour=red", "not a field of a product"),
        ("set MUG-RED price=1 price=2", "twice"),
        ("set MUG-RED name " + "x" * 121, "at most 120"),
        ("set MUG-RED image javascript:alert(1)", "begins with https"),
        ("set", "Which product?"),
        ("restock MUG-RED 0", "not between 1"),
        ("restock MUG-RED -5", "not between 1"),
        ("restock MUG-RED many", "not a whole number"),
        ("restock", "Which product?"),
        ("add NEW price=3", "A cost is missing"),
        ("add NEW cost=3", "A price is missing"),
        ("add price=3 cost=1", "needs an id"),
        ("add TWO WORDS price=3 cost=1", "contains a space"),
        ("add " + "x" * 49 + " price=3 cost=1", "longer than 48"),
        ("remove", "Which product?"),
        ("show", "Which product?"),
        ("find", "What are you looking for?"),
        ("history", "Which product?"),
        ("import", "send me the CSV file"),
    ],
)
def test_bad_input_is_answered_with_the_right_form_and_an_example(desk: Desk, said: str, why: str) -> None:
    heard = desk.says(f"/inventory {said}")
    assert why in heard
    assert "Use: /inventory" in heard
    assert "\nFor example: /inventory" in heard or "/inventory export" in heard
    assert desk.entries() == []
    assert desk.number("SELECT count(*) FROM shop.product") == 1


def test_odd_prices_are_written_with_a_warning(desk: Desk) -> None:
    assert "changed by more than half" in desk.says("/inventory set MUG-RED price 18.01")
    assert "more than half" not in desk.says("/inventory set MUG-RED price 18.50")
    assert "is below the cost" in desk.says("/inventory set MUG-RED cost 20")


def test_ids_with_spaces_and_names_of_fields_in_them_are_understood(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        create_product(uow, make_product(product_id="BLUE NAME TAG"), actor="test", now=NOW)
        create_product(uow, make_product(product_id="BLUE"), actor="test", now=NOW)
        uow.commit()
    desk.says("/inventory show blue name tag")
    desk.presses("Edit")
    assert desk.reply.form is not None
    assert desk.reply.form.title == "Edit BLUE NAME TAG"
    assert "quantity\t10 → 12" in desk.says("/inventory restock blue name tag 2")
    assert desk.product("BLUE").name == ""


def test_history_tells_who_when_from_and_to(desk: Desk) -> None:
    desk.says("/inventory set MUG-RED price 13")
    desk.says("/inventory restock MUG-RED 5")
    heard = desk.says("/inventory history MUG-RED").splitlines()
    assert heard[1].endswith("AM MDT · you · restock · quantity 10 → 15 (#3)")
    assert heard[2].endswith("AM MDT · you · set · price $12.00 → $13.00 (#2)")
    assert heard[3].endswith("test · add · 10 at the start (#1)")
    assert len(heard) == 4


def test_low_lists_the_emptiest_first(desk: Desk) -> None:
    assert "No product is low" in desk.says("/inventory low")
    fill_shelves(desk, 7)
    heard = desk.says("/inventory low").splitlines()
    assert heard[1].startswith("P-00001")
    assert "1 to 5 of 5" in heard[-1]


def test_the_low_mark_is_told_once_at_the_crossing_and_again_after_a_restock(desk: Desk) -> None:
    for quantity in (6, 5, 4, 0):
        desk.says(f"/inventory set MUG-RED quantity {quantity}")
    assert desk.events == [StockFell(product_id="MUG-RED", quantity=5), StockFell(product_id="MUG-RED", quantity=0)]
    desk.says("/inventory restock MUG-RED 20")
    desk.says("/inventory set MUG-RED quantity 3")
    assert desk.events[2:] == [StockFell(product_id="MUG-RED", quantity=3)]


def test_nothing_that_is_typed_breaks_anything(desk: Desk) -> None:
    for odd in (
        "\x00",
        "\ud83d",
        "🦊" * 3000,
        "'; DROP TABLE shop.product; --",
        "{{7*7}}",
        "%s%n",
        "\u202eabc",
        "=",
        "| |",
    ):
        for word in ("find", "show", "set", "add", "restock", "history", "undo", "list", "remove", ""):
            assert desk.says(f"/inventory {word} {odd}")
            assert desk.says(f"/inventory {word} {odd} name={odd}")
        assert desk.says(f"/orders {odd}")
        assert desk.says(f"/parley role grant {odd}")
        assert desk.says(f"/inventory import {odd}", file=odd)
    assert desk.product("MUG-RED").quantity == 10


def test_ten_thousand_products_are_answered_at_once(desk: Desk) -> None:
    fill_shelves(desk, 10_000)
    for said in ("list", "list 900", "find thing number 9", "show p-09999", "low", "set p-09999 price 3", "undo"):
        started = time.perf_counter()
        desk.says(f"/inventory {said}")
        assert time.perf_counter() - started < 10, said  # not one by one
