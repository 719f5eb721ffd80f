"""Backup into one file and back again, the same on SQLite and PostgreSQL. docs/operations.md tells how it is used.

making      one moment of the database (snapshot) → tables, images, manifest → the file (archive)
restoring   the file, verified → tables in their state (schema) → rows in one transaction → what is derived
"""
