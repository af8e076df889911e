"""Tells who plainly wants marketing, or no more of it, from who asks about it, reports of it or only thinks of it.

Consent is taken from a plain wish alone, so that every doubt is none; an ending only from what plainly asks is not.
"""

from nlu.rules.conditions import conditional
from nlu.rules.mood_clauses import Clause, clauses_of
from nlu.rules.mood_words import (
    ABLE,
    ANOTHER_TIME,
    ASKING,
    ASKING_ANYWHERE,
    NEGATIONS,
    REQUESTS,
    STARTS,
    THANKS,
    THOUGHT_OF,
    WITH,
    YES,
    phrase_set,
)

# How a wish of one's own begins, behind words that only lead in.
_ORDERS = phrase_set(
    """
    subscribe | resubscribe | re subscribe | sign me | sign us | sign up | signup | sign my | opt me | opt in | opt us |
    add me | add us | add my | put me | put us | put my | enrol me | enroll me | enrol us | enroll us | register me |
    register us | join me | send | send me | mail me | email me | e mail me | keep me | keep us | include me | start |
    resume | turn on | turn marketing | turn the | turn my | switch on | switch marketing | switch the | get me |
    give me | let me have | let me get | let me hear | let me know | let us know | count me | count us |
    bring on | bring me | hit me | notify me | tell me about | inform me | write me | mail | email |
    marketing on | have me
    """
)
_WISHES = phrase_set(
    """
    i want | i do want | i really want | i wanna | wanna | i'd like | id like | i would like | i'd love | id love |
    i would love | i'd really like | i'd also like | i would also like | i would really like | would like | would love |
    i'd be happy | i would be happy | i wish to | i need | i'll take | i will take | i'll have | i subscribe |
    i hereby | i agree | i consent | i opt | i accept | i'm interested | im interested | i am interested | i'm in |
    we want | we'd like | we would like | we'd love | we agree | yes to | you may | you can | you're welcome to |
    you are welcome to | feel free | go ahead | sure send | gladly
    """
)
_NAMED = phrase_set(  # alone, it is asked for by its name
    """
    newsletter | the newsletter | your newsletter | newsletter subscription | newsletter sign up | newsletter signup |
    marketing | ideas | offers | deals | the deals | offers by mail | offers by email | ideas by mail |
    ideas by email | deals by mail | deals by email | deals by post | newsletter yes | marketing yes
    """
)
# What makes it less than a plain wish, wherever it stands: thought of, bound, once, or at another time.
_REPORTS = phrase_set(
    """
    or | may | read | always | usually | often | sometimes | hit | mean | meant | said | say | saying | says | told |
    wrote | typed | mentioned | asked | ask | heard | pressed | clicked | friend | wife | husband | someone |
    somebody | people | others | who | already | last time
    """
)
_DOUBTS = (THOUGHT_OF - _REPORTS) | phrase_set(
    """
    only | once | one time | one mail | one email | one newsletter | just one | single | just this | this time |
    first time | this one time | for today | for now | next | until | till | as soon as | not yet | trial | try out
    """
)
# For whom else it may be wished, beside the wish itself.
_OTHERS = phrase_set(
    """
    him | her | he | she | they | them | his | their | everyone | everybody | no one | friend | wife | husband |
    someone | somebody | people | others | who | boss | mother | mum | mom | dad | father | sister | brother | son |
    daughter | partner | colleague | colleagues | girlfriend | boyfriend | neighbour | neighbor | kids | team |
    company | customers
    """
)
_AGAINST = phrase_set("stop | end | ends | unsubscribe | cancel | quit | halt | cease | less | fewer")
_WONDERS = ASKING_ANYWHERE - phrase_set("let me know | tell me | cost | costs | fee | fees | option | rules")
_POLITE = phrase_set("please | pls | plz | thanks | thank you")


def wishes_for_it(text: str) -> bool:
    """Whether a message that is about marketing by mail plainly wishes for it, for whoever writes."""
    clauses = [clause for clause in clauses_of(text) if clause.words]
    asks = any(clause.begins(_POLITE) or clause.has(_POLITE) for clause in clauses)
    if conditional(text) is not None or any(clause.has(_DOUBTS | _AGAINST) for clause in clauses):
        return False
    return any(_wishes(clause, politely=asks) for clause in clauses)


def _wishes(clause: Clause, *, politely: bool) -> bool:
    if clause.has(_OTHERS | _WONDERS | NEGATIONS - phrase_set("keep")):
        return False
    if clause.begins(REQUESTS):
        return True
    if clause.begins(ABLE):
        return politely
    if clause.question or clause.begins(ASKING):
        return False
    return clause.begins(_ORDERS | _WISHES) or _is_only(clause, _NAMED | STARTS | WITH | YES)


def asks_about_it(text: str) -> bool:
    """Whether all of a message only asks, as "who can stop the newsletter?" does; "can you stop it?" wants it done."""
    clauses = [clause for clause in clauses_of(text) if clause.words and not _is_only(clause, STARTS | WITH | THANKS)]
    return bool(clauses) and all(map(_asks, clauses))


def _asks(clause: Clause) -> bool:
    if clause.begins(ABLE):
        return clause.has(ANOTHER_TIME | ASKING_ANYWHERE)
    if clause.begins(REQUESTS):
        return clause.has(THOUGHT_OF | ASKING_ANYWHERE | ANOTHER_TIME)
    return clause.begins(ASKING)


def _is_only(clause: Clause, phrases: frozenset[str]) -> bool:
    """Whether nothing but these phrases is in a clause."""
    whole = " ".join(clause.words)
    return whole in phrases or all(word in phrases for word in clause.words)
