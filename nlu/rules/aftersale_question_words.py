"""The closed words by which customers ask of their placed orders, by the kind of fact; `aftersale_questions` reads."""

from nlu.rules.patterns import rule

_HOW_MUCH = (
    r"(?:how\smuch(?:\smoney)?|(?:whats?|which)(?:'s|\sis|\swill|\swould)?(?:\s(?:the|my|be|it))?"
    r"(?:\s(?:exact|total|full|whole|final|overall|entire))?(?:\s(?:amount|sum|total|figure|money))?)"
)
_TOTAL = r"(?:total|in\sall|altogether|all\sin\sall|all\stogether|overall|in\sthe\send|combined)"
_THING = r"(?:items?|things?|products?|articles?|pieces?|ones?)"
_DID = r"(?:did|have|had|do)"
_UTMOST = (
    r"(?:most\s(?:expensive|costly|pricey)|priciest|dearest|cheapest|least\s(?:expensive|costly)"
    r"|(?:low|high)est[\s-]priced)"
)

_EACH = (
    r"\b(?:in\s(?:each|either|both|every)\scases?|(?:with|from|for)\s(?:the\sone\sand|each|either)\b|each\s(?:way|of\s(?:the\stwo|them|these|those))|(?:with|in|for|by|of)\seach\soption|either\s(?:way|option)"
    r"|(?:which|whats?)\b.{0,40}\bsaves?\s(?:me\s)?(?:the\s)?(?:more|most))\b"
)

# Makes of a sentence without a question mark one that asks.
ASKS = rule(
    r"\b(?:tell\sme|let\sme\sknow|i\s(?:want|need|wish|have)\sto\s(?:know|check|find\sout|see)|like\sto\s(?:know|check|find\sout|see)|(?:i\s)?wonder(?:ing)?"
    r"|(?:please|could\syou|can\syou)\s(?:tell|give|provide|confirm|check|look|show|list|calculate|work\sout|say|remind|send\sme)"
    r"|look\sup|remind\sme|give\sme|show\sme|list|provide\sme|work\sout|i(?:'d|\swould|\sjust)?\s(?:also\s)?(?:need|want|like)\s(?:the|my|a|an)\s(?:exact\s)?(?:total|tracking|price|number|list|amount|sum|figure)"
    r"|(?:asks|asking|asked)\s(?:me|us|about)\b|(?:she|he|they)\swants?\sto\sknow"
    r"|(?:name|give|tell|show|list)\s(?:me\s)?(?:each|every|all)\b|interested\s(?:in|to\sknow)\s(?:what|how|which|whether)|(?:can|could|may)\si\strack"
    r"|curious|i\s(?:can't|don't|cannot)\s(?:remember|recall|know)|not\ssure|grateful\sif\syou|be\s(?:nice|good|great|glad)\s(?:to\sknow|if\syou))\b"
)
# The first words of a clause that ask by themselves: "how much is it in all".
ASKS_BARELY = rule(
    r"\A\W{0,4}(?:(?:and|but|so|then|plus|also|oh|ok|okay|well|hi|hello|hey|please|now|great|thanks|finally|lastly)\W{1,3}){0,5}"
    r"(?:(?:(?:to|on|with|by|in|from|at|until|till|for|of)\s)?(?:how|what|what's|whats|which|where|when)|is\sit|has\sit)\b"
    r"|\A\W{0,4}(?:(?:and|but|so|then|plus|also|oh|ok|okay)\W{1,3}){0,3}(?:(?:the|my|its)\s)?(?:(?:exact|new|total|final|full|whole)\s){0,2}"
    r"(?:total|amount|sum|price|refund\s(?:amount|sum|total)|total\srefund|tracking(?:\s(?:number|nr|no|id|code))?|(?:number|count|nr)\sof|status|balance|difference)\b(?!\s(?:is|was|should|must|ought|goes|to)\b)"
)
# A condition of a wish, and what the shop is asked to do, ask nothing.
NO_QUESTION = rule(
    r"\A\W{0,4}(?:(?:and|but|so|then|plus)\s){0,2}(?:if|unless|only\sif|as\slong\sas|provided|in\scase|otherwise)\b(?!.{0,80}\b(?:how\smuch|what|which)\b)"
)
SUPPOSES = rule(
    r"\b(?:if|in\scase|when|once|after|suppose|supposing|assuming)\s(?:i|we|it|they|that|this|both|the|my)\b|\bwere\sto\b"
    r"|\b(?:for|by|after)\s(?:returning|cancel?ling|exchanging|swapping|sending|changing|giving)\b"
)
# Words that tell and do not ask, where no question mark stands behind them: ", which is how I paid".
TELLS = rule(
    r"\A\W{0,3}(?:and\s|but\s)?(?:which|where|when)\s(?:is|was|are|were|it|i|we|they|you|has|had)\b|\A\W{0,3}(?:and\s|but\s|so\s)?what\s(?:a|an|i|we)\s(?!.{0,60}\?)"
)
LEADS = rule(
    r"\b(?:hi|hello|hey|good\s(?:morning|evening|afternoon|day)|thanks?|thank\syou|please|ok|okay|great|perfect|all\sright|alright|cool|and|also|but|so|then|well|oh|ah|now"
    r"|finally|lastly|one\s(?:more|last)\s(?:thing|question)|a\squestion|quick\squestion|by\sthe\sway|btw|yes\W{0,2}but|i\ssee|lovely|just|very\smuch|so\smuch|a\slot"
    r"|could\syou|can\syou|would\syou|tell\sme|let\sme\sknow|i\sjust|i'd\slike\sto\sknow|i\swould\slike\sto\sknow|to\sbegin\swith|first(?:\sof\sall)?|before\s(?:that|anything\selse|we\sstart)"
    r"|while\si(?:'m|\shave\syou|\sam)(?:\shere)?|if\si\smay|the\sexact\s(?:figure|number))\b"
)

_ROWS: tuple[tuple[str, str], ...] = (
    (
        "balance_after",
        r"\bbalance\b.{0,60}\b(?:after|then|once|when|afterwards)\b|\b(?:after|once|when)\b.{0,60}\b(?:balance|left\son|remain\w{0,4}\son)\b"
        r"|\b(?:left|remain\w{0,4})\son\s(?:my|the)\sgift\s?card\b.{0,40}\b(?:after|then|once|when|afterwards)\b",
    ),
    (
        "money_to",
        r"\b(?:where|how)\b.{0,30}\b(?:refund|money)\b.{0,20}\b(?:go|goes|sent|get\sto|reach|paid|arrive|land|end\sup)\b|\b(?:will|does|would|is)\s(?:the|my)\s(?:refund|money)\b.{0,20}\b(?:go|goes|going|sent|returned|refunded)\s(?:back\s)?(?:to|on)\b"
        r"|\b(?:which|what|to\swhich|to\swhat)\s(?:card|account|(?:payment\s)?method)\b.{0,40}\b(?:refund\w{0,3}|money|credited|back)\b",
    ),
    (
        "one_method",
        r"\bsplit\w{0,4}\b.{0,40}\b(?:pay\w{0,6}|cards?|bill|total|cost|amount)\b|\b(?:pay\w{0,4}|charged?)\b.{0,30}\b(?:two|both|several|more\sthan\sone|a\ssecond)\s(?:\w{1,12}\s)?(?:cards|methods|accounts|card)\b",
    ),
    (
        "pays",
        r"\b(?:extra|additional)\s(?:charges?|costs?|fees?)\b|\bsurcharges?\b|\b(?:is|be|was)\sthere\s(?:anything\s|something\s|still\s|more\s){0,2}to\spay\b"
        r"|\b(?:do|will|would|must|should)\s(?:i|we)\b.{0,16}\bpay\s(?:anything|something|more|extra|on\stop|the\sdifference|for)\b|\b(?:get|getting)\s(?:money|anything|something)\sback\sor\b"
        r"|\b(?:how\smuch|whats?)\b.{0,24}\b(?:would|will|going\sto|gonna|'ll|'d)\b.{0,24}\bcosts?\b",
    ),
    (
        "tracking",
        r"\btrack(?:ing)?(?:[\s-](?:number|no|nr|code|id|info\w{0,8}|link|details))?\b(?!\sof\stime)",
    ),
    (
        "refund_when",
        r"\b(?:when|how\s(?:long|soon|fast|quickly)|how\smany\sdays)\b.{0,50}\b(?:refund\w{0,3}|money|reimburse\w{0,4}|credited)\b"
        r"|\bhow\slong\s(?:will|would|does|is|'ll)\s(?:this|that|it|all\sthis|all\sthat|the\s(?:return|refund|exchange|process|whole\sthing)|everything)\s(?:\w{1,8}\s)?(?:take|last|going\sto\stake)\b"
        r"|\b(?:refund\w{0,3}|money(?:\sback)?|reimburse\w{0,4})\b.{0,40}\b(?:within|in|by)\s(?:\d{1,2}|a|an|one|two|three|four|five|six|seven|ten|the\snext)\b(?!\sfull)",
    ),
    ("each", _EACH),
    (
        "difference",
        r"\b(?:price|cost)\sdifferences?\b|\bdifferences?\sin\s(?:price|cost)|\bhow\smuch\s(?:more|less|extra|cheaper|dearer)\b|\b(?:how\smuch|whats?)\b.{0,20}\bsav(?:e|ing|ings)\b",
    ),
    (
        "back",
        rf"\b(?:how\smuch|what|which|total|amount|sum|figure)\b.{{0,60}}\b(?:receive\sin\sreturn|(?:get|getting|got|receive|receiving|have|given?|paid|come|comes|go|goes|money|credited)\b.{{0,16}}\bback|refund(?:ed|s)?|reimburse\w{{0,4}}|money\sback)\b"
        r"|\b(?:how\smuch|whats?)\b.{0,30}\b(?:(?:do|will|would|shall|can|am|'ll|'d)\s(?:i|we)|i(?:'d|'ll|\swould|\swill))\s(?:be\s)?(?:get|getting|receive|receiving|have)\b(?!\s(?:to|the\s(?:lamp|order)|it\b|them\b|my\sparcel))"
        r"|\b(?:how\smuch|whats?)\b.{0,40}\bcoming\s(?:back|to\sme)\b|\b(?:total|sum|amount)\b.{0,14}\bback\b|\b(?:sum|amount|money)\b.{0,30}\bcredited\b|\b(?:how\smuch|whats?)\b.{0,40}\b(?:be|is|are|was)\sfor\s(?:me|us)\b"
        rf"|\brefund\s(?:{_TOTAL}|amount|sum)\b|\b(?:total|full|exact|whole)\s(?:amount\sof\s(?:the|my)\s)?refunds?\b",
    ),
    (
        "offers",
        rf"\b(?:whats?|which)\b.{{0,40}}\b{_UTMOST}\b.{{0,60}}\b(?:available|do\syou|you\s(?:have|sell|offer|stock)|in\s(?:stock|the\sshop|store)|there\sis)\b"
        rf"|\A\W{{0,3}}(?:(?:and|so|ok|okay|the)\W{{1,2}}){{0,3}}{_UTMOST}\b.{{0,40}}\b(?:you|u|available|in\sstock|right\snow|there\sis)\b"
        r"|\b(?:whats?|which)\b(?!.{0,40}\b(?:count|number|nr)\b).{0,90}\b(?:you|u)\s(?:can\s|could\s|do\s)?(?:have|sell|offer|stock|carry|got|supply)\b"
        r"|\A\W{0,3}(?:(?:and|or|but|so)\s)?any\s(?:other|more|cheaper|bigger|smaller|better)\b"
        r"|\b(?:whats?|which)\b.{0,40}\b(?:does|do|would)\s(?:it|they|that|this|these|those|the\s\w{1,14})\scome\sin\b"
        rf"|\b(?:are|is)\sthere\s(?:any(?:thing|one)?|some(?:thing)?|one|an?)\b(?!\s(?:way|chance|possib\w{{1,6}}|option\sto|problem|reason|fee|charge|tracking|trick|number|limit|news|update|extra|additional))"
        rf"|\bdo\syou\s(?:have|sell|stock|carry)\s(?:any(?:thing)?|some(?:thing)?|one|an?|it|them|that|this|these|those|the\ssame)\b",
    ),
    (
        "utmost",
        rf"\b(?:whats?|which)\b.{{0,40}}\b{_UTMOST}\s(?:{_THING}|of\s(?:them|those|these|all|my)|in\s(?:it|my|the|that))\b|\b(?:whats?|which)\s(?:\w{{1,12}}\s){{0,3}}(?:is|was|costs?|cost)\s(?:the\s)?{_UTMOST}\W{{0,3}}\Z"
        rf"|\bwhich\b.{{0,40}}\bcosts?\s(?:me\s)?(?:the\s)?(?:most|least)\b|\bhow\smuch\s(?:was|were|did)\b.{{0,30}}\b{_UTMOST}\b",
    ),
    (
        "how_paid",
        r"\bhow\s(?:did|have|had)\s(?:i|we)\s(?:pay|paid)\b|\bhow\s(?:was|were)\b.{0,40}\bpaid\b|\b(?:which|whats?)\s(?:card|payment\smethod|method|account|way)\b.{0,40}\b(?:paid|pay|used?|charged)\b",
    ),
    (
        "methods",
        r"\b(?:which|whats?)\s(?:payment\s(?:methods?|options?)|cards?|ways?\sto\spay)\b.{0,40}\b(?:have|on\sfile|saved|stored|there|account|profile)\b",
    ),
    (
        "paid",
        rf"\b(?:{_HOW_MUCH}|what)\s(?:total\s|in\stotal\s)?(?:did|have|had)\s(?:i|we)\b.{{0,24}}\b(?:pay|paid|spend|spent)\b|\b(?:what|how\smuch|amount|total|sum)\b.{{0,24}}\b(?:i|we)(?:'ve|\shave|\sactually)?\s(?:paid|spent)\b"
        rf"|\b(?:how\smuch|whats?)\s(?:did|do|does|has|have|was|were|is|are)\b.{{0,70}}\b(?:cost|costs|charged|come\sto|amount\sto|add\sup\sto)\b|\b(?:how\smuch|whats?)\b.{{0,70}}\b(?:cost|costs)\s(?:me|us|{_TOTAL})\b|\b(?:what|how\smuch)\sthat\sorder\scosts\b"
        rf"|\bhow\smuch\s(?:was|were)\b|\b(?:what|how\smuch)\s(?:was|were)\s(?:the|its|their|my)\s(?:\w{{1,12}}\s){{0,2}}(?:price|cost|total|amount)\b"
        rf"|\b(?:total|order|overall|full|combined|final)\s(?:price|cost|value)\b|\btotal\s(?:amount|sum)\sof\s(?:my|the|that)\s(?:\w{{1,12}}\s){{0,2}}orders?\b|\b(?:what|what's|whats)\s(?:is\s)?(?:the|its|their|my)\s(?:new\s)?(?:price|total|order\stotal)\b|\bprice\s(?:of|for)\s(?:my|the|that)\s(?:\w{{1,16}}\s){{0,4}}i\s(?:bought|ordered|have)\b"
        rf"|\b(?:total|sum)(?:\s(?:\$|price|costs?|amount|money|value))?\s(?:of|for)\s(?:my|the|that|this|all|both|every|everything|those|these)\b|\bnew\s(?:order\s)?total\b|\b(?:how\smuch|whats?)\b.{{0,50}}\b(?:set|sets|setting)\sme\sback\b"
        rf"|\bvalue\sof\s(?:what|the\srest|all\sthat|everything|the\sremaining)\b|\bwhat\s(?:i'm|i\sam|we're|we\sare)\spaying\sfor\b|\bhow\smuch\s(?:is|are)\s(?:my|that|this|the)\s(?:\w{{1,10}}\s){{0,2}}orders?\b",
    ),
    (
        "pays",
        r"\b(?:how\smuch|whats?)\b.{0,30}\b(?:(?:i|we)\s(?:need|have|will\shave|would\shave|ought|'ll\shave)\s(?:to\s)?pay|(?:do|must|should|will|would|shall)\s(?:i|we)\s(?:need\sto\s|have\sto\s|be\s)?(?:pay|owe|charged)"
        r"|(?:i|we)(?:'d|'ll|\swould|\swill|\smust)?\s(?:owe|pay\b))",
    ),
    (
        "sum",
        rf"\b(?:how\smuch|what|which)\b.{{0,60}}\b(?:{_TOTAL}|should\si\sexpect|can\si\sexpect|to\sexpect)\b|\b(?:whats?|which)\s(?:total\s)?(?:amount|sum)\b|\b(?:calculate|work\sout|the)\s(?:total|sum)\b"
        rf"|\bhow\smuch\s(?:\$|money|usd|dollars?|bucks)|\bhow\smuch\s(?:is|are|would|will|does)\s(?:that|it|this|they|those|both|all)\b(?:\s(?:all|be|come\sto|make|cost|together|now|then|{_TOTAL})){{0,3}}\W{{0,3}}\Z",
    ),
    (
        "until",
        r"\b(?:until|till|by)\swhen\b.{0,50}\b(?:return|send|exchange|bring|cancel|change)\b|\bhow\slong\b.{0,40}\b(?:return|send\s\w{1,12}\sback|exchange|bring\s\w{1,12}\sback)\b|\b(?:last\sday|deadline)\b.{0,30}\b(?:return|exchange|cancel|send)\b",
    ),
    (
        "address",
        r"\b(?:which|whats?)\s(?:\w{1,12}\s){0,2}add?ress\b|\bwhere\b.{0,40}\b(?:sent|shipped|delivered|going|go|goes|ship|headed|send)\b(?!\sback)|\badd?ress\b.{0,40}\b(?:sent|shipped|delivered|goes|going|went|go)\sto\b"
        r"|\b(?:the|its)\s(?:shipping|delivery)\sadd?ress\sof\b|\A.{0,20}\bi\smean\sthe\sadd?ress\b",
    ),
    (
        "arrived",
        r"\bwhen\b.{0,40}\b(?:arriv\w{1,4}|delivered|come|comes|came|get\s(?:here|it|them|my)|reach\w{0,3}|receive\w{0,2}|be\shere)\b",
    ),
    (
        "number",
        r"\b(?:what|what's|which|the|its)\s(?:is\s)?(?:the\s|my\s)?order\s(?:number|id|no\.?)\b.{0,40}\b(?:of|for|with|is\sit|was\sit)\b|\b(?:in\s)?which\s(?:of\smy\s)?orders?\s(?:is|was|has|had|contains?|holds?|did)\b",
    ),
    ("ordered_at", r"\bwhen\s(?:did|have|was|were)\b.{0,30}\b(?:order(?:ed)?|bought|buy|placed?|purchased?)\b"),
    (
        "state",
        r"\b(?:still\s)?in\stransit\b|\bon\s(?:its|the|their)\sway\b|\bwhere(?:'s|\sis|\sare)\s(?:it|they|my|the)\b|\b(?:has|have|did|was|is)\s(?:it|they|that|the\sorder|my\sorder)\s(?:\w{1,8}\s){0,2}(?:arrived?|shipped|left|delivered|sent|dispatched|lost)\b"
        r"|\b(?:has|have|is|are|was|were)\s(?:my|the)\b.{0,40}\b(?:been\s|already\s|yet\s){0,2}(?:delivered|shipped|arrived|dispatched|sent)\b|\bstatus\b|\bwhat\s(?:happened|became)\s(?:to|with|of)\s(?:it|them|my|the)\b",
    ),
    (
        "count",
        rf"\bhow\smany\b.{{0,60}}\b{_DID}\s(?:i|we)\s(?:have\s)?(?:order(?:ed)?|buy|bought|got|get|have|purchased?)\b|\bhow\smany\b.{{0,40}}\b(?:in|on)\s(?:my|the|that)\s(?:\w{{1,10}}\s){{0,2}}orders?\b|\bhow\smany\b.{{0,30}}\b(?:i|we)(?:'ve|\shave)?\s(?:bought|ordered)\b",
    ),
    (
        "kinds",
        r"\b(?:nr|no|count|amount|quantity|number)\.?\s(?:of|for)\b.{0,40}\b(?:options?|kinds?|types?|sorts?|variants?|variations?|versions?|models?|styles?|choices)\b|\bcount\b.{0,14}\b(?:kinds|options|variants|types|sorts|versions|models)\b"
        r"|\bhow\smany\b.{0,50}\b(?:options?|kinds?|types?|sorts?|variants?|variations?|versions?|different|choices|models?|styles?|to\schoose)\b"
        r"|\bhow\smany\b.{0,40}\b(?:are|do)\s(?:there|you\s(?:have|sell|offer|carry|stock)|available|in\sstock|currently|on\soffer)\b",
    ),
    (
        "which",
        rf"\b(?:which|whats?)\b.{{0,40}}\b(?:{_DID}\s(?:i|we)|i(?:'ve|\shave)?|we(?:'ve|\shave)?)\s(?:just\s|already\s|also\s)?(?:order(?:ed)?|buy|bought|get|got|purchased?|pick(?:ed)?|cho(?:o)?se(?:n)?)\b|\bwhich\sones?\s(?:were|was|are|is)\s(?:they|it|that|those)\b|\bwhich\s(?:\w{{1,10}}\s){{0,2}}(?:those|these|they|it)\s(?:are|is|were|was)\b",
    ),
    (
        "offers",
        r"\b(?:whats?|which)\b.{0,40}\b(?:have\syou\s(?:got|there)?|do\syou\s(?:have|sell|offer|stock|carry)|(?:is|are)\s(?:there|available|in\sstock|on\soffer)|could\si\s(?:get|have|choose))\b|\b(?:tell|show|list|give|name)\s(?:me\s)?(?:all|every|each)\b|\ball\sof\sthem\b.{0,30}\b(?:price|cost)"
        r"|\b(?:whats?|which)\s(?:are\s)?(?:the|my)\s(?:\w{1,12}\s){0,2}(?:options|choices|alternatives)\b|\bavailable\s(?:options|choices|alternatives|variants)\b",
    ),
    (
        "option",
        r"\A\W{0,3}(?:and\s)?(?:is|are|was|were)\s(?:my|the)\b.{0,60}\sor\s|\b(?:whats?|which)\s(?:\w{1,12}\s){0,2}(?:are|is|was|were|does|do|did|has|have|of|it)\b|\bwhat(?:'s|s|\sare)\s(?:its|the|their|it|they)\b|\bhow\s(?:much|many|big|large|long|wide|tall|heavy|bright|strong|fast|thick|deep|small|loud)\b"
        r"|\b(?:whats?|which)\s(?:size|colou?r|material|kind|type|capacity|length|width|storage|version|model)\b|\bmade\s(?:of|from)\b"
        r"|\A\W{0,3}(?:(?:and|so|but)\s)?(?:is|are|was|were|does|do|has|have)\smy\b|\bhow\slong\b.{0,30}\b(?:lasts?|plays?|runs?|holds?|works?)\b|\bof\s(?:which|whats?)\s(?:fabrics?|materials?|size|colou?rs?|kind|type)\b",
    ),
)
FACTS = tuple((name, rule(pattern)) for name, pattern in _ROWS)
OF_CANCELLED = rule(r"\bcancell?ed\b")
SPEAKS_OF_ORDER = rule(r"\b(?:orders?|purchases?|packages?|parcels?|shipments?)\b")
OF_WHOLE_ORDERS = rule(r"\b(?:orders?|purchases?|packages?|parcels?|shipments?|new\s(?:\w{1,8}\s)?total)\b")
EVERY_ORDER = rule(
    r"\b(?:all|every|each\sof|previous|past|other)\s(?:of\s)?(?:my\s|the\s|your\s)?(?:\w{1,10}\s)?orders\b|\bso\sfar\b|\bever\b"
)
LATEST = rule(r"\b(?:most\srecent(?:ly)?|latest|last|newest|just\s(?:placed|ordered|bought|made))\b")
REMAINS = rule(r"\b(?:stays?|staying|remain(?:s|ing|der)?|left|rest|keep(?:ing)?|still\shave|others?)\b")
DEAR = rule(
    r"\b(?:most\s(?:expensive|costly|pricey)|priciest|dearest|highest|costs?\s(?:me\s)?(?:the\s)?most|most\smoney)\b"
)
AFTERWARDS = rule(r"\b(?:new|after(?:wards)?|then|once|changed|updated|in\sthe\send)\b")
# A choice among what was shown.
PICKS = rule(
    r"\b(?:take|taking|go(?:ing)?\s(?:for|with)|choose|pick|want|like|prefer|have|get|add|put|make\sit|give\sme|exchange|swap)\b.{0,40}"
    r"\b(?:ones?|that|it|those|them|cheapest|most\sexpensive|dearest|priciest|first|second|third|last)\b"
)
# What wants something done, beside a question.
ASKS_FOR = rule(
    r"\b(?:please|i\s(?:want|need)|(?:i|we)(?:'d|\swould)\s(?:like|love)|i'll\s(?:take|have)|add|buy|get\sme|put|send|ship|order\s(?:\d{1,2}|an?|some|one|more)\b"
    r"|can\s(?:i|you)|could\s(?:i|you)|make\sit)\b"
)
# What was paid, and no price of the shop.
OF_THEIR_OWN = rule(
    r"\b(?:my|mine|our|i|we|me|did|was|were|paid|spent|have|had|has|orders?|purchases?|bought|ordered|keep(?:ing)?|new\stotal)\b|'(?:ve|d)\b"
)
MADE_OF = rule(r"\bmade\s(?:of|from|out\sof)\b|\b(?:fabric|cloth)\b")
IS_MY = rule(r"\W{0,3}(?:(?:and|so|but)\s)?(?:is|are|was|were|does|do|has|have)\smy\b")
HOW_IT_IS = rule(
    r"\b(?:options?|specs?|specifications?|details?|features?|properties|looks?\slike|it(?:'s|\sis)?\slike|which\s(?:version|variant|model|kind|type|one)"
    r"|what\s(?:version|variant|model|kind|type))\b"
)
PRICE_BELOW = rule(
    r"\b(?:under|below|less\sthan|up\sto|at\smost|no\smore\sthan|cheaper\sthan|max(?:imum)?)\s(?:[$£€]\s?)?(?P<amount>\d{1,6}(?:[.,]\d{1,2})?)(?![\d%]|[\s-]?(?:inch|cm|gb|ml|ft|lbs?|hours?))"
)
POINTS = rule(r"\b(?:it|its|they|them|their|that|this)\b(?!\s(?:is|the|an?)\b)")
HAS_SO_MUCH = rule(r"\b(?:has|have|does|did)\s(?:it|they|that\sone|this\sone)\s(?:got|have)?")
OF_EACH = rule(_EACH)
# A deed that a question is asked of, and that nobody wishes yet: "what would it cost to swap it", "if I returned both".
OF_A_DEED = rule(
    r"\b(?:to|for|by|(?:if|when|once|after|suppose|supposing|assuming|in\scase)\s(?:i|we)(?:'d|\swould|\swere\sto|\sshould)?)\s"
    r"(?P<verb>return|cancel|exchang|swap|switch|chang|send|sent|give|gave|giv)(?:l?ed|l?ing|ped|ping|e|s)?\b(?P<what>[^?]{1,200})"
)
# In a question a short number is an order's, too: "where does order 5 go?" counts nothing.
SHORT_NUMBER = rule(
    r"\border\s(?:number\s|no\.?\s|nr\.?\s)?#?(?P<digits>\d{1,3})"
    r"(?=\s(?:go|goes|going|been|sent|ship|shipped|is|was|now|headed|delivered|paid|arrive|arrived|come)\b|\W{0,3}\Z)"
)
# Who wants something to go elsewhere asks nothing: "could it be sent to where the tent went?"
WANTS_IT_ELSEWHERE = rule(
    r"\b(?:could|can|might|may|would|should|shall|possible)\b(?:(?!\b(?:where|what|which|tell|say|know)\b).){0,70}"
    r"\b(?:(?:be|get|have\s(?:[\w'’-]{1,20}\s){1,6}?)\s?(?:changed|updated|sent|shipped|delivered|redirected|rerouted|forwarded|corrected|moved|set)"
    r"|(?:you|to)\s(?:please\s|also\s)?(?:change|update|send|ship|deliver|redirect|reroute|forward|correct|move|put|set|use)|(?:go|come))\b"
)
