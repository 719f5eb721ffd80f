"""What is new as an Atom feed, one for each selection of the page."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from content.models import ContentVersion
from editorial.public.news import News
from editorial.public.news_page import Selection

MOST = 50
# The year in which the identifiers were made up; RFC 4151 wants a day on which the name was ours.
_TAG_YEAR = 2026


class NewsAtom(Atom1Feed):
    """Atom that says of an empty selection when the content last changed, rather than the time of asking."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        changed = ContentVersion.objects.values_list("changed_at", flat=True).first()
        return changed or datetime.fromtimestamp(0, tz=UTC)


class NewsFeed(Feed):  # type: ignore[type-arg]  # generic only to the type checker
    feed_type = NewsAtom
    language = "da"
    author_name = "Hjemvej"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Selection:
        return Selection(request.GET)

    def title(self, selection: Selection) -> str:
        return " · ".join(["Nyt i Hjemvej", *selection.labels])

    def subtitle(self, selection: Selection) -> str:
        words = "Væsentlige ændringer i teksterne, og ændringer i lovene bag dem."
        return words if selection.news else f"{words} Intet endnu, som passer på det valgte."

    # Whole addresses of the site's own: by itself, Django would take the host that the request came to.
    def link(self, selection: Selection) -> str:
        return settings.SITE_URL + selection.address("changes:news")

    def feed_url(self, selection: Selection) -> str:
        return settings.SITE_URL + selection.address("changes:atom")

    def items(self, selection: Selection) -> list[News]:
        return sorted(selection.news, key=lambda news: news.updated, reverse=True)[:MOST]

    def item_title(self, item: Any) -> str:
        title: str = item.title
        return title

    def item_description(self, item: Any) -> str:
        return escape(item.summary)

    def item_link(self, item: Any) -> str:
        return f"{settings.SITE_URL}{item.address}"

    def item_guid(self, item: News) -> str:
        return f"tag:{urlsplit(settings.SITE_URL).hostname},{_TAG_YEAR}:{item.identifier}"

    def item_updateddate(self, item: News) -> datetime:
        return item.updated

    def item_categories(self, item: News) -> list[str]:
        return [item.sort.label]
