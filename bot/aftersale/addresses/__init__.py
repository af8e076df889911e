"""Where orders, or their customer, shall be from now on."""
