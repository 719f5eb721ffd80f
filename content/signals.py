"""What the content tells those above it."""

from django.dispatch import Signal

# Sent inside the transaction that publishes a change, after all rows are written, with
#   changed: set[int]   primary keys of the records created or updated
#   deleted: set[int]   primary keys of the records removed
#   deleted_keys: set[tuple[Kind, str]]   kind and slug of those
#   version: int        the content version that the change publishes
content_stored = Signal()
