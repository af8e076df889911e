"""A customer's word on marketing, in the chat: asked once with an order, stopped and started by a sentence or a tap."""

from collections.abc import Sequence

from bot.channels import channel_of
from bot.messages import Reply, Verb
from bot.phrases import consenting as phrases_consenting
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.phrases.sorry import sorry
from bot.shopping import asking, checkout
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Asked, Did, PendingQuestion
from domain.errors import BadEmail
from domain.model import Order
from domain.numbers import plain_number
from domain.outreach.consenting import ask_owner, give_consent, stop_for_owner, stop_marketing
from domain.outreach.unproven import may_mail
from domain.people.identity import hash_email, mask_email, normalise_email
from domain.records.campaigns import OwnChat
from domain.records.opting_in import OptIn
from nlu.rules import marketing_words
from nlu.rules.deeds import CANCELLING, FORGET, GET_MAILS, STOP_MAILS, USE
from nlu.rules.marketing_wishes import asks_about_it, wishes_for_it
from nlu.rules.moods import Stance, is_alone, mood_of


def ask(turn: Turn, order: Order) -> list[Reply]:
    """The question that follows a new order, a message of its own; nothing once this customer has answered it."""
    if _answered(turn, order.hashed_email):
        return []
    turn.uow.opt_ins.ask(order.hashed_email, turn.conversation.identity_id, order.order_id, turn.source, turn.now)
    text = phrases_consenting.ask_ideas(day=turn.shop.limits.per_day, week=turn.shop.limits.per_week)
    return [_question(text, str(order.order_id))]


def _question(text: str, order_id: str) -> Reply:
    yes, no = button(labels.YES_IDEAS, Verb.IDEAS_YES, order_id), button(labels.NO_IDEAS, Verb.IDEAS_NO, order_id)
    return Reply(text=text, buttons=(yes, no))


def _answered(turn: Turn, hashed_email: str) -> bool:
    """Whether the word is known: of a proven address by its owner, of another one only what was answered here."""
    if hashed_email == turn.conversation.proven_email and turn.uow.consents.of(hashed_email) is not None:
        return True
    asked = turn.uow.opt_ins.asked(hashed_email, turn.conversation.identity_id)
    return asked is not None and asked.agreed is not None


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to a word on marketing that needs no understanding; None for anything else."""
    if marketing_words.asks_of_marketing_to_somebody(turn.message.text):
        return [Reply(text=phrases_consenting.OF_SOMEBODY), *checkout.reminder(turn)]
    word = marketing_words.read(turn.message.text)
    if word is None:
        return _answer_question(turn)
    if not _is_plain(turn.message.text, word):
        return None  # the intent's handler says what is so
    before = turn.conversation.pending
    turn.note_done("start_marketing" if word.wanted else "stop_marketing")
    if not word.emails:
        replies = start(turn) if word.wanted else stop(turn)
    else:
        act = start_for if word.wanted else stop_for
        replies = [reply for email in word.emails for reply in act(turn, email)]
    if before is not None and turn.conversation.pending == before:
        replies = [*replies, *checkout.reminder(turn)]
    return replies


def _is_plain(text: str, word: marketing_words.Word) -> bool:
    """Whether a word on marketing is a wish; one for an address is asked about by a mail to that."""
    asks = asks_about_it(text)
    return not asks and (not word.wanted or bool(word.emails) or wishes_for_it(text))


def _answer_question(turn: Turn) -> list[Reply] | None:
    """A plain yes or no right below the question. The first yes may be one more to the card, so it is asked about."""
    asked = next((choice.arg for choice in turn.offered if choice.verb is Verb.IDEAS_YES), None)
    order_id = plain_number(asked or "")
    text = turn.message.text
    if not order_id or turn.conversation.pending is not None or not is_alone(text, GET_MAILS):
        return None
    if mood_of(text, CANCELLING) is not None or mood_of(text, FORGET) is not None:
        return None
    match turn.stance(GET_MAILS):
        case Stance.NO:
            return say_no(turn, order_id)
        case Stance.YES if any(choice.verb is Verb.IDEAS_NO for choice in turn.offered[:2]):
            return say_yes(turn, order_id)
        case Stance.YES:
            return [_question(phrases_consenting.ASK_CLEARLY, str(order_id))]
    return None


def start(turn: Turn) -> list[Reply]:
    """Agrees for every address in the message, or for that of this conversation; asks where there is none."""
    if marketing_words.asks_of_somebody(turn.message.text):
        return [Reply(text=phrases_consenting.OF_SOMEBODY)]
    written = dict.fromkeys(email.value for email in turn.understanding.all("email"))
    if written:
        return [reply for email in written for reply in start_for(turn, email)]
    if turn.emails:
        turn.conversation.pending = PendingQuestion(kind=Asked.START_EMAIL)
        return [Reply(text=phrases_consenting.IDEAS_WHERE)]
    hashed = turn.conversation.hashed_email or turn.conversation.proven_email
    if hashed is not None:
        return _give(turn, hashed, _masked(turn, hashed))
    turn.conversation.pending = PendingQuestion(kind=Asked.START_EMAIL)
    return [Reply(text=phrases_consenting.IDEAS_WHERE)]


def tell(turn: Turn) -> list[Reply]:
    """For who speaks of marketing and wants nothing done: how it stands, as far as they may know, and how to change it.

    Of an address that nobody proved here it would tell what its owner said elsewhere.
    """
    hashed = turn.conversation.proven_email
    if hashed is None:
        on, off = (
            button(labels.SEND_IDEAS, Verb.IDEAS_YES, "0"),
            button(labels.STOP_IDEAS, Verb.INTENT, "stop_marketing"),
        )
        return [Reply(text=phrases_consenting.IDEAS_UNTOLD, buttons=(on, off))]
    word = turn.uow.consents.of(hashed)
    given = word is not None and word.given and not turn.uow.consents.suppressed(hashed)
    says = phrases_consenting.ideas_go if given else phrases_consenting.ideas_do_not_go
    change = (
        button(labels.STOP_IDEAS, Verb.INTENT, "stop_marketing")
        if given
        else button(labels.SEND_IDEAS, Verb.IDEAS_YES, "0")
    )
    return [Reply(text=says(email=_masked(turn, hashed)), buttons=(change,))]


def start_for(turn: Turn, written: str) -> list[Reply]:
    """Agrees for a written address, which is not taken for confirmations."""
    try:
        email = normalise_email(written)
    except BadEmail as error:
        return [Reply(text=sorry(turn, error))]
    hashed = hash_email(email, turn.shop.hash_key)
    turn.uow.people.remember_email(hashed, email, turn.now)
    return _give(turn, hashed, mask_email(email))


def say_yes(turn: Turn, order_id: int) -> list[Reply]:
    """The button on an order's card; 0 stands for no order."""
    if not order_id:
        return start(turn)
    order = turn.own_order(order_id)
    if order is None:
        return [Reply(text=phrases_talk.STALE)]
    return _give(turn, order.hashed_email, _masked(turn, order.hashed_email), order_id)


def say_no(turn: Turn, order_id: int) -> list[Reply]:
    """The other button; a no is remembered, so that nobody is asked twice. It ends nothing for an address of others."""
    order = turn.own_order(order_id)
    if order is None:
        return [Reply(text=phrases_talk.STALE)]
    turn.uow.opt_ins.answer(_asked(turn, order.hashed_email, order_id).opt_in_id, turn.now, agreed=False)
    if order.hashed_email == turn.conversation.proven_email:
        _stop(turn, order.hashed_email)
    return [Reply(text=phrases_consenting.IDEAS_OFF)]


def stop(turn: Turn) -> list[Reply]:
    """Ends marketing for every address in the message, or for those of this conversation; asks where there is none."""
    if marketing_words.asks_of_somebody(turn.message.text):
        return [Reply(text=phrases_consenting.OF_SOMEBODY)]
    written = dict.fromkeys(email.value for email in turn.emails)
    if written:
        return [reply for email in written for reply in stop_for(turn, email)]
    conversation = turn.conversation
    known = {hashed for hashed in (conversation.hashed_email, conversation.proven_email) if hashed is not None}
    if not known:
        conversation.pending = PendingQuestion(kind=Asked.STOP_EMAIL)
        return [Reply(text=phrases_consenting.STOP_WHICH)]
    turn.note_deed(Did.MAILS_STOPPED)
    for hashed in sorted(known):
        _stop(turn, hashed)
        turn.uow.opt_ins.answer(_asked(turn, hashed, None).opt_in_id, turn.now, agreed=False)
    masked = _masked(turn, conversation.hashed_email or conversation.proven_email or "")
    on_again = button(labels.SEND_IDEAS, Verb.IDEAS_YES, "0")
    return [Reply(text=phrases_consenting.stopped_mails(email=masked), buttons=(on_again,))]


def stop_for(turn: Turn, written: str) -> list[Reply]:
    """Ends marketing for a written address, with the same answer whether the shop knows it or not."""
    try:
        email = normalise_email(written)
    except BadEmail as error:
        return _bad(turn, error)
    return stop_offered(turn, hash_email(email, turn.shop.hash_key), mask_email(email))


def stop_offered(turn: Turn, hashed_email: str, masked_email: str) -> list[Reply]:
    """As `stop_for`, for the fix of a typo that was offered."""
    _stop(turn, hashed_email)
    turn.note_deed(Did.MAILS_STOPPED)
    done = Reply(text=phrases_consenting.stopped_mails(email=masked_email))
    return [done, *leave_question(turn)]


def leave_question(turn: Turn) -> list[Reply]:
    """Closes the question for an address, if it is open; an order that was on its way goes on."""
    pending = turn.conversation.pending
    if pending is None or pending.kind not in (Asked.STOP_EMAIL, Asked.START_EMAIL):
        return []
    turn.conversation.pending = None
    return checkout.next_step(turn, []) if turn.conversation.checking_out else []


def ask_stop(turn: Turn, written: str) -> list[Reply]:
    """Whether marketing to an address shall end that a message only tells of."""
    try:
        email = normalise_email(written)
    except BadEmail as error:
        return _bad(turn, error)
    return _ask_stop(turn, email, phrases_consenting.ask_stop(email=mask_email(email)))


def _bad(turn: Turn, error: BadEmail) -> list[Reply]:
    if not error.suggestion:
        turn.conversation.pending = PendingQuestion(kind=Asked.STOP_EMAIL)
        return [Reply(text=sorry(turn, error))]
    return _ask_stop(turn, error.suggestion, sorry(turn, error))


def _ask_stop(turn: Turn, email: str, question: str) -> list[Reply]:
    hashed, masked = hash_email(email, turn.shop.hash_key), mask_email(email)
    turn.conversation.pending = PendingQuestion(kind=Asked.STOP_EMAIL, subject=hashed, options=(masked,))
    return [asking.yes_no(turn, question, labels.YES_THAT_ONE, labels.NO)]


def _give(turn: Turn, hashed_email: str, masked: str, order_id: int | None = None) -> list[Reply]:
    """What is said without a proof does not tell whether a mail goes, which hangs on what the owner said before."""
    asked = _asked(turn, hashed_email, order_id)
    turn.note_deed(Did.MAILS_STARTED, str(asked.opt_in_id))
    if hashed_email != turn.conversation.proven_email:
        may = may_mail(turn.uow, turn.origin, turn.now, turn.shop.unproven_mails)
        ask_owner(turn.uow, asked, turn.now, may_mail=may)
        words = phrases_consenting.ideas_confirm if may else phrases_consenting.ideas_too_many
        return [Reply(text=words(email=masked))]
    give_consent(turn.uow, asked, turn.source, turn.now)
    text = [phrases_consenting.ideas_on(email=masked)]
    quiet_end = turn.shop.limits.quiet_end(turn.now)
    if quiet_end is not None:
        text.append(phrases_consenting.ideas_later(time=turn.shop.local(quiet_end, turn.now)))
    here = (button(labels.IDEAS_HERE, Verb.IDEAS_HERE),) if _may_hear_here(turn) else ()
    return [Reply(text="\n".join(text), buttons=here)]


def _may_hear_here(turn: Turn) -> bool:
    """Whether this chat is the customer's own, and messages that nobody waits for are brought to it."""
    return channel_of(turn.source).pushes and not turn.message.chat.public


def take_back(turn: Turn, opt_in_ids: Sequence[str]) -> list[Reply]:
    """Ends what was agreed to last, by the numbers of those questions: as a stop for each of their addresses."""
    turn.note_deed(Did.MAILS_STOPPED)
    asked = [turn.uow.opt_ins.get(int(opt_in_id)) for opt_in_id in opt_in_ids]
    ended = [one for one in asked if one is not None]
    for one in ended:
        _stop(turn, one.hashed_email)
        turn.uow.opt_ins.answer(one.opt_in_id, turn.now, agreed=False)
    masks = dict.fromkeys(_masked(turn, one.hashed_email) for one in ended)
    on_again = (button(labels.SEND_IDEAS, Verb.IDEAS_YES, "0"),)
    return [Reply(text=phrases_consenting.stopped_mails(email=mask), buttons=on_again) for mask in masks]


def leave_here(turn: Turn) -> list[Reply]:
    """Ends ideas in this chat; those by mail stay."""
    if turn.conversation.proven_email is not None:
        turn.uow.campaigns.leave_chat(turn.conversation.proven_email)
    stop = button(labels.STOP_IDEAS, Verb.INTENT, "stop_marketing")
    return [Reply(text=phrases_consenting.NOT_HERE, buttons=(stop,))]


def say_here(turn: Turn) -> list[Reply]:
    """Agrees to ideas in this chat, beside mail; only who proved the address and agreed to ideas at all."""
    conversation, hashed = turn.conversation, turn.conversation.proven_email
    word = turn.uow.consents.of(hashed) if hashed is not None else None
    if hashed is None or word is None or not word.confirmed or not _may_hear_here(turn):
        return [Reply(text=phrases_talk.STALE)]
    there = OwnChat(chat=conversation.chat, sender_id=conversation.sender_id, identity_id=conversation.identity_id)
    turn.uow.campaigns.agree_in_chat(hashed, there, turn.now)
    turn.note_deed(Did.MAILS_HERE)
    return [Reply(text=phrases_consenting.IDEAS_HERE)]


def _asked(turn: Turn, hashed_email: str, order_id: int | None) -> OptIn:
    """The question that is answered now: the one that was shown, or what the customer asked by themselves."""
    opt_ins, identity_id = turn.uow.opt_ins, turn.conversation.identity_id
    shown = opt_ins.asked(hashed_email, identity_id)
    if shown is not None and shown.order_id == order_id and shown.agreed is None:
        return shown
    return opt_ins.ask(hashed_email, identity_id, order_id, turn.source, turn.now)


def _stop(turn: Turn, hashed_email: str) -> None:
    if hashed_email == turn.conversation.proven_email:
        stop_marketing(turn.uow, hashed_email, turn.source, turn.now)
        return
    may = may_mail(turn.uow, turn.origin, turn.now, turn.shop.unproven_mails)
    stop_for_owner(turn.uow, hashed_email, turn.conversation.identity_id, turn.source, turn.now, may_mail=may)


def _masked(turn: Turn, hashed_email: str) -> str:
    if hashed_email == turn.conversation.hashed_email:
        return turn.conversation.masked_email
    email = turn.uow.people.email(hashed_email)
    return phrases_consenting.YOUR_ADDRESS if email is None else mask_email(email)


def answer_email(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """The address that shall get no more marketing, or a yes to the one that is known."""
    if turn.understanding.first("email") is not None:
        if turn.conversation.checking_out:
            turn.note_email()
        return stop(turn)
    if turn.emails:
        return ask_stop(turn, turn.emails[0].value)
    if Stance.YES in (turn.stance(STOP_MAILS), turn.stance(USE)) and pending.subject:
        return stop_offered(turn, pending.subject, pending.options[0])
    if turn.says_no:
        return [Reply(text=phrases_talk.ALL_RIGHT), *leave_question(turn)]
    return [Reply(text=phrases_shopping.BAD_EMAIL)] if "@" in turn.message.text else None


def answer_start_email(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """The address that shall get marketing."""
    if turn.understanding.first("email") is not None:
        return [*start(turn), *leave_question(turn)]
    if turn.says_no:
        return [Reply(text=phrases_consenting.IDEAS_OFF), *leave_question(turn)]
    return [Reply(text=phrases_shopping.BAD_EMAIL)] if "@" in turn.message.text else None
