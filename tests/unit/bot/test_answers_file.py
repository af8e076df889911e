"""`answers.yaml`: what is read of it, and every fault with its line."""

from pathlib import Path

import pytest

from bot.answers_file import BadAnswers, read_answers
from bot.config import BadConfiguration, load
from domain.answering import in_short
from domain.records.answers import Answer
from tests.test_architecture import ROOT


def read(folder: Path, content: str) -> tuple[Answer, ...]:
    file = folder / "answers.yaml"
    file.write_text(content, encoding="utf-8")
    return read_answers(file)


def test_a_topic_has_an_answer_and_perhaps_more(tmp_path: Path) -> None:
    more = "  short: by invoice\n  source: https://example.com/pay\n  asked: [in cash, on account]\n"
    assert read(tmp_path, f"payment:\n  answer: By invoice.\n{more}") == (
        Answer(
            topic="payment",
            text="By invoice.",
            short="by invoice",
            source="https://example.com/pay",
            questions=("in cash", "on account"),
        ),
    )
    assert read(tmp_path, "# nothing yet\n") == ()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("payment:\n  answer: x\n  aksed: [y]\n", "line 3: payment: aksed is no field; perhaps asked is meant"),
        ("payment:\n  asked: [y]\n", "line 1: payment: the answer is missing"),
        ("a:\n", "line 1: “a” is no topic's name"),
        ("Gift Note:\n  answer: x\n", "line 1: “Gift Note” is no topic's name"),
        ("payment: by invoice\n", "line 1: payment: “answer:” with the answer belongs below it"),
        ("payment:\n  answer: ''\n", "line 2: payment: answer is no text"),
        (f"payment:\n  answer: {'x' * 801}\n", "line 2: payment: answer has 801 characters; 800 are the most"),
        ("payment:\n  answer: x\n  source: here\n", "line 3: payment: source is no link"),
        ("payment:\n  answer: x\n  asked: y\n", "line 3: payment: asked is no list"),
        ("payment:\n  answer: x\n  asked:\n  - ok\n  - ''\n", "line 5: payment: a way to ask is a text"),
        ("payment:\n  answer: x\npayment:\n  answer: y\n", "line 3: payment is there already"),
        ("- payment\n", "line 1: a topic and a colon come first"),
        ("payment:\n  answer: 'x\n", "line 3: it is no YAML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(BadAnswers) as wrong:
        read(tmp_path, content)
    assert any(found.startswith(problem) for found in wrong.value.problems), wrong.value.problems


def test_the_configuration_names_the_file_and_its_faults(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("{shop: {name: Test, answers: mine.yaml}}", encoding="utf-8")
    with pytest.raises(BadConfiguration, match="does not exist"):
        load(config, tmp_path)
    (tmp_path / "mine.yaml").write_text("payment:\n  answer: cash\n", encoding="utf-8")
    assert load(config, tmp_path).answers == (Answer(topic="payment", text="cash"),)
    config.write_text("{shop: {name: Test}}", encoding="utf-8")
    assert load(config, tmp_path).answers == ()


def test_the_demo_shops_answers_are_in_order_and_short_enough_for_a_card() -> None:
    answers = {answer.topic: answer for answer in read_answers(ROOT / "answers.yaml")}
    usual = "shipping_cost countries delivery_time payment returns refunds opening_hours discounts invoice gift_note"
    assert set(usual.split()) <= set(answers)
    assert in_short(answers, "payment") == "by invoice, which comes with the parcel"
    assert in_short({"payment": Answer(topic="payment", text="Cash only. Really.")}, "payment") == "Cash only"
    assert in_short({"payment": Answer(topic="payment", text="x" * 200)}, "payment") == ""
    assert in_short({}, "payment") == ""
