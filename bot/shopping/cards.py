"""Cards: products, the cart, a quote to confirm, an order, as channel-neutral replies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from bot.messages import Button, Choice, Line, Reply, Row, Verb
from bot.phrases import answering as phrases_answering
from bot.phrases import changing as phrases_changing
from bot.phrases import finding as phrases_finding
from bot.phrases import labels, wording
from bot.phrases import orders as phrases_orders
from bot.phrases import payments as phrases_payments
from bot.phrases import rating as phrases_rating
from bot.phrases import shopping as phrases_shopping
from bot.shop import Shop
from bot.shopping import discounts, return_cards, variant_cards, variants
from bot.turn import Turn
from domain.answering import DELIVERY_TIME, PAYMENT, answers_of, in_short
from domain.conversation import CartLine
from domain.model import Order, OrderLine, Product, Quote, subtotal, sum_of
from domain.orders.quoting import priced_lines
from domain.orders.shipping import NO_PARCEL, Parcel, parcel_of
from domain.outreach.unproven import Expected
from domain.payments.telling import told_of
from domain.products.variants import Group

MOST_LISTED = 5
NO_GROUPS: Mapping[str, Group] = MappingProxyType({})


def button(label: str, verb: Verb, arg: str = "") -> Button:
    """A button with a choice."""
    return Button(label=label, choice=Choice(verb=verb, arg=arg))


HUMAN = button(labels.HUMAN, Verb.INTENT, "human")
CHECK_OUT = button(labels.CHECK_OUT, Verb.CHECKOUT)
BACK_TO_BOT = button(labels.BACK_TO_BOT, Verb.HANDOFF_END)
EMPTY_CART = button(labels.EMPTY_CART, Verb.CLEAR)
PROVE = button(labels.PROVE, Verb.INTENT, "verify_email")
MY_ORDERS = button(labels.MY_ORDERS, Verb.ORDERS, "0")


def order_again_button(order_id: int) -> Button:
    """Puts an order's products into the cart once more."""
    return button(labels.ORDER_AGAIN, Verb.REORDER, str(order_id))


def cancel_button(order_id: int) -> Button:
    """Asks whether an order shall be cancelled."""
    return button(labels.CANCEL_THIS_ORDER, Verb.CANCEL, str(order_id))


def scores(order_id: int) -> tuple[Button, ...]:
    """How an order was, from 1 to 5."""
    return tuple(button(label, Verb.RATE, f"{order_id} {score}") for score, label in phrases_rating.SCORES.items())


def product_card(turn: Turn, product: Product, *facts: str) -> Reply:
    """One product: picture, price, what is to be said of it, and a button that adds it."""
    return Reply(
        title=product.title,
        body=(*filter(None, facts or [product.description]), Row("", turn.shop.money(product.sale_price))),
        image=product.image_url or None,
        buttons=(button(labels.ADD_TO_CART, Verb.ADD, product.product_id),) if product.quantity else (),
    )


def variant(turn: Turn, product: Product, wanted: int | None = None) -> Reply:
    """One variant of a thing: whether so many are there, and where none is, what is nearest."""
    left = turn.journey.stock_of(product)
    return product_card(
        turn,
        product,
        phrases_finding.in_stock(wanted=wanted, available=left, title=product.title),
        *([] if left else variants.nearest_note(turn, product)),
    )


def choices(
    turn: Turn, question: str, products: Sequence[Product], none: Button, groups: Mapping[str, Group] = NO_GROUPS
) -> Reply:
    """Products of which one is to be chosen, each once: as a row and a button with its name, or as a card.

    Those of `groups` stand for all variants of a thing.
    """
    picks = tuple(button(_named(product, groups), Verb.PICK, product.product_id) for product in products)
    return Reply(
        body=(question, *numbered(turn, products, groups=groups)),
        buttons=(*picks, none),
        cards=tuple(
            replace(
                _entry(turn, product, stock(product), groups),
                buttons=(button(labels.THIS_ONE, Verb.PICK, product.product_id),),
            )
            for product in products
        ),
    )


def product_list(
    turn: Turn,
    heading: str,
    products: Sequence[Product],
    whys: Sequence[str] = (),
    after: int = 0,
    groups: Mapping[str, Group] = NO_GROUPS,
) -> Reply:
    """Products in one message: a numbered row each with price and stock, or with why they are shown; and as cards.

    Their numbers go on `after` so many. Those of `groups` stand for all variants of a thing.
    """
    facts = whys or [product.description for product in products]
    return Reply(
        cards=tuple(_entry(turn, product, fact, groups) for product, fact in zip(products, facts, strict=True)),
        body=(heading, *numbered(turn, products, whys, after, groups)),
        buttons=tuple(_adding(product, groups) for product in products if product.quantity),
    )


def _entry(turn: Turn, product: Product, fact: str, groups: Mapping[str, Group]) -> Reply:
    """A product of a list as a card, or the thing that it stands for."""
    card = product_card(turn, product, wording.sentence(fact))
    if product.product_id not in groups:
        return card
    group = groups[product.product_id]
    return replace(
        card,
        title=variant_cards.title_of(group),
        text="",
        body=(product.description, *variant_cards.rows(group), Row("", variant_cards.price(turn, group.variants))),
        buttons=(_adding(product, groups),) if product.quantity else (),
    )


def _adding(product: Product, groups: Mapping[str, Group]) -> Button:
    """Adds a product of a list, or leads to the variants for which it stands."""
    if product.product_id in groups:
        return button(labels.choose(title=_named(product, groups)), Verb.GROUP, product.product_id)
    return button(labels.add(title=product.title), Verb.ADD, product.product_id)


def _named(product: Product, groups: Mapping[str, Group]) -> str:
    group = groups.get(product.product_id)
    return product.title if group is None else variant_cards.title_of(group)


def stock(product: Product) -> str:
    """How many are there: "9 in stock", "sold out"."""
    return phrases_shopping.stock(count=product.quantity)


def rows(turn: Turn, lines: Sequence[OrderLine]) -> list[Row]:
    """One row a line: quantity, name and price on the left, the amount on the right."""
    products = turn.products([line.product_id for line in lines])
    return [
        Row(
            phrases_shopping.line_at(
                quantity=line.quantity,
                title=title_of(products, line.product_id),
                price=turn.shop.money(line.unit_price),
            ),
            turn.shop.money(line.amount),
        )
        for line in lines
    ]


def total(shop: Shop, amount: Decimal) -> Row:
    """The row that sums up the others."""
    return Row(phrases_shopping.TOTAL, shop.money(amount), strong=True)


def order_rows(turn: Turn, order: Order) -> list[Line]:
    """A placed order's lines, what was taken off, and the total."""
    return [*rows(turn, order.lines), *discounts.rows_of(turn.shop, order), total(turn.shop, order.total)]


def cart_card(turn: Turn, notes: Sequence[Line] = ()) -> Reply:
    """The cart with today's prices; the buttons check out, undo and empty it."""
    conversation = turn.conversation
    products = turn.products([line.product_id for line in conversation.cart])
    lines = priced_lines(conversation.cart, products)
    taken = discounts.of_cart(turn, lines, products)
    to_pay = subtotal(lines) - sum_of(taken)
    body = (*notes, *rows(turn, lines), *discounts.rows(turn.shop, taken), total(turn.shop, to_pay))
    buttons = [CHECK_OUT]
    if conversation.cart_before is not None:
        buttons.append(button(labels.UNDO, Verb.UNDO))
    return Reply(title=turn.words.cart, body=body, buttons=(*buttons, EMPTY_CART))


def quote_card(turn: Turn, quote: Quote, address: str, notes: Sequence[Line] = ()) -> Reply:
    """What will be ordered if the customer says yes to exactly this card."""
    shop = turn.shop
    body = [*notes, *rows(turn, quote.lines), *discounts.rows(shop, quote.discounts)]
    body += [
        total(shop, quote.total),
        phrases_shopping.ships_to(address=address),
        phrases_shopping.confirms_to(email=turn.shown_email),
        *_paid_and_arrives(turn),
        phrases_shopping.cancel_and_hold(minutes=minutes(turn), until=shop.local(quote.expires_at, turn.now)),
        phrases_shopping.ASK_PLACE_CARD,
    ]
    return Reply(
        title=phrases_shopping.YOUR_ORDER,
        body=tuple(body),
        buttons=(
            button(labels.PLACE_ORDER, Verb.CONFIRM, quote.quote_id),
            button(labels.CHANGE, Verb.CHANGE, quote.quote_id),
            button(labels.CANCEL, Verb.STOP, quote.quote_id),
        ),
    )


def _paid_and_arrives(turn: Turn) -> list[str]:
    """How it is paid and when it comes, where the shop says so."""
    answers = answers_of(turn.shop.answers, turn.uow)
    paid, arrives = in_short(answers, PAYMENT), in_short(answers, DELIVERY_TIME)
    return [
        *([phrases_answering.paid(how=paid)] if paid else []),
        *([phrases_answering.arrives(when=arrives)] if arrives else []),
    ]


def change_card(turn: Turn, quote: Quote, order: Order, address: str, notes: Sequence[Line] = ()) -> Reply:
    """What a placed order becomes if the customer says yes to exactly this card."""
    shop, more = turn.shop, quote.total - order.total
    taken = discounts.rows(shop, quote.discounts)
    body = [*notes, *rows(turn, quote.lines), *taken, total(shop, quote.total)]
    if more:
        words = phrases_changing.MORE if more > 0 else phrases_changing.LESS
        body.append(Row(words, shop.money(abs(more))))
    else:
        body.append(phrases_changing.SAME_TOTAL)
    body += [
        phrases_shopping.ships_to(address=address),
        phrases_changing.hold(until=shop.local(min(quote.expires_at, order.cancel_until), turn.now)),
        phrases_changing.ASK_CARD,
    ]
    return Reply(
        title=phrases_changing.title(order_id=order.order_id),
        body=tuple(body),
        buttons=(
            button(labels.CONFIRM_CHANGE, Verb.CONFIRM, quote.quote_id),
            button(labels.CHANGE, Verb.CHANGE, quote.quote_id),
            button(labels.KEEP_AS_IT_WAS, Verb.STOP, quote.quote_id),
        ),
    )


def placed_card(turn: Turn, order: Order, *, again: bool, mail: Expected = Expected.GOES) -> Reply:
    """An order that was just placed or changed, its number, where it ships, and until when it can be cancelled."""
    shop, conversation = turn.shop, turn.conversation
    title = phrases_orders.done(order_id=order.order_id, again=again, changed=bool(order.changes))
    body: list[Line] = order_rows(turn, order)
    if order.address_id is not None:
        body.append(phrases_shopping.ships_to(address=turn.uow.people.address(order.address_id)))
    buttons: tuple[Button, ...] = ()
    if order.cancellable(turn.now):
        body.append(phrases_orders.open_until(until=shop.local(order.cancel_until, turn.now)))
        buttons = still_open(order)
    if not again and conversation.hashed_email == order.hashed_email:
        body.append(phrases_orders.confirmation(mail, email=turn.shown_email))
    if mail is Expected.WAITS:
        buttons = (*buttons, PROVE)
    return Reply(title=title, body=tuple(body), buttons=buttons)


def still_open(order: Order) -> tuple[Button, ...]:
    """What a customer may do with an order while its window is open."""
    return (button(labels.CHANGE, Verb.CHANGE_ORDER, str(order.order_id)), cancel_button(order.order_id))


def order_card(turn: Turn, order: Order) -> Reply:
    """One order from the past: state, lines, total, and Change and Cancel while the window is open."""
    shop = turn.shop
    body: list[Line] = [f"{shop.day(order.placed_at)}, {phrases_orders.STATES[order.state]}"]
    body += [*order_rows(turn, order), *paid(turn, order)]
    if order.shipped_at is not None:
        body += parcel_lines(parcel_of(turn.uow, order.order_id))
    buttons: tuple[Button, ...] = (order_again_button(order.order_id),)
    if order.cancellable(turn.now):
        body.append(phrases_orders.open_until(until=shop.local(order.cancel_until, turn.now)))
        buttons = (*buttons, *still_open(order))
    returned, more = return_cards.of_order(turn, order)
    return Reply(
        title=phrases_orders.order(order_id=order.order_id), body=(*body, *returned), buttons=(*buttons, *more)
    )


def paid(turn: Turn, order: Order, *, for_staff: bool = False) -> list[Row]:
    """How an order was paid and what of it went back, in a line; nothing of history."""
    told = told_of(turn.uow, order.order_id)
    line = phrases_payments.in_a_line(turn.shop, told, for_staff=for_staff)
    return [Row(phrases_payments.PAYMENT, line)] if told else []


def parcel_lines(parcel: Parcel) -> list[str]:
    """Who brings an order, under which number, and where its way can be followed."""
    lines = [phrases_orders.parcel(parcel=str(parcel))] if parcel != NO_PARCEL else []
    return [*lines, *([parcel.page] if parcel.page else [])]


def summary(turn: Turn, order: Order) -> str:
    """An order in one line: number, what, total."""
    named = names(turn, order.lines)
    shown = phrases_orders.more(lines=", ".join(named[:2]), count=max(len(named) - 2, 0))
    return f"#{order.order_id}: {shown}, {turn.shop.money(order.total)}"


def names(turn: Turn, lines: Sequence[OrderLine] | Sequence[CartLine]) -> list[str]:
    """Quantity and name of each line: 2 × Red Mug."""
    products = turn.products([line.product_id for line in lines])
    return [f"{line.quantity} × {title_of(products, line.product_id)}" for line in lines]


def numbered(
    turn: Turn,
    products: Sequence[Product],
    whys: Sequence[str] = (),
    after: int = 0,
    groups: Mapping[str, Group] = NO_GROUPS,
) -> list[Row]:
    """Products as a list numbered on from `after`, with price and stock, or with why they are shown in its place."""
    facts = whys or [stock(product) for product in products]
    rows = []
    for number, (product, fact) in enumerate(zip(products, facts, strict=True), after + 1):
        group = groups.get(product.product_id)
        told = fact if group is None else variant_cards.in_how_many(group)
        price = turn.shop.money(product.sale_price) if group is None else variant_cards.price(turn, group.variants)
        rows.append(Row(f"{number}. {_named(product, groups)}, {told}", price))
    return rows


def minutes(turn: Turn) -> str:
    """The cancel window in words."""
    whole = int(turn.shop.terms.cancel_window.total_seconds() // 60)
    return phrases_orders.window(minutes=whole)


def title_of(products: Mapping[str, Product], product_id: str) -> str:
    """What people call a product; its id where it is unknown."""
    return products[product_id].title if product_id in products else product_id
