"""What the reader is taught of each token."""

import re

from nlu.reading.labels import ACTS, TAGS
from nlu.reading.marks import parse_marks
from nlu.training.teaching import (
    ACTS_OF,
    IN_PART,
    UNKNOWN,
    examples_of_intents,
    full_row,
    in_one_manner,
    part_row,
)


class Tokens:
    """Words and signs as tokens, with a sign of the model's own before and behind them."""

    def __init__(self, text: str) -> None:
        words = list(re.finditer(r"\w+|[^\w\s]", text))
        self.ids = [101, *range(1, len(words) + 1), 102]
        self.offsets = [(0, 0), *(word.span() for word in words), (0, 0)]


class Tokenizer:
    def encode(self, text: str) -> Tokens:
        return Tokens(text)


def test_each_token_has_its_act_its_beginning_and_its_tag() -> None:
    row = full_row(Tokenizer(), parse_marks("{add}[2](q) [red mugs](p) {thanks}ta"))
    assert row.ids == (101, 1, 2, 3, 4, 102)
    assert [ACTS[act] for act in row.acts[1:-1]] == ["add", "add", "add", "thanks"]
    assert row.begins[1:-1] == (1, 0, 0, 1)
    assert [TAGS[tag] for tag in row.tags[1:-1]] == ["B-q", "B-p", "I-p", "O"]
    assert {row.acts[0], row.begins[-1], row.tags[0]} == {UNKNOWN}


def test_of_an_intents_example_only_its_acts_are_known() -> None:
    row = part_row(Tokenizer(), "make it 3", "change_quantity")
    assert set(row.acts) == {UNKNOWN, IN_PART}
    assert {ACTS[act] for act in row.among} == {"-", "set", "more", "less", "times", "swap"}


def test_names_are_marked_in_one_manner() -> None:
    marked = in_one_manner(parse_marks("{remove}take out [the lamp](r) and [the blue one](r), [it](r) and [my pan](p)"))
    assert [(kind, marked.text[start:end]) for start, end, kind in marked.spans] == [
        ("p", "lamp"), ("r", "the blue one"), ("r", "it"), ("p", "pan"),
    ]  # fmt: skip


def test_the_acts_of_every_intent_that_is_taught_are_told() -> None:
    assert {intent for _, intent in examples_of_intents()} <= set(ACTS_OF)
    assert {act for acts in ACTS_OF.values() for act in acts} <= set(ACTS)
