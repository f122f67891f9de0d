"""The termbase in the window: terms beside the text, and the termbase itself."""
