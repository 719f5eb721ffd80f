"""Pages of the site as a whole: for crawlers, the accessibility statement, and what is shown when things fail."""

import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.outage import unavailable
from content import databases
from editorial.public.history import withdrawn_at
from guidelines.models import Situation, Theme
from library.models import Provision, Record, Tombstone
from operations import request_ids

# The lists and the pages about the site, which are no records.
STATIC_PAGES = (
    "guidelines:home",
    "guidelines:themes",
    "guidelines:actors",
    "guidelines:situations",
    "guidelines:instructions",
    "guidelines:overview",
    "principles:principles",
    "principles:matrix",
    "library:acts",
    "library:resources",
    "library:glossary",
    "library:sources",
    "changes:news",
    "library:about",
    "library:privacy",
)
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /soeg/
Disallow: /feedback/
Disallow: /anvisninger/?
Disallow: /nyt/?
Disallow: /nyt/atom/?

Sitemap: {site_url}/sitemap.xml
"""
SECURITY = """# Tell us of a fault that lets somebody in, or harms those who read or write here.
Contact: mailto:{contact}
Expires: {expires}T00:00:00Z
Preferred-Languages: da, en
Canonical: {site_url}/.well-known/security.txt
"""
# RFC 9116 wants less than a year. Made anew each day, so that it runs out only where nobody runs the site any more.
SECURITY_DAYS = 180


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """To the statement, which Danish law wants in an official tool; until there is one, a page that says so."""
    if settings.ACCESSIBILITY_STATEMENT_URL:
        return HttpResponseRedirect(settings.ACCESSIBILITY_STATEMENT_URL)
    return render(request, "library/accessibility.html")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that has text of its own, in the form that search engines read."""
    provisions = Provision.objects.with_act().order_by("act__sort_key", "position")
    pages: list[dict[str, Any]] = [{"location": settings.SITE_URL + reverse(name)} for name in STATIC_PAGES]
    pages += [
        {"location": settings.SITE_URL + address, "lastmod": changed_at}
        for address, changed_at in Record.objects.order_by("address").values_list("address", "changed_at")
    ]
    pages += [
        {"location": settings.SITE_URL + provision.get_absolute_url(), "lastmod": provision.act.changed_at}
        for provision in provisions
    ]
    return render(request, "sitemap.xml", {"urlset": pages}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS.format(site_url=settings.SITE_URL), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a fault in the site's security (RFC 9116); not there where nobody is named."""
    if not settings.CONTACT_EMAIL:
        raise Http404("There is nobody to write to.")
    expires = timezone.localdate() + timedelta(days=SECURITY_DAYS)
    text = SECURITY.format(contact=settings.CONTACT_EMAIL, expires=expires, site_url=settings.SITE_URL)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A retired address leads to its successor or says why it is gone; any other gets ways onward."""
    # PostgreSQL takes no NUL, not even to look for it.
    tombstone = Tombstone.objects.filter(address=request.path.replace("\0", "")).first()
    if tombstone and tombstone.successor and not tombstone.reason:
        return HttpResponsePermanentRedirect(tombstone.successor)
    context: dict[str, Any] = {
        "tombstone": tombstone,
        "themes": Theme.objects.light().numbered(),
        "own_search_form": True,
        "situations": Situation.objects.light().numbered(),
    }
    if tombstone:
        context["successor"] = Record.objects.named().filter(address=tombstone.successor).first()
        context["withdrawal"] = withdrawn_at(tombstone.address)
        return render(request, "errors/410.html", context, status=410)
    return render(request, "errors/404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context and database, which may be what failed."""
    if databases.is_outage(sys.exception()):
        databases.note_failure()
        return unavailable(request)
    return HttpResponse(render_to_string("errors/500.html", {"request_id": request_ids.current()}), status=500)
