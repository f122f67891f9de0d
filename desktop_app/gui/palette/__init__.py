"""The palette: one line of typing that finds actions, stories, and words in their text."""
