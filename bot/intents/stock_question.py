"""stock_question: whether something is there, and how many."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.finding import departments
from bot.finding.price_lists import search
from bot.messages import Reply
from bot.phrases import finding as phrases_finding
from bot.phrases import shopping as phrases_shopping
from bot.shopping import basket, cards, joining, meaning, opting, pointing, variant_cards, variants, waiting
from bot.shopping.references import resolve
from bot.turn import Turn
from domain.conversation import Asked, Listing
from domain.model import Product
from domain.products.catalogue import Match, find_category, says_whole_name, singular, words
from domain.products.variants import one_of_each
from nlu.rules.needs import binding, needed
from nlu.rules.patterns import rule
from nlu.rules.said import Saying
from nlu.understanding import WantedLine

# What stands behind these words tells how a thing should be: "in purple", "with a lid", "as a set".
_SHOULD_BE = rule(
    r"\b(?:in|with|without|as|made (?:of|from|out of))\s(?:(?:an?|the|your|any|some|size)\s){0,2}"
    r"(?P<how>[\w-]{1,30}(?:\s[\w-]{1,30})?)",
    re.IGNORECASE,
)
_OF_STOCK = frozenset("stock stocks stokc store shop moment back hand".split())  # "in stock", "in your shop"


def handle(turn: Turn) -> list[Reply]:
    """Answers for each product named; for "it", the one that was talked about last."""
    lines = [line for line in joining.joined(turn, basket.lines_said(turn)) if line.phrase or line.reference]
    if (others := _others_alike(turn, lines)) is not None:
        return others
    if not lines and (topic := " ".join(needed(turn.message.text))) and meaning.found(turn, topic).known:
        lines = [WantedLine(phrase=topic)]  # "I need a baby monitor. What do you have?"
    if not lines and turn.said(Saying.ALL_THERE_IS):
        return departments.overview(turn)
    if not lines:
        lines = [WantedLine(reference="it")] if turn.conversation.focus else []
    replies: list[Reply] = []
    for line in lines:
        replies += _answer(turn, line, alone=len(lines) == 1)
    if not replies and not lines and any(meaning.found(turn, word).known for word in needed(turn.message.text)):
        return turn.carry_out(turn.intents["recommend"])  # "have you a proper vegetarian cookbook"
    if not replies:
        return [Reply(text=phrases_finding.WHICH_PRODUCT)]
    focus = turn.focus
    if turn.understanding.first("notify") is not None and focus is not None and not turn.journey.stock_of(focus):
        wanted = next((line.quantity for line in lines if line.quantity), 1)
        told = waiting.answer(turn, focus, wanted)
        return [told] if len(lines) == 1 else [*replies, told]
    return replies


def _others_alike(turn: Turn, lines: Sequence[WantedLine]) -> list[Reply] | None:
    """What is called like what was spoken of last: "and in other colours?", "and bigger?"; None of anything else."""
    asks = turn.said(Saying.OTHER_KINDS) is not None
    focus = turn.focus if asks or (len(lines) == 1 and lines[0].phrase) else None
    if focus is None or any(line.phrase and meaning.found(turn, line.phrase).known for line in lines):
        return None
    alike = pointing.siblings(turn, focus)
    said = lines[0].phrase if len(lines) == 1 else ""
    meant = resolve(said, focus=focus, siblings=alike) if said else None
    if meant is not None and set(meant.products) <= set(alike):
        shown = meant.products
    elif asks and alike:
        shown = alike
    else:
        return None
    counts = [cards.stock(product) for product in shown[: cards.MOST_LISTED]]
    return [cards.product_list(turn, phrases_finding.OF_THESE, shown[: cards.MOST_LISTED], counts)]


def _answer(turn: Turn, line: WantedLine, *, alone: bool) -> list[Reply]:
    if not line.phrase:
        product, note = basket.by_reference(turn, line.reference)
        if product is None:
            return [Reply(text=note)] if note else []
        besides = _besides(turn, product)
        alike = resolve(" ".join(besides), siblings=pointing.siblings(turn, product)) if besides else None
        if alike is not None and alike.products and not alike.unclear:
            return [_stock(turn, one, line.quantity) for one in alike.products[: cards.MOST_LISTED]]
        return [_stock(turn, product, line.quantity, besides)]
    match = meaning.found(turn, line.phrase)
    if (told := variants.meant_by(turn, line.phrase, match)) is not None:
        return opting.show(turn, told, line.quantity)
    match = _of_all(turn, line, match)
    if match.product is None or not says_whole_name(line.phrase, match.product):
        category = find_category(turn.uow, line.phrase, in_part=not (match.product or match.options))
        if category:
            return departments.show(turn, category)
    if match.product is not None:
        besides = _besides(turn, match.product) if alone else []
        return [_stock(turn, match.product, line.quantity, besides)]
    if not match.options and (meant := resolve(line.phrase, screen=turn.screen)) is not None and not meant.unclear:
        return [_stock(turn, product, line.quantity) for product in meant.products]  # "the cheaper one"
    if not match.options and turn.focus is not None and turn.said(Saying.OF_IT):
        return turn.carry_out(turn.intents["ask_fact"])  # "is there perfume in it?"
    if not match.options:
        return [_not_found(turn, line.phrase, match.close)]
    listing = Listing(phrase=line.phrase)
    if alone and len(match.options) > cards.MOST_LISTED and (paged := search(turn, listing)):
        return paged
    things = one_of_each(match.options)
    shown = things[: cards.MOST_LISTED]
    turn.conversation.listing = replace(listing, product_ids=tuple(product.product_id for product in shown))
    counts = [cards.stock(product) for product in shown]
    groups = variant_cards.behind(turn, shown, lambda group: [one for one in group.variants if one in match.options])
    answer = cards.product_list(turn, phrases_finding.we_have(phrase=line.phrase), shown, counts, groups=groups)
    if len(things) == len(shown):
        return [answer]
    more = phrases_finding.and_more(count=len(things) - len(shown))
    return [answer.with_lines(below=[more])]


def _of_all(turn: Turn, line: WantedLine, match: Match) -> Match:
    """What a phrase means; in the plural it asks for all of that name: "which smart plugs do you have?"."""
    if len(match.options) > 1:
        told = meaning.told_behind(turn, line.phrase, match.options)
        return replace(match, options=tuple(told)) if told else match
    last = line.phrase.lower().split()[-1]
    plural = singular(last) != last or f"{line.phrase}s".lower() in turn.message.text.lower()
    if match.product is None or line.quantity is not None or not plural:
        return match
    said = set(words(line.phrase))
    candidates = turn.uow.catalogue.candidates(line.phrase, cards.MOST_LISTED)
    named = [one for one in candidates if said <= set(words(one.title))]
    return Match(options=tuple(named)) if len(named) > 1 and match.product in named else match


def _not_found(turn: Turn, phrase: str, close: Sequence[Product]) -> Reply:
    """Says so, and shows what is nearest to it, which may be what was meant."""
    if not close:
        return Reply(text=phrases_shopping.not_found(phrase=phrase, close=()), buttons=(departments.WHAT_WE_HAVE,))
    turn.conversation.listing = Listing(phrase=phrase, product_ids=tuple(product.product_id for product in close))
    heading = phrases_finding.nearest(phrase=phrase)
    answer = cards.product_list(turn, heading, close, [cards.stock(product) for product in close])
    return replace(answer, buttons=(*answer.buttons, departments.WHAT_WE_HAVE))


def _besides(turn: Turn, product: Product) -> list[str]:
    """How the message wants a product to be, as far as what is said of it does not tell: "in purple"."""
    told = set(words(f"{product.title} {product.category} {product.description}"))
    behind = {word for found in _SHOULD_BE.finditer(turn.message.text) for word in found["how"].lower().split()}
    asked = needed(turn.message.text)
    how = [word for word in asked if word in behind | set(binding(asked)) and word not in _OF_STOCK]
    return [word for word in how if not set(words(word)) <= told]


def _stock(turn: Turn, product: Product, wanted: int | None, besides: Sequence[str] = ()) -> Reply:
    """How much of a product is there; with what else was asked of it, that this is not known: a yes may be to that."""
    conversation = turn.conversation
    conversation.focus = product.product_id
    left = turn.journey.stock_of(product)
    said = phrases_finding.in_stock(wanted=wanted, available=left, title=product.title)
    if besides:
        said = phrases_finding.not_known(about=" ".join(besides), title=product.title, available=left)
        if conversation.pending is not None and conversation.pending.kind is Asked.CONFIRM:
            conversation.pending = replace(conversation.pending, by_name=True)
    card = cards.product_card(turn, product, said)
    if left or product.retired_at is not None:
        return card
    return replace(card, buttons=waiting.offer_buttons(turn, product, wanted or 1, alone=True))
