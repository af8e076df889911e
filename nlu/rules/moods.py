"""Reads how a deed that is hard to take back is spoken of: ordered, refused, asked about, or only thought of.

A model guesses what a message is about; whether it says yes is decided here, by words, and wins over the model.
A clear yes is made of nothing but words that say yes to the deed. Everything else is none, whatever it sounds like.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import dropwhile, takewhile

from nlu.rules.cleaning import clean, shorten

LONGEST_PHRASE = 6  # words


class Mood(StrEnum):
    """How a message speaks of a deed."""

    COMMAND = "command"
    REFUSED = "refused"
    ASKED = "asked"
    WONDERED = "wondered"  # hypothetical, wished for another time, hesitated over, told of


class Stance(StrEnum):
    """What a message answers to "shall I do it?"."""

    YES = "yes"
    NO = "no"
    ASKS = "asks"
    UNCLEAR = "unclear"


def _set(words: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in words.split("|"))


# Why something is taken back, and how finally; beside a yes to placing they are none.
_REGRETS = _set(
    """
    my mistake | my bad | again | i'd rather | i have decided to | i decided to | it's a mistake |
    it was a mistake | i made a mistake | i changed my mind | changed my mind | i've changed my mind |
    i have changed my mind | by mistake | i don't need it | i don't need it anymore |
    i don't need it any more | i don't want it | i don't want it anymore | i don't want it any more |
    i no longer need it | i no longer want it | i do not need it | i do not want it | i don't need them |
    i don't want them | i don't need them anymore | i don't want them anymore | i do not need it anymore |
    i do not want it anymore | wrong colour | wrong color | wrong size | wrong item | wrong address |
    too expensive | i ordered the wrong one | i ordered the wrong thing | it was the wrong one | permanently |
    forever | for good
    """
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """Something that is hard to take back: its verbs, and what it is done to, as a customer names it.

    `done` holds the forms that tell of it ("cancelled", "cancellation"); they mention it and never order it.
    `yeses` say yes to this deed only, `beside` goes with a yes to it.
    Where it is not `numbered`, a number is something else than what the deed is done to.
    """

    verbs: frozenset[str]
    done: frozenset[str]
    things: frozenset[str]
    yeses: frozenset[str] = frozenset()
    beside: frozenset[str] = _REGRETS
    numbered: bool = True


CANCEL = Deed(
    verbs=_set(
        """
    cancel | cancle | cancell | cansel | cancl | canel | call it off | call off | call that off |
    call this off | scrap | void | annul | revoke | abort | undo | take it back | take that back | take back |
    withdraw | retract | rescind | get rid of | kill | scratch
    """
    ),
    done=_set(
        """
    cancels | cancelled | canceled | cancelling | canceling | cancellation | cancelation | cancellations |
    cancled | cancling | calling it off | calling off | called off | scrapping | voiding | revoking |
    aborting | undoing | scrapped | voided | aborted | undone | withdrawing | withdrawn | revoked | retracted
    """
    ),
    things=_set(
        """
    order | orders | purchase | one | both | all | all of them | both of them | both orders | all orders |
    everything | lot
    """
    ),
    yeses=_set("confirm the cancellation | confirm cancellation"),
)
# Only what speaks of cancelling wherever it stands; at the question "get rid of it" does too.
CANCELLING = Deed(
    verbs=frozenset(verb for verb in CANCEL.verbs if verb.startswith("can") or verb.endswith("off")),
    done=frozenset(form for form in CANCEL.done if form.startswith("can") or form.endswith("off")),
    things=CANCEL.things,
)
EMPTY = Deed(
    verbs=_set(
        """
    empty | clear | drop | remove | delete | discard | dump | trash | wipe | reset | ditch | take out |
    throw out | get rid of | toss | cancel
    """
    ),
    done=_set(
        """
    emptied | emptying | cleared | clearing | dropped | dropping | removed | removing | deleting | deleted |
    discarding | discarded | wiping | cancelling | canceling | cancelled
    """
    ),
    things=_set(
        """
    cart | basket | trolley | bag | everything | all | all of it | all of them | lot | items | things | stuff
    """
    ),
)
FORGET = Deed(
    verbs=_set("forget | delete | erase | remove | wipe | purge | destroy | get rid of"),
    done=_set(
    """
    forgetting | forgotten | deleting | deleted | erasing | erased | removing | removed | wiping | wiped |
    deletion | erasure | purged
    """
),
    things=_set(
    """
    me | data | my data | everything | everything about me | all | all of it | account | details |
    information | info | personal data | all my data | about me
    """
),
)  # fmt: skip
STOP_MAILS = Deed(
    verbs=_set("stop | unsubscribe | opt out | end | quit | halt"),
    done=_set("stopping | stopped | unsubscribing | unsubscribed | opting out | ending"),
    things=_set(
        """
    mails | mail | emails | email | marketing | ideas | newsletter | newsletters | messages | sending
    """
    ),
)

# Placing takes nothing back, so that contentment with what is shown says yes to it, which it does to no other deed.
PLACE = Deed(
    verbs=_set(
        """
    place | order | buy | purchase it | purchase them | purchase this | submit | send | ship | deliver | process |
    complete | finalise | finalize | proceed | check out | checkout | confirm | comfirm | confrim | accept |
    approve | take it | send it off | ship it off | put it through
    """
    ),
    done=_set("placed | ordered | bought | purchased | sent | shipped | delivered | processed | confirmed"),
    things=_set(
        """
    order | purchase | cart | basket | everything | all | all of it | all of them | lot | items | things | stuff
    """
    ),
    yeses=_set(
        """
    ok | okay | k | kk | okey | okie | okie dokie | okey dokey | oki | alright | all right | right | correct |
    exactly | confirmed | i confirm | indeed | positive | go on | let's go | lets go | carry on | continue |
    fine by me | fine with me | works for me | perfect | excellent | great | good | very good | very well |
    fine | cool | wonderful | awesome | brilliant | super | fantastic | lovely | all good | good to go | all set |
    that's it | that is it | that's all | that is all | that's fine | that is fine | that's good | that's great |
    that's perfect | that's okay | that's ok | thats right | thats correct | thats fine | it's right | it's all right |
    it's correct | it is correct | is correct | is right | is fine | is good | is perfect | is ok | is okay |
    is great | is in order | looks good | looks right | looks correct | looks fine | looks great |
    looks perfect | looks ok | looks okay | look good | looking good | lgtm | sounds good | sounds right |
    sounds great | sounds fine | sounds perfect | sounds ok | sounds okay | sounds like a plan | seems good |
    seems right | seems fine | seems correct | i agree | agreed | deal | it's a deal | done deal | accepted |
    approved | i'd like that | i would like that | i'd love that | i'd like it | i'd love to | i want it |
    i want that | i want them | i'll take it | i'll take them | i'll have it | i'll buy it | we want it |
    we'll take it | it's fine | it's good | it's perfect | you bet |
    obviously | naturally | surely | roger | yess | yes sir | yessir | yees | yepp | yeap | uh huh | gladly |
    with pleasure | make it happen | vale | claro | d'accord | genau | gerne | da | sim
    """
    ),
    beside=_set(
        """
    i | we | i'll | i will | we'll | with | today | as soon as possible | quickly | bye | goodbye | good bye |
    bye bye | good day | good night | good morning | good evening | the deal | see you | have a nice day |
    have a good day | have a great day | have a good one | thanks a lot | thanks so much | thank you so much |
    many thanks | thank u | tysm | appreciate it | much appreciated | buddy | pal | friend | my friend | man |
    guys | ma'am | madam | nice | no problem | no worries | bitte | danke | merci | gracias | por favor |
    lol | haha | as shown | as it is | as is | wow | yay
    """
    ),
    numbered=False,
)
# Changing a placed order as its card shows it.
CHANGE = replace(
    PLACE,
    verbs=PLACE.verbs
    | _set("change it | change that | change this | change the order | change my order | make the change"),
    things=PLACE.things | _set("change | changes"),
)
# Taking what a question offers, be it a number of pieces, a product or an address.
TAKE = replace(
    PLACE,
    verbs=_set("take | add | use | include | choose | pick | give me | put them in | put it in | order | buy | send"),
    done=_set("taken | added | used"),
    things=_set("all | all of them | many | pieces | address | email | e-mail | mail | code | what's left"),
)

_YES = _set(
    """
    yes | yeah | yep | yup | ya | yea | yeh | y | yas | aye | sure | sure thing | absolutely | definitely |
    certainly | affirmative | of course | go ahead |
    go for it | do it | do so | do that | do this | please do | that's right | that is right | that's correct |
    that is correct | i'm sure | im sure | i am sure | quite sure | very sure | totally | by all means | i do |
    for sure | for certain | 100% | 👍 | ✅ | 👌 | ✔️ | ✔ | 🆗 | make it so | yes please | sí | si | oui | ja
    """
)
# A yes when they stand alone: "ok" is one, "ok thanks" and "confirm my order" are none.
_ALONE = _set(
    """
    ok | okay | k | kk | okey | okie | alright | all right | right | correct | exactly | confirm | confirmed |
    i confirm | indeed | positive | go on | fine by me
    """
)
_BESIDE_ALONE = _set("please | pls | plz | then | so | yes | and | well | oh | now")
# They go with a yes and say none by themselves.
_WITH = _set(
    """
    please | pls | plz | thanks | thank you | thx | ty | cheers | now | right now | right away | immediately |
    at once | asap | then | just | really | very much | much | for me | thank you very much | hi | hello |
    hey | so | and | well | oh | ah | great | good | perfect | fine | that's fine | cool | actually | sorry |
    i'm sorry | indeed | as i said | if possible | if you can | if you could |
    i want to | i want you to | i'd like to | i would like to | i'd like you to | i would like you to |
    i wish to | i need to | i need you to | i have to | i do want to | i really want to |
    let's | lets | can you | could you | would you | will you | can u |
    could u | pretty please | kindly | go ahead and | you can | you may | you should | feel free to | i mean |
    sir | mate | bot | dear | entirely | completely | whole | entire | thing
    """
)
_IT = _set(
    """
    it | that | this | them | those | these | the | my | our | of | to | number | no. | # | me | order
    """
)
_WISHING = _set(
    """
    i want | i'd like | i would like | i need | get | have | want | please get | please have
    """
)
_ONE_ORDER = _set("the | my | our | this | that | whole | entire | last | latest | #")

_NO = _set(
    """
    no | nope | nah | naw | noo | n | never | no way | no thanks | no thank you | don't | dont | do not |
    do nt | donot | dnt | please don't | not now | not yet | not really |
    not this | not that | not it | not the | not my | not both |
    neither | none | none of them | wait | hold on | hang on | hold up | hold it | keep | keeping | leave |
    stop | nevermind | never mind | nvm | forget it | forget that | 👎 | ❌ | 🚫 | non | nein | rather not |
    i'd rather not | i would rather not | let it be | let it | don't you dare | stays | stay | still want |
    still need | not cancel | changed my mind about cancelling | retain
    """
)
# They sound like a yes and are none: "yeah right" doubts, "correct it" wants a change.
_NO_YES = _set(
    """
    yeah right | correct it | correct that | correct this | correct them | correct the | correct my | correct me |
    correct order
    """
)
_NEGATIONS = _set(
    """
    not | no | never | don't | dont | doesn't | doesnt | didn't | didnt | won't | wont | wouldn't | wouldnt |
    can't | cant | cannot | couldn't | couldnt | shouldn't | shouldnt | isn't | isnt | aren't | arent |
    wasn't | wasnt | weren't | haven't | havent | hasn't | hasnt | hadn't | mustn't | mustnt | needn't |
    neednt | ain't | aint | without | neither | nor | nobody | no one | none | nothing | nowhere | avoid |
    refuse | refusing | instead of | rather than | donot | dnt | hardly | rather not | keep | unwilling |
    against | hold off | dun
    """
)
_ASKING = _set(
    """
    what | what's | whats | when | when's | how | how's | why | who | which | where | is | are | am | was |
    were | does | do i | do you | do we | do they | did | can i | can we | can it | can they | can that |
    can this | can the | can my | can an | can a | could i | could we | could it | may i | may we | might i |
    should i | should we | shall i | shall we | would i | would it | would that | would there | would my |
    will i | will it | will my | will the | will there | will that | has | have you | have i | haven't |
    hasn't | isn't | aren't | can't | couldn't | won't | wouldn't | didn't | doesn't | until when | till when |
    by when | how do | any way | any chance | any possibility | is there | whether | in what case |
    under what | am i | what about | how about | since when | can orders | can one | can people | does it |
    must i | do i need | must we | at what
    """
)
_ASKING_ANYWHERE = _set(
    """
    possible | possibility | i wonder | wonder | wondering | curious | tell me | let me know | want to know |
    like to know | need to know | explain | do you know | just asking | any way | asking | a question |
    question | able | what happens | what if | how long | how late | until when | policy | rules | fee | fees |
    charge | charged | cost | costs | deadline | too late | still time | option
    """
)
_REQUESTS = _set(
    """
    can you | could you | would you | will you | can u | could u | would u | can someone | could someone |
    can somebody | would you mind | can ya | do you mind | could you please | can you please
    """
)
_ABLE = _set("can i | could i | can we | could we | may i | can i please | could i please")
_ANOTHER_TIME = _set(
    """
    still | later | tomorrow | after | before | anytime | any time | afterwards | eventually | once | tonight |
    next | then | until | till | without | free | for free | easily | whenever | online | day | days | hour |
    hours | week | weeks | minutes
    """
)
_THOUGHT_OF = _set(
    """
    if | unless | in case | suppose | supposing | imagine | whether | maybe | perhaps | might | may |
    possibly | probably | thinking | thought | think | considering | considered | consider | tempted |
    hesitating | not sure | unsure | undecided | was going to | were going to | almost | nearly | wanted to |
    planned | planning | would have | should have | could have | hmm | hm | later | tomorrow | someday |
    one day | eventually | sometime | wish i could | wishes | i guess | i suppose | i think | idk | dunno |
    depends | in theory | theoretically | hypothetically | or | had to | got to | afraid | scared | worried |
    hope | said | say | saying | says | told | wrote | typed | meant | mean | mentioned | asked | ask | heard |
    read | pressed | clicked | hit | friend | wife | husband | someone | somebody | people | others | who |
    already | let me think | or not | either way | whatever | not yet | too soon | used to | last time |
    always | usually | sometimes | often
    """
)
_POLITE_IF = _set(
    """
    if possible | if you can | if you could | if that's ok | if it's ok | if that's okay | if that is ok |
    if u can | if that's possible | if it's possible | if you don't mind | if not too late |
    if it's not too late
    """
)
_STARTS = _set(
    """
    so | ok | okay | and | but | hi | hey | hello | um | uh | er | well | just | sorry | also | wait | hmm |
    oh | ah | please | pls | quick question | actually | then | now | no | yes | yeah | alright | question |
    by the way | btw | excuse me | ahem | anyway | still | like
    """
)

_PIECE = re.compile(r"[^\W_]+(?:['.][^\W_]+){0,3}%?|#|[?!.,;:\n()…]|[👍👎✅❌👌🚫✔🆗]")
_LONG = re.compile(r"(\w)\1{2,}")
_ENDS = frozenset(".,;:!?\n()…")
_SPLITS = frozenset(
    {"and", "but", "because", "since", "though", "although", "however", "please", "pls", "plz", "cause", "cos", "coz"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Clause:
    words: tuple[str, ...]
    question: bool  # it ends with a question mark

    def has(self, phrases: frozenset[str], upto: int | None = None) -> bool:
        """Whether one of the phrases stands in it, before the word `upto`."""
        words = self.words[:upto]
        return any(phrase in phrases for phrase, _ in _spans(words))

    def begins(self, phrases: frozenset[str]) -> bool:
        """Whether it begins with one of the phrases, behind words that only lead in."""
        at = 0
        while at < len(self.words):
            if _match(self.words, at, phrases):
                return True
            led = _match(self.words, at, _STARTS)
            if not led:
                return False
            at += led
        return False


def mood_of(text: str, deed: Deed) -> Mood | None:
    """How a message speaks of a deed; None where it does not mention it. What it says last counts, a refusal most."""
    clauses = list(_clauses(text))
    moods = [mood for clause in clauses if (mood := _mood(clause, deed)) is not None]
    if not moods:
        return None
    if any(clause.question and clause.begins(_ASKING) and not clause.begins(_REQUESTS | _ABLE) for clause in clauses):
        return Mood.ASKED
    thought = any(
        clause.begins(_set("if | unless | in case | what if | suppose | only if | even if")) for clause in clauses
    )
    if thought and Mood.ASKED not in moods and not _politely(clauses):
        return Mood.WONDERED if moods[-1] is not Mood.REFUSED else Mood.REFUSED
    last = next(clause for clause in reversed(clauses) if clause.words)
    if Mood.ASKED not in moods and _says_no(last) and _mood(last, deed) is None:
        return Mood.REFUSED
    for mood in (Mood.COMMAND, Mood.ASKED, Mood.WONDERED):
        if mood in moods and moods[-1] is not Mood.REFUSED:
            return mood
    return Mood.REFUSED


def stance_of(text: str, deed: Deed) -> Stance:
    """What a message answers when it was asked whether the deed shall be done."""
    if _agrees(text, deed):
        return Stance.YES
    mood = mood_of(text, deed)
    if mood is Mood.ASKED:
        return Stance.ASKS
    clauses = list(_clauses(text))
    if mood is Mood.REFUSED or (mood is None and any(_says_no(clause) for clause in clauses)):
        return Stance.NO
    return Stance.UNCLEAR


def asks_back(text: str) -> bool:
    """Whether a message asks something, whatever it sounds like besides: "is that right", "correct?"."""
    return any(clause.question or clause.begins(_ASKING) for clause in _clauses(text))


def names_only(text: str, deed: Deed) -> bool:
    """Whether a message, asked what shall be done it to, names the deed or its things and nothing else."""
    return _agrees(text, deed) is not None


def is_alone(text: str, deed: Deed) -> bool:
    """Whether a message speaks of nothing but the deed, so that nothing is lost when only that is answered."""
    return all(
        _mood(clause, deed) is not None or all(word in _PLAIN for word in clause.words) for clause in _clauses(text)
    )


def _agrees(text: str, deed: Deed) -> bool | None:
    """Whether a message whose every word goes with a yes to the deed does say one; None where a word does not."""
    if shorten(text) != text:
        return None  # what is cut off may say no
    said = requested = False
    alone: list[str] = []  # what stands beside a yes that counts only alone
    weak = False
    for clause in _clauses(text):
        if clause.begins(_ASKING) and not clause.begins(_REQUESTS):
            return None
        at, words = 0, clause.words
        while at < len(words):
            verb = _match(words, at, deed.verbs)
            if verb == 1 and words[at] == "order" and not _orders_something(words, at, deed):
                verb = 0
            yes = max(verb, _match(words, at, _YES | deed.yeses))
            beside = _match(words, at, _WITH | _IT | deed.things | deed.beside)
            if _match(words, at, _NO | _NO_YES) > max(yes, beside):
                return None
            if wished := _done_to_it(words, at, deed):
                at, said = at + wished, True
            elif led := _match(words, at, _REQUESTS):
                at, requested = at + led, True
            elif yes and yes >= beside:
                at, said = at + yes, True
            elif (lone := _match(words, at, _ALONE)) and lone >= beside:
                at, weak = at + lone, True
            elif deed.numbered and words[at].isdecimal() and len(words[at]) > 2:
                at += 1
                alone.append("number")
            elif beside and not _orders_something(words, at, deed):
                alone.append(" ".join(words[at : at + beside]))
                at += beside
            else:
                return None
        if clause.question and not requested:
            return None
    return said or (weak and all(phrase in _BESIDE_ALONE for phrase in alone))


def _done_to_it(words: Sequence[str], at: int, deed: Deed) -> int:
    """How many words say "I want it cancelled"; 0 where they do not."""
    wishing = _match(words, at, _WISHING)
    for things in (1, 2):
        behind = at + wishing + things
        if wishing and all(word in _IT or word in deed.things for word in words[at + wishing : behind]):
            done = _match(words, behind, deed.done)
            if done:
                return wishing + things + done
    return 0


def _orders_something(words: Sequence[str], at: int, deed: Deed) -> bool:
    """Whether the "order" at that place is a verb, as in "yes order it"."""
    if words[at] != "order":
        return False
    before, behind = words[at - 1] if at else "", words[at + 1 : at + 2]
    numbered = bool(behind) and (behind[0] == "#" or behind[0].isdecimal())
    return not numbered and before not in _ONE_ORDER and not (at and _match(words, at - 1, deed.verbs))


def _mood(clause: _Clause, deed: Deed) -> Mood | None:
    place = next((at for at in range(len(clause.words)) if _match(clause.words, at, deed.verbs | deed.done)), None)
    if place is None:
        return None
    if clause.has(_ASKING_ANYWHERE) or (clause.begins(_ASKING) and not clause.begins(_REQUESTS)):
        able = clause.begins(_ABLE) and not clause.has(_ANOTHER_TIME | _ASKING_ANYWHERE | _THOUGHT_OF)
        if not able:
            negated_statement = clause.has(_set("no | not | don't | never"), place) and not clause.question
            if not (negated_statement and not clause.begins(_ASKING)):
                return Mood.ASKED
    if clause.has(_NEGATIONS, place) or clause.has(_set("not"), None):
        bare_no = clause.words[:place] and all(word in ("no", "oh", "yes", "ok") for word in clause.words[:place])
        return Mood.WONDERED if bare_no else Mood.REFUSED
    if clause.has(_THOUGHT_OF) and not clause.has(_POLITE_IF):
        return Mood.WONDERED
    if not _match(clause.words, place, deed.verbs):
        wished = clause.has(_set("want | like | need | wish | mind | get | request | requesting"), place)
        return Mood.COMMAND if wished else Mood.WONDERED
    return Mood.COMMAND


def _says_no(clause: _Clause) -> bool:
    return clause.begins(_NO)


def _politely(clauses: Sequence[_Clause]) -> bool:
    return any(clause.has(_POLITE_IF) for clause in clauses)


def _clauses(text: str) -> Iterator[_Clause]:
    pieces = [_LONG.sub(r"\1", piece) for piece in _PIECE.findall(clean(shorten(text)).lower())]
    words: list[str] = []
    for index, piece in enumerate(pieces):
        if piece in _ENDS:
            if words:
                yield _Clause(words=tuple(words), question=_asks(pieces, index))
            words = []
            continue
        if piece in _SPLITS and words:
            yield _Clause(words=tuple(words), question=_asks(pieces, index))
            words = []
        words.append(piece)
    if words:
        yield _Clause(words=tuple(words), question=False)


def _asks(pieces: Sequence[str], index: int) -> bool:
    """Whether the sentence that goes on at `index` ends with a question mark, maybe among other signs."""
    ends = dropwhile(lambda piece: piece not in _ENDS or piece in ",;:()", pieces[index:])
    return "?" in takewhile(lambda piece: piece in _ENDS, ends)


def _match(words: Sequence[str], at: int, phrases: frozenset[str]) -> int:
    """How many words from `at` on are the longest of the phrases; 0 for none."""
    for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        if " ".join(words[at : at + length]) in phrases:
            return length
    return 0


def _spans(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    for at in range(len(words)):
        for length in range(1, min(LONGEST_PHRASE, len(words) - at) + 1):
            yield " ".join(words[at : at + length]), at


_PLAIN = frozenset(word for phrase in _YES | _WITH | _NO | _IT | _STARTS for word in phrase.split())
