"""Judges what customers wish after the sale: τ-bench's retail tasks, played by scripted customers."""
