"""Questions to the shop and about products: answered, or honestly not, kept for staff; never twice the same words."""

import pytest

from bot import router
from bot.answering import reading
from bot.messages import Reply
from bot.phrases import answering as phrases
from bot.shopping.cards import HUMAN
from domain.conversation import Listing, Offer
from domain.records.answers import Answer
from tests.support.factories import make_product
from tests.support.talking import Talker, words_in

POT = make_product(product_id="POT", name="Iron Pot", quantity=3, description="Cast iron. Wash it by hand.")
PAN = make_product(product_id="PAN", name="Iron Pan", quantity=3, description="A pan of steel.")


def said(talker: Talker, text: str, intent: str, confidence: float = 1.0) -> tuple[list[Reply], list[str]]:
    turn = talker.turn(text, intent, confidence)
    replies = router.choose(turn)
    talker.conversation.offers = [
        Offer(label=button.label, choice=button.choice.encode()) for reply in replies for button in reply.buttons
    ]
    return replies, turn.did


def test_an_answer_is_noted_by_its_topic() -> None:
    talker = Talker()
    talker.uow.answers.by_key["payment", ""] = Answer(topic="payment", text="By invoice.", source="https://x.example/p")
    replies, did = said(talker, "is paypal fine?", "ask_shop")
    assert words_in(replies).strip() == "By invoice.\nMore: https://x.example/p"
    assert did == ["ask_shop:payment"]
    assert talker.uow.questions.noted == []


def test_what_has_no_answer_is_kept_and_a_person_offered_in_other_words_the_second_time() -> None:
    talker = Talker()
    first, did = said(talker, "do you rent boats to ann@example.com", "ask_shop")
    second, _ = said(talker, "do you rent bikes", "ask_shop")
    assert [reply.buttons for reply in first] == [(HUMAN,)]
    assert words_in(first) != words_in(second)
    assert did == ["ask_shop"]
    assert [kept.text for _, kept in talker.uow.questions.noted] == [
        "do you rent boats to [e-mail]",
        "do you rent bikes",
    ]


def test_like_questions_have_one_number() -> None:
    talker = Talker()
    for text in ("do you rent boats", "Do you rent boats?", "do you sing"):
        said(talker, text, "ask_shop")
    assert [number for number, _ in talker.uow.questions.noted] == [1, 1, 3]


def test_a_story_is_no_question() -> None:
    talker = Talker()
    said(talker, "do you rent boats that are as fine and as white and as " + "very " * 60 + "big", "ask_shop")
    assert talker.uow.questions.noted == []


def test_a_question_is_answered_at_the_card_and_the_card_asked_again_in_short() -> None:
    talker = Talker(cart={"MUG": 1}).ready()
    talker.uow.answers.by_key["payment", ""] = Answer(topic="payment", text="By invoice.")
    said(talker, "check out", "order")
    heard = words_in(said(talker, "how can i pay", "ask_shop")[0])
    assert "By invoice." in heard
    assert "Back to your order" in heard


@pytest.mark.parametrize(
    ("text", "intent", "sure", "becomes"),
    [
        ("can i pay by card?", "help", 0.5, "ask_shop"),
        ("how do i pay", "help", 0.9, "ask_shop"),  # word for word as others ask
        ("can i pay by card?", "human", 0.9, "human"),
        ("2 red mugs with gift wrapping", "order", 0.9, "order"),
        ("2 red mugs with gift wrapping", "order", 0.5, "order"),  # it asks nothing
        ("when does order 1001 come", "order_status", 0.9, "order_status"),
        ("yes", "affirm", 0.9, "affirm"),
    ],
)
def test_what_is_plainly_a_question_to_the_shop_is_one_and_an_act_stays_one(
    text: str, intent: str, sure: float, becomes: str
) -> None:
    assert reading.read(Talker().turn(text, intent, sure)).understanding.intent == becomes


def test_the_description_is_shown_with_its_source() -> None:
    talker = Talker(POT, PAN)
    replies, did = said(talker, "is the pot dishwasher safe", "ask_fact")
    assert phrases.description_says(text="Wash it by hand.") in words_in(replies)
    assert did == ["ask_fact"]
    assert talker.conversation.focus == "POT"


def test_it_is_what_was_spoken_of_last_and_the_second_one_is_in_the_list() -> None:
    talker = Talker(POT, PAN)
    talker.conversation.focus = "POT"
    assert "Iron Pot" in words_in(said(talker, "what is it made of", "ask_fact")[0])
    talker.conversation.listing = Listing(product_ids=("POT", "PAN"))
    assert "A pan of steel." in words_in(said(talker, "what is the second one made of", "ask_fact")[0])


def test_what_the_description_does_not_say_is_not_known_and_kept_for_its_product() -> None:
    talker = Talker(POT, PAN)
    first = words_in(said(talker, "does the pan fit in a caravan", "ask_fact")[0])
    second = words_in(said(talker, "does it whistle", "ask_fact")[0])
    assert "do not know" in first
    assert first != second
    assert [kept.product_id for _, kept in talker.uow.questions.noted] == ["PAN", "PAN"]


def test_staffs_answer_about_a_product_counts_before_its_description() -> None:
    talker = Talker(POT, PAN)
    talker.uow.answers.by_key["q1", "POT"] = Answer(
        topic="q1", text="Never, it rusts.", questions=("is it dishwasher safe",), product_id="POT"
    )
    talker.conversation.focus = "POT"
    assert "Never, it rusts." in words_in(said(talker, "is it dishwasher safe?", "ask_fact")[0])


def test_nothing_named_is_asked_about() -> None:
    assert words_in(said(Talker(POT), "is it vegan", "ask_fact")[0]).strip() == phrases.WHICH_PRODUCT
