"""The imports' front door: inventory files and files of past orders."""

from storage.import_files import ImportResult
from storage.import_inventory import import_inventory
from storage.import_orders import import_orders

__all__ = ["ImportResult", "import_inventory", "import_orders"]
