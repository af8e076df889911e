"""Puts the one open question of a plan, with a button for each answer that is there."""

from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale.addresses.meant import kept_of
from bot.aftersale.into.variants_meant import Choice
from bot.aftersale.planning import asking_which
from bot.aftersale.planning.buttons import choice, fitting
from bot.aftersale.planning.deciding import Ask
from bot.aftersale.planning.differences import Difference
from bot.aftersale.world import World
from bot.messages import Reply
from bot.phrases import aftersale as phrases
from bot.phrases import returns as phrases_returns
from bot.shopping.contact import ADDRESS_FORM
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.plans import Deed, Plan, PlannedWish
from domain.products.variants import value_of
from domain.records.payments import Method
from nlu.rules.aftersale_phrases import ANOTHER_ONE, BECOMES_SO

MOST_ADDRESSES = 4  # that may be chosen
MOST_VARIANTS = 8
PLAN_KINDS = frozenset(
    {
        Asked.PLAN_ORDER,
        Asked.WHICH_ITEM,
        Asked.WHICH_OPTION,
        Asked.EXCHANGE_OR_REFUND,
        Asked.WHY_RETURN,
        Asked.PAY_HOW,
        Asked.PLAN_ADDRESS,
        Asked.CONFIRM_PLAN,
    }
)


def open_question(turn: Turn, plan: Plan, kind: Asked, about: int = 0) -> Plan:
    """Notes that something of the plan is asked; its buttons answer this question and no other."""
    plan = replace(plan, questions=plan.questions + 1, about=about)
    turn.conversation.plan = plan
    turn.conversation.pending = PendingQuestion(kind=kind, subject=str(plan.questions))
    return plan


def ask(turn: Turn, world: World, plan: Plan, asked: Ask, notes: Sequence[str] = ()) -> list[Reply]:
    """Opens the question and puts it; the same once more in other words, also where the answer told of another wish."""
    if _is_put_again(turn, plan, asked):
        turn.conversation.misunderstood = max(1, turn.conversation.misunderstood)
    plan = open_question(turn, plan, asked.kind, asked.about)
    wish = plan.wishes[asked.about]
    match asked.kind:
        case Asked.PLAN_ORDER:
            reply = asking_which.which_order(turn, world, plan, wish)
        case Asked.WHICH_ITEM:
            reply = asking_which.which_item(turn, world, plan, wish)
        case Asked.WHICH_OPTION:
            reply = _which_option(turn, world, plan, wish, asked)
        case Asked.EXCHANGE_OR_REFUND:
            reply = _exchange_or_refund(world, plan, wish, again=asked.again)
        case Asked.WHY_RETURN:
            reply = _why(plan)
        case _:
            reply = _which_address(turn, world, plan, wish)
    return [reply.with_lines(above=notes)]


def _is_put_again(turn: Turn, plan: Plan, asked: Ask) -> bool:
    """Whether just this was asked before the message."""
    before, pending = turn.conversation.plan, turn.conversation.pending
    if before is None or pending is None or pending.kind is not asked.kind or before.about >= len(before.wishes):
        return False
    was, now = before.wishes[before.about], plan.wishes[asked.about]
    return was.among == now.among and was.words == now.words


def _why(plan: Plan) -> Reply:
    """Why something comes back; it is asked once."""
    reasons = [choice(plan, label, "why", reason) for reason, label in phrases_returns.REASONS.items()]
    return Reply(text=phrases.WHY, buttons=fitting(reasons))


def ask_method(turn: Turn, plan: Plan, methods: Sequence[Method], notes: Sequence[str] = ()) -> list[Reply]:
    """Which of several ways to pay is meant."""
    plan = open_question(turn, plan, Asked.PAY_HOW)
    names = [labels_of(one) for one in methods]
    buttons = [choice(plan, labels_of(one), "pay", one.method_id) for one in methods]
    return [Reply(text=phrases.which_method(labels=names), buttons=fitting(buttons)).with_lines(above=notes)]


def ask_difference(turn: Turn, plan: Plan, left: Difference, notes: Sequence[str] = ()) -> list[Reply]:
    """What pays a difference, or gets it; what the order was paid with comes first."""
    plan = open_question(turn, replace(plan, pay_told=True), Asked.PAY_HOW)
    labels = [labels_of(one) for one in left.methods]
    amount, back = turn.shop.money(abs(left.pays)), left.pays < 0
    buttons = [choice(plan, label, "pay", one.method_id) for one, label in zip(left.methods, labels, strict=True)]
    text = phrases.pays_how(amount=amount, back=back, labels=labels)
    return [Reply(text=text, buttons=fitting(buttons)).with_lines(above=notes)]


def labels_of(method: Method) -> str:
    """What a customer calls a way to pay."""
    return method.label or str(method.kind).replace("_", " ")


def _which_address(turn: Turn, world: World, plan: Plan, wish: PlannedWish) -> Reply:
    """Where something shall go; the addresses that are known and are not where it goes already may be chosen."""
    kept = kept_of(turn, world)
    orders = [order for place in wish.among if (order := world.order(place.order_id)) is not None]
    there = {kept.text_of(order) for order in orders}
    own = [one for one in kept.addresses if one.own and wish.deed is Deed.LIVE_AT]
    known = [one for one in kept.addresses if one.text not in there and one not in own][:MOST_ADDRESSES]
    ids = [one.order_id for one in orders]
    text = phrases.where_to(orders=ids, known=bool(known), again=turn.conversation.misunderstood > 0)
    lines = [f"{place}. {one.text}" for place, one in enumerate(known, 1)]
    buttons = [choice(plan, one.text, "address", str(one.address_id)) for one in known]
    return Reply(text="\n".join([text, *lines]), buttons=fitting(buttons), form=ADDRESS_FORM)


def _which_option(turn: Turn, world: World, plan: Plan, wish: PlannedWish, asked: Ask) -> Reply:
    there = asked.choice
    place = wish.place
    if there is None or place is None:
        raise LookupError("an option is asked of what is not known")
    name = world.name_of(place.product_id)
    variants = there.variants or there.close
    anew = turn.conversation.misunderstood > 0
    lead = [] if anew else _what_is_not_there(there, wish, name)
    axis = there.axis if there.variants and len(variants) > 3 and not anew else None
    if axis is not None:
        values = [value for value in axis.values if any(value_of(one, axis.name) == value for one in variants)]
        buttons = [choice(plan, value, "value", value) for value in values]
        text = phrases.which_option(title=name, axis=axis.name)
        return Reply(text="\n".join([*lead, text, ", ".join(values)]), buttons=fitting(buttons))
    rows = [f"{one.title}: {turn.shop.money(one.sale_price)}" for one in variants[:MOST_VARIANTS]]
    buttons = [choice(plan, one.title, "variant", one.product_id) for one in variants[:MOST_VARIANTS]]
    title = world.title_of(place.product_id)
    question = phrases.which_variant_anew(title=title) if anew else phrases.which_variant(title=title)
    return Reply(text="\n".join([*lead, question, *rows]), buttons=fitting(buttons))


def _what_is_not_there(there: Choice, wish: PlannedWish, name: str) -> list[str]:
    """Why it is asked, where what was said is not there."""
    if there.gone and not there.variants:
        return [phrases.sold_out(titles=[one.title for one in there.gone[:2]])]
    if not there.variants:
        return [phrases.none_like_that(title=name)]
    if there.unlike:
        return [phrases.none_else_alike(title=name)]
    return [phrases.only_another(title=name)] if not there.said and _is_to_be_another(wish) else []


def _is_to_be_another(wish: PlannedWish) -> bool:
    """Whether it was told what it shall become, and that is no kind of it."""
    told = any(BECOMES_SO.search(text.lower()) for text in wish.words)
    return told and not any(ANOTHER_ONE.search(text.lower()) for text in wish.words)


def _exchange_or_refund(world: World, plan: Plan, wish: PlannedWish, *, again: bool) -> Reply:
    """Money, or another one where there are others; of what has no other kind only whether it comes back for money."""
    title = world.title_of(wish.among[0].product_id) if wish.among else ""
    group = world.group_of(wish.among[0].product_id) if wish.among else None
    lead = [phrases.ONLY_THEN_AGAIN] if again else []
    money = choice(plan, phrases.REFUND_BUTTON, "money")
    if group is None and (wish.words or again):
        text = phrases.no_other_kind(title=title)
        return Reply(text=text, buttons=(money, choice(plan, phrases.NO, "no"))).with_lines(above=lead)
    buttons = (choice(plan, phrases.EXCHANGE_BUTTON, "swap"), money)
    return Reply(text=phrases.exchange_or_refund(title=title), buttons=buttons).with_lines(above=lead)
