"""Languages are told apart where a message is long enough to tell, and shop talk in English stays English."""

import pytest

from nlu.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bonjour, avez-vous encore des tasses bleues en stock ?", "fr"),
        ("Wann kommt denn meine Bestellung endlich an?", "de"),
        ("¿Cuánto cuesta el envío a Madrid para dos teteras?", "es"),
        ("Ile kosztuje wysyłka do Krakowa i kiedy dojdzie?", "pl"),
        ("Siparişim ne zaman gelecek acaba?", "tr"),
    ],
)
def test_a_language_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "2 red mugs n a teapot pls",
        "danke",
        "can u ship it to Düsseldorf",
        "wheres my order",
        "moka pot",
        "",
    ],
)
def test_shop_talk_is_english(text: str) -> None:
    assert language_of(text) == "en"
