"""Who answers: the button before the words, fixed words before the model, the open question before the intent."""

from dataclasses import replace

import pytest

from bot import router
from bot.messages import Choice, Verb
from bot.phrases import finding as phrases_finding
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from domain.conversation import Asked, Listing, Offer, PendingQuestion
from nlu.understanding import Guess
from tests.support.memory import cart_of
from tests.support.talking import BLUE, MUG, TEAPOT, Talker, labels, words_in


def says(talker: Talker, text: str, intent: str = "out_of_scope", confidence: float = 0.99) -> str:
    """What is answered to words that the model takes for `intent`."""
    return words_in(router.choose(talker.turn(text, intent, confidence)))


def shown(talker: Talker, *choices: tuple[str, Choice]) -> Talker:
    """The last answer had these buttons."""
    talker.conversation.offers = [Offer(label=label, choice=choice.encode()) for label, choice in choices]
    return talker


def test_a_button_wins_over_whatever_the_words_mean() -> None:
    talker = Talker(cart={"MUG": 1})
    pressed = Choice(verb=Verb.ADD, arg="TEAPOT")
    router.choose(talker.turn("cancel everything", "cancel_order", pressed=pressed))
    assert cart_of(talker.conversation) == {"MUG": 1, "TEAPOT": 1}


def test_a_label_that_is_typed_is_its_button() -> None:
    talker = shown(Talker(), ("Add Glass Teapot", Choice(verb=Verb.ADD, arg="TEAPOT")))
    says(talker, "add glass TEAPOT")
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_the_label_of_an_older_answer_is_only_words() -> None:
    talker = Talker()
    assert phrases_talk.OUT_OF_SCOPE in says(talker, "What is popular")
    assert cart_of(talker.conversation) == {}


@pytest.mark.parametrize(("said", "added"), [("2", "MUG"), ("#1", "BLUE"), ("the second one please", "MUG"), ("3", "")])
def test_a_number_takes_from_the_list_that_was_shown(said: str, added: str) -> None:
    adds = [(f"Add {one.title}", Choice(verb=Verb.ADD, arg=one.product_id)) for one in (BLUE, MUG)]
    talker = shown(Talker(), *adds)
    talker.conversation.listing = Listing(product_ids=("BLUE", "MUG"))
    says(talker, said)
    assert cart_of(talker.conversation) == ({added: 1} if added else {})


@pytest.mark.parametrize(
    ("asked", "taken"), [(Asked.EMAIL, True), (Asked.CHECKOUT, True), (Asked.WHICH_ORDER, False), (Asked.CODE, False)]
)
def test_while_a_question_wants_a_number_it_is_no_row_of_a_list(asked: Asked, *, taken: bool) -> None:
    talker = shown(Talker(cart={"TEAPOT": 1}), ("Add Red Mug", Choice(verb=Verb.ADD, arg="MUG")))
    talker.conversation.listing = Listing(product_ids=("MUG",))
    talker.conversation.pending = PendingQuestion(kind=asked)
    says(talker, "1")
    assert ("MUG" in cart_of(talker.conversation)) is taken


def test_undo_takes_the_last_change_back_and_no_more() -> None:
    talker = Talker(cart={"MUG": 1})
    talker.conversation.remember_cart()
    talker.conversation.put("MUG", 5)
    assert phrases_shopping.UNDONE in says(talker, "undo that please")
    assert cart_of(talker.conversation) == {"MUG": 1}
    assert phrases_talk.TAKEN_BACK_ALREADY in says(talker, "undo")


@pytest.mark.parametrize("said", ["stop", "never mind", "nvm!", "forget it", "quit"])
def test_stop_leaves_the_way_to_an_order_and_keeps_the_cart(said: str) -> None:
    talker = Talker(cart={"MUG": 2}).ready()
    says(talker, "check out", "order")
    assert talker.conversation.checking_out
    says(talker, said, "order")
    assert not talker.conversation.checking_out
    assert cart_of(talker.conversation) == {"MUG": 2}


def test_stop_without_a_way_to_leave_is_what_the_model_makes_of_it() -> None:
    assert phrases_talk.ALL_RIGHT in says(Talker(), "stop", "deny")


@pytest.mark.parametrize("said", ["oh no, cancel that", "wait, wrong colour", "call it off", "I changed my mind"])
def test_right_after_placing_second_thoughts_are_about_that_order(said: str) -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 1})
    shown(talker, ("Cancel", Choice(verb=Verb.CANCEL, arg=str(order.order_id))))
    assert f"#{order.order_id}" in says(talker, said)
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is Asked.CANCEL_ORDER


def test_second_thoughts_about_an_order_that_is_not_the_last_answer_are_not() -> None:
    talker = Talker()
    talker.has_order({"MUG": 1})
    says(talker, "I changed my mind")
    assert talker.conversation.pending is None


def test_a_yes_to_something_else_never_answers_what_is_hard_to_undo() -> None:
    talker = Talker(cart={"MUG": 1})
    talker.conversation.pending = PendingQuestion(kind=Asked.CLEAR_CART)
    says(talker, "what can you do?", "help")
    assert talker.conversation.pending is None
    says(talker, "yes", "affirm")
    assert cart_of(talker.conversation) == {"MUG": 1}


@pytest.mark.parametrize("intent", ["help", "thanks", "order_status"])
def test_a_digression_puts_the_open_question_again(intent: str) -> None:
    talker = Talker(cart={"MUG": 1})
    talker.conversation.checking_out = True
    talker.conversation.pending = PendingQuestion(kind=Asked.EMAIL)
    heard = says(talker, "hm, tell me", intent)
    assert phrases_shopping.back_to(question=phrases_shopping.ASK_EMAIL) in heard


@pytest.mark.parametrize(
    ("intent", "sure", "understood"),
    [
        ("order_status", 0.31, True),
        ("order_status", 0.29, False),
        ("cancel_order", 0.39, False),
        ("opera", 0.99, False),
    ],
)
def test_what_changes_something_must_be_surer_and_what_nobody_knows_never_is(
    intent: str, sure: float, *, understood: bool
) -> None:
    talker = Talker()
    says(talker, "mine", intent, sure)
    assert (talker.conversation.misunderstood == 0) is understood


def test_ordering_and_adding_count_as_one_certainty() -> None:
    turn = Talker().turn("2 red mugs", "order", 0.25)
    guesses = (Guess(intent="order", confidence=0.25), Guess(intent="add_to_cart", confidence=0.2))
    assert replace(turn, understanding=replace(turn.understanding, ranking=guesses)).sure
    assert not turn.sure


def test_the_ladder_goes_down_one_step_each_time_and_up_again_with_an_answer() -> None:
    talker = Talker()
    first, second = says(talker, "qwx", "help", 0.1), says(talker, "qwx", "help", 0.1)
    assert first == f"\n{phrases_talk.NOT_UNDERSTOOD_FIRST}"
    assert second != first
    says(talker, "help", "help")
    assert talker.conversation.misunderstood == 0


def test_a_guess_is_offered_by_its_label() -> None:
    replies = router.choose(Talker().turn("qwx", "past_orders", 0.1))
    assert labels(*replies) == ["My past orders"]


@pytest.mark.parametrize("said", ["do you have red mugs?", "got any mugs", "show me mugs"])
def test_who_only_looks_around_orders_nothing(said: str) -> None:
    talker = Talker()
    assert "Mug" in says(talker, said, "order")
    assert cart_of(talker.conversation) == {}


def test_more_pages_on_where_the_last_answer_was_a_list_only() -> None:
    talker = shown(Talker(), ("Add Red Mug", Choice(verb=Verb.ADD, arg="MUG")))
    assert phrases_finding.NOTHING_MORE in says(talker, "more")
    assert phrases_finding.NOTHING_MORE not in says(Talker(), "more")


def test_what_is_left_out_is_not_ordered_though_the_model_hears_a_removal() -> None:
    talker = Talker()
    says(talker, "2 red mugs and no teapot", "remove_from_cart")
    assert cart_of(talker.conversation) == {"MUG": 2}
    assert TEAPOT.product_id not in cart_of(talker.conversation)


@pytest.mark.parametrize("said", ["undo", "stop", "never mind"])
def test_fixed_words_work_without_a_model(said: str) -> None:
    talker = Talker(cart={"MUG": 1}).ready()
    talker.conversation.pending = PendingQuestion(kind=Asked.EMAIL)
    talker.conversation.remember_cart()
    talker.conversation.put("MUG", 3)
    router.choose(replace(talker.turn(said, "none", 0.0), reduced=True))
    assert talker.conversation.misunderstood == 0
