"""stock_question: whether something is there, and how many."""

from bot import basket, cards, phrases
from bot.cards import button
from bot.messages import Reply
from bot.turn import Turn
from domain.catalogue import find
from domain.conversation import Listing
from domain.model import Product
from nlu.understanding import WantedLine, wanted_lines


def handle(turn: Turn) -> list[Reply]:
    """Answers for each product named; for "it", the one that was talked about last."""
    lines = [line for line in wanted_lines(turn.understanding) if line.phrase or line.reference]
    if not lines:
        lines = [WantedLine(reference="it")] if turn.conversation.focus else []
    replies: list[Reply] = []
    for line in lines:
        replies += _answer(turn, line)
    if not replies:
        return [Reply(text="Which product do you mean? I can look up how many we have.")]
    if turn.understanding.first("notify") is not None:
        replies.append(Reply(text=phrases.NOTIFY_NOT_YET))
    return replies


def _answer(turn: Turn, line: WantedLine) -> list[Reply]:
    if not line.phrase:
        product, note = basket.by_reference(turn, line.reference)
        if product is None:
            return [Reply(text=note)] if note else []
        return [_stock(turn, product, line.quantity)]
    match = find(turn.uow, line.phrase)
    if match.product is not None:
        turn.conversation.focus = match.product.product_id
        return [_stock(turn, match.product, line.quantity)]
    if not match.options:
        return [Reply(text=phrases.not_found(line.phrase, [one.title for one in match.close]))]
    shown = match.options[: cards.MOST_LISTED]
    turn.conversation.listing = Listing(product_ids=tuple(product.product_id for product in shown))
    rows = [f"{product.title}\t{_count(product)}" for product in shown]
    more = f"\nand {len(match.options) - len(shown)} more kinds" if len(match.options) > len(shown) else ""
    return [
        Reply(
            text=f"For “{line.phrase}” we have:\n" + "\n".join(rows) + more,
            buttons=tuple(
                button(f"Add {product.title}", "add", product.product_id) for product in shown if product.quantity
            ),
        )
    ]


def _stock(turn: Turn, product: Product, wanted: int | None) -> Reply:
    if wanted and product.quantity < wanted:
        answer = f"Not {wanted}: {_count(product)}."
    elif wanted:
        answer = f"Yes, {wanted} are available ({_count(product)})."
    else:
        answer = f"Yes, {_count(product)}." if product.quantity else phrases.sold_out(product.title)
    return cards.product_card(turn, product, answer)


def _count(product: Product) -> str:
    return f"{product.quantity} in stock" if product.quantity else "sold out"
