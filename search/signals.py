"""What the search tells those who want to know."""

from django.dispatch import Signal

# One search has been done, its page not counted. The sender is the class of the engine; argument: seconds.
searched = Signal()
