"""Addresses of the admin beyond Django's own."""

from django.contrib import admin
from django.urls import path

from editorial import review
from editorial.autosave import autosave
from editorial.images import upload
from editorial.lookup import lookup
from editorial.preview import preview

app_name = "editorial"

urlpatterns = [
    path("gemt-undervejs/", admin.site.admin_view(autosave), name="autosave"),
    path("gennemsyn/<int:pk>/", admin.site.admin_view(review.review), name="review"),
    path("gennemsyn/<int:pk>/godkend/", admin.site.admin_view(review.approve_view), name="approve"),
    path("gennemsyn/<int:pk>/send-tilbage/", admin.site.admin_view(review.send_back_view), name="send-back"),
    path("gennemsyn/<int:pk>/kommentar/", admin.site.admin_view(review.comment_view), name="comment"),
    path("gennemsyn/<int:pk>/kasser/", admin.site.admin_view(review.discard_view), name="discard"),
    path("billeder/", upload, name="upload-image"),
    path("forhaandsvisning/", preview, name="preview"),
    path("opslag/", lookup, name="lookup"),
]
