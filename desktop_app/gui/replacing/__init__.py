"""Find and replace in all stories: its window, and what it asks of the archive."""
