from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Indhold"

    def ready(self) -> None:
        from content.companions import COMPANIONS
        from content.images import ImageFolder

        COMPANIONS.append(ImageFolder())
