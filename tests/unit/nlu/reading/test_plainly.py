"""What the reader's marks come to in plain words, and that the rules hear in those what was marked."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.reading.aftersale_labels import AFTERSALE
from nlu.reading.plainly import say_plainly
from nlu.understanding import Part, PartSpan
from tests.support.reading import parts_of


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("{return}A refund for [the rake](o) is what I'm after.", "Return the rake."),
        ("{why}[The rake](o) broke. {return}Would you have [it](o) back?", "Return the rake."),
        ("{why}[The rake](o) and [the hoe](o) rust. {return}Back with [both](o)!", "Return the rake and the hoe."),
        ("{return}Take [two](q) of [the pots](o) from [order 1001](n) back", "Return two of the pots from order 1001."),
        ("{swap}[The bench](o) ought to have been [teak](t)", "Exchange the bench for teak."),
        ("{swap}[In oak](t) is how I'd have [the bench](o)", "Exchange the bench for one in oak."),
        (
            "{swap}[Gloves](o) [L](t), [pots](o) [zinc](t) and [30cm](t)",
            "Exchange gloves for L. Exchange pots for zinc, 30cm.",
        ),
        ("{swap}[Both benches](o) please [in pine](t)", "Exchange both benches for one in pine."),
        ("{swap}Rather [the black one](t)", "Exchange it for the black one."),
        ("{cancel}[Order 7](n) may rest in peace, {keep}not so [order 8](n)", "Cancel order 7. Do not cancel order 8."),
        ("{drop}Nothing but [the rake](x) should be left in [that order](n)",
         "I no longer want everything from that order except the rake."),
        ("{cancel}[7](n) off. {fail}Too late? {else_return}Then [it all](o) comes back",
         "Cancel 7. If that is not possible, return it all."),
        ("{swap}[The can](o) [in copper](t), {fail}no [copper](t)? {else_keep}leave [it](o)",
         "Exchange the can for one in copper. If there is none like copper, keep the can."),
        ("{if}If it costs nothing {return}send [the can](o) back", "If it costs nothing, return the can."),
        ("{return}[The can](o) goes back {if}if you pay the postage", "Return the can, if you pay the postage."),
        ("{ask}What would I get {maybe_return}if [the can](o) went back?", ""),
        ("{talk}Hello there! {address}Send it to [5 Elm St](a) {pay}and charge [my Visa](m)", "Send it to 5 Elm St."),
        ("{why}We live [at the lake](a) now, {address}so that's [where](a) [order 7](n) should find us",
         "Send order 7 to the lake."),
        ("{address}[The rake](o) ought to find us at [5 Elm St](a)", "Send the order with the rake to 5 Elm St."),
        ("{address}[The rake](o) must not go to [5 Elm St](a)", ""),
        ("{why}[The rake](o) bends. {return}I'd like my money", "Return the rake."),
        ("{cancel}Please don't pack [the rake](o)", "Cancel the rake."),
        ("{swap}[The can](o) is too small, {swap}[the large one](t) would do",
         "Exchange the can for the large one would do."),
        ("{why}I own [a rake](o) now, {return}so [yours](o) may come home", "Return a rake."),
        ("{return}I should like to send it all back", "Return it."),
    ],
)  # fmt: skip
def test_deeds_are_said_with_their_things(marked: str, plain: str) -> None:
    assert say_plainly(parts_of(marked)) == plain


@pytest.mark.parametrize(
    "marked",
    [
        "{cancel}I'd never cancel [order 7](n)",
        "{return}[the rake](o) isn't going back",
        "{return}no [rake](o) is returned",
    ],
)
def test_nothing_is_taken_away_where_a_no_stands_beside_it(marked: str) -> None:
    assert say_plainly(parts_of(marked)) == ""


def test_a_part_that_the_reader_is_not_sure_of_is_no_deed() -> None:
    (part,) = parts_of("{return}take [the rake](o) back")
    assert say_plainly([replace(part, sure=0.4)]) == ""


@st.composite
def some_parts(draw: st.DrawFn) -> list[Part]:
    """Parts with whatever words and spans."""
    found = []
    for text in draw(st.lists(st.text(min_size=1, max_size=40), max_size=5)):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        spans = [
            PartSpan(words=text[start:end], kind=draw(st.sampled_from(AFTERSALE.kinds)), at=start)
            for start, end in pairwise(cuts)
            if end > start
        ]
        act = draw(st.sampled_from(AFTERSALE.acts))
        found.append(Part(text=text, act=act, sure=draw(st.floats(0, 1)), spans=tuple(spans)))
    return found


@given(some_parts())
def test_whatever_is_marked_is_said_somehow(parts: list[Part]) -> None:
    said = say_plainly(parts)
    assert len(said) <= 400 + 20 * sum(len(part.text) for part in parts)
