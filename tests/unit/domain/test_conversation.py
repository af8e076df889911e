"""The cart of a conversation: setting quantities, undoing the last change, and emptying."""

from domain.conversation import Asked, ChatRef, Conversation, OpenLine, PendingQuestion, Problem


def conversation(*lines: tuple[str, int]) -> Conversation:
    """A conversation in which these products and quantities were put into the cart."""
    talk = Conversation(chat=ChatRef(channel="web", chat_id="c1"), sender_id="ada", identity_id=1)
    for product_id, quantity in lines:
        talk.put(product_id, quantity)
    return talk


def cart_of(talk: Conversation) -> list[tuple[str, int]]:
    """The products and quantities in a cart."""
    return [(line.product_id, line.quantity) for line in talk.cart]


def test_putting_sets_a_quantity_and_does_not_add_to_it() -> None:
    talk = conversation(("MUG", 5))
    talk.put("MUG", 3)
    assert cart_of(talk) == [("MUG", 3)]


def test_lines_keep_their_order_and_new_ones_come_last() -> None:
    talk = conversation(("MUG", 1), ("TIN", 2))
    talk.put("BAG", 3)
    talk.put("MUG", 9)
    assert cart_of(talk) == [("MUG", 9), ("TIN", 2), ("BAG", 3)]


def test_a_line_that_was_asked_back_goes_where_it_was_said() -> None:
    talk = conversation()
    talk.put("MUG", 1, place=1)
    talk.put("BAG", 1, place=3)
    talk.put("TIN", 1, place=2)
    assert cart_of(talk) == [("MUG", 1), ("TIN", 1), ("BAG", 1)]


def test_a_product_in_the_cart_keeps_its_place() -> None:
    talk = conversation(("MUG", 1), ("TIN", 2))
    talk.put("MUG", 4, place=9)
    assert cart_of(talk) == [("MUG", 4), ("TIN", 2)]


def test_a_new_line_comes_behind_those_that_are_still_open() -> None:
    talk = conversation(("MUG", 1))
    talk.open_lines = [OpenLine(phrase="bag", quantity=1, problem=Problem.WHICH, options=("A", "B"), place=5)]
    talk.put("TIN", 1)
    talk.put("BAG", 1, place=5)
    assert cart_of(talk) == [("MUG", 1), ("BAG", 1), ("TIN", 1)]


def test_putting_zero_takes_a_line_out_and_leaves_the_others() -> None:
    talk = conversation(("MUG", 1), ("TIN", 2))
    talk.put("MUG", 0)
    assert cart_of(talk) == [("TIN", 2)]


def test_putting_zero_of_something_else_changes_nothing() -> None:
    talk = conversation(("MUG", 1))
    talk.put("TIN", 0)
    assert cart_of(talk) == [("MUG", 1)]


def test_it_is_the_product_put_last_but_not_the_one_taken_out() -> None:
    talk = conversation()
    talk.put("MUG", 1)
    talk.put("TIN", 1)
    talk.put("MUG", 0)
    assert talk.focus == "TIN"


def test_the_quantity_of_what_is_not_in_the_cart_is_zero() -> None:
    talk = conversation(("MUG", 4))
    assert (talk.quantity_of("MUG"), talk.quantity_of("TIN")) == (4, 0)


def test_undo_brings_back_quantities_order_and_removed_lines() -> None:
    talk = conversation(("MUG", 1), ("TIN", 2))
    talk.remember_cart()
    talk.put("BAG", 1)
    talk.put("MUG", 0)
    talk.put("TIN", 7)
    assert talk.undo()
    assert cart_of(talk) == [("MUG", 1), ("TIN", 2)]


def test_a_second_undo_does_nothing_and_says_so() -> None:
    talk = conversation(("MUG", 1))
    talk.remember_cart()
    talk.put("MUG", 2)
    assert talk.undo()
    talk.put("MUG", 5)
    assert not talk.undo()
    assert cart_of(talk) == [("MUG", 5)]


def test_there_is_nothing_to_undo_before_the_first_change() -> None:
    talk = conversation(("MUG", 1))
    assert not talk.undo()
    assert cart_of(talk) == [("MUG", 1)]


def test_undo_can_bring_back_the_empty_cart() -> None:
    talk = conversation()
    talk.remember_cart()
    talk.put("MUG", 1)
    assert talk.undo()
    assert talk.cart == []


def test_undo_goes_back_to_the_last_remembered_cart_only() -> None:
    talk = conversation()
    talk.remember_cart()
    talk.put("MUG", 1)
    talk.remember_cart()
    talk.put("MUG", 2)
    talk.undo()
    assert cart_of(talk) == [("MUG", 1)]


def test_emptying_forgets_the_cart_and_all_questions_about_it() -> None:
    talk = conversation(("MUG", 1))
    talk.open_lines = [OpenLine(phrase="bag", quantity=1, problem=Problem.WHICH, options=("A", "B"))]
    talk.checking_out = True
    talk.pending = PendingQuestion(kind=Asked.CONFIRM, subject="q_1")
    talk.empty_cart()
    assert talk.cart == []
    assert talk.open_lines == []
    assert not talk.checking_out
    assert talk.pending is None


def test_emptying_can_be_undone_and_keeps_who_and_where_the_customer_is() -> None:
    talk = conversation(("MUG", 3))
    talk.hashed_email, talk.masked_email, talk.address_id = "4f…", "a•••@example.com", 7
    talk.remember_cart()
    talk.empty_cart()
    assert (talk.hashed_email, talk.masked_email, talk.address_id) == ("4f…", "a•••@example.com", 7)
    assert talk.undo()
    assert cart_of(talk) == [("MUG", 3)]
