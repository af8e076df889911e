"""An e-mail is the writer's own only where the message offers it, and nothing beside it says otherwise."""

import pytest

from nlu.rules.identifiers import find_emails
from nlu.rules.offered_emails import Offer, offer_of, proven
from nlu.understanding import Entity


def spoken_of(said: str, *parts: str) -> Offer:
    first, *others = find_emails(said)
    found = [Entity(name="product", value=one, start=said.index(one), end=said.index(one) + len(one)) for one in parts]
    return offer_of(said, first, others=others, parts=found)


@pytest.mark.parametrize(
    "said",
    [
        "ivy@example.com",
        "hm, ivy@example.com I guess",
        "Oh well, the receipt should go to ivy@example.com then!",
        "could we rather use ivy@example.com?",
        "there was a typo in it, it's ivy@example.com",
        "correct my address to ivy@example.com",
        "please mail the invoice to ivy@example.com, not to the old one",
        "ivy@example.com instead of max@example.com",
        "Ivy Stone\nivy@example.com\n303 555 0100",
        "my e-mail is ivy@example.com too",
        "I live with Max and use ivy@example.com",
        "mail it to me, and my address is ivy@example.com",
        "send the bill to me at ivy@example.com",
        "my name is Ivy and ivy@example.com is my mail",
    ],
)
def test_an_e_mail_is_offered(said: str) -> None:
    assert spoken_of(said) is Offer.OWN


def test_beside_a_code_the_rest_of_what_is_said_counts() -> None:
    assert spoken_of("use voucher JUNE7 for ivy@example.com", "JUNE7") is Offer.OWN
    assert spoken_of("JUNE7 ivy@example.com", "JUNE7") is Offer.OWN
    assert spoken_of("would JUNE7 work for ivy@example.com", "JUNE7") is Offer.NAMED
    assert spoken_of("JUNE7 for ivy@example.com?", "JUNE7") is Offer.NAMED
    assert spoken_of("do not use JUNE7 for ivy@example.com", "JUNE7") is Offer.REFUSED
    assert spoken_of("can you ship two mugs to ivy@example.com?", "two mugs") is Offer.LIKELY


def test_among_the_parts_of_an_order_the_bare_address_is_offered() -> None:
    assert spoken_of("two red mugs for my aunt, ivy@example.com, 7 Oak Rd", "two red mugs", "7 Oak Rd") is Offer.OWN
    assert spoken_of("two red mugs, no gift wrap, ivy@example.com", "two red mugs") is Offer.OWN
    assert spoken_of("don't send the mugs to my boss, ivy@example.com", "mugs") is Offer.REFUSED


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("nobody at ivy@example.com may know", Offer.REFUSED),
        ("ivy@example.com, but never that one", Offer.REFUSED),
        ("we shouldn't use ivy@example.com", Offer.REFUSED),
        ("my flatmate is ivy@example.com", Offer.NAMED),
        ("ivy@example.com cheated on me", Offer.NAMED),
        ("are you ivy@example.com", Offer.NAMED),
        ("which orders has ivy@example.com?", Offer.NAMED),
        ("should we use ivy@example.com?", Offer.NAMED),
        ("ivy@example.com?", Offer.NAMED),
        ("change ivy@example.com", Offer.NAMED),
        ("once I moved out use ivy@example.com", Offer.LIKELY),
        ("our bookkeeper's mail is ivy@example.com", Offer.LIKELY),
        ("don't take the one of my work, use ivy@example.com", Offer.LIKELY),
        ("bcc ivy@example.com", Offer.BESIDE),
        ("send it to ivy@example.com as well as a copy to me", Offer.BESIDE),
        ("mail the bill to ivy@example.com as well", Offer.BESIDE),
        ("could you send the confirmation to my office mail ivy@example.com as well", Offer.BESIDE),
        ("please send receipts to us and ivy@example.com", Offer.BESIDE),
        ("mail both me and ivy@example.com", Offer.BESIDE),
        ("the invoice goes to my usual address & ivy@example.com", Offer.BESIDE),
        ("send the bill to ivy@example.com and me", Offer.BESIDE),
        ("in addition mail the receipt to ivy@example.com", Offer.BESIDE),
        ("email one more to ivy@example.com", Offer.BESIDE),
        ("x " * 5000 + "ivy@example.com", Offer.NAMED),
    ],
)
def test_an_e_mail_is_only_mentioned(said: str, how: Offer) -> None:
    assert spoken_of(said) is how


@pytest.mark.parametrize(
    ("said", "proves"),
    [
        ("verify ivy@example.com", True),
        ("ivy@example.com", True),
        ("I want to see my orders under ivy@example.com", True),
        ("has ivy@example.com signed up here?", False),
        ("show me what ivy@example.com bought", False),
        ("see the orders of ivy@example.com", False),
    ],
)
def test_whoever_proves_an_e_mail_offers_it(said: str, *, proves: bool) -> None:
    (email,) = find_emails(said)
    assert proven(said, email) is proves
