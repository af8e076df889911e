"""Several things or orders meant at once, one too many of a kind, and what is only called a thing."""

from domain.model import OrderState
from tests.support.outfitter import Hiker


def returned(ann: Hiker, order_id: int) -> list[str]:
    """What comes back of an order."""
    return sorted(line.product_id for one in ann.returns(order_id) for line in one.lines)


def test_a_sentence_that_only_names_more_goes_on(ann: Hiker, came: int) -> None:
    ann.says("I'm sending back the lamp, bought by mistake. After that the stove. Then the jacket too.")
    ann.says("yes").hears("Done")
    assert returned(ann, came) == ["JACKET-RED-M", "LAMP-HIGH", "STOVE-1"]


def test_a_sentence_that_says_something_of_a_thing_does_not(ann: Hiker, came: int) -> None:
    ann.says("Send back the lamp, bought by mistake. Then again the stove is great.", "yes").hears("Done")
    assert returned(ann, came) == ["LAMP-HIGH"]


def test_one_of_two_goes_and_it_is_asked_which(ann: Hiker) -> None:
    first = ann.orders({"LAMP-LOW": 1, "SOCKS": 1}, state="delivered")
    second = ann.orders({"LAMP-HIGH": 1}, state="delivered")
    ann.says("So I have two headlamps by now and only need the one").hears("Headlamp (low", "Headlamp (high")
    ann.says("the expensive one that feels so heavy", "none of your business").hears("Headlamp (high")
    ann.says("yes").hears("Done")
    assert (returned(ann, first), returned(ann, second)) == ([], ["LAMP-HIGH"])


def test_what_came_beside_it_stays(ann: Hiker, came: int) -> None:
    ann.says("return the lamp, bought by mistake", "yes").hears("Done")
    ann.says("Next one: my stove. It came with the jacket, and I want to send it back.", "yes").hears("Done")
    assert returned(ann, came) == ["LAMP-HIGH", "STOVE-1"]


def test_what_is_named_behind_all_is_left_out(ann: Hiker, came: int, waits: int) -> None:
    ann.says("cancel or return everything, whichever works. Except the stove, I love it.", "private", "yes")
    ann.chat.hears("Done")
    assert returned(ann, came) == ["JACKET-RED-M", "LAMP-HIGH"]
    assert ann.order(waits).state is OrderState.CANCELLED
