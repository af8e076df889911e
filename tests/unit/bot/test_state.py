"""What programs are told of a conversation."""

from typing import cast

from bot.state import state_of
from domain.conversation import Aside
from domain.ports import UnitOfWork
from tests.support.talking import Talker


def test_while_a_placed_order_is_changed_the_cart_is_still_that_of_the_next_one() -> None:
    talker = Talker(cart={"TEAPOT": 1})
    order = talker.has_order({"MUG": 2})
    talker.conversation.aside = Aside(cart=tuple(talker.conversation.cart))
    talker.changes(order)
    state = state_of(talker.conversation, cast(UnitOfWork, talker.uow))
    assert (state.cart, state.changing) == ({"TEAPOT": 1}, order.order_id)


def test_otherwise_it_is_the_cart() -> None:
    talker = Talker(cart={"TEAPOT": 1})
    state = state_of(talker.conversation, cast(UnitOfWork, talker.uow))
    assert (state.cart, state.changing) == ({"TEAPOT": 1}, None)
