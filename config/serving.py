"""What a process that serves does besides answering, once Django is ready; config/wsgi.py starts it."""

from content.front_door import Application, with_front_door
from content.stored_pages import refresh_in_background
from operations import metrics
from operations.observing import observed
from search.upkeep import check_in_background


def served(django: Application) -> Application:
    """`django` behind the front door, watched; what is derived is looked after meanwhile."""
    check_in_background()
    refresh_in_background()
    if metrics.are_on():
        metrics.serve()
    return observed(django, with_front_door)
