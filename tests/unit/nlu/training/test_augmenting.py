"""Variations of marked messages keep their marks true."""

import random

from hypothesis import given
from hypothesis import strategies as st

from nlu.reading.marks import Marked, parse_marks
from nlu.training.augmenting import augment, join, with_changes, with_other_products

ONE = parse_marks("{add}[2](q) [red mugs](p), {swap}and [the tray](o) for [the bowl](p), {email}[a@b.de](e)")
OTHER = parse_marks("{status}where's [my last](t) order?")


def said(marked: Marked) -> list[tuple[str, str]]:
    return [(kind, marked.text[start:end]) for start, end, kind in marked.spans]


def test_other_words_stand_where_the_old_ones_stood() -> None:
    changed = with_changes(ONE, lambda kind, words, act: "blue cups" if words == "red mugs" else None)
    assert changed.text == "2 blue cups, and the tray for the bowl, a@b.de"
    assert said(changed) == [("q", "2"), ("p", "blue cups"), ("o", "the tray"), ("p", "the bowl"), ("e", "a@b.de")]
    assert [label for *_, label in changed.acts] == ["add", "swap", "email"]


def test_products_change_and_addresses_do_not() -> None:
    changed = with_other_products(ONE, ["x y z"], random.Random(2))
    assert ("e", "a@b.de") in said(changed)
    assert "x y z" in changed.text


def test_two_in_one() -> None:
    both = join(ONE, OTHER, " and ")
    assert both.text == f"{ONE.text} and {OTHER.text}"
    assert [both.text[start:end] for start, end, label in both.acts if label == "status"] == [f" and {OTHER.text}"]
    assert said(both)[-1] == ("t", "my last")


@given(seed=st.integers(0, 10_000))
def test_acts_always_cover_the_text_and_spans_lie_in_it(seed: int) -> None:
    marked = augment(ONE, ["a b", "c 4 pack"], [OTHER], random.Random(seed))
    assert marked.acts[0][0] == 0
    assert marked.acts[-1][1] == len(marked.text)
    assert all(one[1] == other[0] for one, other in zip(marked.acts, marked.acts[1:], strict=False))
    assert all(0 <= start < end <= len(marked.text) for start, end, _ in marked.spans)
    assert ("e", "a@b.de") in said(marked)
