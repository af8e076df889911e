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


def test_where_an_order_shall_go_may_be_chosen_of_what_is_known(ann: Hiker) -> None:
    ann.orders({"JACKET-RED-M": 1}, state="delivered", to=ann.cottage)
    waits = ann.orders({"TENT-2": 1})
    ann.says("I want to change where my tent order goes").hears(f"Where shall order #{waits} go?", "77 Oak Ave")
    ann.says("I'd rather not write it, it is where the jacket went").hears(f"Send order #{waits} to 77 Oak Ave")
    ann.says("no, leave it")
    assert ann.asked is None


def test_what_waits_and_the_own_address_go_along_in_one_message(ann: Hiker) -> None:
    waits = ann.orders({"TENT-2": 1})
    ann.says("i typed my adress wrong, its 9 elm street boulder co 80301. pls fix on all orders + my account")
    ann.chat.hears("From now on your address is 9 elm street, boulder co 80301", f"Send order #{waits} to 9 elm street")


def test_an_arrow_to_a_town_of_theirs_redirects(ann: Hiker) -> None:
    ann.orders({"JACKET-RED-M": 1}, state="delivered", to=ann.cottage)
    waits = ann.orders({"TENT-2": 1})
    ann.says("tent order -> new york pls").hears(f"Send order #{waits} to 77 Oak Ave, Apt 5, New York NY 10001")


def test_who_moved_says_so_and_what_is_on_its_way_goes_along(ann: Hiker) -> None:
    there = ann.orders({"JACKET-RED-M": 1}, to=ann.cottage)
    waits = ann.orders({"TENT-2": 1})
    ann.says("Big news, we've just moved!").hears("What shall your address be?", "77 Oak Ave")
    ann.says("I'd rather not write it here. It's the address that the jacket goes to, please look it up.")
    ann.chat.hears("From now on your address is 77 Oak Ave", f"Send order #{waits} to 77 Oak Ave")
    ann.chat.hears_no(f"Send order #{there}")
    ann.says("yes").hears("Done")
    assert ann.lives_at() == ["77 Oak Ave, Apt 5, New York NY 10001"]


def test_the_orders_follow_where_somebody_lives_and_it_goes_back_alone(shop: Stage, ann: Hiker) -> None:
    waits = ann.orders({"TENT-2": 1})
    ann.says("My address is going to change. The new one: 5 Elm Street in Boulder, Colorado, zip 80301", "yes")
    assert ann.lives_at() == ["5 Elm Street, Boulder, Colorado 80301"]
    shop.clock.moment += timedelta(minutes=1)
    ann.says("my orders too, as many as you can").hears(f"Send order #{waits} to 5 Elm Street, Boulder")
    ann.says("yes").hears("Done")
    ann.says("On second thought, my own address, the default one... change that back to the original, please.")
    ann.chat.hears(f"From now on your address is {HOME}")
    ann.says("yes").hears("Done")
    assert ann.lives_at() == [HOME]


def test_the_account_follows_an_order_and_nothing_else_does(ann: Hiker) -> None:
    ann.orders({"JACKET-RED-M": 1}, state="delivered", to=ann.cottage)
    waits = ann.orders({"TENT-2": 1})
    ann.says("send my tent order to where the jacket went", "yes").hears("Done")
    ann.says("what does my order cost?").hears_no("From now on")
    ann.says("and for my user account too, thank you").hears("From now on your address is 77 Oak Ave").hears_no(
        "Forget you"
    )
    ann.says("no, leave that").hears("Nothing was done")
    assert ann.order(waits).address_id is not None


def test_what_cannot_be_taken_out_may_go_elsewhere_as_a_whole(ann: Hiker) -> None:
    ann.deals_in_variants_only()
    ann.orders({"JACKET-RED-M": 1}, state="delivered", to=ann.cottage)
    waits = ann.orders({"TENT-2": 1, "SOCKS": 1})
    ann.says("please take the socks out of my order").hears("Not possible")
    ann.says("all right, if only some of it can't be cancelled, send the whole thing to my New York apartment")
    ann.chat.hears(f"Send order #{waits} to 77 Oak Ave")
