"""The pages for staff: the door, the frame with its menu, and a file for each kind of page."""
