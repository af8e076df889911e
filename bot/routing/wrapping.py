"""Says of gift wrapping, which no order holds, what the shop answers about it, and that none is ordered."""

from bot.answering.unanswered import keep
from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.routing.some_of_them import is_new, ordered, sold
from bot.shopping import checkout
from bot.shopping.cards import HUMAN
from bot.turn import Turn
from domain.answering import answers_of
from domain.conversation import Asked
from nlu.rules.wrapping import says_words, wants_wrapping

TOPIC = "gift_note"
_BESIDE = ("email", "mentioned", "address", "zip", "left_out", "order_number")


def answer(turn: Turn) -> list[Reply] | None:
    """The answer to who wants what is ordered wrapped, and nothing else; None of any other message."""
    several = len(turn.understanding.wishes) > 1
    if several or not _wishes(turn) or says_words(turn.message.text) or any(map(turn.understanding.first, _BESIDE)):
        return None
    orders = ordered(turn)  # which in public belongs to somebody: it is looked for last
    if not orders:
        return None
    if any(is_new(turn, entity.value, orders) for entity in turn.understanding.all("product")):
        return None
    told = _told(turn)
    turn.conversation.misunderstood = 0
    if turn.asked is not None and turn.asked.kind is Asked.CONFIRM:
        return checkout.show(turn, [told])
    reply = Reply(text=told, buttons=(HUMAN,))
    return [reply, *checkout.reminder(turn)] if turn.conversation.cart else [reply]


def say(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """The replies to what else was said beside a wish for wrapping; above them that none is ordered."""
    asked = any(deed.startswith("ask_shop") for deed in turn.did)
    if not replies or asked or not _wishes(turn):
        return replies
    first, *others = replies
    return [first.with_lines(above=[_told(turn)]), *others]


def _wishes(turn: Turn) -> bool:
    """Whether wrapping is wished for, and nothing that the shop sells is called so: "2 rolls of wrapping paper"."""
    if turn.message.choice is not None or turn.only_names or (turn.asked is not None and turn.asked.aside):
        return False
    if not wants_wrapping(turn.message.text):
        return False
    called = [entity.value for entity in turn.understanding.all("product") if wants_wrapping(entity.value)]
    return not any(name in turn.named or sold(turn, name) for name in (*called, *filter(wants_wrapping, turn.named)))


def _told(turn: Turn) -> str:
    turn.noted.not_done = True
    known = answers_of(turn.shop.answers, turn.uow).get(TOPIC)
    if known is None:
        keep(turn, turn.message.text, turn.understanding.vector)
    return phrases_shopping.no_wrapping(answer="" if known is None else known.text)
