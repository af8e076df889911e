"""Proves a customer's e-mail with a code, and links a second chat to it.

Whether the shop knows an address changes nothing here: neither words nor buttons nor the number of messages. What is
typed as a code is compared and forgotten.
"""

from bot.messages import Reply, Verb
from bot.phrases import labels
from bot.phrases import proving as phrases_proving
from bot.phrases import shopping as phrases_shopping
from bot.phrases.sorry import sorry
from bot.shopping import asking, checkout, codes
from bot.shopping.cards import MY_ORDERS, PROVE, button
from bot.turn import Turn
from domain.conversation import Asked, Did, PendingQuestion
from domain.errors import BadEmail
from domain.people.identity import hash_email, mask_email, normalise_email
from domain.people.proving import HOUR, CodeOutcome, ask_code, make_link, try_code, use_link
from domain.records.proofs import Proof
from nlu.rules.deeds import USE
from nlu.rules.moods import Stance
from nlu.rules.offered_emails import proven
from nlu.rules.said import Saying

MOST_COUNTED = 50
NEW_CODE = button(labels.NEW_CODE, Verb.CODE_AGAIN)
LINK = button(labels.LINK_CHAT, Verb.LINK_CODE)


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to a code or to "send it again"; None for anything else, such as digits that answer a question."""
    link = turn.said(Saying.LINK_CODE)
    if link is not None and any(one.isdecimal() for one in link.values["code"]):  # “link this chat” is none
        return _use_link(turn, link.values["code"])
    if turn.said(Saying.ANOTHER_CODE) and _waits(turn):
        return again(turn)
    code = turn.said(Saying.CODE)
    if code is None or not _expected(turn):
        return None
    digits = "".join(one for one in code.values["first"] + code.values["last"] if one.isdecimal())
    return _try(turn, digits)


def which(turn: Turn) -> list[Reply]:
    """Asks which address is to be proven; the one of this conversation is offered, and used after a tap or a yes."""
    conversation = turn.conversation
    if conversation.hashed_email is None or conversation.hashed_email == conversation.proven_email:
        conversation.pending = PendingQuestion(kind=Asked.PROVE_EMAIL)
        return [Reply(text=phrases_proving.WHICH_EMAIL)]
    masked = conversation.masked_email
    return _offer(turn, conversation.hashed_email, masked, phrases_proving.which_email_or(email=masked))


def verifying(turn: Turn) -> list[Reply]:
    """A code to the address that a message offers to be proven; nothing is told or mailed of one that it asks about."""
    email = turn.emails[0]
    if proven(turn.understanding.text, email):
        return start_said(turn, email.value)
    return [Reply(text=phrases_proving.NOT_TOLD, buttons=(PROVE,))]


def start_said(turn: Turn, written: str) -> list[Reply]:
    """As `start`, for what a message says; of two addresses it is asked which."""
    if len({email.value.lower() for email in turn.emails}) < 2:
        return start(turn, written)
    turn.conversation.pending = PendingQuestion(kind=Asked.PROVE_EMAIL)
    return [Reply(text=phrases_proving.SEVERAL_EMAILS)]


def start(turn: Turn, written: str) -> list[Reply]:
    """Has a code mailed to the address, and waits for it."""
    try:
        email = normalise_email(written)
    except BadEmail as error:
        return _bad(turn, error)
    hashed = hash_email(email, turn.shop.hash_key)
    masked = mask_email(email)
    if hashed == turn.conversation.proven_email:
        done = Reply(text=phrases_proving.already_proven(email=masked), buttons=(MY_ORDERS, LINK))
        return [done, *_back_to_order(turn)]
    identity_id = turn.conversation.identity_id
    most = turn.shop.unproven_mails
    if not ask_code(
        turn.uow, identity_id=identity_id, hashed_email=hashed, email=email, origin=turn.origin, most=most, now=turn.now
    ):
        return [Reply(text=phrases_proving.TRY_LATER)]
    turn.conversation.pending = PendingQuestion(kind=Asked.CODE)
    return [Reply(text=phrases_proving.code_comes(email=masked))]


def start_offered(turn: Turn, hashed_email: str) -> list[Reply]:
    """As `start`, for an address that was offered in `which` or as the fix of a typo."""
    email = turn.uow.people.email(hashed_email)
    if email is None:  # it was forgotten meanwhile
        turn.conversation.pending = PendingQuestion(kind=Asked.PROVE_EMAIL)
        return [Reply(text=phrases_proving.WHICH_EMAIL)]
    return start(turn, email)


def again(turn: Turn) -> list[Reply]:
    """Has another code mailed to the address that the last one went to."""
    last = turn.uow.proofs.latest_of(turn.conversation.identity_id, turn.now - HOUR)
    return which(turn) if last is None else start(turn, last.email)


def stop(turn: Turn) -> list[Reply]:
    """The customer will not prove an address; an order that was on its way goes on."""
    turn.conversation.pending = None
    return [Reply(text=phrases_proving.STOPPED), *_back_to_order(turn)]


def how_to_link(turn: Turn) -> list[Reply]:
    """Explains how two chats come to see the same orders."""
    if turn.conversation.proven_email is None:
        return [Reply(text=phrases_proving.HOW_TO_LINK, buttons=(PROVE,))]
    return [Reply(text=f"{phrases_proving.HOW_TO_LINK}\n{phrases_proving.HOW_TO_LINK_AT_ONCE}", buttons=(LINK,))]


def link_code(turn: Turn) -> list[Reply]:
    """Shows a code that links another chat to this one's proven address."""
    proven = turn.conversation.proven_email
    if proven is None:
        return [Reply(text=phrases_proving.LINK_NEEDS_PROOF, buttons=(PROVE,))]
    identity_id, key = turn.conversation.identity_id, turn.shop.hash_key
    code = make_link(turn.uow, identity_id=identity_id, proven_email=proven, key=key, now=turn.now)
    if code is None:
        return [Reply(text=phrases_proving.LINK_NEEDS_PROOF, buttons=(PROVE,))]
    return [Reply(text=phrases_proving.link_code(code=code))]


def _use_link(turn: Turn, code: str) -> list[Reply]:
    identity_id, key = turn.conversation.identity_id, turn.shop.hash_key
    proof = use_link(turn.uow, code, identity_id=identity_id, origin=turn.origin, key=key, now=turn.now)
    if proof is None:
        return [Reply(text=phrases_proving.LINK_REFUSED)]
    return _proven(turn, proof, by_link=True)


def answer_email(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """The address that is to be proven, or a yes to the one that is known."""
    email = turn.understanding.first("email")
    if email is not None:
        return start_said(turn, email.value)
    if turn.emails:
        return verifying(turn)
    if turn.stance(USE) is Stance.YES and pending.subject:
        return start_offered(turn, pending.subject)
    if turn.says_no:
        return stop(turn)
    return [Reply(text=phrases_shopping.BAD_EMAIL)] if "@" in turn.message.text else None


def answer_code(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """A code itself was tried before (`proving.typed`); another address gets a code of its own."""
    email = turn.understanding.first("email")
    if email is not None and turn.understanding.intent in ("provide_email", "deny"):
        return start_said(turn, email.value)
    return stop(turn) if turn.says_no else None


def _expected(turn: Turn) -> bool:
    """Whether six digits mean a code here: one was asked for, and they answer no other question."""
    if _waits(turn):
        return True
    if "code" not in turn.message.text.casefold() and turn.asked is not None and turn.asked.takes_six_digits:
        return False
    return turn.uow.proofs.open_of(turn.conversation.identity_id, turn.now) is not None


def _waits(turn: Turn) -> bool:
    """Whether the code is the open question."""
    pending = turn.conversation.pending
    return pending is not None and pending.kind is Asked.CODE


def _try(turn: Turn, code: str) -> list[Reply]:
    identity_id, key = turn.conversation.identity_id, turn.shop.hash_key
    tried = try_code(turn.uow, code, identity_id=identity_id, key=key, now=turn.now)
    if tried.proof is not None:
        return _proven(turn, tried.proof, by_link=False)
    if tried.outcome is CodeOutcome.WRONG:
        return [Reply(text=phrases_proving.wrong_code(left=tried.left))]
    text = phrases_proving.SPENT if tried.outcome is CodeOutcome.SPENT else phrases_proving.EXPIRED
    return [Reply(text=text, buttons=(NEW_CODE,))]


def _proven(turn: Turn, proof: Proof, *, by_link: bool) -> list[Reply]:
    """The address is this identity's now; it becomes the conversation's where none was typed."""
    conversation, masked = turn.conversation, mask_email(proof.email)
    conversation.proven_email = proof.hashed_email
    turn.note_deed(Did.PROVEN)
    moved = conversation.take_proven(proof.hashed_email, masked)
    asked = conversation.pending
    if asked is not None and asked.kind in (Asked.CODE, Asked.PROVE_EMAIL, Asked.EMAIL):
        conversation.pending = None
    elif (moved or conversation.codes) and asked is not None and asked.kind is Asked.CONFIRM:
        conversation.pending = None  # its card names the address of before, or lacks what is for the proven one
    count = len(turn.uow.orders.of_identity(turn.identity, limit=MOST_COUNTED + 1))
    words = phrases_proving.linked if by_link else phrases_proving.proven
    text = words(email=masked, orders=phrases_proving.orders_seen(count=count, most=MOST_COUNTED))
    return [Reply(text="\n".join([text, *codes.again(turn)]), buttons=(MY_ORDERS,)), *_back_to_order(turn)]


def _offer(turn: Turn, hashed_email: str, masked_email: str, question: str) -> list[Reply]:
    turn.conversation.pending = PendingQuestion(kind=Asked.PROVE_EMAIL, subject=hashed_email, options=(masked_email,))
    yes = button(masked_email, Verb.YES, asking.token(turn))
    return [Reply(text=question, buttons=(yes,))]


def _bad(turn: Turn, error: BadEmail) -> list[Reply]:
    """The address is none, or likely mistyped; a yes takes the fix."""
    if not error.suggestion:
        turn.conversation.pending = PendingQuestion(kind=Asked.PROVE_EMAIL)
        return [Reply(text=sorry(turn, error))]
    hashed = hash_email(error.suggestion, turn.shop.hash_key)
    turn.uow.people.remember_email(hashed, error.suggestion, turn.now)
    return _offer(turn, hashed, mask_email(error.suggestion), sorry(turn, error))


def _back_to_order(turn: Turn) -> list[Reply]:
    """The next question of an order that a proof came in between of."""
    conversation = turn.conversation
    return checkout.next_step(turn, []) if conversation.checking_out and conversation.pending is None else []
