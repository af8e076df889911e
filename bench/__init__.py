"""The budgets of the design, measured as ratios in one run: ours against the bare tool doing the same work."""
