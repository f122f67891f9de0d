"""The translation memory in the window: matches beside the text, concordance, and the memory itself."""
