"""What staff is told when the shop says no: the nearest ids, who was faster, or a sentence."""

from difflib import SequenceMatcher

from bot.admin import forms
from bot.admin.replies import actor, button, heading
from bot.messages import Reply, Verb
from bot.phrases import staff as phrases
from bot.phrases import staff_products
from bot.turn import Turn
from domain.errors import ChangedSince, ProductChanged, StaffError, StockChanged, UnknownProduct
from domain.numbers import plain_number
from domain.records.auditing import of_product

CLOSEST = 3


def explain(turn: Turn, error: StaffError) -> list[Reply]:
    """Why nothing was changed, and what to do next."""
    match error:
        case UnknownProduct(product_id):
            return [_closest(turn, product_id)]
        case ProductChanged(product_id):
            return [_conflict(turn, product_id, [])]
        case StockChanged(product_id, expected, actual):
            return [_conflict(turn, product_id, [staff_products.stock_moved(expected=expected, actual=actual)])]
        case ChangedSince(entry_id, product_id):
            lead = f"{phrases.sorry(turn.shop, error, turn.now)} {staff_products.SINCE_THEN}"
            return [Reply(text="\n".join([lead, *_meanwhile(turn, product_id, entry_id)]))]
        case _:
            return [Reply(text=phrases.sorry(turn.shop, error, turn.now))]


def _closest(turn: Turn, product_id: str) -> Reply:
    """Products whose ids or names are like what was typed."""
    wanted = product_id.casefold()

    def alike(candidate: str) -> float:
        return SequenceMatcher(None, wanted, candidate.casefold(), autojunk=False).ratio()

    candidates = turn.uow.catalogue.candidates(product_id.replace("-", " "), 20)
    nearest = sorted(candidates, key=lambda product: max(alike(product.product_id), alike(product.name)), reverse=True)
    if not nearest:
        return Reply(text=staff_products.look_for_one(product_id=product_id))
    named = ", ".join(heading(product) for product in nearest[:CLOSEST])
    buttons = [button(product.product_id, Verb.INV_SHOW, product.product_id) for product in nearest[:CLOSEST]]
    return Reply(
        text=staff_products.did_you_mean(product_id=product_id, nearest=named),
        buttons=tuple(one for made in buttons for one in made),
    )


def _conflict(turn: Turn, product_id: str, also: list[str]) -> Reply:
    """Who changed what since the form was opened, and the form with the values of now."""
    fields = dict(turn.message.command.fields) if turn.message.command else {}
    seen = fields.get("seen", "")
    happened = _meanwhile(turn, product_id, plain_number(seen) or 0)
    product = turn.products([product_id])[product_id]
    return Reply(
        title=heading(product),
        text="\n".join(
            [staff_products.CONFLICT, *(happened or ([] if also else [staff_products.BY_ANOTHER_WAY])), *also]
        ),
        form=forms.set_form(turn, product),
    )


def _meanwhile(turn: Turn, product_id: str, after: int) -> list[str]:
    entries = turn.uow.audit.of(of_product(product_id), phrases.PAGE, after)
    return [staff_products.entry_line(turn.shop, entry, actor(turn), turn.now) for entry in reversed(entries)]
