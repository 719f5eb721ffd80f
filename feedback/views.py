"""Asking readers whether a page was of help. Without account or cookie, like all public pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.forms import LONGEST_TEXT, ReplyForm
from feedback.models import KEPT_DAYS, Reply
from feedback.pages import HOME, page_title
from feedback.receipt import is_valid, receipt_for
from feedback.throttle import may_write

TOO_OFTEN = "Der er sendt mange svar herfra på kort tid. Vent ti minutter, og send igen."


@csrf_exempt  # Nobody's account can be misused: there is none. The signed receipt stands for the token.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent with it. `side` is the page that it is about; without it, the site as a whole."""
    page, title = _page(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return _form(request, page, title, None)
    if request.headers.get("Sec-Fetch-Site", "") == "cross-site":
        raise PermissionDenied("Replies are written here.")
    form = ReplyForm(request.POST, page)
    if not form.is_valid():
        return _form(request, page, title, form)
    if not form.is_from_machine:
        if not may_write(request):
            form.add_error(None, TOO_OFTEN)
            return _form(request, page, title, form, status=429)
        _store(page, form)
    return HttpResponseRedirect(f"{reverse('feedback:thanks')}?{urlencode({'side': page})}")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    page, title = _page(request.GET)
    return render(request, "feedback/thanks.html", {"page": page, "page_title": title})


def _page(data: QueryDict) -> tuple[str, str]:
    """Address and title of the page that is asked about; not found where there is no such page."""
    page = data.get("side") or HOME
    title = page_title(page)
    if title is None:
        raise Http404("There is no such page to ask about.")
    return page, title


def _store(page: str, form: ReplyForm) -> None:
    """Keep the reply, and let go of those that are old enough."""
    Reply.objects.expired().delete()
    Reply.objects.create(page=page, helpful=form.cleaned_data["svar"] == "ja", text=form.cleaned_data["tekst"])


def _form(request: HttpRequest, page: str, title: str, form: ReplyForm | None, status: int = 0) -> HttpResponse:
    receipt = form.data.get("kvittering", "") if form else ""
    context = {
        "page": page,
        "page_title": title,
        "form": form,
        # The one that was sent stays good, so that the second try is not too quick as well.
        "receipt": receipt if is_valid(receipt, page) else receipt_for(page),
        "longest": LONGEST_TEXT,
        "kept_days": KEPT_DAYS,
    }
    return render(request, "feedback/form.html", context, status=status or (400 if form else 200))
