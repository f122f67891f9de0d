"""The main window: where the panels meet, and what stands around them."""
