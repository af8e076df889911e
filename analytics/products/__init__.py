"""Data products: contracts of what others may read, checked after each build; what breaks one is not published."""
