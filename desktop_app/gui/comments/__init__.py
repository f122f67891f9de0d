"""Comments beside an open story: the panel, its cards and fields, and what it does to the archive."""
