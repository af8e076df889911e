"""What is taken out of a message before the model sees it, and what never is."""

import time

import pytest

from nlu.sparing import spare


@pytest.mark.parametrize(
    "text",
    [
        "do you have red mugs?",
        "2 mugs!!!!!!!! and a tray :-)",
        "order:\n- 2x MUG-RED ($12.50)\n- 1x TRAY\n\n\nthanks!!!",
        "https://shop.example/a/b/c?x=1&y=2#z",
        "a" * 64 + "@shop.example",
        "----- Original -----\n12 Main St",
        "",
    ],
)
def test_an_ordinary_message_stays_as_it_is(text: str) -> None:
    assert spare(text) == text


def test_a_wall_of_signs_becomes_few() -> None:
    spared = spare("@" * 1992 + "mugs")
    assert len(spared) == 1996
    assert spared.split() == ["@" * 8, "@@@@mugs"]


def test_signs_with_spaces_between_are_a_wall_too() -> None:
    assert len(spare("! ? " * 490 + "2 mugs").split()) <= 10


def test_what_stands_before_a_word_stays_with_it_and_lines_stay_lines() -> None:
    spared = spare("=" * 60 + "\n\n$20\n" + "*" * 60 + "\n#1042")
    assert spared.count("\n") == 4
    assert "$20" in spared
    assert "#1042" in spared


def test_an_endless_word_is_cut_and_the_next_stays_in_place() -> None:
    text = "k" * 1500 + " 2 mugs"
    spared = spare(text)
    assert spared.split() == ["k" * 80, "2", "mugs"]
    assert spared.index("2 mugs") == text.index("2 mugs")


@pytest.mark.parametrize("part", ["@", "@ ", "a", "ab@", "_", "\n", "😀", "7", "@" * 15 + "a", "a" * 80 + " "])
def test_it_takes_no_time(part: str) -> None:
    text = (part * 2000)[:2000]
    began = time.perf_counter()
    assert len(spare(text)) == 2000
    assert time.perf_counter() - began < 0.1
