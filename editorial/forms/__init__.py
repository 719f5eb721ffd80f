"""The forms of the admin: what an editor fills in, and how it becomes a record."""
