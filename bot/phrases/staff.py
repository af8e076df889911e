"""Words for staff: help, usages, facts of products, and why something was not done."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import assert_never

from bot.phrases import staff_orders
from bot.shop import Shop
from domain import errors
from domain.products.fields import BY_NAME, MONEY, NEEDED_FIRST, OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from domain.records.auditing import Action, Entry
from domain.records.staff import Role

PAGE = 10
LONGEST_FACT = 60
_ORDER = list(BY_NAME)

INVENTORY_HELP = (
    "/inventory list · find TEXT · show ID · low · history ID\n"
    "/inventory add · set ID FIELD VALUE · restock ID N\n"
    "/inventory remove ID · restore ID · undo\n"
    "/inventory import (with a CSV file) · export\n"
    "For example: /inventory set MUG-RED price 12.50"
)
ORDERS_HELP = (
    "/orders NUMBER · CUSTOMER · open · slip NUMBER\n"
    "/orders ship NUMBER [CARRIER] [TRACKING NUMBER] · deliver NUMBER · cancel NUMBER REASON\n"
    "For example: /orders ship 1042 UPS 1Z999AA10123456784"
)
PARLEY_HELP = (
    "/inventory runs the stock room, /orders the orders; each alone shows its help.\n"
    "/report marketing or /report finance shows a report, of a day, a week or a month; /report deals the post "
    "for customers.\n"
    "/why ADDRESS shows what a customer was sent and what was withheld, and why.\n"
    "/parley marketing pause stops all marketing at once, /parley marketing resume goes on with it.\n"
    "/parley role shows who may do what; /parley role grant WHO ROLE gives a role, /parley role revoke WHO ROLE takes "
    "it back.\n"
    f"Roles: {', '.join(Role)}. WHO is a mention, slack:U…, slack:S… (a group) or telegram:NUMBER."
)
USAGES = {
    "list": ("/inventory list [PAGE]", "/inventory list 2"),
    "find": ("/inventory find TEXT", "/inventory find red mug"),
    "show": ("/inventory show ID", "/inventory show MUG-RED"),
    "low": ("/inventory low [PAGE]", "/inventory low"),
    "add": (
        f"/inventory add ID {' '.join(f'{field.name}=…' for field in NEEDED_FIRST)}",
        "/inventory add MUG-RED price=12.50 cost=4 quantity=10 name=Red Mug",
    ),
    "set": ("/inventory set ID FIELD VALUE", "/inventory set MUG-RED price 12.50"),
    "restock": ("/inventory restock ID N", "/inventory restock MUG-RED 24"),
    "remove": ("/inventory remove ID", "/inventory remove MUG-RED"),
    "restore": ("/inventory restore ID", "/inventory restore MUG-RED"),
    "history": ("/inventory history ID", "/inventory history MUG-RED"),
    "undo": ("/inventory undo [ENTRY]", "/inventory undo 45"),
    "import": (
        f"/inventory import, with a CSV file: {','.join(REQUIRED_COLUMNS)}[,{','.join(OPTIONAL_COLUMNS)}]",
        "/inventory export gives such a file",
    ),
    "order": ("/orders NUMBER or /orders CUSTOMER", "/orders 1042, /orders cust_7f3a12"),
    "slip": ("/orders slip NUMBER", "/orders slip 1042"),
    "open": ("/orders open [PAGE]", "/orders open"),
    "ship": ("/orders ship NUMBER [CARRIER] [TRACKING NUMBER]", "/orders ship 1042 UPS 1Z999AA10123456784"),
    "deliver": ("/orders deliver NUMBER", "/orders deliver 1042"),
    "cancel": ("/orders cancel NUMBER REASON", "/orders cancel 1042 The supplier let us down"),
    "report": (
        "/report marketing|finance [day|week|month] [DATE] [top=N]",
        "/report marketing month 2026-09-30 top=10",
    ),
    "deals": ("/report deals", "/report deals"),
    "reveal": ("/report reveal CUSTOMER", "/report reveal cust_7f3a12"),
    "why": ("/why CUSTOMER: an address, a pseudonym or an order", "/why ann@example.com, /why cust_7f3a12"),
    "marketing": ("/parley marketing [pause|resume]", "/parley marketing pause"),
    "grant": ("/parley role grant WHO ROLE", "/parley role grant slack:U024BE7LH support"),
    "revoke": ("/parley role revoke WHO ROLE", "/parley role revoke slack:U024BE7LH support"),
}
NOBODY_CALLED = "Nobody is called {pseudonym}, or not any more."
SEVERAL_CALLED = "Several customers are called {pseudonym}; give more of the name."
REVEALED = "{pseudonym} is {email}. That you asked is in the audit log."
REPORT_COMES = "The {name} report on {period} comes to your private chat with me in a moment."
MARKETING_PAUSED = (
    "{actor} paused marketing on {at}: no recommendations, reminders or posts go out. Receipts still do. "
    "/parley marketing resume goes on with what is due from then on."
)
MARKETING_GOES_ON = "Marketing is not paused. /parley marketing pause stops it at once."
POST_COMES = "The post for customers, as it would be now, comes to your private chat with me in a moment."
NO_PRODUCTS = "There are no products in the shop. /inventory add makes one, /inventory import takes a file."
PRODUCTS = "Products"
REMOVED = "removed"
NO_VALUE = "none"
NOTHING_LOW = "No product is low on stock."
NOTHING_CHANGED = "That is how it already is. Nothing was changed."
NOTHING_TO_UNDO = "There is no change of yours left to undo."
NO_SUCH_PAGE = "There is no such page."
NO_HISTORY = "Nothing happened to it yet."
UNDONE = "Undone."
MISSING_PIECES = "{pieces} pieces could not be taken back, because they are sold."
CONFLICT = "Somebody was faster, so nothing of yours was saved. Since you opened the form:"
BY_ANOTHER_WAY = "it was changed by an import or another program"
STOCK_MOVED = "the stock moved from {expected} to {actual}"
CHANGED_SINCE = "Change #{entry_id} cannot be undone: the {fact} is no longer {expected}, it is {actual}. Since then:"
NO_SUCH_COMMAND = "I know no command /{name}."
COMMANDS_ARE = "You can write: {names}, or what you want in your own words."
STAFFS_COMMANDS_ARE = "As staff you also have: {names}."
IN_DIRECT_MESSAGES = "Staff's commands are answered in our direct messages: write it there, or as a slash command."
NO_FILE = "Attach the CSV file to the command."
IMPORTED = "Imported"
ROWS = "rows"
CREATED = "created"
CHANGED = "changed"
UNCHANGED = "unchanged"


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


def pieces(number: int) -> str:
    """A number of items: "1 item", "3 items"."""
    return "1 item" if number == 1 else f"{number:,} items"


def fact(shop: Shop, name: str, value: str) -> str:
    """A fact's value for people's eyes: $12.50, 10, removed."""
    kind = BY_NAME[name].kind if name in BY_NAME else None
    if kind is MONEY and value:
        return shop.money(Decimal(value))
    if name == "retired":
        return REMOVED if value else "in the shop"
    short = value if len(value) <= LONGEST_FACT else f"{value[: LONGEST_FACT - 1]}…"
    return " ".join(short.split()) or "nothing"


def label(name: str) -> str:
    """What a fact is called."""
    return BY_NAME[name].title if name in BY_NAME else name


def changes(shop: Shop, entry: Entry) -> list[tuple[str, str]]:
    """Two cells for each changed fact: before → after; of a new product what it is."""
    rows = []
    for name in sorted(entry.changed_to, key=_ORDER.index):
        before, after = entry.changed_from.get(name, ""), fact(shop, name, entry.changed_to[name])
        rows.append((label(name), f"{fact(shop, name, before)} → {after}" if entry.changed_from else after))
    return rows


def entry_line(shop: Shop, entry: Entry, actor: str, now: datetime) -> str:
    """An audit entry in one line: when, who, what, from → to, its number."""
    who = "you" if entry.actor == actor else entry.actor
    parts = [
        f"{label(name)} {fact(shop, name, entry.changed_from.get(name, ''))} → {fact(shop, name, value)}"
        for name, value in sorted(entry.changed_to.items(), key=lambda pair: _ORDER.index(pair[0]))
    ]
    what = ", ".join(parts) if entry.changed_from else f"{fact(shop, 'quantity', added(entry.changed_to))} at the start"
    undone = ", undone" if entry.undone_at else ""
    return f"{shop.local(entry.at, now)} · {who} · {entry.action} · {what} (#{entry.entry_id}{undone})"


def added(facts: Mapping[str, str]) -> str:
    """The stock that a product was made with."""
    return facts.get("quantity", "0")


def warnings(shop: Shop, before: Decimal | None, price: Decimal, cost: Decimal) -> list[str]:
    """What is odd about a new price."""
    found = []
    if before is not None and abs(price - before) * 2 > before:
        found.append(f"⚠ The price changed by more than half: {shop.money(before)} → {shop.money(price)}.")
    if price < cost:
        found.append(f"⚠ The price {shop.money(price)} is below the cost {shop.money(cost)}.")
    return found


def no_product(product_id: str) -> str:
    """An id that nothing has."""
    return f"There is no product “{product_id}”."


def look_for_one(*, product_id: str) -> str:
    """An id that nothing has, nor anything like it."""
    return f"{no_product(product_id)} /inventory find TEXT looks for one."


def did_you_mean(*, product_id: str, nearest: str) -> str:
    """An id that nothing has, and the products that are like it."""
    return f"{no_product(product_id)} Did you mean: {nearest}?"


def low_or_fewer(*, low_stock: int) -> str:
    """Above the products that are low on stock."""
    return f"{low_stock} or fewer in stock"


def found_for(*, phrase: str) -> str:
    """Above what was found."""
    return f"“{phrase[:40]}”"


def span(*, first: int, last: int, total: int) -> str:
    """Which of how many a page shows: "11 to 20 of 10,012"."""
    return f"{first:,} to {last:,} of {total:,}"


def movement_line(*, at: str, actor: str, what: str, delta: int) -> str:
    """A stock movement in one line."""
    return f"{at} · {actor} · {what} · {delta:+,} pieces"


def exported(*, products: int) -> str:
    """With the catalogue as a file."""
    return f"{products:,} products. /inventory import takes the file back."


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
            return f"The stock of {product_id} would be {quantity:,}; it can be from 0 to {most:,}."
        case errors.EntryUnknown(entry_id):
            return f"There is no change #{entry_id}."
        case errors.NotUndoable(entry_id, action):
            if action == Action.IMPORT:
                return "An import cannot be undone as a whole. /inventory history ID shows the change of each product."
            return f"Change #{entry_id} ({action}) is not a change of a product, so it cannot be undone here."
        case errors.AlreadyUndone(entry_id):
            return f"Change #{entry_id} was undone before. Nothing was changed."
        case errors.OrderNotFound(order_id):
            return f"There is no order #{order_id}."
        case errors.AlreadyCancelled(order_id, at):
            return f"Order #{order_id} was cancelled at {shop.local(at, now)}. Nothing was changed."
        case errors.AlreadyShipped(order_id, at):
            return f"Order #{order_id} was shipped at {shop.local(at, now)}. Nothing was changed."
        case errors.AlreadyDelivered(order_id, at):
            return f"Order #{order_id} was delivered at {shop.local(at, now)}. Nothing was changed."
        case errors.ParcelOut(order_id):
            return staff_orders.WHAT_BECAME_OF_IT.format(order_id=order_id)
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
        case errors.UnknownProduct(product_id):
            return no_product(product_id)
        case errors.ProductChanged() | errors.StockChanged() | errors.ChangedSince():
            return "Somebody was faster, so nothing of yours was saved."
        case errors.Busy():
            return "Somebody else is changing the same things right now, so nothing was changed. Try again in a moment."
    assert_never(error)
