"""The policies of the house in the window: looked at, copied, changed, saved as versions."""
