"""Replies come back from storage as they were kept, those of older versions too; which buttons stand below cards."""

import json

import pytest

from bot.messages import Button, Choice, Reply, Verb, reply_from_json, reply_to_json


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text="Hello"),
        Reply(text=""),
        Reply(
            text='2 × Red Enamel Mug\t$24.00\nTotal\t$24.00 "net"\\ ☕',
            title="Your order",
            image="/images/MUG-RED.png",
            buttons=(
                Button(label="Place order", choice=Choice(verb=Verb.CONFIRM, arg="q_81f3")),
                Button(label="Ändern", choice=Choice(verb=Verb.CHANGE)),
            ),
        ),
    ],
)
def test_a_reply_survives_storage_as_json(reply: Reply) -> None:
    assert reply_from_json(reply_to_json(reply)) == reply
    assert reply_from_json(json.dumps(json.loads(reply_to_json(reply)))) == reply


def test_a_stored_button_that_no_version_knows_any_more_is_still_read() -> None:
    kept = '{"text": "", "buttons": [{"label": "Old", "choice": {"verb": "gone", "arg": "7"}}]}'
    assert reply_from_json(kept).buttons[0].choice == Choice(verb=Verb.UNKNOWN, arg="7")


def test_json_that_is_no_reply_is_refused() -> None:
    with pytest.raises(ValueError, match="text"):
        reply_from_json('{"title": "no text"}')


def test_below_cards_stand_the_buttons_that_are_on_none_of_them() -> None:
    add = Choice(verb=Verb.ADD, arg="MUG")
    card = Reply(text="$12.00", buttons=(Button(label="Add to cart", choice=add),))
    more = Button(label="More", choice=Choice(verb=Verb.MORE))
    shown = Reply(text="In stock:\n1. Mug", cards=(card,), buttons=(Button(label="Add Mug", choice=add), more))
    assert (shown.heading, shown.below_cards) == ("In stock:", (more,))
