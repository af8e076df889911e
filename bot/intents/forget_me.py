"""forget_me: says what would be erased and what stays, asks for an explicit yes, erases, and gives a receipt."""

import structlog

from bot.messages import Reply, Verb
from bot.phrases import labels, wording
from bot.phrases import privacy as phrases_privacy
from bot.phrases import talk as phrases_talk
from bot.shopping import asking
from bot.shopping.cards import HUMAN, button
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import AlreadyCancelled, AlreadyShipped, CancelWindowClosed
from domain.people.forgetting import Receipt, forget_identity
from domain.records.privacy import Kept, kept_of
from nlu.rules.deeds import FORGET
from nlu.rules.forgetting import forgets_a_person, says_never_mind
from nlu.rules.moods import Mood, Stance, asks_of_the_past, begins_with_yes, mood_of
from nlu.rules.said import Saying

MOST_SHOWN = 3  # buttons that cancel

log = structlog.get_logger()


def handle(turn: Turn) -> list[Reply]:
    """Asks. Orders that are not shipped need their address: they are cancelled first, or erasing has to wait."""
    if mood_of(turn.understanding.text, FORGET) is Mood.REFUSED:
        asked = turn.asked is not None and turn.asked.kind is Asked.FORGET
        turn.conversation.pending = None
        return [Reply(text=phrases_privacy.KEPT if asked else phrases_privacy.ERASES_NOTHING)]
    if turn.said(Saying.LEAVES_ALONE):
        return [Reply(text=phrases_talk.ALL_RIGHT)]
    if asks_of_the_past(turn.understanding.text, FORGET):
        return turn.carry_out(turn.intents["my_data"])  # what is kept tells whether it was erased
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.FORGET and begins_with_yes(turn.understanding.text):
        return answer_forgetting(turn, pending) or _ask(turn)  # "yes, forget me"; alone it may be sent twice
    if turn.understanding.text and not forgets_a_person(turn.understanding.text):
        return _ask_what(turn)
    return _ask(turn)


def _ask_what(turn: Turn) -> list[Reply]:
    """For who wants less forgotten than all, or something corrected: what it may be, and nothing is done yet."""
    if says_never_mind(turn.understanding.text):
        return turn.carry_out(turn.intents["deny"])
    conversation, placed = turn.conversation, turn.newest_open
    buttons = [button(labels.FORGET_ME, Verb.INTENT, "forget_me")]
    if conversation.cart and conversation.checking_out:
        others = ((labels.OTHER_ADDRESS, "address"), (labels.OTHER_EMAIL, "email"))
        of_order = [button(label, Verb.OTHER, what) for label, what in others if conversation.changing is None]
        buttons = [*of_order, *buttons]
    elif placed is not None:
        number = str(placed.order_id)
        buttons = [button(labels.change_order(order_id=placed.order_id), Verb.CHANGE_ORDER, number), *buttons]
    return [Reply(text=phrases_privacy.FORGET_WHAT, buttons=tuple(buttons))]


def _ask(turn: Turn) -> list[Reply]:
    kept = kept_of(turn.uow.privacy, turn.identity, turn.uow.privacy.reach_of(turn.identity))
    held = [order_id for order_id in kept.open_orders if not _cancellable(turn, order_id)]
    if held:
        turn.conversation.pending = None
        return [Reply(text=phrases_privacy.forget_wait(orders=_numbers(held)), buttons=(HUMAN,))]
    orders, parcels = (tuple(map(str, numbers)) for numbers in (kept.open_orders, kept.parcels))
    shown = f"{','.join(orders)};{','.join(parcels)}"
    turn.conversation.pending = PendingQuestion(kind=Asked.FORGET, options=orders, subject=shown)
    yes = phrases_privacy.YES_CANCEL if orders else phrases_privacy.YES
    return [
        Reply(
            title=phrases_privacy.FORGET_TITLE,
            text="\n".join([*_consequences(turn, kept), phrases_privacy.FORGET_FOR_GOOD]),
            buttons=(
                button(yes, Verb.YES, asking.token(turn)),
                button(phrases_privacy.NO, Verb.NO, asking.token(turn)),
                *(
                    button(labels.cancel_order(order_id=order_id), Verb.CANCEL, str(order_id))
                    for order_id in _to_be_stopped(turn, kept)[:MOST_SHOWN]
                ),
            ),
        )
    ]


def answer_forgetting(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """Erases after a clear yes to exactly the card that was shown; asks again when orders came or moved meanwhile."""
    stance = turn.stance(FORGET)
    if stance is Stance.NO or (turn.says_no and stance is not Stance.YES):
        turn.conversation.pending = None
        return [Reply(text=phrases_privacy.KEPT)]
    half = turn.understanding.intent in ("affirm", "forget_me") or turn.is_of_two_minds(FORGET)
    if stance is not Stance.YES and half:
        return _ask(turn)
    if stance is not Stance.YES:
        return None
    try:
        with turn.uow.savepoint():
            receipt = forget_identity(
                turn.uow,
                turn.identity,
                agreed=[int(order_id) for order_id in pending.options],
                staying=[int(order_id) for order_id in pending.subject.partition(";")[2].split(",") if order_id],
                actor=turn.source,
                now=turn.now,
                told_in=turn.message.chat,
            )
    except (AlreadyCancelled, AlreadyShipped, CancelWindowClosed):
        return _ask(turn)
    return _ask(turn) if receipt is None else [_told(turn, receipt)]


def _told(turn: Turn, receipt: Receipt) -> Reply:
    log.info("customer forgotten", receipt=receipt.number)
    erased = receipt.erased
    lines = [phrases_privacy.forgotten(things=_things(turn, erased), number=receipt.number)]
    lines += [*_orders_stay(erased), *_parcels_stay(erased)]
    if turn.message.proven_email:
        lines.append(phrases_privacy.vouched(channel=turn.source.capitalize()))
    return Reply(title=phrases_privacy.FORGOTTEN_TITLE, text="\n".join(lines))


def _consequences(turn: Turn, kept: Kept) -> list[str]:
    conversation = turn.conversation
    lines = [phrases_privacy.forget_what(things=_things(turn, kept)), *_orders_stay(kept)]
    if conversation.hashed_email is not None and conversation.hashed_email != conversation.proven_email:
        lines.append(phrases_privacy.forget_unproven(email=conversation.masked_email))
    if kept.open_orders:
        count, orders = len(kept.open_orders), _numbers(kept.open_orders)
        lines.append(phrases_privacy.forget_cancels(count=count, orders=orders))
    if kept.gift_cards:
        lines.append(phrases_privacy.gift_cards_end(amount=turn.shop.money(kept.gift_cards)))
    lines += _parcels_stay(kept)
    if stopped := _to_be_stopped(turn, kept):
        lines.append(phrases_privacy.cancel_parcels(count=len(stopped), orders=_numbers(stopped)))
    return lines


def _things(turn: Turn, kept: Kept) -> str:
    return phrases_privacy.things(
        email=turn.conversation.proven_email is not None,
        chats=kept.chats,
        addresses=kept.addresses,
        answers=kept.answers,
        notes=kept.notes,
        mails=kept.mails,
    )


def _orders_stay(kept: Kept) -> list[str]:
    bare = kept.orders - len(kept.parcels)
    return [phrases_privacy.orders_stay(count=bare)] if bare else []


def _parcels_stay(kept: Kept) -> list[str]:
    """What others ordered under the e-mail still arrives, and is not held up."""
    if not kept.parcels:
        return []
    return [phrases_privacy.parcels_stay(orders=_numbers(kept.parcels), count=len(kept.parcels))]


def _to_be_stopped(turn: Turn, kept: Kept) -> list[int]:
    """Those of others that the owner of the e-mail may still cancel."""
    return [order_id for order_id in kept.parcels if _cancellable(turn, order_id)]


def _cancellable(turn: Turn, order_id: int) -> bool:
    order = turn.uow.orders.get(order_id)
    return order is not None and order.cancellable(turn.now)


def _numbers(order_ids: list[int] | tuple[int, ...]) -> str:
    return wording.listed([f"#{order_id}" for order_id in order_ids])
