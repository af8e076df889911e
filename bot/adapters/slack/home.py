"""The Home tab: what waits for who works in the shop; the cart, orders that can be cancelled, and orders to repeat."""

from dataclasses import dataclass, replace
from typing import Any

from bot.adapters.slack.blocks import to_blocks
from bot.adapters.slack.events import SLACK
from bot.adapters.slack.parts import SlackParts
from bot.adapters.slack.sections import Block
from bot.messages import IncomingMessage, Reply, Verb
from bot.phrases import slack as phrases
from bot.shopping import cards
from bot.turn import Turn
from domain.conversation import ChatRef
from domain.model import OrderState
from domain.records.staff import Role, roles_held, subjects
from nlu.understanding import Guess, Understanding

MOST_ORDERS = 20
MOST_COUNTED = 99  # of orders that wait
MOST_HOME_BLOCKS = 100  # https://docs.slack.dev/surfaces/app-home
_OPEN = (OrderState.PLACED, OrderState.SHIPPED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """What a user's Home tab shows; `cart` is None when it is empty, `staff` for who has no role."""

    cart: Reply | None
    open_orders: tuple[Reply, ...]
    past_orders: tuple[Reply, ...]
    staff: Reply | None = None


def read(parts: SlackParts, chat: ChatRef, user: str, groups: tuple[str, ...] = ()) -> Home:
    """Reads it in a unit of work that leaves no trace; `groups` are the user groups of theirs that mean a role.

    Raises:
        Busy: the user's conversation is being changed for longer than the lock time-out.
    """
    now = parts.clock.now()
    with parts.unit_of_work() as uow:
        turn = Turn(
            message=IncomingMessage(id="", chat=chat, sender_id=user),
            understanding=Understanding(text="", ranking=(Guess(intent="none", confidence=0.0),)),
            conversation=uow.conversations.lock(chat, user, now),
            uow=uow,
            shop=parts.shop,
            now=now,
        )
        orders = uow.orders.of_identity(turn.identity, limit=MOST_ORDERS)
        who = subjects(SLACK, user, groups)
        held = roles_held(parts.shop.staff, uow.staff, who)
        return Home(
            staff=_for_staff(turn, held) if held else None,
            cart=cards.cart_card(turn) if turn.conversation.cart else None,
            open_orders=tuple(_only(cards.order_card(turn, one), Verb.CANCEL) for one in orders if one.state in _OPEN),
            past_orders=tuple(
                _only(cards.order_card(turn, one), Verb.REORDER) for one in orders if one.state not in _OPEN
            ),
        )


def view(home: Home, answers: tuple[Reply, ...] = (), *, image_base: str = "") -> dict[str, Any]:
    """The tab as Slack takes it; `answers` are those to the button that was pressed on it last."""
    shown: list[Reply] = [*answers]
    if home.staff is not None:
        shown.append(home.staff)
    if home.cart is not None:
        shown.append(home.cart)
    else:
        popular = cards.button(phrases.HOME_POPULAR, Verb.POPULAR)
        shown.append(Reply(title=phrases.HOME_CART, text=phrases.HOME_CART_EMPTY, buttons=(popular,)))
    if home.open_orders:
        shown += [Reply(title=phrases.HOME_OPEN, text=""), *(_small(order) for order in home.open_orders)]
    if home.past_orders:
        shown += [Reply(title=phrases.HOME_PAST, text=""), *(_small(order) for order in home.past_orders)]
    if not home.open_orders and not home.past_orders:
        shown.append(Reply(title=phrases.HOME_PAST, text=phrases.HOME_NO_ORDERS))
    blocks: list[Block] = []
    for number, reply in enumerate(shown):
        drawn = _numbered(to_blocks(reply, image_base=image_base)[0], number)
        if number == len(answers) and answers:
            blocks.append({"type": "divider"})
        if len(blocks) + len(drawn) > MOST_HOME_BLOCKS:
            break
        blocks += drawn
    return {"type": "home", "blocks": blocks}


def _for_staff(turn: Turn, held: frozenset[Role]) -> Reply:
    """What waits for somebody of these roles, what failed, and where they go on."""
    lines, buttons = [], []
    if held & {Role.ADMIN, Role.SUPPORT}:
        waiting = len(turn.uow.orders.waiting(MOST_COUNTED + 1))
        lines.append(phrases.waiting_orders(count=waiting, most=MOST_COUNTED))
        buttons.append(cards.button(phrases.HOME_WAITING, Verb.ORD_OPEN))
    if Role.ADMIN in held:
        if failed := turn.uow.jobs.given_up():
            lines.append(phrases.failed_jobs(turn.shop, failed))
        _, low = turn.uow.stock_room.listed(at_most=turn.shop.low_stock, limit=1)
        lines.append(phrases.low_products(turn.shop, count=low, low_stock=turn.shop.low_stock))
        buttons += [
            cards.button(phrases.HOME_LOW, Verb.INV_LOW),
            cards.button(phrases.HOME_REORDER, Verb.INV_REORDER),
        ]
    return Reply(title=phrases.HOME_STAFF, body=(*lines, phrases.HOME_PAGES), buttons=tuple(buttons))


def _only(card: Reply, verb: Verb) -> Reply:
    return replace(card, buttons=tuple(button for button in card.buttons if button.choice.verb is verb))


def _small(card: Reply) -> Reply:
    """An order under a heading of the tab: its own title is not one."""
    return Reply(text="", cards=(card,))


def _numbered(blocks: list[Block], number: int) -> list[Block]:
    """Ids of blocks and buttons that differ from those of the tab's other parts."""
    for block in blocks:
        if "block_id" in block:
            block["block_id"] += f"-{number}"
        for element in (*block.get("elements", ()), block.get("accessory", {})):
            if "action_id" in element:
                element["action_id"] += f"-{number}"
    return blocks
