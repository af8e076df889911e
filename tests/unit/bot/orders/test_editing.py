"""A placed order changed in words: what is shown, and that nothing is changed without a yes."""

from bot.orders import editing
from tests.support.memory import cart_of
from tests.support.talking import MUG, TEAPOT, Talker, words_in


def edits(customer: Talker, said: str) -> str:
    return words_in(editing.edit_said(customer.turn(said, "change_order")))


def test_the_order_becomes_the_cart_with_the_change_in_it_and_stays_as_it_is() -> None:
    customer = Talker().ready()
    order = customer.has_order({MUG.product_id: 3, TEAPOT.product_id: 1})
    assert f"Your order #{order.order_id}, changed" in edits(customer, "take one of the three mugs off that order")
    assert cart_of(customer.conversation) == {MUG.product_id: 2, TEAPOT.product_id: 1}
    kept = customer.uow.orders.get(order.order_id)
    assert kept is not None
    assert [line.quantity for line in kept.lines] == [3, 1]


def test_what_was_in_the_cart_waits_aside() -> None:
    customer = Talker(cart={TEAPOT.product_id: 2}).ready()
    order = customer.has_order({MUG.product_id: 3})
    assert "aside" in edits(customer, f"make it 2 in order {order.order_id}")
    assert customer.conversation.aside.cart[0].product_id == TEAPOT.product_id


def test_without_the_words_for_a_placed_order_the_cart_is_meant() -> None:
    customer = Talker(cart={TEAPOT.product_id: 2}).ready()
    customer.has_order({MUG.product_id: 3})
    edits(customer, "make it 3")
    assert cart_of(customer.conversation) == {TEAPOT.product_id: 3}
    assert customer.conversation.changing is None


def test_make_it_means_the_placed_order_only_where_it_holds_what_is_named_and_is_open() -> None:
    customer = Talker().ready()
    customer.has_order({MUG.product_id: 3})
    assert editing.edit_last(customer.turn("make it 2 teapots", "change_quantity")) is None
    customer.passes(hours=2)
    assert editing.edit_last(customer.turn("make it 2", "change_quantity")) is None


def test_a_vague_wish_asks_what_shall_be_different() -> None:
    customer = Talker().ready()
    customer.has_order({MUG.product_id: 3})
    assert "What shall I change?" in edits(customer, "can i remove something from my last order")
    assert cart_of(customer.conversation) == {MUG.product_id: 3}


def test_a_name_beside_the_order_is_added_to_it() -> None:
    customer = Talker().ready()
    customer.has_order({MUG.product_id: 3})
    edits(customer, "oh and a glass teapot with that order i just did")
    assert cart_of(customer.conversation) == {MUG.product_id: 3, TEAPOT.product_id: 1}


def test_a_question_beside_the_order_adds_nothing_to_it() -> None:
    customer = Talker().ready()
    customer.has_order({MUG.product_id: 3})
    edits(customer, "where does that glass teapot stand with the order i just did")
    assert cart_of(customer.conversation) == {MUG.product_id: 3}
