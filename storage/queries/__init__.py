"""What is read or kept across tables, for reports, jobs and the terminal."""
