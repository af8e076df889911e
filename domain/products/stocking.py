"""What every change of stock shares: the product locked, and word of a stock that fell."""

from domain.errors import UnknownProduct
from domain.events import StockFell
from domain.model import Product
from domain.ports import UnitOfWork


def note_fall(uow: UnitOfWork, product_id: str, before: int, after: int, low_stock: int) -> None:
    """Records `StockFell` when a product's stock crossed the low mark, or reached zero, from above."""
    if before > low_stock >= after or before > 0 == after:
        uow.record(StockFell(product_id=product_id, quantity=after))


def locked_product(uow: UnitOfWork, product_id: str) -> Product:
    """A product that nobody else may change until this unit of work ends.

    Raises:
        UnknownProduct: it does not exist.
    """
    product = uow.products.lock([product_id]).get(product_id)
    if product is None:
        raise UnknownProduct(product_id)
    return product
