"""Aligning two published files: the pairs side by side, corrected by hand, then put to use."""
