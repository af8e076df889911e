"""What is kept of a question names nobody."""

import pytest

from bot.answering.scrubbing import scrub


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can ann.lee+x@example.com get a catalogue", "can [e-mail] get a catalogue"),
        ("call me on +1 (303) 555-0147 about it", "call me on [number] about it"),
        ("what about order 1234567, is it here", "what about order [number], is it here"),
        ("do you deliver to 12 Main St, Denver CO 80203", "do you deliver to [address]"),
        ("my name is Ann Lee, do you engrave", "[somebody], do you engrave"),
        ("my name is ann, do you engrave", "[somebody], do you engrave"),
        ("Hi, this is Ann. Do you engrave?", "Hi, [somebody]. Do you engrave?"),
        ("do you engrave? Thanks, Bob Ray", "do you engrave? [somebody]"),
        ("ask <@U024BE7LH> or @ann_lee whether you engrave", "ask [somebody] or [somebody] whether you engrave"),
        ("is https://example.com/me/ann yours", "is [link] yours"),
        ("does a 15 inch\nlaptop fit", "does a 15 inch laptop fit"),
    ],
)
def test_what_names_a_person_is_taken_out(text: str, expected: str) -> None:
    assert scrub(text) == expected
