"""Replies come back from storage as they were kept, those of older versions too; which buttons stand below cards."""

import json
from dataclasses import replace

import pytest

from bot.messages import Button, Choice, Command, Field, Form, Reply, Row, Verb, reply_from_json, reply_to_json


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


def buttons(*verbs: Verb) -> tuple[Button, ...]:
    return tuple(Button(label=verb, choice=Choice(verb=verb)) for verb in verbs)


@pytest.mark.parametrize(
    ("over", "replaced", "left"),
    [
        (False, False, [Verb.CONFIRM, Verb.CHANGE, Verb.UNDO, Verb.ADD, Verb.MORE]),
        (True, False, [Verb.UNDO, Verb.ADD, Verb.MORE]),
        (False, True, [Verb.ADD, Verb.MORE]),
        (True, True, [Verb.ADD, Verb.MORE]),
    ],
)
def test_of_a_card_only_those_buttons_are_left_that_count(over: bool, replaced: bool, left: list[Verb]) -> None:
    card = Reply(text="Card", buttons=buttons(Verb.CONFIRM, Verb.CHANGE, Verb.UNDO, Verb.ADD, Verb.MORE))
    assert [button.choice.verb for button in card.left(over=over, replaced=replaced).buttons] == left
    assert card.passing


def test_a_choice_among_products_ends_with_its_question_and_not_with_a_newer_card() -> None:
    pick = Reply(title="Mug", buttons=buttons(Verb.PICK))
    which = Reply(text="Which?", cards=(pick,), buttons=buttons(Verb.PICK, Verb.OTHER))
    assert which.left(over=False, replaced=True) == which
    ended = which.left(over=True, replaced=False)
    assert (ended.buttons, ended.cards) == ((), (replace(pick, buttons=()),))


def test_a_form_ends_with_the_question_that_it_helps_to_answer_and_a_command_s_does_not() -> None:
    form = Form(title="Address", fields=(Field(name="street", label="Street"),))
    assert Reply(text="Where to?", form=form).left(over=True, replaced=False).form is None
    staff = Reply(text="Which?", form=replace(form, command=Command(name="inventory")))
    assert not staff.passing


def test_what_means_the_same_ever_passes_with_nothing() -> None:
    assert not Reply(text="Placed", buttons=buttons(Verb.CHANGE_ORDER, Verb.CANCEL, Verb.ADD)).passing
    assert not Reply(text="Hello").passing
