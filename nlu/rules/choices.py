"""The places of a list, as an answer names them: "2", "option 2", "the second"."""

from nlu.rules.patterns import rule

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_BARE_NUMBER = rule(r"(?:#|no\.?|number|option)?\s{0,4}(\d{1,2})(?:\s{0,4},?\s{0,4}(?:please|pls|thanks))?[.!)]*")
_ORDINAL = rule(rf"\b({'|'.join(ORDINALS)})\b")


def number_said(text: str) -> int | None:
    """The number that an answer in small letters is; None where it is more than that."""
    bare = _BARE_NUMBER.fullmatch(text)
    if bare:
        return int(bare[1])
    numbers = ordinals_said(text)
    return numbers[0] if len(numbers) == 1 and len(text.split()) <= 4 else None


def ordinals_said(text: str) -> list[int]:
    """All the ordinals of a text in small letters, as numbers."""
    return [ORDINALS[word] for word in _ORDINAL.findall(text)]
