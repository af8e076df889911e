"""Does all that a message of several acts wants, one after the other, with one cart and one question at the end."""

from dataclasses import replace

from bot.answering.products import products_meant
from bot.answering.reading import ASK_FACT, ASK_SHOP, intent_of
from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.routing import wishes
from bot.shopping import basket, cards, checkout, naming, replacing
from bot.turn import UNKNOWN, About, Turn
from domain.conversation import CartLine
from nlu.rules.act_heads import ASKS_THE_SHOP, CHECKOUT, KEEP, REPLACE
from nlu.rules.acts import Act, find_acts
from nlu.rules.extraction import extract
from nlu.rules.replacements import find_replacement
from nlu.rules.said import Saying
from nlu.understanding import Guess, Understanding

MOST_ACTS = 8  # of one message; a person says no more at once, and each has its answer
QUOTED = 60  # characters of what was not done
_WANTED = ("product", "reference", "left_out", "email", "address")


def answer_several(turn: Turn) -> list[Reply] | None:
    """The answer to a message of several acts; None where it has only one, or answers an open question."""
    conversation = turn.conversation
    acts = [] if turn.message.choice or turn.only_names or turn.reduced else _acts(turn)
    if conversation.open_lines or _asks(turn):
        return None
    parts = _parts(turn, acts)
    if not parts or _only_asks_the_shop(turn, acts):
        return None
    before, asked = list(conversation.cart), conversation.pending
    notes: list[str] = []
    others: list[Reply] = []
    changed = shows_cart = False
    for act, part in parts[:MOST_ACTS]:
        if act.intent == KEEP:
            continue  # it is in the cart, and stays there
        if act.intent == CHECKOUT:
            conversation.checking_out = changed = True
            continue
        if act.intent == "show_cart":
            shows_cart = True
            continue
        may = part.meant.asks or not _asks(turn)
        replies = _done(part, before) if may and _understood(part) else None
        if replies is None:
            notes.append(phrases_talk.not_done(words=act.text))
            continue
        if not _of_the_cart(part) or _asks(turn):
            others += replies
        else:
            changed = True
            notes += [reply.text for reply in replies]
    if len(parts) > MOST_ACTS:
        notes.append(phrases_talk.too_much_at_once(words=parts[MOST_ACTS][0].text[:QUOTED]))
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


def _parts(turn: Turn, acts: list[Act]) -> list[tuple[Act, Turn]]:
    """The acts of a message and the turn of each: the rules' or the reader's, as the catalogue decides."""
    ruled = [(act, _part(turn, act)) for act in acts[: MOST_ACTS + 1]]  # one more is only quoted
    read = wishes.wishes_of(turn)
    found = [entity for _, part in ruled for entity in part.understanding.entities] or turn.understanding.entities
    keeps = any(act.intent == KEEP for act in acts)  # the rules know best what shall stay
    if len(read) < 2 or keeps or not wishes.fits_better(turn, read, found, unsure=not ruled and not turn.sure):
        return ruled
    read = sorted(read, key=lambda wish: turn.intents.get(wish.intent, UNKNOWN).asks_back)
    parts = [wishes.part_of(turn, wish) for wish in read]
    return [(Act(text=part.message.text, intent=part.understanding.intent), part) for part in parts]


def _only_asks_the_shop(turn: Turn, acts: list[Act]) -> bool:
    """Whether one handler answers it all: "what if the jacket does not fit, can it go back" asks of no product."""
    if (
        not acts
        or not {act.intent for act in acts} <= {ASKS_THE_SHOP, ASK_SHOP, ASK_FACT}
        or turn.understanding.intent != ASK_SHOP
    ):
        return False
    return not any(products_meant(_part(turn, act)) for act in acts if act.intent == ASK_FACT)


def _acts(turn: Turn) -> list[Act]:
    """The acts of a message, each question once; those that end in a question come last."""
    read = {clause.text: clause for clause in turn.understanding.clauses}
    found = find_acts(turn.message.text, read)
    wanted = [turn.intents.get(act.intent, UNKNOWN) for act in found]
    again = {index for index, act in enumerate(found) if wanted[index].asks and act in found[:index]}
    acts = [act for index, act in enumerate(found) if index not in again]
    return sorted(acts, key=lambda act: turn.intents.get(act.intent, UNKNOWN).asks_back)


def _part(turn: Turn, act: Act) -> Turn:
    """The turn as if only one act had been said."""
    intent = intent_of(turn, act.text) if act.intent == ASKS_THE_SHOP else act.intent or _unnamed(turn)
    clauses = (clause for clause in turn.understanding.clauses if clause.text == act.text)
    whole = next(clauses, replace(turn.understanding, vector=None))
    understanding = Understanding(
        text=act.text,
        ranking=(Guess(intent=intent, confidence=1.0),),
        entities=(
            *extract(act.text, intent),
            *((whole.complaint or turn.understanding.complaint) if intent == "after_sales" else ()),
        ),
        vector=whole.vector,
    )
    message = replace(turn.message, text=act.text)
    part = naming.read(replace(turn, message=message, understanding=understanding, goes_on=True))
    return replace(part, understanding=replace(part.understanding, ranking=understanding.ranking))


def _done(part: Turn, before: list[CartLine]) -> list[Reply] | None:
    """What doing it is answered; None where it cannot be done."""
    intent = part.understanding.intent
    if intent == "remove_from_cart" and part.said(Saying.ALL_ELSE):
        return _take_out_all_else(part, before)
    if intent == REPLACE or (part.meant is UNKNOWN and _replaces(part)):
        return replacing.replace_line(part)
    wanted = find_replacement(part.message.text) if intent in ("order", "add_to_cart", "change_quantity") else None
    replaced = replacing.replace_line(part) if wanted is not None and wanted.explicit and wanted.old else None
    return part.carry_out() if replaced is None else replaced


def _unnamed(turn: Turn) -> str:
    """What the first act wants whose words do not tell: what the model makes of the message, or else an order."""
    intent = turn.understanding.intent
    return intent if turn.meant.buys else "add_to_cart"


def _understood(part: Turn) -> bool:
    """Whether a change of the cart says what it is about; questions always do."""
    understanding = part.understanding
    if part.meant is UNKNOWN:  # unclear, hangs on an if, or an intent that the model knows and the shop does not
        return understanding.intent == REPLACE or _replaces(part)
    if understanding.intent == "change_quantity":
        return understanding.first("quantity") is not None
    return not _of_the_cart(part) or any(understanding.first(name) for name in _WANTED)


def _replaces(part: Turn) -> bool:
    """Whether words that begin no act of their own name what goes: "white ones instead of black"."""
    wanted = find_replacement(part.message.text)
    return wanted is not None and wanted.explicit and bool(wanted.old)


def _of_the_cart(part: Turn) -> bool:
    return part.meant.fills_cart or part.meant.about is About.CONTACT or part.understanding.intent == REPLACE


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
