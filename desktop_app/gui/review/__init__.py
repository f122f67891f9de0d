"""Review: where a story stands, who signs next, what changed, what the checks say, what happened."""
