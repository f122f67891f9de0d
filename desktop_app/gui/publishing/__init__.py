"""Letting a story out and taking it back, in the window: what stands about it, the questions, and the dialogs."""
