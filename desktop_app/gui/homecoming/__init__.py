"""Bringing work home: the plan before anything is written, conflicts in three columns, and those decided later."""
