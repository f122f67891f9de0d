"""Keys in the window: a person's key, and the passphrase that is asked for when they sign."""
