"""Files into tables: read, checked row by row, staged, written once."""
