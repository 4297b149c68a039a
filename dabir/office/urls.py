"""Addresses of the office."""

from django.urls import path

from dabir.office.views import desk

app_name = "office"
urlpatterns = [path("office/", desk.desk, name="desk")]
