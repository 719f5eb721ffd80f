from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Søgning"

    def ready(self) -> None:
        from content.companions import COMPANIONS
        from search import receivers  # noqa: F401 - connects them
        from search.synonym_store import SynonymFile

        COMPANIONS.append(SynonymFile())
