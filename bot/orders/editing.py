"""Changes a placed order in words: finds it, makes the change in it, and shows what is to be confirmed."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.messages import Reply, Verb
from bot.orders import cancelling, changing, complaining
from bot.orders.choosing_orders import choose_orders, recent
from bot.phrases import changing as phrases_changing
from bot.shopping import basket, cart_lines, checkout, meaning, naming, replacing
from bot.turn import Turn
from domain.conversation import Asked
from domain.model import Order, OrderState, Product
from domain.numbers import plain_number
from domain.products.catalogue import narrow, words
from nlu.reading.refusals import ADDS
from nlu.rules import order_edits
from nlu.rules.complaints import Complaint
from nlu.rules.replacements import find_replacement
from nlu.rules.said import Saying
from nlu.rules.values import number_from_words
from nlu.rules.vocabulary import FILLERS
from nlu.understanding import Entity, WantedLine, Wish

DEED = "change_order"
_NO_NAMES = set("something anything item items thing things product products stuff order too".split())


def edit_said(turn: Turn) -> list[Reply]:
    """The answer to who wants a placed order to be different; of the cart, where that is what is being filled."""
    conversation = turn.conversation
    if conversation.changing is not None or (conversation.cart and not order_edits.speaks_of_placed(turn.message.text)):
        return _make(turn)
    number = turn.understanding.first("order_number")
    if number is not None:
        order_id = plain_number(number.value)
        order = None if order_id is None else turn.own_order(order_id)
        return changing.begin(turn, order_id or 0) if order is None else _edit_or_say_why(turn, order)
    orders = [order for order in recent(turn) if order.state is not OrderState.CANCELLED]
    still_open = [order for order in orders if order.cancellable(turn.now)]
    if not orders:
        return complaining.no_orders(turn)
    if not still_open:
        return _edit_or_say_why(turn, orders[0])
    meant = _meant(turn, still_open)
    if meant is None:
        return cancelling.which(turn, Asked.WHICH_ORDER, phrases_changing.WHICH, Verb.CHANGE_ORDER, still_open)
    return _edit_or_say_why(turn, meant)


def edit_last(turn: Turn) -> list[Reply] | None:
    """The same of the order that was placed last, where nothing else is open and it holds what is named; else None.

    "Make it 3" after placing means that order as long as it may be changed. Within a message that goes on there may
    be nothing to say of it yet: an empty answer is one too.
    """
    placed = _last(turn)
    if placed is None:
        return None
    if order_edits.of_the_order(turn.message.text):
        return edit_said(turn)
    goes = turn.swap.old if turn.swap is not None else ""
    named = [goes] if goes else [line.phrase for line in basket.lines_said(turn) if line.phrase]
    if any(not narrow(phrase, _products(turn, placed)) for phrase in named):
        return None
    turn.note_done(DEED)
    return _edit(turn, placed)


def enter_last(turn: Turn) -> Turn:
    """The same turn in the change of the order that was placed last, where what its message edits is in that order.

    A message that only adds does not say so, unless it adds "to it"; one that asks changes nothing.
    """
    text, wishes = turn.message.text, turn.understanding.wishes
    if turn.message.choice is not None or turn.asked is not None or turn.said(Saying.ORDERS_AGAIN):
        return turn
    heard = {turn.understanding.intent, *(wish.intent for wish in wishes)}
    adds = not heard.isdisjoint(ADDS) and order_edits.adds_to_it(text)
    asks = text.rstrip().endswith("?") or bool(order_edits.of_the_order(text))
    names = [] if asks else [entity.value for wish in wishes for entity in _there(wish)]
    swaps = any(wish.intent == "swap" for wish in wishes)
    if not asks and (swapped := find_replacement(text)) is not None and swapped.explicit and swapped.old:
        names, swaps = [swapped.old], True
    several = len(names) > 1 or (bool(names) and (len(wishes) > 1 or swaps))
    placed = _last(turn) if adds or several else None  # an order is looked for only then
    if placed is None:
        return turn
    held = _products(turn, placed)
    if not (adds and _is_shown(turn, placed)) and not (several and all(narrow(name, held) for name in names)):
        return turn
    changing.enter(turn, placed)
    turn.note_done(DEED)
    return replace(turn, cart_then=tuple(turn.conversation.cart))


def _is_shown(turn: Turn, order: Order) -> bool:
    """Whether the last answer showed the order."""
    return any(choice.verb is Verb.CANCEL and choice.arg == str(order.order_id) for choice in turn.offered)


def _there(wish: Wish) -> Iterator[Entity]:
    """What a wish names that is there already; one that only adds names nothing such."""
    entities = [entity for entity in wish.entities if entity.role != "added"]
    if wish.intent in ADDS and all(entity.name != "left_out" for entity in entities):
        return
    names = ("replaced",) if wish.intent == "swap" else ("product", "left_out")
    yield from (entity for entity in entities if entity.name in names)


def last_holds(turn: Turn, name: str) -> bool:
    """Whether the order that was placed last holds what is called so, and may be changed; nothing else is open."""
    placed = _last(turn)
    return placed is not None and bool(narrow(name, _products(turn, placed)))


def _last(turn: Turn) -> Order | None:
    conversation = turn.conversation
    if conversation.cart or conversation.open_lines or conversation.changing is not None:
        return None
    return turn.newest_open


def _edit_or_say_why(turn: Turn, order: Order) -> list[Reply]:
    """The change on its card; where it comes too late, why, and a ticket with the wish."""
    if order.cancellable(turn.now):
        return _edit(turn, order)
    why = changing.begin(turn, order.order_id)
    if order.state is OrderState.CANCELLED:
        return why
    return [replace(why[0], buttons=()), *complaining.complain(turn, Complaint.CHANGE, order=order)]


def _edit(turn: Turn, order: Order) -> list[Reply]:
    notes = changing.enter(turn, order)
    named = _named(turn, order)
    if len(named) == 1:
        turn.conversation.focus = named[0].product_id
    replies = _make(turn, notes)
    emptied = not (turn.conversation.cart or turn.conversation.open_lines or turn.goes_on)
    if not emptied:
        return replies
    turn.did.clear()  # one thing is asked, so that a plain yes is to that
    turn.note_done("cancel_order")
    return changing.nothing_left(turn, order)


def _make(turn: Turn, notes: list[str] | None = None) -> list[Reply]:
    """Makes the change in what is in the cart now, and shows the card, or the question that comes before it."""
    said = order_edits.without_order(turn.message.text)
    replies = _apply(turn, said) if said else []
    if turn.asked is not None and turn.asked.first:
        return replies
    return checkout.next_step(turn, [*(notes or []), *(reply.text for reply in replies if reply.text)])


def _apply(turn: Turn, said: str) -> list[Reply]:
    """What doing it is answered, without a question of its own; nothing where no change in particular is asked for."""
    if (wanted := find_replacement(said)) is not None and wanted.explicit and wanted.new not in _NO_NAMES:
        replaced = replacing.replace_line(_part(turn, said, "change_quantity"))
        if replaced is not None:
            return replaced
    if less := order_edits.fewer(said):
        return _take_off(turn, said, number_from_words(less))
    if order_edits.takes_out(said):
        return _carry_out(turn, said, "remove_from_cart")
    changes = _part(turn, said, "change_quantity")
    counted = any(line.quantity is not None for line in basket.lines_said(changes))
    if counted and not order_edits.adds(said):
        return _carry_out(turn, said, "change_quantity")
    if (kind := order_edits.other_kind(said)) and (replies := _put_instead(turn, kind)) is not None:
        return replies
    return _carry_out(turn, said, "add_to_cart") if order_edits.adds(said) or _only_names(turn, said) else []


def _only_names(turn: Turn, said: str) -> bool:
    """Whether nothing is said but the name of what the shop has, and words that mean nothing: "and a birthday card"."""
    lines = basket.lines_said(_part(turn, said, "add_to_cart"))
    named = {word for line in lines for word in line.phrase.lower().split()}
    rest = {word.strip(",.!?") for word in said.lower().split()} - named - FILLERS
    known = all(line.phrase and meaning.found(turn, line.phrase).product is not None for line in lines)
    return bool(lines) and known and not any(map(str.isalpha, rest))


def _carry_out(turn: Turn, said: str, intent: str) -> list[Reply]:
    part = _part(turn, said, intent)
    lines = basket.lines_said(part)
    if intent == "add_to_cart":
        lines = [line for line in lines if line.phrase]
    named = [line for line in lines if not {*line.phrase.lower().split()} & _NO_NAMES]
    return turn.intents[intent].handle(part) if named and len(named) == len(lines) else []


def _take_off(turn: Turn, said: str, fewer: int) -> list[Reply]:
    cart = turn.conversation.cart
    products = turn.products([line.product_id for line in cart])
    named = [product.product_id for product in _words_of(said, list(products.values()))]
    target = cart_lines.target(turn, WantedLine()).product_ids if len(named) != 1 else tuple(named)
    return _as_replies(basket.change(turn, target, "subtract", fewer)) if len(target) == 1 else []


def _put_instead(turn: Turn, kind: str) -> list[Reply] | None:
    """Another kind of the one line that has such: "the green"; None where none has, or more than one."""
    found: list[tuple[str, Product]] = []
    for line in turn.conversation.cart:
        other = meaning.variant(turn, kind, line.product_id)
        if other is not None:
            found.append((line.product_id, other))
    focus = [one for one in found if one[0] == turn.conversation.focus]
    if len(focus or found) != 1:
        return None
    ((old, new),) = focus or found
    conversation = turn.conversation
    quantity, place = conversation.quantity_of(old), conversation.place_of(old)
    conversation.remember_cart()
    conversation.put(old, 0)
    return _as_replies(basket.settle(turn, new, quantity, place=place))


def _as_replies(notes: list[str]) -> list[Reply]:
    return [Reply(text="\n".join(notes))] if notes else []


def _part(turn: Turn, said: str, intent: str) -> Turn:
    """The turn as if only the change had been said."""
    understanding = turn.understanding.part(said, intent)
    message = replace(turn.message, text=said)
    part = naming.read(replace(turn, message=message, understanding=understanding, goes_on=True))
    return replace(part, understanding=replace(part.understanding, ranking=understanding.ranking))


def _meant(turn: Turn, orders: list[Order]) -> Order | None:
    """The one order that the words describe, that holds what is named, or that was shown last; None where none is."""
    if len(orders) == 1:
        return orders[0]
    told = order_edits.of_the_order(turn.message.text)
    shown = [choice.arg for choice in turn.offered if choice.verb == Verb.CHANGE_ORDER]
    in_order = orders if len(shown) > 1 else sorted(orders, key=lambda order: order.order_id)  # "first" is by age
    chosen = choose_orders(replace(turn, message=replace(turn.message, text=told)), in_order) if told else None
    holding = [order for order in orders if _named(turn, order)]
    tests: tuple[Callable[[], list[Order]], ...] = (
        lambda: list(chosen.orders) if chosen is not None else [],
        lambda: holding,
        lambda: [order for order in orders if [str(order.order_id)] == shown],
    )
    return next((found[0] for test in tests if len(found := test()) == 1), None)


def _named(turn: Turn, order: Order) -> list[Product]:
    return _words_of(turn.message.text, _products(turn, order))


def _products(turn: Turn, order: Order) -> list[Product]:
    return list(turn.products([line.product_id for line in order.lines]).values())


def _words_of(said: str, products: list[Product]) -> list[Product]:
    """The products that a text has words of."""
    found = {product.product_id for word in words(said) if len(word) > 2 for product in narrow(word, products)}
    return [product for product in products if product.product_id in found]
