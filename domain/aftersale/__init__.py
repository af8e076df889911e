"""What customers want done with placed orders, decided together: checked before anything is done, all or none."""
