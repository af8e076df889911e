"""What customers say while their wishes for placed orders are on the way; `bot.aftersale` looks for it."""

import re

from nlu.rules.patterns import rule

# Where deeds are spoken of and none is wished for: "cancel nothing else", "the refund", "I'll return it later".
_DEED_TO_NOTHING = rule(
    r"\b(?:cancel(?:l?ing)?|call(?:ing)?\soff|return(?:ing)?|send(?:ing)?\sback|exchang(?:e|ing)|swap(?:ping)?|chang(?:e|ing)"
    r"|modify(?:ing)?)\s(?:absolutely\s|back\s)?nothing(?:\s(?:else|more|further|besides))?\b"
    r"|\b(?:no|not|without)\s(?:any\s)?(?:cancell?(?:ing|ations?)|returning)(?:\s(?:of\s)?(?:anything|any\sof\s\w{2,5}|orders?))?\b"
)
_MONEY = rule(
    r"(?<!want\s)(?<!have\s)(?<!take\s)(?<!prefer\s)(?<!like\s)(?<!get\s)(?<!give\sme\s)"
    r"\b(?:(?:the|my|any|your|that|this|each|total|whole|expected)\s(?:(?:total|full|whole|exact|expected|entire)\s)?"
    r"|(?:pay\w{0,4}|charges?|difference|costs?)\sor\s(?:a\s)?)refunds?\b(?!\s(?:for|of)\s(?:the|my|this|that|it|both)\b)"
    r"|\b(?:the|my|any|that)\s(?:\w{1,8}\s)?refunds?\s(?:to\s(?:go|be)|on|onto|in|into|via|by|should|goes|went|back\son|paid)\b"
    r"|\bto\sget\s(?:the\smost|more|as\smuch|a\slittle|some)\s(?:of\s)?(?:my\s)?money\sback\b"
)
_LATER = rule(
    r"\b(?:i|we)(?:'ll|'d|\swill|\swould|\scan|\scould|\smight|\smay)\s(?:(?:then|just|rather|sooner|always|still|simply|prefer\sto|have\sto)\s){0,2}"
    r"(?:return|exchange|send|bring|give|swap|cancel)(?:\s[^\s.,;!?]{1,14}){0,6}\s(?:later(?:\son)?|afterwards|another\s(?:time|day)|some\sother\stime"
    r"|when\s(?:it|they)\s(?:arrives?|comes?|gets?\shere|is\shere|are\shere))\b"
)
BY_THEMSELVES = rule(
    r"\b(?:i|we)(?:'ll|'d|\swill|\swould|\scan|\scould|\sam\sgoing\sto|'m\sgoing\sto)\s(?:(?:then|just|rather|simply|always|still)\s){0,2}"
    r"(?:cancel|change|return|do|sort|handle|exchange)(?:\s[^\s.,;!?]{1,14}){0,5}?\s(?:(?:on|in|over|via|through)\s(?:the|your)\s(?:web\s?site|site|web|app|page|phone)"
    r"|online|by\sphone|(?:all\s)?(?:by\s)?(?:myself|ourselves)|on\s(?:my|our)\sown)\b"
)
WISHES_NOTHING = (_DEED_TO_NOTHING, _MONEY, _LATER, BY_THEMSELVES)
LOST = rule(
    r"\b(?:lost|misplaced|stolen|gone\smissing|left\s(?:it|them)\s(?:on|in|at)\s(?:the|a)\s(?:bus|train|taxi|cab|plane|tram|metro|subway))\b"
)
THERE_IS_NONE = rule(
    r"\A(?:if|unless|in\scase)\s(?:there(?:'s|\sis|\sare)?|you(?:'ve)?|it|they|that|this)?\s?(?:really\s|still\s)?"
    r"(?:(?:isn't|aren't|is\snot|are\snot|don't\shave|do\snot\shave|haven't\sgot|have|got|has|can't\sget|don't\scarry)\s)?(?:no\slonger\s|no\s|none\s|not\s|any\s|a\s|an\s)*"
)
LEAVES_AS_IT_IS = rule(
    r"\b(?:forget|leave|skip|never\s?mind|nvm|don'?t\s(?:bother|do|touch|change)|do\snot\s(?:bother|do|touch|change)|do\snothing|keep|stays?|remains?)\b"
)
# What begins an answer that wants a person in the place of the plan.
NO_FIRST = rule(r"\W{0,3}(?:no|nope|nah|stop|leave\sit|forget\sit|not\s(?:like\sthat|unless|then))\b")
STRONGLY = rule(r"\b(?:fuck|hell|heck|god|damn(?:\sit)?|bloody\shell)\W{1,3}(?=no\b)")  # as somebody says no
# What was done just now, and is regretted.
REGRETS = rule(
    r"\b(?:keep(?:ing)?|(?:but|no|only)\W{1,3}not\s(?:the|my|that)|(?:don'?t|do\snot)\s(?:want\sto\s)?(?:return|send|give|exchange|swap)|(?:changed|change)\smy\smind|regret\w{0,3})\b"
    r"|\A\W{0,3}not\s(?:the|my|that)\b"
)
WANTS_MORE = rule(
    r"\b(?:add|buy|order|cart|basket|also|another|more|too|as\swell|second|extra|purchase|get\sme|i(?:'ll|\swill)\stake)\b"
)
DROPS_ALL = rule(
    r"\W{0,3}(?:(?:ok|okay|no|oh|well|actually|please|sorry|you\sknow\swhat|hm+)\W{1,3}){0,3}(?:start\sover|start\sagain|forget\s(?:it|about\sit|all\sof\s(?:it|that)|everything|that|the\swhole\sthing)"
    r"|never\s?mind|nvm|(?:cancel|stop|scrap|drop|abort)(?:\s(?:that|this|it|all|everything|the\splan|the\schanges?|my\srequests?))?"
    r"|(?:leave|keep)\s(?:it|everything|all|them)(?:\s(?:as\s(?:it|they)\s(?:is|are|was|were)|alone|be|all))?|don'?t\sdo\s(?:it|anything|any\sof\s(?:it|that))"
    r"|i(?:'ve|\shave)?\schanged\smy\smind)(?:\W{1,3}(?:please|pls|thanks|thank\syou|then|after\sall|for\snow|sorry)){0,3}\W{0,4}",
)
# Of one of several things, asked what it shall become.
LEAVES_THAT = rule(
    r"\W{0,3}(?:(?:ok|okay|no|oh|well|then|please|just)\W{1,3}){0,3}(?:leave|keep)\s(?:it|that(?:\sone)?|this(?:\sone)?)"
    r"(?:\s(?:as\sit\s(?:is|was)|alone|be))?(?:\W{1,3}(?:please|then|thanks|thank\syou)){0,2}\W{0,4}"
)
# At what takes something away.
WANTS_IT_BACK = rule(
    r"\W{0,3}(?:(?:ok|no|oh|well|actually|sorry|but|and|wait)\W{1,3}){0,3}(?:i|we)"
    r"(?:(?:'d|\swould|\sdo|'ll|\swill)?(?:\s(?:still|really|do|rather)){0,2}\s(?:want|need|like|love|keep|take|(?:like|want)\sto\skeep)|(?:'ll|\swill)\shave)"
    r"\s(?:it|them|(?:this|that|these|those|both|all\sof\s(?:it|them))(?=\s(?:after|back|any)))(?:\s(?:after\sall|back|anyway|myself))?"
    r"(?:\W{1,3}(?:please|pls|thanks|thank\syou|now|sorry)){0,3}\W{0,4}"
)
WANTS_MONEY = rule(r"\b(?:refund\w{0,3}|money|return\w{0,3}|reimburse\w{0,4}|cash|send\sit\sback)\b")
WANTS_ANOTHER = rule(r"\b(?:exchang\w{1,3}|swap\w{0,4}|another|replac\w{1,6}|new\sone|different|other\sone|switch)\b")
MEANS_ALL = rule(r"\b(?:all|both|everything|every|each|them\sall|the\slot|the\swhole\sthing)\b")
ONLY_THAT = rule(
    r"\b(?:only|nothing\sbut|solely)\b|\bjust\s(?!(?:please\s)?(?:do|go|get|make|proceed|carry|put|say|tell|let)\b)"
)
HAS_IT = rule(r"\b(?:my|received|ordered|order|bought|got|arrived|came|delivered|purchased)\b")
PREFERS = rule(
    r"\b(?:instead|rather|prefer\w{0,3}|should\s(?:be|have)|supposed|thinking\sof|wanted|would\slike|i'd\slike|need|different|wish|want|please|too"
    r"|would\syou\s(?:still\s|perhaps\s)?have|(?:would|could|'d)\sbe\s(?:better|nice|nicer|great|good|lovely|perfect|ideal)"
    r"|(?:would|i'd|we'd)\s(?:love|appreciate)|in\s(?:place|lieu|exchange|return)\sof|(?:would|will|is)\sit\s(?:be\s)?possible|(?:could|can|may|might)\s(?:i|we|you|it|that|the|my)|be\shad)\b"
)
SURELY_PREFERS = rule(r"\b(?:instead|rather|should(?:'ve|\shave)\sbeen|supposed\sto\sbe)\b")
# What takes a yes back, or puts it off.
NO_YES_YET = rule(
    r"\b(?:wait|hold|stop|later|tomorrow|until|till|not\s(?:yet|now|sure|today|all|both|this|that|the)|maybe|perhaps|first|once|after|ask"
    r"|kidding|joking|undo|forget|only|just|except|without|instead|rather|other|another|different|than|never|none"
    r"|before(?=\s(?:you|that|this|it|they|doing|going|(?:i|we)\s(?:say|confirm|agree|accept|decide|pay|do|give|sign|know|see|check|ask|hear|order|buy|send)|[^\sa-z]|\d)))\b"
)
OF_A_PART = rule(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|half|some|part|most|few|several)\sof\b|\b(?:half|a\spart|partly|\d)\b"
)
# A question that may be answered with yes or no, or wavers: it doubts what is shown.
DOUBTS = rule(
    r"(?:\A|[.,;!?…]\s{0,2}|\b(?:and|but|so|hm+|wait|oh|well|ok|okay|yes)\W{1,3})(?:is|are|isn't|aren't|was|were|wasn't|do|does|don't|doesn't|did|didn't|will|won't|would"
    r"|wouldn't|can|can't|could|should|shouldn't|shall|has|have|haven't|am)\s(?:i|we|you|it|that|this|they|there|the|my|these|those|all)\b"
    r"|\b(?:wonder\w{0,3}|not\s(?:so\s|really\s|quite\s)?sure|unsure|hm+|think|maybe|perhaps|doubt\w{0,3}|hesita\w{2,4})\b|\bright\s?\?"
)
# What may bound it.
MAY_BOUND_A_YES = rule(
    r"[?]|n['’]?t\b|\b(?:but|unless|if|not|no|when|however|though|although|actually|also|assuming|provided|whatever|too|as\swell)\b"
)
# What people tell of themselves beside a yes, and that bounds nothing: "I don't have all day".
OF_ONESELF = rule(
    r"\b(?:i|we)\s?(?:\s(?:really|just|also)\s)?(?:\s?(?:don'?t|do\snot|can'?t|cannot|haven'?t|didn'?t|won'?t|couldn'?t|(?:'m|am|'re|are)\snot))\s"
    r"(?:even\s|ever\s|really\s)?(?!want|agree|like|know|mean|accept|authori|consent|wish|think|believe|sure|ready|certain|happy|ok|fine|approve|allow)\w{1,20}"
)
WANTS_ELSE = rule(r"\b(?:the|a|an|another)\s(?:\w{1,20}\s){0,2}ones?\b|\b(?:instead|rather)\b")
# Who wants a moment, and takes nothing back.
WAITS = rule(
    r"\W{0,3}(?:(?:please|ok|okay|oh|um+|hm+|well|no)\W{1,3}){0,3}(?:wait|hold\son|hang\son|hold\sit|not\syet|(?:just\s)?(?:one|a)\s(?:moment|minute|second|sec|min)|give\sme\sa\s(?:moment|minute|second|sec)"
    r"|let\sme\s(?:think|check|see|look)(?:\s(?:about\sit|first|again))?)(?:\W{1,3}(?:please|a\s(?:moment|minute|second|sec)|then|wait|first|ok|okay|let\sme\sthink)){0,3}\W{0,4}"
)
ONLY_THIS = rule(
    r"\b(?:only|just|solely|nothing\sbut|no\smore\sthan)\s(?:(?:want|need|wish|like|have|be|for)\s){0,2}(?:to\s)?(?:(?:swap|change|exchange|return|cancel)\s)?(?:the|my|this|that|those|these|order)\b"
)
ONE_MORE = rule(r"\b(?:also|too|as\swell|another|other|additionally|second|one\smore|both|all|in\saddition|on\stop)\b")
OF_MONEY = rule(r"\b(?:refund|money|credit)\b")
ANOTHER_ONE = rule(r"\b(?:one|another|replacement|different|new|same)\b")
ONE_OF_SEVERAL = rule(r"\b(?:an?|another|a\ssingle)(?:\s(?!couple|pair|few|lot|set|bunch|dozen)\w{1,12})?\Z")
# Out of what is planned: what is wanted no more is said in other words.
# Right before an order: of it nothing but what was said is wanted.
NOTHING_ELSE = rule(
    r"\b(?:(?:nothing|not\sanything)\selse|no\sother\s\w{1,10})\s(?:from|in|of|with|on|out\sof)\s(?:\w{1,8}\s){0,2}\Z"
)
LEAVES_OUT = rule(r"\b(?:leav(?:e|ing)|keep(?:ing)?)\s(?:[^\s.,;!?]{1,16}\s){1,5}out\b")
TAKES_OUT = rule(
    r"\b(?:leav(?:e|ing)|tak(?:e|ing))\s(?:[^\s.,;!?]{1,16}\s){0,5}(?:out|off|away)\b|\b(?:remove|drop|delete|ditch|scrap|skip|exclude|strike)\b"
)
SO_MANY_BESIDE = rule(r"\b(?P<count>\d{1,2}|one|two|three|four|five|six)\b(?!\s(?:that|which|with|in|size))")
SO_MANY_BEFORE = rule(
    r"\b(?P<count>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)(?:\sof)?(?:\s(?:the|my|those|these))?(?:\s\w{1,12})?\Z"
)
OF_SOMETHING_HAD = rule(
    r"\b(?:instead|rather|supposed|received|ordered|bought|got|arrived|came|delivered|purchased|my\s(?:\w{1,12}\s){0,2}order)\b"
)
# "The lamp back, please", and what names an order by its number, or as theirs.
SPEAKS_OF_PLACED = rule(
    r"\bback(?:,?\s(?:please|pls|thanks|thx))?\W{0,3}(?:\Z|[.!;\n])|#\s?[a-z]{0,3}\d{3,18}\b|\borders?\sof\s(?:mine|ours)\b"
    r"|\w\s?(?:->|=>|→)\s?\w|\b(?:in|from|of)\s(?:the\s|that\s)?same\sorder\b"
)
WORD_OF_NAME = rule(r"[^\W_]+(?:['-][^\W_]+){0,3}")
ANY_NUMBER = rule(r"(?<![\w$£€.,])#?\s?(?:[a-z]{1,3}-?)?(?P<digits>\d{3,18})(?![\w%]|[.,]\d)")
DATED = rule(
    r"\b(?:in|since|until|till|from|before|after|january|february|march|april|may|june|july|august|september|october|november|december)\s\Z"
)
CALLED_AN_ORDER = rule(
    r"\b(?:orders?|order\s(?:no\.?|number|id|nr\.?)|purchase|parcel|package)\s?(?:is\s|no\.?\s?|number\s|id\s|nr\.?\s)?:?\s?"
    r"#?\s?(?:[a-z]{1,3}-?)?(?P<digits>\d{2,18})\b|#\s?(?:[a-z]{1,3}-?)?(?P<sign>\d{2,18})\b"
)
LEAVES_IT_OPEN = rule(
    r"\b(?:anything|any\sof\s(?:them|those|these)|any\s(?:one|other|will|would|is|works|colou?r|size|kind|type|sort|version|variant"
    r"|model|option|replacement)|any(?!\s\w)|whichever|whatever|you\s(?:choose|pick|decide)|up\sto\syou|don'?t\s(?:mind|care)|no\spreference"
    r"|doesn'?t\smatter|does\snot\smatter|not\sfussed|either|surprise\sme|i'?m\seasy|not\spicky|do\snot\s(?:mind|care)"
    r"|(?:don'?t|do\snot)\shave\sa\spreference)\b"
)
SAME_ONCE_MORE = rule(
    r"\b(?:same\s(?:one|thing|item|model|kind)?(?:\sagain)?|identical|a\snew\sone|new\sone|another\sof\sthe\ssame|replacement|working\sone"
    r"|exact\ssame)\b"
)
# What something shall become is said behind such a word.
BECOMES_SO = rule(
    r"->|=>|→|\b(?:to|into|for|with|by|be|become|make|should|want|instead|rather|prefer|like|need)\b|\bin\s(?!my\b|the\b|that\b|order\b|#)"
)
# What it shall become, told by words that may be no option's: "for a solar one", "to something purple".
BECOMES_SUCH = rule(
    r"(?:\A\W{0,3}|\b(?:for|to|into|with|in)\s)(?:an?|some|something)\s"
    r"(?!one\b)(?!(?:\w{1,12}\s)?(?:different|another|new|replacement|fresh|other|better|nicer|good|working|intact|undamaged|proper|identical"
    r"|similar|refund|gift|second|third|few|hurry)\b)[\w-]{2,20}(?:\s[\w-]{2,20}){0,2}(?=\W*\Z|[.,;!?])"
)
# Where something is that is named before it: "the watch that I got", "the shoes I have on order".
HAS_COME = rule(
    r"\A\W{0,3}(?:(?:that|which)\s)?(?:(?:i|we)(?:'ve|\shave)?\s(?:(?:just|already)\s)?(?:got|received|have\salready|have\sgot)\b(?!\son\sorder)"
    r"|(?:(?:was|were|has\sbeen|have\sbeen|is|are|came|arrived|got)\s){0,2}(?:(?:just|already)\s)?(?:delivered|arrived|received)\b|(?:that|which)\s(?:just\s)?came\b(?!\s(?:together\s|along\s)?with))"
)
IS_TO_COME = rule(
    r"\A\W{0,3}(?:(?:that|which)\s)?(?:(?:(?:i|we)(?:'ve|\shave)?|is|are)\s(?:got\s|just\s|still\s|placed\s)?)?(?:on\sorder|pending|just\sordered|(?:has|have|is|are)(?:n't|\snot)\s(?:been\s)?(?:yet\s)?(?:shipped|sent|left|delivered|arrived))\b"
)
HAD_BEFORE = rule(r"\b(?:delivered|received)\s\Z")
TO_COME_BEFORE = rule(r"\bpending\s\Z")
# What is compared with, and is not what is meant: "rather than the cheaper one".
NOT_THAT_ONE = rule(r"\s?\b(?:rather\sthan|instead\sof|in\splace\sof|and\snot|not\sthe|than\sthe)\b")
# All of a plural: "all that I've received", "they came in different orders".
ALL_THERE_ARE = rule(
    r"\ball\s(?:of\s(?:them|those|these|my)|that|those|the\sones|i|my|the)\b|\bevery\s(?:single\s)?(?:one|last)\b|\beach\s(?:one|of)\b"
    r"|\b(?:different|several|both|separate|two|three|more\sthan\sone|all)\s(?:of\s)?(?:my\s)?orders?\b|\bwherever\b"
)
# "The pricier one", "whichever of the two cost more": of what, is known from what was said, or what they have twice.
ONE_OF_TWO = rule(
    r"\b(?:the|my)\s(?P<how>(?:(?:more|less|most|least)\s)?(?:\w{2,14}(?:er|est)|expensive|expensve|costly|pricey|cheap|dear|big|small|large|old|new))\s(?:one|of\s(?:the\s)?(?:two|them|both))\b"
    r"|\bone\s(?:with|that\shas|of)\s(?:the\s|a\s)?(?P<with>(?:high|low|great|small)(?:er|est)\s(?:price|cost))\b"
    r"|\b(?:whichever|the\sone)\s(?:of\s(?:the\s)?(?:two|them|both)\s)?(?:that\s|which\s)?(?P<cost>costs?\s(?:me\s)?(?:more|less|most|least))\b"
)
# "The expensive one" of two is the dearer of them, whatever else is said of it.
PRICED_ONE = rule(
    r"\b(?:(?:the|my|that|this)\s(?:(?P<less>(?:less|least)\s(?:expensive|costly|pricey)|cheap(?:er|est)?|inexpensive|low(?:er|est)[\s-]priced)"
    r"|(?P<more>(?:more\s|most\s)?(?:expensive|expensve|costly|pricey|dear)|pric(?:ier|iest)|dear(?:er|est)|costli(?:er|est)|high(?:er|est)[\s-]priced))\b"
    r"|costs?\s(?:me\s)?(?:(?P<costs_more>more|most)|(?P<costs_less>less|least))\b)"
)
ALL_ORDERS = rule(
    r"\b(?:all|both|every|each)\s(?:of\s)?(?:my\s|the\s)?(?:\w{1,10}\s)?orders?\b|\beverything\b|\bwhatever(?:'s|\sis)?\spossible\b"
)
# That somebody has one more of something than they need, and does not say which.
ONE_TOO_MANY = rule(
    r"\bone\s(?:[\w-]{1,14}\s){0,2}(?:too\smany|is\s(?:plenty|enough|sufficient|superfluous)|will\sdo|would\sdo|suffices)\b"
    r"|\bone\s(?:of\s(?:them|those|these|the\s(?:two|pair))\s)?(?:goes|has\sto\sgo|needs\sto\sgo|must\sgo|can\sgo|may\sgo)\b"
    r"|\b(?:only|just)\s(?:need|want|use)\s(?:the\s)?one\b|\b(?:need|want|use)\s(?:only|just)\s(?:the\s)?one\b"
)
CALLED_THE = rule(r"\b(?:the|my|that|this)\s(?P<what>(?:[\w-]{2,15}\s){0,2}[\w-]{3,15})")
# Another one of what was named: "the white shelf and the black one".
OTHER_SUCH = rule(r"\b(?:the|my)\s(?P<how>(?:[\w-]{2,15}\s){1,3})ones?\b")
AND_OTHER_SUCH = rule(
    r"\A,?\s(?:and|plus|as\swell\sas|&)\s(?:also\s)?(?:the|my)\s(?P<how>(?:[\w-]{2,15}\s){1,3})ones?\b"
)
JOINS_MORE = rule(r"\b(?:and|plus|also|too|as\swell(?:\sas)?|along\swith|together\swith)\b|&|\+")
# Where a sentence ends, where its parts are joined, and what describes the thing that is named behind it.
SENTENCE_ENDS = rule(r"[.!?;]{1,9}(?=\s|\Z)|\n")
JOINT = rule(r"[,:]|\s-\s|\b(?:and|but|while|plus|also)\b", re.IGNORECASE)
OWN_OF_NAME = rule(r"\b(?:my|the|this|that|these|those|our)\s(?P<lead>(?:[\w%+.'-]{1,20},?\s){1,6})\Z", re.IGNORECASE)
DEFINITELY = rule(r"\b(?:my|the|this|that|these|those|our)\s(?:[\w-]{1,20}\s){0,3}\Z")
ALL_IN_IT = rule(r"\b(?:(?:every|each|all)(?:\s[\w-]{1,12}){0,2}\s(?:items?|things?|products?|pieces?)|everything)\b")
# What is said of one of several holds for all of them.
HOLDS_FOR_ALL = rule(
    r"\b(?:both|each(?:\sone)?|every(?:\sone|thing)?|all(?!\s(?:the\ssame|right))|either|the\stwo\sof\sthem|them\stoo|likewise|same\s(?:for|goes|with))\b"
)
ALL_OF_THEM = rule(r"(?:all\s(?:two|three|four|five|six|of\s(?:them|those|these)|that|this)|them\sall)\b")
# Another one of the same name takes the place of what was wished for.
TAKES_ANOTHER = rule(
    r"\b(?:inst[ea]{1,2}d|rather|changed?\s(?:my|our)\sminds?|after\sall|on\ssecond\sthoughts?|not\sthe\sother)\b"
)
THAT_ORDER = rule(r"\b(?:that|this|same|whole|entire|complete|full|its)\b")
_WHICH_OF = r"\b(?:the|that|my)\s(?P<how>(?:(?:more|most|less|least)\s)?\w{2,14}(?:\sones?)?)\sof\s"
PICKS_OF = rule(rf"{_WHICH_OF}(?:(?:my|the|those|these|our)\s)?(?:(?:two|three|four)\s)?\Z")
PICKS_OF_THEM = rule(rf"{_WHICH_OF}(?:them|those|these|(?:the|my)\stwo)\b")
# "And the lamp", "now the mugs", "the lamp too": what was done last shall be done with more.
GOES_ON = rule(
    r"\W{0,3}(?:(?:ok|okay|great|thanks|thank\syou|good|fine|perfect|oh|yes|cool|all\sright|alright|please)\W{1,3}){0,3}"
    r"(?:and|also|now|next|then|plus|the\ssame|same|likewise|finally|lastly|further(?:more)?|in\saddition|additionally|as\swell\sas)\b"
    r"|[^.!?;\n]{1,80}\b(?:too|as\swell|also|likewise)\W{0,3}(?:please\W{0,3})?\Z"
)
HAS_IF = rule(r"\b(?:if|unless|should)\b")
OF_MINE = rule(r"\bmy\s(?!(?:cart|basket|trolley|name|address|account|e-?mail|order|orders|list|card)\b)\w")
BUYS = rule(
    r"\b(?:order|buy|add|purchase|get\sme|bring\sme|send\sme|another|more\sof|cart|basket|trolley|in\sstock|reorder)\b"
)
# What is surely bought besides: "and I want to order 3 socks".
BUYS_MORE = rule(
    r"\W{0,3}(?:(?:and|also|then|plus|but|please|pls|oh|i|we|i'd|we'd|want|would|like|need|to|you|can|could|let's)\W{1,3}){0,6}"
    r"(?:buy|order|purchase)\s(?:me\s)?(?:\d{1,4}|an?|some|another|two|three|four|five|six|seven|eight|nine|ten|a\sfew|more)\b"
)
ADDS = rule(r"\b(?:add(?:ing)?|buy|include|more\sof)\b|\bput\b.{1,60}\b(?:in|into)\s(?:my|the|that|this|it)\b")
# "If there are several, tell me all of them", "what have you got?"
LISTS = rule(
    r"\b(?:(?:tell|show|list|give|name)\s(?:me\s|us\s)?(?:all|every|each|which|what|the\s(?:options|variants|ones|prices))|what\s(?:(?:else\s)?(?:have\syou\sgot|do\syou\shave)"
    r"|are\s(?:the|my)\soptions|options)|which\s(?:ones\s)?(?:do\syou\shave|have\syou\sgot|are\sthere)|list\s(?:them|the))\b"
)
KNOWS_NOT = rule(
    r"\bno\s(?:idea|clue)\b|\b(?:don'?t|do\snot|can'?t|cannot)\s(?:know|remember|recall|say|tell)\b|\bnot\ssure\b"
)
