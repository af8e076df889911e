"""Replies come back from storage as they were kept, those of older versions too; which buttons stand below cards."""

import json
from dataclasses import replace

import pytest

from bot.messages import Button, Choice, Reply, Row, Verb, reply_from_json, reply_to_json


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text="Hello"),
        Reply(text=""),
        Reply(
            body=(Row("2 × Red Enamel Mug", "$24.00"), Row("Total", '$24.00 "net"\\ ☕', strong=True), "said:\ta\nb"),
            cards=(Reply(body=("Enamel.", Row("", "$12.00"))),),
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
    with pytest.raises(ValueError, match="title"):
        reply_from_json('{"title": 3}')
    with pytest.raises(ValueError, match="Reply"):
        reply_from_json("[]")


def test_a_reply_that_was_kept_when_tabs_made_rows_has_them_still() -> None:
    kept = '{"text": "Yours:\\nMug\\t$12.00", "title": "Cart", "cards": [{"text": "Mug\\t$12.00"}]}'
    rows = (Row("Mug", "$12.00"),)
    assert reply_from_json(kept) == Reply(title="Cart", body=("Yours:", *rows), cards=(Reply(body=rows),))


def test_text_and_body_say_the_same() -> None:
    made = Reply(body=("Hello\nthere", Row("A\tb\nc", "$1"), Row("", "$2")))
    assert made.text == "Hello\nthere\nA b c\t$1\n$2"
    assert made.body == ("Hello", "there", Row("A b c", "$1"), Row("", "$2"))
    assert Reply(text="Hello\nthere").body == ("Hello", "there")
    with pytest.raises(ValueError, match="body"):
        replace(made, text="Bye")


def test_lines_are_added_above_and_below_whatever_a_reply_holds() -> None:
    rows = (Row("Mug", "$12.00"),)
    assert Reply(body=rows).with_lines(above=["So:"], below=["Fine?"]) == Reply(body=("So:", *rows, "Fine?"))


def test_below_cards_stand_the_buttons_that_are_on_none_of_them() -> None:
    add = Choice(verb=Verb.ADD, arg="MUG")
    card = Reply(text="$12.00", buttons=(Button(label="Add to cart", choice=add),))
    more = Button(label="More", choice=Choice(verb=Verb.MORE))
    shown = Reply(text="In stock:\n1. Mug", cards=(card,), buttons=(Button(label="Add Mug", choice=add), more))
    assert shown.below_cards == (more,)
