"""Addresses of the history of each page and of what is new."""

from django.urls import path, register_converter
from django.views.decorators.http import require_safe

from editorial.public.feed import NewsFeed
from editorial.public.history import history, version
from editorial.public.news_page import news
from markup.kinds import Kind

app_name = "changes"

# These stand in addresses, and so never change.
KIND_NAMES = {
    Kind.THEME: "tema",
    Kind.PRINCIPLE: "princip",
    Kind.GUIDELINE: "retningslinje",
    Kind.ACTOR: "aktoer",
    Kind.ACT: "lov",
    Kind.GLOSSARY: "begreb",
    Kind.RESOURCE: "materiale",
    Kind.SITUATION: "situation",
    Kind.SOURCE: "kilde",
}


class KindConverter:
    """A kind of record by its Danish name."""

    regex = "|".join(KIND_NAMES.values())

    def to_python(self, value: str) -> Kind:
        return next(kind for kind, name in KIND_NAMES.items() if name == value)

    def to_url(self, value: str) -> str:
        return KIND_NAMES[Kind(value)]


register_converter(KindConverter, "kind")

urlpatterns = [
    # /historik/begreb/handleplan/?fra=12&til=40, and /historik/begreb/handleplan/12/
    path("historik/<kind:kind>/<slug:slug>/", history, name="history"),
    path("historik/<kind:kind>/<slug:slug>/<int:number>/", version, name="version"),
    # /nyt/?aktoer=boformer, and the same as a feed
    path("nyt/", news, name="news"),
    path("nyt/atom/", require_safe(NewsFeed()), name="atom"),
]
