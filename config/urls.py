"""Every address of the site; each app keeps its own. Addresses are Danish, stable and never reused."""

from django.contrib import admin
from django.urls import include, path

from config import health, pages

urlpatterns = [
    path("", include("guidelines.urls")),
    path("principper/", include("principles.urls")),
    path("", include("library.urls")),
    path("", include("editorial.public.urls")),
    path("", include("images.urls")),
    path("", include("printing.urls")),
    path("soeg/", include("search.urls")),
    path("api/v1/", include("api.urls")),
    path("feedback/", include("feedback.urls")),
    path("admin/", include("accounts.urls")),
    path("admin/", include("editorial.urls")),
    path("admin/", admin.site.urls),
    path("was", pages.accessibility_statement, name="accessibility-statement"),
    path("sitemap.xml", pages.sitemap, name="sitemap"),
    path("robots.txt", pages.robots, name="robots"),
    path(".well-known/security.txt", pages.security, name="security"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]

handler400 = "config.pages.bad_request"
handler403 = "config.pages.permission_denied"
handler404 = "config.pages.not_found"
handler500 = "config.pages.server_error"
