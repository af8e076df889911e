"""What the bot says when it did not understand: likely meanings, then examples, then a person."""

from dataclasses import replace
from string import whitespace

from bot.intents import out_of_scope
from bot.messages import Reply, Verb
from bot.phrases import labels
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout, meaning
from bot.shopping.cards import HUMAN, button
from bot.turn import Turn
from domain.conversation import Conversation
from nlu.rules.said import Saying
from nlu.sayings import hear

MOST_GUESSED = 3
SURELY_ELSEWHERE = 0.7  # how sure the model must be that a message is none of the shop's business
LONGEST_GUESS = 6  # words of a message that may be nothing but a product's name
_ENDINGS = f"{whitespace}.!?"


def misunderstood(turn: Turn) -> list[Reply]:
    """One step down the ladder; never the same sentence twice in a row, and a person from the second step on."""
    conversation = turn.conversation
    if turn.reduced:
        conversation.misunderstood += 1
        turn.noted.misunderstood = True
        return [Reply(text=phrases_talk.REDUCED, buttons=(HUMAN,)), *checkout.reminder(turn)]
    elsewhere = turn.understanding.intent == "out_of_scope" and turn.understanding.confidence >= SURELY_ELSEWHERE
    if not elsewhere and not conversation.open_lines and _guess_lines(turn):
        return checkout.next_step(turn, [])
    conversation.misunderstood += 1
    turn.noted.misunderstood = True
    first = conversation.misunderstood == 1
    said_before = out_of_scope.CAN_DO.label in [offer.label for offer in conversation.offers]
    if elsewhere and conversation.misunderstood <= 2 and not said_before:
        plain = turn.carry_out()[0]
        plain = plain if first else replace(plain, buttons=(*plain.buttons, HUMAN))
        return [plain, *checkout.reminder(turn)]
    return [_first_step(turn), *checkout.reminder(turn)] if first else [_further_step(conversation)]


def _guess_lines(turn: Turn) -> bool:
    """Asks about products that the message seems to name; nothing comes into the cart without a yes."""
    lines = [line for line in basket.lines_said(turn) if line.phrase]
    said = [(line.phrase, line.quantity or 1) for line in lines]
    bare = hear(turn.message.text.rstrip(_ENDINGS).lstrip(), Saying.BARE_LINE)
    clear = len(lines) > 1 or any(line.quantity is not None for line in lines)
    if bare and not clear and len(bare.values["phrase"].split()) <= LONGEST_GUESS:
        said = [(bare.values["phrase"], int(bare.values.get("quantity", 1)))]
    for phrase, quantity in said:
        match = meaning.found(turn, phrase)
        options = (match.product,) if match.product else match.options
        if options:
            basket.ask_which(turn, phrase, quantity, options)
    return bool(turn.conversation.open_lines)


def _first_step(turn: Turn) -> Reply:
    guesses: dict[str, str] = {}
    for guess in turn.understanding.ranking:
        intent = turn.intents.get(guess.intent)
        if intent is not None and intent.label and intent.label not in guesses.values():
            guesses[guess.intent] = intent.label
    buttons = tuple(button(label, Verb.INTENT, intent) for intent, label in list(guesses.items())[:MOST_GUESSED])
    return Reply(text=phrases_talk.NOT_UNDERSTOOD_FIRST, buttons=buttons)


def _further_step(conversation: Conversation) -> Reply:
    step = (conversation.misunderstood - 2) % len(phrases_talk.NOT_UNDERSTOOD)
    return Reply(text=phrases_talk.NOT_UNDERSTOOD[step], buttons=(HUMAN, button(labels.HELP, Verb.INTENT, "help")))
