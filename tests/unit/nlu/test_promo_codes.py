"""What messages say of codes: used, left out, asked about, and what else they want."""

import re

import pytest

from nlu.rules.promo_codes import Act, called, candidates, read


def wish(text: str, *codes: str) -> tuple[Act, tuple[str, ...], str] | None:
    """What a message wants where these are codes, and what it says besides."""
    known = [one for one in candidates(text) if re.sub(r"[\W_]", "", one).upper() in (codes or ("SPRING10",))]
    found = read(text, known)
    return None if found is None else (found.act, found.codes, "" if found.alone else found.rest)


@pytest.mark.parametrize(
    "text",
    [
        "use code SPRING10",
        "SPRING10",
        "SPRING10!",
        "I have a voucher SPRING10",
        "got a coupon code: SPRING10, can you take it?",
        "my promo code is SPRING10",
        "can i use SPRING10 on this",
        "theres a code on my flyer, SPRING10",
        "could you please apply the discount SPRING10?",
        "i was sent SPRING10 in an email",
        "hello! my wife gave me this code SPRING10, does it still count? please use it",
    ],
)
def test_a_code_is_used(text: str) -> None:
    assert wish(text) == (Act.USE, ("SPRING10",), "")


@pytest.mark.parametrize("text", ["spring10", "apply spring-10 please", "pls add discount code spring 10 to my order"])
def test_a_code_is_known_in_other_spellings(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found[0] is Act.USE
    assert re.sub(r"[\W_]", "", found[1][0]).upper() == "SPRING10"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2 red enamel mugs with code SPRING10", "2 red enamel mugs"),
        ("2 mugs code SPRING10", "2 mugs"),
        ("use SPRING10 and add a teapot", "add a teapot"),
        ("salt and pepper set with code SPRING10", "salt and pepper set"),
        (
            "2 red mugs to 12 Main St, Denver CO 80203, code SPRING10, bob@example.com",
            "2 red mugs to 12 Main St, Denver CO 80203, bob@example.com",
        ),
    ],
)
def test_what_else_a_message_says_is_left(text: str, rest: str) -> None:
    assert wish(text) == (Act.USE, ("SPRING10",), rest)


@pytest.mark.parametrize("text", ["remove the code", "take the discount off", "actually don't use the code"])
def test_codes_are_taken_out(text: str) -> None:
    assert wish(text) == (Act.REMOVE, (), "")


def test_what_is_cancelled_beside_a_code_is_no_code() -> None:
    found = wish("cancel my order, I have a code")
    assert found is not None
    assert found[0] is Act.WHICH


def test_one_code_is_left_out() -> None:
    assert wish("please dont use SPRING10") == (Act.REMOVE, ("SPRING10",), "")
    assert wish("order 2 mugs without the code") == (Act.REMOVE, (), "order 2 mugs")


@pytest.mark.parametrize(
    "text",
    [
        "does SPRING10 work on candles?",
        "how long is SPRING10 valid",
        "what does SPRING10 do",
        "SPRING10 doesn't work",
        "my friend used SPRING10 last week",
        "how do I use SPRING10?",
        "until when can I use SPRING10",
        "can SPRING10 be combined with other offers?",
    ],
)
def test_a_question_or_a_story_uses_nothing(text: str) -> None:
    assert wish(text) == (Act.ABOUT, ("SPRING10",), "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("will SPRING10 work on 3 candles?", ""),
        ("is SPRING10 fine with ivy@example.com", ""),
        ("how much are 2 candles with SPRING10?", "how much are 2 candles"),
        ("add 2 candles, and does SPRING10 count?", "add 2 candles"),
    ],
)
def test_what_a_question_names_beside_a_code_is_not_wished_for(text: str, rest: str) -> None:
    assert wish(text) == (Act.ABOUT, ("SPRING10",), rest)


@pytest.mark.parametrize(
    "text", ["do you have a discount?", "any promo codes?", "discounts?", "what vouchers do you have"]
)
def test_discounts_are_asked_for(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found[0] is Act.ANY


@pytest.mark.parametrize(
    "text",
    [
        "I got OAK15 but I'd rather keep it for my next order",
        "have OAK15, saving it for another time",
        "my neighbour says OAK15 is expired",
        "I heard OAK15 was a hoax",
        "OAK15 looks bogus",
    ],
)
def test_a_code_that_is_only_spoken_of_is_not_used(text: str) -> None:
    assert wish(text, "OAK15") == (Act.ABOUT, ("OAK15",), "")


def test_codes_that_are_tried_together_are_all_read() -> None:
    text = "please try OAK15X, ELM20Y and ASH25Z"
    assert called(text) == ("OAK15X", "ELM20Y", "ASH25Z")
    assert wish(text, *called(text)) == (Act.USE, ("OAK15X", "ELM20Y", "ASH25Z"), "")
    assert called("try OAK15X, 2 mugs and a lamp") == ("OAK15X",)


@pytest.mark.parametrize("text", ["is there a sale on", "got any deals right now", "what's on offer"])
def test_a_sale_is_asked_for(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found[0] is Act.SALE


@pytest.mark.parametrize("text", ["i got a voucher from my aunt", "how do I use a promo code?", "I have a code"])
def test_a_code_is_spoken_of_and_not_named(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found[:2] == (Act.WHICH, ())


@pytest.mark.parametrize("text", ["use code NOSUCH42", "code: nosuch42", "voucher NOSUCH42"])
def test_what_is_called_a_code_is_read_though_there_is_none(text: str) -> None:
    found = wish(text)
    assert found is not None
    assert found[0] is Act.USE
    assert found[1][0].upper() == "NOSUCH42"


@pytest.mark.parametrize(
    "text",
    [
        "cancel order 1001",
        "order 2 of HAMPER-4",
        "I NEED 2 RED MUGS",
        "do you have any mugs for sale",
        "do you offer gift wrapping?",
        "what deals with rust best?",
        "zip code 80203",
        "what's the code for the gate",
        "link code 7GK2-9QXM",
        "send me another code",
        "the code is 123456",
        "Code: 123456",
        "I'd like a gift voucher",
        "what is the sales tax",
        "what do you have on sale for under 20 dollars",
        "can I return an item I bought on sale",
        "use code SPRING10. actually don't",
        "2 red mugs please. Do you have any discounts?",
    ],
)
def test_what_is_none_of_it_stays_what_it_is(text: str) -> None:
    assert wish(text) is None


def test_a_welcome_is_a_code_only_where_it_is_called_one() -> None:
    assert wish("welcome", "WELCOME") is None
    assert wish("use code welcome", "WELCOME") == (Act.USE, ("welcome",), "")
    assert wish("WELCOME", "WELCOME") == (Act.USE, ("WELCOME",), "")
