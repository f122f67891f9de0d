"""The stories of the archive: a list to filter, choose from and open, and the place where new ones are dropped."""
