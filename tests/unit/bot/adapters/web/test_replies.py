"""Replies as the page takes them: a list's heading, each product once, and below them what belongs to none."""

from bot.adapters.web.replies import rendered
from bot.messages import Button, Choice, Reply, Row, Verb

MUG = Choice(verb=Verb.PICK, arg="MUG")
NONE = Button(label="None of these", choice=Choice(verb=Verb.NO, arg="token"))
LIST = Reply(
    body=(
        "In your cart: 1 × Tray.",
        "2 × “mugs”: which one?",
        Row("1. Red Mug, 3 in stock", "$9.50"),
        "After that: 1 bag.",
    ),
    cards=(Reply(title="Red Mug", image="/images/MUG.png", buttons=(Button(label="This one", choice=MUG),)),),
    buttons=(Button(label="Red Mug", choice=MUG), NONE),
)


def test_above_the_cards_stands_all_that_is_said_and_no_row() -> None:
    heading, card, below = rendered([LIST])
    assert heading["text"] == "In your cart: 1 × Tray.\n2 × “mugs”: which one?\nAfter that: 1 bag."
    assert heading["buttons"] == []
    assert (card["title"], [one["label"] for one in card["buttons"]]) == ("Red Mug", ["This one"])
    assert (below["text"], below["title"], [one["label"] for one in below["buttons"]]) == ("", "", ["None of these"])


def test_where_every_button_is_on_a_card_nothing_stands_below() -> None:
    assert len(rendered([Reply(body=LIST.body, cards=LIST.cards, buttons=LIST.buttons[:1])])) == 2


def test_a_button_tells_how_long_it_counts() -> None:
    told = rendered([Reply(text="?", buttons=(NONE, Button(label="Add", choice=Choice(verb=Verb.ADD, arg="MUG"))))])
    assert [(one["answers"], one["lasting"]) for one in told[0]["buttons"]] == [(True, False), (False, True)]
