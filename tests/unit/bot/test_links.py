"""Links in mails: only we can make them, each for one purpose, and they survive the rotation of the key."""

import pytest

from bot.links import Links

OLD, NEW = b"o" * 32, b"n" * 32


def token(url: str) -> str:
    return url.rpartition("/")[2]


def test_a_link_leads_back_to_what_it_stands_for() -> None:
    links = Links("https://shop.example.com", [OLD])
    assert links.cancel(1042).startswith("https://shop.example.com/cancel/")
    assert links.order_of(token(links.cancel(1042))) == 1042
    assert links.message_of(token(links.unsubscribe("a1b2"))) == "a1b2"


@pytest.mark.parametrize("made_up", ["", "x", "1042", "MTA0Mg.abc", "../../etc/passwd", "é" * 40])
def test_what_was_made_up_leads_nowhere(made_up: str) -> None:
    links = Links("https://shop.example.com", [OLD])
    assert links.order_of(made_up) is None
    assert links.message_of(made_up) is None


def test_a_link_for_one_thing_is_none_for_another() -> None:
    links = Links("https://shop.example.com", [OLD])
    assert links.message_of(token(links.cancel(1042))) is None
    assert links.order_of(token(links.unsubscribe("1042"))) is None


def test_links_of_the_old_key_hold_until_it_is_forgotten() -> None:
    before = token(Links("https://shop.example.com", [OLD]).cancel(7))
    assert Links("https://shop.example.com", [OLD, NEW]).order_of(before) == 7
    assert Links("https://shop.example.com", [NEW]).order_of(before) is None
    after = token(Links("https://shop.example.com", [OLD, NEW]).cancel(7))
    assert Links("https://shop.example.com", [NEW]).order_of(after) == 7


def test_a_products_id_is_escaped_and_the_shops_pictures_have_whole_addresses() -> None:
    links = Links("https://shop.example.com", [OLD])
    assert links.add("A&B=C #1", "0a") == "https://shop.example.com/?add=A%26B%3DC+%231&from=0a"
    assert links.image("/images/mug.webp") == "https://shop.example.com/images/mug.webp"
    assert links.image("https://cdn.example.com/mug.webp") == "https://cdn.example.com/mug.webp"
