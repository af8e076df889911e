"""Which of the e-mails of a message counts."""

import pytest

from nlu.reading.entities import find_entities


@pytest.mark.parametrize(
    ("text", "counting"),
    [
        ("a@x.com no wait thats the old one, b@x.com", ["b@x.com"]),
        ("not a@x.com, b@x.com", ["b@x.com"]),
        ("b@x.com not a@x.com", ["b@x.com"]),
        ("my email is a@x.com, sorry, I meant b@x.com", ["b@x.com"]),
        ("use b@x.com instead of a@x.com", ["b@x.com"]),
        ("a@x.com is the wrong one. b@x.com", ["b@x.com"]),
        ("my old email was a@x.com, now b@x.com", ["b@x.com"]),
        ("send it to b@x.com, a@x.com is my old address", ["b@x.com"]),
        ("a@x.com or b@x.com", ["a@x.com", "b@x.com"]),
        ("a@x.com and b@x.com", ["a@x.com", "b@x.com"]),
        ("a@x.com, b@x.com", ["a@x.com", "b@x.com"]),
        ("not a@x.com", ["a@x.com"]),
    ],
)
def test_a_corrected_email_does_not_count(text: str, counting: list[str]) -> None:
    assert [found.value for found in find_entities(text, "provide_email", ()) if found.name == "email"] == counting
