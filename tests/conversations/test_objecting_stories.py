"""Who objects to what stands at a question is not taken at a plain "yes" behind it, whatever was understood."""

import pytest

from tests.support.stage import Customer, Stage

TO_CANCELLING = [
    "no, only the apron", "no, I just want the teapot gone", "I only meant the teapot", "not all of it, the apron",
    "no, leave the apron in", "nope, just the one", "don't take the apron away",
]  # fmt: skip
TO_AN_ADDRESS = [
    "no, keep the old one", "nope, use the earlier address", "no leave it as it was", "I don't want that address",
    "not there, the first one",
]  # fmt: skip
TO_A_CHANGE = ["no, keep my aprons", "no don't touch it", "no, that was right before", "that's not what I meant"]


@pytest.fixture
def ordered(bob: Customer) -> Customer:
    """Bob, who has just ordered a teapot and an apron."""
    return bob.knows_contact().says("1 glass teapot and 1 linen apron").says("yes").hears("is placed")


@pytest.mark.parametrize("said", TO_CANCELLING)
def test_a_plain_yes_behind_an_objection_cancels_nothing(ordered: Customer, shop: Stage, said: str) -> None:
    ordered.says("cancel it").says(said).says("yes")
    assert ordered.answer is not None
    assert ordered.answer.state.cancelled is None
    assert shop.orders() == 1


@pytest.mark.parametrize("said", TO_AN_ADDRESS)
def test_a_plain_yes_behind_an_objection_to_an_address_places_nothing(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("2 glass teapots").hears("[Place order]")
    bob.says("ship to 5 Oak Ave, Boulder CO 80301").hears("5 Oak Ave").says(said)
    if "[Place order]" in bob.heard and "To: 12 Main" in bob.heard:
        return  # it was understood, and the card shows the old address again
    bob.says("yes")
    assert shop.orders() == 0


@pytest.mark.parametrize("said", TO_A_CHANGE)
def test_a_plain_yes_behind_an_objection_changes_no_placed_order(ordered: Customer, shop: Stage, said: str) -> None:
    ordered.says("make it 5 aprons").hears("5 × Linen Apron").says(said)
    ordered.says("yes")
    assert "Order #1001 is changed" not in ordered.heard
