"""Codes in a conversation: taken, taken out, asked about, and what each does or why it does nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.messages import Button, Reply, Verb
from bot.phrases import labels
from bot.phrases import promotions as phrases
from bot.shopping import checkout, discounts
from bot.shopping.cards import PROVE, button, order_card
from bot.shopping.code_words import answer_any, offered, said, sentence, titles_of
from bot.turn import Turn
from domain.conversation import Asked
from domain.orders.quoting import priced_lines
from domain.promotions.applying import Refusal, Verdict, judge
from domain.promotions.codes import normal
from domain.promotions.reckoning import Lack
from domain.records.promotions import State
from domain.records.rates import Rate
from nlu.rules.promo_codes import Act, CodeWish

HOUR = timedelta(hours=1)
WRONG_CODES = Rate(name="wrong codes of promotions", most=10, per=HOUR)
WRONG_CODES_OF_NETWORK = Rate(name="wrong codes of promotions from a network", most=30, per=HOUR)
MOST_CODES = 5  # in a conversation
# Refusals after which a code waits for its time.
KEPT = (Refusal.LESS, Refusal.AS_MUCH, Refusal.NOTHING_LEFT, Refusal.NOTHING, Refusal.NEEDS_PROOF, *Lack)


def concerns_a_proof(turn: Turn) -> bool:
    """Whether a code of a mail is waited for, and none of a promotion is named."""
    wish, pending = turn.codes, turn.conversation.pending
    return pending is not None and pending.kind in (Asked.CODE, Asked.PROVE_EMAIL) and not (wish and wish.codes)


def asks_in_vain(turn: Turn) -> bool:
    """Whether a message asks for lower prices in whatever words, and no promotion can be told: so others answer."""
    return turn.codes is not None and turn.codes.act is Act.SALE and not turn.uow.promotions.listed(turn.now)


def take(turn: Turn) -> list[Verdict]:
    """Puts the codes of a message into the conversation, or takes them out, and says what each does to the cart.

    A card that was shown before answers to no yes any more: its total is another one now.
    """
    conversation = turn.conversation
    had, asked = conversation.codes, conversation.pending
    verdicts = _take(turn)
    if conversation.codes != had and asked is not None and asked.kind is Asked.CONFIRM:
        conversation.pending = None
    return verdicts


def take_beside(turn: Turn) -> list[Verdict]:
    """The same beside another wish.

    A yes there counts on what its codes take off; where one takes off nothing it is none, and the card is shown again.
    """
    verdicts, wish, asked = take(turn), turn.codes, turn.conversation.pending
    in_vain = not verdicts or any(one.refusal is not None for one in verdicts)
    if wish is not None and wish.act is Act.USE and in_vain and asked is not None and asked.kind is Asked.CONFIRM:
        turn.conversation.pending = None
    return verdicts


def _take(turn: Turn) -> list[Verdict]:
    wish, conversation = turn.codes, turn.conversation
    if wish is None:
        return []
    named = tuple(dict.fromkeys(map(normal, wish.codes)))[:MOST_CODES]
    if wish.act is Act.REMOVE:
        gone = named or conversation.codes
        conversation.codes = tuple(one for one in conversation.codes if one not in gone)
        return []
    if wish.act is not Act.USE or _too_many_tries(turn, count=False):
        return []
    had = conversation.codes
    conversation.codes = tuple(dict.fromkeys((*had, *named)))[-MOST_CODES:]
    verdicts = [verdict_of(turn, code) for code in named]
    refused = {one.code for one in verdicts if one.refusal is not None and one.refusal not in KEPT}
    conversation.codes = tuple(one for one in conversation.codes if one not in refused)
    for one in verdicts:
        if one.refusal is Refusal.UNKNOWN:
            _too_many_tries(turn, count=True)
    return verdicts


def answer(turn: Turn) -> list[Reply]:
    """The answer to a message that speaks of nothing but codes."""
    wish = turn.codes
    if wish is None:
        return []
    turn.note_done(f"code:{wish.act.name.lower()}")
    match wish.act:
        case Act.ANY | Act.SALE:
            return [answer_any(turn), *checkout.reminder(turn)]
        case Act.WHICH:
            return [Reply(text=phrases.WHICH_CODE), *checkout.reminder(turn)]
        case Act.STATE:
            return _how_it_stands(turn)
        case Act.NONE:
            return [Reply(text=phrases.NOT_NEEDED), *checkout.reminder(turn)]
        case Act.REMOVE:
            return _remove(turn)
        case _ if _too_many_tries(turn, count=False):
            return [Reply(text=phrases.TOO_MANY_TRIES), *checkout.reminder(turn)]
        case Act.ABOUT:
            return _about(turn)
    before = turn.conversation.codes
    verdicts = take(turn)
    changed = before != turn.conversation.codes
    replies = _show(turn, said(turn, verdicts), changed=changed, proof=_needs_proof(verdicts))
    _want_its_name(turn, verdicts)
    return replies


def say(turn: Turn, verdicts: Sequence[Verdict], replies: list[Reply]) -> list[Reply]:
    """An answer to what else a message says, below what its codes do."""
    wish = turn.codes
    if wish is None:
        return replies
    if turn.did == ["out_of_scope"] and "?" not in turn.message.text:
        replies = checkout.reminder(turn)  # mere talk beside a code is no wish that the shop has to decline
    turn.note_done(f"code:{wish.act.name.lower()}")
    if wish.act is not Act.REMOVE and _too_many_tries(turn, count=False):
        lines = [phrases.TOO_MANY_TRIES]
    elif wish.act is Act.USE:  # what the message put into the cart counts for them
        now = [verdict_of(turn, one.code) for one in verdicts]
        lines = said(turn, now)
        _want_its_name(turn, now)
    elif wish.act is Act.REMOVE:
        lines = [phrases.KEPT_OUT]
    elif wish.act is Act.WHICH:
        lines = [phrases.WHICH_CODE]
    elif wish.act is Act.STATE:
        lines = _state(turn) or [phrases.NO_CODE]
    elif wish.act is Act.NONE:
        lines = [phrases.NOT_NEEDED]
    else:
        lines = _told(turn)
    conversation = turn.conversation
    if conversation.pending is None and conversation.checking_out and conversation.cart:
        replies = [*replies, *checkout.next_step(turn, [])]  # the card that was shown before is none any more
    buttons = _uses(turn) if wish.act is Act.ABOUT else ()
    asked = conversation.pending
    if buttons and asked is not None and asked.kind is Asked.CONFIRM:
        conversation.pending = replace(asked, by_name=True)  # a yes may be to the code
    if not replies or buttons:
        return [Reply(text="\n".join(lines), buttons=buttons), *replies]
    return [replies[0].with_lines(above=lines), *replies[1:]]


def _want_its_name(turn: Turn, verdicts: Sequence[Verdict]) -> None:
    """Where a code takes nothing off, a plain yes to the card is none: the total is not what was wished for."""
    asked = turn.conversation.pending
    in_vain = any(one.refusal is not None for one in verdicts)
    if in_vain and asked is not None and asked.kind is Asked.CONFIRM:
        turn.conversation.pending = replace(asked, by_name=True)


def use(turn: Turn, code: str) -> list[Reply]:
    """The button that uses a code which was asked about."""
    return answer(replace(turn, codes=CodeWish(act=Act.USE, rest="", codes=(code,))))


def verdict_of(turn: Turn, code: str) -> Verdict:
    """What a code does to the cart as it stands."""
    products = turn.products([line.product_id for line in turn.conversation.cart])
    lines = priced_lines(turn.conversation.cart, products)
    claim = discounts.claim_of(turn)
    return judge(turn.uow, lines, products, claim, code, turn.now)


def again(turn: Turn) -> list[str]:
    """What the codes of the conversation do now that something else is known of who writes."""
    return said(turn, [verdict_of(turn, code) for code in turn.conversation.codes])


def _how_it_stands(turn: Turn) -> list[Reply]:
    """The same as an answer; of the last order where none is on its way."""
    conversation = turn.conversation
    on_its_way = conversation.cart or conversation.codes or conversation.pending
    placed = [] if on_its_way else turn.uow.orders.of_identity(turn.identity, limit=1)
    if placed:
        return [order_card(turn, placed[0])]
    listed = None if (lines := _state(turn)) else offered(turn)
    told = Reply(text="\n".join(lines or [phrases.NO_CODE, phrases.USE_ONE]))
    return [told, *([listed] if listed else []), *checkout.reminder(turn)]


def _state(turn: Turn) -> list[str]:
    """What takes something off as it stands: codes, and what comes off by itself."""
    return [*again(turn), *(phrases.counts(name=name) for name in _by_itself(turn))]


def _by_itself(turn: Turn) -> list[str]:
    """The names of what comes off the cart without a code."""
    products = turn.products([line.product_id for line in turn.conversation.cart])
    priced = priced_lines(turn.conversation.cart, products)
    codes = turn.uow.promotions.of_codes(turn.conversation.codes).values()
    coded = {one.promotion_id for one in codes}
    return [one.name for one in discounts.of_cart(turn, priced, products) if one.promotion_id not in coded]


def _about(turn: Turn) -> list[Reply]:
    """The answer to who only asks about codes; nothing is applied."""
    return [Reply(text="\n".join(_told(turn)), buttons=_uses(turn)), *checkout.reminder(turn)]


def _uses(turn: Turn) -> tuple[Button, ...]:
    """A button for each code that was asked about, is not used yet and would do something, or wait for its time."""
    named = [normal(code) for code in (turn.codes.codes if turn.codes else ())]
    verdicts = [verdict_of(turn, code) for code in named if code not in turn.conversation.codes]
    found = [one.promotion for one in verdicts if one.promotion and (one.refusal is None or one.refusal in list(Lack))]
    return tuple(button(labels.use_code(code=one.code), Verb.USE_CODE, one.code) for one in found)


def _told(turn: Turn) -> list[str]:
    """What codes are that were only asked about, and what they would do."""
    lines: list[str] = []
    wish = turn.codes
    unknown = False
    for code in map(normal, wish.codes if wish else ()):
        verdict = verdict_of(turn, code)
        promotion = verdict.promotion
        unknown |= promotion is None
        if promotion is None or promotion.state(turn.now) is not State.LIVE or verdict.refusal is Refusal.USED_UP:
            lines.append(sentence(turn, verdict))
            continue
        gives = phrases.gives(turn.shop, promotion, titles_of(turn, [promotion]))
        until = phrases.until(turn.shop, promotion.ends_at, turn.now) or phrases.NO_END
        lines.append(phrases.about(name=promotion.label, gives=gives, until=until))
        if verdict.refusal is not None and (turn.conversation.cart or verdict.refusal not in list(Lack)):
            lines.append(sentence(turn, verdict))
        elif code in turn.conversation.codes:
            lines += [sentence(turn, verdict)] if turn.conversation.cart else []
        elif verdict.refusal is None and turn.conversation.cart:
            amount = turn.shop.money(verdict.amount)
            lines.append(phrases.would_take(name=promotion.label, amount=amount, code=promotion.code))
        else:
            lines.append(phrases.ask_to_use(code=promotion.code))
    if unknown:
        _too_many_tries(turn, count=True)
    return lines


def _remove(turn: Turn) -> list[Reply]:
    conversation, wish = turn.conversation, turn.codes
    had = conversation.codes
    named = {code: one.label for code, one in turn.uow.promotions.of_codes(had).items()}
    take(turn)
    gone = [named.get(code, code) for code in had if code not in conversation.codes]
    if gone:
        return _show(turn, [phrases.removed(gone)], changed=True)
    if (by_itself := _by_itself(turn)) and not (wish and wish.codes):
        return _show(turn, [phrases.by_itself(by_itself)], changed=False)
    lines = [phrases.not_in_order(code=code) for code in (wish.codes if wish else ())] or [phrases.NO_CODE]
    return _show(turn, lines, changed=False)


def _show(turn: Turn, lines: Sequence[str], *, changed: bool, proof: bool = False) -> list[Reply]:
    """The sentences, above the cart or its card where that is priced anew; else the open question stays as it is."""
    conversation, asked = turn.conversation, turn.asked
    elsewhere = asked is not None and not asked.on_the_way and asked.kind is not Asked.CHECKOUT
    if changed and conversation.cart and not elsewhere:
        replies = checkout.next_step(turn, lines)
    else:
        replies = [Reply(text="\n".join(lines)), *checkout.reminder(turn)]
    if proof and replies:
        replies[0] = replace(replies[0], buttons=(*replies[0].buttons, PROVE))
    return replies


def _needs_proof(verdicts: Sequence[Verdict]) -> bool:
    return any(one.refusal is Refusal.NEEDS_PROOF for one in verdicts)


def _too_many_tries(turn: Turn, *, count: bool) -> bool:
    """Whether whoever writes named too many codes that are none; counts one more of them."""
    tries, whose = turn.uow.code_tries, str(turn.conversation.identity_id)
    if count:
        own = tries.allows(WRONG_CODES, whose, turn.now)
        return not (tries.allows(WRONG_CODES_OF_NETWORK, turn.origin, turn.now) and own)
    return tries.used_up(WRONG_CODES, whose, turn.now) or tries.used_up(WRONG_CODES_OF_NETWORK, turn.origin, turn.now)
