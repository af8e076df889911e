"""What emoji mean, as characters and as Slack's codes: a yes, a no, a number, small talk, or nothing."""

import time

import emoji
import pytest

from nlu.emoji_words import emoji_to_words, is_cold, speaks_against

YES = (
    "👍",
    ":+1:",
    ":thumbsup:",
    "👍🏽",
    ":+1::skin-tone-4:",
    "✅",
    ":white_check_mark:",
    "✔️",
    "☑",
    "👌🏿",
    "🆗",
    "👍👍👍",
)
NO = ("👎", ":-1:", ":thumbsdown:", "👎🏻", ":-1::skin-tone-2:", "❌", ":x:", "✖️", "🚫", "⛔", "🙅", "🙅‍♀️")
THANKS = ("🙏", ":pray:", "❤️", ":heart:", "💚", "😊", ":smile:", "🥰", "🎉", "⭐⭐⭐", ":star:")
NOTHING = ("🍕", "🫖", "🇩🇪", ":party_parrot:", ":man-shrugging:", "👍👎", "💔", "😡", ":1234:")
SENTENCES = ("2 red mugs", "no", "yes please", "where is my order?", "drop the teapot", "make it 3", "12 Main St")


@pytest.mark.parametrize(
    ("alone", "word"),
    [(one, word) for group, word in ((YES, "yes"), (NO, "no"), (THANKS, "thanks"), (NOTHING, "")) for one in group],
)
def test_alone_it_says_a_word(alone: str, word: str) -> None:
    assert emoji_to_words(alone) == word
    assert emoji_to_words(f" {alone}!") in (f"{word} !", f"{word}!", "!")


@pytest.mark.parametrize("word", ["please", "thanks", "thx", "ok"])
def test_politeness_leaves_it_a_yes_or_a_no(word: str) -> None:
    assert emoji_to_words(f"👍 {word}") == emoji_to_words(f":+1: {word}") == f"yes {word}"
    assert emoji_to_words(f"👎 {word}") == emoji_to_words(f"{word} :-1:") == f"no {word}"


@pytest.mark.parametrize("number", range(11))
def test_keycaps_are_numbers_everywhere(number: int) -> None:
    words = "zero one two three four five six seven eight nine keycap_ten".split()
    character = "🔟" if number == 10 else f"{number}\ufe0f\u20e3"
    for keycap in (character, f":{words[number]}:", f":keycap_{number}:"):
        assert emoji_to_words(keycap) == str(number)
        assert emoji_to_words(f"{keycap} mugs") == emoji_to_words(f"{keycap}mugs") == f"{number} mugs"


def test_keycaps_side_by_side_are_one_number() -> None:
    assert emoji_to_words("1️⃣2️⃣ mugs") == emoji_to_words(":one::two: mugs") == "12 mugs"


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("decoration", [*YES, *NO, *THANKS, *NOTHING])
def test_a_sentence_stays_what_it_is(sentence: str, decoration: str) -> None:
    if decoration == "✖️":  # in a sentence it is a sign, as in "mug ✖️ 2"
        return
    first, _, rest = sentence.partition(" ")
    for text in (f"{sentence} {decoration}", f"{decoration} {sentence}", f"{first} {decoration} {rest}"):
        assert emoji_to_words(text).split() == sentence.split()


def test_signs_between_words_and_numbers_stay_signs() -> None:
    assert emoji_to_words("mug ✖️ 2") == "mug x 2"
    assert emoji_to_words("4 ➡️ 6") == "4 -> 6"


@pytest.mark.parametrize("text", ["", "2 mugs", "at 10:30:45 sharp", "list: 2 mugs: red", "mug:red:2", "café", "a::b"])
def test_without_emoji_nothing_changes(text: str) -> None:
    assert emoji_to_words(text) == text


def test_no_emoji_of_unicode_is_left_or_adds_a_number() -> None:
    for character, data in emoji.EMOJI_DATA.items():
        said = emoji_to_words(f"red mugs {character}")
        assert emoji.emoji_count(said) == 0
        assert "keycap" in data["en"] or not any(letter.isdigit() for letter in said), said


@pytest.mark.parametrize("piece", [":", ":a", ":a:", "👍", ": ", "1️⃣", ":+1::skin-tone-3:", "👩‍👩‍👧"])
def test_a_long_message_takes_no_time(piece: str) -> None:
    started = time.process_time()
    emoji_to_words((piece * 2000)[:2000])
    assert time.process_time() - started < 0.5


AGAINST = [
    "❌",
    "🚫",
    "👎",
    "🙅",
    "🙅🏽‍♀️",
    "⛔",
    "⛔️",
    "🛑",
    "✋",
    "✋🏿",
    "🤚",
    "🖐️",
    "❎",
    "🚷",
    ":x:",
    ":no_entry_sign:",
]
DOUBT = ["🤔", "🤷‍♂️", "❓", "⁉️", "🤨", ":thinking_face:", "🙄", "😒", "🤡", "💀"]
COLD = ["😡", "🤬", "😠", "😢", "😭", "💔", "👋🏽", ":angry:", ":(", ">:(", ":-("]
WITH_IT = ["👍", "✅", "👌🏾", "✔️", "🙏", "❤️", "😊", "🎉", "🙋", "🙌", "🙆", "☕", ":+1:", "🆗", ":)", ""]


@pytest.mark.parametrize("sign", [*AGAINST, *DOUBT])
@pytest.mark.parametrize("said", ["yes {}", "{} yes", "yes{}please", "YES, cancel it {0}{0}"])
def test_what_refuses_or_doubts_speaks_against_its_words(sign: str, said: str) -> None:
    assert speaks_against(said.format(f" {sign} "))


@pytest.mark.parametrize("sign", [*COLD, *WITH_IT])
def test_feelings_and_consent_speak_against_nothing(sign: str) -> None:
    assert not speaks_against(f"yes {sign}")
    assert is_cold(f"ok {sign}") is (sign in COLD)


@pytest.mark.parametrize("said", ["ok...", "right…", "okay then...", "sure... ", "fine.."])
def test_words_that_trail_off_are_cold(said: str) -> None:
    assert is_cold(said)


def test_plain_signs_are_neither() -> None:
    for text in ("yes: (my address is right)", "at 10:30", "ok; [sic]", "list: (2 mugs)", "yes!? no"):
        assert not is_cold(text)
        assert not speaks_against(text)
