"""Hears a message: asks the model what it means, within its sender's share, or reads it by the exact grammar."""

from contextlib import suppress
from dataclasses import replace
from time import perf_counter

import structlog

from bot import metrics
from bot.card_numbers import has_card_number
from bot.messages import IncomingMessage
from nlu.commands import parse_command
from nlu.reading.refusals import CHANGES, refusing
from nlu.rules import marketing_besides
from nlu.rules.conditions import conditional, orders
from nlu.rules.counted_lists import as_listed
from nlu.shares import Shares, ShareTaken
from nlu.understanding import Guess, Interpreter, NluUnavailable, Understanding, words_of

LONGEST_TEXT = 2000
ASKS_THE_SHOP = "ask_shop"
ASKING = {"stock_question", "ask_fact", "out_of_scope"}  # that name nothing may ask for anything
ACTS = {*CHANGES, "change_order", "change_address", "provide_address", "provide_email"}
LONGEST_READING = 1.0  # seconds after which no further clause of a message is read alone

log = structlog.get_logger()


class Hearing:
    """Understands messages; keeps nothing of them."""

    def __init__(self, interpreter: Interpreter, shares: Shares) -> None:
        self._interpreter = interpreter
        self._shares = shares

    def understand(self, message: IncomingMessage) -> tuple[Understanding, bool]:
        """What the message means, and whether it had to be understood without the NLU server."""
        text = message.text
        wordless = message.choice is not None or message.command is not None or not text
        if wordless or len(text) > LONGEST_TEXT or has_card_number(text):
            return _nothing(""), False
        try:
            with self._shares.of(message.origin):
                besides, heard = self._besides_marketing(text)
                read = self._read_clauses(self._without_its_condition(as_listed(heard)))
                return replace(refusing(read), besides=besides), False
        except NluUnavailable as error:
            if isinstance(error, ShareTaken):
                metrics.NLU_REFUSED.inc()
            log.warning("nlu unavailable", reason=str(error))
            return parse_command(text) or _nothing(text), True

    def _besides_marketing(self, text: str) -> tuple[tuple[str, ...], Understanding]:
        """What is said about marketing beside other wishes, and what all else means, as if that alone had been said.

        What closed rules do not read so is an end of it where the reader hears one.
        """
        found = marketing_besides.split(text)
        if found is not None:
            return found.words, self._interpreter.understand(found.rest)
        whole = self._interpreter.understand(text)
        found = marketing_besides.ends_of(text, whole.wishes)
        return (found.words, self._interpreter.understand(found.rest)) if found is not None else ((), whole)

    def _without_its_condition(self, understanding: Understanding) -> Understanding:
        """The same; where it wants something done on a condition, what it wants, and the condition beside it."""
        found = conditional(understanding.text)
        if found is None:
            return understanding
        names_a_deed = found.later or orders(found.rest)
        if not (names_a_deed or _acts(understanding)):
            return understanding
        rest = self._interpreter.understand(found.rest) if found.rest else understanding
        whole = replace(rest, condition=found.condition, parts=understanding.parts)
        return whole if names_a_deed or _acts(rest) else understanding

    def _read_clauses(self, understanding: Understanding) -> Understanding:
        """The same, with those of several wishes read alone that ask the shop; without them where it cannot be done."""
        began = perf_counter()
        clauses: list[Understanding] = []
        asked = [
            wish
            for wish in understanding.wishes
            if wish.intent == ASKS_THE_SHOP or (wish.intent in ASKING and not wish.entities)
        ]
        with suppress(NluUnavailable):
            for wish in asked if len(understanding.wishes) > 1 else ():
                if perf_counter() - began > LONGEST_READING:
                    break
                clauses.append(self._interpreter.understand(words_of(understanding.text, wish)))
        return replace(understanding, clauses=tuple(clauses)) if clauses else understanding


def _acts(understanding: Understanding) -> bool:
    return not ACTS.isdisjoint([understanding.intent, *(wish.intent for wish in understanding.wishes)])


def _nothing(text: str) -> Understanding:
    return Understanding(text=text, ranking=(Guess(intent="none", confidence=0.0),))
