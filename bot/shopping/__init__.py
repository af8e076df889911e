"""From words to an order card: products, counts, the cart, contact details, the next question."""
