"""Images as editors handle them: putting one up from the text it is for, where each is used, and taking those away
that are not."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from content.models import ContentVersion
from editorial.forms.images import ImageForm
from editorial.models import Revision
from images.files import path_of
from images.models import Image, escaped
from library.models import Record
from markup.images import IMAGES_AT, images_in


@require_POST
@never_cache
def upload(request: HttpRequest) -> JsonResponse:
    """The image in `image`, shown as `description` says → `image_code`, the Markdown for it; or `error` in Danish."""
    if not may_upload(request.user):
        return JsonResponse({"error": "Du har ikke adgang til at lægge billeder op."}, status=403)
    form = ImageForm(request.POST, request.FILES)
    if not form.is_valid():
        messages = [str(message) for field in form.errors.values() for message in field]
        return JsonResponse({"error": " ".join(messages)}, status=400)
    image = form.keep(request.user.pk)
    # An image that was here already keeps its first description; this text has its own.
    return JsonResponse({"image_code": f"![{escaped(form.cleaned_data['description'])}]({image.address})"})


def may_upload(user: User | AnonymousUser) -> bool:
    return user.is_staff and user.has_perm("images.upload_image")


def uses() -> dict[str, list[str]]:
    """Name of an image → the titles of the texts that show it, drafts included.

    Earlier versions do not count: an image that must go, because of whom it shows, must be able to go.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for title, text in Record.objects.filter(text__contains=IMAGES_AT).values_list("title", "text"):
        for name in images_in(text):
            found[name].append(title)
    for revision in Revision.objects.open().filter(text__contains=IMAGES_AT):
        for name in images_in(revision.text):
            found[name].append(str(revision))
    return dict(found)


def remove(images: Iterable[Image]) -> list[Image]:
    """Remove those of `images` that no text shows, with their files, and give them."""
    with transaction.atomic():
        # Whoever publishes holds this row: no text can come to show an image while it is taken away.
        ContentVersion.objects.select_for_update().first()
        used = uses()
        unused = [image for image in images if image.name not in used]
        for image in unused:
            # Before its row goes: cut off here, it is still in the list, and can be removed again. A file that was left
            # over would be served for ever, and nobody would know of it.
            path_of(image.name).unlink(missing_ok=True)
        Image.objects.filter(pk__in=[image.pk for image in unused]).delete()
    return unused
