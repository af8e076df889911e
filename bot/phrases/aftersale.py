"""What is said of wishes for placed orders: the one question that is open, the summary, and what was done."""

from collections.abc import Sequence

from bot.phrases.wording import listed

WHY = "Why does it come back? It helps us, and it changes nothing about your money."
PAY_HOW = "Which one shall I use?"
TITLE = "Please check: this is what I will do"
DONE = "Done"
ASK = "Nothing is done yet. Shall I do all of this?"
ASK_REST = "Nothing is done yet. Shall I do the rest of it?"
BACK_IN_ALL, PAY_IN_ALL = "You get back in all", "You pay in all"
SAME_PRICE = "same price"
YES, CHANGE, NO = "Yes, do it", "Change something", "No, leave it all"
EXCHANGE_BUTTON, REFUND_BUTTON = "Another one", "Money back"
ALL_OF_IT = "All of these"
ANY = "Any of them"
KEPT = "All right, I leave everything as it is. Nothing was done."
CLEAR_YES = "I would need a clear yes for that. Nothing is done yet."
NOT_UNDERSTOOD = "I did not quite get that."
ASK_ABOVE = "Nothing is done yet. Shall I do exactly what stands above?"
# What no answer to a summary is answered with, each time otherwise.
NO_ANSWER = (
    "I am not sure what that means for your orders. Nothing is done yet: shall I do all that stands above?",
    "I still do not see what shall be different. “Yes” does all of the above and “no” none of it; or name what to "
    "leave out or to change.",
)
SO_IT_STANDS = "That is what I have noted:"
ONLY_THAT = "It is only this, and nothing else is touched:"
ONCE_MORE = "To be sure, please look at all of it once more."
TAKE_YOUR_TIME = "Take your time: nothing is done until you say so. All that stands above waits for your yes or no."
ONLY_THEN_AGAIN = "The same once more I send only for what came broken, or is not what was ordered."
NOTHING_TO_UNDO = "Nothing is done yet, so there is nothing to undo. “No” leaves all as it is."
WHENEVER_YOU_LIKE = "Take your time: nothing is done, and my question waits for you."
LOOK_AGAIN = "Let us look at it once more; a person can help, too."
WHAT_TO_CHANGE = (
    "What shall be different? For example “not the …”, “and the … too”, “in blue instead”, “to my gift card”."
)
CHANGED_MEANWHILE = "Something changed meanwhile, so nothing was done. This is how it stands now:"
OUTDATED = "Something changed meanwhile, so nothing was done. Please say once more what you would like."
NOTHING_LEFT_TO_DO = "Then there is nothing left to do, and everything stays as it is."
ONLY_TOLD = "That is how it would be; nothing is done. Just say so when you want it."
SETTLED = "All right. What you asked for is done, so there is nothing to do in its place, and all else stays as it is."
WHEN_BACK = "Money for what comes back goes out once the parcel is here."
NO_ADDRESSES = "I know no address of yours yet. Please write the whole of it."
SO_AS_YOU_SAID = "So this is what you asked for in that case:"
SO_NOTHING = "So I leave everything as it is: nothing was done. A person can look at it, too."
CHANGED_ONCE = "What is in an order can be changed once only: please say now if anything else of it shall be different."
KINDS = {"return": "a return", "exchange": "an exchange", "cancel": "a cancellation", "address": "another address"}
OLD_ORDERS_KEEP = "Orders that are placed keep their address; tell me if one shall go there too."


def where_to(*, orders: Sequence[int], known: bool, again: bool) -> str:
    """Where some orders shall go, or, without any, where somebody lives; `known` says whether some may be chosen."""
    what = f"order {listed([f'#{one}' for one in orders])}" if orders else ""
    if again:
        return "I need street, number, town and postcode" + (" – or choose one that I know:" if known else ".")
    asks = f"Where shall {what} go?" if orders else "What shall your address be?"
    return f"{asks} Write the whole of it{', or choose one of yours:' if known else '.'}"


def no_such_order(*, numbers: Sequence[str]) -> str:
    """Numbers that are called an order's and are none of theirs."""
    return f"I see no order {listed([f'#{number}' for number in numbers])} of yours."


def contradict(*, order_id: int) -> str:
    """Two wishes for an order that do not go together."""
    return f"Two of your wishes for order #{order_id} do not go together."


def changes_used_up(*, order_id: int, most: int) -> str:
    """What is in an order was changed before."""
    times = "once" if most == 1 else f"{most} times"
    return f"What is in an order can be changed {times}, and that of #{order_id} was."


def only_variants(*, order_id: int, titles: Sequence[str]) -> str:
    """There shall be more or less of something in a placed order, which this shop does not do."""
    return (
        f"In order #{order_id} there can be neither more nor less of anything, so not of {listed(titles)} either: "
        "I can put another variant in the place of something, or cancel the whole order."
    )


def only_comes_back(*, where: str) -> str:
    """An order shall be cancelled that came: `where` says when."""
    return f"{where}, so it cannot be cancelled any more; what is in it can come back."


def refund_elsewhere(*, order_id: int, label: str, paid: Sequence[str], gift_card: bool) -> str:
    """Money goes back to what paid for an order, and not elsewhere."""
    or_card = " or a gift card" if gift_card and "gift card" not in " ".join(paid) else ""
    return f"Money for order #{order_id} cannot go to {label}: it goes back to what paid, {listed(paid)}{or_card}."


def excludes(*, order_id: int, returns: str, exchanges: str, kept_returns: bool) -> str:
    """Something of an order comes back for money or for something else, and both are wished: what each comes to."""
    kept, other = ("return", "exchange") if kept_returns else ("exchange", "return")
    return (
        f"Of order #{order_id} things can come back once: for money, or for something else. The return would be "
        f"{returns}, the exchange {exchanges}. This is the {kept}; say “the {other} instead” for the other one."
    )


def nothing_left(*, order_id: int) -> str:
    """A change would leave nothing."""
    return f"That would leave nothing of order #{order_id}; I can cancel it instead."


def which_option(*, title: str, axis: str) -> str:
    """One option is open."""
    return f"Which {axis} shall {title} be?"


def which_variant(*, title: str) -> str:
    """It is open which variant it shall be, and no single option tells."""
    return f"Which one would you like in place of {title}?"


def which_variant_anew(*, title: str) -> str:
    """The same, asked once more."""
    return f"These could come in place of {title}. One of them, “any of them”, or “leave it as it is” is enough:"


def stays_for_now(*, title: str) -> str:
    """It was not told what something shall become, however it was asked."""
    return f"I leave {title} as it is for now. Whenever you know which one it shall be, just tell me."


def sold_out(*, titles: Sequence[str]) -> str:
    """What was meant is not in stock."""
    return f"{listed(titles)} {'is' if len(titles) == 1 else 'are'} sold out. The nearest that is there:"


def none_like_that(*, title: str) -> str:
    """No variant is as it was said."""
    return f"There is no {title} like that. What is there:"


def none_else_alike(*, title: str) -> str:
    """What is as it was said differs from theirs in something else, too."""
    return f"No {title} like that is like yours in all the rest. What there is:"


def no_variants(*, title: str) -> str:
    """There is nothing that could come in its place."""
    return f"there is no other kind of {title} that I could send."


def no_other_kind(*, title: str) -> str:
    """Something else was wanted for what has no other kinds."""
    return (
        f"Only another kind of the same thing can come in its place, and there is none of {title}. "
        "It can come back for your money, and anything else you order as ever. Shall it come back?"
    )


def only_another(*, title: str) -> str:
    """Something of another kind of thing was wanted in the place of something."""
    return f"Only another kind of {title} can come in its place; anything else you order as ever."


def only_so_many(*, title: str, count: int) -> str:
    """More shall come back of something than there is."""
    return f"There {'is' if count == 1 else 'are'} {count} of {title} in that order, and no more."


def exchange_or_refund(*, title: str) -> str:
    """Money, or something in its place."""
    return f"{title}: would you like another one in its place, or your money back?"


def return_line(*, pieces: str, order_id: int) -> str:
    """Something comes back for money."""
    return f"Return {pieces} of order #{order_id}"


def exchange_line(*, pieces: str, becomes: str, order_id: int) -> str:
    """Something comes back for something else."""
    return f"Exchange {pieces} of order #{order_id} for {becomes}"


def again_line(*, pieces: str, order_id: int) -> str:
    """Something comes back, and the same comes once more."""
    return f"Replace {pieces} of order #{order_id} by the same once more"


def change_line(*, pieces: str, becomes: str, order_id: int) -> str:
    """A variant in an order that has not left."""
    return f"In order #{order_id}, change {pieces} to {becomes}"


def costs_then(*, order_id: int) -> str:
    """What a changed order comes to."""
    return f"Order #{order_id} then comes to"


def remove_line(*, pieces: str, order_id: int) -> str:
    """Something goes out of an order that has not left."""
    return f"Take {pieces} out of order #{order_id}"


def cancel_line(*, order_id: int, pieces: str) -> str:
    """A whole order is called off."""
    return f"Cancel order #{order_id} ({pieces})"


def ship_line(*, order_id: int, address: str) -> str:
    """An order goes elsewhere."""
    return f"Send order #{order_id} to {address}"


def costs_the_same(*, amount: str) -> str:
    """At the right of an order that only goes elsewhere: what it costs."""
    return f"{amount} as before"


def live_line(*, address: str) -> str:
    """Where they live from now on."""
    return f"From now on your address is {address}"


def back(*, amount: str) -> str:
    """At the right of a line."""
    return f"{amount} back"


def pays(*, amount: str) -> str:
    """At the right of a line."""
    return f"{amount} more"


def goes_back_to(*, labels: Sequence[str]) -> str:
    """Where money goes."""
    return f"Money goes back to: {listed(labels)}."


def off_invoice(*, amount: str) -> str:
    """The same of what an invoice asks for, of which nobody here knows whether it is paid."""
    return f"{amount} of it comes off the invoice; what you paid of that already goes back to you."


def paid_with(*, labels: Sequence[str]) -> str:
    """Where money comes from."""
    return f"Paid with: {listed(labels)}."


def cannot(*, why: str) -> str:
    """A wish that nothing can be done about."""
    return f"Not possible: {why}"


def condition(*, said: str) -> str:
    """What a wish hangs on, which only its customer can tell."""
    return f"You said “{said}”: please decide by what stands above."


def cannot_tell(*, said: str) -> str:
    """What a yes hangs on, which the shop cannot look up."""
    return f"You said “{said}”: that I cannot check, so please decide by what stands above."


def cannot_wait(*, said: str) -> str:
    """What a yes hangs on is yet to come, or somebody else's to say."""
    return f"You said “{said}”: I cannot wait for that, so nothing is done yet. Just say yes once it is settled."


def not_so(*, said: str, amount: str) -> str:
    """What a yes hangs on is not so."""
    return f"You said “{said}”, and it would be {amount}. So nothing is done; do you want it all the same?"


def not_so_again(*, said: str) -> str:
    """The same condition once more, that is not so."""
    return f"“{said}” does not go with what stands above, so I leave everything as it is. Nothing was done."


def of_another_kind(*, said: str, stands: Sequence[str]) -> str:
    """A yes names a kind of deed of which nothing was shown."""
    shown = listed([KINDS[kind] for kind in stands])
    return f"You said yes to {said}, and what stands above is {shown}. Nothing is done yet: shall I do that?"


def not_all_back(*, said: str, amount: str) -> str:
    """A yes hangs on all of the money coming back, and some of it does not."""
    return f"You said “{said}”, and it would be {amount} less than you paid. Nothing is done; is it a yes all the same?"


def nothing_stays(*, said: str) -> str:
    """A yes hangs on what an order comes to afterwards, and it would be cancelled."""
    return f"You said “{said}”, but the whole order would be cancelled and nothing of it left. Is that what you want?"


def holds_back(*, said: str) -> str:
    """Words beside a yes that may take it back."""
    return f"You also said “{said}”. Nothing is done yet: shall I do all that stands above, or what shall be different?"


def no_change(*, said: Sequence[str]) -> str:
    """Words beside a yes that change nothing of what was shown."""
    return f"You also said {listed([f'“{one}”' for one in said])}: I see nothing above that would be different by that."


def so_many(*, count: int) -> str:
    """A yes speaks of another number of things than was shown."""
    return (
        f"What stands above is about {count} {'thing' if count == 1 else 'things'}; please name what you mean besides."
    )


def fewer(*, count: int, said: int) -> str:
    """A yes speaks of fewer things than were shown."""
    return f"What stands above is about {count} things, and you spoke of {said}. Which of them shall I leave out?"


def instead_line(*, title: str) -> str:
    """What was wanted first cannot be done, and what was to be done then comes."""
    return f"{title}: what you wanted first is not possible, so here is what you asked for in that case."


def left_line(*, title: str) -> str:
    """What was wanted cannot be done, and then it was to stay as it is."""
    return f"{title}: what you wanted is not possible, so it stays as it is, as you said."


def is_lost(*, title: str) -> str:
    """Something shall come back or be replaced, and is lost."""
    return f"I am sorry about your {title}. Only what is sent back can be refunded or replaced, so a lost one cannot."


def unmet(*, said: str) -> str:
    """A wish hangs on what is not so."""
    return f"You said “{said}”, and that is not so; then I leave it as it is."


def another_thing(*, title: str) -> str:
    """Something shall become what is no variant of it."""
    return f"only another kind of {title} can come in its place, and nothing else."


def the_order(*, order_id: int) -> str:
    """What an order is called in such a line."""
    return f"Order #{order_id}"


def not_left_yet(*, order_id: int) -> str:
    """Something was to come back of an order that is here still."""
    return f"Order #{order_id} has not left yet, so there is nothing to send back: it would be cancelled."


def nothing_would_be_left(*, order_id: int) -> str:
    """All of an order was to be taken out of it."""
    return f"That is all of order #{order_id}, so the order would be cancelled."


def cancel_is_return(*, title: str) -> str:
    """Something was to be cancelled that is delivered already."""
    return f"{title} was delivered already, so it comes back as a return."


def on_its_way(*, order_id: int) -> str:
    """An order has left and did not arrive."""
    return f"order #{order_id} is on its way. Once it is there, you can return or exchange something of it."


def goes_nowhere_else(*, order_id: int) -> str:
    """An order came, and shall go elsewhere."""
    return f"order #{order_id} was delivered already, so neither it nor what comes for it can go elsewhere."


def closed(*, order_id: int) -> str:
    """An order is being packed, and its window is over."""
    return f"the time in which order #{order_id} could be changed is over."


def is_cancelled(*, order_id: int) -> str:
    """An order was cancelled."""
    return f"order #{order_id} was cancelled."


def balance(*, label: str, amount: str) -> str:
    """What is left on a gift card."""
    return f"There is {amount} left on your {label or 'gift card'}."


def which_method(*, labels: Sequence[str]) -> str:
    """Several ways to pay may be meant."""
    return f"You have {listed(labels)}. {PAY_HOW}"


def pays_how(*, amount: str, back: bool, labels: Sequence[str]) -> str:
    """What pays a difference or gets it; the first of the labels is what the order was paid with."""
    first, *others = labels
    asks = f"{amount} goes back to you. Where to" if back else f"It costs {amount} more. What shall pay that"
    return f"{asks}: {first}, as you paid, or {' or '.join(others)}?"


def return_number(*, number: str) -> str:
    """The number under which something comes back."""
    return f"Its number is {number}."


def no_method(*, said: str) -> str:
    """A way to pay that is none of theirs."""
    return f"I see no “{said}” of yours, so I leave it with what paid."


def none_of_yours(*, said: str) -> str:
    """The same where the customer said what to do then."""
    return f"I see no “{said}” of yours."


def pays_from_now(*, label: str) -> str:
    """A way to pay was named where nothing waits to be paid; without a label it is as each order was paid."""
    how = label or "what paid for each order"
    return f"What is done stays with what its summary named. For all that you swap from here on I take {how}."


def is_so_already(*, title: str) -> str:
    """Something shall be what it is."""
    return f"{title} is already what you asked for."


def too_dear(*, title: str) -> str:
    """What something would become costs more than its customer wants to pay."""
    return f"what you want in place of {title} costs more than you said, so it stays as it is."
