"""Does all that a message of several acts wants, one after the other, with one cart and one question at the end."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.products import products_meant
from bot.answering.reading import ASK_FACT, ASK_SHOP
from bot.messages import Reply
from bot.orders import changing, editing
from bot.phrases import talk as phrases_talk
from bot.routing import wishes
from bot.routing.wishes import CHECKOUT, KEEP, SWAP, UNDO
from bot.shopping import basket, cards, cart_lines, checkout, naming, replacing
from bot.turn import UNKNOWN, About, Turn
from domain.conversation import CartLine
from domain.orders.journeys import ChangeOrder
from nlu.rules.cancelled import cancelled
from nlu.rules.said import Saying
from nlu.sayings import hear
from nlu.understanding import WantedLine

MOST_ACTS = 8  # of one message; a person says no more at once, and each has its answer
NOTE = "note"
_STAYING = {"kept", "stays", "left_out"}
QUOTED = 60  # characters of what was not done
_WANTED = ("product", "reference", "left_out", "email", "mentioned", "address")


def answer_several(turn: Turn) -> list[Reply] | None:
    """The answer to a message of several acts; None where it has only one, or answers an open question."""
    conversation = turn.conversation
    if conversation.open_lines or _asks(turn):
        return None
    parts = _parts(turn)
    if len(parts) < 2 or _only_asks_the_shop(turn, parts):
        return None
    before, asked, changing_before = list(conversation.cart), conversation.pending, conversation.changing
    notes: list[str] = []
    others: list[Reply] = []
    changed = shows_cart = False
    spared = _spared(parts, before)
    for part in parts[:MOST_ACTS]:
        act = part.understanding.intent
        if spared and not _is_of_all(part) and _names_what_stays(part):
            continue  # "double everything except the chairs"
        if act == KEEP or _only_stays(part):
            continue  # it is in the cart, and stays there
        if act == UNDO and part is parts[0] and hear(part.understanding.text, Saying.UNDOES) and conversation.undo():
            changed = True  # "scratch that, two tables"
            continue
        if act == CHECKOUT:
            conversation.checking_out = changed = True
            continue
        if act == "show_cart":
            shows_cart = True
            continue
        may = part.meant.asks or not _asks(turn)
        if conversation.cart != before:
            conversation.offers = []  # "those" are what was just added, and not what an earlier answer showed
        replies = _done(part, before) if may and _understood(part) else None
        if conversation.changing != changing_before and isinstance(turn.journey, ChangeOrder):
            before, changing_before = changing.cart_of(turn.journey.order), conversation.changing
        for line in spared if _is_of_all(part) else ():
            conversation.put(line.product_id, line.quantity)
        if replies is None:
            notes.append(_not_done(turn, phrases_talk.not_done(words=part.message.text)))
            continue
        if not (_of_the_cart(part) or _edits_placed(part)) or _asks(turn):
            others += [reply for reply in replies if reply not in others]  # what is said twice is answered once
        else:
            changed = True
            notes += [reply.text for reply in replies]
    if len(parts) > MOST_ACTS:
        notes.append(_not_done(turn, phrases_talk.too_much_at_once(words=parts[MOST_ACTS].message.text[:QUOTED])))
    conversation.misunderstood = 0
    if conversation.cart != before:
        conversation.cart_before = before
    if _asks(turn):
        return [*_told(turn, notes, changed=changed), *others]
    if changed:
        return [*others, *checkout.next_step(turn, notes)]
    if shows_cart:
        others += [*([Reply(body=tuple(notes))] if notes else []), *turn.carry_out(turn.intents["show_cart"])]
        return others
    rest = checkout.reminder(turn) if asked is not None and conversation.pending == asked else []
    return [*others, *([Reply(body=tuple(notes))] if notes else []), *rest]


def _not_done(turn: Turn, told: str) -> str:
    """What is said of a part that was not done; a plain yes may be to that."""
    turn.noted.not_done = True
    return told


def _parts(turn: Turn) -> list[Turn]:
    """The turn of each wish of a message; those that end in a question come last."""
    read = sorted(wishes.wishes_of(turn), key=lambda wish: turn.intents.get(wish.intent, UNKNOWN).asks_back)
    return [_named(wishes.part_of(turn, wish)) for wish in read]


def _named(part: Turn) -> Turn:
    """The same part, with the products that it names exactly."""
    read = naming.read(part)
    return replace(read, understanding=replace(read.understanding, ranking=part.understanding.ranking))


def _only_asks_the_shop(turn: Turn, parts: list[Turn]) -> bool:
    """Whether one handler answers it all: "what if the jacket does not fit, can it go back" asks of no product."""
    if not {part.understanding.intent for part in parts} <= {ASK_SHOP, ASK_FACT}:
        return False
    if turn.understanding.intent != ASK_SHOP:
        return False
    return not any(products_meant(part) for part in parts if part.understanding.intent == ASK_FACT)


def _done(part: Turn, before: list[CartLine]) -> list[Reply] | None:
    """What doing it is answered; None where it cannot be done."""
    intent = part.understanding.intent
    if intent == "remove_from_cart" and part.said(Saying.ALL_ELSE):
        return _take_out_all_else(part, before)
    swap = part.swap if intent == SWAP else replacing.in_another_colour(part)
    if intent == SWAP or swap is not None:
        return replacing.replace_line(replace(part, swap=swap))
    return part.carry_out()


def _spared(parts: Sequence[Turn], cart: Sequence[CartLine]) -> list[CartLine]:
    """The lines that a change of everything leaves as they are; none where nothing is changed as a whole."""
    if not any(_is_of_all(part) for part in parts):
        return []
    names = [entity.value for part in parts for entity in part.understanding.entities if entity.name in _STAYING]
    ids = {one for name in names for one in cart_lines.target(parts[0], WantedLine(phrase=name)).product_ids}
    return [line for line in cart if line.product_id in ids]


def _is_of_all(part: Turn) -> bool:
    everything = any(entity.value == "all" for entity in part.understanding.all("reference"))
    return everything and part.understanding.intent == "change_quantity"


def _names_what_stays(part: Turn) -> bool:
    names = {entity.name for entity in part.understanding.entities}
    return bool(names) and names <= _STAYING


def _only_stays(part: Turn) -> bool:
    """Whether a part that is not sure names what stays: "only the olive one, no grey, no holder"."""
    unsure = part.understanding.confidence < wishes.LEAST
    return unsure and part.understanding.first("kept") is not None


def _understood(part: Turn) -> bool:
    """Whether a change of the cart says what it is about; questions always do."""
    understanding = part.understanding
    if understanding.intent == "cancel_order" and (told := cancelled(understanding.text)) is not None and told.things:
        return True
    if understanding.confidence < wishes.LEAST:
        return False
    if understanding.intent == "remove_from_cart" and part.said(Saying.ALL_ELSE):
        return True
    if part.meant is UNKNOWN or understanding.intent == "out_of_scope":
        return understanding.intent == SWAP
    if understanding.intent == "change_quantity":
        return understanding.first("quantity") is not None or understanding.first("left_out") is not None
    if part.meant.buys and _means_what_is_spoken_of(part):
        return True
    return understanding.intent == NOTE or not _of_the_cart(part) or any(understanding.first(name) for name in _WANTED)


def _means_what_is_spoken_of(part: Turn) -> bool:
    """Whether a part that names nothing can mean one thing only: "do you have the lamp? I take 2", "ok I take"."""
    conditional = "if" in part.plain_words
    counted = part.understanding.first("quantity") is not None and bool(part.conversation.focus)
    return not conditional and (counted or len(part.screen) == 1)


def _of_the_cart(part: Turn) -> bool:
    return part.meant.fills_cart or part.meant.about is About.CONTACT or part.understanding.intent == SWAP


def _edits_placed(part: Turn) -> bool:
    """Whether a part made something different of a placed order, which is the cart by now."""
    return part.meant.name in (editing.DEED, "cancel_order") and part.conversation.changing is not None


def _take_out_all_else(part: Turn, before: list[CartLine]) -> list[Reply] | None:
    """Takes out what no other act of the message was about; None where none was about anything that is there."""
    touched = {line.product_id for line in part.conversation.cart if line not in before}
    others = [line.product_id for line in part.conversation.cart if line.product_id not in touched]
    return checkout.next_step(part, basket.change(part, others, "set", 0)) if touched else None


def _asks(turn: Turn) -> bool:
    return turn.asked is not None and turn.asked.first


def _told(turn: Turn, notes: list[str], *, changed: bool) -> list[Reply]:
    """What was done before a question came up, without a question of its own."""
    if changed and turn.conversation.cart:
        return [replace(cards.cart_card(turn, notes), buttons=())]
    return [Reply(body=tuple(notes))] if notes else []
