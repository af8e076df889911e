"""The shop's own rules: products, orders, people. Imports nothing of ours, and two libraries: e-mails and spelling."""
