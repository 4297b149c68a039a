"""Addresses of the organs."""

from django.urls import path

from dabir.organs import views

app_name = "organs"
urlpatterns = [
    path("office/organs/", views.organs, name="organs"),
    path("office/organs/<slug:key>/", views.organ, name="organ"),
]
