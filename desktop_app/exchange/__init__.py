"""What comes in and goes out: formats, packages, and what their readers share."""
