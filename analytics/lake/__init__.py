"""Writes the warehouse's facts and dimensions into the lake, as Parquet that any tool reads."""
