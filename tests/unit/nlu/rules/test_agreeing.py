"""A yes to a deed agrees to nothing else: not to its thing, its opposite or another deed, and not with a mere "ok"."""

import itertools
from dataclasses import replace

import pytest

from nlu.rules.agreeing import asks_advice
from nlu.rules.deeds import (
    ADD_MORE,
    CANCEL,
    CARRY_OUT,
    CARRY_OUT_VERBS,
    CHANGE,
    EMPTY,
    FORGET,
    GET_MAILS,
    GIVE_BACK,
    PLACE,
    STOP_MAILS,
    TAKE,
    USE,
    Deed,
)
from nlu.rules.moods import Stance, stance_of

_THINGS = {
    CANCEL: ["my order", "the order", "my purchase", "order 1001", "my order please"],
    EMPTY: ["my cart", "the basket", "the items"],
    FORGET: ["my data", "my account", "the personal data"],
}
_ITSELF = {
    CANCEL: ["cancel", "cancellation", "cancelling"],
    EMPTY: ["clear", "clearing"],
    FORGET: ["forget", "erase", "deletion"],
}
_UNDOING = [
    "undo",
    "cancel",
    "forget",
    "scrap",
    "erase",
    "delete",
    "take back",
    "withdraw",
    "call off",
    "stop",
    "clear",
]


def test_who_agrees_to_a_thing_may_want_to_keep_it() -> None:
    frames = ["yes to {t}", "yes for {t}", "yes confirm {t}", "yes, confirm {t}", "yes and confirm {t}", "ok, {t}"]
    said = [(frame.format(t=thing), deed) for deed, things in _THINGS.items() for frame in frames for thing in things]
    said += [(f"yes {thing}", deed) for deed, things in _THINGS.items() for thing in things if "1001" not in thing]
    assert [one for one, deed in said if stance_of(one, deed) is Stance.YES] == []


def test_a_deed_done_to_itself_is_its_opposite() -> None:
    frames = ["{u} {i}", "{u} the {i}", "yes {u} the {i}", "please {u} my {i}", "{u} that {i}", "{u} the {i}, please"]
    said = [
        (frame.format(u=undoing, i=itself), deed)
        for deed, names in _ITSELF.items()
        for frame, undoing, itself in itertools.product(frames, _UNDOING, names)
    ]
    said += [("get rid of cancel", CANCEL), ("call off cancel", CANCEL), ("cancel my order cancellation", CANCEL)]
    said = [(one, deed) for one, deed in said if len(set(one.split())) > 1]  # "cancel cancel" insists
    assert [one for one, deed in said if stance_of(one, deed) is Stance.YES] == []


def test_what_takes_back_whatever_was_said_needs_a_thing() -> None:
    for said in (
        "undo",
        "yes undo",
        "yes, undo it",
        "take it back",
        "abort",
        "yes withdraw that",
        "undo cancel my order",
    ):
        assert stance_of(said, CANCEL) is not Stance.YES
    for said in ("forget it", "yes forget this", "forget", "forget delete my data"):
        assert stance_of(said, FORGET) is not Stance.YES
    assert stance_of("yes cancel it", EMPTY) is not Stance.YES
    for said, deed in (("undo my order", CANCEL), ("yes, withdraw order 1001", CANCEL), ("cancel the cart", EMPTY)):
        assert stance_of(said, deed) is Stance.YES


def test_another_deed_s_yes_is_none() -> None:
    orders = ["yes delete my order", "yes cancel my order", "yes confirm my order", "yes order 1001", "yes delete 1001"]
    for said in (*orders, "yes to my order", "yes undo", "yes delete my cart"):
        assert stance_of(said, FORGET) is not Stance.YES
    for said in (
        "yes confirm and cancel my data",
        "cancel it and confirm my order",
        "yes forget me",
        "yes empty my cart",
    ):
        assert stance_of(said, CANCEL) is not Stance.YES


@pytest.mark.parametrize(
    ("said", "deed"),
    [
        *((said, CANCEL) for said in ("yes, order 1001", "yes #1001", "yes both", "yes all of them", "yes that one")),
        *((said, CANCEL) for said in ("yes to the cancellation", "yes to cancelling", "confirm the cancel")),
        *((said, CANCEL) for said in ("yes, the whole order", "yes confirm", "yes, confirm it", "yes undo my order")),
        *((said, CANCEL) for said in ("cancel cancel cancel", "cancel it cancel it", "yes do that cancel it", "yess")),
        *(
            (said, FORGET)
            for said in ("yes forget me", "yes, forget everything about me", "yes everything", "delete it")
        ),
        *((said, FORGET) for said in ("yes to the deletion", "yes delete my account", "yes, forget me and delete all")),
        *((said, EMPTY) for said in ("yes clear my cart", "yes everything", "yes cancel the cart")),
        *((said, PLACE) for said in ("yes to my order", "yes my order please", "confirm order", "yes to the cart")),
        *((said, GET_MAILS) for said in ("yes ideas please", "yes to the ideas", "yes send them")),
    ],
)
def test_a_yes_that_points_at_what_was_asked_stays_one(said: str, deed: Deed) -> None:
    assert stance_of(said, deed) is Stance.YES


@pytest.mark.parametrize("ok", ["ok", "okay", "alright", "fine", "ok fine", "right"])
def test_a_mere_ok_beside_a_good_bye_or_in_anger_leaves_it_open(ok: str) -> None:
    for deed in (PLACE, CHANGE):
        assert stance_of(ok, deed) is Stance.YES
        for said in (f"{ok} bye", f"{ok} good night", f"{ok}, see you"):
            assert stance_of(said, deed) is not Stance.YES
        assert stance_of(f"{ok} thanks bye", deed) is Stance.YES
        assert stance_of(f"yes {ok} good night", deed) is Stance.YES
        assert stance_of(ok, deed, cold=True) is not Stance.YES
    assert stance_of("ok", CANCEL, cold=True) is not Stance.YES


@pytest.mark.parametrize("deed", [PLACE, CHANGE, CANCEL, FORGET, EMPTY])
def test_a_plain_yes_is_one_in_any_mood(deed: Deed) -> None:
    for said in ("yes", "yes please", "do it", "sure", "go ahead"):
        assert stance_of(said, deed, cold=True) is Stance.YES


def test_that_is_all_only_ends_what_is_said() -> None:
    for said in ("that's all", "that is all thanks", "thats all bye"):
        assert stance_of(said, PLACE) is not Stance.YES
    assert stance_of("yes that's all", PLACE) is stance_of("ok, that's all", PLACE) is Stance.YES


@pytest.mark.parametrize(
    "said", ["good as it is", "fine as it is", "it's right as it is", "ok as is", "good as it was"]
)
def test_content_with_how_it_is_changes_nothing(said: str) -> None:
    assert stance_of(said, CHANGE) is not Stance.YES
    assert stance_of(said.replace("was", "is"), PLACE) is Stance.YES


@pytest.mark.parametrize(
    ("deed", "acts"),
    [
        (
            PLACE,
            ["buy this", "order these", "purchase it", "take it", "ship that", "do that", "go for it", "place it"],
        ),
        (CANCEL, ["cancel this", "scrap it", "call it off", "do so", "cancel my order"]),
        (EMPTY, ["empty it", "clear my cart", "do it"]),
        (FORGET, ["erase it", "delete my data", "go ahead", "do this"]),
        (GIVE_BACK, ["return this", "send it back", "do it"]),
        (CHANGE, ["change this", "do it", "accept that"]),
    ],
)
def test_who_asks_whether_the_shop_would_do_it_asks_for_advice(deed: Deed, acts: list[str]) -> None:
    asks = ["would you {a}?", "will you {a}", "would u {a}?", "so would you {a} now?", "could you really {a}?"]
    said = [ask.format(a=act) for ask, act in itertools.product(asks, acts)]
    assert [one for one in said if stance_of(one, deed) is Stance.YES] == []
    assert [one for one in said if not asks_advice(one, deed)] == []
    assert not asks_advice("yes", deed)


@pytest.mark.parametrize("deed", [CANCEL, EMPTY, FORGET, GIVE_BACK, CARRY_OUT, CHANGE, PLACE])
def test_whether_the_shop_can_do_it_is_no_order_to_do_it(deed: Deed) -> None:
    for said in (
        "can you do that?",
        "could you do this",
        "can u do it?",
        "could you go ahead?",
        "can you really do it",
    ):
        assert stance_of(said, deed) is not Stance.YES


@pytest.mark.parametrize(
    ("said", "deed"),
    [
        *((said, PLACE) for said in ("could you place this?", "can you submit it", "could you confirm that")),
        *((said, PLACE) for said in ("yes can you order them?", "would you place it please", "will you please buy it")),
        ("could you order it for me?", PLACE),
        *((said, PLACE) for said in ("can you go ahead and place this", "could you complete it? thank you")),
        *((said, CANCEL) for said in ("would you please scrap it", "can you go ahead and cancel it")),
        ("yes could you cancel it", CANCEL),
        *((said, EMPTY) for said in ("could you please empty it", "would you clear my cart for me?")),
        *((said, CHANGE) for said in ("could you confirm it?", "would you please change this")),
        (("yes could you please erase my data"), FORGET),
    ],
)  # fmt: skip
def test_a_polite_order_stays_one(said: str, deed: Deed) -> None:
    assert stance_of(said, deed) is Stance.YES


def test_what_is_erased_for_good_wants_more_than_a_polite_form() -> None:
    for said in ("could you please delete my data", "would you erase it for me", "can you please forget me?"):
        assert stance_of(said, FORGET) is not Stance.YES
    assert stance_of("please erase my data", FORGET) is Stance.YES


_BUYS = [
    "place it", "order it", "buy it", "purchase it", "ship it", "send them", "please deliver", "order now", "buy now",
    "check out", "I want it", "I'd like it", "we'll take it", "I'll have it", "yes I want it", "ok ship it",
    "that's right, send it", "take it", "confirm the order", "submit my order", "finalize the order",
    "complete my purchase", "place the order", "dispatch it", "book it", "I'll buy it",
]  # fmt: skip


@pytest.mark.parametrize(
    "deed",
    [
        CANCEL,
        EMPTY,
        FORGET,
        GIVE_BACK,
        STOP_MAILS,
        CHANGE,
        CARRY_OUT,
        replace(CARRY_OUT, verbs=CARRY_OUT.verbs | CARRY_OUT_VERBS["return"]),
    ],
)
def test_what_buys_is_a_yes_to_nothing_that_takes_away(deed: Deed) -> None:
    assert [said for said in _BUYS if stance_of(said, deed) is Stance.YES] == []


def test_what_buys_is_a_yes_where_something_is_bought() -> None:
    for deed in (PLACE, ADD_MORE):
        assert [said for said in _BUYS if stance_of(said, deed) is not Stance.YES] == []
    for said in ("yes", "do it", "confirm", "looks right", "submit it", "sounds good", "ok, go ahead"):
        assert stance_of(said, CHANGE) is stance_of(said, CARRY_OUT) is stance_of(said, ADD_MORE) is Stance.YES


def test_an_address_is_taken_by_its_own_words() -> None:
    for said in ("I want it", "buy it", "order them", "send it", "I'd like it"):
        assert stance_of(said, USE) is not Stance.YES
    for said in ("yes", "use it", "take that address", "ok", "yes, send it there"):
        assert stance_of(said, USE) is Stance.YES
    assert stance_of("I'll take it", TAKE) is Stance.YES


@pytest.mark.parametrize("deed", [PLACE, CHANGE, CARRY_OUT, CANCEL])
def test_a_yes_that_waves_away_or_is_asked_is_none(deed: Deed) -> None:
    for said in ("yeah yeah", "Yeah, yeah, yeah.", "sure sure", "perfect, just perfect", "yes¿", "ok？"):
        assert stance_of(said, deed) is not Stance.YES
    for said in ("yes yes", "yeah sure", "yeah, do it, yeah"):
        assert stance_of(said, deed) is Stance.YES
