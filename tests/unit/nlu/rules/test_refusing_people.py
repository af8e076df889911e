"""Who wants no person, and who does."""

import pytest

from nlu.rules.refusing_people import refuses_people

REFUSES = """
I don't want a human
no human please
please don't connect me to a person
no need for a person
I'd hate to talk to a human
I'm only human
stop, don't call anyone
don't bring in a colleague
no staff needed
I'd rather not talk to someone
you needn't call an agent
without a human please
a person isn't necessary
don't hand me over
do not get anyone
nobody needs to step in
I prefer the bot over a person
no agent thanks
"""
WANTS = """
human
I want a human
can I talk to a person?
I don't want a bot, I want a human
no bot, human please
why can't I speak to a person?
I don't understand you, a person please
I can't reach anyone
no one helps me, get me a human
I don't get an answer from anyone
I need a human, don't ignore me
no humans here?
I want to talk to someone not a machine
I won't buy without talking to a person
don't you have a human?
I prefer to talk to a person over the bot
"""


@pytest.mark.parametrize("said", REFUSES.strip().splitlines())
def test_nobody_is_wanted(said: str) -> None:
    assert refuses_people(said)


@pytest.mark.parametrize("said", ["", "hello", *WANTS.strip().splitlines()])
def test_somebody_is_wanted_or_nothing_is_said_of_it(said: str) -> None:
    assert not refuses_people(said)
