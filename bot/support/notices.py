"""Composes the messages that nobody waits for, and leaves them for their chat: an order's steps, tickets, low stock."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.messages import Button, Choice, Line, Reply, Row, Verb, reply_to_json
from bot.phrases import handoff as phrases_handoff
from bot.phrases import labels, promotions, staff_answers, staff_campaigns, staff_supply, wording
from bot.phrases import notices as phrases_notices
from bot.phrases import orders as phrases_orders
from bot.phrases import rating as phrases_rating
from bot.phrases import shopping as phrases_shopping
from bot.phrases import waiting as phrases_waiting
from bot.shop import Shop
from bot.shopping import cards
from bot.shopping.return_cards import return_card
from domain.conversation import CartLine, Conversation, Offer
from domain.events import RepliesWaiting
from domain.message_ids import RETURN
from domain.model import Order, OrderLine, Product
from domain.orders.shipping import NO_PARCEL
from domain.orders.telling import OrderNews
from domain.ports import UnitOfWork
from domain.products.reordering import SupplierOrder
from domain.pseudonyms import pseudonym
from domain.records.answers import Asked
from domain.records.campaigns import Campaign
from domain.records.ingested import FileState, IngestedFile
from domain.records.notifications import EMAIL
from domain.records.predictions import Predicted
from domain.records.promotions import State, named_by
from domain.records.returns import ReturnState
from domain.records.supply import Stock
from domain.records.tickets import CUSTOMER, Note, Ticket

NO_MORE_IDEAS = cards.button(phrases_notices.NO_MORE_IDEAS, Verb.INTENT, "stop_marketing")
MOST_CARDS = 5  # products of a campaign that have a button
MOST_DOUBTED = 5

MOST_TOLD = 10  # products or suppliers that a notice of stock names
MOST_JOINED = 12_000  # characters of a post in a ticket's thread, as Slack counts them: & is written &amp;
MOST_FILES = 8  # of each sort that are told of in a message


def name_of(conversation: Conversation) -> str:
    """What staff calls a customer: cust_7f3a12; with an e-mail that anybody may have typed that too; else guest 17."""
    if conversation.proven_email:
        return pseudonym(conversation.proven_email)
    if conversation.hashed_email and conversation.chat.channel == EMAIL:
        return pseudonym(conversation.hashed_email)
    if conversation.hashed_email:
        return phrases_notices.not_proven(customer=pseudonym(conversation.hashed_email))
    return phrases_notices.guest(identity_id=conversation.identity_id)


def leave(uow: UnitOfWork, conversation: Conversation, key: str, replies: Sequence[Reply], now: datetime) -> None:
    """Keeps messages that answer nothing for a locked conversation, and has them brought there.

    Their buttons can be typed like those of an answer. `key` is of `domain.message_ids`.
    """
    buttons = [button for reply in replies for button in reply.buttons]
    labels_now = {button.label for button in buttons}  # a label that is typed means the newest button with it
    conversation.offers = [offer for offer in conversation.offers if offer.label not in labels_now]
    conversation.offers += [Offer(label=button.label, choice=button.choice.encode()) for button in buttons]
    uow.conversations.save(conversation, now, message_id=key, replies=[reply_to_json(reply) for reply in replies])
    uow.record(RepliesWaiting(channel=conversation.chat.channel, chat_id=conversation.chat.chat_id))


def order_step(news: OrderNews, shop: Shop, now: datetime) -> Reply:
    """Tells a customer, in the chat where they ordered, of a step that was taken elsewhere."""
    order, kind = news.order, news.kind
    if news.returned is not None:
        state = ReturnState(kind.removeprefix(RETURN))
        return replace(return_card(shop, news.returned, state, news.products), buttons=(cards.HUMAN,))
    by_shop = kind == "cancelled" and bool(news.reason)
    body: list[Line] = [phrases_notices.shop_reason(reason=news.reason)] if by_shop else []
    body += [_row(news.products, line, shop.money(line.amount)) for line in order.lines]
    body.append(cards.total(shop, order.total))
    if kind == "cancelled":
        body.append(phrases_notices.cancelled(by_shop=by_shop, goes_back=news.goes_back))
    elif news.address:
        body.append(phrases_shopping.ships_to(address=news.address))
    if news.corrected:
        body.append(phrases_notices.PARCEL_CORRECTED)
    if news.parcel != NO_PARCEL:
        body += cards.parcel_lines(news.parcel)
    what_now = cards.HUMAN
    if kind in ("delivered", "cancelled") and not by_shop:
        what_now = cards.order_again_button(order.order_id)
    if kind == "changed" and order.cancellable(now):
        body.append(phrases_notices.still_cancellable(until=shop.local(order.cancel_until, now)))
        what_now = cards.cancel_button(order.order_id)
    title = phrases_notices.order_step(order_id=order.order_id, step=kind)
    if by_shop:
        title = phrases_notices.shop_cancelled(order_id=order.order_id)
    return Reply(title=title, body=tuple(body), buttons=(what_now,))


def cart_left(cart: Sequence[CartLine], products: Mapping[str, Product], shop: Shop) -> Reply:
    """Reminds a customer of an order card that was left unconfirmed, with today's prices."""
    known = [line for line in cart if line.product_id in products]
    rows = [_row(products, line, shop.money(products[line.product_id].sale_price * line.quantity)) for line in known]
    return Reply(
        body=(phrases_notices.CART_LEFT, *rows, phrases_notices.CART_LEFT_FOOT),
        buttons=(
            cards.CHECK_OUT,
            cards.EMPTY_CART,
            cards.button(phrases_notices.NO_REMINDERS, Verb.INTENT, "stop_marketing"),
        ),
    )


def offer(uow: UnitOfWork, wanted: Campaign, shop: Shop, now: datetime) -> str:
    """The promotion that a campaign names, in a line; blank where it names none, or that is over."""
    found = uow.promotions.get(wanted.promotion_id) if wanted.promotion_id is not None else None
    if found is None or found.state(now) is State.OVER:
        return ""
    titles = {product_id: one.title for product_id, one in uow.products.get(named_by([found])).items()}
    gives, until = promotions.gives(shop, found, titles), promotions.until(shop, found.ends_at, now)
    return promotions.offered(code=found.code, gives=gives, until=until)


def shown(uow: UnitOfWork, wanted: Campaign) -> list[Product]:
    """The products that a campaign shows: of those that staff chose what can be had."""
    found = uow.products.get(list(wanted.product_ids))
    known = [found[one] for one in wanted.product_ids if one in found]
    return [product for product in known if product.retired_at is None and product.quantity > 0]


def campaign(wanted: Campaign, products: Sequence[Product], offered: str, shop: Shop) -> list[Reply]:
    """What staff wrote to an audience, for a customer's own chat, with its offer and its products."""
    rows = [Row(product.title, shop.money(product.sale_price)) for product in products]
    buttons = [cards.button(labels.add(title=one.title), Verb.ADD, one.product_id) for one in products[:MOST_CARDS]]
    body: tuple[Line, ...] = (*wanted.paragraphs, *filter(None, [offered]), *rows)
    return [Reply(title=wanted.subject, body=body, buttons=(*buttons, NO_MORE_IDEAS))]


def campaign_waits(waiting: Campaign) -> Reply:
    """Asks the admins to look at a campaign that somebody wrote."""
    number = str(waiting.campaign_id)
    return Reply(
        text=staff_campaigns.asks_approval(campaign=waiting, actor=waiting.made_by),
        buttons=(
            cards.button(labels.campaign(number=waiting.campaign_id), Verb.CAMP_SHOW, number),
            cards.button(labels.PREVIEW, Verb.CAMP_PREVIEW, number),
            cards.button(labels.APPROVE_CAMPAIGN, Verb.CAMP_APPROVE, number),
        ),
    )


def how_was(wanted: Campaign, order: Order, products: Mapping[str, Product]) -> list[Reply]:
    """Asks a customer in their own chat how an order was that came; in staff's words, where they wrote some."""
    title = wanted.subject or phrases_rating.how_was(order_id=order.order_id)
    which = [phrases_orders.order(order_id=order.order_id)] if wanted.subject else []
    rows = [Row(f"{line.quantity} × {cards.title_of(products, line.product_id)}", "") for line in order.lines]
    body: tuple[Line, ...] = (*wanted.paragraphs, *which, *rows, phrases_rating.ASK)
    return [Reply(title=title, body=body, buttons=(*cards.scores(order.order_id), NO_MORE_IDEAS))]


def ticket_card(
    ticket: Ticket,
    conversation: Conversation,
    *,
    said: str,
    orders: Sequence[Order],
    products: Mapping[str, Product],
    shop: Shop,
) -> Reply:
    """The first message of a ticket's thread: who and where, their words, the cart and the last orders."""
    opened, silent = shop.local(ticket.opened_at, ticket.opened_at), conversation.ticket_id == ticket.ticket_id
    by_mail = ticket.chat.channel == EMAIL
    asked = phrases_notices.written_at(time=opened) if by_mail else phrases_notices.asked_at(time=opened, silent=silent)
    body: list[Line] = [asked]
    if said:
        # In one line, or they could look like more lines of the card.
        body.append(phrases_notices.they_wrote(words=" ".join(said.split())))
    if conversation.pending is not None:
        body.append(phrases_notices.open_question(question=phrases_notices.ASKED[conversation.pending.kind]))
    body.append(phrases_notices.CART if conversation.cart else phrases_notices.CART_EMPTY)
    for line in conversation.cart:
        price = products[line.product_id].sale_price if line.product_id in products else None
        body.append(_row(products, line, shop.money(price * line.quantity) if price is not None else ""))
    body.append(phrases_notices.LAST_ORDERS if orders else phrases_notices.NO_ORDERS)
    body += [Row(f"#{order.order_id}, {order.state}", shop.money(order.total)) for order in orders]
    body.append(phrases_notices.NOT_KEPT)
    return Reply(
        title=phrases_notices.ticket(
            ticket_id=ticket.ticket_id, customer=name_of(conversation), channel=ticket.chat.channel
        ),
        body=tuple(body),
        buttons=(
            cards.button(phrases_notices.RESOLVE, Verb.HANDOFF_RESOLVE, str(ticket.ticket_id)),
            *(cards.button(labels.order(order_id=one.order_id), Verb.ORD_SHOW, str(one.order_id)) for one in orders),
        ),
    )


def fit_in_a_post(notes: Sequence[Note]) -> Sequence[Note]:
    """As many of the first notes as one post holds, at least one."""
    room = MOST_JOINED
    for count, note in enumerate(notes):
        room -= len(note.text) + 4 * sum(note.text.count(sign) for sign in "&<>") + 20
        if room < 0:
            return notes[: max(count, 1)]
    return notes


def ticket_notes(notes: Sequence[Note]) -> Reply:
    """What a customer wrote, and what the bot has to say, in a ticket's thread: one post, in the order of writing."""
    title = phrases_handoff.CUSTOMER_WRITES if notes[0].author == CUSTOMER else ""
    if len({note.author for note in notes}) == 1:
        return Reply(title=title, text="\n".join(note.text for note in notes))
    # Each in one line, or a customer's could look like the bot's.
    return Reply(body=tuple(map(_with_author, notes)))


def _with_author(note: Note) -> str:
    who = phrases_handoff.CUSTOMER_WRITES if note.author == CUSTOMER else phrases_handoff.BOT_SAYS
    return phrases_handoff.one_of_several(who=who, words=" ".join(note.text.split()))


def stock_fell(product: Product, quantity: int, unconfirmed: Sequence[tuple[int, int]]) -> Reply:
    """Tells the admins that a product is low or sold out, and which orders they may doubt: those nobody confirmed."""
    text = phrases_notices.none_left(title=product.title, product_id=product.product_id)
    if quantity:
        text = phrases_notices.low_stock(title=product.title, product_id=product.product_id, quantity=quantity)
    held = sum(pieces for _, pieces in unconfirmed)
    if held > quantity:
        orders = wording.listed([f"#{order_id}" for order_id, _ in unconfirmed[:MOST_DOUBTED]])
        text += "\n" + phrases_notices.doubtful(pieces=held, orders=orders)
    return Reply(text=text)


def stock_states(told: Sequence[tuple[Stock, int]], unconfirmed: Sequence[tuple[int, int]], shop: Shop) -> Reply:
    """Tells the admins of products whose stock is low or out by now: how long each lasts, and how many to order.

    `unconfirmed` are the orders of the only one that may be doubted.
    """
    lines = [staff_supply.of_state(shop, stock, quantity) for stock, quantity in told[:MOST_TOLD]]
    lines += filter(None, [staff_supply.more_products(shop, count=len(told) - MOST_TOLD)])
    held = sum(pieces for _, pieces in unconfirmed)
    if len(told) == 1 and held > told[0][0].on_hand:
        orders = wording.listed([f"#{order_id}" for order_id, _ in unconfirmed[:MOST_DOUBTED]])
        lines.append(phrases_notices.doubtful(pieces=held, orders=orders))
    return Reply(text="\n".join(lines), buttons=(cards.button(labels.WHAT_TO_ORDER, Verb.INV_REORDER, "1"),))


def week_of_stock(
    orders: Sequence[SupplierOrder], lost: Sequence[str], late: Sequence[int], shop: Shop
) -> Reply | None:
    """The week's notice to the admins: what to reorder of whom, what was asked for in vain, what should have come."""
    lines = sum(len(order.lines) for order in orders)
    body: list[Line] = [staff_supply.weekly(shop, lines=lines, suppliers=len(orders))] if orders else []
    body += [Row(staff_supply.supplier_line(shop, order=one), shop.money(one.amount)) for one in orders[:MOST_TOLD]]
    body += filter(None, [staff_supply.more_suppliers(count=len(orders) - MOST_TOLD)])
    body += [*lost, *([staff_supply.late(orders=list(late))] if late else [])]
    if not body:
        return None
    buttons = (cards.button(labels.WHAT_TO_ORDER, Verb.INV_REORDER, "1"),) if orders else ()
    return Reply(title=staff_supply.REORDER, body=tuple(body), buttons=buttons)


def back_in_stock(found: Sequence[tuple[Product, int]], shop: Shop) -> Reply:
    """Tells a customer that what they wait for is back: of each product how many they wanted."""
    rows = [
        Row(phrases_waiting.is_back(title=product.title, left=product.quantity), shop.money(product.sale_price))
        for product, _ in found
    ]
    buttons = [_adding(product, min(wanted, product.quantity)) for product, wanted in found]
    lead = phrases_waiting.BACK if len(found) == 1 else phrases_waiting.ALL_BACK
    return Reply(body=(lead, *rows, phrases_waiting.NOT_HELD), buttons=tuple(one for one in buttons if one.choice.fits))


def _adding(product: Product, quantity: int) -> Button:
    label = phrases_waiting.add(title=product.title, quantity=quantity)
    return Button(label=label, choice=Choice(verb=Verb.ADD_SOME, arg=f"{quantity} {product.product_id}"))


def not_built(failure: str, last_good: date | None, shop: Shop) -> Reply:
    """Tells the admins that the warehouse could not be built, and what its readers see meanwhile."""
    return Reply(text=phrases_notices.not_built(shop, failure=failure, last_good=last_good))


def fitted(what: Predicted, version: str, *, chosen: bool, said: str) -> Reply:
    """Tells the admins that a model was fitted anew, and whether it serves from now on."""
    return Reply(text=phrases_notices.fitted(what=what, version=version, chosen=chosen, said=said))


def files_taken_in(files: Sequence[IngestedFile]) -> Reply:
    """Tells the admins what became of files that branches handed in: first what was refused, then what was loaded."""
    refused = [file for file in files if file.state is FileState.QUARANTINED]
    loaded = [file for file in files if file.state is not FileState.QUARANTINED]
    said = [
        *(phrases_notices.file_refused(name=file.name, said=file.said) for file in refused[:MOST_FILES]),
        *phrases_notices.more_files(count=len(refused) - MOST_FILES, what="not taken in"),
        *(phrases_notices.file_loaded(said=file.said) for file in loaded[:MOST_FILES]),
        *phrases_notices.more_files(count=len(loaded) - MOST_FILES, what="taken in"),
    ]
    return Reply(text="\n".join(said))


def folder_away(address: str, reason: str) -> Reply:
    """Tells the admins that a folder of files does not answer; it is asked again every minute."""
    return Reply(text=phrases_notices.folder_away(address=address, reason=reason))


def documented(failure: str | None) -> Reply:
    """Comes with the warehouse's documentation, or says why it could not be made."""
    return Reply(text=phrases_notices.not_documented(failure=failure) if failure else phrases_notices.DOCUMENTED)


def _row(products: Mapping[str, Product], line: CartLine | OrderLine, amount: str) -> Row:
    return Row(f"{line.quantity} × {cards.title_of(products, line.product_id)}", amount)


def unanswered(shown: Sequence[Asked], total: int) -> Reply:
    """What was asked and not answered, most asked first; support answers with `/answers`."""
    rows = [
        Row(
            staff_answers.question(number=asked.number, text=asked.text, about=asked.product_id),
            staff_answers.times(count=asked.times),
        )
        for asked in shown
    ]
    return Reply(title=staff_answers.weekly(count=total), body=(*rows, staff_answers.HOW))
