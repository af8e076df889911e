"""remove_from_cart: takes lines out of the cart, or empties it after a question."""

from dataclasses import replace

from bot.messages import Reply, Verb
from bot.orders import cancelling, editing
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.shopping import asking, basket, cart_lines, checkout
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from nlu.rules.deeds import EMPTY, TAKE_OUT
from nlu.rules.moods import Mood, mood_of
from nlu.understanding import WantedLine

_THAT_OUT = {f"take {it} {out}" for it in ("it", "that", "this", "them") for out in ("out", "off", "away")}
_SURELY_OUT = replace(TAKE_OUT, verbs=(TAKE_OUT.verbs - {"take", "put"}) | _THAT_OUT)  # "take that" may be content


def handle(turn: Turn) -> list[Reply]:
    """Takes out what is named; a line that cannot be told is asked for."""
    conversation = turn.conversation
    if not conversation.cart:
        return _without_cart(turn)
    if kept := [entity.value for entity in turn.understanding.all("kept")]:
        return _keep_only(turn, kept)
    notes: list[str] = []
    lines = basket.lines_said(turn)
    points = all(line == WantedLine(reference="it") for line in lines)
    if points and turn.message.text and mood_of(turn.message.text, _SURELY_OUT) is not Mood.COMMAND:
        return [Reply(text=turn.words.what_to_change)]
    if points and lines and _is_the_last(turn):
        return ask_to_clear(turn)
    for line in lines or [WantedLine(reference="it")]:
        if line.reference == "all" and not line.phrase:
            return ask_to_clear(turn)
        wanted = cart_lines.target(turn, line)
        if wanted.unclear:
            return _which(turn)
        if not wanted.product_ids:
            notes.append(phrases_shopping.not_in_cart(phrase=line.phrase))
        elif line.quantity and line.operation == "subtract":
            notes += basket.change(turn, wanted.product_ids, "subtract", line.quantity)
        else:
            notes += basket.change(turn, wanted.product_ids, "set", 0)
    if not conversation.cart and not conversation.open_lines and not turn.goes_on:
        conversation.checking_out, conversation.pending = False, None
        undo = (button(labels.UNDO, Verb.UNDO),) if conversation.cart_before else ()
        return [Reply(text=" ".join([*notes, phrases_shopping.CART_EMPTIED]), buttons=undo)]
    return checkout.next_step(turn, notes)


def _is_the_last(turn: Turn) -> bool:
    """Whether the one line of a card that waits for a yes would go, which ends the order: "take it away"."""
    asked = turn.asked is not None and turn.asked.kind is Asked.CONFIRM
    return asked and len(turn.conversation.cart) == 1 and not turn.goes_on


def _keep_only(turn: Turn, kept: list[str]) -> list[Reply]:
    """Takes out all but what is named; where that is not plain, nothing is taken out."""
    staying = [cart_lines.target(turn, WantedLine(phrase=phrase)) for phrase in kept]
    for phrase, target in zip(kept, staying, strict=True):
        if target.unclear or not target.product_ids:
            return checkout.next_step(turn, [phrases_shopping.kept_all(phrase=phrase)])
    stays = {product_id for target in staying for product_id in target.product_ids}
    goes = [line.product_id for line in turn.conversation.cart if line.product_id not in stays]
    return checkout.next_step(turn, basket.change(turn, goes, "set", 0))


def _without_cart(turn: Turn) -> list[Reply]:
    conversation = turn.conversation
    if conversation.open_lines:
        conversation.open_lines = conversation.open_lines[1:]
        return checkout.next_step(turn, [])
    everything = [line.reference for line in basket.lines_said(turn)] == ["all"] and not turn.understanding.all("kept")
    if everything and (placed := turn.newest_open) is not None:
        return cancelling.ask(turn, placed.order_id)
    edited = editing.edit_last(turn)
    return [Reply(text=phrases_shopping.EMPTY_CART)] if edited is None else edited


def ask_to_clear(turn: Turn) -> list[Reply]:
    """Emptying the cart is hard to redo, so it is asked, where it is not just what is refused."""
    if mood_of(turn.message.text, EMPTY) is Mood.REFUSED:
        return [Reply(text=phrases_shopping.CART_KEPT), *checkout.reminder(turn)]
    turn.conversation.pending = PendingQuestion(kind=Asked.CLEAR_CART)
    return [asking.yes_no(turn, phrases_shopping.CLEAR_CART, labels.EMPTY_THE_CART, labels.KEEP_IT)]


def _which(turn: Turn) -> list[Reply]:
    ids = tuple(line.product_id for line in turn.conversation.cart)
    turn.conversation.pending = PendingQuestion(kind=Asked.WHICH_LINE, options=ids, subject="set", quantity=0)
    products = turn.products(ids)
    buttons = tuple(button(products[product_id].title, Verb.PICK, product_id) for product_id in ids)
    return [Reply(text=phrases_shopping.WHICH_LINE, buttons=buttons)]
