"""Addresses of the registry that need no sign-in."""

from django.urls import path

from dabir.registry import views

app_name = "registry"
urlpatterns = [
    path("emblem.svg", views.emblem, name="emblem"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
]
