"""What is asked for comes into the cart, becomes an open line, or a note: nothing of a message is dropped silently."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.messages import Choice, Verb
from bot.shopping import basket, cart_lines
from bot.shopping.cart_lines import Target
from domain.conversation import Listing, Offer, Problem
from nlu.understanding import WantedLine
from tests.support.factories import make_product
from tests.support.memory import cart_of
from tests.support.talking import BLUE, GONE, MUG, OLD, TEAPOT, Talker

PLENTY = replace(MUG, quantity=5000)


@pytest.mark.parametrize(
    ("product", "quantity", "says"),
    [
        (MUG, 0, "between 1 and 1000"),
        (MUG, -3, "between 1 and 1000"),
        (PLENTY, 1001, "between 1 and 1000"),
        (OLD, 1, "no longer sold"),
        (GONE, 1, "sold out"),
    ],
    ids=["none", "less than none", "more than an order holds", "retired", "sold out"],
)
def test_what_cannot_be_is_a_note_and_not_in_the_cart(product: object, quantity: int, says: str) -> None:
    talker = Talker()
    assert isinstance(product, type(MUG))
    (note,) = basket.settle(talker.turn(), product, quantity)
    assert says in note
    assert talker.conversation.cart == []
    assert talker.conversation.open_lines == []


@pytest.mark.parametrize(
    ("product", "there", "quantity", "adds", "problem", "open_quantity"),
    [
        (MUG, 0, 11, True, Problem.SHORT, 11),
        (MUG, 8, 3, True, Problem.SHORT, 11),
        (MUG, 8, 12, False, Problem.SHORT, 12),
        (PLENTY, 0, 51, True, Problem.MANY, 51),
        (PLENTY, 10, 60, False, Problem.MANY, 60),
    ],
    ids=["more than is there", "with those in the cart", "set to more", "unusually many", "set to unusually many"],
)
def test_too_many_are_asked_about_first(
    product: object, there: int, quantity: int, adds: bool, problem: Problem, open_quantity: int
) -> None:
    assert isinstance(product, type(MUG))
    talker = Talker(product, cart={"MUG": there} if there else {})
    assert basket.settle(talker.turn(), product, quantity, adds=adds) == []
    (line,) = talker.conversation.open_lines
    assert (line.problem, line.quantity, line.options, line.adds) == (problem, open_quantity, ("MUG",), adds)
    assert talker.conversation.quantity_of("MUG") == there


@pytest.mark.parametrize(
    ("quantity", "adds", "after"),
    [(10, False, 10), (8, True, 10), (0, True, 0), (0, False, 0)],
    ids=["all there are", "up to all there are", "none takes out", "none, set, takes out"],
)
def test_what_can_be_had_is_in_the_cart(quantity: int, adds: bool, after: int) -> None:
    talker = Talker(cart={"MUG": 2})
    assert basket.settle(talker.turn(), MUG, quantity, adds=adds) == []
    assert talker.conversation.quantity_of("MUG") == after
    assert talker.conversation.focus == "MUG"


def test_as_many_as_an_order_may_hold_are_only_asked_about() -> None:
    talker = Talker(PLENTY)
    assert basket.settle(talker.turn(), PLENTY, 1000) == []
    assert [line.problem for line in talker.conversation.open_lines] == [Problem.MANY]


def test_fifty_are_usual_and_more_are_asked_about() -> None:
    talker = Talker(PLENTY)
    assert basket.settle(talker.turn(), PLENTY, 50) == []
    assert cart_of(talker.conversation) == {"MUG": 50}


def test_the_same_problem_twice_is_one_open_line() -> None:
    talker = Talker()
    basket.settle(talker.turn(), MUG, 11)
    basket.settle(talker.turn(), MUG, 12)
    assert [line.quantity for line in talker.conversation.open_lines] == [12]


def test_while_an_order_is_changed_its_pieces_can_be_had_again() -> None:
    talker = Talker()
    order = talker.has_order({"BLUE": 5, "OLD": 1})
    talker.sets(BLUE, quantity=0)
    talker.changes(order)
    assert basket.settle(talker.turn(), replace(BLUE, quantity=0), 4, adds=False) == []
    assert talker.conversation.quantity_of("BLUE") == 4
    assert basket.settle(talker.turn(), OLD, 1, adds=False) == []
    basket.settle(talker.turn(), OLD, 2, adds=False)
    assert [line.problem for line in talker.conversation.open_lines] == [Problem.SHORT]


@pytest.mark.parametrize(
    ("said", "cart", "open_phrases", "notes"),
    [
        ("2 red mugs and a teapot", {"MUG": 2, "TEAPOT": 1}, [], 0),
        ("3 teapots and 2 unicorns", {"TEAPOT": 3}, [], 1),
        ("4 glass teapots", {}, ["Glass Teapot"], 0),
        ("a doormat", {}, [], 1),
    ],
    ids=["several", "one is not sold", "more than there are", "sold out"],
)
def test_lines_that_are_named(said: str, cart: Mapping[str, int], open_phrases: list[str], notes: int) -> None:
    talker = Talker()
    turn = talker.turn(said, "order")
    assert len(basket.add(turn, basket.lines_said(turn))) == notes
    assert cart_of(talker.conversation) == cart
    assert [line.phrase for line in talker.conversation.open_lines] == open_phrases


def test_between_two_kinds_the_customer_chooses() -> None:
    talker = Talker(make_product(product_id="R-1", name="Red Mug"), BLUE)
    assert basket.add(talker.turn(), [WantedLine(phrase="mug", quantity=3)]) == []
    (line,) = talker.conversation.open_lines
    assert (line.problem, line.quantity, line.options) == (Problem.WHICH, 3, ("R-1", "BLUE"))
    assert talker.conversation.cart == []


def test_of_what_is_not_sold_the_nearest_is_named() -> None:
    talker = Talker(make_product(product_id="POT", name="Brown Clay Pot"))
    (note,) = basket.add(talker.turn(), [WantedLine(phrase="brown suede boots size nine")])
    assert note.startswith("I could not find “brown suede boots size nine”.")
    assert "Brown Clay Pot" in note


def test_another_kind_of_what_was_talked_about() -> None:
    talker = Talker(cart={"MUG": 1})
    assert basket.add(talker.turn(), [WantedLine(phrase="blue", quantity=2)]) == []
    assert cart_of(talker.conversation) == {"MUG": 1, "BLUE": 2}


@pytest.mark.parametrize(
    ("reference", "product_id", "says"),
    [
        ("it", "MUG", ""),
        ("", "MUG", ""),
        ("2", "TEAPOT", ""),
        ("last", "GHOST", ""),
        ("4", None, "My last list has no number 4."),
        ("0", None, "My last list has no number 0."),
        ("all", None, ""),
    ],
)
def test_a_place_in_the_last_list(reference: str, product_id: str | None, says: str) -> None:
    talker = Talker()
    talker.conversation.focus = "MUG"
    talker.conversation.listing = Listing(product_ids=("BLUE", "TEAPOT", "GHOST"))
    product, note = basket.by_reference(talker.turn(), reference)
    assert note == says
    assert (product.product_id if product else None) == (None if product_id == "GHOST" else product_id)


@pytest.mark.parametrize(
    ("line", "focus", "target"),
    [
        (WantedLine(phrase="teapot"), "", Target(product_ids=("TEAPOT",))),
        (WantedLine(phrase="mug"), "", Target(unclear=True)),
        (WantedLine(phrase="umbrella"), "", Target()),
        (WantedLine(reference="all"), "", Target(product_ids=("MUG", "BLUE", "TEAPOT"))),
        (WantedLine(reference="2"), "", Target(product_ids=("BLUE",))),
        (WantedLine(reference="9"), "", Target(unclear=True)),
        (WantedLine(reference="it"), "TEAPOT", Target(product_ids=("TEAPOT",))),
        (WantedLine(reference="it"), "GONE", Target(unclear=True)),
    ],
    ids=["named", "two of the name", "not there", "all", "second", "ninth", "last named", "last named is not there"],
)
def test_which_line_of_the_cart_is_meant(line: WantedLine, focus: str, target: Target) -> None:
    talker = Talker(cart={"MUG": 1, "BLUE": 1, "TEAPOT": 1})
    talker.conversation.focus = focus
    assert cart_lines.target(talker.turn(), line) == target


@pytest.mark.parametrize(("cart", "target"), [({}, Target()), ({"MUG": 2}, Target(product_ids=("MUG",)))])
def test_it_is_the_only_line_or_none(cart: Mapping[str, int], target: Target) -> None:
    talker = Talker(cart=cart)
    talker.conversation.focus = ""
    assert cart_lines.target(talker.turn(), WantedLine(reference="it")) == target


@pytest.mark.parametrize(
    ("operation", "quantity", "after"),
    [
        ("set", 3, 3),
        ("add", 3, 7),
        ("subtract", 3, 1),
        ("subtract", 9, 0),
        ("times", 2, 8),
        ("times", 0, 0),
        ("parts", 3, 2),
        ("parts", 0, 4),
        ("set", 0, 0),
    ],
)
def test_a_line_is_changed(operation: str, quantity: int, after: int) -> None:
    talker = Talker(cart={"MUG": 4, "TEAPOT": 1})
    assert basket.change(talker.turn(), ["MUG"], operation, quantity) == []
    assert talker.conversation.quantity_of("MUG") == after
    assert talker.conversation.undo()
    assert cart_of(talker.conversation) == {"MUG": 4, "TEAPOT": 1}


def test_a_line_whose_product_is_gone_altogether_is_taken_out() -> None:
    talker = Talker(TEAPOT, cart={"MUG": 4, "TEAPOT": 1})
    assert basket.change(talker.turn(), ["MUG"], "add", 1) == []
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_what_is_not_wanted_is_said_and_taken_out() -> None:
    talker = Talker(cart={"TEAPOT": 1})
    assert basket.leave_out(talker.turn("2 red mugs but no umbrella", "order")) == ["I left out “umbrella”."]
    assert cart_of(talker.conversation) == {"TEAPOT": 1}
    assert basket.leave_out(talker.turn("2 red mugs but no teapot", "order"))[-1] == "I took “teapot” out."
    assert cart_of(talker.conversation) == {}


@pytest.mark.parametrize(
    ("line", "means"),
    [
        (WantedLine(reference="2", quantity=3), True),
        (WantedLine(reference="2", quantity=3, operation="add"), True),
        (WantedLine(reference="2", quantity=3, operation="subtract"), False),
        (WantedLine(reference="it", quantity=3), False),
        (WantedLine(phrase="mug", reference="2"), False),
    ],
)
def test_a_number_means_the_list_that_was_just_shown(line: WantedLine, means: bool) -> None:
    talker = Talker(cart={"MUG": 1, "TEAPOT": 1})
    talker.conversation.listing = Listing(product_ids=("BLUE", "TEAPOT"))
    assert not basket.means_the_list(talker.turn(), line)
    talker.conversation.offers = [Offer(label="Add Blue Mug", choice=Choice(verb=Verb.ADD, arg="BLUE").encode())]
    assert basket.means_the_list(talker.turn(), line) == means


@pytest.mark.parametrize("said", ["drop both mugs", "remove all the mugs", "take out every mug"])
def test_a_name_with_all_of_it_means_each_line_of_that_name(said: str) -> None:
    talker = Talker(cart={"MUG": 1, "BLUE": 2, "TEAPOT": 1})
    (line,) = basket.lines_said(turn := talker.turn(said, "remove_from_cart"))
    assert cart_lines.target(turn, line) == Target(product_ids=("MUG", "BLUE"))


def test_without_such_a_word_it_is_asked_which() -> None:
    talker = Talker(cart={"MUG": 1, "BLUE": 2})
    assert cart_lines.target(talker.turn("drop the mug", "remove_from_cart"), WantedLine(phrase="mug")) == Target(
        unclear=True
    )


def test_such_a_word_elsewhere_in_the_message_means_nothing() -> None:
    turn = Talker(cart={"MUG": 1, "BLUE": 2}).turn("each mug is heavy, take the mug out", "remove_from_cart")
    assert cart_lines.target(turn, basket.lines_said(turn)[-1]).unclear


def test_what_is_not_wanted_is_no_choice() -> None:
    talker = Talker()
    turn = talker.turn("2 mugs, not blue", "order")
    assert basket.add(turn, basket.lines_said(turn)) == []
    assert cart_of(talker.conversation) == {"MUG": 2}
