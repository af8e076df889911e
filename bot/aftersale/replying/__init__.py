"""What is answered to a question or a summary of a plan, up to the yes that does it."""
