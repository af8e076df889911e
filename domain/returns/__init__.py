"""What comes back of delivered orders: requested by customers, received and decided about by the shop."""
