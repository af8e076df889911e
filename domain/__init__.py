"""The shop's own rules: products, quotes, orders, cancelling. Imports nothing of ours and no library."""
