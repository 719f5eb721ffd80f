"""What editors see of the search: what readers look for, what they do not find, and the synonyms that help them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from search.admin_forms import KNOWN, SynonymForm
from search.engines.base import IndexUnusable
from search.learning import OFTEN, Preview, found_nothing, known_terms, most_searched, preview
from search.models import KEPT_DAYS, SearchCount, Synonym
from search.synonym_list import line
from search.synonym_store import delete_synonym, save_synonym

if TYPE_CHECKING:
    SynonymModelAdmin = admin.ModelAdmin[Synonym]
    CountModelAdmin = admin.ModelAdmin[SearchCount]
else:
    SynonymModelAdmin = CountModelAdmin = admin.ModelAdmin


@admin.register(Synonym)
class SynonymAdmin(SynonymModelAdmin):
    """A list of synonyms; each is written on one page that shows what it would change before it is saved.

    GET .../add/?term=skurvogn      the form, filled in as far as is known
    POST with _preview              the same, with what would change
    POST                            saves, for readers at once
    """

    list_display = ("term", "means", "note", "edited")
    list_per_page = 200
    search_fields = ("term", "means", "note")
    search_help_text = "Søg i synonymer og noter"
    # Deleting one at a time publishes each.
    actions = None

    @admin.display(description="rettet her")
    def edited(self, synonym: Synonym) -> str:
        """Whether it differs from the file that it was loaded from."""
        return "ja" if synonym.is_edited else ""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._written(request, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        synonym = self.get_object(request, object_id)
        if synonym is None:
            raise Http404("There is no such synonym.")
        if not self.has_change_permission(request, synonym):
            # Those who may only look get Django's own page, on which nothing can be changed.
            page: HttpResponse = super().change_view(request, object_id, form_url, extra_context)
            return page
        return self._written(request, synonym)

    def delete_model(self, request: HttpRequest, obj: Synonym) -> None:
        delete_synonym(obj)

    def _written(self, request: HttpRequest, synonym: Synonym | None) -> HttpResponse:
        form = self._form(request, synonym)
        if form.is_bound and form.is_valid() and "_preview" not in request.POST:
            return self._save(request, form, synonym)
        context = {
            **self.admin_site.each_context(request),
            "title": "Ret et synonym" if synonym else "Gør et ord til synonym",
            "opts": self.opts,
            "synonym": synonym,
            "form": form,
            "known": known_terms(),
            "known_id": KNOWN,
            "preview": self._preview(form),
            "may_delete": synonym is not None and self.has_delete_permission(request, synonym),
        }
        return TemplateResponse(request, "admin/search/synonym.html", context)

    def _form(self, request: HttpRequest, synonym: Synonym | None) -> SynonymForm:
        """The form as it was sent, or else with what is known: the row, or the one that the term has already."""
        if request.method == "POST":
            return SynonymForm(request.POST)
        term = request.GET.get("term", "")
        row = synonym or Synonym.objects.filter(term=line(term, "").term).first()
        return SynonymForm(initial=vars(row.line) if row else {"term": term})

    def _preview(self, form: SynonymForm) -> Preview | None:
        if not form.is_bound or not form.is_valid():
            return None
        try:
            return preview(form.line)
        except IndexUnusable:
            return None

    def _save(self, request: HttpRequest, form: SynonymForm, synonym: Synonym | None) -> HttpResponse:
        written = form.line
        other = next((row for row in Synonym.objects.filter(term=written.term) if row != synonym), None)
        # Writing a term that has a line already changes that line.
        if other and not self.has_change_permission(request, other):
            raise PermissionDenied
        saved = save_synonym(written)
        if synonym and synonym.pk != saved.pk:
            # The term itself was changed.
            delete_synonym(synonym)
        self._log(request, saved, is_new=synonym is None and other is None)
        messages.success(request, f"»{saved.term}« søger nu også på: {saved.means}. Det gælder fra nu af.")
        return HttpResponseRedirect(reverse("admin:search_synonym_changelist"))

    def _log(self, request: HttpRequest, saved: Synonym, *, is_new: bool) -> None:
        note = self.log_addition if is_new else self.log_change
        note(request, saved, [{"added" if is_new else "changed": {}}])


@admin.register(SearchCount)
class SearchCountAdmin(CountModelAdmin):
    """One page in the place of a list: what found nothing, and what is searched for most. Counts are only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Hvad der søges efter",
            "opts": self.opts,
            "missed": [{**row, "link": _synonym_link(row["text"])} for row in found_nothing()],
            "most": [{**row, "address": _search_address(row["text"])} for row in most_searched()],
            "often": OFTEN,
            "kept_days": KEPT_DAYS,
            "may_add": request.user.has_perm("search.add_synonym"),
        }
        return TemplateResponse(request, "admin/search/searches.html", context)


def _synonym_link(text: str) -> SafeString:
    address = f"{reverse('admin:search_synonym_add')}?{urlencode({'term': text})}"
    return format_html('<a href="{}">Gør til synonym for …<span class="visually-hidden"> {}</span></a>', address, text)


def _search_address(text: str) -> str:
    return f"{reverse('search:search')}?{urlencode({'q': text})}"
