"""What is said about marketing beside other wishes, and what is left of the message."""

import pytest

from nlu.rules.marketing_besides import split


@pytest.mark.parametrize(
    ("said", "words", "rest"),
    [
        ("refund the kettle and no more newsletters", "no more newsletters", "refund the kettle"),
        ("Unsubscribe me. The kettle is too loud, I send it back.", "Unsubscribe me",
         "The kettle is too loud, I send it back."),
        ("swap it for the grey one; oh and quit sending me offers",
         "quit sending me offers", "swap it for the grey one"),
        ("post it to 4 Oak Ave, Salem OR 97301 and please take me off your list", "take me off your list",
         "post it to 4 Oak Ave, Salem OR 97301"),
        ("two kettles, opt me out of marketing, and the red tray", "opt me out of marketing",
         "two kettles. the red tray"),
        ("return the tray, it cracked, and sign me up for the newsletter", "sign me up for the newsletter",
         "return the tray, it cracked"),
    ],
)  # fmt: skip
def test_both_are_told_apart(said: str, words: str, rest: str) -> None:
    found = split(said)
    assert found is not None
    assert found.words == (words,)
    assert found.rest == rest


@pytest.mark.parametrize(
    "said",
    [
        "please stop the newsletter, thanks",
        "stop the newsletter but keep my order updates",
        "return the tray and the kettle",
        "don't stop the mails, return the tray",
        "who can stop the newsletter?",
        "return the tray, stop emails, no wait, don't",
        "if you have it, send me ideas and the tray",
        "not the tray. send me ideas",
        "don't mail bob@example.com, the other one is right",
    ],
)
def test_one_of_them_alone_what_is_taken_back_and_half_a_consent_are_left(said: str) -> None:
    assert split(said) is None
