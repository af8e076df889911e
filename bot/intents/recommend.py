"""recommend: products that go with something, are like something, of a kind, for this customer, or popular."""

from bot.finding.prices import read_bounds, read_prices
from bot.finding.recommendations import answer_wish
from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.shopping import basket, meaning, opting, things, variants
from bot.turn import Turn
from domain.conversation import Wish
from nlu.rules.needs import needed
from nlu.rules.said import Saying


def handle(turn: Turn) -> list[Reply]:
    """Answers for what is named or in the cart, or for what it is needed; else for the customer."""
    if (thing := _in_a_way(turn)) is not None:
        return thing
    said = read_prices(turn.understanding, turn.shop)
    wish, notes = _read(turn)
    return answer_wish(turn, wish, said.bounds, [*said.notes, *notes])


def popular(turn: Turn) -> list[Reply]:
    """Answers with the best sellers."""
    return answer_wish(turn, Wish(popular=True), read_bounds(turn.understanding))


def _in_a_way(turn: Turn) -> list[Reply] | None:
    """The thing that is named with how it shall be: "I need a lamp that works with …"; None of all else."""
    if turn.said(Saying.GOES_WITH) or turn.said(Saying.LIKE_IT) or turn.said(Saying.POPULAR):
        return None
    group = things.named(turn)
    wish = variants.wish_in(turn.message.text, group) if group is not None else None
    return opting.show(turn, variants.meant_of(group, wish)) if group is not None and wish else None


def _read(turn: Turn) -> tuple[Wish, list[str]]:
    """What is wished for, and notes on what is not found."""
    product = turn.understanding.first("product")
    goes_with = turn.said(Saying.GOES_WITH) or turn.said(Saying.LIKE_IT)
    is_kind = product is not None and product.role == "kind" and not goes_with
    need = tuple(needed(turn.message.text))
    if turn.said(Saying.POPULAR) and not is_kind:
        return Wish(popular=True), []
    if product is not None:
        match = meaning.found(turn, product.value)
        found = [match.product] if match.product is not None else list(match.options)
        ids = tuple(one.product_id for one in found)
        meant = is_kind or match.product is not None or goes_with
        if ids and meant:
            if len(ids) == 1:
                turn.conversation.focus = ids[0]
            return (Wish(among=ids) if is_kind else _about(turn, ids[:3])), []
        if need:
            return Wish(need=need), []
        return Wish(), [phrases_shopping.not_found(phrase=product.value, close=[one.title for one in match.close])]
    reference = turn.understanding.first("reference")
    if reference is not None and reference.value not in ("cart", "all"):
        referred, note = basket.by_reference(turn, reference.value)
        return (_about(turn, (referred.product_id,)) if referred else Wish()), [note] if note else []
    if need and reference is None:
        return Wish(need=need), []
    return Wish(goes_with=tuple(line.product_id for line in turn.conversation.cart)), []


def _about(turn: Turn, ids: tuple[str, ...]) -> Wish:
    """What is like a product, or what goes with it; “I like the mug, what goes with it?” asks for the second."""
    return Wish(like=ids[0]) if turn.said(Saying.LIKE_IT) else Wish(goes_with=ids)
