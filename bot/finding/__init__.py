"""What customers look for: by price, by department, recommended, and “not that one”."""
