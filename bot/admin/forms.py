"""The forms of staff: a product to add or edit, pieces to add, a parcel, the reason of a cancelling."""

from collections.abc import Mapping

from bot.messages import Command, Field, Form
from bot.phrases import staff_forms
from bot.turn import Turn
from domain.model import Product
from domain.products.editing import facts
from domain.products.fields import EDITABLE
from domain.records.auditing import of_product


def add_form(values: Mapping[str, str]) -> Form:
    """An empty form for a new product, or one with what was filled in before."""
    product_id = Field(
        name="product_id",
        label=staff_forms.PRODUCT_ID,
        value=values.get("product_id", ""),
        hint=staff_forms.PRODUCT_ID_HINT,
    )
    return Form(
        title=staff_forms.ADD_PRODUCT,
        fields=(product_id, *_fields({"quantity": "0", **values})),
        command=Command(name="inventory", text="add"),
    )


def set_form(turn: Turn, product: Product) -> Form:
    """A product's present values. What travels hidden tells later whether somebody else changed it meanwhile."""
    newest = turn.uow.audit.of(of_product(product.product_id), limit=1)
    hidden = {
        "version": str(product.version),
        "stock": str(product.quantity),
        "seen": str(newest[0].entry_id if newest else 0),
    }
    return set_form_again(product.product_id, {**facts(product), **hidden})


def set_form_again(product_id: str, values: Mapping[str, str]) -> Form:
    """The form of a product with what was filled in before."""
    hidden = tuple(
        Field(name=name, label=name, value=values.get(name, ""), hidden=True) for name in ("version", "stock", "seen")
    )
    return Form(
        title=staff_forms.edit(product_id=product_id),
        fields=(*_fields(values), *hidden),
        command=Command(name="inventory", text=f"set {product_id}"),
    )


def restock_form(product: Product) -> Form:
    """How many pieces came in."""
    return Form(
        title=staff_forms.restock(product_id=product.product_id),
        fields=(
            Field(name="quantity", label=staff_forms.PIECES, hint=staff_forms.pieces_hint(quantity=product.quantity)),
        ),
        command=Command(name="inventory", text=f"restock {product.product_id}"),
    )


def ship_form(order_id: int) -> Form:
    """Who brings an order, and under which number."""
    return Form(
        title=staff_forms.ship(order_id=order_id),
        fields=(
            Field(name="carrier", label=staff_forms.CARRIER, hint=staff_forms.CARRIER_HINT, optional=True),
            Field(name="tracking", label=staff_forms.TRACKING, hint=staff_forms.TRACKING_HINT, optional=True),
        ),
        command=Command(name="orders", text=f"ship {order_id}"),
    )


def cancel_form(order_id: int, *, shipped: bool) -> Form:
    """Why the shop cancels an order; of one that was shipped also what became of the parcel."""
    reason = Field(name="reason", label=staff_forms.REASON, hint=staff_forms.REASON_HINT, multiline=True)
    fate = Field(name="fate", label=staff_forms.FATE, hint=staff_forms.FATE_HINT, optional=True)
    return Form(
        title=staff_forms.cancel(order_id=order_id),
        fields=(reason, fate) if shipped else (reason,),
        command=Command(name="orders", text=f"cancel {order_id}"),
    )


def _fields(values: Mapping[str, str]) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=field.name,
            label=field.label,
            hint=field.hint,
            value=values.get(field.name, field.usual),
            optional=not field.needed,
            multiline=field.multiline,
        )
        for field in EDITABLE
    )
