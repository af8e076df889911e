"""Quotes and struck words are not what the sender says."""

import time

import pytest

from nlu.own_words import own_words

ORDERS = ("2 red enamel mugs", "cancel my order", "yes", "forget me", "remove the teapot")
SAID = ("no thanks", "3 whisks", "yes please", "where is my order?", "not that one")
MARKS = ("> ", ">", ">> ", "&gt; ", "  > ", "＞ ", "» ")


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("quoted", ORDERS)
@pytest.mark.parametrize("said", SAID)
def test_quoted_lines_go_wherever_they_stand(mark: str, quoted: str, said: str) -> None:
    assert own_words(f"{mark}{quoted}\n{said}") == said
    assert own_words(f"{said}\n\n{mark}{quoted}\n{mark}") == said
    assert own_words(f"{mark}{quoted}\n\n{mark}{said}") == ""


@pytest.mark.parametrize(
    "head",
    [
        "On Tue, 12 May 2026 at 10:00, Bob <bob@example.com> wrote:",
        "On 12/05/2026 10:00, Bob wrote:",
        "Am 12.05.2026 um 10:00 schrieb Bob <bob@example.com>:",
        "Le mar. 12 mai 2026 à 10:00, Bob a écrit :",
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "From: Bob\nSent: Tuesday",
    ],
)
@pytest.mark.parametrize("quoted", ORDERS)
def test_a_quoted_mail_goes_with_its_head(head: str, quoted: str) -> None:
    assert own_words(f"no thanks\n\n{head}\n{quoted}\nand more") == "no thanks"


def test_an_answer_below_a_marked_mail_stays() -> None:
    assert own_words("On Tue, Bob wrote:\n> 2 mugs\n> now\n\nno thanks") == "no thanks"
    assert own_words("On Tue, Bob wrote: > 2 mugs\nno thanks") == "no thanks"
    assert own_words("Bob wrote:\n> 2 mugs\nno thanks") == "no thanks"


@pytest.mark.parametrize("struck", ["~{}~", "~~{}~~", "<s>{}</s>", "<del>{}</del>"])
@pytest.mark.parametrize("words", ORDERS)
def test_struck_words_are_taken_back(struck: str, words: str) -> None:
    struck = struck.format(words)
    assert own_words(struck) == ""
    assert own_words(f"{struck} 3 teapots") == "3 teapots"
    assert own_words(f"3 teapots\n{struck}") == "3 teapots"
    assert own_words(f"3 teapots, {struck}") == "3 teapots,"


def test_letters_struck_one_by_one_are_taken_back() -> None:
    assert own_words("".join(f"{letter}\u0336" for letter in "2 mugs") + " 3 teapots") == "3 teapots"


@pytest.mark.parametrize(
    "text",
    [
        "2 red mugs",
        "> $20",
        ">20",
        ">= 15 dollars",
        "mugs > 20 dollars",
        "something for ~20 or ~30 dollars",
        "a~b~c",
        "on monday I wrote: 2 mugs please",
        "From: Bob",
        "ship it from: the shop",
        "4 -> 6",
        "",
    ],
)
def test_what_only_looks_like_a_quote_stays(text: str) -> None:
    assert own_words(text) == text


@pytest.mark.parametrize(
    "piece", ["> a\n", "~", "~a ", "~a~", "on a wrote ", "on wrote:", "a\u0336", "<s>", "from: \n", "\n"]
)
def test_a_wall_of_text_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    own_words(piece * 20_000)
    assert time.perf_counter() - started < 1
