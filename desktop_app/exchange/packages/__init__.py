"""What carries stories as a whole: files in one package, each with its digest."""
