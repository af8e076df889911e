"""What stands on buttons. A label also works when it is typed, so two buttons of one answer never share one."""

# products and the cart
ADD_TO_CART = "Add to cart"
CHECK_OUT = "Check out"
SHOW_CART = "Show cart"
EMPTY_CART = "Empty cart"
EMPTY_THE_CART = "Empty the cart"
DROP_CART = "Drop my cart"
UNDO = "Undo"
IMPORT = "Import"
MORE = "More"
LOOK = "Have a look"
WHAT_WE_HAVE = "What we have"
OTHERS = "Show me others"
NOT_FOR_ME = "Not for me"
TELL_WHEN_BACK = "Tell me when it is back"
SOMETHING_ALIKE = "Something alike"
STOP_TELLING = "Do not tell me"
POPULAR = "What is popular"
ASK_POPULAR = "What is popular?"

# questions
YES_USE_THAT = "Yes, use that"
YES_THAT_ONE = "Yes, that one"
NO = "No"
YES_GO_THERE = "Yes, send it there"
NO_KEEP_ADDRESS = "No, keep the old one"
FIRST = "The first one"
SECOND = "The second one"
NO_LEAVE_OUT = "No, leave it out"
LEAVE_OUT = "Leave it out"
LEAVE_IT = "Leave it"
THIS_ONE = "This one"
NONE_OF_THESE = "None of these"
NONE_OF_THEM = "None of them"
NEITHER = "Neither"
KEEP_IT = "Keep it"
KEEP_THEM = "Keep them"

# orders
PLACE_ORDER = "Place order"
CHANGE = "Change"
CANCEL = "Cancel"
CONFIRM_CHANGE = "Confirm change"
KEEP_AS_IT_WAS = "Keep it as it was"
OTHER_ADDRESS = "Other address"
OTHER_EMAIL = "Other e-mail"
MY_ORDERS = "My orders"
ORDER_AGAIN = "Order again"
CANCEL_THIS_ORDER = "Cancel this order"
YES_CANCEL_IT = "Yes, cancel it"
YES_CANCEL_THEM = "Yes, cancel them"

# people and their data
HUMAN = "Talk to a person"
BACK_TO_BOT = "Back to the bot"
HELP = "Help"
CAN_DO = "What can you do?"
PROVE = "Prove my address"
NEW_CODE = "Send a new code"
LINK_CHAT = "Link another chat"
FORGET_ME = "Forget me"
MY_DATA = "My data"
WHAT_IS_KEPT = "What is kept, and why"
YES_IDEAS = "Yes, mail me ideas"
NO_IDEAS = "No, thanks"
IDEAS_HERE = "Here in the chat, too"
SEND_IDEAS = "Send me ideas"
STOP_IDEAS = "Stop ideas"

# staff
SHOW = "Show"
EDIT = "Edit"
HISTORY = "History"
RESTOCK = "Restock"
REMOVE = "Remove"
RESTORE = "Restore"
OPEN_ORDERS = "Open orders"
SHIP = "Ship"
SHIP_WITH_TRACKING = "Ship with tracking"
CORRECT_TRACKING = "Correct tracking"
PACKING_SLIP = "Packing slip"
MARK_DELIVERED = "Mark delivered"
CSV = "CSV"
SNOOZE = "Silent for a week"
INCOMING = "On its way"
NO_MORE_COMES = "No more comes"
WHAT_TO_ORDER = "What to order"
DENY = "Deny"


def use_email(*, email: str) -> str:
    """The confirmation shall go there."""
    return f"Use {email}"


def keep_email(*, email: str) -> str:
    """The confirmation shall go where it went before."""
    return f"Keep {email}"


def take_instead(*, title: str) -> str:
    """Takes the nearest to what is sold out."""
    return f"Take {title}"


def choose(*, title: str) -> str:
    """Leads to the variants of a thing."""
    return f"Choose {title}"


def add(*, title: str) -> str:
    """Adds one of several products."""
    return f"Add {title}"


def department(*, name: str) -> str:
    """Shows what there is of a category."""
    return name[:1].upper() + name[1:]


def yes_so_many(*, quantity: int) -> str:
    """So many are meant."""
    return f"Yes, {quantity}"


def take(*, left: int) -> str:
    """As many as are left will do."""
    return f"Take {left}"


def take_and_tell(*, left: int, missing: int) -> str:
    """As many as are left, and word of the rest."""
    return f"Take {left}, tell me when {missing} more {'is' if missing == 1 else 'are'} back"


def tell_when(*, title: str) -> str:
    """Word of one of several products."""
    return f"Tell me when {title} is back"


def alike(*, title: str) -> str:
    """What is like one of several products."""
    return f"Something like {title}"


def stop_telling(*, title: str) -> str:
    """No word of one of several products."""
    return f"Do not tell me of {title}"


def packs(*, count: int, size: int) -> str:
    """So many packs, of so many pieces each."""
    return f"{count} pack{'' if count == 1 else 's'} of {size}"


def number(*, order_id: str) -> str:
    """One of several orders."""
    return f"#{order_id}"


def change_order(*, order_id: int) -> str:
    """Changes a placed order."""
    return f"Change order #{order_id}"


def cancel_order(*, order_id: int) -> str:
    """Cancels an order that the answer does not show."""
    return f"Cancel order #{order_id}"


def cancel_listed(*, order_id: int) -> str:
    """Cancels an order of a list."""
    return f"Cancel #{order_id}"


def order_again(*, order_id: int) -> str:
    """Orders again what an order of a list was of."""
    return f"Order again #{order_id}"


def ship(*, order_id: int) -> str:
    """Staff: ships an order of a list."""
    return f"Ship #{order_id}"


def order(*, order_id: int) -> str:
    """Staff: shows an order of a list, to who pressed it alone."""
    return f"Order #{order_id}"


def order_pieces(*, place: int, quantity: int) -> str:
    """Staff: orders so many of a line of a supplier."""
    return f"{place}: order {quantity}"


def snooze_line(*, place: int) -> str:
    """Staff: hears nothing of a line for a while."""
    return f"{place}: snooze"


def why_line(*, place: int) -> str:
    """Staff: what a line is made of."""
    return f"{place}: why?"


def order_so_many(*, quantity: int) -> str:
    """Staff: orders so many of a product of its supplier."""
    return f"Order {quantity}"


def call_off(*, number: int) -> str:
    """Staff: nothing more is to come of an order to a supplier."""
    return f"Call off P{number}"


NEW_CAMPAIGN = "New campaign"
AUTOMATIONS = "Automations"
PREVIEW = "Preview"
TO_ME = "Mail it to me"
ASK_APPROVAL = "Ask for approval"
APPROVE_CAMPAIGN = "Approve and send"
PAUSE_CAMPAIGN = "Pause"
RESUME_CAMPAIGN = "Go on"
STOP_CAMPAIGN = "Stop for good"
TAKE_OUT = "Take out"
AUDIENCE = "Audience"


def campaign(*, number: int) -> str:
    """Shows one campaign of several."""
    return f"Campaign {number}"


def switch_on(*, name: str) -> str:
    """Lets an automation go on."""
    return f"{name} on"


def switch_off(*, name: str) -> str:
    """Ends an automation until it is switched on again."""
    return f"{name} off"


def to_campaign(*, place: int) -> str:
    """Staff: collects a customer of a list, to be written to."""
    return f"{place}: add to a campaign"


def take_out(*, place: int) -> str:
    """Staff: takes a customer of a list out of those who are collected."""
    return f"{place}: take out"
