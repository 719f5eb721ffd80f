from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Brugere og adgang"

    def ready(self) -> None:
        # What they contain is registered by being imported.
        from accounts import checks, recorders  # noqa: F401 - imported for what it registers
