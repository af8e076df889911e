"""Where placed orders go, in customers' own words: told by a town, by another order, by a part that is wrong."""

from datetime import timedelta

from tests.support.outfitter import HOME, Hiker
from tests.support.stage import Stage


def test_the_part_that_is_wrong_is_corrected(ann: Hiker) -> None:
    waits = ann.orders({"TENT-2": 1}, to=ann.cottage)
    ann.says(f"the address of order {waits} has a typo: it should be apt 6, not apt 5")
    ann.chat.hears(f"Send order #{waits} to 77 Oak Ave, Apt 6, New York NY 10001")


def test_a_customer_goes_back_to_where_they_lived(shop: Stage, ann: Hiker) -> None:
    ann.orders({"TENT-2": 1}, state="delivered")
    ann.says("please make 5 Elm Street, Boulder CO 80301 my default address", "yes")
    assert ann.lives_at() == ["5 Elm Street, Boulder CO 80301"]
    shop.clock.moment += timedelta(minutes=1)
    ann.says("sorry, put my default address back to the old one please").hears(f"From now on your address is {HOME}")
    ann.says("yes").hears("Done")
    assert ann.lives_at() == [HOME]


def test_what_is_exchanged_cannot_go_elsewhere_and_it_is_said(ann: Hiker) -> None:
    ann.orders({"JACKET-RED-M": 1}, state="delivered")
    ann.says("swap the jacket for a black one and send it to 5 Oak Street, Salem, OR 97301 instead")
    ann.chat.hears("for Rain Jacket (black, M)", "I did not do: “5 Oak Street, Salem, OR 97301”")


def test_an_order_that_is_on_its_way_somewhere_by_mistake_is_only_told(ann: Hiker) -> None:
    gone = ann.orders({"TENT-2": 1}, state="shipped", to=ann.cottage)
    ann.says("I had an order sent to New York by accident. I do not remember the order number")
    ann.chat.hears_no(f"Send order #{gone}")


def test_what_goes_back_beside_an_address_is_not_lost(ann: Hiker) -> None:
    ann.orders({"JACKET-RED-M": 1}, state="delivered")
    waits = ann.orders({"TENT-2": 1}, to=ann.cottage)
    ann.says("the jacket goes back to you. and my tent order should go to my default address")
    ann.says("it does not fit").hears("Return 1 × Rain Jacket (red, M)", f"Send order #{waits} to {HOME}")
