"""What a file is that is not the CSV asked for, and how to save it right."""

from collections.abc import Sequence
from difflib import get_close_matches

_SAVE = "save it from the spreadsheet as “CSV UTF-8 (comma delimited)”"
_BEGINNINGS = (
    (b"PK", f"it is a spreadsheet (.xlsx, .ods) or a zip file; {_SAVE}, or unpack it"),
    (b"\xd0\xcf\x11\xe0", f"it is an old Excel file (.xls); {_SAVE}"),
    (b"%PDF", "it is a PDF; export the table as CSV where it was made"),
    (b"\xff\xfe", f"it is UTF-16 (“Unicode text”); {_SAVE}"),
    (b"\xfe\xff", f"it is UTF-16 (“Unicode text”); {_SAVE}"),
    (b"BZh", "it is packed with bzip2; unpack it, or pack it with gzip"),
    (b"\xfd7zXZ", "it is packed with xz; unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf", "it is packed with 7-Zip; unpack it, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "it is packed with zstd; unpack it, or pack it with gzip"),
    (b"\x1f\x8b", "it is packed twice; unpack it once"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"<", "it is a web page or XML; export the table as CSV"),
    (b"{", "it is JSON; export the table as CSV"),
    (b"[", "it is JSON; export the table as CSV"),
)
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_MEANINGS = {
    "product_id": "sku id item item_id article article_no code stockcode stock_code product productid",
    "quantity": "qty stock amount count pieces on_hand",
    "wholesale_cost": "cost wholesale wholesale_price purchase_price cost_price buying_price",
    "sale_price": "price unit_price retail retail_price selling_price",
    "supplier_id": "supplier vendor vendor_id manufacturer",
    "name": "title product_name description1",
    "image_url": "image picture photo url image_link",
    "group": "group_id parent parent_id parent_sku parent_product item_group_id style",
    "options": "option variant variants attributes properties",
    "date": "datetime timestamp ordered_at order_date invoicedate invoice_date day when time",
    "cust_email": "email e-mail mail customer_email customer customer_id",
    "cust_location": "location zip zip_code postcode city country customer_location",
    "product_quantity": "quantity qty amount count pieces",
    "unit_price": "price unitprice sale_price price_each",
    "store_id": "store branch branch_id shop shop_id",
    "discount": "rebate reduction",
    "loyalty": "member loyalty_member",
    "order_ref": "order_id order_no order_number order ref reference",
    "id": "customer_id cust_id number",
    "first_name": "firstname given_name forename",
    "last_name": "lastname surname family_name",
    "email": "e-mail mail cust_email customer_email",
    "signup_date": "signed_up sign_up_date joined created_at registered",
    "shipment_id": "id shipment parcel parcel_id",
    "shipped_date": "shipped shipped_at ship_date date",
    "delivery_status": "status state",
}
NOT_UTF8 = "it is not UTF-8, but an older encoding such as Windows-1252; save it as “CSV UTF-8”"


def not_csv(first: bytes) -> str:
    """Why a file that begins like this cannot be CSV; blank where it can."""
    for beginning, what in _BEGINNINGS:
        if first.startswith(beginning):
            return what
    if b"\0" not in first:
        return ""
    text = first[:64].replace(b"\0", b"")
    return f"it is UTF-16 (“Unicode text”); {_SAVE}" if text.isascii() and len(text) < 40 else "it is no text file"


def separator(header: str, required: Sequence[str]) -> str:
    """Why the columns cannot be told apart; blank where they can."""
    for mark, called in _SEPARATORS.items():
        names = {name.strip(' "').lower() for name in header.split(mark)}
        if len(names & set(required)) > 1:
            return f"its fields are separated by {called}; {_SAVE}, so that commas separate them"
    return ""


def likely(name: str, columns: Sequence[str]) -> str:
    """Which of the columns is probably meant by a name; blank if none is."""
    plain = name.replace(" ", "_").replace("-", "_").replace(".", "_")
    for column in columns:
        if plain == column or name in _MEANINGS.get(column, "").split() or plain in _MEANINGS.get(column, "").split():
            return column
    return next(iter(get_close_matches(plain, columns, 1, 0.7)), "")
