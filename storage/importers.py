"""The imports' front door: inventory files and files of past orders."""

from storage.imports.files import ImportResult
from storage.imports.inventory import import_inventory
from storage.imports.orders import import_orders

__all__ = ["ImportResult", "import_inventory", "import_orders"]
