"""What is said of orders in fixed words: stop, take it back, call it off, change it, the same again."""

from nlu.rules.said import POLITELY, Saying, anywhere, opening, whole

_NEVER_MIND = r"never ?mind|nvm"
_FORGET_IT = r"forget (?:it|that)"
_STOP = rf"stop|quit|abort|{_NEVER_MIND}|{_FORGET_IT}"
_TAKE_IT_BACK = r"take (?:it|that) back"
_UNWANTED = r"(?:i )?(?:don'?t|do not|no longer) (?:want|need) (?:it|that|this|them|the order|my order)\b"
_UPSET = (
    r"\W{0,5}(?:(?:oh|no|nope|nah|wait|oops|sorry|please|hang on|hold on|actually|um|uh|argh|damn|shit|omg"
    r"|hey)\W{1,5}){0,4}"
)
# It is well as it is, or is asked about: what stands before that is no wish to take an order back.
_IS_WELL = (
    r"(?:(?:keep|leave|leaving|keeping)\b(?! (?:out|off|the change))|(?:it|that|they|everything|all)(?:'s| is"
    r"| are)? (?:all )?"
    r"(?:good|fine|ok|okay|right|well|correct|perfect)\b|all (?:good|fine|well|right|ok|okay)\b|no (?:worries"
    r"|problem|harm)\b"
    rf"|{_NEVER_MIND}|as it is\b|stays?\b|i (?:do|still) want (?:it|them|the|my)\b|still want\b)"
)
_TURNS_BACK = (
    r"(?:(?:i(?:'ve| have)? )?changed my mind|my (?:mistake|bad|fault)|mistake|by mistake|oops|whoops|stop|wait|no|nope"
    r"|hold on|hang on|sorry|actually|oh|ok|okay|well|so|and|but|again|on second thoughts?|second thoughts"
    r"|false alarm|it was"
    r"|a mistake|you know what|hm+|um|uh|please|thanks|thank you|then|after all|for now|now|just)"
)
_KEEPS = (
    r"(?:(?:i'll|i will|we'll|let's|let me|please|just|i|we|i'd like to|i want to|i'd rather|you can"
    r"|to) ){0,3}(?:keep|leave|stay with|stick with)"
    r"(?: (?:it|them|all|everything|that|this|both|(?:the|my|that|this) (?:whole )?(?:order|lot|thing|purchase)s?"
    r"|all of it"
    r"|all of them|as it is|as is|like that|like it is|be|alone|please|thanks|after all|now|then)){0,4}"
)
_ORDER = (
    r"(?:it|this|that|everything|(?:the|my|this|that|your) (?:(?:last|latest|whole|new) )?(?:order|purchase|thing))"
)
_SENDS = r"(?:(?:ship|send|dispatch|process|deliver|pack)(?:ing)?|shipping|shipment|delivery)"
_WAITS = r"(?:wait (?:with|before)|hold (?:off(?: on)?|back(?: with)?)|pause|suspend|postpone|delay)"
_A_WHILE = (
    r"(?:(?:until|till|for|by|before) \S{1,20}(?: \S{1,20}){0,4}"
    r"|a (?:bit|little|while|moment|few days|day|week)(?: longer)?|yet|(?:some|more) time|longer|later)"
)
_WHAT = (
    r"(?:it|that|this|them|those|the same(?: thing| things| order)?"
    r"|my (?:last|usual|previous)(?: one| order)|the last (?:one|order))"
)
_ASKED_FOR = (
    r"\A\W{0,9}(?:(?:can|could|would) (?:you|i) |please |i(?:'d| would) like to |i want to |i'll (?:have|take) |let's "
    r"|(?:order|buy|send|get|give)(?: me)? ){0,5}"
)

SAYINGS = (
    anywhere(Saying.UNCANCELS, r"\b(?:un-?cancel|reinstate|reactivate|revive|restore)\w{0,5}\b"),
    anywhere(
        Saying.WANTS_TO, r"\b(?:i|we) (?:(?:think|guess) (?:i|we) )?(?:want|need|have|would like|will have)(?:ed)? to\b"
    ),
    whole(Saying.UNDO, rf"undo(?: (?:that|it|this))?{POLITELY}|{_TAKE_IT_BACK}"),
    whole(Saying.STOP, _STOP),
    whole(
        Saying.LETS_BE,
        r"(?=.{0,80}\b(?:mind|nvm|nevermind|forget|keep|leave|stay|stick|mistake|bad|fault|o+ps|whoops|thoughts?|alarm"
        r"|stop|wait|ignore|disregard)\b)"
        rf"(?:{_TURNS_BACK}\W{{1,5}}){{0,5}}(?:(?:{_NEVER_MIND})(?: (?:that|this|me|it|about (?:it|that|me)))?"
        rf"|false alarm"
        r"|(?:ignore|disregard)(?: (?:that|this|it|me|my (?:last )?message))?"
        rf"|{_FORGET_IT}|{_KEEPS}|(?:it|that|everything|all)(?:'s"
        rf"| is)? "
        r"(?:all )?(?:good|fine|ok|okay|right|well)|all (?:good|fine|well|ok|okay)|no (?:worries|problem)|nothing)"
        rf"(?:\W{{1,5}}(?:{_TURNS_BACK}|{_NEVER_MIND}|{_KEEPS}|cheers|bye|all (?:good|fine)|(?:it|that)(?:'s| is) "
        r"(?:all )?(?:good|fine|ok|okay|right)|no (?:worries|problem)|great|good)){0,4}",
    ),
    anywhere(Saying.ONLY_THAT, r"\bonly\b(?! if\b)|\bjust (?:the|my)\b|\bnot (?:all|everything|the whole|the rest)\b"),
    # "Yes, if you have it in blue", "only when it comes by Friday"; and no "do you know if".
    anywhere(
        Saying.CONDITION,
        r"(?<!know )(?<!check )(?<!see )(?<!sure )(?<!wonder )(?<!wondering )(?<!ask )(?<!asking )(?<!tell )(?<!me )"
        r"(?<!what )(?<!even )(?<!as )(?<!idea )(?<!unsure )(?<!certain )\bif\b(?! not\W{0,3}\Z)"
        r"|\b(?:only|but|just|yes|ok|okay|fine|sure|it|order)\W{1,3}(?:when|once)\b|\bdepending on\b|\bin case\b"
        r"|\b(?:provided|providing|as long as|so long as|unless|on (?:the )?condition|assuming|supposing)\b",
    ),
    # "No, only the press", "nope, back to the old address", "I meant the mugs", "keep my mugs".
    anywhere(
        Saying.OBJECTS,
        r"\b(?:no|not|nope|nah|never|neither|nor|don'?t|doesn'?t|didn'?t|isn'?t|without|instead|rather|keep|leave|wait|stop"
        r"|meant|mean|wrong|previous)\b"
        r"|\b(?:back to|(?:go|put|change|switch) (?:it |them )?back|(?:as|like|was) before)\b",
    ),
    # "Yes, just one of them"; "that one" and "the last one" are no numbers.
    anywhere(
        Saying.PART_OF_IT,
        r"(?<![\w#.])(?<!that )(?<!this )(?<!the )(?<!last )(?<!first )(?<!older )(?<!newer )(?<!other )(?<!right )"
        r"(?<!wrong )(?<!latest )(?<!same )(?<!which )(?<!number )"
        r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|half|part|some|a few|except|all but)"
        r"(?![\w'.-]\w)",
    ),
    # Said right after an order was placed, it is about that order, whatever else was asked below its card.
    opening(
        Saying.TAKES_BACK,
        rf"(?!.{{0,200}}(?:\?\W{{0,9}}\Z|\b{_IS_WELL})){_UPSET}"
        r"(?:cancel\b(?=\W{0,9}(?:$|(?:it|that|this|please|pls|plz|now|wrong|sorry|i)\b))"  # "my order" may be another
        r"|(?:stop|abort|undo|halt|revert|revoke|withdraw|scrap|quit|oops)\b"
        r"(?! (?:the )?(?:e-?mail|marketing|idea|mail|news|send|writ|talk))"
        r"|(?:i(?:'ve| have)? )?changed my mind\b"
        r"(?! (?:about|on) (?:the |your |those |getting |not )*(?:e-?mails?|ideas?|mails?|marketing|news|cancel))"
        r"|(?:that|it|this) was (?:a mistake|an accident|wrong)\b|(?:my |a |by )?mistake\b"
        r"|wrong (?:order|one|colou?r|size|item|product|thing|quantity|amount)\b|i (?:didn'?t|did not) mean\b"
        rf"|{_TAKE_IT_BACK}\b|{_UNWANTED})",
    ),
    # Who names what shall be done with the order may agree to it by a mere "ok".
    anywhere(
        Saying.NAMES_TAKING_BACK,
        rf"\b(?:cancel|cancl|call(?:ing)? (?:it|that|this|everything) off|abort|undo|revert|revoke|withdraw|scrap"
        rf"|void|annul"
        rf"|retract|rescind|{_TAKE_IT_BACK}\b|take back\b|{_UNWANTED})",
    ),
    whole(
        Saying.CALLS_OFF,
        r"(?:(?:oh|no|wait|oops|sorry|please|pls|hang on|hold on|actually|um|uh|argh|hey|hi|ok|but|and"
        r"|can you|could you|would you"
        r"|will you|i'd like to|i would like to|i want to|i need to|i have to|i wish to|let's|just|i|i'll"
        r"|i will)\W{1,5}){0,5}"
        rf"(?:call {_ORDER} off|call off {_ORDER}|take {_ORDER} back|take back {_ORDER}"
        rf"|(?:revoke|withdraw|annul|void|retract|rescind|undo|scrap|abort|reverse) {_ORDER}"
        rf"|(?:do not|don'?t|stop) (?:process|processing|ship|shipping|dispatch|send out) {_ORDER}"
        r"(?: (?:out|yet))?)(?:\W{1,5}(?:please|pls|plz|now|thanks|thank you|again|after all|sorry|mate|at once"
        r"|i changed my mind|then)){0,3}",
    ),
    whole(
        Saying.HOLDS_OFF,
        r"(?:(?:oh|no|wait|oops|sorry|please|pls|hang on|hold on|actually|um|hey|hi|ok|but|and|can (?:you|i|we)"
        r"|could (?:you|we)|would you|will you|i'd like to|i would like to|i want (?:you )?to|i need to|let's"
        r"|just)\W{1,5}){0,5}"
        rf"(?:(?:do not|don'?t) {_SENDS}(?: {_ORDER})?(?: (?:out|off))?(?: just)? {_A_WHILE}"
        rf"|(?:{_WAITS} (?:the )?{_SENDS}(?: of)?(?: {_ORDER})?|(?:{_WAITS}|freeze|park|hold) {_ORDER}(?: back)?"
        rf"|(?:put|keep|place) {_ORDER} (?:on (?:hold|ice)|back|aside|waiting))(?: {_A_WHILE})?)"
        rf"(?:\W{{1,5}}(?:please|pls|plz|now|thanks|thank you|sorry|mate|first|{_A_WHILE})){{0,3}}",
    ),
    whole(
        Saying.CHANGES_ORDER,
        r"(?:(?:please|can (?:you|i)|could (?:you|i)|may i|i(?:'d| would) like to|i (?:want|need) to) ){0,5}"
        r"(?:change|edit|modify|amend|update) (?:(?:my|the|an|that|this) )?(?:(?:last|latest|previous|placed) )?"
        rf"order(?: (?:number |no\.? )?#?(?P<number>\d{{1,18}}))?{POLITELY}",
    ),
    whole(
        Saying.LEAVES_CHANGE,
        r"(?:no\W{1,3})?"
        rf"(?:{_STOP}|(?:cancel|forget)(?: (?:it|that|this))?|(?:cancel|forget|drop) (?:the|this|that|my) changes?"
        rf"|(?:keep|leave) (?:it|that|(?:the|my) order)(?: (?:as|like) it (?:was|is))?){POLITELY}",
    ),
    whole(Saying.BACK_TO_BOT, rf"{_NEVER_MIND}|(?:go )?back to (?:the )?bot"),
    opening(
        Saying.ORDERS_AGAIN,
        rf"{_ASKED_FOR}(?:re-?order(?: {_WHAT})?|(?:order|buy|send|get|repeat)(?: me)?(?: {_WHAT})? again"
        rf"|repeat {_WHAT}"
        r"|(?:the )?same (?:order |thing |things )?(?:again|(?:as|like) (?:the )?(?:last time|before|last order|usual))"
        rf"|(?:my|the) usual){POLITELY}(?![\w'-])\W*",
    ),
    # Shorter ones repeat an order only with a word on what is to be different.
    opening(
        Saying.ORDERS_AGAIN,
        rf"{_ASKED_FOR}(?:again|(?:the )?same(?: order| thing| things)?|as (?:last time|before))(?:,? please)?"
        r"(?=\W{1,3}(?:but|with|without|except|only|just|twice|double|thrice|x|\d|two|three|four|five|minus"
        r"|plus)\b)\W*",
    ),
    anywhere(
        Saying.TIMES_AS_MANY,
        r"(?:\b(?:but|and|with|only|just|make it|though|this time)\b[, ]{1,2}){0,3}"
        r"\b(?:(?P<half>half|halve|halved)|(?P<twice>twice|doubled?|two times|2 ?times|x ?2|2 ?x)|thrice|triple"
        r"|three times|3 ?times"
        r"|x ?3|3 ?x)"
        r"(?: (?:of it|of everything|of them|it|over|(?:of )?the (?:amount|quantity|number)|as (?:much|many)"
        r"|please)){0,2}\W{0,3}\Z",
    ),
    anywhere(
        Saying.IN_ITS_PLACE,
        r"(?:[,.;]|\b(?:and|then|but))\s{0,3}(?:(?:and|then|please|pls|also|just|can you|could you|instead) ){0,3}"
        r"(?:(?:re-?)?order|buy|get|send me|give me|add|take|i(?:'d| would)? (?:like|want|need|rather have)"
        r"|(?:i'll|i will) (?:take|have|get))\b",
    ),
    opening(Saying.OF_THAT_ORDER, r"(?:(?:the|my|those|that|again)\b ?){1,2}"),
    # What stands before an address: "and send it to", "but change the address to".
    anywhere(
        Saying.SENDS_THERE,
        r"[,.;]? ?\b(?:(?:and|but|then|please|just|only)\b[, ]{1,2}){0,3}"
        r"(?:send|ship|deliver|change|use|set|update|make|my|the|to|mail)\b[^,.;]{0,40}\Z"
        r"|[,.;]? ?\b(?:and|but|to|at)\s{0,3}\Z",
    ),
)
