"""The admin as an editor meets it: its name, and an index grouped by what things are for, not by app."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.template.response import TemplateResponse

# Group → the models in it, in the order of the list. What is named nowhere comes under "Andet".
GROUPS: dict[str, tuple[str, ...]] = {
    "Vejledning": ("Theme", "Guideline", "Instruction", "Principle", "Situation"),
    "Opslag": ("Act", "GlossaryTerm", "Resource", "Actor", "Source", "Image"),
    "Søgning": ("SearchCount", "Synonym"),
    "Drift": ("Reply", "ExternalLink", "Tombstone"),
    "Brugere": ("User", "Group", "AuditEntry"),
}


class EditorialSite(AdminSite):
    site_title = "Hjemvej: redaktion"
    site_header = "Hjemvej: redaktion"
    index_title = "Redaktionens bord"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Django's list regrouped; the page of a single app stays as it is."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [
            {
                "name": title,
                "app_label": title.lower(),
                "models": [models.pop(name) for name in names if name in models],
            }
            for title, names in GROUPS.items()
        ]
        groups.append({"name": "Andet", "app_label": "andet", "models": list(models.values())})
        return [group for group in groups if group["models"]]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk: what waits for whoever is signed in, and beside it all that can be edited."""
        # Imported late: the site is made before the models are.
        from editorial.desk import desk

        user: Any = request.user
        return super().index(request, {"desk": desk(user), **(extra_context or {})})


class EditorialAdminConfig(AdminConfig):
    default_site = "editorial.admin_site.EditorialSite"
