"""What a person can do: one function an intention, one transaction, its result and what changed."""
