"""What customers say of where orders go, and of where they live; `bot.aftersale.addresses.hearing` looks for it."""

import re

from nlu.rules.patterns import rule
from nlu.rules.towns import STATES

_GAP = r"(?:(?!(?:to|into|with|as|by|from|use|using|so|because)\b)[\w'’#-]{1,20},?\s)"
_OF_ONES_OWN = r"(?:my|the|our|this|that|his|her|their|your)"
_OWN = (
    r"(?:(?:default|home|usual|primary|main|registered|regular|own|permanent|user|account|profile|personal|saved|standard)(?:['’]s)?"
    r"\s(?:(?!(?:is|to|from|in|for|of|should|must|isn)\b)[\w-]{1,15}\s){0,2}?(?:address|adress|adres|addy|one|place|location|home|house|info\w{0,9}|details)"
    r"|default|(?:(?:user|customer)\s)?(?:profile|account)|records?|(?:contact\s)?details|contact\sinfo\w{0,9}|(?:address|home)\son\sfile)"
)
_CHANGES_IT = (
    r"(?:isn['’]?t|aren['’]?t|is\snot|is\sno\slonger|is|was|has\sbeen)\s(?:\w{1,9}\s){0,2}?(?:right|correct|valid|wrong|incorrect|mistaken|outdated"
    r"|old|out\sof\sdate|up\sto\sdate|current|changed)"
)
_SENT = r"(?:order|orders|package|packages|parcel|parcels|purchase|shipment|delivery)"
_IT = (
    r"(?:it|them|that|this|these|those|everything|both|all|one|the\slot|(?:the\s)?(?:whole|entire)\s(?:thing|lot|order)|(?:all|both)\sof\s(?:it|that|them)"
    rf"|(?:{_OF_ONES_OWN}\s(?:[\w'-]{{1,20}}\s){{0,4}}?)?{_SENT})"
)
_BUILT = r"(?:house|home|place|flat|apartment|condo|address|adress|one|location)"

# What speaks of where something goes, or of where somebody lives.
SPEAKS_OF_ADDRESS = rule(
    rf"\b(?:ship|send|deliver|forward|redirect|reroute)\s{_IT}\swhere\b|\b(?:addres\w{{0,4}}|adress\w{{0,2}}|adres|addys?|destinations?|(?:ship|send|deliver|forward|redirect|reroute|bring)\s(?:order\s)?#?[a-z]{{0,3}}\d{{3,18}}"
    rf"\s(?:over\s)?to|(?:ship(?:ped|ping)?|deliver(?:ed|y)?|sen[dt]|redirect(?:ed)?|reroute[d]?|forward(?:ed)?)\s{_IT}\s(?:over\s|off\s|out\s)?to(?!\sme\b|\sthe\sstore)"
    r"|(?:ship|deliver)(?:ped|ing|ed)?\s(?:to|it|them|that|this|my|the|everything|both|all)\b(?!\sback)"
    rf"|(?:go|goes|going|went|come|sent|shipped|delivered|moved?|heading|headed)\s(?:over\s)?to\s(?:my|the|our|his|her|their)\s(?:[\w'’-]{{1,15}}\s){{0,3}}?{_BUILT}"
    r"|(?:go|be\ssent|be\sshipped|be\sdelivered|be\srerouted|be\sredirected)\s(?:instead\s)?to(?!\sme\b|\sthe\sstore)"
    r"|(?:i|we)(?:['’]ve|\shave)?\s(?:just\s|recently\s|now\s|since\s)?(?:moved|relocated)|moving\sto|live\sat|living\sat"
    rf"|(?:new|old|default|other|former)\s(?:home|house|place|flat|apartment)|(?:goes|going|sent|shipped)\sto\s"
    r"|(?:sent|shipped|delivered|redirected|rerouted|forwarded|go|goes|going|ship|send|deliver)\s(?:\w{1,9}\s){0,2}there"
    r"|(?:come|go|sen[dt]|shipp?(?:ed)?|deliver(?:ed)?|brought)\s(?:\w{1,9}\s){0,2}?(?:back\s)?(?:home|to\sus)|(?:reach|find)\s(?:me|us)\s(?:in|at)|street\snumber|house\snumber"
    r"|(?:ship|deliver|sen[dt])(?:ped|ed)?\s(?:\w{1,9}\s){0,3}?to\swhere|go\swhere|(?:chang\w{1,3}|alter|switch|correct|fix)\swhere|(?:right|correct|wrong)\s(?:destination|home|house)"
    r"|(?:my|our)\s(?:place|home|house|flat)\s(?:here\s)?in)\b"
)
# That somebody shall be known to live elsewhere from now on.
LIVES_ELSEWHERE = rule(
    rf"\b(?:change|chang|update|edit|correct|modify|switch|fix|replace|adjust|amend|overwrite|set|put|reset|revert|restore|undo)\s{_GAP}{{0,3}}?{_OF_ONES_OWN}\s(?:new\s|current\s)?{_OWN}(?!\s{_SENT})\b"
    rf"|\b(?:make|made|put|sav(?:e|ed)|store|keep|register|record|set|mark|have|use)\s(?:[\w'’,-]{{1,20}}\s){{0,14}}?(?:as|be|become|to\sbe)\s(?:{_OF_ONES_OWN}|a)?\s?(?:new\s)?{_OWN}\b"
    rf"|\bmake\s{_GAP}{{0,8}}?{_OF_ONES_OWN}\s(?:new\s)?{_OWN}\b"
    rf"|\b(?:put|save|store|add|register|record|note|enter|write|correct|update|change|fix|edit|set)\s{_GAP}{{0,7}}?(?:in|on|to|into|for)\s{_OF_ONES_OWN}\s(?:user\s)?(?:profile|account|records?|file|details)\b"
    rf"|(?<!to\s)(?<!use\s)(?<!at\s)(?<!using\s)\b{_OF_ONES_OWN}\s(?:new\s)?{_OWN}\s(?:too|also|as\swell|should|shall|must|needs?|to\s(?:be|show|have|get|say|carry|reflect)|has\sto|into|please\sto)\b"
    rf"|\b(?:to\s)?(?:become|be)\s{_OF_ONES_OWN}\s(?:new\s)?{_OWN}\b"
    rf"|\b{_OF_ONES_OWN}\s(?:new\s)?{_OWN}(?:,\sthe\s(?:\w{{1,12}}\s){{0,2}}?(?:one|address))?,\s{{1,3}}(?:please\s|can\syou\s|could\syou\s)?(?:put|change|set|update|switch|move|make|correct|revert|undo)\b"
    rf"|\b{_OF_ONES_OWN}\s(?:new\s|current\s)?{_OWN}\s{_CHANGES_IT}\b"
    r"|\bfor\sme\s(?:as\sa\s(?:user|customer|client|person)|personally)\b|\bmy\suser\b"
    r"|\b(?:my|our)\s(?:own\s|home\s|current\s)?addres\w{0,4}\s(?:will\s|is\s|must\s|should\s|ha[sd]\s(?:to\s)?|needs\s(?:to\s)?|(?:is\s)?(?:going|about)\sto\s|soon\s){0,3}(?:chang(?:e|es|ing|ed)|be\s(?:a\s)?(?:changed|different|new|another)|(?:a\s)?different)\b"
    r"|\b(?:from\snow\son|(?:all\s|any\s)?(?:my\s)?future\s(?:orders|purchases|deliveries)|going\sforward|permanently)\b"
    rf"|\A\W{{0,3}}(?:(?:and|also|as\swell\sas|plus|oh|too|in|on|for|of|to)\s){{0,3}}{_OF_ONES_OWN}\s(?:new\s)?{_OWN}(?:\s(?:in|on|of|for)\s(?:my|the)\s(?:user\s|customer\s)?(?:profile|account|records?|file))?(?:\W{{1,2}}(?:too|also|as\swell|please|pls|thx|thanks|to\s(?:that|the)\s(?:very\s)?same(?:\s(?:one|place|address))?)){{0,3}}\W{{0,3}}\Z"
)
# That the address they gave is not right, of no order in particular.
MISTYPED = rule(
    r"\b(?:mis-?(?:typed|spelled|spelt|wrote|written)|botched|messed\sup|got\swrong)\s(?:my|our|the)\s(?:own\s|home\s|street\s)?(?:addres\w{0,4}|adress\w{0,2}|addy)\b|"
    rf"\b(?:typo|mistake|error|slip|mix-?up|something\swrong)\s(?:in|with|about)\s(?:my|our|the)\s(?:own\s|street\s|house\s)?(?:addres\w{{0,4}}|adress\w{{0,2}}|addy|number)\b"
    rf"|\b(?:typed|entered|put|wrote|gave|given|got|have|spelled|saved)\s(?:in\s|down\s)?(?:my|our)\s(?:\w{{1,10}}\s)?(?:addres\w{{0,4}}|adress\w{{0,2}}|addy)\s(?:\w{{1,9}}\s){{0,2}}?(?:wrong|incorrect)"
    rf"|\b(?:my|our|the)\s(?:own\s|current\s|street\s|house\s)?(?:addres\w{{0,4}}|adress\w{{0,2}}|addy|number)(?:\s(?:you\shave|on\sfile|you\ssaved)(?:\s(?:for|of)\sme)?)?\s(?:{_CHANGES_IT}|(?:should|must|ought\sto|has\sto|would\shave\sto)\sbe)\b"
    r"|\b(?:my|our|the)\s(?:own\s|home\s)?(?:addres\w{0,4}|adress\w{0,2}|addy)\s(?:you\shave\s)?(?:has|contains|shows|got)\s(?:an?|the|some)\s(?:\w{1,9}\s)?(?:typos?|mistakes?|errors?|slips?|number)\b"
    r"|\baddres\w{0,4}\s(?:that\s|which\s)?you\shave\s(?:for|of)\s(?:me|us)\b"
)
OWN_ADDRESS = rule(r"\b(?:my|our)\s(?:own\s|current\s)?(?:addres\w{0,4}|adress\w{0,2}|addy)\b")
# What is kept of a customer, where it goes on about addresses: "and in my account".
OWN_RECORD = rule(
    r"\b(?:account|profile|for\sme\sas|my\suser|records?|on\sfile|(?:my|the)\sdefault(?!\saddress\sto)|from\snow\son)\b"
)
# All that can still go elsewhere.
ALL_OPEN = rule(
    r"\b(?:everything|anything|whatever|all|every|any|those|both)\b[^.!?;]{0,30}?\b(?:pending|open|unshipped|(?:has|have|did)(?:n['’]?t|\snot)(?:\syet)?\s(?:been\s)?(?:ship(?:ped)?|left|sent|gone|dispatched)"
    r"|not\s(?:yet\s)?(?:shipped|left|sent|gone)|(?:still|can|could)\sbe\s(?:still\s)?(?:changed|redirected|rerouted))\b|\b(?:everywhere|wherever|anywhere)\b"
)
# Where they live, as the goal of something: "to my default address", "home".
WHERE_THEY_LIVE = rule(
    rf"\b(?:{_OF_ONES_OWN}\s)?(?:new\s)?{_OWN}\b|\b(?:my|our|to|back|come|sent|shipped|delivered|brought)\s(?:home|house)\b|\b(?:come|go|sent|shipped|delivered|back|brought)\s(?:back\s)?to\sus\b|\Ato\sus\b|\bwhere\s(?:i|we)\slive\b|\A\W{{0,2}}(?:at\s)?home\b"
)
OTHER_ADDRESS = rule(
    r"\b(?:other|second|alternative|alternate|different|another)\s(?:shipping\s|home\s|delivery\s)?(?:address|adress|one|place|house|home)\b"
)
# Where it was before: "put it back", "to the original one".
BEFORE = rule(
    r"\b(?:back\sto|back\sto\swhat|as\sit\swas|before|original|previous|former|earlier|old)\b|\bput\s(?:it|that|this)\sback\b|\bundo\b"
)
# One that is told apart by its age: "the new house", "my old address".
LABELLED = rule(
    rf"\b(?P<label>new|old|previous|former|right|correct|wrong)\s(?:shipping\s|delivery\s|home\s)?{_BUILT}\b"
)
SAME_PLACE = rule(
    r"\b(?:that|(?:the|that|this)\s(?:very\s)?same|this)\s(?:address|one|place|house)\b|\b(?:that|this)\sone\b|\bthere\s(?:too|as\swell|also)\b|\b(?:go|goes|sent|shipped|delivered|redirected|rerouted|forwarded|ship|send|deliver)\s(?:it\s|them\s)?there\b|\b(?:the|become)\ssame\b"
)
# The address of an order, behind which it is told of which.
ADDRESS_OF_ORDER = rule(
    r"\b(?:same\s(?:shipping\s|delivery\s)?(?:address|place|one)?\s?(?:as|that|for|in|on)|(?:address|adress|one|place)\s(?:of|from|in|on|used\s(?:for|in|on)|i\sused\s(?:for|in|on)"
    r"|that\s(?:is|was|i\sused)\s(?:on|in|for|used\sfor)|associated\swith|as)|match(?:es|ing)?|where)\s(?:the\s(?:one|address)\s(?:of|from|in|on|for)\s)?(?:my\s|the\s|that\s)?"
)
FOUND_THERE = rule(
    r"\b(?:it['’]?s|(?:it|addres\w{0,4}|place|house)\sis|find\sit|see\s(?:it|that|that\sone|the\saddress|this)|look\sit\sup|looked\sup|got\sit|have\sit|has\sit|that['’]?s|(?:should|must|will)\sbe|has\sto\sbe|stands|written|listed|known)\s(?:\w{1,9}\s){0,2}?(?:in|on|with|from|at|among|by|of)\s"
    r"|\b(?:in|on|among|from)\s(?=(?:my|one\sof\s(?:my|the)|another)\s(?:other\s|past\s|earlier\s)?orders?\b(?!\s(?:too|as\swell|also)))"
)
WHERE_IT_GOES = rule(
    r"\b(?:where|(?:the\s)?(?:one|address|place|house)\s(?:that\s|which\s)?(?=(?:my|the|our|that|one)\s))\s?(?P<what>[^.!?;]{1,60}?)\s(?:is\s|are\s|was\s|were\s|has\s|have\s)?(?:being\s|been\s)?(?:going|goes?|went|sent|shipped|delivered)\b"
)
# A clause that wants something, in difference to one that tells where an order goes.
WANTS = rule(
    r"\b(?:please|pls|plz|ought|shud|shld|change|update|edit|correct|fix|modify|make|put|switch|redirect|reroute|forward|move|use|ship|send|deliver|want|wants|need|needs"
    r"|would\slike|['’]d\slike|should|shall|must|has\sto|have\sto|can|could|would|let|instead|rather|supposed)\b"
    r"|(?:\A\W{0,3}|\b(?:to|you|and|kindly)\s)set\b"
)
# Which address something has is asked, and nothing is wanted.
ASKS_ADDRESS = rule(r"\b(?:what|which|where|tell\sme|show|look\sup|check|know|remind|find\sout|see|confirm)\b")
CHANGES = rule(
    r"\b(?:chang\w{1,3}|updat\w{1,3}|edit|correct|fix|modify|make|put|switch|redirect\w{0,3}|reroute|forward|move|use|ship|send|deliver"
    r"|(?:should|shall|shud|must|ought\sto|has\sto|have\sto|needs?\sto)\s(?:all\s|both\s|now\s|also\s)?(?:go|come|be\s(?!able|in\b|on\b|among|there|somewhere))|instead)\b|(?:\A\W{0,3}|\b(?:to|you|and|kindly|please)\s)set\b"
)
NO_WANT = rule(r"\b(?:as|like)\s(?:it|they|that)\s(?:should|must|shall|has\sto)\b|\bshould\snot\s")
GOES = rule(r"\b(?:goes|going|go|went|sent|shipped|delivered|on\s(?:its|the|their)\sway|headed|heading|addressed)\b")
# What comes back to the shop goes to no address of theirs.
COMES_BACK = rule(
    r"\b(?:goes|go|going|went|comes?|coming|sen[dt]|sending|shipped|given)\s(?:\w{1,9}\s){0,2}?back\b(?!\sto\s(?:my|the|what|where|how|its)\b)"
)
# Right before an address: "and ship the new one to".
SENDS_THERE = rule(r"\b(?:send|ship|deliver|mail|post|forward)\b[^.;!?\n]{1,80}\bto\s{1,3}\Z")
SENDS = rule(
    rf"\b(?:ship|send|deliver|redirect|reroute|forward|bring|get|have)\s{_IT}(?:\s(?:sent|shipped|delivered|redirected|rerouted))?\b"
    rf"|\b(?:should|shall|must|can|could|may|would|ought\sto|has\sto|have\sto|needs?\sto)\s(?:\w{{1,9}}\s){{0,3}}?(?:go|come|be\s(?:sent|shipped|delivered|redirected|rerouted|forwarded|moved|changed)|reach|arrive)\b|\breach\s(?:me|us)\s(?:in|at)\b"
    rf"|\b(?:address|adress)\s(?:of|for|on|in)\s{_IT}\b|\b(?:shipping|delivery)\s(?:address|adress)\b|\b(?:its|the)\s(?:address|adress)\b"
    r"|\b(?:order|parcel|package|shipment)(?:'s|s'?)?\s(?:address|adress)\w{0,2}\b|\bchange\s(?:it|that|where\sit\sgoes)\b"
)
CHANGES_DETAILS = rule(
    r"\b(?:update|change|edit|correct|set)\s(?:in\s|on\s)?(?:my|the|this|that|it)\s(?:in\s|on\s|for\s)?(?:my\s|the\s)?(?:profile|account|records?|details|file|user)\b"
)
MORE_FOR_ADDRESS = rule(
    r"\b(?:orders?|account|profile|default|future|from\snow\son|everywhere|wherever|for\sme\sas|my\suser)\b"
)
CLAUSE_ENDS = rule(
    r"[.!?;\n]\s|\s[+&]\s|\s?[()](?!\s{8})|:\s(?=(?:my|the|i|we|please|it)\b)|\band\s(?:also\s|then\s)?|,\s(?:and\s|then\s|also\s)|,\s(?=(?:it|they|he|she|we|i|that|please|could|can|would|so)\b)"
    r"|,\s(?=(?:order\s)?#?[a-z]{0,3}\d{3,18}\s(?:is|has|should|must|goes|needs|to|shall)\b)|,\s(?=(?:which|who|one)\b)|\bthen\b|\bplus\b|\bbut\b|\bwhereas\b|\bso\s(?=(?:that|i|we|you|it)\b)|\bbecause\b|\bsince\b",
    re.IGNORECASE,
)
TOWARDS = rule(
    r"\b(?:to(?!\s(?:change|do|get|send|ship|order|avoid|update|modify|return|cancel|exchange|see|know|ask|write|type|say|tell|give|reveal|share|look|have)\b)"
    r"|with|as|into|using|use|at|match)\b"
)
SENTENCE = rule(r"[.!?;\n]\s")
ARROW = rule(r"->|=>")
# Why they want it: "so that I need not change it every time".
CHANGES_IT_AGAIN = rule(
    r"\b(?:chang\w{1,3}|updat\w{1,3}|typ\w{1,3}|enter\w{0,3}|writ\w{1,3})\s(?:it|that|this|them)\s(?:in\s)?(?:each|every|all\sthe|again)\b"
    r"|\b(?:always|forever|constantly|(?:each|every)\stime|keep|all\sthe\stime)\b[^.!?;]{0,30}?\b(?:chang\w{1,3}|updat\w{1,3}|typ\w{1,3}|enter\w{0,3}|writ\w{1,3})\s(?:it|that|this|them)\b"
)
# That something has the right address tells where that is.
HAS_LABEL = rule(
    r"\b(?:has|have|with|is\sat|carries|shows)\s(?:the|my|our)\s(?:new|old|right|correct|wrong)\s(?:one|address|adress|destination)\b"
)
USED_FOR = rule(r"\buse\s(?:it|that|this|the\ssame)(?:\s(?:one|address|place))?\s(?:for|on|in|with)\b")
# A clause that only names something: "and the lamp, too".
BARE_NAME = rule(
    r"\A\W{0,3}(?:(?:and|also|for|on|both)\s){0,2}(?:the|my|our)\s(?:[\w'’-]{1,20}\s){0,2}[\w'’-]{1,20}(?:\s(?:too|also|as\swell|please|pls)){0,2}\W{0,3}\Z"
)
WAS = rule(r"\A\W{0,3}(?:it|that|this|which)\s(?:used\sto\sbe|was|had\sbeen)\b")  # of what an address was before
# That an order goes to a wrong place is a wish, and so is "change where my order goes".
IS_WRONG = rule(
    r"(?<!if\sthe\s)(?<!if\smy\s)\b(?:addres\w{0,4}|adress\w{0,2}|destination)\s(?:of|on|for|in)\s[^.!?;,]{1,40}?\s(?:is|was)\s(?:\w{1,9}\s)?(?:wrong|incorrect|outdated|not\sright|not\scorrect)\b"
)
# Whether it shall be another one or none is asked.
DELETES_ADDRESS = rule(r"\b(?:delete|erase|remove|wipe|scrap)\s(?:\w{1,10}\s){0,2}addres")
CHANGES_WHERE = rule(r"\b(?:chang\w{1,3}|alter|switch|correct|fix)\swhere\b")
SOMEBODY = rule(r"\b(?:i|we|he|she|they|you)(?:['’]\w{1,2})?\b")
# An order of which it is not told which it is, and how it is pointed at later.
SOME_ORDER = rule(
    r"\b(?:an|one\sof\s(?:my|the|our)|some)\s(?:\w{1,10}\s)?(?:orders?|parcels?|packages?|deliver(?:y|ies))\b"
)
FIRST_OF_THEM = rule(r"\b(?:the|that)\s(?:first|former|said|aforementioned)\b")
# "The one I used for my order to her" tells of an address, and no order that shall go elsewhere.
OF_THE_GOAL = rule(
    r"\b(?:i|we)(?:['’]ve|\shave)?\s(?:used|gave|put|entered|have|had|wrote)\s(?:\w{1,8}\s)?(?:for|in|on|with)\s(?:my|the|that|an|our)\s(?:\w{1,10}\s){0,3}?(?:orders?|purchase|parcel)\b"
)
STATE_CODE = rule(r"\b[A-Z]{2}\Z")
HOUSE_NUMBER = rule(r"\A\d{1,5}[a-z]?\s")
# "Don't send it to", "it shall not go to": no address is wanted by that.
REFUSES_ADDRESS = rule(
    r"\b(?:don['’]?t|do\snot|needn['’]?t|needs?\snot|never|not|no\slonger|stop)\s(?:\w{1,10}\s){0,2}?(?:ship|send|deliver|go|mail|use|change|update|set|live)\b"
    r"|\b(?:leave|keep)\s(?:it|them|the|my|all|those|these|that|everything)\b[^.!?;]{0,40}?\b(?:as|where|there|unchanged|alone|is|are)\b"
    r"|\b(?:may|can|could|should|shall|will|must|orders?|rest|others?)\s(?:all\s|both\s)?(?:stay|remain)s?\b"
    r"|\A\W{0,3}(?:only|just)\b[^.!?;]{0,40},\snot\b"
)
# What leads a wish and says only what it is about: "my profile address, please put that back".
TOPIC_ONLY = rule(
    r"\A\W{0,3}(?:(?:and|also|oh|then|first|second|third|finally|next)\W{1,3}){0,2}(?:(?:for|in|on|of|from|with|as\sfor|about|regarding)\s)?"
    r"(?:(?:my|the|our)\s(?:[\w'’-]{1,20}\s){0,3}[\w'’-]{1,20}|(?:order\s)?#?[a-z]{0,3}\d{3,18})\W{0,3}\Z"
)
TOWN_BEHIND = rule(r",?\s(?:in|at)\s[A-Z][A-Za-z. ]{1,30},?\s[A-Za-z. ]{2,20},?\s?\d{5}(?:-\d{4})?(?!\w)")
# Money goes somewhere, too.
OF_MONEY = rule(
    r"\b(?:refund\w{0,3}|money|difference|amount|balance|charges?|payments?|credit|price|reimburse\w{0,4})\b"
)
OF_ADDRESS = rule(r"\b(?:addres\w{0,4}|adress\w{0,2}|home|house|place|orders?|parcel|package)\b")
OTHER_OF_THEM = rule(r"\b(?:other|another)\s(?:one|order|parcel|package|shipment)\b")
THAT_OTHER = rule(r"\b(?:that|this|the\ssaid)\sother\s(?:one|order|parcel|package|shipment)\b")
AT_A_PLACE = rule(r"\b(?:to|in|from|for)\s")
HAVE_MOVED = rule(
    r"\b(?:i|we)(?:['’]ve|['’]re|['’]m|\shave|\sare|\sam)?\s(?:just\s|recently\s|now\s|also\s|since\s)?(?:moved|moving|relocated)\b(?!\s(?:on|the|it|my|that)\b)|\bour\snew\s(?:home|house|place|address)\b"
)
# "If it is wrong": what the shop's own data tell.
CHECKS = rule(
    r"\bif\s(?:it|that|this|they|there|something|anything|any|you)\b[^.!?;]{0,60}?\b(?:wrong|else|different|incorrect|mistyped|not\s(?:right|correct|so|that|the\ssame))\b"
    r"|\b(?:check|see|look\sat)\s(?:it|what\syou\shave|what\sis\s(?:written|there|on\sfile))\b"
)
MERELY_CHECKS = rule(
    r"\A\W{0,3}(?:(?:would|could|can|please|pls|you|just|kindly|also|to|maybe)\s){0,5}(?:check|compare|look|verify|have\sa\slook|see)(?:\s(?:it|that|them|both))?\W{0,3}\Z"
)
# What of an order's own leads a clause that tells where it goes.
TOPIC = rule(r"\A\W{0,3}(?:and\s|also\s)?(?:in|from|of|for|with|on)\s(?:the\s|my\s|that\s)?(?:order|parcel|package)\b")
# An address that has no street's word: its number, its name, its town and its postcode tell it.
_NEVER_IN_ONE = r"(?!(?:to|for|and|my|the|please|pls|of|from|it|is|not|order|with|or|orders)\b)"
_STATE_NAMES = "|".join(name.replace(" ", r"\s") for name in STATES.values())
# One that ends with its state and its postcode, however it is written.
ENDS_AS_ADDRESS = rule(
    rf"(?<![\w#$£€.,/-])\d{{1,5}}[a-z]?\s(?:{_NEVER_IN_ONE}[#\w'.-]{{1,20}},?\s){{1,9}}?(?:{'|'.join(STATES)}|{_STATE_NAMES}),?\s\d{{5}}(?:-\d{{4}})?(?!\w)(?:,?\s(?:USA?|United\sStates))?",
    re.IGNORECASE,
)
SHAPE_OF_ADDRESS = rule(
    r"(?<![\w#$£€.,/-])\d{1,5}[A-Za-z]?\s[A-Z][^\d,.!?;\n]{1,40},\s?[^.!?;\n]{1,60}?\b\d{5}(?:-\d{4})?(?!\w)(?:,\s?(?:USA?|United\sStates))?"
)
# A part of an address that is otherwise than it is known: "the suite should be 641", "suite 641 instead of 640".
PART_OF_ADDRESS = rule(
    r"(?<!not\s)(?<!from\s)(?<!of\s)(?<!than\s)(?<!was\s)\b(?P<kind>suite|ste|apt|apartment|unit|flat|house\snumber|street\snumber|house|zip(?:\scode)?|post\s?code|postal\scode)\b"
    r"(?:\s(?:number|no\.?))?(?:\s(?:is|should\sbe|must\sbe|has\sto\sbe|needs\sto\sbe|ought\sto\sbe|to|to\sbe|becomes?))?\s?[:#]?\s?(?:[a-z]?\d{1,6}[a-z]?\s(?:to|into)\s)?(?P<value>[a-z]?\d{1,6}[a-z]?)\b"
)
CORRECTS_PART = rule(
    r"\b(?:instead\sof|not|wrong|should\sbe|must\sbe|correct\w{0,4}|typo|mistyped|mistake|change|update|fix|only\sthe|rather\sthan|has\sto\sbe|needs\sto\sbe)\b"
)
# Somebody else's place, or one for work, of which nothing but its address is known.
PLACE_OF_OTHERS = rule(
    r"\b(?:my|our)\s(?:\w{1,10}\s)?(?:daughter|son|mother|mom|mum|father|dad|parents?|sister|brother|wife|husband|partner|boyfriend|girlfriend|friend"
    r"|cousin|aunt|uncle|grand\w{2,8}|niece|nephew|boss|neighbou?r|office|work|in-laws?)(?:['’]?s?['’]?)?\b"
)
NAMES_ORDER = rule(
    r"(?<!\bi\s)(?<!\bwe\s)(?<!\bto\s)(?<!\byou\s)\b(?:orders?|packages?|parcels?|purchases?|shipments?)(?:['’]s?)?\b(?!\s(?:something|anything|things|stuff|from\syou)\b)"
)
