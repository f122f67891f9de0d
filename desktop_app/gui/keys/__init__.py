"""The dialog of keys: see them, take another tool's, give an action one's own."""
