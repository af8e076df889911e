"""What is hard to take back, as customers call it: each deed with its verbs, its things and what says yes to it."""

from dataclasses import dataclass, replace

from nlu.rules.mood_words import ALONE, CONFIRMS, FAREWELLS, THANKS, phrase_set

# Why something is taken back, and how finally; beside a yes to placing they are none.
_REGRETS = phrase_set(
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
    Those of `backs` are verbs that take back whatever was last said, unless what the deed is done to follows them.
    `yeses` say yes to this deed only, `beside` goes with a yes to it.
    A deed that `gives` says with its things what is wanted; of any other, who names them without a verb may want to
    keep them. Only where it is `numbered`, a number is what the deed is done to; `reasons` tells whether a reason may
    stand behind a yes to it. What is `alone` says yes when nothing stands beside it; a deed `by_name` wants its verb.
    Of its verbs, `own` are those by which the shop is asked to do it ("could you place it?"); with the others the same
    question asks for advice ("could you buy it?"). Without them all are its own. What is `final` is done at no request.
    """

    verbs: frozenset[str]
    done: frozenset[str]
    things: frozenset[str]
    backs: frozenset[str] = frozenset()
    yeses: frozenset[str] = frozenset()
    beside: frozenset[str] = _REGRETS
    gives: bool = False
    numbered: bool = False
    reasons: bool = True
    alone: frozenset[str] = ALONE
    by_name: bool = False
    own: frozenset[str] = frozenset()
    final: bool = False


CANCEL = Deed(
    verbs=phrase_set(
        """
    cancel | cancle | cancell | cansel | cancl | canel | call it off | call off | call that off |
    call this off | scrap | void | annul | revoke | abort | undo | take it back | take that back | take back |
    withdraw | retract | rescind | get rid of | kill | scratch | confirm the cancellation | confirm cancellation |
    confirm my cancellation | confirm the cancel
    """
    ),
    done=phrase_set(
        """
    cancels | cancelled | canceled | cancelling | canceling | cancellation | cancelation | cancellations |
    cancled | cancling | calling it off | calling off | called off | scrapping | voiding | revoking |
    aborting | undoing | scrapped | voided | aborted | undone | withdrawing | withdrawn | revoked | retracted
    """
    ),
    things=phrase_set(
        """
    order | orders | purchase | one | both | all | all of them | both of them | both orders | all orders |
    everything | lot
    """
    ),
    backs=phrase_set(
        """
    undo | take it back | take that back | take back | revoke | abort | withdraw | retract | rescind
    """
    ),
    numbered=True,
)
# Only what speaks of cancelling wherever it stands; at the question "get rid of it" does too.
CANCELLING = Deed(
    verbs=frozenset(verb for verb in CANCEL.verbs if verb.startswith("can") or verb.endswith("off")),
    done=frozenset(form for form in CANCEL.done if form.startswith("can") or form.endswith("off")),
    things=CANCEL.things,
)
EMPTY = Deed(
    verbs=phrase_set(
        """
    empty | clear | drop | remove | delete | discard | dump | trash | wipe | reset | ditch | take out |
    throw out | get rid of | toss | cancel
    """
    ),
    done=phrase_set(
        """
    emptied | emptying | cleared | clearing | dropped | dropping | removed | removing | deleting | deleted |
    discarding | discarded | wiping | cancelling | canceling | cancelled
    """
    ),
    things=phrase_set(
        """
    cart | basket | trolley | bag | everything | all | all of it | all of them | lot | items | things | stuff
    """
    ),
    backs=frozenset({"cancel"}),
)
TAKE_OUT = Deed(  # of the cart, one thing or several
    verbs=phrase_set(
        """
    remove | take out | take off | drop | delete | discard | get rid of | throw out | lose | scrap | take away |
    take | put | bin | remov | cut
    """
    ),
    done=phrase_set("removed | removing | dropped | dropping | deleted | deleting | taken out | taking out"),
    things=frozenset(),
)
COUNT = Deed(  # anew, what is in the cart
    verbs=phrase_set("make | change | set | double | triple | halve | increase | reduce | raise | lower | bump"),
    done=phrase_set("made | changed | doubled | changing | making"),
    things=frozenset(),
)
REPLACE = Deed(  # one thing in the cart by another
    verbs=phrase_set("swap | replace | exchange | trade | switch | change"),
    done=phrase_set("swapped | replaced | swapping | replacing | exchanged | switched"),
    things=frozenset(),
)
ADD = Deed(  # to the cart
    verbs=phrase_set("add | order | send | put | buy | include | get me | give me | throw in | pack"),
    done=phrase_set("added | ordered | adding | ordering"),
    things=frozenset(),
)
FORGET = Deed(
    verbs=phrase_set("forget | delete | erase | remove | wipe | purge | destroy | get rid of"),
    done=phrase_set(
    """
    forgetting | forgotten | deleting | deleted | erasing | erased | removing | removed | wiping | wiped |
    deletion | erasure | purged
    """
),
    things=phrase_set(
    """
    me | data | my data | everything | everything about me | all | all of it | account | details |
    information | info | personal data | all my data | about me
    """
),
    backs=frozenset({"forget"}),
    reasons=False,
    alone=frozenset(),  # nothing brings back what is erased
    final=True,
)  # fmt: skip
GIVE_BACK = Deed(  # what was delivered, for money or for another one
    verbs=phrase_set(
        """
    return | give back | send back | give it back | send it back | give them back | send them back | exchange |
    swap | swop | trade | switch | replace | refund | confirm the return | confirm the exchange
    """
    ),
    done=phrase_set(
        """
    returned | returning | returns | refunded | refunding | exchanged | exchanging | swapped | swapping | replaced |
    replacing | sent back | sending back | sending it back | given back | giving back | giving it back
    """
    ),
    things=phrase_set("everything | all | all of it | all of them | both | both of them | one | item | items | lot"),
)
STOP_MAILS = Deed(
    verbs=phrase_set("stop | unsubscribe | opt out | end | quit | halt"),
    done=phrase_set("stopping | stopped | unsubscribing | unsubscribed | opting out | ending"),
    things=phrase_set(
        """
    mails | mail | emails | email | marketing | ideas | newsletter | newsletters | messages | sending
    """
    ),
)
GET_MAILS = Deed(
    verbs=phrase_set("mail | mail me | email | email me | e-mail | e-mail me | send | send me"),
    done=phrase_set("mailing | sending | mailed | sent"),
    things=phrase_set("ideas | some | some ideas | them | those | mails | emails"),
    gives=True,
)

# By these the shop is told to do what it shows, whatever that is.
_ACCEPTING = phrase_set(
    """
    submit | process | complete | finalise | finalize | proceed | confirm | comfirm | confrim | accept | approve |
    put it through
    """
)
# By these something is bought. They are a yes where something is bought, and nowhere else.
_BUYING = phrase_set(
    """
    place | order | buy | purchase it | purchase them | purchase this | send | ship | deliver | dispatch | fulfil |
    fulfill | book it | check out | checkout | take it | send it off | ship it off
    """
)
# So are these: at a question that takes something away, who wants it may want to keep it.
_WANTING = phrase_set(
    """
    i'd like that | i would like that | i'd love that | i'd like it | i want it | i want that | i want them |
    i'll take it | i'll take them | i'll have it | i'll buy it | we want it | we'll take it
    """
)
_CONTENT = phrase_set(
    """
    ok | okay | k | kk | okey | okie | okie dokie | okey dokey | oki | alright | all right | right | correct |
    exactly | confirmed | i confirm | indeed | positive | go on | let's go | lets go | carry on | continue |
    fine by me | fine with me | works for me | perfect | excellent | great | good | very good | very well |
    fine | cool | wonderful | awesome | brilliant | super | fantastic | lovely | all good | good to go | all set |
    that's it | that is it | that's fine | that is fine | that's good | that's great |
    that's perfect | that's okay | that's ok | thats right | thats correct | thats fine | it's right | it's all right |
    it's correct | it is correct | is correct | is right | is fine | is good | is perfect | is ok | is okay |
    is great | is in order | all in order | is all in order | that is all in order | that's all in order |
    it's all in order | it is all in order | all correct | is all correct |
    looks good | looks right | looks correct | looks fine | looks great |
    looks perfect | looks ok | looks okay | look good | looking good | lgtm | sounds good | sounds right |
    sounds great | sounds fine | sounds perfect | sounds ok | sounds okay | sounds like a plan | seems good |
    seems right | seems fine | seems correct | i agree | agreed | deal | it's a deal | done deal | accepted |
    approved | i'd love to | it's fine | it's good | it's perfect | you bet | spot on |
    obviously | naturally | surely | roger | uh huh | gladly |
    with pleasure | make it happen | vale | claro | d'accord | genau | gerne | da | sim
    """
)
_ALL = phrase_set("everything | all | all of it | all of them | lot | items | things | stuff")

# Placing takes nothing back, so that contentment with what is shown says yes to it, which it does to no other deed
# that is named by its verb.
PLACE = Deed(
    verbs=_ACCEPTING | _BUYING,
    done=phrase_set("placed | ordered | bought | purchased | sent | shipped | delivered | processed | confirmed"),
    things=_ALL | phrase_set("order | purchase | cart | basket"),
    yeses=_CONTENT | _WANTING,
    beside=phrase_set(
        """
    i | we | i'll | i will | we'll | you may | you can | with | today | as soon as possible | quickly |
    good morning | the deal | that's all | that is all | thats all | buddy | pal | friend | my friend | man |
    guys | ma'am | madam | nice | no problem | no worries | bitte | por favor | lol | haha | as shown |
    as it is | as is | wow | yay
    """
    )
    | FAREWELLS
    | THANKS,
    gives=True,
    own=_ACCEPTING | phrase_set("place | book it"),
)
# Changing a placed order as its card shows it. What is wanted may be what it takes away, and “the order” is how it was.
CHANGE = replace(
    PLACE,
    verbs=_ACCEPTING
    | phrase_set("change it | change that | change this | change the order | change my order | make the change"),
    done=phrase_set("processed | confirmed | changed"),
    things=_ALL | phrase_set("change | changes"),
    yeses=_CONTENT,
    beside=PLACE.beside - {"as it is", "as is"},  # which is as it was before the change
    own=_ACCEPTING,
)
# Changing it so that only more of something comes.
ADD_MORE = replace(
    CHANGE,
    verbs=CHANGE.verbs | _BUYING,
    things=CHANGE.things | PLACE.things,
    yeses=PLACE.yeses,
    own=PLACE.own,
)

# Doing several things with placed orders, as a summary shows them; what it holds says which verbs say yes.
CARRY_OUT = replace(
    CHANGE,
    verbs=CHANGE.verbs
    | phrase_set(
        """
    do both | do all of it | do all of that | do all of this | do everything | do them | do all | proceed with it |
    proceed with that | proceed with this | proceed with them | process it | process them | go ahead with it |
    go ahead with that | go ahead with this | make it so | make the changes | submit it | carry on with it
    """
    ),
    things=CHANGE.things | phrase_set("exchange | return | refund | plan | request | requests | both | summary"),
    yeses=CHANGE.yeses | phrase_set("that works | that'll work | that will work | do both | sounds about right"),
    beside=CHANGE.beside | _REGRETS,
)
CARRY_OUT_VERBS = {
    "return": phrase_set(
        "return it | return them | refund it | refund them | send it back | return | refund | give me the refund"
    ),
    "cancel": phrase_set("cancel it | cancel them | cancel"),
    "exchange": phrase_set("exchange it | exchange them | exchange | swap it | swap them | swap | change them"),
}


def aside(deed: Deed, *, offered: bool) -> Deed:
    """The deed where something else was answered since it was asked about.

    Contentment ("cool, thanks") and a mere "ok" are with that. Where that answer offered products a "yes" may be to
    one of them, so that only who names the deed means it: "yes, place it".
    """
    return replace(deed, yeses=frozenset(), alone=CONFIRMS, by_name=offered)


# Taking what a question offers, be it a number of pieces, a product or an address.
TAKE = replace(
    PLACE,
    verbs=phrase_set(
        "take | add | use | include | choose | pick | give me | put them in | put it in | order | buy | send"
    ),
    done=phrase_set("taken | added | used"),
    things=phrase_set(
        "all | all of them | many | pieces | address | email | e-mail | mail | code | what's left | order"
    ),
    own=phrase_set("take | add | use | include | put them in | put it in"),
)
# Using an e-mail or an address; who says to order it, or to want it, speaks of what is ordered.
USE = replace(
    TAKE,
    verbs=phrase_set("use | take | send it there | ship it there | deliver it there"),
    things=phrase_set("address | email | e-mail | mail | there"),
    yeses=_CONTENT,
    own=phrase_set("use | take"),
)
