"""What is sold: finding, stocking, editing and undoing, deals, what goes together."""
