"""Marked messages: text, acts and spans."""

import pytest

from nlu.reading.marks import BadMarks, parse_marks, read_marks
from nlu.training.teaching import DATA


def test_a_marked_message_is_its_text_with_acts_and_spans() -> None:
    marked = parse_marks("{add}[2](q) [red mugs](p) please {status}and where is [my last](t) order")
    assert marked.text == "2 red mugs please and where is my last order"
    assert [(marked.text[start:end], label) for start, end, label in marked.acts] == [
        ("2 red mugs please ", "add"),
        ("and where is my last order", "status"),
    ]
    assert [(marked.text[start:end], kind) for start, end, kind in marked.spans] == [
        ("2", "q"),
        ("red mugs", "p"),
        ("my last", "t"),
    ]


def test_line_breaks_are_written_and_words_of_questions_are_not_kept() -> None:
    marked = parse_marks("{shop}hi\\n[do you ship](f)?")
    assert (marked.text, marked.spans) == ("hi\ndo you ship?", ())


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("2 mugs", "does not begin with an act"),
        ("so {add}2 mugs", "does not begin with an act"),
        ("{buy}2 mugs", "no act 'buy'"),
        ("{add}[2](z) mugs", "no kind of span 'z'"),
        ("{add}[2](q mugs", "a mark is broken"),
    ],
)
def test_what_is_marked_wrongly_is_named(line: str, trouble: str) -> None:
    with pytest.raises(BadMarks, match=trouble):
        parse_marks(line)


def test_all_that_we_teach_is_marked_rightly_and_said_once() -> None:
    said = [marked.text for path in sorted((DATA / "marked").glob("*.txt")) for marked in read_marks(path)]
    assert len(said) > 4000
    assert len(said) - len(set(said)) < len(said) / 100
