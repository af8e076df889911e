"""What belongs together is taken together: parts of a total, a number and the name it stands in, what was shown."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("four enamel mugs, 2 red 2 blue, plus 3 linen aprons", {"MUG-RED": 2, "MUG-BLU": 2, "APRON": 3}),
        ("two enamel mugs, one red one blue, and the apron too", {"MUG-RED": 1, "MUG-BLU": 1, "APRON": 1}),
        ("glass teapot! and 2 fern greeting cards!", {"TEAPOT": 1, "CARD-FERN": 2}),
        ("2 red enamel mugs and 1 blue enamel mug", {"MUG-RED": 2, "MUG-BLU": 1}),
        ("2 red enamel mugs and the green stoneware mug", {"MUG-RED": 2, "MUG-GRN": 1}),
        ("2 glass teapots and a linen apron", {"TEAPOT": 2, "APRON": 1}),
        ("3 fern greeting cards, glass teapot, linen apron", {"CARD-FERN": 3, "TEAPOT": 1, "APRON": 1}),
        ("add 2 red enamel mugs, I thought of the apron but no", {"MUG-RED": 2}),
        ("I have guests coming, put 6 red enamel mugs in my basket", {"MUG-RED": 6}),
        ("half a dozen enamel mugs, half red half blue", {"MUG-RED": 3, "MUG-BLU": 3}),
    ],
)
def test_an_order_in_parts(bob: Customer, said: str, cart: dict[str, int]) -> None:
    bob.says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == cart


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("two more of each please", {"MUG-RED": 4, "APRON": 3}),
        ("it should be 5 of each", {"MUG-RED": 5, "APRON": 5}),
        ("make it 3 and add a glass teapot", {"MUG-RED": 2, "APRON": 3, "TEAPOT": 1}),
        ("one red mug will do", {"MUG-RED": 1, "APRON": 1}),
        ("enamel only 1", {"MUG-RED": 1, "APRON": 1}),
        ("lol too much, drop the apron", {"MUG-RED": 2}),
        ("nah forget the apron", {"MUG-RED": 2}),
        ("you know what, the apron... my sister found hers. Take it off please", {"MUG-RED": 2}),
        ("Please delete the apron from my basket, I am not allowed to take it with me", {"MUG-RED": 2}),
        ("don't take the apron out", {"MUG-RED": 2, "APRON": 1}),
        ("why are there 2 red mugs in my cart", {"MUG-RED": 2, "APRON": 1}),
        ("if the apron is not washable remove it", {"MUG-RED": 2, "APRON": 1}),
        ("we are 3 now", {"MUG-RED": 2, "APRON": 1}),
        ("I don't want to undo that", {"MUG-RED": 2, "APRON": 1}),
        ("replace one red mug with a glass teapot", {"MUG-RED": 1, "APRON": 1, "TEAPOT": 1}),
        ("I'd like the enamel mug in blue", {"MUG-RED": 2, "APRON": 1, "MUG-BLU": 1}),
        ("in my cart: 2 red mugs, what's the total?", {"MUG-RED": 2, "APRON": 1}),
        ("I have 2 red mugs in my basket, what is that in all?", {"MUG-RED": 2, "APRON": 1}),
    ],
)
def test_a_change_of_what_is_there(bob: Customer, said: str, cart: dict[str, int]) -> None:
    bob.says("add 2 red enamel mugs").says("add a linen apron").says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == cart


def test_half_and_half(bob: Customer) -> None:
    bob.says("7 enamel mugs").hears("which one do you mean").says("half red, half blue")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 4, "MUG-BLU": 3}


def test_half_of_what_nobody_knows_is_no_half(bob: Customer) -> None:
    bob.says("7 enamel mugs").says("half red, half turquoise")
    assert bob.answer is not None
    assert bob.answer.state.cart == {}


@pytest.mark.parametrize(
    "said", ["red is ugly", "i already have a red one", "not the red one", "i had a blue one once"]
)
def test_who_tells_of_an_option_has_not_chosen_it(bob: Customer, said: str) -> None:
    bob.says("an enamel mug").hears("which one do you mean").says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == {}


def test_a_number_before_a_name_counts_it(bob: Customer, shop: Stage) -> None:
    shop.sells("TENT-1", "119.00", 9, name="Trekking Tent 1 Person")
    shop.sells("TENT-2", "159.00", 9, name="Trekking Tent 2 Person")
    bob.says("2 trekking tents").hears("2 × “trekking tents”: which one do you mean")


def test_fewer_of_something_are_some(bob: Customer) -> None:
    bob.says("add 4 red enamel mugs").says("fewer mugs please")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 4}


def test_a_note_beside_an_order_is_noted(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs and could you put a gift note in saying happy camping?")
    bob.hears("2 × Red Enamel Mug", "noted for the parcel", "happy camping").hears_no("did not do")


def test_what_was_shown_two_answers_ago_can_be_meant(bob: Customer) -> None:
    bob.says("do you have enamel mugs?").says("and lunch bags?").hears("Fox Lunch Bag").says("ok, the blue one please")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-BLU": 1}


def test_a_number_beside_a_word_of_the_name_is_the_name(bob: Customer, shop: Stage) -> None:
    shop.sells("TOM-100", "2.90", 300, name="Cherry Tomato Seeds Sweet 100")
    shop.sells("DRESS-38", "60.00", 90, name="Wrap Dress 38")
    shop.sells("DRESS-40", "60.00", 90, name="Wrap Dress 40")
    bob.says("add cherry tomato seeds sweet 100").says("and the wrap dress in 40 please")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"TOM-100": 1, "DRESS-40": 1}


def test_a_pair_of_what_is_sold_as_a_pair_is_one(bob: Customer, shop: Stage) -> None:
    shop.sells("CLIPS", "2.80", 90, name="Trouser Clips Pair")
    bob.says("add a pair of trouser clips")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"CLIPS": 1}


def test_which_of_a_kind_there_are_shows_all(bob: Customer, shop: Stage) -> None:
    shop.sells("PLUG", "12.00", 9, name="Smart Plug")
    shop.sells("PLUG-3", "32.00", 9, name="Smart Plug 3-pack")
    shop.sells("TENT-1", "119.00", 9, name="Trekking Tent 1 Person")
    shop.sells("TENT-2", "159.00", 9, name="Trekking Tent 2 Person")
    bob.says("which smart plugs do you have?").hears("Smart Plug 3-pack")
    bob.says("do you have trekking tents 2 persons?").hears("Trekking Tent 2 Person")
    bob.hears_no("Trekking Tent 1 Person")


def test_a_smaller_one_instead(bob: Customer, shop: Stage) -> None:
    shop.sells("KNIFE-16", "20.00", 9, name="Chef's Knife 16 cm")
    shop.sells("KNIFE-20", "30.00", 9, name="Chef's Knife 20 cm")
    shop.sells("KNIFE-24", "40.00", 9, name="Chef's Knife 24 cm")
    bob.says("add the chef's knife 24 cm").says("hmm, rather the smaller chef's knife instead")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"KNIFE-20": 1}


def test_an_order_that_is_refused_goes_nowhere(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs").says("don't order anything yet").hears_no("e-mail")
    assert bob.answer is not None
    assert (bob.answer.state.cart, bob.answer.state.asked) == ({"MUG-RED": 2}, "checkout")


def test_emptying_all_but_one(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs").says("add a linen apron").says("empty the cart").says("yes except the mugs")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 2}


def test_one_of_several_in_another_colour(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs").says("one of them blue instead actually")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 1, "MUG-BLU": 1}


def test_the_same_in_another_size(bob: Customer, shop: Stage) -> None:
    for size in ("38", "40", "42"):
        shop.sells(f"SLIP-{size}", "30.00", 90, name=f"Felt Slippers Grey {size}")
        shop.sells(f"DRESS-{size}", "60.00", 90, name=f"Wrap Dress Floral {size}")
    bob.says("add the felt slippers grey 42").says("and the same in 38 for me")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"SLIP-42": 1, "SLIP-38": 1}


def test_the_middle_one_of_a_kind(bob: Customer, shop: Stage) -> None:
    for size, price in (("20", "20.00"), ("24", "25.00"), ("28", "30.00")):
        shop.sells(f"PAN-{size}", price, 9, name=f"Frying Pan {size} cm")
    bob.says("do you have frying pans?").says("the middle one please")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"PAN-24": 1}


def test_a_measure_is_no_name(bob: Customer, shop: Stage) -> None:
    shop.sells("TIN-12", "15.00", 9, name="Muffin Tin 12 Cups")
    shop.sells("CUPS", "3.00", 9, name="Paper Baking Cups")
    bob.says("add a muffin tin 12 cups").says("add the paper baking cups").says("actually 3 packs of the cups")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"TIN-12": 1, "CUPS": 3}


def test_a_measure_in_words(bob: Customer, shop: Stage) -> None:
    shop.sells("PRESS-1", "30.00", 9, name="Coffee Press 1 l")
    shop.sells("PRESS-3", "20.00", 9, name="Coffee Press 350 ml")
    bob.says("one coffee press, the one litre one please")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"PRESS-1": 1}


def test_a_list_with_a_name_below_it(bob: Customer) -> None:
    bob.says("for our café:\n- 24 x red enamel mug\n- 3 linen aprons\nThanks, Bea").hears_no("could not find", "Bea")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 24, "APRON": 3}


def test_a_number_behind_a_question(bob: Customer) -> None:
    bob.says("do you have the glass teapot? I take 2").hears_no("did not do")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"TEAPOT": 2}


def test_whether_it_went_through(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("did it go through?").hears("Order #1001", "placed")


def test_cancelling_that_is_only_thought_of_is_asked(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("hmm I think I want to cancel this order").hears("Cancel order #1001?")
    assert shop.orders() == 1


def test_what_the_reader_surely_takes_back_is_undone(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs").says("add a linen apron").says("oh dear, put it back how it was")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 2}


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("scratch that, two glass teapots", {"MUG-RED": 2, "TEAPOT": 2}),
        ("you know what, forget it, leave the apron", {"MUG-RED": 2}),
    ],
)
def test_the_last_thing_is_taken_back_for_another(bob: Customer, said: str, cart: dict[str, int]) -> None:
    bob.says("add 2 red enamel mugs").says("add a linen apron").says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == cart


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("change two red mugs to blue", {"MUG-RED": 2, "MUG-BLU": 2, "APRON": 1}),
        ("make 2 of the enamel mugs blue", {"MUG-RED": 2, "MUG-BLU": 2, "APRON": 1}),
        ("one of the enamel mugs in blue", {"MUG-RED": 3, "MUG-BLU": 1, "APRON": 1}),
        ("instead of one red mug i want a glass teapot", {"MUG-RED": 3, "APRON": 1, "TEAPOT": 1}),
        ("double everything except the mugs", {"MUG-RED": 4, "APRON": 2}),
    ],
)
def test_a_part_of_what_is_there(bob: Customer, said: str, cart: dict[str, int]) -> None:
    bob.says("add 4 red enamel mugs").says("add a linen apron").says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == cart


def test_a_colour_that_is_taken_back_is_replaced(bob: Customer) -> None:
    bob.says("add a red enamel mug").says("she now says blue, sorry")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-BLU": 1}


def test_a_bound_narrows_the_list_that_was_shown(bob: Customer) -> None:
    bob.says("show me lunch bags under 20 dollars").hears("Fox Lunch Bag").says("under 9 though")
    bob.hears("Racing Cars Lunch Bag").hears_no("Fern Greeting Card")
    bob.says("anything under 9").hears("Fern Greeting Card")
