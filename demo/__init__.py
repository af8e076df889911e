"""Owns the made-up shop "Fern & Fable": its products, its bundles and its pictures."""
