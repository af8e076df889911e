"""What customers want done with placed orders, decided together: checked before anything is done, and done all or none."""
