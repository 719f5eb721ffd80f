from django.apps import AppConfig


class HjemvejConfig(AppConfig):
    name = "config"
    verbose_name = "Hjemvej"

    def ready(self) -> None:
        from config import checks  # noqa: F401 - importing it registers the checks
