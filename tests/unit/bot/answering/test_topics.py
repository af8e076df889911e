"""Topics are found by words without any vector, by likeness with one, and several of a message are all found."""

from dataclasses import replace

import numpy as np
import pytest

from bot.answering import topics
from bot.answering.topics import alike_answer, likely, topics_of
from bot.answering.vectors import likeness, unit
from bot.turn import Turn
from domain.records.answers import Answer
from nlu.topics import asked_of_any_shop, named_topics
from nlu.understanding import Vector
from tests.support.talking import Talker

PAYMENT = Answer(topic="payment", text="By invoice.")
ROOF = Answer(topic="roof_boxes", text="Ask in the yard.", questions=("do you rent roof boxes",))


def told(text: str, *answers: Answer, vector: Vector | None = None) -> Turn:
    turn = Talker().turn(text, "ask_shop")
    understanding = replace(turn.understanding, vector=vector)
    return replace(turn, shop=replace(turn.shop, answers=answers), understanding=understanding)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what do you charge for delivery of a sack of flour?", ["shipping_cost"]),
        ("can you post novels to Peru", ["countries"]),
        ("how long until it gets delivered", ["delivery_time"]),
        ("is paypal fine", ["payment"]),
        ("may I send the drill back", ["returns"]),
        ("my money back, how", ["refunds"]),
        ("is the shop open on easter monday", ["opening_hours"]),
        ("a coupon for nurses?", ["discounts"]),
        ("we need an invoice", ["invoice"]),
        ("could you giftwrap it", ["gift_note"]),
        ("any guarantee on saws", ["warranty"]),
        ("do you take paypal, and how long does delivery take?", ["payment", "delivery_time"]),
        ("is there a coupon; can I return things; do you gift wrap", ["discounts", "returns", "gift_note"]),
        ("do you like rain", []),
    ],
)
def test_words_find_topics_without_the_model(text: str, expected: list[str]) -> None:
    assert [topic.name for topic in topics_of(told(text))] == expected


def test_a_topic_of_the_shops_own_is_found_as_it_is_asked_and_has_its_answer() -> None:
    assert topics_of(told("Do you rent roof boxes??", ROOF))[0].answer == ROOF
    assert topics_of(told("do you rent roof tiles", ROOF)) == []


def test_a_topic_without_an_answer_is_known_and_has_none() -> None:
    assert topics_of(told("is paypal fine"))[0].answer is None
    assert topics_of(told("is paypal fine", PAYMENT))[0].answer == PAYMENT


def test_staffs_word_counts_before_the_files_and_a_blank_one_takes_it_back() -> None:
    talker = Talker()
    turn = replace(talker.turn("is paypal fine"), shop=replace(talker.turn("x").shop, answers=(PAYMENT,)))
    talker.uow.answers.by_key["payment", ""] = Answer(topic="payment", text="In cash.")
    assert topics_of(turn)[0].answer == Answer(topic="payment", text="In cash.")
    talker.uow.answers.by_key["payment", ""] = Answer(topic="payment", text="")
    assert topics_of(turn)[0].answer is None


def test_the_likest_question_decides_by_vectors_and_a_word_between_close_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    returns, refunds = asked_of_any_shop()["returns"][3], asked_of_any_shop()["refunds"][3]
    alike = {returns: 0.72, refunds: 0.7}
    monkeypatch.setattr(topics, "likeness", lambda *_: alike)
    vector = Vector(encoder="e", values=b"\x01")
    assert likely(told("xx", vector=vector), "xx", vector)[0].name == "returns"
    assert likely(told("xx", vector=vector), "is there a refund", vector)[0].name == "refunds"
    monkeypatch.setattr(topics, "likeness", lambda *_: dict.fromkeys(alike, 0.3))
    assert topics_of(told("xx", vector=vector)) == []


def test_vectors_of_another_length_are_not_compared() -> None:
    turn = told("x")

    class Kept:
        def vectors(self, encoder: str, texts: object) -> dict[str, bytes]:
            return {"same": bytes([1, 2, 3]), "older": bytes([1, 2])} if encoder == "three" else {}

    turn.uow.answers.vectors = Kept().vectors  # type: ignore[method-assign]
    found = likeness(turn.uow, Vector(encoder="three", values=bytes([1, 2, 3])), ["same", "older", "unknown"])
    assert found == {"same": pytest.approx(1.0)}
    assert float(np.linalg.norm(unit(bytes([0, 0])))) == 0.0


def test_an_answer_about_a_product_is_found_by_one_of_its_questions() -> None:
    lid = Answer(topic="q1", text="Yes.", questions=("is the lid included",), product_id="MUG")
    turn = told("x")
    assert alike_answer(turn, "Is the lid included?", None, [lid], 0.7) == lid
    assert alike_answer(turn, "is it heavy", None, [lid], 0.7) is None
    assert alike_answer(turn, "is it heavy", None, [], 0.7) is None


def test_every_named_topic_is_one_that_is_asked() -> None:
    found = {
        topic for topic in asked_of_any_shop() for line in asked_of_any_shop()[topic] if topic in named_topics(line)
    }
    assert found >= {"shipping_cost", "countries", "delivery_time", "payment", "returns", "refunds", "opening_hours"}
