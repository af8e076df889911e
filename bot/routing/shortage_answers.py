"""Reads answers where too little is there, or nothing: take what is left, tell me, something alike, leave it."""

from collections.abc import Sequence

from bot.finding.recommendations import answer_wish
from bot.messages import Reply, Verb
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.phrases import waiting as phrases
from bot.shopping import basket, checkout, meaning, open_lines, waiting
from bot.shopping.asking import token
from bot.trust import consenting
from bot.turn import Turn
from domain.conversation import Asked, Listing, OpenLine, PendingQuestion, Problem, Wish
from domain.model import Product, money
from domain.numbers import plain_number
from nlu.rules import marketing_words
from nlu.rules.said import Saying
from nlu.rules.values import find_numbers

LONGEST = 14  # words; what is longer wants more than this
_ONE = {"it", "that", "this", "this one", "that one"}
_ALL = {"them", "those", "these", "all", "all of it", "all of them", "all that", "everything", "anything"}


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to what was offered in place of what is missing, in fixed words; None of all else."""
    text = turn.message.text
    if not text or len(text.split()) > LONGEST:
        return None
    if (stopped := _stop(turn)) is not None:
        return stopped
    line = short_line(turn)
    if line is not None:
        return _of_short(turn, line)
    return _of_gone(turn)


def take_sold_out(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """Whether to tell when something is back: a yes, a no; all else is something else."""
    product = turn.products([pending.subject]).get(pending.subject)
    if product is None or turn.says_no or turn.said(Saying.LEAVES_IT):
        turn.conversation.pending = None
        return [Reply(text=phrases.ALL_RIGHT)]
    if turn.says_yes:
        turn.conversation.pending = None
        return [waiting.answer(turn, product, pending.quantity)]
    return None


def pressed_take_and_tell(turn: Turn, arg: str) -> list[Reply]:
    """The button that takes what there is and waits for the rest."""
    line = short_line(turn)
    if line is None or arg != token(turn):
        return [Reply(text=phrases_talk.STALE)]
    return open_lines.take_what_is_left(turn, tell=True)


def pressed_tell(turn: Turn, arg: str) -> list[Reply]:
    """The button that waits for a product that is gone."""
    quantity, product = _counted(turn, arg)
    if product is None:
        return [Reply(text=phrases_talk.STALE)]
    _close_sold_out(turn)
    return [waiting.answer(turn, product, quantity)]


def pressed_alike(turn: Turn, product_id: str) -> list[Reply]:
    """The button that shows what is like a product."""
    product = turn.products([product_id]).get(product_id)
    return [Reply(text=phrases_talk.STALE)] if product is None else alike(turn, product)


def pressed_no_more(turn: Turn, product_id: str) -> list[Reply]:
    """The button that ends waiting for a product."""
    return waiting.stop_all(turn, [product_id])


def add_some(turn: Turn, arg: str) -> list[Reply]:
    """The button that adds as many as somebody waited for."""
    quantity, product = _counted(turn, arg)
    if product is None:
        return [Reply(text=phrases_talk.STALE)]
    turn.conversation.remember_cart()
    return checkout.next_step(turn, basket.settle(turn, product, quantity, told=True))


def alike(turn: Turn, product: Product) -> list[Reply]:
    """What is like a product, of about its price if there is any; its own open line is left out."""
    conversation = turn.conversation
    conversation.open_lines = [line for line in conversation.open_lines if line.options != (product.product_id,)]
    _close_sold_out(turn)
    if conversation.pending is not None and conversation.pending.kind is Asked.OPEN_LINE:
        conversation.pending = None
    price = product.sale_price
    near = Listing(at_least=str(money(price / 2)), at_most=str(money(price * 3 / 2)))
    wish = Wish(like=product.product_id)
    replies = answer_wish(turn, wish, near)
    return replies if any(reply.cards for reply in replies) else answer_wish(turn, wish, Listing())


def short_line(turn: Turn) -> OpenLine | None:
    """The line that is asked about, where less is there than was asked for."""
    pending, lines = turn.conversation.pending, turn.conversation.open_lines
    if pending is None or pending.kind is not Asked.OPEN_LINE or not lines:
        return None
    return lines[0] if lines[0].problem is Problem.SHORT else None


def _of_short(turn: Turn, line: OpenLine) -> list[Reply] | None:
    product = turn.products(line.options).get(line.options[0])
    if product is None or _names_another(turn, product):
        return None
    left = min(turn.journey.stock_of(product), line.quantity)
    numbers = [one.value for one in find_numbers(turn.message.text)]
    refuses = turn.said(Saying.REFUSES) is not None
    asks = turn.message.text.rstrip().endswith("?")
    takes = (left in numbers or turn.said(Saying.WHAT_IS_THERE) is not None) and not refuses
    if turn.said(Saying.TELLS_WHEN) and not turn.said(Saying.NO_WORD):
        if takes or turn.said(Saying.AGREES_FIRST):
            return open_lines.take_what_is_left(turn, tell=True)
        said = next((one for one in numbers if 0 < one <= line.quantity), line.quantity)
        turn.conversation.open_lines = turn.conversation.open_lines[1:]
        told = waiting.wait_for(turn, product, said, besides=said <= left)  # "when 4 are back", of the 10
        return checkout.next_step(turn, [told])
    if turn.said(Saying.SIMILAR):
        return alike(turn, product)
    if turn.said(Saying.LEAVES_IT):
        turn.conversation.open_lines = turn.conversation.open_lines[1:]
        return checkout.next_step(turn, [phrases_shopping.left_out(phrase=line.phrase)])
    if not takes or asks or len(set(numbers)) > 1 or turn.said(Saying.NO_TAKING):
        return None
    return open_lines.take_what_is_left(turn, tell=False)


def _of_gone(turn: Turn) -> list[Reply] | None:
    offered = [choice for choice in turn.offered if choice.verb == Verb.TELL_WHEN]
    found = [(product, quantity) for quantity, product in (_counted(turn, one.arg) for one in offered) if product]
    if not found:
        return None
    named = [(product, quantity) for product, quantity in found if product.product_id in _ids_named(turn)]
    if not named and _names_another(turn, *(product for product, _ in found)):
        return None
    chosen = named or found
    if turn.said(Saying.WHEN_BACK):
        buttons = waiting.offer_buttons(turn, chosen[0][0], chosen[0][1], alone=True)
        return [Reply(text=phrases.when(title=chosen[0][0].title), buttons=buttons)]
    if turn.said(Saying.TELLS_WHEN) and not turn.said(Saying.NO_WORD):
        _close_sold_out(turn)
        return [waiting.answer(turn, product, quantity) for product, quantity in chosen]
    if turn.said(Saying.SIMILAR):
        return alike(turn, chosen[0][0])
    if turn.said(Saying.LEAVES_IT) and turn.conversation.pending is not None:
        asked = turn.conversation.pending
        return take_sold_out(turn, asked) if asked.kind is Asked.SOLD_OUT else None
    return None


def _stop(turn: Turn) -> list[Reply] | None:
    """Ends waiting for what is named, or for everything; None where it is about something else than waiting.

    What may mean all that the shop writes ends marketing too, and is left to others where nobody waits.
    """
    only, any_of_it = turn.said(Saying.STOPS_TELLING), turn.said(Saying.STOPS_WRITING)
    heard = only or any_of_it
    if heard is None:
        return None
    what = (heard.values.get("what") or heard.values.get("back") or "").strip()
    waits = turn.uow.waiting.of_identity(turn.conversation.identity_id)
    if not waits:
        if only is None or marketing_words.calls_it(what):
            return None
        asked = turn.conversation.pending
        if asked is not None and asked.kind is Asked.SOLD_OUT:
            turn.conversation.pending = None
            return [Reply(text=phrases.ALL_RIGHT)]
        another = what and what.lower() not in _ALL | _ONE and "back" not in heard.values
        return None if another else [Reply(text=phrases.NOT_WAITING)]
    if not what or what.lower() in _ALL:
        return [*waiting.stop_all(turn), *(_stop_marketing(turn) if only is None else [])]
    if meant := _waited(turn, what, [one.product_id for one in waits]):
        return waiting.stop_all(turn, meant)
    return None if only is None or marketing_words.calls_it(what) else waiting.ask_which(turn, waits)


def _stop_marketing(turn: Turn) -> list[Reply]:
    """Ends marketing where its words are said, or to an address that is known here."""
    if marketing_words.read(turn.message.text) is not None:
        return consenting.typed(turn) or []
    if turn.conversation.hashed_email is None and turn.conversation.proven_email is None:
        return []
    turn.note_done("stop_marketing")
    return consenting.stop(turn)


def _waited(turn: Turn, what: str, waits: Sequence[str]) -> list[str]:
    """Which of the products that somebody waits for are meant; none where that is not clear."""
    if what.lower() in _ONE:
        return list(waits) if len(waits) == 1 else [one for one in waits if one == turn.conversation.focus]
    match = meaning.found(turn, what)
    meant = (match.product,) if match.product else match.options
    return [product.product_id for product in meant if product.product_id in waits]


def _names_another(turn: Turn, *of: Product) -> bool:
    """Whether a message names a product that is none of these."""
    ids = {product.product_id for product in of}
    return bool(_ids_named(turn) - ids)


def _ids_named(turn: Turn) -> set[str]:
    named = {product.product_id for product in turn.named.values()}
    said = [entity.value for entity in turn.understanding.all("product")]
    return named | {match.product.product_id for match in (meaning.found(turn, one) for one in said) if match.product}


def _counted(turn: Turn, arg: str) -> tuple[int, Product | None]:
    """The number and the product of a button's argument."""
    count, _, product_id = arg.partition(" ")
    number = plain_number(count)
    product = turn.products([product_id]).get(product_id)
    return (number, product) if number and product else (0, None)


def _close_sold_out(turn: Turn) -> None:
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.SOLD_OUT:
        turn.conversation.pending = None
