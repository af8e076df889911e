"""Something of an order that came goes back: chosen by buttons, summed up once, noted after a clear yes only."""

import pytest
from sqlalchemy import text

from domain.records.returns import Condition
from domain.returns.receiving import receive_return, refuse_return
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.stage import Customer, Stage

GROUP = """
    UPDATE shop.product SET group_id = 'ENAMEL', options = CAST(:options AS jsonb) WHERE product_id = :it
"""


def returns(shop: Stage) -> list[tuple[str, str, str]]:
    """Kind, state and reason of all there are."""
    with shop.database.connect() as connection:
        rows = connection.execute(text("SELECT kind, state, reason FROM shop.order_return ORDER BY return_id"))
        return [(row.kind, row.state, row.reason) for row in rows]


@pytest.fixture
def came(shop: Stage, bob: Customer) -> str:
    """Bob's three red mugs and a teapot came; mugs are there in other colours too."""
    shop.sells("MUG-CRM", "12.00", 20, "Cream Enamel Mug", "kitchen")
    with shop.database.begin() as connection:
        for product_id, colour in (("MUG-RED", "red"), ("MUG-BLU", "blue"), ("MUG-CRM", "cream")):
            connection.execute(text(GROUP), {"it": product_id, "options": f'[["color", "{colour}"]]'})
    number = bob.knows_contact().has_ordered("3 red enamel mugs and a glass teapot")
    shop.delivers(number)
    shop.passes(days=3)
    return number


def test_a_part_goes_back_for_money_after_one_summary_and_a_yes(shop: Stage, bob: Customer, came: str) -> None:
    bob.says(f"where is order {came}?").hears("You can return or exchange something of it until")
    bob.presses("Return something").hears(f"What of order #{came} shall come back?", "All of it")
    bob.presses("Glass Teapot").hears("Why does it come back?")
    bob.presses("It is not as described").hears(
        f"Return of order #{came}?", "1 × Glass Teapot at $34.50", "You get back", "$34.50", "not as described"
    )
    assert returns(shop) == []
    bob.says("yes").hears(f"Return R1001 of order #{came} is noted", "Write R1001 on the parcel")
    assert returns(shop) == [("return", "requested", "not_as_described")]
    bob.says(f"where is order {came}?").hears("Return R1001: we wait for the parcel")


def test_some_pieces_are_exchanged_for_another_colour(shop: Stage, bob: Customer, came: str) -> None:
    before = shop.stock("MUG-BLU")
    bob.says(f"where is order {came}?").presses("Return something").presses("Red Enamel Mug")
    bob.hears("How many of").presses("2").presses("I do not want it after all")
    bob.hears("your money back, or another one", "color").presses("blue")
    bob.hears(f"Exchange of order #{came}?", "2 × Red Enamel Mug", "In its place: 2 × Blue Enamel Mug", "the same")
    bob.presses("Yes, exchange it").hears("Exchange R1001", "is noted")
    assert returns(shop) == [("exchange", "requested", "changed_mind")]
    assert shop.stock("MUG-BLU") == before - 2


def test_a_broken_thing_may_come_once_more(shop: Stage, bob: Customer, came: str) -> None:
    bob.says(f"where is order {came}?").presses("Return something").presses("Red Enamel Mug").presses("1")
    bob.presses("It came broken").presses("The same once more").hears("In its place: 1 × Red Enamel Mug", "the same")
    bob.says("no").hears("you keep it")
    assert returns(shop) == []


@pytest.mark.parametrize("said", ["no", "stop", "no, I keep it", "never mind"])
def test_whoever_does_not_want_to_keeps_everything(shop: Stage, bob: Customer, came: str, said: str) -> None:
    bob.says(f"where is order {came}?").presses("Return something").presses("All of it").presses("It came too late")
    bob.hears("3 × Red Enamel Mug", "1 × Glass Teapot", "$70.50").says(said).hears("you keep it")
    assert returns(shop) == []


@pytest.mark.parametrize("said", ["ok 😡", "maybe", "yes? what happens then"])
def test_what_is_no_clear_yes_notes_nothing(shop: Stage, bob: Customer, came: str, said: str) -> None:
    bob.says(f"where is order {came}?").presses("Return something").presses("All of it").presses("It came too late")
    bob.says(said)
    assert returns(shop) == []


def test_buttons_of_an_older_step_choose_nothing(shop: Stage, bob: Customer, came: str) -> None:
    bob.says(f"where is order {came}?").presses("Return something").presses("Glass Teapot")
    bob.presses_old("Red Enamel Mug", 1).hears("older")
    bob.presses_old("It came broken", 1).hears("your money back", "The same once more").hears_no("by ?")
    bob.presses("Money back").hears("Return of order", "Glass Teapot")


def test_it_is_called_off_until_the_parcel_is_there(shop: Stage, bob: Customer, came: str) -> None:
    bob.says(f"where is order {came}?").presses("Return something").presses("Glass Teapot")
    bob.presses("Another reason").presses("Yes, return it")
    bob.says(f"where is order {came}?").presses("Call R1001 off").hears("is called off", "You keep what you have")
    assert returns(shop) == [("return", "called_off", "other")]
    bob.says(f"where is order {came}?").presses("Return something").presses("Glass Teapot")
    bob.presses("Another reason").presses("Yes, return it").says(f"where is order {came}?")
    with PostgresUnitOfWork(shop.database) as uow:
        receive_return(uow, 1002, Condition.DAMAGED, actor="slack:U1", now=shop.clock.now())
        uow.commit()
    bob.presses("Call R1002 off").hears("How R1002 stands: it is here", "cannot be done")
    with PostgresUnitOfWork(shop.database) as uow:
        refuse_return(uow, 1002, actor="slack:U1", now=shop.clock.now())
        uow.commit()
    bob.says(f"where is order {came}?").hears("Return R1002: refused")


def test_nothing_is_offered_once_the_window_is_closed_or_nothing_is_left(shop: Stage, bob: Customer, came: str) -> None:
    bob.says(f"where is order {came}?")
    shop.passes(days=40)
    bob.presses("Return something").hears("could come back until", "That is over")
    bob.says(f"where is order {came}?").hears_no("return or exchange")


def test_an_order_that_has_not_come_offers_no_return(shop: Stage, bob: Customer) -> None:
    number = bob.knows_contact().has_ordered("a glass teapot")
    bob.says(f"where is order {number}?").hears_no("return")


@pytest.mark.parametrize("said", ["send the teapot back? no way", "return the mugs? not in a million years"])
def test_a_no_to_ones_own_question_begins_no_return(bob: Customer, came: str, said: str) -> None:
    bob.says(said).hears("you keep it")
    assert bob.answer is not None
    assert bob.answer.state.asked is None


@pytest.mark.parametrize("said", ["should I send the teapot back?", "do you think I should return the mugs?"])
def test_who_asks_for_advice_has_nothing_noted(bob: Customer, came: str, said: str) -> None:
    bob.says(said).hears("yours to decide", "nothing is noted")
    bob.says("return the teapot").hears("Why does it come back?")


def test_who_cancels_what_came_may_return_something_of_it(bob: Customer, came: str) -> None:
    bob.says("cancel it").hears("so I cannot cancel it", "You can return or exchange something of it until")
    bob.presses("Return something").hears(f"What of order #{came} shall come back?")
