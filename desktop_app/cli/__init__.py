"""The command line: the desk's intentions without a display."""
