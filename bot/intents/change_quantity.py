"""change_quantity: corrects how many of something are in the cart."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Reply, Verb
from bot.orders import editing, parting
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, cart_lines, checkout, packs, pointing, replacing
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.products.catalogue import words
from nlu.rules.replacements import Replacement
from nlu.rules.said import Saying
from nlu.rules.vocabulary import FILLERS
from nlu.understanding import WantedLine

FEWEST_OF_A_SIZE = 13
LONGEST_BEHIND = 3  # words behind a number


def handle(turn: Turn) -> list[Reply]:
    """Applies every correction of the message, asks where the target is unclear, and shows the result."""
    conversation = turn.conversation
    if not conversation.cart and turn.swap is not None and (edited := editing.edit_last(turn)) is not None:
        return edited  # "swap the teapot for a candle", of the order that was placed last
    if (parted := parting.of_what_is_left_out(turn)) is not None:
        return parted
    left_out = basket.leave_out(turn)
    said = [_named_behind(turn, line) for line in basket.lines_said(turn)]
    if left_out and not said:
        return checkout.next_step(turn, left_out)
    lines = [line for line in said if line.quantity is not None]
    if not lines:
        return _without_number(turn, said)
    if conversation.open_lines and not any(line.phrase for line in lines):
        return _change_open_line(turn, lines[-1])
    if not conversation.cart:
        edited = editing.edit_last(turn)
        return _as_order(turn, lines) if edited is None else edited
    unknown = [line.phrase for line in said if line.quantity is None and line.phrase]
    notes = [*left_out, *(phrases_shopping.not_in_cart(phrase=one) for one in unknown if not _is_there(turn, one))]
    for line in lines:
        if basket.means_the_list(turn, line):
            notes += basket.add(turn, [line])
            continue
        wanted = cart_lines.target(turn, line)
        if wanted.unclear:
            return _which(turn, line)
        if not wanted.product_ids:
            notes += basket.add(turn, [line])
            continue
        notes += _in_that_size(turn, wanted.product_ids, line) or basket.change(
            turn, wanted.product_ids, line.operation, line.quantity or 0
        )
    return checkout.next_step(turn, notes)


def _named_behind(turn: Turn, line: WantedLine) -> WantedLine:
    """The line; a number alone counts what is named right behind it, where that is in the cart: "make it 3 mugs"."""
    counts = turn.understanding.all("quantity")
    if line.phrase or len(counts) != 1:
        return line
    said = turn.understanding.text[counts[0].end :].strip(" .!,").split()
    behind = " ".join(word for word in said if word.lower().strip(".,!") not in FILLERS)
    named = 0 < len(behind.split()) <= LONGEST_BEHIND and _is_there(turn, behind)
    return replace(line, phrase=behind) if named else line


def _is_there(turn: Turn, phrase: str) -> bool:
    found = cart_lines.target(turn, WantedLine(phrase=phrase))
    return bool(found.product_ids) or found.unclear


def _in_that_size(turn: Turn, product_ids: Sequence[str], line: WantedLine) -> list[str]:
    """ "oops, meant 40" of a shoe in 42: a number that another size has and hardly anybody wants so many of."""
    number = line.quantity or 0
    counts = turn.said(Saying.PIECES) is not None
    if counts or line.operation != "set" or number < FEWEST_OF_A_SIZE or len(product_ids) != 1:
        return []
    product = turn.products(product_ids).get(product_ids[0])
    if product is None:
        return []
    alike = [one for one in pointing.siblings(turn, product) if pointing.of_a_kind(one, product)]
    sized = [one for one in alike if str(number) in words(one.title)]
    if len(sized) != 1 or turn.conversation.quantity_of(sized[0].product_id):
        return []
    (other,) = sized
    packed = packs.size_of(product) > 1 or packs.size_of(other) > 1
    if packed or turn.journey.stock_of(other) < turn.conversation.quantity_of(product.product_id):
        return []
    notes = replacing.put_instead(turn, Replacement(new=other.title), other, product.product_id)
    return [phrases_shopping.in_that_size(title=other.title), *notes]


def _without_number(turn: Turn, said: list[WantedLine]) -> list[Reply]:
    """No number was said: a product that is not in the cart is wanted; of anything else the bot asks what to do."""
    new = [line for line in said if line.phrase and not cart_lines.target(turn, line).product_ids]
    if new and len(new) == len(said):
        return checkout.next_step(turn, basket.add(turn, new))
    if not turn.conversation.cart:
        if (edited := editing.edit_last(turn)) is not None:
            return edited
        return [Reply(text=f"{phrases_shopping.EMPTY_CART} {phrases_talk.ASK_WHAT}")]
    return [Reply(text=turn.words.what_to_change)]


def _as_order(turn: Turn, lines: list[WantedLine]) -> list[Reply]:
    """Nothing is in the cart: "make it two mugs" names a product, so it is an order; "make it 3" means nothing."""
    named = [line for line in lines if line.phrase or line.reference]
    if not named and (turn.screen or pointing.is_on_screen(turn, turn.conversation.focus)):
        return checkout.next_step(turn, basket.add(turn, lines[-1:]))  # "ok 4" after "how much is it?"
    if not named:
        return [Reply(text=f"{phrases_shopping.EMPTY_CART} {phrases_talk.ASK_WHAT}")]
    turn.conversation.checking_out = True
    return checkout.next_step(turn, basket.add(turn, named))


def _change_open_line(turn: Turn, line: WantedLine) -> list[Reply]:
    """ "make it 3" while the bot asks which product: the open line's quantity changes."""
    conversation = turn.conversation
    first, *rest = conversation.open_lines
    quantity = {
        "add": first.quantity + (line.quantity or 0),
        "subtract": first.quantity - (line.quantity or 0),
    }
    changed = quantity.get(line.operation, line.quantity or 0)
    if first.problem == "which":
        conversation.open_lines = [replace(first, quantity=max(changed, 1)), *rest]
        return checkout.next_step(turn, [])
    conversation.open_lines = rest
    products = turn.products(first.options)
    notes: list[str] = []
    for product in products.values():
        notes += basket.settle(turn, product, changed, adds=first.adds)
    return checkout.next_step(turn, notes)


def _which(turn: Turn, line: WantedLine) -> list[Reply]:
    conversation = turn.conversation
    ids = tuple(cart_line.product_id for cart_line in conversation.cart)
    conversation.pending = PendingQuestion(
        kind=Asked.WHICH_LINE, options=ids, subject=line.operation, quantity=line.quantity or 0
    )
    products = turn.products(ids)
    return [
        Reply(
            text=phrases_shopping.WHICH_LINE,
            buttons=tuple(button(products[product_id].title, Verb.PICK, product_id) for product_id in ids),
        )
    ]
