"""What is said of codes and discounts: what each does, why it does nothing, and which there are."""

from collections.abc import Sequence

from bot.messages import Line, Reply, Row
from bot.phrases import answering as phrases_answering
from bot.phrases import promotions as phrases
from bot.turn import Turn
from domain.answering import answers_of
from domain.promotions.applying import Refusal, Verdict
from domain.promotions.reckoning import Lack
from domain.records.promotions import Promotion, named_by

TOPIC = "discounts"  # of the shop's answers


def said(turn: Turn, verdicts: Sequence[Verdict]) -> list[str]:
    """A sentence for each."""
    return [sentence(turn, one) for one in verdicts]


def own_answer(turn: Turn) -> str:
    """What the shop itself says of discounts; blank where it says nothing."""
    answer = answers_of(turn.shop.answers, turn.uow).get(TOPIC)
    return phrases_answering.with_source(text=answer.text, source=answer.source) if answer is not None else ""


def answer_any(turn: Turn) -> Reply:
    """What there is, and what the shop itself says of it."""
    listed, own = offered(turn), own_answer(turn)
    if listed is None:
        return Reply(text=own or phrases.NONE)
    return listed.with_lines(below=[own]) if own else listed


def offered(turn: Turn) -> Reply | None:
    """What may be told to whoever asks for discounts; None where there is nothing."""
    listed = turn.uow.promotions.listed(turn.now)
    if not listed:
        return None
    titles = titles_of(turn, listed)
    lines: list[Line] = [
        Row(
            f"{phrases.row(name=one.name, code=one.code)}: {phrases.gives(turn.shop, one, titles)}",
            phrases.until(turn.shop, one.ends_at, turn.now),
        )
        for one in listed
    ]
    coded = next((one.code for one in listed if one.code), "")
    return Reply(body=(phrases.HEADING, *lines, *([phrases.ask_to_use(code=coded)] if coded else [])))


def sentence(turn: Turn, verdict: Verdict) -> str:
    """What a code does, or why it does nothing and what to do next."""
    promotion, shop = verdict.promotion, turn.shop
    if promotion is None:
        return phrases.unknown(code=verdict.code)
    name, titles = promotion.label, titles_of(turn, [promotion])
    things = phrases.things_of(promotion, titles)
    if verdict.refusal in list(Lack) and not turn.conversation.cart:
        return phrases.kept(name=name, gives=phrases.gives(shop, promotion, titles))
    match verdict.refusal:
        case None:
            return phrases.applied(name=name, amount=shop.money(verdict.amount))
        case Refusal.UNKNOWN:
            return phrases.unknown(code=verdict.code)
        case Refusal.NOT_YET:
            return phrases.not_yet(name=name, starts=shop.local(promotion.starts_at, turn.now))
        case Refusal.OVER:
            return phrases.over(name=name)
        case Refusal.USED_UP:
            return phrases.used_up(name=name)
        case Refusal.USED_BY_YOU:
            return phrases.used_by_you(name=name)
        case Refusal.NEEDS_PROOF:
            return phrases.needs_proof(name=name)
        case Refusal.NOT_FIRST:
            return phrases.not_first(name=name)
        case Refusal.OTHER_SEGMENT:
            return phrases.other_segment(name=name)
        case Refusal.LESS | Refusal.AS_MUCH as refusal:
            as_much = refusal is Refusal.AS_MUCH
            return phrases.less(name=name, instead=[one.name for one in verdict.instead], as_much=as_much)
        case Refusal.NOTHING_LEFT:
            return phrases.nothing_left(name=name, beside=[one.name for one in verdict.instead])
        case Refusal.NOTHING:
            return phrases.nothing(name=name)
        case Lack.OTHER_PRODUCTS:
            return phrases.other_products(name=name, things=things or phrases.OTHER_THINGS)
        case Lack.PIECES:
            least = max(promotion.least_pieces, promotion.buy or 1)
            return phrases.pieces(name=name, needs=least, there=verdict.pieces, things=things)
        case Lack.AMOUNT:
            needs, there = shop.money(promotion.least_amount), shop.money(verdict.spent)
            return phrases.too_little(name=name, needs=needs, there=there, things=things)
        case Lack.ITEM:
            return phrases.item(name=name, title=titles.get(promotion.free_product, promotion.free_product))


def titles_of(turn: Turn, promotions: Sequence[Promotion]) -> dict[str, str]:
    """What the products are called that promotions name, by their ids."""
    return {product_id: product.title for product_id, product in turn.products(named_by(promotions)).items()}
