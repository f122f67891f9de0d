"""Facts about the process and none about the trade: errors, messages, paths, resources, settings."""
