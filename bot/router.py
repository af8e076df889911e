"""Decides who answers: a button, the open question, the intent, or the fallback ladder."""

from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale import answering
from bot.answering import reading
from bot.finding import dismissing, pricing, variant_questions
from bot.messages import Choice, Reply, Verb
from bot.orders import (
    addressing,
    cancelling,
    changing,
    complaining,
    editing,
    limiting,
    money_back,
    noting_deeds,
    owing,
    rating,
    rating_unasked,
    reordering,
    taking_back,
    where_to,
)
from bot.phrases import finding as phrases_finding
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.routing import (
    cart_answers,
    choices,
    marketing_besides,
    on_condition,
    questions,
    several,
    shortage_answers,
    some_of_them,
    taken_back,
    wishes,
    wrapping,
)
from bot.routing.fallback import misunderstood
from bot.shopping import (
    asking_email,
    cart_lines,
    checkout,
    codes,
    contact,
    correcting,
    meaning,
    naming,
    opting,
    pointing,
    replacing,
    restating,
    staying,
    waiting,
)
from bot.shopping.cards import HUMAN
from bot.trust import consenting, proving
from bot.turn import CLEAR, SURE, UNKNOWN, About, AtOnce, Turn
from domain.conversation import Asked, Did, PendingQuestion
from domain.people.remarks import only_remarks
from domain.products.catalogue import find_category
from nlu.own_words import own_words
from nlu.rules import order_edits
from nlu.rules.choices import number_said
from nlu.rules.deeds import CANCELLING, FORGET
from nlu.rules.elsewhere import goes_elsewhere
from nlu.rules.forgetting import is_only_quoted
from nlu.rules.moods import Mood, asks_besides, is_alone, mood_of, only_asks
from nlu.rules.no_places import tells_a_way
from nlu.rules.order_corrections import ADDRESS_STAYS
from nlu.rules.parcel_notes import calls_at_the_door, is_labelled
from nlu.rules.refused_cancels import refuses_first
from nlu.rules.retractions import is_retracted
from nlu.rules.said import Saying
from nlu.rules.values import find_numbers
from nlu.understanding import Entity, Guess, WantedLine, wanted_lines

MOST_BARE = 3  # words of a message that is only a name
_PAGES = {Verb.MORE, Verb.ORDERS, Verb.OTHERS}
_YESES = {Verb.YES, Verb.CANCEL_YES}


def choose(turn: Turn) -> list[Reply]:
    """The replies to one message."""
    if turn.asked is not None and turn.asked.about_cancelling and refuses_first(own_words(turn.written)):
        turn.conversation.pending = None  # the refusal, which the text is without, answers it
    before = turn.conversation.standing
    replies = marketing_besides.around(turn, lambda rest: limiting.around(rest, _choose_of_orders))
    noting_deeds.note(turn, before)
    return replies


def _choose_of_orders(turn: Turn) -> list[Reply]:
    """The same, of what bounds nothing that is asked about."""
    if turn.message.text == ADDRESS_STAYS and turn.conversation.plan is None and turn.message.choice is None:
        return [Reply(text=phrases_shopping.ADDRESS_KEPT), *checkout.reminder(turn)]
    return answering.around(turn, _choose_as_ever)


def _choose_as_ever(turn: Turn) -> list[Reply]:
    """The same, of what is no wish for placed orders that makes a plan."""
    waited = turn.conversation.pending
    replies = taking_back.typed(turn) if turn.message.choice is None else None
    if replies is None:
        replies = taking_back.beside(turn, waited, _with_codes(turn))
    return _in_full(turn, replies)


def _with_codes(turn: Turn) -> list[Reply]:
    """The same, where codes are said too."""
    wish = turn.codes
    if wish is None or codes.concerns_a_proof(turn) or codes.asks_in_vain(turn):
        return _without_codes(replace(turn, codes=None))
    if not wish.alone:
        verdicts = codes.take_beside(turn)
        return codes.say(turn, verdicts, _without_codes(turn))
    waited = turn.conversation.pending
    changes = turn.conversation.changing is not None
    replies = changing.answer_while_changing(turn, codes.answer) if changes else codes.answer(turn)
    _close_what_is_not_asked_again(turn, replies)
    replies = [*replies, *_card_again(turn, waited, replies)]
    if not _shows_card(replies):
        _wants_its_name(turn, waited, replies, hangs=False)
    return replies


def _close_what_is_not_asked_again(turn: Turn, replies: Sequence[Reply]) -> None:
    """A question of what is hard to undo is over with an answer that does not ask it: a yes would be to that."""
    asked = not _YESES.isdisjoint(_verbs(replies))
    if turn.asked is not None and turn.asked.hard_to_undo and not asked:
        turn.conversation.pending = None


def _without_codes(turn: Turn) -> list[Reply]:
    """The same, of what is said besides of codes."""
    waited, condition = turn.conversation.pending, turn.understanding.condition
    retracted = turn.message.choice is None and is_retracted(turn.message.text)
    turn = contact.read(turn)
    refused = None if retracted else some_of_them.refuse(turn) or wrapping.answer(turn)
    turn = _without_a_story(turn if condition or retracted or refused else editing.enter_last(turn))
    turn = reading.read(wishes.one_wish(naming.read(_bare(_going_on(_negating(_with_contact(turn)))))))
    turn, asks_where = where_to.read(turn)
    if retracted:
        replies: list[Reply] | None = taking_back.answer(turn)
    else:
        replies = refused or rating.beside_a_condition(turn) or on_condition.refuse(turn, condition)
    if replies is None:
        choose_reply = asks_where or _choose
        changes = turn.conversation.changing is not None
        replies = changing.answer_while_changing(turn, choose_reply) if changes else choose_reply(turn)
        replies = wrapping.say(turn, on_condition.say(condition, replies))
    _close_what_is_not_asked_again(turn, replies)
    _wants_its_name(turn, waited, replies, hangs=retracted or bool(condition))
    return waiting.offer(turn, [*replies, *_card_again(turn, waited, replies)])


def _wants_its_name(turn: Turn, waited: PendingQuestion | None, replies: Sequence[Reply], *, hangs: bool) -> None:
    """Notes where a plain yes is none.

    A question of what is hard to undo was asked beside more, to which it may be; or what it shows `hangs` on a
    condition; or a part of what was said was not done; or it stays open, and what was said to it was a condition, an
    objection or anything that was not understood, or a question with a number. A card is doubted by all that leaves it
    as it was, says it no more than it is and is no plain question, however it was answered, also with all of it.
    """
    pending = turn.conversation.pending
    if turn.asked is None or pending is None or turn.message.choice:
        return
    stays = waited is not None and waited.subject == pending.subject and waited.kind is pending.kind
    said_so = (turn.words.no_clear_yes, turn.words.look_again)
    asked_clearly = any(words in reply.text for words in said_so for reply in replies)
    objects = turn.said(Saying.OBJECTS) is not None and not asked_clearly
    unheard = turn.conversation.misunderstood > 0
    doubts = objects or unheard or turn.said(Saying.CONDITION) is not None or _asks_about_a_number(turn)
    at_a_card = pending.kind is Asked.CONFIRM and waited is not None and waited.kind is Asked.CONFIRM
    complained = any(deed.startswith(complaining.TICKET) for deed in turn.did)
    left = at_a_card and not asked_clearly and not turn.noted.as_it_is and _left_as_it_was(turn)
    hangs = hangs or turn.noted.not_done or (left and (complained or not _only_asks(turn)))
    if (hangs or (stays and doubts)) and (pending.kind is Asked.CONFIRM or turn.asked.hard_to_undo):
        turn.conversation.pending = replace(pending, by_name=True)
        return
    opened = waited is None or waited.kind is not pending.kind
    if not turn.asked.hard_to_undo or not opened:
        return
    thinks = asks_besides(turn.message.text, FORGET) or is_only_quoted(turn.message.text)
    if len(set(turn.did)) > 1 or (pending.kind is Asked.FORGET and thinks):
        turn.conversation.pending = replace(pending, by_name=True)


def _in_full(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """The same replies; behind an objection that was not understood a card is whole: its button hides nothing."""
    pending = turn.conversation.pending
    unheard = turn.noted.misunderstood and turn.said(Saying.OBJECTS) is not None
    if pending is None or pending.kind is not Asked.CONFIRM or not pending.by_name or not unheard:
        return replies
    if _shows_card(replies):
        return replies
    short = [reply for reply in replies if Verb.CONFIRM in _verbs([reply])]
    others = [reply for reply in replies if reply not in short]
    return [*others, *checkout.show(turn)] if short else replies


def _shows_card(replies: Sequence[Reply]) -> bool:
    """Whether a card is shown whole; only then it has the button that changes it."""
    return Verb.CHANGE in _verbs(replies)


def _verbs(replies: Sequence[Reply]) -> set[Verb]:
    return {button.choice.verb for reply in replies for button in reply.buttons}


def _only_asks(turn: Turn) -> bool:
    """Whether a message asks something and says nothing else, is mere politeness, or a yes that came too late."""
    if turn.meant.polite or turn.meant.shows_cart or turn.meant.name == "affirm":
        return True
    if turn.said(Saying.STALLS) or turn.said(Saying.GOES_AWAY):
        return True
    return not turn.meant.tells and only_asks(turn.message.text)


def _left_as_it_was(turn: Turn) -> bool:
    """Whether a message changed neither what is ordered nor where it and its mails go."""
    conversation = turn.conversation
    same = turn.cart_then == tuple(conversation.cart) and turn.shipped_to == conversation.ships_to
    return same and turn.understanding.first("email") is None and Did.PROVEN not in turn.noted.deeds


def _asks_about_a_number(turn: Turn) -> bool:
    """Whether a yes may be one to a number that was asked about: "what would it cost with 6?"."""
    asks = turn.meant.asks or "?" in turn.message.text
    return asks and any(number.value > 1 for number in find_numbers(turn.message.text))


def _card_again(turn: Turn, waited: PendingQuestion | None, replies: Sequence[Reply]) -> list[Reply]:
    """The question of a card that stays open, behind whatever was answered: a yes then knows what it is said to."""
    pending = turn.conversation.pending
    same = waited is not None and pending is not None and pending == replace(waited, by_name=pending.by_name)
    stays = same and waited is not None and waited.kind is Asked.CONFIRM
    if not stays or turn.conversation.ticket_id is not None:
        return []
    return [] if Verb.CONFIRM in _verbs(replies) else checkout.reminder(turn)


def _choose(turn: Turn) -> list[Reply]:
    replies = _exactly(turn)
    if replies is None and (language := wishes.other_language(turn)):
        turn.note_done(wishes.LANGUAGE)
        return [Reply(text=phrases_talk.other_language(language=language), buttons=(HUMAN,))]
    if replies is None and _of_a_placed_order(turn):
        return turn.carry_out(turn.intents["change_order"])
    if replies is None and turn.message.choice is None:
        replies = _noted(turn)
    if replies is None and turn.asked is not None and _may_be_of_the_address(turn):
        replies = addressing.correct(turn)  # "the zip is wrong" at a card is no complaint
    if replies is None and not _tells_one_story(turn):
        replies = (
            correcting.answer_corrected(turn)
            or staying.answer_what_stays(turn)
            or restating.answer_restated(turn)
            or several.answer_several(turn)
        )
    if replies is None and turn.meant.at_once is AtOnce.IF_SURE and turn.understanding.confidence >= SURE:
        replies = turn.carry_out()
    if replies is None and turn.meant.at_once is AtOnce.IF_CLEAR and turn.understanding.confidence >= CLEAR:
        turn.conversation.misunderstood = 0
        return _by_intent(turn)
    if replies is None:
        replies = addressing.correct(turn) or (None if turn.only_names else replacing.replace_line(turn))
        replies = replies or questions.answer_question(turn)
    if replies is None and (turn.understanding.intent == "out_of_scope" or not turn.sure):
        return pricing.of_the_catalogue(turn) or misunderstood(turn)
    turn.conversation.misunderstood = 0
    return _by_intent(turn) if replies is None else replies


def _noted(turn: Turn) -> list[Reply] | None:
    """The answer to a note that the model may hear as something else: "ring twice" is no wish to be rung up."""
    text, asked = turn.message.text, turn.asked
    if asked is not None and asked.kind is Asked.NOTE and only_remarks(text):
        return questions.answer_question(turn)
    if not (is_labelled(text) or (asked is None and calls_at_the_door(text))):
        return None
    open_to_it = asked is None or asked.settles_address
    if not open_to_it or not (turn.conversation.cart or turn.newest_open is not None):
        return None
    return turn.carry_out(turn.intents["note"])


def _may_be_of_the_address(turn: Turn) -> bool:
    text = turn.message.text
    return turn.meant.tells or bool(goes_elsewhere(text) or tells_a_way(text)) or only_remarks(text)


def _of_a_placed_order(turn: Turn) -> bool:
    """Whether what seems to be about the cart names a placed order: "add a hook to order 1001"."""
    conversation = turn.conversation
    if not turn.meant.fills_cart or conversation.changing is not None or turn.only_names or turn.message.choice:
        return False
    return order_edits.names_placed(turn.message.text) and bool(turn.uow.orders.of_identity(turn.identity, limit=1))


def _without_a_story(turn: Turn) -> Turn:
    """The same turn; who has a cart and ordered nothing complains of nothing, where the reader hears another wish."""
    read = turn.understanding.wishes
    least = wishes.LIKELY if turn.understanding.confidence >= CLEAR else wishes.LEAST
    likely = any(wish.confidence >= least for wish in read)
    if not turn.meant.tells or not likely or turn.meant.name in [wish.intent for wish in read]:
        return turn
    if not turn.conversation.cart or turn.message.choice is not None:
        return turn
    if turn.conversation.changing is not None or turn.uow.orders.of_identity(turn.identity, limit=1):
        return turn
    others = tuple(guess for guess in turn.understanding.ranking if guess.intent != turn.meant.name)
    return replace(turn, understanding=replace(turn.understanding, ranking=others)) if others else turn


def _tells_one_story(turn: Turn) -> bool:
    """Whether all of a message tells what went wrong, or what was ordered and shall be different."""
    sure = CLEAR if turn.meant.tells else turn.meant.least
    if not (turn.meant.tells or turn.meant.in_a_change) or turn.understanding.confidence < sure:
        return False
    wishes_said = [wish.intent for wish in turn.understanding.wishes]
    if turn.meant.tells:
        return set(wishes_said) <= {turn.meant.name}
    wanted = [turn.intents.get(intent, UNKNOWN) for intent in wishes_said]
    told = all(one.about is About.CART or one.name in ("past_orders", turn.meant.name) for one in wanted)
    return turn.meant.about is About.ORDERS and told


def _with_contact(turn: Turn) -> Turn:
    """The same turn; where the model wavers between an order and where it goes to, it is an order that says both."""
    understanding = turn.understanding
    shares = [
        (guess.confidence, meant.buys)
        for guess in understanding.ranking
        if (meant := turn.intents.get(guess.intent, UNKNOWN)).buys or meant.about is About.CONTACT
    ]
    buys, both = sum(share for share, buying in shares if buying), sum(share for share, _ in shares)
    if turn.message.choice is not None or turn.meant.about is not About.CONTACT or turn.sure or buys < SURE:
        return turn
    order = replace(understanding, ranking=(Guess(intent="order", confidence=both),))
    return replace(turn, understanding=order) if any(line.phrase for line in wanted_lines(order)) else turn


def _bare(turn: Turn) -> Turn:
    """The same turn; a word or two of one product's name are that product, where the model hears nothing surely."""
    understanding, text = turn.understanding, turn.message.text
    sure = understanding.confidence >= CLEAR or turn.meant.buys or turn.meant.asks
    answers = turn.message.choice is not None or turn.conversation.pending is not None
    if sure or answers or len(text.split()) > MOST_BARE:
        return turn
    if meaning.found(turn, text).product is None:
        return turn
    named = Entity(name="product", value=text, end=len(text), group="1")
    return _heard_as(replace(turn, understanding=replace(understanding, entities=(named,))), "order")


def _going_on(turn: Turn) -> Turn:
    """The same turn; "and the spray gun" goes on with an order, where the model does not surely hear a question."""
    understanding, text = turn.understanding, turn.message.text
    hears_question = turn.meant.name == "stock_question" and understanding.confidence < CLEAR
    if not hears_question or turn.message.choice is not None or "?" in text or not turn.conversation.cart:
        return turn
    if not turn.said(Saying.GOES_ON) or turn.said(Saying.COSTS):
        return turn
    return _heard_as(turn, "add_to_cart")


def _heard_as(turn: Turn, intent: str) -> Turn:
    """The same turn as if the model had heard this intent."""
    guess = Guess(intent=intent, confidence=CLEAR)
    return replace(turn, understanding=replace(turn.understanding, ranking=(guess, *turn.understanding.ranking)))


def _negating(turn: Turn) -> Turn:
    """The same turn; "2 mugs and no teapot" orders, even where the model hears a removal or a no in it."""
    understanding, text = turn.understanding, turn.message.text
    unsure = turn.meant.may_be_a_negation or not turn.sure or (turn.meant.fills_cart and not turn.conversation.cart)
    takes_out = any(wish.intent == "remove_from_cart" for wish in understanding.wishes)
    if not unsure or turn.message.choice is not None or takes_out:
        return turn
    said = replace(understanding, text=text)
    left_out = said.all("left_out")
    wanted = any(line.phrase for line in wanted_lines(said))
    if wanted and left_out and not (turn.meant.asks and turn.meant.about is About.ORDERS):
        return replace(turn, understanding=replace(said, ranking=(Guess(intent="order", confidence=1.0),)))
    there = [cart_lines.target(turn, WantedLine(phrase=entity.value)).product_ids for entity in left_out]
    if wanted or not any(there) or (understanding.intent == "remove_from_cart" and turn.sure):
        return turn
    alone = replace(said, entities=left_out, ranking=(Guess(intent="change_quantity", confidence=1.0),))
    return replace(turn, understanding=alone)


def _exactly(turn: Turn) -> list[Reply] | None:
    """What needs no understanding: a button, its label, or one of a few fixed commands."""
    if turn.message.choice is None and turn.said(Saying.STALLS):
        return _waiting(turn)
    choice = turn.message.choice or _typed_label(turn)
    if choice is None and (rated := rating.typed(turn) or rating_unasked.typed(turn)) is not None:
        return rated
    choice = choice or _typed_number(turn)
    if choice is not None:
        return choices.press(turn, choice)
    if (replies := shortage_answers.typed(turn)) is not None:
        return replies
    if (told := variant_questions.typed(turn) or opting.typed(turn)) is not None:
        return told
    at_a_card = turn.asked is not None and turn.asked.kind is Asked.CONFIRM
    if at_a_card and turn.screen and (taken := pointing.typed(turn)) is not None:
        return taken  # "I'll take it", of what was shown beside the card
    if (replies := cart_answers.confirmed(turn)) is not None:
        return replies
    if turn.said(Saying.UNDO) and turn.asked is not None and turn.asked.kind is Asked.CLEAR_CART:
        return questions.answer_question(choices.as_intent(turn, "deny"))
    if (replies := taken_back.typed(turn) or money_back.typed(turn) or owing.typed(turn)) is not None:
        return replies
    if (replies := asking_email.refuse(turn) or asking_email.answer_noted_email(turn)) is not None:
        return replies
    if (replies := proving.typed(turn)) is not None:
        return replies
    if (replies := consenting.typed(turn)) is not None:
        return replies
    if (replies := dismissing.typed(turn)) is not None:
        return replies
    if (replies := pricing.typed(turn)) is not None:
        return replies
    if turn.said(Saying.MORE) and (replies := _more(turn)) is not None:
        return replies
    if (pointed := pointing.typed(turn)) is not None:
        return pointed
    if turn.said(Saying.UNDO):
        return taking_back.undo(turn)
    if turn.said(Saying.GOES_AWAY):
        return _waiting(turn)
    if turn.said(Saying.STOP) and turn.asked is not None and turn.asked.on_the_way:
        return checkout.stop(turn)
    if turn.said(Saying.STOP) and turn.asked is not None and turn.asked.aside:
        return questions.answer_question(choices.as_intent(turn, "deny"))
    if wishes.takes_back(turn):
        return taking_back.undo(turn)
    if not turn.only_names and (spoken := _of_cancelling(turn)) is not None:
        return spoken
    if (named := changing.typed(turn)) is not None:
        return named
    besides = reordering.wants_again(turn.message.text)
    return None if besides is None else reordering.last_order(turn, besides)


def _waiting(turn: Turn) -> list[Reply]:
    """The answer to who asks for time: what is open stays so, but for what is hard to take back, which is not done."""
    if turn.asked is not None and turn.asked.hard_to_undo:
        kept = questions.answer_question(choices.as_intent(turn, "deny"))
        return checkout.wait(turn) if kept is None else kept
    return checkout.wait(turn)


def _of_cancelling(turn: Turn) -> list[Reply] | None:
    """The answer to who only asks about cancelling or refuses it, whatever the model makes of it."""
    text = turn.message.text
    mood = mood_of(text, CANCELLING)
    if mood in (None, Mood.COMMAND):
        return None
    if turn.asked is not None and turn.asked.about_cancelling:  # the open question reads it
        return questions.answer_question(turn) if mood is Mood.ASKED else None
    alone = is_alone(text, CANCELLING)
    if mood is Mood.REFUSED and (alone or turn.understanding.intent in ("cancel_order", "deny", "affirm")):
        return cancelling.keep(turn)
    if mood is Mood.WONDERED and turn.said(Saying.WANTS_TO) and turn.understanding.intent == "cancel_order":
        return cancelling.begin(turn)  # "I think I want to cancel": it is asked before anything is done
    if mood is Mood.ASKED and (alone or turn.understanding.intent == "cancel_order"):
        return cancelling.explain(turn)
    return cancelling.explain(turn) if turn.understanding.intent == "cancel_order" else None


def _by_intent(turn: Turn) -> list[Reply]:
    before = turn.conversation.pending
    turn = turn if turn.only_names else _looking_around(turn)
    replies = turn.carry_out()
    if turn.meant.digression and before is not None and turn.conversation.pending == before:
        replies = [*replies, *checkout.reminder(turn)]
    return replies


def _looking_around(turn: Turn) -> Turn:
    """The same turn; what only asks, or names a department, is no order, whatever the model makes of it."""
    understanding, text = turn.understanding, turn.message.text
    if not turn.meant.buys:
        return turn
    if not turn.only_asks and understanding.first("quantity") is not None:
        return turn
    if not turn.only_asks and turn.said(Saying.LOOKS_AROUND) is None and not find_category(turn.uow, text):
        return turn
    first, *others = understanding.ranking
    return replace(
        turn, understanding=replace(understanding, ranking=(replace(first, intent="stock_question"), *others))
    )


def _typed_label(turn: Turn) -> Choice | None:
    """The button of the last answer whose label was typed, and not refused beside it by a sign."""
    said = turn.message.text.casefold()
    for offer in turn.conversation.offers if not turn.takes_back_by_sign else ():
        if offer.label.casefold() == said:
            return Choice.decode(offer.choice)
    return None


def _typed_number(turn: Turn) -> Choice | None:
    """The product of that number, when the last answer was a list and no question waits for a number."""
    conversation, said = turn.conversation, turn.said(Saying.PLACE_IN_LIST)
    listed = conversation.listing.product_ids
    number = number_said(turn.message.text.strip().lower()) if said else None
    if number is None or not 1 <= number <= len(listed):
        return None
    if conversation.open_lines or (turn.asked is not None and turn.asked.wants_number):
        return None
    choices_there = (Choice(verb=verb, arg=listed[number - 1]) for verb in (Verb.ADD, Verb.GROUP))
    return next((choice for choice in choices_there if choice in turn.offered), None)


def _more(turn: Turn) -> list[Reply] | None:
    """The next page of the list that the last answer was; None where it was no list."""
    page = next((choice for choice in turn.offered if choice.verb in _PAGES), None)
    if page is not None:
        return choices.press(turn, page)
    return (
        [Reply(text=phrases_finding.NOTHING_MORE)] if any(choice.verb == Verb.ADD for choice in turn.offered) else None
    )
