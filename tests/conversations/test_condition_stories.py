"""What hangs on a condition is not done as if there were none: the shop says that it cannot watch it."""

import pytest

from tests.support.stage import Customer, Stage

ADDS = [
    "put a beeswax candle in as well if it is below $5", "also 1 linen apron, but only if it costs less than $20",
    "add a recipe box unless it's over 10 dollars", "if the glass teapot is cheaper than $30, add one",
    "one more mug as long as it ships together", "plus a ruled notebook provided it comes in green",
]  # fmt: skip
CHANGES = [
    "make the teapots 3 if that costs less than $50", "take the apron out if you can't deliver by Saturday",
    "drop the apron unless it is organic", "remove the teapot in case it is not dishwasher safe",
    "swap the teapot for a mug if the mug is cheaper", "make it 2 aprons as soon as the price drops",
]  # fmt: skip
NONE = [
    "2 glass teapots please, if possible", "if you could send me 2 glass teapots", "2 glass teapots if you have them",
    "I'd like 2 glass teapots, if that's ok", "2 glass teapots if it isn't too much trouble please",
    "2 glass teapots, as long as there are enough left", "2 glass teapots if I remember the name right",
]  # fmt: skip


@pytest.mark.parametrize("said", ADDS)
def test_a_plain_yes_places_nothing_that_was_added_on_a_condition(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("2 red enamel mugs").hears("[Place order]")
    bob.says(said)
    if "watch" in bob.heard:
        bob.says("yes")
        assert shop.orders() == 0
    bob.hears("[Place order]")


@pytest.mark.parametrize("said", CHANGES)
def test_a_placed_order_is_not_changed_on_a_condition(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("1 glass teapot and 1 linen apron").says("yes").hears("is placed")
    bob.says(said).says("yes")
    assert "is changed" not in bob.heard
    assert shop.orders() == 1
    bob.says("my orders").hears("1 × Glass Teapot", "1 × Linen Apron")


@pytest.mark.parametrize("said", CHANGES)
def test_a_cart_is_not_changed_on_a_condition(bob: Customer, said: str) -> None:
    bob.says("1 glass teapot and 1 linen apron").says(said).hears("cannot watch a condition")
    bob.says("show my cart").hears("1 × Glass Teapot", "1 × Linen Apron")


def test_a_whole_order_on_a_condition_is_shown_and_wants_more_than_a_yes(bob: Customer, shop: Stage) -> None:
    bob.says("2 glass teapots to 12 Main St, Denver CO 80203, bob@example.com, provided it comes before Friday")
    bob.hears("I cannot watch “provided it comes before Friday”", "2 × Glass Teapot", "12 Main St", "[Place order]")
    bob.says("yes")
    assert shop.orders() == 0
    bob.says("yes, place it")
    assert shop.orders() == 1


@pytest.mark.parametrize("said", NONE)
def test_what_the_shop_looks_after_itself_is_no_condition(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says(said)
    assert "watch" not in bob.heard
    if "[Place order]" not in bob.heard:
        bob.says("check out")
    bob.says("yes")
    assert shop.orders() == 1
