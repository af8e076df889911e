"""The closed words by which customers say what shall become of what they ordered; `aftersale_marks` finds them."""

from enum import StrEnum


def phrase_set(words: str) -> frozenset[str]:
    """The phrases of a table, which are parted by bars; lines may end within one."""
    return frozenset(" ".join(phrase.split()) for phrase in words.split("|"))


class Mark(StrEnum):
    """What a word or a phrase does in such a sentence."""

    # what is wanted
    RETURN = "return"
    EXCHANGE = "exchange"
    CHANGE = "change"
    CANCEL = "cancel"
    DISCARD = "discard"  # it is not wanted any more: what that means depends on where it is
    UNHAPPY = "unhappy"  # it is not as wished, and nothing is said of what shall be done
    KEEP = "keep"
    WANT = "want"  # how something shall be
    # what it is wanted of
    NAMED = "named"
    ORDER = "order"
    IT = "it"
    THEM = "them"
    ALL = "all"
    BOTH = "both"
    REST = "rest"
    OTHER = "other"
    ITEMS = "items"  # some of it, and nobody knows which
    # between them
    TO = "to"
    FOR = "for"
    OLD = "old"  # what follows is how it is now
    AND = "and"
    OR = "or"
    COMMA = "comma"
    END = "end"
    ASKS = "asks"  # the sentence that ends here is a question
    NOT = "not"
    EXCEPT = "except"
    IF = "if"
    OTHERWISE = "otherwise"
    BECAUSE = "because"
    OF = "of"  # "in", "from" and "of" before an order say where something is
    WITH = "with"
    WORD = "word"


DEEDS = frozenset({Mark.RETURN, Mark.EXCHANGE, Mark.CHANGE, Mark.CANCEL, Mark.DISCARD, Mark.UNHAPPY, Mark.KEEP})

_RETURN = """
    goes back | go back | going back | back it goes | back they go | back they all go | back with it | back with
    them | travel back | travels back | should go back | must go back | can go back | needs to go back | need to
    go back | has to go back | have to go back | is to go back | are to go back | shall go back | wants to go
    back | going to go back | rtn | send it all back | return | returning | send back | sending back | give back
    | giving back | hand back | bring back | ship back | mail back | refund | refunding | refund me | get a
    refund | getting a refund | get refund | a refund | full refund | a full refund | get my money back | my
    money back | money back | get money back | want my money | reimburse | reimburse me | reimbursement |
    initiate a return | start a return | process a return | make a return | do a return | request a return |
    arrange a return | set up a return | a return | process the return | start the return | retrun | retrn |
    refnd | reutrn | a return of | the return of | process a refund | request a refund | return and refund |
    return for a refund
"""
_EXCHANGE = """
    exch | exchng | xchg | make that an exchange | make it an exchange | make this an exchange | exchange |
    exchanging | swap | swapping | swop | swap out | trade | trading | trade in | trade out | switch | switching |
    switch out | switch over | replace | replacing | substitute | an exchange | make an exchange | do an exchange
    | process an exchange | a swap | exchang | excange | exhange | xchange | swtich | start an exchange | arrange
    an exchange | get a different | want a different | need a different | have a different | like a different |
    get another | a replacement | sub | trade up | a fresh one | a fresh pair | a new pair
"""
_CHANGE = """
    change | changing | modify | modifying | update | updating | edit | editing | alter | altering | adjust |
    adjusting | amend | amending | upgrade | upgrading | downgrade | downgrading | convert | revise | make |
    chnage | chang | cahnge | modifiy | modfy | updat | make a change | make changes | make some changes | a
    change | some changes | make a modification | tweak | bump | bump up | become
"""
_CANCEL = """
    cancel | cancelling | canceling | cancle | cancell | cansel | cancl | canel | call off | calling off | void
    | abort | to disappear | to vanish | to be gone | cancel out | a cancellation | cancellation of | stop the
    order | stop my order | stop that order | stop this order | a cancelation | do away with
"""
_DISCARD = """
    get rid of | getting rid of | remove | removing | take out | take off | drop | leave out | delete | ditch |
    scrap | do not want | don't want | dont want | no longer want | no longer need | do not need | don't need |
    dont need | have no use for | no use for | change my mind about | changed my mind about | changed my mind on
    | regret | has to go | have to go | must go | needs to go | need to go | do not want to keep | don't want to
    keep | dont want to keep | not keeping | not keep | won't keep | won't be keeping | don't wish to keep | do
    not wish to keep | no longer wish to keep | no longer want to keep | won't be needing | will not be needing
    | won't need | will not need | not needing | have no need for | have no need of | can't keep | cannot keep |
    cant keep | can not keep | do without
"""
_UNHAPPY = """
    don't like | do not like | dont like | not happy with | unhappy with | not satisfied with | dissatisfied with
    | disappointed with | disappointed in | don't love | doesn't fit | does not fit | doesnt fit | don't fit | do
    not fit | dont fit | not what i wanted | not quite what i wanted | isn't what i wanted | isn't quite what i
    wanted | wasn't what i wanted | not for me | isn't for me | too small for | too big for | too large for
"""
_KEEP = """
    keep | keeping | hold on to | hold onto | hang on to | hang onto | still want | leave | leaving | retain
    | nothing on | nothing with | nothing from | nothing in | nothing of | nothing to | nothing else on
    | nothing else from | nothing else with | don't touch | do not touch | not touch
"""
_WANT = """
    want | wanted | need | prefer | would like | i'd like | we'd like | like | should be | should have | needs
    to be | need to be | must be | looking for | rather have | would rather | i'd rather | give me | go for |
    go with | choose | pick | would prefer | i'd prefer | would love | i'd love | has to be | have to be |
    ought to be | get me | i'll take | to be | preferably | ideally | opt for | settle for
"""
_IT = """
    it | mine | my one | the one i have | the one i bought | my current one | this | that | this one | that
    one | it all back | the one | the thing | the item | this item | that item
"""
_THEM = "them | these | those | em | 'em | these ones | those ones | the ones | these items | those items"
_EACH = "every one of them | every single one of them | each of them | each one of them | every last one of them"
_ALL = """
    everything | all of it | all of them | each thing | each item | each product | each and every item | each
    and every thing | all my stuff | all my things | all of my things | all items | all the items | all of the
    items | all my items | all of my items | whole thing | entire thing | the lot | whole lot | every item | all
    of these | all of those | every single item | every single thing | every thing | all things | all the things
    | them all | it all | all three | all four | all five | all six | all products | all the products | all of
    everything | all the stuff | everthing | all of that | all of this | all that
"""
_BOTH = """
    both | both of them | both items | both of those | both of these | both things | the two | those two |
    these two | the two items | the two things | the pair of them | the two of them | both products
"""
_REST = """
    the rest | the remaining | everything else | the others | all the others | the other items | the remaining
    items | all other items | rest of it | rest of them | the other things | all the other items | anything
    else | the remainder | the other two | the other three | other items
"""
_OTHER = "the other | the other one | the other item | other one | the other thing | the second one"
_ITEMS = """
    item | items | thing | things | product | products | stuff | something | a few things | some items | a
    couple of things | a couple of items | an item | some things | one of the items | one of my items | one
    item | one thing | part of it | some of it | some of them | one of them | several items | multiple items |
    a few items | a product | one of the things | a thing | two items | two things | three items | two of the
    items | article | articles
"""
_EXCEPT = """
    except | except for | apart from | aside from | other than | but not | all but | excluding | minus |
    everything but | everything except | with the exception of | save for | all except | excepting |
    everything apart from | anything but | but keep | not including
"""
_BECAUSE = """
    because | since | as it | as they | as i | cause | cos | coz | due to | bc | cuz | 'cause | reason is |
    the reason | reason being | because of | the reason being | as we | as my
"""
_OF = "in | from | of | on | within | out of | at | from within | inside"
_WITH = (
    "with | containing | that has | that contains | including | that includes | which has | that had | having | where"
)
_OLD = "instead of | rather than | in place of | as opposed to"
_OTHERWISE = """
    otherwise | or else | if not | failing that | if unavailable | if not available | if not possible | else |
    if that fails | if it fails | as a fallback | as a backup | as a last resort | if nothing else | if
    impossible | if that's not possible | if that is not possible
"""
_NOT = """
    not | don't | do not | dont | never | won't | will not | cannot | can't | cant | shouldn't | no need to |
    without | instead of | rather than | not going to | neither | nor | before | hold off on | hold off |
    didn't | doesn't | wouldn't | couldn't | haven't | wasn't | isn't | don't want you to | stop
"""

_POLITELY = """
    sorry for the trouble | sorry for the inconvenience | sorry for the bother | sorry for the hassle | thanks
    | thank you | thx | thanks so much | thank you so much | thanks a lot | many thanks | much appreciated |
    cheers | i'd appreciate it | i would appreciate it | i'd really appreciate it | please let me know | let
    me know | sorry about that | sorry to bother you | if not too much trouble
"""
_ORDER_ONES = "pending one | delivered one | open one | received one | shipped one | arrived one"
TABLE: dict[str, Mark] = {
    phrase: mark
    for mark, phrases in (
        (Mark.WANT, _WANT),
        (Mark.IT, _IT),
        (Mark.THEM, _THEM),
        (Mark.THEM, _EACH),
        (Mark.ITEMS, _ITEMS),
        (Mark.ALL, _ALL),
        (Mark.BOTH, _BOTH),
        (Mark.OTHER, _OTHER),
        (Mark.REST, _REST),
        (Mark.COMMA, _POLITELY),
        (Mark.ORDER, _ORDER_ONES),
        (Mark.WITH, _WITH),
        (Mark.TO, "-> | => | → | > | to | into | over to | up to | down to | out for | so it is | so it's"),
        (Mark.FOR, "for | with | by | in exchange for | in return for"),
        (Mark.OF, _OF),
        (
            Mark.AND,
            "and | & | plus | then | also | as well as | along with | together with | but | n | nd | + | and also",
        ),
        (Mark.OR, "or | or maybe | or perhaps | and or | or to"),
        (Mark.IF, "if | unless | as long as | provided | provided that | assuming | in case | only if | so long as"),
        (Mark.NOT, _NOT),
        (Mark.OLD, _OLD),
        (Mark.EXCEPT, _EXCEPT),
        (Mark.BECAUSE, _BECAUSE),
        (Mark.OTHERWISE, _OTHERWISE),
        (Mark.KEEP, _KEEP),
        (Mark.UNHAPPY, _UNHAPPY),
        (Mark.DISCARD, _DISCARD),
        (Mark.CHANGE, _CHANGE),
        (Mark.EXCHANGE, _EXCHANGE),
        (Mark.RETURN, _RETURN),
        (Mark.CANCEL, _CANCEL),
    )
    for phrase in phrase_set(phrases)
}
# Told of, and wished for only behind "be", "have it" and their like: "I returned it" is a story.
DONE = {
    "returned": Mark.RETURN,
    "refunded": Mark.RETURN,
    "reimbursed": Mark.RETURN,
    "exchanged": Mark.EXCHANGE,
    "swapped": Mark.EXCHANGE,
    "switched": Mark.EXCHANGE,
    "replaced": Mark.EXCHANGE,
    "traded": Mark.EXCHANGE,
    "changed": Mark.CHANGE,
    "modified": Mark.CHANGE,
    "updated": Mark.CHANGE,
    "altered": Mark.CHANGE,
    "upgraded": Mark.CHANGE,
    "cancelled": Mark.CANCEL,
    "canceled": Mark.CANCEL,
    "removed": Mark.DISCARD,
}
# The same of verbs with a particle: "could they be called off?"
DONE_PARTED = {
    **{verb: {"back": Mark.RETURN} for verb in ("sent", "given", "shipped", "brought", "handed", "mailed", "posted")},
    "called": {"off": Mark.CANCEL},
    "turned": {"into": Mark.CHANGE},
    "made": {"into": Mark.CHANGE},
}
SETTLED = frozenset("be get getting have want like need is are being gets".split())
TELLERS = frozenset("i we you they he she already just was were been has had who it's 've".split())
# "Send it back", "take the lamp off": the verb, and the particles that make it one, a few words behind.
PARTED: dict[str, dict[str, Mark]] = {
    **{
        verb: {"back": Mark.RETURN}
        for verb in ("send", "sending", "give", "giving", "ship", "shipping", "bring", "hand", "mail", "post")
    },
    "take": {"off": Mark.DISCARD, "out": Mark.DISCARD, "back": Mark.RETURN},
    "taken": {"off": Mark.DISCARD, "out": Mark.DISCARD, "back": Mark.RETURN},
    "leave": {"out": Mark.DISCARD},
    "call": {"off": Mark.CANCEL},
    "make": {"disappear": Mark.CANCEL, "vanish": Mark.CANCEL},
    "turn": {"into": Mark.CHANGE},
    "swap": {"out": Mark.EXCHANGE},
    "switch": {"out": Mark.EXCHANGE},
    "get": {"refunded": Mark.RETURN, "reimbursed": Mark.RETURN, "returned": Mark.RETURN},
}
FARTHEST = 9  # words between the two
# Nothing is wished for in these, whatever they hold.
IDLE = phrase_set(
    """
    apart from that | aside from that | other than that | besides that | except for that | has to go to | have to go
    to | must go to | needs to go to | need to go to | i have to go | i must go | i need to go | we have to go |
    we must go |
    make a fuss | make trouble | make any trouble | makes any trouble | make a mess | made a mess of | make a mistake |
    make mistakes | make me | makes me | made me | change my mind | changed my mind |
    change of mind | make sure | make sense | makes sense | return address |
    return policy | exchange policy | refund policy | cancellation policy | make use | exchange rate | make do |
    return window | in return | no change | update me | keep in mind | keep me posted | keep me updated | return
    label | make it clear | to make up | leave it to you | leave that to you | leave it up to you | keep you | for
    a change | make up my mind | make any difference | make a difference | make a decision | make it easy | switch
    on | switch off | make my life | returns desk | for now | for sure | for me | for us | for you | for free |
    for example | for instance | for that | for this | for my wife | for my husband | for my son | for my daughter
    | for my mother | for my dad | if so | to me | to you | to us | to do | to know | to see | to ask | to help |
    to have | to get | by mistake | by accident | by the way | with me | with you | with that | with this | as
    well | and so on | in the first place | like to | would like to | i'd like to | we'd like to | want to | need
    to | prefer to | to make it | wish to | love to | would love to | rather not | like that | like this | in fact
    | in general | in total | in all | of course | on second thought | in mind | for help | for assistance | for
    your help | for all | with it | with them | for it | for them | that has to | which has to | that have to | in
    that case | in this case | in any case | in which case | in either case | a change of | it be possible | it be
    all right | it be ok | it be okay | is it possible | is it ok | is it okay | is it all right | of mine | of ours |
    need help | need some help | need your help | want help | need assistance | thing is | something else | thing else |
    nothing else
    """
)
# Where a verb is asked about and nothing is wanted: "how do I return", "what is your".
IN_GENERAL = phrase_set(
    """
    which of | which items | what can i | what items | what do i | which things | which orders | how do | how
    can | how does | how would | what is your | what's your | what are your | do you accept | do you take | do
    you allow | do you offer | do you do | what happens | how long | where do | where can | whats your | what
    if | is there a | are there any | when can | how many days | can anyone | may customers
    """
)

# What follows a deed that may also be a part of something: "switch my lamp", and not "linear switches".
LEADS_OBJECT = frozenset(
    "my the it them this that these those to from both all out for a an our everything mine its over".split()
)
