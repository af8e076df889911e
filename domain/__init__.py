"""The shop's own rules: products, orders, people. Imports nothing of ours, and one library: email-validator."""
