"""What an editor has typed and not saved yet, kept every few seconds, so that a closed window costs nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from content.registry import MODELS
from editorial.models import Autosave
from markup.kinds import Kind

# Far more than any text; a form that is larger is not kept.
MAX_BYTES = 2_000_000
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "_token", "_drop", "_save", "_submit"})


@never_cache
@require_POST
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep the fields of a form under `_token`, which names the text; with `_drop`, forget them. Gives the time."""
    token = request.POST.get("_token", "")
    kind = next((kind for kind in Kind if token.startswith(f"{kind}/")), None)
    if kind is None or len(token) > 150 or not _may_write(request, kind):
        return HttpResponseBadRequest("There is no such text.")
    user: Any = request.user
    if "_drop" in request.POST:
        Autosave.objects.filter(user=user, token=token).delete()
        return JsonResponse({})
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return HttpResponseBadRequest("That is too much.")
    fields = {name: values for name, values in request.POST.lists() if name not in _NOT_KEPT}
    Autosave.objects.update_or_create(user=user, token=token, defaults={"fields": fields})
    return JsonResponse({"saved": timezone.localtime().strftime("%H.%M")})


def _may_write(request: HttpRequest, kind: Kind) -> bool:
    options, user = MODELS[kind]._meta, request.user
    return any(user.has_perm(f"{options.app_label}.{action}_{options.model_name}") for action in ("add", "change"))
