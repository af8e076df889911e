"""The words that name a topic are looked for in linear time, also where they repeat."""

from functools import partial

import pytest

from nlu.topics import named_topics
from tests.support.hunting import timed

SECONDS = 0.1


@pytest.mark.parametrize("pump", ["what about ", "how about what is ", "the and ", "p & p ", "postage ", "what's ? "])
def test_words_around_shipping_repeat_without_harm(pump: str) -> None:
    text = f"{pump * 300}x"[:2000] + "x"
    assert timed(partial(named_topics, text), stop=SECONDS) < SECONDS


@pytest.mark.parametrize("said", ["what about shipping?", "and the postage", "how about delivery", "whats p&p"])
def test_a_bare_word_with_what_about_is_its_cost(said: str) -> None:
    assert "shipping_cost" in named_topics(said)
