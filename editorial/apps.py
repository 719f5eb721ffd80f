from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Redaktion"

    def ready(self) -> None:
        from editorial import receivers  # noqa: F401 - connects them
        from editorial.groups import make_groups

        post_migrate.connect(make_groups, sender=self, dispatch_uid="editorial.groups")
