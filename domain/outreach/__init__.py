"""What the shop writes by itself: to whom it may, what it suggests, consent."""
