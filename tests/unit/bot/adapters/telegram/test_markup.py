"""Replies as Telegram messages: escapes, rows, cards, and every limit."""

from bot.adapters.telegram.markup import (
    MOST_CAPTION,
    MOST_TEXT,
    Outgoing,
    keyboard,
    mention_of,
    seen_length,
    short_label,
    to_messages,
)
from bot.messages import Attachment, Button, Choice, Command, Field, Form, Reply, Row, Verb
from tests.support.bot_api_wire import parse_html


def a_button(label: str, verb: Verb = Verb.INTENT, arg: str = "") -> Button:
    return Button(label=label, choice=Choice(verb=verb, arg=arg or label[:20]))


def shown(messages: list[Outgoing]) -> list[str]:
    """The messages as they are read; fails on HTML that Telegram would refuse."""
    return [parse_html(one.html)[0] for one in messages]


def test_a_title_is_bold_and_a_row_has_a_dash() -> None:
    (message,) = to_messages(Reply(title="Your cart", body=(Row("2 × Mug", "$24.00"), Row("Total", "$24.00"))))
    assert message.html == "<b>Your cart</b>\n2 × Mug — <b>$24.00</b>\nTotal — <b>$24.00</b>"


def a_form(*fields: Field) -> Form:
    """A staff command's form."""
    return Form(title="A form", fields=fields, command=Command(name="inventory"))


def test_everything_is_escaped() -> None:
    nasty = "<b>&amp; </b>\"' <script>"
    reply = Reply(title=nasty, body=(Row(nasty, nasty),), form=a_form(Field(name="a", label=nasty)))
    assert shown(to_messages(reply, mention=mention_of(7, nasty))) == [
        f"{nasty}\n{nasty}\n{nasty} — {nasty}\n{nasty}",
    ]


def test_a_long_text_is_cut_into_messages_with_the_buttons_below_the_last() -> None:
    lines = [f"{number}. {'wörd 🙂 ' * 12}<&>" for number in range(200)]
    messages = to_messages(Reply(title="Long", text="\n".join(lines), buttons=(a_button("More"),)))
    assert len(messages) > 1
    assert max(seen_length(text) for text in shown(messages)) <= MOST_TEXT
    assert "\n".join(shown(messages)).split("\n")[1:] == [line.strip() for line in lines]
    assert [bool(one.keyboard) for one in messages] == [False] * (len(messages) - 1) + [True]


def test_a_line_without_an_end_is_cut_too() -> None:
    for line in ("x" * 100_000, "🙂" * 50_000, "word " * 20_000, Row("x" * 5000, "$1")):
        texts = shown(to_messages(Reply(body=(line,))))
        assert max(seen_length(text) for text in texts) <= MOST_TEXT
        assert "".join(texts).replace(" ", "") == str(line).replace(" ", "").replace("\t", "—")


def test_a_text_that_fits_exactly_is_one_message() -> None:
    assert len(to_messages(Reply(text="x" * MOST_TEXT))) == 1
    assert len(to_messages(Reply(text="x" * (MOST_TEXT + 1)))) == 2


def test_what_shows_nothing_is_not_sent() -> None:
    assert to_messages(Reply(text="")) == []
    assert to_messages(Reply(text=" \n ")) == []


def test_a_list_of_products_becomes_a_heading_and_pictures() -> None:
    cards = tuple(
        Reply(
            title=f"Mug {number}",
            text="$12.00",
            image=f"/images/{number}.png",
            buttons=(a_button("Add", Verb.ADD, f"MUG-{number}"),),
        )
        for number in range(7)
    )
    reply = Reply(
        body=("In stock:", Row("1. Mug", "$12")),
        cards=cards,
        buttons=(a_button("Add Mug", Verb.ADD, "MUG-1"), a_button("More", Verb.MORE)),
    )
    heading, *rest = to_messages(reply)
    assert (heading.html, heading.keyboard) == ("In stock:", ())
    assert [one.image for one in rest] == [f"/images/{number}.png" for number in range(5)]
    assert rest[0].html == "<b>Mug 0</b>\n$12.00"
    assert [[[button.label for button in row] for row in one.keyboard] for one in rest] == [
        *[[["Add"]]] * 4,
        [["Add"], ["More"]],  # the list's button stands apart from the last product's
    ]


def test_without_cards_a_list_stays_one_message() -> None:
    reply = Reply(
        body=("In stock:", Row("1. Mug", "$12")), cards=(Reply(text="Mug"),), buttons=(a_button("Add Mug", Verb.ADD),)
    )
    (message,) = to_messages(reply, with_cards=False)
    assert message.html == "In stock:\n1. Mug — <b>$12</b>"
    assert message.keyboard == ((a_button("Add Mug", Verb.ADD),),)


def test_a_caption_that_is_too_long_goes_below_the_picture() -> None:
    short, long = "x" * MOST_CAPTION, "x" * (MOST_CAPTION + 1)
    assert [one.image for one in to_messages(Reply(text=short, image="/images/A.png"))] == ["/images/A.png"]
    picture, text = to_messages(Reply(text=long, image="/images/A.png", buttons=(a_button("Add"),)))
    assert (picture.image, picture.html, picture.keyboard) == ("/images/A.png", "", ())
    assert (text.image, text.html, bool(text.keyboard)) == ("", long, True)


def test_short_labels_stand_side_by_side() -> None:
    labels = ["Place order", "Change", "Cancel", "A label that is rather long", "Yes", "No"]
    rows = [[button.label for button in row] for row in keyboard([a_button(label) for label in labels])]
    assert rows == [["Place order", "Change"], ["Cancel"], ["A label that is rather long"], ["Yes", "No"]]


def test_a_label_is_cut() -> None:
    assert short_label("x" * 64) == "x" * 64
    assert short_label("x" * 65) == "x" * 63 + "…"


def test_a_form_is_named_by_its_visible_fields() -> None:
    fields = (
        Field(name="id", label="Id", hidden=True),
        Field(name="street", label="Street"),
        Field(name="town", label="Town"),
    )
    (message,) = to_messages(Reply(text="Which?", form=a_form(*fields)))
    assert message.html == "Which?\n<i>Street, Town</i>"


def test_a_form_that_only_helps_to_write_a_text_adds_nothing_to_the_question() -> None:
    fields = (Field(name="street", label="Street"),)
    (message,) = to_messages(Reply(text="Where to?", form=Form(title="Address", fields=fields)))
    assert message.html == "Where to?"


def test_a_file_is_a_message_of_its_own() -> None:
    file = Attachment(name="products.csv", content="product_id\n")
    text, document = to_messages(Reply(text="Here it is.", attachment=file))
    assert (text.html, text.document) == ("Here it is.", None)
    assert document == Outgoing(document=file)
