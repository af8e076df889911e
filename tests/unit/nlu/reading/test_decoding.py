"""Scores of tokens become acts and spans."""

from nlu.reading.decoding import decode
from nlu.reading.labels import ACTS, TAGS

Row = list[float]


def rows(labels: tuple[str, ...], said: list[str], sure: float = 0.9) -> list[Row]:
    rest = (1 - sure) / (len(labels) - 1)
    return [[sure if label == one else rest for label in labels] for one in said]


def test_acts_cover_the_message_and_hold_their_spans() -> None:
    text = "2 mugs, where?"
    offsets = [(0, 0), (0, 1), (2, 6), (6, 7), (8, 13), (13, 14), (0, 0)]
    acts = rows(ACTS, ["-", "add", "add", "status", "status", "status", "-"])
    begins = [0.0, 1.0, 0.0, 0.9, 0.1, 0.0, 0.0]
    tags = rows(TAGS, ["O", "B-q", "B-p", "O", "O", "O", "O"])
    found = decode(text, offsets, acts, begins, tags)
    assert [(text[act.start : act.end], act.label) for act in found] == [("2 mugs", "add"), (", where?", "status")]
    assert [(span.kind, text[span.start : span.end]) for span in found[0].spans] == [("q", "2"), ("p", "mugs")]
    assert found[0].sure == acts[1][ACTS.index("add")]


def test_no_act_begins_within_a_word_and_names_are_of_whole_words() -> None:
    text = "mugs"
    offsets = [(0, 2), (2, 4)]
    found = decode(text, offsets, rows(ACTS, ["add", "status"]), [1.0, 0.9], rows(TAGS, ["O", "B-p"]))
    assert len(found) == 1
    assert [(span.start, span.end) for span in found[0].spans] == [(0, 4)]


def test_of_a_number_glued_to_an_x_only_the_number_counts() -> None:
    found = decode("x3", [(0, 1), (1, 2)], rows(ACTS, ["add", "add"]), [1.0, 0.0], rows(TAGS, ["O", "B-q"]))
    assert [(span.start, span.end) for span in found[0].spans] == [(1, 2)]


def test_two_questions_of_one_kind_are_two_acts() -> None:
    found = decode("a? b?", [(0, 2), (3, 5)], rows(ACTS, ["shop", "shop"]), [1.0, 0.9], rows(TAGS, ["O", "O"]))
    assert [act.label for act in found] == ["shop", "shop"]


def test_nothing_is_read_of_nothing() -> None:
    assert decode("", [(0, 0), (0, 0)], rows(ACTS, ["-", "-"]), [0.0, 0.0], rows(TAGS, ["O", "O"])) == []
