"""The dialog of shortcuts: see them, take another tool's, give an action one's own. Signing keys: ``identity``."""
