"""Answers what customers ask of their placed orders, beside what they wish and without it."""
