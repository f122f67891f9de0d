"""The two columns of a story: one row a segment, one live editor at a time."""
