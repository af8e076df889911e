"""Cards as blocks, within Slack's limits whatever is in them."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.slack.blocks import owner_of, settled, to_blocks, without_pictures
from bot.adapters.slack.forms import Origin, modal
from bot.messages import Button, Choice, Field, Form, Reply, Row, Verb


def button(label: str, verb: Verb = Verb.INTENT, arg: str = "") -> Button:
    return Button(label=label, choice=Choice(verb=verb, arg=arg))


ORDER = Reply(
    title="Your order",
    body=(
        Row("2 × Red Mug at $12.00", "$24.00"),
        Row("Total", "$24.00", strong=True),
        "To: 12 Main St",
        "Shall I place this order?",
    ),
    buttons=(
        button("Place order", Verb.CONFIRM, "q1"),
        button("Change", Verb.CHANGE, "q1"),
        button("Cancel", Verb.STOP, "q1"),
    ),
)
MUG = Reply(
    title="Red <Mug>",
    text="Enamel.\n$12.00",
    image="/images/MUG.png",
    buttons=(button("Add to cart", Verb.ADD, "MUG"),),
)
CARD = Reply(title="Card", text="Paper.\n$3.20", buttons=(button("Add to cart", Verb.ADD, "CARD"),))
LIST = Reply(
    body=("Below $20:", Row("1. Red Mug", "$12.00"), Row("2. Card", "$3.20")),
    cards=(MUG, CARD),
    buttons=(button("Add Red <Mug>", Verb.ADD, "MUG"), button("Add Card", Verb.ADD, "CARD"), button("More", Verb.MORE)),
)


def elements(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [one for block in blocks for one in (*block.get("elements", ()), block.get("accessory", {}))]
    return [one for one in found if one.get("type") == "button"]


def test_an_order_card_has_a_heading_its_rows_and_three_buttons() -> None:
    blocks, fallback = to_blocks(ORDER, owner="U01")
    assert [block["type"] for block in blocks] == ["header", "section", "section", "actions"]
    assert blocks[1]["text"]["text"] == "2 × Red Mug at $12.00 — *$24.00*\nTotal — *$24.00*"
    assert [(one["action_id"], one["value"], one.get("style")) for one in elements(blocks)] == [
        ("choice:0", "confirm:q1", "primary"),
        ("choice:1", "change:q1", None),
        ("choice:2", "stop:q1", None),
    ]
    assert owner_of(blocks[3]["block_id"]) == "U01"
    assert fallback == (
        "Your order\n2 × Red Mug at $12.00 — $24.00\nTotal — $24.00\nTo: 12 Main St\nShall I place this order?"
    )


def test_products_are_shown_with_picture_price_and_button_and_the_paging_below() -> None:
    blocks, _ = to_blocks(LIST, image_base="https://shop.example/")
    assert [block["type"] for block in blocks] == ["section", "section", "actions", "section", "actions"]
    assert blocks[0]["text"]["text"] == "Below $20:"
    assert blocks[1]["text"]["text"] == "*Red &lt;Mug&gt;*\nEnamel.\n$12.00"
    assert blocks[1]["accessory"] == {
        "type": "image",
        "image_url": "https://shop.example/images/MUG.png",
        "alt_text": "Red <Mug>",
    }
    assert blocks[3]["accessory"]["value"] == "add:CARD"
    ids = [one["action_id"] for one in elements(blocks)]
    assert len(ids) == len(set(ids)) == 3
    assert [one["value"] for one in elements(blocks)] == ["add:MUG", "add:CARD", "more:"]


@pytest.mark.parametrize(
    ("image", "base", "shown"),
    [
        ("https://cdn.example/mug.png", "", True),
        ("http://cdn.example/mug.png", "", False),
        ("/images/mug.png", "", False),
        ("file:///etc/passwd", "https://shop.example", False),
        ("javascript:alert(1)", "", False),
        ("https://cdn.example/" + "x" * 3000, "", False),
    ],
)
def test_only_pictures_that_slack_can_fetch_are_shown(image: str, base: str, shown: bool) -> None:
    blocks, _ = to_blocks(replace(MUG, image=image), image_base=base)
    assert ("accessory" in blocks[1]) is shown
    assert all("accessory" not in block for block in without_pictures(blocks))


def test_a_tapped_card_says_what_was_chosen_and_keeps_no_button() -> None:
    blocks, _ = to_blocks(ORDER)
    after = settled(blocks, "choice:0")
    assert elements(after) == []
    assert after[:3] == blocks[:3]
    assert after[3]["elements"][0]["text"] == "You chose: Place order"


def test_a_picture_that_slack_handed_back_with_its_size_is_sent_as_it_was_drawn() -> None:
    blocks, _ = to_blocks(replace(MUG, image="https://cdn.example/mug.png"))
    returned = [dict(block) for block in blocks]
    returned[1]["accessory"] = {**blocks[1]["accessory"], "image_width": 480, "fallback": "480x480px image"}
    assert settled(returned, "choice:0")[1] == blocks[1]


def test_the_other_products_of_a_list_can_still_be_added() -> None:
    blocks, _ = to_blocks(LIST)
    once = settled(blocks, "choice:0")
    assert [one["value"] for one in elements(once)] == ["add:CARD"]
    twice = settled(once, "choice:1")
    assert elements(twice) == []
    assert [block["type"] for block in twice].count("context") == 1


def test_of_a_recommendation_the_other_products_can_still_be_added_and_dismissed() -> None:
    cards = tuple(
        Reply(
            title=name, text="$1.00", buttons=(button("Add", Verb.ADD, name), button("Not for me", Verb.DISMISS, name))
        )
        for name in ("MUG", "CARD")
    )
    blocks, _ = to_blocks(Reply(text="For you:", cards=cards, buttons=(button("Show me others", Verb.OTHERS),)))
    once = settled(blocks, "choice:1")
    assert [one["value"] for one in elements(once)] == ["add:MUG", "add:CARD", "dismiss:CARD"]
    assert [one["value"] for one in elements(settled(blocks, "choice:4"))] == []


def test_a_form_is_offered_with_a_button_unless_it_is_too_large_for_one() -> None:
    form = Form(title="Address", fields=(Field(name="street", label="Street"),))
    blocks, _ = to_blocks(Reply(text="Where to?", form=form))
    assert [one["text"]["text"] for one in elements(blocks)] == ["Fill in a form"]
    blocks, _ = to_blocks(Reply(text="Where to?", form=form, buttons=(button("Undo"),)))
    assert [[one["action_id"] for one in block.get("elements", ())] for block in blocks] == [[], ["choice:0", "form"]]
    large = replace(form, fields=(Field(name="street", label="x" * 2000),))
    assert elements(to_blocks(Reply(text="Where to?", form=large))[0]) == []


WRITTEN = [
    "*Sam wrote:* give her the teapot",
    "_T7 is resolved_, says Ada",
    "~not this~ but that",
    "`refund: approved`",
    "> I am support",
    "```",
    "see https://shop.example/_a *Sam:* ok",
]


@pytest.mark.parametrize("words", WRITTEN)
def test_slacks_marks_in_what_somebody_wrote_stand_for_themselves(words: str) -> None:
    reply = Reply(title="The customer", body=("hello", words, Row("2 × Mug", "$24.00"), Row(words, words)))
    blocks, _ = to_blocks(reply)
    told = [block["text"] for block in blocks[1:]]
    assert [(one["type"], one["text"]) for one in told] == [
        ("mrkdwn", "hello"),
        ("plain_text", words),
        ("mrkdwn", "2 × Mug — *$24.00*"),
        ("plain_text", f"{words} — {words}"),
    ]
    long, _ = to_blocks(Reply(title=words.ljust(200, "x")))
    assert [block["text"]["type"] for block in long] == ["plain_text"]
    view = modal(Form(title="f", fields=(Field(name="a", label="A"),)), words, Origin(channel="C", chat_id="U"))
    assert view is not None
    assert view["blocks"][0]["text"] == {"type": "plain_text", "text": words, "emoji": False}


def test_of_many_lines_with_marks_none_is_lost_and_none_is_drawn() -> None:
    blocks, _ = to_blocks(Reply(body=tuple(f"{'*yes*' if number % 2 else 'no'} {number}" for number in range(99))))
    assert {block["text"]["type"] for block in blocks} == {"plain_text"}
    assert blocks[-1]["text"]["text"].splitlines()[-1] == "no 98"


@pytest.mark.parametrize("line", ["MUG_RED and TEA_POT", "https://shop.example/staff/_a-_b?to=/dashboard", "2 > 1"])
def test_what_slack_draws_as_it_is_stays_among_the_others_and_a_link_stays_one(line: str) -> None:
    blocks, _ = to_blocks(Reply(body=("above", line)))
    assert [block["text"]["type"] for block in blocks] == ["mrkdwn"]


def test_an_empty_reply_is_nothing() -> None:
    assert to_blocks(Reply(text="")) == ([], "")


def test_odd_and_huge_replies_stay_within_the_limits() -> None:
    random_ = random.Random(3)
    odd = [
        "&<>",
        "👩‍👩‍👧",
        "\u202ertl",
        "\x00\x1b[31m",
        "'; DROP TABLE orders; --",
        "{{7*7}}",
        "*_~`",
        "\t",
        "\n",
        "x" * 4000,
        " ",
    ]

    def text() -> str:
        return "".join(random_.choices(odd, k=random_.randrange(40)))

    for _ in range(300):
        cards = tuple(Reply(title=text(), text=text(), image=text(), buttons=(button(text()),)) for _ in range(3))
        reply = Reply(
            title=text(),
            body=(text(), Row(text(), text()), text()),
            buttons=tuple(button(text() or "b") for _ in range(random_.randrange(30))),
            cards=random_.choice([(), cards]),
        )
        _accepted_by_slack(*to_blocks(reply))


def _accepted_by_slack(blocks: list[dict[str, Any]], fallback: str) -> None:
    """Asserts https://docs.slack.dev/reference/block-kit/blocks."""
    json.dumps(blocks)
    assert len(blocks) <= 50
    assert len(fallback) <= 3000
    ids = [one["action_id"] for one in elements(blocks)]
    assert len(ids) == len(set(ids))
    rows = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(rows) == len(set(rows))
    for block in blocks:
        if block["type"] == "header":
            assert 0 < len(block["text"]["text"]) <= 150
        if block["type"] == "section":
            assert len(block["text"]["text"].strip()) > 0
            assert len(block["text"]["text"]) <= 3000
        if block["type"] == "actions":
            assert 0 < len(block["elements"]) <= 5
    for one in elements(blocks):
        assert len(one["text"]["text"].strip()) > 0
        assert len(one["text"]["text"]) <= 75
        assert len(one["action_id"]) <= 255
        assert len(one["value"]) <= 2000
