"""Which of the customer's orders, and what in them, words mean."""
