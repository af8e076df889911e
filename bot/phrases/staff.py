"""Words for staff: help, usages, reports and marketing, and why something was not done."""

from datetime import datetime
from typing import assert_never

from bot.phrases import staff_campaigns, staff_orders, staff_products, staff_returns, staff_supply
from bot.shop import Shop
from domain import errors
from domain.products.fields import NEEDED_FIRST, OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from domain.records.auditing import Action
from domain.records.boards import BoardName
from domain.records.marts import EVERYTHING, Slice
from domain.records.returns import number_of
from domain.records.sales import ReportName
from domain.records.staff import Role

PAGE = 10

INVENTORY_HELP = (
    "/inventory list · find TEXT · show ID · low [N] · history ID\n"
    "/inventory add · set ID FIELD VALUE · restock ID N\n"
    "/inventory remove ID · restore ID · undo\n"
    "/inventory import [check] (with a CSV file) · export\n"
    "/inventory reorder · overstock · incoming · suppliers\n"
    "/inventory why ID · snooze ID · order ID N · calloff P3 · supplier ID lead 10 minimum 50\n"
    "For example: /inventory set MUG-RED price 12.50"
)
ORDERS_HELP = (
    "/orders NUMBER · CUSTOMER · open · slip NUMBER\n"
    "/orders ship NUMBER [CARRIER] [TRACKING NUMBER] · deliver NUMBER · cancel NUMBER REASON\n"
    "/orders returns · return NUMBER [received good|damaged|missing] · return NUMBER refund|refuse\n"
    "For example: /orders ship 1042 UPS 1Z999AA10123456784"
)
PARLEY_HELP = (
    "/inventory runs the stock room, /orders the orders; each alone shows its help.\n"
    "/answers shows what was asked and not answered, and lets you answer it.\n"
    "/report marketing, finance, sales, stores or support shows a report, of a day, a week or a month; /report "
    "loyalty, discounts or churn how things stand; /report deals the post for customers.\n"
    "/dashboard leads to the pages with charts and tables; /dashboard NAME shows one of them.\n"
    "/segment shows how many customers are VIP, new or leaving; /segment NAME who they are, /segment NAME csv as a "
    "file.\n"
    "/churn shows who may be leaving, with most at stake first, and why; its buttons collect whom to write to.\n"
    "/campaign writes to an audience, with a group left alone to compare with; /campaign automations goes on by "
    "itself.\n"
    "/promo shows which codes and discounts run and what they gave; /promo new makes one, /promo end NAME ends it.\n"
    "/why ADDRESS shows what a customer was sent and what was withheld, and why.\n"
    "/parley marketing pause stops all marketing at once, /parley marketing resume goes on with it.\n"
    "/parley docs brings the documentation of the warehouse: its tables, columns and metrics.\n"
    "/parley role shows who may do what; /parley role grant WHO ROLE gives a role, /parley role revoke WHO ROLE takes "
    "it back.\n"
    f"Roles: {', '.join(Role)}. WHO is a mention, slack:U…, slack:S… (a group) or telegram:NUMBER."
)
USAGES = {
    "list": ("/inventory list [PAGE]", "/inventory list 2"),
    "find": ("/inventory find TEXT", "/inventory find red mug"),
    "show": ("/inventory show ID", "/inventory show MUG-RED"),
    "low": ("/inventory low [N] [page PAGE]", "/inventory low 3"),
    "add": (
        f"/inventory add ID {' '.join(f'{field.name}=…' for field in NEEDED_FIRST)}",
        "/inventory add MUG-RED price=12.50 cost=4 quantity=10 name=Red Mug",
    ),
    "set": (
        "/inventory set ID FIELD VALUE; of a quantity also because REASON",
        "/inventory set MUG-RED price 12.50, /inventory set MUG-RED quantity 9 because one broke",
    ),
    "restock": ("/inventory restock ID N [because REASON]", "/inventory restock MUG-RED 24"),
    "remove": ("/inventory remove ID", "/inventory remove MUG-RED"),
    "restore": ("/inventory restore ID", "/inventory restore MUG-RED"),
    "history": ("/inventory history ID", "/inventory history MUG-RED, /inventory history P3"),
    "undo": ("/inventory undo [ENTRY]", "/inventory undo 45"),
    "import": (
        f"/inventory import [check], with a CSV file: {','.join(REQUIRED_COLUMNS)}[,{','.join(OPTIONAL_COLUMNS)}]",
        "/inventory export gives such a file",
    ),
    "reorder": ("/inventory reorder [PAGE]", "/inventory reorder 2"),
    "overstock": ("/inventory overstock [PAGE]", "/inventory overstock"),
    "incoming": ("/inventory incoming [PAGE]", "/inventory incoming"),
    "suppliers": ("/inventory suppliers [PAGE]", "/inventory suppliers"),
    "supplier": (
        "/inventory supplier ID [lead DAYS] [minimum PIECES] [amount MONEY] [pack PIECES] [name NAME]",
        "/inventory supplier CLAYBIRD lead 10 minimum 50",
    ),
    "accept": ("/inventory order ID N", "/inventory order MUG-RED 24"),
    "snooze": ("/inventory snooze ID", "/inventory snooze MUG-RED"),
    "why stock": ("/inventory why ID", "/inventory why MUG-RED"),
    "calloff": ("/inventory calloff NUMBER [ID]", "/inventory calloff P3, /inventory calloff P3 MUG-RED"),
    "order": ("/orders NUMBER or /orders CUSTOMER", "/orders 1042, /orders cust_7f3a12"),
    "slip": ("/orders slip NUMBER", "/orders slip 1042"),
    "open": ("/orders open [PAGE]", "/orders open"),
    "ship": ("/orders ship NUMBER [CARRIER] [TRACKING NUMBER]", "/orders ship 1042 UPS 1Z999AA10123456784"),
    "deliver": ("/orders deliver NUMBER", "/orders deliver 1042"),
    "cancel": ("/orders cancel NUMBER REASON", "/orders cancel 1042 The supplier let us down"),
    "return": (
        "/orders return NUMBER [received good|damaged|missing], and of what did not come back good refund or refuse",
        "/orders return R1001 received good",
    ),
    "returns": ("/orders returns [PAGE]", "/orders returns"),
    "dashboard": (f"/dashboard [{'|'.join(BoardName)}]", "/dashboard sales"),
    "data": ("/data NAME", "/data marketing_360"),
    "data request": ("/data request NAME WHY", "/data request marketing_360 campaign in May"),
    "data approve": ("/data approve REQUEST [DAYS]", "/data approve 12 30"),
    "data deny": ("/data deny REQUEST", "/data deny 12"),
    "data end": ("/data end REQUEST", "/data end 12"),
    "report": (
        f"/report {'|'.join(name for name in ReportName if name is not ReportName.DEALS)} [day|week|month] [DATE] "
        "[top=N]",
        "/report marketing month 2026-09-30 top=10, /report finance last week",
    ),
    "sales": (
        "/report sales [day|week|month] [DATE] [store=NAME] [category=NAME] [daypart=NAME] [top=N]",
        '/report sales month store=denver category="Garden tools"',
    ),
    "deals": ("/report deals", "/report deals"),
    "reveal": ("/report reveal CUSTOMER", "/report reveal cust_7f3a12"),
    "segment": ("/segment [NAME] [page N], or /segment NAME csv", "/segment churn risk page 2, /segment vip csv"),
    "promo": ("/promo [PAGE], /promo over, or /promo NAME", "/promo SPRING10"),
    "promo new": (
        "/promo new [CODE] 10% | $5 off | free ID | 3 for 2 [on THINGS] [over $30] [least 3 pieces] [for first order | "
        "SEGMENT] [from DATE] [until DATE] [max N] [each N] [combinable] [listed] [name NAME]",
        "/promo new SPRING10 10% on candles until 2026-12-31 max 100",
    ),
    "promo edit": ("/promo edit NAME WHAT, with the words of /promo new", "/promo edit SPRING10 until 2027-01-31"),
    "promo end": ("/promo end NAME", "/promo end SPRING10"),
    "promo undo": ("/promo undo CHANGE", "/promo undo 45"),
    "churn": (
        "/churn [PAGE], /churn csv, /churn audience, /churn add CUSTOMER or /churn drop CUSTOMER",
        "/churn 2, /churn add cust_7f3a12",
    ),
    "campaign": (
        "/campaign [NUMBER], /campaign new, edit, preview, sample, ask, approve, pause, resume or stop NUMBER, "
        "/campaign automations, /campaign pause all",
        "/campaign new, /campaign approve 3, /campaign pause all",
    ),
    "campaign new": ("/campaign new, and the form that opens", "/campaign new Spring"),
    "campaign audience": (
        "terms with commas between: segment NAME or NAME, tier NAME, at risk, bought ID, not bought ID, in PLACE, list",
        "segment churn risk or lapsing loyal, bought MUG-RED, not bought TEAPOT",
    ),
    "campaign automations": (
        "/campaign automations [on|off|edit NAME]",
        "/campaign automations on win_back, /campaign automations edit second_order",
    ),
    "why": ("/why CUSTOMER: an address, a pseudonym or an order", "/why ann@example.com, /why cust_7f3a12"),
    "marketing": ("/parley marketing [pause|resume]", "/parley marketing pause"),
    "answers": ("/answers answer NUMBER TEXT", "/answers answer 12 We engrave for $5 a word."),
    "grant": ("/parley role grant WHO ROLE", "/parley role grant slack:U024BE7LH support"),
    "revoke": ("/parley role revoke WHO ROLE", "/parley role revoke slack:U024BE7LH support"),
}
MARKETING_GOES_ON = "Marketing is not paused. /parley marketing pause stops it at once."
POST_COMES = "The post for customers, as it would be now, comes to your private chat with me in a moment."
DOCS_COME = "The documentation of the warehouse comes to your private chat with me in a moment."
NO_SUCH_PAGE = "There is no such page."
IN_DIRECT_MESSAGES = "Staff's commands are answered in our direct messages: write it there, or as a slash command."
NO_FILE = "Attach the CSV file to the command."
NO_FILE_BY_COMMAND = (
    "A slash command cannot carry a file here: send me the CSV file in our direct messages, with “inventory import” "
    "as its message. “inventory import check” shows first what it would change."
)


def nobody_called(*, pseudonym: str) -> str:
    """A pseudonym that nobody has."""
    return f"Nobody is called {pseudonym}, or not any more."


def several_called(*, pseudonym: str) -> str:
    """The beginning of several."""
    return f"Several customers are called {pseudonym}; give more of the name."


def revealed(*, pseudonym: str, email: str) -> str:
    """Who it is."""
    return f"{pseudonym} is {email}. That you asked is in the audit log."


def report_comes(*, name: str, period: str, of: Slice = EVERYTHING) -> str:
    """A report is being made."""
    on = f"{period}, {of}," if of else period
    return f"The {name} report on {on} comes to your private chat with me in a moment."


def latest_report_comes(*, name: str) -> str:
    """A report of how things stand is being made."""
    return f"The {name} report, up to the last day of the warehouse, comes to your private chat with me in a moment."


def marketing_paused(*, actor: str, at: str) -> str:
    """Who stopped all marketing, and when."""
    return (
        f"{actor} paused marketing on {at}: no recommendations, reminders or posts go out. Receipts still do. "
        "/parley marketing resume goes on with what is due from then on."
    )


def no_such_command(*, name: str) -> str:
    """A slash with a word that no command has."""
    return f"I know no command /{name}."


def commands_are(*, names: str) -> str:
    """What there is for everybody."""
    return f"You can write: {names}, or what you want in your own words."


def staffs_commands_are(*, names: str) -> str:
    """What there is for staff besides."""
    return f"As staff you also have: {names}."


def usage(key: str, reason: str) -> str:
    """Why an input cannot be used, the right form, and an example."""
    form, example = USAGES[key]
    return f"{reason}\nUse: {form}\nFor example: {example}"


def refused(needed: frozenset[Role], subject: str, somebody_may: bool) -> str:
    """Why a command was not obeyed, and who can change that."""
    roles = " or ".join(sorted(needed))
    text = f"Sorry, that needs the role {roles}, and you do not have it. Nothing was done."
    if somebody_may:
        least = next((role for role in sorted(needed) if role is not Role.ADMIN), Role.ADMIN)
        return f"{text}\nAn admin can give it: /parley role grant {subject} {least}"
    return (
        f"{text}\nThe shop has no admin yet: whoever runs it adds {subject} under roles → admin in config.yaml "
        "and starts it again."
    )


def pieces(shop: Shop, number: int) -> str:
    """A number of items: "1 item", "3 items"."""
    return "1 item" if number == 1 else f"{shop.number(number)} items"


def sorry(shop: Shop, error: errors.StaffError, now: datetime) -> str:
    """Why something was not done, and what to do next."""
    match error:
        case errors.ProductExists(product_id):
            return f"There is a product {product_id} already. /inventory set {product_id} changes it."
        case errors.ProductRetired(product_id):
            return f"{product_id} was removed before. /inventory restore {product_id} brings it back."
        case errors.NotRetired(product_id):
            return f"{product_id} is in the shop. Nothing was changed."
        case errors.BadQuantity(product_id, quantity, most):
            return (
                f"The stock of {product_id} would be {shop.number(quantity)}; it can be from 0 to {shop.number(most)}."
            )
        case errors.EntryUnknown(entry_id):
            return f"There is no change #{entry_id}."
        case errors.NotUndoable(entry_id, action):
            if action == Action.IMPORT:
                return f"What import #{entry_id} changed of each product is not known, so it cannot be undone."
            return f"Change #{entry_id} ({action}) is not a change of a product, so it cannot be undone here."
        case errors.AlreadyUndone(entry_id):
            return f"Change #{entry_id} was undone before. Nothing was changed."
        case errors.ImportChangedSince(entry_id, by, total):
            return staff_products.import_changed_since(shop, entry_id=entry_id, by=by, total=total)
        case errors.NotDue():
            return staff_supply.not_due(shop, error)
        case errors.PurchaseUnknown(purchase_id):
            return staff_supply.no_purchase(number=purchase_id)
        case errors.PurchaseClosed(purchase_id, state):
            return staff_supply.purchase_closed(number=purchase_id, state=state)
        case errors.SupplierUnknown(supplier_id):
            return staff_supply.no_supplier(supplier_id=supplier_id)
        case errors.OrderNotFound(order_id):
            return f"There is no order #{order_id}."
        case errors.AlreadyCancelled(order_id, at):
            return f"Order #{order_id} was cancelled at {shop.local(at, now)}. Nothing was changed."
        case errors.AlreadyShipped(order_id, at):
            return f"Order #{order_id} was shipped at {shop.local(at, now)}. Nothing was changed."
        case errors.AlreadyDelivered(order_id, at):
            return f"Order #{order_id} was delivered at {shop.local(at, now)}. Nothing was changed."
        case errors.ParcelOut(order_id):
            return staff_orders.what_became_of_it(order_id=order_id)
        case errors.NothingOwed(order_id):
            return f"Nothing was to go back for order #{order_id}. Nothing was noted."
        case errors.RefundNotedMeanwhile(order_id):
            return f"A refund of order #{order_id} was noted since you opened this. Nothing was noted a second time."
        case errors.RefundTooHigh(order_id, _, left):
            if not left:
                return f"All of order #{order_id} was given back already. Nothing was noted."
            return f"Of order #{order_id} at most {shop.money(left)} can be given back. Nothing was noted."
        case errors.ReturnNotFound(return_id):
            return staff_returns.none(number=number_of(return_id))
        case errors.ReturnMoved(return_id, state):
            return staff_returns.moved(number=number_of(return_id), state=state)
        case errors.NotShipped(order_id):
            return f"Order #{order_id} is placed and has not left yet: /orders ship {order_id} comes first."
        case errors.BadImport(bad_lines, total):
            listed = "\n".join(f"line {line.line}: {line.reason}" for line in bad_lines[:PAGE])
            more = f"\n… and {total - PAGE} more" if total > PAGE else ""
            return (
                f"Nothing was imported, because {total} line{'s are' if total != 1 else ' is'} wrong:\n{listed}{more}"
            )
        case errors.RoleConfigured(subject, role):
            return f"{subject} is {role} by config.yaml, so it can only be taken away there. Nothing was changed."
        case errors.LastAdmin(subject):
            return f"{subject} is the last admin; make somebody else one first. Nothing was changed."
        case errors.RequestUnknown(request_id):
            return f"There is no request {request_id}; /data requests lists those that wait or hold."
        case errors.RequestDecided(request_id, state, by):
            return f"Request {request_id} was {state} by {by} before. Nothing was changed."
        case errors.RequestOver(request_id):
            return f"Request {request_id} does not hold, so there is nothing to end. /data request asks anew."
        case errors.TooManyRequests(most):
            return f"{most} requests of yours wait for an answer already; wait for one of them. Nothing was asked."
        case errors.CampaignUnknown(campaign_id):
            return staff_campaigns.no_campaign(number=campaign_id)
        case errors.CampaignMoved(campaign_id, state):
            return staff_campaigns.moved(number=campaign_id, state=state)
        case errors.OwnApproval(campaign_id):
            return staff_campaigns.own_approval(number=campaign_id)
        case errors.NotBuilt():
            return staff_campaigns.NOT_BUILT
        case errors.UnknownProduct(product_id):
            return staff_products.no_product(product_id)
        case errors.ChangedSince(entry_id, _, fact, expected, actual):
            return staff_products.changed_since(
                entry_id=entry_id,
                fact=staff_products.label(fact),
                expected=staff_products.fact(shop, fact, expected),
                actual=staff_products.fact(shop, fact, actual),
            )
        case errors.ProductChanged() | errors.StockChanged():
            return "Somebody was faster, so nothing of yours was saved."
        case errors.CodeTaken(code):
            return f"Another promotion has the code {code}: /promo end {code} ends it. Nothing was changed."
        case errors.PromotionUnknown(name):
            return f"There is no promotion “{name}”; /promo lists those that run, /promo over those that do not."
        case errors.PromotionChanged(name):
            return f"Somebody was faster: “{name}” was changed meanwhile. Nothing of yours was saved; /promo {name}"
        case errors.PromotionOver(name):
            return f"“{name}” was ended before. Nothing was changed; /promo new makes another one."
        case errors.Busy():
            return "Somebody else is changing the same things right now, so nothing was changed. Try again in a moment."
    assert_never(error)
