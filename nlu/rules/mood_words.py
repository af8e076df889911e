"""The words by which a message says yes or no, asks, wishes or hesitates; `moods` reads them."""


def phrase_set(words: str) -> frozenset[str]:
    """The phrases of a table, which are parted by bars."""
    return frozenset(phrase.strip() for phrase in words.split("|"))


YES = phrase_set(
    """
    yes | yeah | yep | yup | ya | yea | yeh | y | yas | aye | sure | sure thing | absolutely | definitely |
    certainly | affirmative | of course | go ahead |
    go for it | do it | do so | do that | do this | please do | that's right | that is right | that's correct |
    that is correct | i'm sure | im sure | i am sure | quite sure | very sure | totally | by all means | i do |
    yess | yees | yepp | yeap | yes sir | yessir |
    for sure | for certain | 100% | 👍 | ✅ | 👌 | ✔️ | ✔ | 🆗 | make it so | yes please | sí | si | oui | ja
    """
)
CONFIRMS = phrase_set("confirm | confirmed | i confirm | we confirm")
# A yes when they stand alone: "ok" is one, "ok thanks" and "confirm my order" are none.
ALONE = CONFIRMS | phrase_set(
    """
    ok | okay | k | kk | okey | okie | alright | all right | right | correct | exactly | indeed | positive |
    go | go on | fine by me
    """
)
# They hear what was asked more than that they want it: beside a good-bye or in anger they leave it open.
MERE = phrase_set(
    """
    ok | okay | k | kk | okey | okie | okie dokie | okey dokey | oki | alright | all right | right | fine |
    cool | good | very well | that's fine | that is fine | thats fine | that's ok | that's okay
    """
)
FAREWELLS = phrase_set(
    """
    bye | goodbye | good bye | bye bye | good day | good night | good evening | see you | have a nice day |
    have a good day | have a great day | have a good one
    """
)
THANKS = phrase_set(
    """
    thanks | thank you | thx | ty | cheers | thank you very much | thanks a lot | thanks so much |
    thank you so much | many thanks | thank u | tysm | appreciate it | much appreciated | danke | merci | gracias
    """
)
BESIDE_ALONE = phrase_set("please | pls | plz | then | so | yes | and | well | oh | now")
# They go with a yes and say none by themselves.
WITH = phrase_set(
    """
    please | pls | plz | thanks | thank you | thx | ty | cheers | now | right now | right away | immediately |
    at once | asap | then | just | really | very much | much | for me | thank you very much | hi | hello |
    hey | so | and | well | oh | ah | great | good | perfect | fine | that's fine | cool | actually | sorry |
    i'm sorry | herewith | hereby | that's all correct | thats all correct | indeed | sorry for the bother |
    sorry for the trouble | sorry for the hassle | sorry to bother you | as i said | if possible | if you can |
    if you could | it is | it does |
    i want to | i want you to | i'd like to | i would like to | i'd like you to | i would like you to |
    i wish to | i need to | i need you to | i have to | i do want to | i really want to |
    let's | lets | can you | could you | would you | will you | can u |
    could u | pretty please | kindly | go ahead and | you can | you may | you should | feel free to | i mean |
    sir | mate | bot | dear | entirely | completely | whole | entire | thing
    """
)
IT = phrase_set(
    """
    it | that | this | them | those | these | the | my | our | of | to | number | no. | # | me
    """
)
# They point at what was asked about, or at all of it; whoever names it may want it.
POINTING = phrase_set(
    """
    one | both | all | all of it | all of them | both of them | both orders | all orders | everything |
    everything about me | lot
    """
)
WISHING = phrase_set(
    """
    i want | i'd like | i would like | i need | get | have | want | please get | please have
    """
)
ONE_ORDER = phrase_set("the | my | our | this | that | whole | entire | last | latest | #")
A_NOUN = phrase_set("the | my | our | your | this | that | a")  # comes behind these

NO = phrase_set(
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
NO_YES = phrase_set(  # they begin as a yes does, whose word is a verb here
    """
    yeah right | correct it | correct that | correct this | correct them | correct the | correct my | correct me |
    correct order | deal with it | deal with that | deal with this | deal with them | cool it | cool down | cool off |
    cool your | right it | fine me | perfect it
    """
)
NEGATIONS = phrase_set(
    """
    not | no | never | don't | dont | doesn't | doesnt | didn't | didnt | won't | wont | wouldn't | wouldnt |
    can't | cant | cannot | couldn't | couldnt | shouldn't | shouldnt | isn't | isnt | aren't | arent |
    wasn't | wasnt | weren't | haven't | havent | hasn't | hasnt | hadn't | mustn't | mustnt | needn't |
    neednt | ain't | aint | without | neither | nor | nobody | no one | none | nothing | nowhere | avoid |
    refuse | refusing | instead of | rather than | donot | dnt | hardly | rather not | keep | unwilling |
    against | hold off | dun
    """
)
ASKING = phrase_set(
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
ASKING_ANYWHERE = phrase_set(
    """
    possible | possibility | i wonder | wonder | wondering | curious | tell me | let me know | want to know |
    like to know | need to know | explain | do you know | just asking | any way | asking | a question |
    question | able | what happens | what if | how long | how late | until when | policy | rules | fee | fees |
    charge | charged | cost | costs | deadline | too late | still time | option
    """
)
# What asks to be shown or told something.
SHOWING = phrase_set(
    """
    show | list | tell me | let me see | let me know | i want to see | i'd like to see | i want to know |
    i'd like to know | i would like to know | i wonder | i was wondering | i'm wondering | find me | explain |
    recommend | suggest
    """
)
TELLING = phrase_set("tell | show | explain | say | list | whether | if")  # all that a polite request wants
# Questions that doubt what was said or shown: "isn't that too many?".
OBJECTING = phrase_set(
    """
    isn't | aren't | wasn't | weren't | didn't | doesn't | don't you | haven't | hasn't | wouldn't | shouldn't | won't |
    why | how come | am i not | is it not | is that not | are you sure
    """
)
REQUESTS = phrase_set(
    """
    can you | could you | would you | will you | can u | could u | would u | can someone | could someone |
    can somebody | would you mind | can ya | do you mind | could you please | can you please
    """
)
# Requests that mostly are commands in polite words; the others may as well ask what somebody would do.
READY = phrase_set(
    """
    can you | could you | can u | could u | can someone | could someone | can somebody | can ya | could you please |
    can you please
    """
)
WEARY = phrase_set("yeah | yea | yeh | ya | sure | right")  # said twice they wave it away, as "yes yes" does not
POLITE = phrase_set(
    "please | pls | plz | pretty please | kindly | for me | could you please | can you please | bitte | por favor"
)
DOUBTING = phrase_set("really | actually")  # they ask whether it is right to, where they stand in a request
ABLE = phrase_set("can i | could i | can we | could we | may i | can i please | could i please")
ANOTHER_TIME = phrase_set(
    """
    still | later | tomorrow | after | before | anytime | any time | afterwards | eventually | once | tonight |
    next | then | until | till | without | free | for free | easily | whenever | online | day | days | hour |
    hours | week | weeks | minutes
    """
)
THOUGHT_OF = phrase_set(
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
POLITE_IF = phrase_set(
    """
    if possible | if you can | if you could | if that's ok | if it's ok | if that's okay | if that is ok |
    if u can | if that's possible | if it's possible | if you don't mind | if not too late |
    if it's not too late
    """
)
STARTS = phrase_set(
    """
    so | ok | okay | and | but | hi | hey | hello | um | uh | er | well | just | sorry | also | wait | hmm |
    oh | ah | please | pls | quick question | actually | then | now | no | yes | yeah | alright | question |
    by the way | btw | excuse me | ahem | anyway | still | like
    """
)
