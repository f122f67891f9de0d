"""What belongs to one database engine alone: connection settings, triggers, full-text search."""
