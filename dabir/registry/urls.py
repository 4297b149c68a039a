"""Addresses of the registry that need no sign-in."""

from django.urls import path

from dabir.registry import views

app_name = "registry"
urlpatterns = [
    path("emblem.svg", views.emblem, name="emblem"),
    path("sign-in-address/", views.new_address, name="new_address"),
    path("sign-in-address/take-back/", views.take_back_address, name="take_back_address"),
    path("sign-in-address/<str:token>/", views.prove_address, name="prove_address"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
]
