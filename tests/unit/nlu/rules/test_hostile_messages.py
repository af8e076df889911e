"""Whole messages of 2000 hostile characters: understood within bounds, and never with a value the bot refuses."""

import random
from collections.abc import Iterator
from functools import partial

import pytest

from bot.card_numbers import has_card_number
from domain.people.addresses import read_address
from nlu.answers import read_answer
from nlu.commands import parse_command
from nlu.emoji_words import emoji_to_words
from nlu.own_words import own_words
from nlu.rules.address_frames import without_frame
from nlu.rules.deeds import CANCEL
from nlu.rules.marketing_words import read
from nlu.rules.moods import mood_of
from nlu.rules.normalising import normalise
from tests.support.hunting import LONGEST, timed
from tests.support.reading import as_read

INTENTS = (
    "order", "add_to_cart", "change_quantity", "remove_from_cart", "price_filter", "stock_question", "recommend",
    "cancel_order", "past_orders", "provide_address", "affirm",
)  # fmt: skip
SECONDS = 0.5  # CPU time of one message; an honest one takes a hundredth of it
PIECES = (
    "# ", "order # ", "order no. : ", " \n", "\n \t", "1,000,", "999,999,999,", "$1.", "12 main ", "12 Main St, ",
    "a@b.c ", "a@", "a dot ", "i ", "i i'm ", "not ", "swap a for ", "instead of ", "a and ", "2 x ", "2 of each ",
    "the first one ", "two hundred thousand ", "dozen ", "under $", "between 1 and ", "min max ", "with a ",
    "goes with ", "ordered the ", "the one with ", "in my cart ", "to the ", "for my ", "12345 ", "12345-", "A1-",
    "rue a ", "flat 1 ", "<mailto:", "<mailto:a|", "&lt;", "((", "[x", "²", "١٢٣ ", "é", "x", "9", " ", "-", ".",
    ",", "'", "!", "?\n", ": ", "keep ", "everything but ", "double ", "by 2 ", "any more ", "so 2 a, ", "and and ",
    "=", "&", "= & ", "!", "1,", ", ",
    "what ", "show me ", "zip ", "order 1 ", "(3) ", "one ", "x3 ", "\u200b", "\0", "pack of 6 ", "set of ",
)  # fmt: skip


def messages() -> Iterator[str]:
    choose = random.Random(13)
    for piece in PIECES:
        yield piece * LONGEST
    for _ in range(60):
        pieces = choose.sample(PIECES, choose.randint(2, 5))
        yield "".join(pieces) * LONGEST
        yield "".join(piece * (LONGEST // len(piece) // len(pieces)) for piece in pieces)


MESSAGES = [message[:LONGEST] for message in messages()]


@pytest.mark.parametrize("intent", INTENTS)
def test_a_reading_is_quick_and_its_values_are_such_as_the_bot_takes(intent: str) -> None:
    for message in random.Random(intent).sample(MESSAGES, 40):
        assert timed(partial(as_read, message, intent), stop=SECONDS) < SECONDS, message[:80]
        entities = [
            {
                "entity": found.name,
                **{part: getattr(found, part) for part in ("value", "start", "end", "role", "group")},
            }
            for found in as_read(message, intent).entities
        ]
        answer = {"intent": {"name": "x"}, "intent_ranking": [{"name": "x", "confidence": 1.0}], "entities": entities}
        assert len(read_answer(message, answer, asked=message).entities) == len(entities)


def test_what_the_model_reads_is_made_quickly() -> None:
    for message in MESSAGES:
        assert timed(partial(normalise, message), stop=SECONDS) < SECONDS, message[:80]


def test_the_exact_commands_are_read_quickly() -> None:
    for message in MESSAGES:
        assert timed(partial(parse_command, f"order {message}"), stop=SECONDS) < SECONDS, message[:80]


def test_what_the_bot_reads_itself_is_read_quickly() -> None:
    rules = (own_words, emoji_to_words, has_card_number, read, without_frame, read_address)
    for message in MESSAGES:
        for rule in (*rules, partial(mood_of, deed=CANCEL)):
            assert timed(partial(rule, message), stop=SECONDS) < SECONDS, (rule, message[:80])
