"""Deeds: tables of phrases that can be found, and that do not contradict each other."""

import pytest

from nlu.rules import deeds, mood_words
from nlu.rules.deeds import CANCEL, CANCELLING, Deed
from nlu.rules.mood_clauses import LONGEST_PHRASE

DEEDS = {name: value for name, value in vars(deeds).items() if isinstance(value, Deed)}


@pytest.mark.parametrize("name", DEEDS)
def test_no_phrase_is_longer_than_what_is_looked_for(name: str) -> None:
    deed = DEEDS[name]
    for phrases in (deed.verbs, deed.done, deed.things, deed.yeses, deed.beside):
        assert all(0 < len(phrase.split()) <= LONGEST_PHRASE for phrase in phrases)


@pytest.mark.parametrize("name", DEEDS)
def test_what_orders_a_deed_does_not_tell_of_it_nor_refuse_anything(name: str) -> None:
    deed = DEEDS[name]
    assert not deed.verbs & deed.done
    assert not deed.yeses & (mood_words.NO | mood_words.NEGATIONS)


def test_only_words_that_speak_of_cancelling_wherever_they_stand_do_so_unasked() -> None:
    assert CANCELLING.verbs < CANCEL.verbs
    assert {"cancel", "call it off"} <= CANCELLING.verbs
    assert not {"get rid of", "undo"} & CANCELLING.verbs
