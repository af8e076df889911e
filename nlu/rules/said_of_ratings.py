"""What is said to the question how an order was, without a number: it was good, it was not, there is nothing to say."""

from nlu.rules.said import Saying, anywhere, opening, whole

_GLAD = (
    r"(?:great|good|perfect|perfectly|excellent|awesome|amazing|lovely|wonderful|fantastic|brilliant|super|superb|nice"
    r"|beautiful|gorgeous|cute|happy|pleased|satisfied|delighted|thrilled|love|loved|loves|adore|adored|enjoyed|liked"
    r"|best|top|fine|ok|okay|alright|all right|well|smooth|smoothly|fast|quick|cool|decent|no complaints?|no problems?"
    r"|no issues?|nothing to complain(?: about)?|spot on|five stars?|impressed|flawless|as expected|as described"
    r"|(?:can'?t|cannot|can not|couldn'?t|could not) complain"
    r"|(?:could not|couldn'?t) (?:be|have been|ask for) (?:better|happier|nicer|more)|(?:not|isn'?t"
    r"|wasn'?t) bad(?: at all)?"
    r"|not too bad|never (?:been )?(?:better|happier)|no regrets?|no faults?|nothing bad(?: to say)?"
    r"|can'?t fault (?:it|them))"
)
_GLAD_BESIDE = (
    r"(?:it'?s|it|its|it was|was|were|is|are|went|came|comes|arrived|everything|everyone|all|the|this|that|they|them"
    r"|those|these|my|our|your|order|orders|delivery|packaging|product|products|stuff|things?|quality|service|shop"
    r"|i'?m|i am|i|we'?re|we|am|really|very|so|just|absolutely|pretty|quite|super|totally|truly|much|too|such|a|an|in"
    r"|of|with|to|and|as|oh|wow|yes|yeah|yep|yay|hi|hey|thanks|thank you|thx|ty|cheers|guys|you|for|asking|again|here"
    r"|by|far|ever|on|time|at|first|now|guess|suppose|think|kids?|wife|husband|mum|mom|daughter|son|family|friends?"
    r"|absolutely|definitely|both|have|has|had|been|will|would|order|buy|shop|again|recommend|always|usual)"
)
_BAD = (
    r"(?:bad|badly|terrible|terribly|awful|horrible|horrid|poor|poorly|worse|worst|meh|mediocre|rubbish|garbage|trash"
    r"|crap|crappy|shit|shitty|sucks?|sucked|useless|disappoint\w{0,6}|unhappy|unsatisfied|dissapoint\w{0,6}"
    r"|dissatisf\w{0,8}|unimpressed|underwhelm\w{0,3}|hate|hated|regret|joke|disgusting|disgrace|unacceptable|so[- ]so"
    r"|could(?:'?ve| have)? be(?:en)? better|not up to|below (?:par|expectations?)|let ?down|waste of money"
    r"|never again)"
)
_NOT_GOOD = (
    r"(?:\b(?:not|isn'?t|wasn'?t|weren'?t|aren'?t|never|hardly|no longer|didn'?t|don'?t|can'?t say)\W{1,3}"
    r"(?:(?:it|that|so|very|really|too|all|the|a|as|particularly|exactly|quite|my|i'?m|am|was|is|much)\W{1,3}){0,3}"
    r"(?:great|good|perfect|happy|pleased|satisfied|impressed|nice|best|like|love|enjoy|well|fine|ok|okay"
    r"|what i expected|expected|as described)\b)"
)
_NOTHING = (
    r"(?:nothing|none|no reason|no comment|no comments|no idea|not really|nah|nope|no|skip|pass|never ?mind|nvm"
    r"|forget it|(?:i )?don'?t know|idk|dunno|not sure|(?:i )?don'?t want to (?:say|talk)(?: about it)?"
    r"|(?:i'?d |would )?rather not(?: say)?|prefer not to(?: say)?"
    r"|(?:it'?s|that'?s|its|all|everything(?:'s| is| was)?|it was|was|i'?m) (?:all )?"
    r"(?:fine|good|ok|okay|alright|well|great)|all good|no worries|no problem|just because|just so|leave it|let it be"
    r"|doesn'?t matter|don'?t bother|drop it|wasn'?t anything|wrong button|by mistake|my mistake|mistake|misclick"
    r"|i (?:pressed|tapped|hit|clicked) (?:the )?wrong (?:one|button))"
)
_NOTHING_BESIDE = (
    r"(?:oh|ok|okay|well|it'?s|its|i|we|do|don'?t|thanks|thank you|really|just|was|is|wrong|in particular|specific"
    r"|particular|special|to say|to add|to tell|to complain about|more|else|honestly|actually|now|about it|please|pls"
    r"|sorry|there|that|it|much|at all|then|anymore|any more|and|but|fine|good|ok)"
)
_ALL_OF_IT = (
    r"(?:order|orders|parcel|package|delivery|thing|things|stuff|goods|items?|products?|purchase|it|they|one|ones)"
)
_RATING = r"(?:ratings?|reviews?|scores?|stars?|feedback|votes?)"
_ASKS = r"(?:is|are|was|were|do|does|did|can|could|will|would|should|may|have|has)"

SAYINGS = (
    whole(
        Saying.IS_GLAD, rf"(?:{_GLAD_BESIDE}\W{{1,3}}){{0,12}}{_GLAD}(?:\W{{1,3}}(?:{_GLAD}|{_GLAD_BESIDE})){{0,12}}"
    ),
    # "The 2 mugs are great" and "we love our teapot" order nothing.
    whole(
        Saying.PRAISES_THING,
        r"(?:(?:the|these|those|this|that|my|our|both|all|your)\s+(?:[\w'-]{1,16}\s+){1,5}(?:is|are|was|were|looks?"
        r"|feels?|came out|turned"
        r" out|works?|fits?|arrived|tastes?)"
        r"|(?:(?:i|we|she|he|they|my \w{2,12}|everybody|everyone)\s+)?(?:(?:really|absolutely|just|both|all|so"
        r"|simply)\s+){0,2}"
        r"(?:loves?|loved|adores?|adored|enjoys?|enjoyed|liked?|likes)\s+(?:the|my|our|these|those|this|that|your"
        r"|both|them|it)\b"
        rf"(?:\s+[\w'-]{{1,16}}){{0,5}})(?:\s+(?:{_GLAD}|{_GLAD_BESIDE})){{0,8}}",
    ),
    anywhere(Saying.IS_UNHAPPY, rf"\b{_BAD}\b|{_NOT_GOOD}"),
    whole(
        Saying.NOTHING_WRONG,
        rf"(?:{_NOTHING_BESIDE}\W{{1,3}}){{0,5}}{_NOTHING}(?:\W{{1,3}}(?:{_NOTHING}|{_NOTHING_BESIDE})){{0,5}}",
    ),
    # "When it came it was wet" asks nothing, and neither does "what a mess".
    opening(
        Saying.ASKS_BACK,
        r"\W{0,3}(?:(?:and|but|so|ok|okay|well|hi|hey|sorry|wait)\W{1,3}){0,2}"
        rf"(?:(?:what|where|when|why|who|how)(?:'s| {_ASKS}| long| much| many| come| about| do| else)\b"
        rf"|why\W{{0,3}}\Z|{_ASKS} (?:you|i|we|there|it|they|that|this)\b)",
    ),
    whole(
        Saying.RATES,
        r"(?:(?:oh|hm{1,3}|well|ok|so|maybe)\W{1,3}){0,3}(?:i'?d|i would|i'?ll|i will|we'?d|let'?s|lets|let us)\s+"
        r"(?:say|give (?:it|you|them|this)|rate (?:it|this|them)|go (?:with|for)|call it)\W{1,3}"
        r"(?:(?:a|an|like|about|maybe|around)\W{1,3}){0,2}[^\W\d_]{2,9}(?: stars?)?",
    ),
    whole(
        Saying.ASKS_WHICH_ORDER,
        r"(?:(?:sorry|wait|um|huh|hm{1,3}|eh|hey|hi|and)\W{1,3}){0,2}(?:(?:how was|rate|about|for)\s+)?(?:what|which)"
        r"(?:\s+(?:order|orders|one|ones|thing|purchase|parcel|stuff|products?))?"
        r"(?:\s+(?:was (?:it|that|this)|is (?:it|this|that)(?: about)?|do you mean|are you (?:talking|asking) about"
        r"|you mean"
        r"|did i (?:order|buy|get)|was in it|do you want to know|am i rating|shall i rate|should i rate))?"
        r"|what (?:was (?:it )?(?:that )?(?:you asked|your question|the question|you wanted)|did you (?:ask|want)"
        r"|do you want)"
        r"(?: (?:me|from me|again|to know|to hear|about|for|now)){0,3}"
        r"|(?:i )?(?:don'?t|do not) (?:know|remember) (?:which|what) (?:order|one)(?: (?:you mean|that was|it was"
        r"|this is))?"
        r"|remind me(?: (?:what|which)[^.!?\n]{0,30})?",
    ),
    whole(
        Saying.ASKS_NO_MORE,
        r"(?:(?:please|pls|no|ok|hey|just|and|can you|could you)\W{1,3}){0,3}(?:(?:stop|quit) (?:asking|bothering"
        r"|bugging)"
        r"|(?:don'?t|do not|never) (?:ask|bother|bug)|no more (?:of )?(?:(?:these|such|your|those) )?(?:questions"
        r"|surveys|polls"
        r"|ratings?|reviews?)|stop (?:with )?(?:(?:these|the|your|those|this) )?(?:questions?|surveys?|polls?"
        r"|ratings?))"
        r"(?:\W{1,3}(?:me|us|about|for|how|it|this|that|these|things?|stuff|every|time|was|again|anymore|any|more"
        r"|please"
        r"|pls|now|ever|questions?|surveys?|ratings?|reviews?|my|orders?|all|the)){0,8}",
    ),
    anywhere(
        Saying.NOT_COME,
        r"\b(?:has ?n'?t|have ?n'?t|did ?n'?t|has not|have not|did not|never|not yet|still not|still no(?:thing)?"
        r"|nothing)\s+"
        r"(?:(?:even|yet|actually|really|ever)\s+)?(?:arriv\w{0,4}|came|come|turned up|turn up|shown up"
        r"|show(?:ed)? up|reached"
        r"|been delivered|delivered|here|got(?:ten)? (?:it|them|here|my|the|any|here)|get (?:it|them|my|the|any)"
        r"|receiv\w{1,3}|seen (?:it|them|any))\b"
        r"|\b(?:is|are)(?: ?n'?t| not) here(?: yet)?\b|\bno (?:parcel|package|delivery|sign of it)\b",
    ),
    anywhere(
        Saying.REVIEWS,
        rf"\b(?:leave|write|post|submit|drop|share)\s+(?:(?:you|a|an|my|some|the|your|this"
        rf"|that)\s+){{0,2}}(?:\w{{1,10}}\s+)?{_RATING}\b"
        rf"|\bgive\s+(?:(?:you|a|an|my|some|it|this|that)\s+){{1,2}}(?:\w{{1,10}}\s+)?(?:rating|review|feedback)\b"
        rf"|\b(?:rate|review)\s+(?:my|this|that|the|an|what|you)\s+(?:(?:last|latest|previous|old)\s+)?{_ALL_OF_IT}\b"
        r"|\b(?:can|could|may|where|how)\s+(?:do\s+|can\s+|could\s+)?(?:i|we)\s+rate\b",
    ),
    anywhere(
        Saying.UNRATES,
        r"\b(?:delete|remove|withdraw|retract|undo|cancel|erase|change|edit|update|correct|redo|take\s+(?:back|down"
        r"|away|off)"
        rf"|get\s+rid\s+of)\s+(?:my|that|this)\s+(?:(?:last|old|first|wrong)\s+)?{_RATING}\b"
        rf"|\btake\s+(?:my|that|this)\s+{_RATING}\s+(?:back|down|away|off|out)\b",
    ),
    anywhere(
        Saying.BUT,
        r"\b(?:but|except|however|although|though|tho|until|unless|only|apart from|sadly|unfortunately|yet|till|not"
        r"|n't|never)\b",
    ),
    anywhere(Saying.OF_THE_SHOP, r"\b(?:you|u|ya|your|yours|the shop|somebody|someone|they)\b"),
)
