"""Signing keys in the window: a person's key, and the passphrase asked for to sign. Shortcuts: ``gui.keys``."""
