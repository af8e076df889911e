"""Things that come in variants: what is missing is asked with what is there, and words of options mean them.

Told over the demo shop, and over things of other trades that no rule was made for.
"""

from pathlib import Path

import pytest

from storage.unit_of_work import PostgresUnitOfWork
from tests.support.stage import START, Customer, Stage

PRODUCTS = Path(__file__).parents[2] / "demo" / "products.csv"
KEYBOARDS = {
    f"switch type={switch};backlight={light};size={size}": (price, 0 if (switch, light, size) == GONE else 7)
    for GONE in [("clicky", "none", "full size")]
    for switch in ("clicky", "linear", "tactile")
    for light in ("RGB", "none")
    for size, price in (("full size", "129.00"), ("80%", "99.00"), ("60%", "89.50"))
}
PUZZLES = {
    f"pieces={pieces};theme={theme};difficulty level={level}": (price, 6)
    for pieces, level, price in (
        ("500", "beginner", "9.00"),
        ("1000", "intermediate", "13.00"),
        ("2000", "expert", "22.00"),
    )
    for theme in ("animals", "art")
}
PHONES = {
    f"storage={storage};colour={colour}": (price, 4)
    for storage, price in (("64 GB", "299.00"), ("128 GB", "349.00"), ("1 TB", "699.00"))
    for colour in ("grey", "rose gold")
}


@pytest.fixture
def demo(shop: Stage) -> Stage:
    """The shop sells what the demo sells."""
    with PostgresUnitOfWork(shop.database) as uow:
        uow.stock_room.load(PRODUCTS.read_text(encoding="utf-8"), file="products.csv", actor="story", now=START)
        uow.commit()
    return shop


@pytest.fixture
def carla(demo: Stage) -> Customer:
    return demo.customer("carla").knows_contact()


@pytest.fixture
def trade(shop: Stage) -> Stage:
    """The shop sells keyboards, puzzles and phones, too."""
    shop.sells_variants("KB", "Mechanical Keyboard", KEYBOARDS, "electronics")
    shop.sells_variants("PUZ", "Jigsaw Puzzle", PUZZLES, "toys")
    shop.sells_variants("PHONE", "Pocket Phone", PHONES, "electronics")
    return shop


@pytest.fixture
def dan(trade: Stage) -> Customer:
    return trade.customer("dan").knows_contact()


def test_the_missing_options_are_asked_one_by_one_with_what_is_there(carla: Customer) -> None:
    carla.says("a t-shirt please").hears("which color", "[green]", "[navy]", "[rust]").hears_no("Add Fern T-Shirt")
    carla.says("rust").hears("which size", "[S]", "[M]", "[L]").hears_no("[XL]")  # which is sold out
    carla.says("medium").hears("1 × Fern T-Shirt (rust, M)", "$24.00")


def test_buttons_do_the_same_and_an_old_one_does_no_harm(carla: Customer) -> None:
    carla.says("2 fern t-shirts").presses("green").hears("which size").presses("XL")
    carla.hears("2 × Fern T-Shirt (green, XL)", "$52.00")
    carla.presses_old("green", 2).hears("which size")


def test_two_options_at_once_narrow_both_and_all_of_them_go_straight(carla: Customer) -> None:
    carla.says("I'd like 3 t-shirts in green, size L").hears("3 × Fern T-Shirt (green, L)", "$72.00")
    carla.says("a travel flask").says("forest, 500ml").hears("1 × Travel Flask (forest, 500 ml)")


def test_any_takes_what_is_cheapest_there(carla: Customer) -> None:
    carla.says("a gallery frame").says("oak").says("whichever").hears("1 × Gallery Frame (oak, 13 x 18 cm)", "$18.00")


def test_several_things_are_asked_by_name_and_each_stands_there_once(carla: Customer) -> None:
    carla.says("a frame please").hears("Large Oak Picture Frame", "Small Oak Picture Frame", "3. Gallery Frame")
    carla.hears_no("Gallery Frame (")
    carla.says("the gallery one").hears("which material", "[brass]", "[oak]", "[walnut]")


def test_a_card_shows_the_thing_once_and_words_of_options_choose_from_it(carla: Customer) -> None:
    carla.says("how much is the fern t-shirt?").hears("from $24.00", "green, navy, rust", "S, M, L, XL", "[navy]")
    carla.says("is there one in navy, XL?").hears("Fern T-Shirt (navy, XL)", "in stock", "$26.00", "[Add to cart]")
    carla.says("I'll take it").hears("1 × Fern T-Shirt (navy, XL)")


def test_the_thing_itself_is_not_put_into_the_cart_by_it(carla: Customer) -> None:
    carla.says("do you have travel flasks?").hears("Travel Flask", "from $26.00")
    carla.says("I'll take it").hears("which color").says("cream").says("the biggest").hears("Travel Flask (cream, 1 l)")


def test_a_list_names_a_thing_once_with_from_which_price_on(carla: Customer) -> None:
    carla.says("what do you have for $24 to $24.50?").hears("Fern T-Shirt", "$24.00", "[Choose Fern T-Shirt]")
    carla.hears_no("Add Fern T-Shirt").presses("Choose Fern T-Shirt").hears("which color")


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("make the shirt rust", "rust, M"),
        ("in L instead", "green, L"),
        ("the same in navy", "navy, M"),
        ("a size smaller please", "green, S"),
        ("actually, make it extra large", "green, XL"),
        ("swap the green one for a navy one", "navy, M"),
        ("rust rather than green", "rust, M"),
    ],
)
def test_a_line_of_the_cart_becomes_another_variant(carla: Customer, said: str, becomes: str) -> None:
    carla.says("2 green t-shirts in M").hears("2 × Fern T-Shirt (green, M)")
    carla.says(said).hears(f"2 × Fern T-Shirt ({becomes})").hears_no("(green, M)")


def test_of_two_in_the_cart_the_named_one_goes(carla: Customer) -> None:
    carla.says("one green t-shirt in M and one navy in XL").hears("(green, M)", "(navy, XL)")
    carla.says("change the navy one to green").hears("(green, M)", "(green, XL)").hears_no("navy")


def test_what_is_sold_out_offers_the_nearest_and_to_be_told(carla: Customer) -> None:
    carla.says("a navy t-shirt in S").hears("sold out", "Fern T-Shirt (navy, M)", "Fern T-Shirt (green, S)")
    carla.hears("[Tell me when it is back]", "[Take Fern T-Shirt (navy, M)]")
    carla.presses("Take Fern T-Shirt (navy, M)").hears("1 × Fern T-Shirt (navy, M)")


def test_who_waits_for_a_variant_waits_for_just_that(carla: Customer) -> None:
    carla.says("do you have the t-shirt in rust, XL?").hears("sold out")
    carla.says("tell me when it is back").hears("when Fern T-Shirt (rust, XL) is back")


def test_a_value_that_there_is_not_is_said_and_what_there_is(carla: Customer) -> None:
    carla.says("a t-shirt in purple").hears("no Fern T-Shirt like that: purple", "[green]", "[navy]", "[rust]")
    carla.says("green then, in XXL").hears("no Fern T-Shirt like that", "XXL")


def test_how_many_kinds_and_which_values_are_answered(carla: Customer) -> None:
    carla.says("how many kinds of t-shirt do you have?").hears("10 kinds", "2 more are sold out", "green, navy, rust")
    carla.says("which sizes are there in rust?").hears("S, M, L (sold out: XL)")
    carla.says("what colours does the travel flask come in?").hears("cream, forest")


def test_what_there_is_in_a_size_and_in_a_colour_under_a_price(carla: Customer) -> None:
    carla.says("what do you have in size M?").hears("Fern T-Shirt (M)")
    carla.says("anything in navy under $25?").hears("Fern T-Shirt (navy)", "Navy Water Bottle")


def test_what_else_is_in_the_message_stays_with_its_own(carla: Customer) -> None:
    carla.says("order 2 rust t-shirts size m and a red spotty teapot").hears(
        "2 × Fern T-Shirt (rust, M)", "1 × Red Spotty Teapot"
    )
    carla.says("remove the t-shirts").hears("Teapot").hears_no("T-Shirt")


def test_several_variants_of_one_thing_in_one_breath(carla: Customer) -> None:
    carla.says("2 medium and 1 large green t-shirts").hears(
        "2 × Fern T-Shirt (green, M)", "1 × Fern T-Shirt (green, L)"
    )


def test_bigger_than_the_biggest_is_said(carla: Customer) -> None:
    carla.says("a green t-shirt in XL").says("a bigger one").hears("nothing beyond Fern T-Shirt (green, XL)")
    carla.says("show my cart").hears("1 × Fern T-Shirt (green, XL)")


def test_a_placed_order_is_for_the_variant(carla: Customer, demo: Stage) -> None:
    carla.says("order a fern t-shirt in rust, size S").hears("Fern T-Shirt (rust, S)", "[Place order]")
    carla.says("yes").hears("#1001", "Fern T-Shirt (rust, S)")
    assert demo.orders() == 1


def test_options_of_another_trade_go_straight(dan: Customer) -> None:
    dan.says("I want a mechanical keyboard with clicky switches and RGB backlight, full size")
    dan.hears("1 × Mechanical Keyboard (clicky, RGB, full size)", "$129.00")
    dan.says("make it 60 percent").hears("(clicky, RGB, 60%)", "$89.50")


def test_no_backlight_is_a_value_and_the_rest_stays(dan: Customer) -> None:
    dan.says("a linear keyboard, 80%, RGB").says("the same but no backlight").hears("(linear, none, 80%)").hears_no(
        "RGB"
    )


def test_a_combination_that_is_sold_out_offers_what_differs_in_one_option(dan: Customer) -> None:
    dan.says("a clicky keyboard without backlight, full size").hears("sold out", "(clicky, RGB, full size)")
    dan.hears("(linear, none, full size)")


def test_the_cheapest_of_a_kind_and_the_dearest(dan: Customer) -> None:
    dan.says("a pocket phone").says("the cheapest one in rose gold").hears(
        "1 × Pocket Phone (64 GB, rose gold)", "$299"
    )
    dan.says("more storage").hears("(128 GB, rose gold)").says("the most storage").hears("(1 TB, rose gold)", "$699")


def test_spellings_of_a_value_are_one(dan: Customer) -> None:
    dan.says("a pocket phone in gray with 128gb").hears("1 × Pocket Phone (128 GB, grey)")


def test_fewer_and_easier_move_along_what_they_are_about(dan: Customer) -> None:
    dan.says("a 2000-piece jigsaw puzzle with animals").hears("Jigsaw Puzzle (pieces 2000, animals, expert)")
    dan.says("an easier one").hears("(pieces 1000, animals, intermediate)")
    dan.says("fewer pieces").hears("(pieces 500, animals, beginner)")


def test_a_number_that_counts_is_no_value(dan: Customer) -> None:
    dan.says("add 2 jigsaw puzzles").hears("2 × Jigsaw Puzzle", "which pieces").says("1000 pieces").says("art please")
    dan.hears("2 × Jigsaw Puzzle (pieces 1000, art, intermediate)", "$26.00")


def test_recommendations_show_no_two_variants_of_a_thing(dan: Customer, trade: Stage) -> None:
    for options in ("1000 pieces, art", "2000 pieces, animals"):
        dan.says(f"order a jigsaw puzzle with {options}").says("yes")
    dan.says("what is popular?")
    assert dan.heard.count("1 order") <= 2
    assert dan.heard.count("[Add Jigsaw Puzzle") <= 1


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("3 small and 1 large green fern t-shirts", ["3 × Fern T-Shirt (green, S)", "1 × Fern T-Shirt (green, L)"]),
        ("fern t-shirts: 2x L green, 1x XL navy", ["2 × Fern T-Shirt (green, L)", "1 × Fern T-Shirt (navy, XL)"]),
        ("a rust fern t-shirt in S and a green one", ["1 × Fern T-Shirt (rust, S)", "1 × Fern T-Shirt (green, S)"]),
        (
            "one red mug, two green L fern t-shirts and one rust M",
            ["1 × Red Enamel Mug", "2 × Fern T-Shirt (green, L)", "1 × Fern T-Shirt (rust, M)"],
        ),
    ],
)
def test_several_kinds_of_one_thing_in_one_breath(carla: Customer, said: str, lines: list[str]) -> None:
    carla.says(said).hears(*lines).hears_no("which")


def test_what_is_said_of_both_counts_for_both(trade: Stage) -> None:
    customer = (
        trade.customer("carla").knows_contact().says("two 60% keyboards, one tactile and one clicky, both with RGB")
    )
    customer.hears("1 × Mechanical Keyboard (tactile, RGB, 60%)", "1 × Mechanical Keyboard (clicky, RGB, 60%)")


def test_kinds_that_leave_an_option_open_are_asked_one_after_the_other(carla: Customer) -> None:
    carla.says("2 small and 1 large fern t-shirts").hears("2 × Fern T-Shirt (S): which color?", "After that: 1 ×")
    carla.says("green").hears("1 × Fern T-Shirt (L): which color?").says("rust")
    carla.hears("2 × Fern T-Shirt (green, S)", "1 × Fern T-Shirt (rust, L)")


def test_a_number_that_tells_an_option_counts_nothing(trade: Stage) -> None:
    trade.customer("carla").knows_contact().says("the 2000 piece puzzle, art").hears(
        "1 × Jigsaw Puzzle (pieces 2000, art"
    )


def test_one_of_several_becomes_another_variant_and_the_other_one_too(carla: Customer) -> None:
    carla.says("2 fern t-shirts green M").says("make one of them L")
    carla.hears("1 × Fern T-Shirt (green, M)", "1 × Fern T-Shirt (green, L)").says("and the other one in navy")
    carla.hears("1 × Fern T-Shirt (navy, M)", "1 × Fern T-Shirt (green, L)")


def test_too_adds_and_instead_swaps(carla: Customer) -> None:
    carla.says("a green fern t-shirt in L").says("the same in M too")
    carla.hears("1 × Fern T-Shirt (green, L)", "1 × Fern T-Shirt (green, M)").says("the M one in rust instead")
    carla.hears("1 × Fern T-Shirt (green, L)", "1 × Fern T-Shirt (rust, M)")
