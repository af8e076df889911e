"""Answers who only says how a variant shall be: "in blue", "a bigger one", "the same in black", or presses a value."""

from dataclasses import dataclass, replace
from fractions import Fraction

from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.phrases import variants as phrases
from bot.shopping import basket, cards, checkout, narrowing, open_lines, replacing, variant_cards, waiting
from bot.shopping.variants import Meant, group_of, is_shown, meant_of, one_group, says_no_more, wish_in
from bot.turn import Turn
from domain.conversation import Asked, OpenLine, Problem
from domain.model import Product
from domain.products.variants import Group, closest, nearest
from nlu.rules.options import OptionWish
from nlu.rules.replacements import Replacement
from nlu.rules.said import Saying
from nlu.rules.values import find_numbers
from nlu.rules.vocabulary import words

LONGEST = 16  # words; who says more says more than how it shall be
_SWAPPING = words("instead rather swap change switch exchange replace make same changed swapped actually no sorry")
_BESIDES = words("too also another more extra additional well plus")
_GOES_ON = (Asked.CHECKOUT, Asked.CONFIRM, Asked.SOLD_OUT, Asked.EMAIL, Asked.ADDRESS, Asked.WHAT_TO_CHANGE)
_ASKING = words("do does is are what which how got have any there show see")


@dataclass(frozen=True, kw_only=True)
class _Spoken:
    """A thing that the message may be about, and the variant that is compared with: of the cart, or shown alone."""

    group: Group
    like: Product | None = None
    in_cart: bool = False


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to a message that says how a variant of what was spoken of shall be; None of all else."""
    text = turn.message.text
    said = text.lower().replace("’", "'").split()
    waits = turn.asked is not None and turn.asked.kind not in _GOES_ON
    elsewhere = turn.emails or turn.named or turn.only_names or turn.message.choice is not None
    if waits or elsewhere or not 0 < len(said) <= LONGEST or turn.said(Saying.TELLS_WHEN):
        return None
    for spoken in _spoken_of(turn):
        wish = wish_in(text, spoken.group)
        if _says_which(turn, spoken, wish):
            return _answer(turn, spoken, wish, frozenset(word.strip(".,!?") for word in said))
    return None


def pressed_group(turn: Turn, product_id: str) -> list[Reply]:
    """The button of a list that leads to the variants of a thing."""
    product = turn.products([product_id]).get(product_id)
    group = group_of(turn, product) if product is not None else None
    if product is None or group is None:
        return [Reply(text=phrases_talk.STALE)]
    listing = turn.conversation.listing
    sought = wish_in(listing.phrase if product_id in listing.product_ids else "", group)
    told = meant_of(group, sought)
    turn.conversation.remember_cart()
    return checkout.next_step(
        turn, basket.add_variant(turn, told if told.variants else meant_of(group, OptionWish()), 1)
    )


def pressed_option(turn: Turn, arg: str) -> list[Reply]:
    """The button of a value: what is asked about is narrowed by it, or a variant comes into the cart."""
    found = variant_cards.pressed(turn, arg)
    if found is None:
        return [Reply(text=phrases_talk.STALE)]
    group, meant = found
    line = _open_line(turn, group)
    if line is not None:
        left = tuple(one for one in meant if one.product_id in line.options)
        return open_lines.narrow(turn, line, narrowing.Narrowed(group=group, variants=left or meant))
    turn.conversation.remember_cart()
    told = Meant(group=group, wish=OptionWish(), variants=meant)
    return checkout.next_step(turn, basket.add_variant(turn, told, 1))


def _open_line(turn: Turn, group: Group) -> OpenLine | None:
    """The first open line, where it asks about variants of a group."""
    line = next(iter(turn.conversation.open_lines), None)
    if line is None or line.problem is not Problem.WHICH:
        return None
    asked = one_group(turn, list(turn.products(line.options).values()))
    return line if asked is not None and asked.group_id == group.group_id else None


def _spoken_of(turn: Turn) -> list[_Spoken]:
    """The things that a message may be about: those on screen, what was spoken of last, then those in the cart."""
    conversation = turn.conversation
    in_cart = turn.products([line.product_id for line in conversation.cart])
    focus = turn.focus
    shown = [one for one in (*turn.screen, *([focus] if focus else [])) if one.group_id]
    last = [focus.group_id] if focus else []
    there = sorted(in_cart.values(), key=lambda one: (one.group_id not in last, one != focus))
    found: dict[str, _Spoken] = {}
    for one in (*shown, *(one for one in there if one.group_id)):
        if one.group_id in found or (group := group_of(turn, one)) is None:
            continue
        mine = next((other for other in there if other.group_id == one.group_id), None)
        found[one.group_id] = _Spoken(group=group, like=mine or _shown_alone(turn, group), in_cart=mine is not None)
    return list(found.values())


def _shown_alone(turn: Turn, group: Group) -> Product | None:
    """The variant of which the last answer spoke; None where that was the thing."""
    focus = turn.focus
    if focus is None or focus.group_id != group.group_id or is_shown(turn, group.group_id):
        return None
    return focus


def _with_what_is_told(turn: Turn, spoken: _Spoken, wish: OptionWish) -> OptionWish:
    """The wish, with the options that the shown thing has already and of which it says nothing else."""
    if spoken.like is not None or not is_shown(turn, spoken.group.group_id):
        return wish
    told = wish_in(turn.conversation.listing.phrase, spoken.group).wanted
    said = {*wish.wanted, *wish.excluded, *wish.strange, *wish.indifferent, *(step.axis for step in wish.steps)}
    return replace(wish, wanted={**wish.wanted, **{name: its for name, its in told.items() if name not in said}})


def _says_which(turn: Turn, spoken: _Spoken, wish: OptionWish) -> bool:
    if not wish or not says_no_more(wish):
        return False
    says_how = bool(wish.wanted or wish.excluded or wish.steps or wish.strange or wish.kept or wish.indifferent)
    compares = "ones" not in [word.lower() for word in wish.left]
    return says_how or (bool(wish.by_price) and compares and (spoken.in_cart or len(turn.screen) < 2))


def _answer(turn: Turn, spoken: _Spoken, wish: OptionWish, said: frozenset[str]) -> list[Reply]:
    like = _of_the_old(turn, spoken, wish)
    meant = meant_of(spoken.group, _with_what_is_told(turn, spoken, wish), like)
    if turn.only_asks or (said & _ASKING and not said & _SWAPPING and turn.message.text.rstrip().endswith("?")):
        turn.note_done("stock_question")
        return show(turn, meant, like=like)
    besides = bool(said & _BESIDES) and not said & (_SWAPPING - {"same"})
    adds = besides or turn.said(Saying.ADDS) is not None
    swapping = bool(said & _SWAPPING) or bool(wish.kept) or turn.said(Saying.THE_OTHER_ONE) is not None
    swaps = spoken.in_cart and like is not None and not besides and (swapping or not adds)
    turn.note_done("change_quantity" if swaps else "add_to_cart")
    if not meant.variants:
        return _in_vain(turn, meant, like)
    if swaps and like is not None:
        return checkout.next_step(turn, _swap(turn, meant, like))
    turn.conversation.remember_cart()
    return checkout.next_step(turn, basket.add_variant(turn, meant, _how_many(wish)))


def _of_the_old(turn: Turn, spoken: _Spoken, wish: OptionWish) -> Product | None:
    """What goes or is compared with: of several variants in the cart the one that the words exclude."""
    cart = turn.products([line.product_id for line in turn.conversation.cart]).values()
    mine = [one for one in cart if one.group_id == spoken.group.group_id]
    left_out = [one for one in mine if any(value in wish.excluded.get(name, ()) for name, value in one.options)]
    if len(left_out) == 1 < len(mine):
        return left_out[0]
    rest = [one for one in mine if one != turn.focus]
    others = turn.said(Saying.THE_OTHER_ONE) is not None and len(rest) == 1 < len(mine)
    return rest[0] if others else spoken.like


def _swap(turn: Turn, meant: Meant, old: Product) -> list[str]:
    """Puts the variant in the place of the old one, or asks which of several takes it."""
    some = turn.said(Saying.SOME_OF) is not None  # "one of them in L"
    number = _said_number(meant.wish)
    wanted = Replacement(
        new=meant.group.name,
        quantity=None if some else number,
        part=Fraction(number or 1) if some else None,
    )
    others = [one for one in meant.variants if one.product_id != old.product_id]
    if len(others) == 1 and others[0].quantity:
        return replacing.put_instead(turn, wanted, others[0], old.product_id)
    if not others:
        return []
    if len(others) == 1:
        return basket.add_variant(turn, replace(meant, variants=tuple(others)), 1)
    return replacing.ask_instead(turn, wanted, others, old.product_id)


def show(turn: Turn, meant: Meant, wanted: int | None = None, *, like: Product | None = None) -> list[Reply]:
    """What is asked about: one variant as a card, with how many are `wanted`; several as the thing itself."""
    if not meant.variants:
        return _in_vain(turn, meant, like)
    if len(meant.variants) > 1:
        return [variant_cards.card(turn, replace(meant.group, variants=meant.variants))]
    (product,) = meant.variants
    turn.conversation.focus = product.product_id
    card = cards.variant(turn, product, wanted)
    if turn.journey.stock_of(product):
        return [card]
    return [replace(card, buttons=waiting.offer_buttons(turn, product, wanted or 1, alone=True))]


def _in_vain(turn: Turn, meant: Meant, like: Product | None) -> list[Reply]:
    """Says that nothing is like that, and shows what is nearest to it."""
    wish, group = meant.wish, meant.group
    if like is not None and (wish.steps or wish.by_price) and not wish.wanted:
        return [Reply(text=phrases.none_beyond(title=like.title))]
    no_such = phrases.no_such(name=group.name, how=meant.asked_in_vain)
    near = (nearest(group, like) if like is not None and not wish.wanted else ()) or closest(group, wish)
    if not near:
        return [Reply(text=no_such)]
    if len(near) == 1:
        turn.conversation.focus = near[0].product_id
        return [cards.product_card(turn, near[0], no_such, cards.stock(near[0]))]
    return [variant_cards.card(turn, replace(group, variants=near), no_such)]


def _how_many(wish: OptionWish) -> int:
    return _said_number(wish) or 1


def _said_number(wish: OptionWish) -> int | None:
    """How many the words want beside how it shall be: the "2" of "2 in blue"."""
    said = [word for word in wish.left if word.lower() not in ("one", "ones")]
    return next((one.value for one in find_numbers(" ".join(said)) if one.value > 0), None)
