"""What is said to the question how an order was, without a number: it was good, it was not, there is nothing to say."""

from nlu.rules.said import Saying, anywhere, opening, whole

_GLAD = (
    r"(?:great|good|perfect|perfectly|excellent|awesome|amazing|lovely|wonderful|fantastic|brilliant|super|superb|nice"
    r"|beautiful|gorgeous|cute|happy|pleased|satisfied|delighted|thrilled|love|loved|loves|adore|adored|enjoyed|liked"
    r"|best|top|fine|ok|okay|alright|all right|well|smooth|smoothly|fast|quick|cool|decent|no complaints?|no problems?"
    r"|no issues?|nothing to complain(?: about)?|spot on|five stars?|impressed|flawless|as expected|as described)"
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
_ASKS = r"(?:is|are|was|were|do|does|did|can|could|will|would|should|may|have|has)"

SAYINGS = (
    whole(
        Saying.IS_GLAD, rf"(?:{_GLAD_BESIDE}\W{{1,3}}){{0,12}}{_GLAD}(?:\W{{1,3}}(?:{_GLAD}|{_GLAD_BESIDE})){{0,12}}"
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
)
