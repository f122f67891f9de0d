"""The archive's database, and the only SQL of the program: tables, mapping, search, migration, backup, audit chain."""
