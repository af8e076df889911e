"""Buttons that answer a question: they name it, so that an old button never answers a newer one."""

import hashlib
import hmac

from bot.messages import Reply, Verb
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import PendingQuestion


def token(turn: Turn) -> str:
    """Names the open question; empty where none is open."""
    return token_of(turn, turn.conversation.pending)


def token_of(turn: Turn, asked: PendingQuestion | None) -> str:
    """Names a question of this conversation.

    What the question is about, maybe the hash of an address, cannot be told from it.
    """
    if asked is None:
        return ""
    named = f"{turn.conversation.identity_id}/{asked.kind}/{asked.subject}"
    digest = hmac.new(turn.shop.hash_key, f"open question/{named}".encode(), hashlib.sha256)
    return f"{asked.kind}/{digest.hexdigest()[:16]}"


def yes_no(turn: Turn, text: str, yes: str, no: str, *, asked: PendingQuestion | None = None) -> Reply:
    """A question with two buttons that answer it: the one that is `asked`, else the open one."""
    answers = token_of(turn, asked or turn.conversation.pending)
    return Reply(text=text, buttons=(button(yes, Verb.YES, answers), button(no, Verb.NO, answers)))
