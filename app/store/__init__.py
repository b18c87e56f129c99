"""The local database file: opened, locked, loaded, written, backed up."""
