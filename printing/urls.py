from django.urls import path

from printing import views

app_name = "printing"

urlpatterns = [
    # /retningslinjer/boligindsatser/boligfastholdelse.pdf
    path("retningslinjer/<slug:theme>/<slug:slug>.pdf", views.guideline, name="guideline"),
    path("principper/<slug:slug>.pdf", views.principle, name="principle"),
    path("aktoerer/<slug:slug>.pdf", views.actor, name="actor"),
    path("hjemvej.pdf", views.book, name="book"),
]
