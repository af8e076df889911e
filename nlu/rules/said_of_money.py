"""What is asked of money that comes back in fixed words: how much it is, of one order or in all."""

from nlu.rules.said import Saying, whole

_BEFORE = (
    r"(?:hi|hey|hello|so|and|ok|okay|but|wait|great|fine|thanks|thank you|please|pls|btw|by the way|one more thing|also"
    r"|(?:can|could) you (?:please )?tell me|(?:please )?tell me|remind me|i(?:'d| would) like to know|i want to know"
    r"|do you know)"
)
_OF_AN_ORDER = r"(?:order )?(?:number |no\.? ?|nr\.? ?)?#?(?P<number>\d{3,18})"
# None of them is a thing, a condition or a wish: nothing else is said beside the question.
_WORDS = (
    r"(?:money|cash|dollars?|bucks|euros?|do|does|did|will|shall|should|can|am|is|are|was|were|be|being|been|have|has|had"
    r"|i|i'll|we|you|you'll|me|us|my|our|the|a|an|get|gets|getting|got|gotten|receive|received|receiving|expect|see|give"
    r"|giving|gave|given|pay|paying|paid|owe|owes|owed|come|comes|coming|send|sending|sent|go|goes|going|gonna|gets?"
    r"|back|refund|refunds|refunded|refunding|reimbursed|reimbursement|amount|sum|total|altogether|together|overall|all"
    r"|in|of|for|from|on|to|as|so|far|then|now|still|already|exactly|that|this|these|those|both|them|it|order|orders"
    r"|everything|two|three|last|latest|first|second|whole|entire|full|difference|rest|return|returns|returned|cancellation|cancellations|cancelled|canceled|cancelling|account|card)"
)

_OWES = r"(?:i|we)(?: (?:still|now|then|really|actually|currently|even))? (?:owe|have to pay|need to pay|must pay)\b"
_BEHIND = (
    r"(?: (?:you|ya|the shop|you guys|anything|something|money|still|now|in all|in total|altogether|at the moment"
    r"|right now|for (?:it|that|my orders?|everything|all))){0,4}"
)
_IS_OPEN = r"(?:due|outstanding|owed|unpaid|open on my (?:orders?|account|invoices?)|to (?:be )?(?:pay|paid))"

SAYINGS = (
    whole(
        Saying.ASKS_WHAT_IS_OWED,
        rf"(?:{_BEFORE}\W{{1,4}}){{0,5}}(?:"
        rf"(?:how much|how many (?:dollars|euros)|what)(?: money)?(?: do| does| is it(?: that)?)? {_OWES}"
        r"|(?:how much|what) (?:must|should) (?:i|we) (?:still )?pay"
        rf"|do {_OWES}"
        rf"|(?:how much|what|what amount)(?:'?s| is| are)?(?: still)? {_IS_OPEN}"
        rf"|is (?:there )?(?:anything|something|any (?:money|invoice)) (?:still )?{_IS_OPEN}"
        r"|what(?:'?s| is) my (?:open|outstanding|unpaid) (?:balance|bill|invoice|amount|sum)"
        rf"){_BEHIND}(?:\W{{1,4}}{_BEFORE}){{0,2}}",
    ),
    whole(
        Saying.ASKS_MONEY_BACK,
        rf"(?=.{{0,200}}\b(?:back|refund\w{{0,3}}|reimburse\w{{0,4}}|owed?)\b)"
        rf"(?=.{{0,200}}\b(?:i|i'll|we|me|us|my|our|you|you'll|total|amount|in all|altogether|order|\d{{3,18}})\b)"
        rf"(?!.{{0,200}}\b{_OWES})"
        rf"(?!.{{0,200}}\b(?:do|does|will|can) you (?:refund|give|pay|reimburse)\b(?! (?:me|us)\b))"
        rf"(?:{_BEFORE}\W{{1,4}}){{0,5}}"
        r"(?:how much|how many (?:dollars|euros)|what(?:'s| is| was| will be)?|whats|which (?:sum|amount)"
        r"|(?:the )?(?:total|whole|full) (?:sum|amount|refund))"
        rf"(?:\W{{1,3}}(?:{_WORDS}\b|{_OF_AN_ORDER})){{1,18}}(?:\W{{1,4}}{_BEFORE}){{0,2}}",
    ),
)
