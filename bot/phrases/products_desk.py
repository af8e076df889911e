"""What the pages for staff say of products: the list, editing several at once, what changed, and taking it back."""

from bot.shop import Shop

PRODUCTS = "Products"
ALL, LOW = "All", "Low on stock"
VIEWS = "Products by stock"
LOOK_FOR = "Id, name or category"
FIND, CLEAR = "Find", "Clear"
NOTHING = "There are no such products."
CHOOSE = "Choose"
ID, NAME, CATEGORY, STOCK, PRICE, STATE = "Id", "Name", "Category", "Stock", "Price", "State"
IN_SHOP = "in the shop"
EDIT_CHOSEN = "Edit the chosen ones"
PREVIOUS, NEXT = "Previous", "Next"
EDIT = "Edit products"
ALL_PRODUCTS = "All products"
NONE_CHOSEN = "Nothing is chosen"
CHOOSE_SOME = "Choose products in the list, and then what to do with them."
FOR_ALL = "For all of them"
FOR_ALL_TEXT = "What is filled in here is put to every product below. Blank leaves them as they are."
SHOW_DIFFERENCE = "Show what would change"
DIFFERENCE = "What would change"
NOTHING_SAVED_YET = "Nothing is saved yet."
FACT, BEFORE, AFTER = "What", "Before", "After"
BACK_TO_FORM = "Back to the form"
WRONG = "Some values cannot be used; nothing of what was typed is lost."
CONFLICT = "Somebody was faster, so nothing of yours was saved. Since you opened the form:"
CONFLICTS = (
    "Some of these products changed meanwhile. What you typed still stands below, beside what is there now; "
    "show once more what would change."
)
DONE = "What was changed"
UNDO, UNDO_ALL, UNDONE = "Undo", "Undo all of it", "undone"
LAST_IMPORT = "The last import:"
NOTHING_HERE = "Nothing was changed under these numbers."


def too_many(*, most: int) -> str:
    """More products than one form takes."""
    return f"A form takes {most} products; these are the first of them."


def choose(*, product_id: str) -> str:
    """The name of a product's box, for who does not see its row."""
    return f"Choose {product_id}"


def save(*, count: int) -> str:
    """The button that saves."""
    return "Save this change" if count == 1 else f"Save these {count} changes"


def changes(shop: Shop, *, count: int) -> str:
    """How many products changed."""
    return "1 product was changed." if count == 1 else f"{shop.number(count)} products were changed."


def change(*, what: str, entry_id: int) -> str:
    """A change, above its facts."""
    return f"{what} (#{entry_id})"


def imported(*, who: str, at: str) -> str:
    """An import, by who or which file it was."""
    return f"Import by {who}, {at}"


def undo(*, entry_id: int) -> str:
    """A button's name, for who does not see what it stands beside."""
    return f"Undo change #{entry_id}"


def now(*, value: str) -> str:
    """What a field holds that somebody else changed."""
    return f"Somebody else put it to {value}."
