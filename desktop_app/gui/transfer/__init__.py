"""What goes in and out: the import dialog with its trial run, and the export dialog."""
