"""What a customer says they do not want is not bought and not asked about."""

import pytest

from tests.support.stage import Customer, Stage

NEGATED = [
    "and no teapot",
    "but no glass teapot",
    "without the teapot",
    "but not the teapot",
    "and don't add the teapot",
    ", no need for a teapot",
    ", I don't want the teapot",
]


@pytest.mark.parametrize("negated", NEGATED)
def test_the_negated_half_of_an_order_is_left_out_and_said(bob: Customer, negated: str) -> None:
    bob.says(f"2 red enamel mugs {negated}").hears("2 × Red Enamel Mug", "teapot").hears_no("× Glass Teapot", "× “")
    bob.says("show my cart").hears("2 × Red Enamel Mug").hears_no("teapot")


@pytest.mark.parametrize(
    "said",
    [
        "don't add the teapot",
        "I don't want mugs",
        "not the blue mug",
        "no need for a lunch bag",
        "no teapot please",
        "everything except the teapot",
        "without the recipe box",
    ],
)
def test_alone_it_buys_nothing(bob: Customer, said: str) -> None:
    bob.says(said)
    bob.says("show my cart").hears("cart is empty")


@pytest.mark.parametrize("said", ["don't add the teapot", "never mind the teapot", "no glass teapot"])
def test_it_leaves_the_rest_of_the_cart_alone(bob: Customer, said: str) -> None:
    bob.says("add 2 red enamel mugs").says(said)
    bob.says("show my cart").hears("2 × Red Enamel Mug", "$24.00").hears_no("Teapot")


@pytest.mark.parametrize(
    "said", ["yes but without the teapot", "everything except the teapot", "I don't want the teapot", "yes, no teapot"]
)
def test_at_the_card_it_is_taken_out_and_nothing_is_placed(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs and a glass teapot").says(said)
    assert shop.orders() == 0
    bob.says("show my cart").hears("2 × Red Enamel Mug", "$24.00").hears_no("Glass Teapot")


@pytest.mark.parametrize(
    "said", ["remove everything except the teapot", "only keep the teapot", "drop all but the teapot"]
)
def test_everything_but_keeps_exactly_that(bob: Customer, said: str) -> None:
    bob.says("add 2 red enamel mugs, a glass teapot and a linen apron").says(said)
    bob.says("show my cart").hears("1 × Glass Teapot", "$34.50").hears_no("Mug", "Apron")


@pytest.mark.parametrize(
    "said", ["no teapot, thanks", "no teapot please", "I never asked for a teapot", "the mugs but not the teapot"]
)
@pytest.mark.parametrize("at_the_card", [False, True])
def test_a_product_that_is_negated_alone_goes_out(bob: Customer, shop: Stage, said: str, *, at_the_card: bool) -> None:
    if at_the_card:
        bob.knows_contact()
    bob.says(f"{'order' if at_the_card else 'add'} 2 red enamel mugs and a glass teapot").says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 2}
    assert shop.orders() == 0


@pytest.mark.parametrize("said", ["I want a red enamel mug without the teapot", "red enamel mug, not the blue"])
def test_the_wish_beside_a_negation_is_bought_without_a_number(bob: Customer, said: str) -> None:
    bob.says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 1}


@pytest.mark.parametrize("said", ["no red", "no red please", "without red"])
def test_none_of_a_colour_is_never_more_of_it(bob: Customer, said: str) -> None:
    bob.says("2 red enamel mugs and 2 blue enamel mugs").says(said)
    bob.says("show my cart").hears("2 × Blue Enamel Mug").hears_no("4 × Red", "3 × Red")
