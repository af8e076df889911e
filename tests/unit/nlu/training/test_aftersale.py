"""What the net for placed orders is taught keeps its marks true, and its plain words are what the rules know."""

import random
from collections.abc import Iterator
from itertools import groupby

import pytest

from nlu.reading.aftersale_labels import AFTERSALE, CANCEL, DROP, ELSE, EXCEPTED, KEEP, ORDER, RETURN, SWAP, THING
from nlu.reading.marks import Marked, parse_marks
from nlu.reading.plainly import say_plainly
from nlu.rules.aftersale import read_aftersale
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_pieces import Span
from nlu.rules.aftersale_pronouns import means_all_before, means_one_before
from nlu.rules.aftersale_words import Mark
from nlu.training.aftersale import augment, epoch, marked_messages, things
from tests.support.reading import parts_of_marked
from tests.unit.nlu.training.test_teaching import Tokenizer

DEEDS = {
    RETURN: Mark.RETURN, SWAP: Mark.EXCHANGE, CANCEL: Mark.CANCEL, DROP: Mark.DISCARD, KEEP: Mark.KEEP,
}  # fmt: skip
MESSAGES = [message for messages in marked_messages().values() for message in messages]
POINTS = {Mark.ALL, Mark.BOTH, Mark.REST, Mark.OTHER, Mark.ITEMS, Mark.IT, Mark.THEM}


def test_fifteen_writers_marked_their_messages() -> None:
    assert len(marked_messages()) == 15
    assert len(MESSAGES) > 4_000
    assert {label for message in MESSAGES for *_, label in message.acts} == {*AFTERSALE.acts}


def test_no_thing_that_points_at_another_stands_for_others() -> None:
    message = parse_marks("{return}[it](o) and [the blue one](o), [my rest](o), [the kettle](o)", AFTERSALE)
    assert things([message]) == ["the kettle"]


def test_other_things_and_numbers_stand_where_the_old_ones_stood() -> None:
    one = parse_marks("{return}[the kettle](o) of [order 4512](n) back, {keep}[it](o) not", AFTERSALE)
    for seed in range(40):
        varied = augment(one, ["a rake"], [one], random.Random(seed))
        assert [label for *_, label in varied.acts[:2]] == [RETURN, KEEP]
        said = {varied.text[start:end].lower() for start, end, kind in varied.spans if kind == THING}
        assert said, varied.text
        assert all(kind in AFTERSALE.kinds for *_, kind in varied.spans)


def test_an_epoch_has_a_row_for_each_copy() -> None:
    rows = epoch(Tokenizer(), MESSAGES[:5], random.Random(1), copies=3)
    assert len(rows) == 15
    assert all(len(row.ids) == len(row.acts) == len(row.begins) == len(row.tags) for row in rows)


def _wanted(message: Marked) -> list[tuple[Mark, bool]]:
    labels = [label for label, _ in groupby(label for *_, label in message.acts if label.removeprefix(ELSE) in DEEDS)]
    return [(DEEDS[label.removeprefix(ELSE)], label.startswith(ELSE)) for label in labels]


def _named(message: Marked, plain: str) -> Iterator[Span]:
    """Where the plain words name things: by the last word of each."""
    taken: list[range] = []
    names = {message.text[start:end].strip().lower() for start, end, kind in message.spans if kind in (THING, EXCEPTED)}
    for name in sorted(names, key=len, reverse=True):
        points = {piece.mark for piece in marks_of(name, [], [])} & POINTS
        if points or means_one_before(name) or means_all_before(name):
            continue
        end = plain.find(name) + len(name)
        start = end - len(name.split()[-1])
        if name in plain and all(start >= one.stop or end <= one.start for one in taken):
            taken.append(range(start, end))
            yield Span(start=start, end=end, keys=(name,))


def test_what_is_said_plainly_is_heard_as_it_was_marked() -> None:
    heard, of = 0, 0
    for message in MESSAGES:
        own = [(start, end, label) for start, end, label in message.acts if label.removeprefix(ELSE) in DEEDS]
        told = [any(a <= s < b and kind in (THING, ORDER) for s, _, kind in message.spans) for a, b, _ in own]
        plain = say_plainly(parts_of_marked(message)).lower()
        if not plain or not all(told) or len(message.acts) > 4:
            continue
        spans = sorted(_named(message, plain), key=lambda one: one.start)
        said = [
            (Mark.KEEP if one.refused else Mark.EXCHANGE if one.deed is Mark.WANT else one.deed, one.otherwise)
            for one in read_aftersale(plain, spans, [])
        ]
        of += 1
        heard += [one for one, _ in groupby(said)] == [one for one, _ in groupby(_wanted(message))]
    assert of > 1_000
    assert heard / of == pytest.approx(0.93, abs=0.07)
