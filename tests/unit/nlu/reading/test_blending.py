"""The classifier and the reader weigh intents together."""

from nlu.reading.blending import SHARE, blend
from nlu.reading.decoding import ReadAct
from nlu.reading.labels import ACTS


def act(label: str, sure: float = 1.0, start: int = 0, end: int = 10) -> ReadAct:
    return ReadAct(
        start=start, end=end, label=label, sure=sure, scores=tuple(sure if one == label else 0.0 for one in ACTS)
    )


def test_both_have_their_share() -> None:
    blended = blend({"order_status": 0.4, "help": 0.6}, [act("status")])
    assert blended["order_status"] == SHARE + (1 - SHARE) * 0.4
    assert blended["help"] == (1 - SHARE) * 0.6


def test_what_the_reader_does_not_tell_apart_the_classifier_does() -> None:
    blended = blend({"order": 0.3, "add_to_cart": 0.1, "help": 0.6}, [act("add")])
    assert abs(blended["order"] - 3 * blended["add_to_cart"]) < 1e-9
    assert abs(sum(blended.values()) - 1) < 1e-9


def test_words_that_want_nothing_weigh_nothing_and_courtesies_only_alone() -> None:
    ranking = {"affirm": 0.5, "order": 0.5}
    assert blend(ranking, [act("-")]) == ranking
    assert blend(ranking, [])["order"] == 0.5
    assert blend(ranking, [act("yes"), act("add", start=10, end=20)])["order"] > 0.6
    assert blend(ranking, [act("yes")])["affirm"] > 0.6


def test_an_act_of_no_intent_leaves_it_to_the_classifier() -> None:
    ranking = {"affirm": 0.2, "help": 0.8}
    assert blend(ranking, [act("undo")]) == ranking
