"""The proof of a story: its pages as they will print, beside the text."""
